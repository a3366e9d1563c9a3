"""On which page of another text of a document each of its pages stands, for areas of pages.

An area has no words of its own, so the words of its page tell where it went: a copy with a cover
page moves all of them on. A page without words goes where the pages around it went.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.documents.anchors import normal_form

_PIECE, _STEP = 24, 120
_ENOUGH = 0.4
"""Share of a page's pieces that are found again on the page where it stands now."""


@dataclass(frozen=True, slots=True)
class PageFound:
    """A 1-based page of the new text; not ``sure`` is the likeliest one."""

    page: int
    sure: bool


def map_pages(old: Sequence[str], new: Sequence[str]) -> tuple[PageFound, ...]:
    """Return for the words of each old page the page of the new text where they stand."""
    if not new:
        return tuple(PageFound(1, False) for _page in old)
    found = _by_words(old, new)
    last = len(new)
    added = last - len(old)
    pages = []
    for number in range(1, len(old) + 1):
        shift = found.get(number)
        if shift is None:
            shift, sure = _by_neighbours(number, found, added)
        else:
            sure = True
        page = min(max(number + shift, 1), last)
        pages.append(PageFound(page, sure and page == number + shift))
    return tuple(pages)


def _by_words(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Return by how many pages each page moved whose words are found again."""
    there = [normal_form(words).text for words in new]
    found: dict[int, int] = {}
    shift = 0
    for number, words in enumerate(old, start=1):
        pieces = _pieces(normal_form(words).text)
        # The page that is expected first: most pages move as far as the one before them.
        order = sorted(range(len(new)), key=lambda at: abs(at + 1 - number - shift))
        for at in order:
            if pieces and sum(piece in there[at] for piece in pieces) >= _ENOUGH * len(pieces):
                shift = at + 1 - number
                found[number] = shift
                break
    return found


def _pieces(words: str) -> list[str]:
    return [words[at : at + _PIECE] for at in range(0, len(words) - _PIECE + 1, _STEP)]


def _by_neighbours(number: int, found: dict[int, int], added: int) -> tuple[int, bool]:
    """Return by how many pages a page without known words moved, and whether that is sure."""
    if not found:
        return 0, added == 0
    before = max((page for page in found if page < number), default=None)
    after = min((page for page in found if page > number), default=None)
    first = 0 if before is None else found[before]
    second = added if after is None else found[after]
    return first if before is not None else second, first == second
