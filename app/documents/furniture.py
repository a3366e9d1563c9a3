"""Page furniture: running heads, page numbers and stamps.

Furniture is told by where it stands on the page, never by where it comes in the stored text:
publishers store it first, last or in pieces.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from math import ceil

from app.documents.broken_words import line_end_joins
from app.documents.placed_lines import PlacedLine, PlacedPage

_SHARE_OF_PAGES = 0.25
_MIN_PAGES = 3
_HEIGHT_TOLERANCE = 4.0  # points
_AT_ITS_PLACE = 0.5  # share of a text's occurrences that stand at the furniture height
_OUTER_ZONE = 0.12  # share of the page height, top and bottom
_SIDE_ZONE = 0.1  # share of the page width, left and right
_COMPANION = 100  # characters: longer lines beside a page number are prose
_TELLING = 10  # characters: shorter furniture without a digit may stand beside prose
_FEW = 5  # lines of furniture away from a page's edges, such as margin letters or a stamp

# Old-style figures are often stored in the private use area.
_DIGITS = re.compile(r"[\d\ue000-\uf8ff]+")
_ROMAN = re.compile(r"[ivxlc]+|[IVXLC]+")


def furniture_and_joins(
    pages: Sequence[PlacedPage], counts: Counter[str]
) -> tuple[list[tuple[tuple[int, int], ...]], list[tuple[int, ...]]]:
    """Return per page the furniture ranges and the offsets of line-end hyphens to drop.

    ``counts`` holds the document's lower-case words, with the two halves of each broken word
    among them. Offsets count from the start of the page text.
    """
    furniture = furniture_lines(pages)
    ranges = [
        tuple(
            (page.lines[i].start, page.lines[i].start + len(page.lines[i].text))
            for i in sorted(indices)
        )
        for page, indices in zip(pages, furniture, strict=True)
    ]
    return ranges, line_end_joins(pages, furniture, counts)


def furniture_lines(pages: Sequence[PlacedPage]) -> list[set[int]]:
    """Return per page the indices of the lines that are furniture."""
    found: list[set[int]] = [set() for _ in pages]
    needed = max(_MIN_PAGES, ceil(_SHARE_OF_PAGES * len(pages)))
    if len(pages) < _MIN_PAGES:
        return found
    worded, bare = _groups(pages, needed)
    for places in worded:
        _mark_recurring(pages, places, needed, found)
    outer = [_outer_rows(page, found[number]) for number, page in enumerate(pages)]
    for places in bare:
        at_edge = [(p, i) for p, i in places if _at_edge(pages[p], i, outer[p])]
        _mark_recurring(pages, at_edge, needed, found)
    for page, indices in zip(pages, found, strict=True):
        indices |= _companions(page, indices)
        indices -= _form(page, indices)
    return found


_Place = tuple[int, int]  # page number from 0, line index


def _groups(
    pages: Sequence[PlacedPage], needed: int
) -> tuple[list[list[_Place]], list[list[_Place]]]:
    groups: defaultdict[tuple[str, bool], list[_Place]] = defaultdict(list)
    for number, page in enumerate(pages):
        for index, line in enumerate(page.lines):
            groups[_mask(line.text), line.level].append((number, index))
    worded: list[list[_Place]] = []
    bare: list[list[_Place]] = []
    for (masked, _), places in groups.items():
        if len(places) < needed:
            continue
        has_word = any(character.isalpha() for character in masked)
        (worded if has_word else bare).append(places)
    return worded, bare


def _mask(text: str) -> str:
    if text.isalpha():
        return "#" if len(text) < 8 and _ROMAN.fullmatch(text) else text
    return _DIGITS.sub("#", text)


def _mark_recurring(
    pages: Sequence[PlacedPage], places: list[_Place], needed: int, found: list[set[int]]
) -> None:
    """Mark the places of one text that recur at one height from the top or from the bottom."""
    from_top = [(pages[p].lines[i].middle, p, i) for p, i in places]
    from_bottom = [(pages[p].height - middle, p, i) for middle, p, i in from_top]
    for heights in (sorted(from_top), sorted(from_bottom)):
        for run in _runs(heights):
            enough = len({p for _, p, _ in run}) >= needed
            if enough and len(run) >= _AT_ITS_PLACE * len(places):
                for _, p, i in run:
                    found[p].add(i)


def _runs(heights: list[tuple[float, int, int]]) -> Iterator[list[tuple[float, int, int]]]:
    run: list[tuple[float, int, int]] = []
    for item in heights:
        if run and item[0] - run[0][0] > _HEIGHT_TOLERANCE:
            yield run
            run = []
        run.append(item)
    if run:
        yield run


def _outer_rows(page: PlacedPage, furniture: set[int]) -> tuple[float, float]:
    """Return the heights of the first and the last row that is not furniture with words."""
    middles = [line.middle for i, line in enumerate(page.lines) if i not in furniture]
    return (min(middles), max(middles)) if middles else (0.0, page.height)


def _at_edge(page: PlacedPage, index: int, outer: tuple[float, float]) -> bool:
    line = page.lines[index]
    first, last = outer
    above = line.middle <= min(first + _HEIGHT_TOLERANCE, _OUTER_ZONE * page.height)
    below = line.middle >= max(last - _HEIGHT_TOLERANCE, (1 - _OUTER_ZONE) * page.height)
    beside = line.box[2] < _SIDE_ZONE * page.width or line.box[0] > (1 - _SIDE_ZONE) * page.width
    return above or below or beside


def _companions(page: PlacedPage, furniture: set[int]) -> set[int]:
    """Return what changes from page to page in a running head, such as a speaker's name.

    These are short lines in one row with other furniture, with no body text beyond them.
    """
    zone = _OUTER_ZONE * page.height
    rows = [line.middle for line in map(page.lines.__getitem__, furniture) if _is_telling(line)]
    rows = [row for row in rows if row < zone or row > page.height - zone]
    outer = [i for i, line in enumerate(page.lines) if not zone < line.middle < page.height - zone]
    beside = {i for i in outer if rows and _in_a_row(page.lines[i], rows)} - furniture
    if not beside:
        return beside
    body = [
        line.middle for i, line in enumerate(page.lines) if i not in furniture and i not in beside
    ]
    first, last = (min(body), max(body)) if body else (page.height, 0.0)
    return {i for i in beside if not first <= page.lines[i].middle <= last}


def _form(page: PlacedPage, furniture: set[int]) -> set[int]:
    """Return recurring lines down the middle of a page: a form's, or a page that occurs twice."""
    zone = _OUTER_ZONE * page.height
    inner = {
        i
        for i in furniture
        if page.lines[i].level and zone < page.lines[i].middle < page.height - zone
    }
    return inner if len(inner) > _FEW else set()


def _is_telling(line: PlacedLine) -> bool:
    has_digit = any(character.isdigit() for character in line.text)
    return line.level and (has_digit or len(line.text) >= _TELLING)


def _in_a_row(line: PlacedLine, rows: Sequence[float]) -> bool:
    if len(line.text) >= _COMPANION:
        return False
    return any(abs(line.middle - row) < _HEIGHT_TOLERANCE / 2 for row in rows)
