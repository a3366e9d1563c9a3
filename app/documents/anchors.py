"""Finds the words of a coding again: in the same text, in a new text layer, in another copy.

The normal form ignores what extractors disagree on: white space, hyphens, ligatures, kinds of
quotation marks, invisible characters.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq, Levenshtein

from app.documents.boundaries import is_word_character, word_at
from app.documents.cleaning import HYPHENS, code_points, fold

State = Literal["exact", "moved", "review"]

_ENOUGH = 40
"""A unique place needs no context from this many normalised characters on."""
_CONTEXT = 32
_CONTEXT_ACCEPTED = 70.0
_CONTEXT_ACCEPTED_FUZZY = 85.0
_SIMILAR_ACCEPTED = 0.95
_SIMILAR_SHOWN = 0.75
_CLEARLY_BETTER = 5.0
_SHORTEST_FUZZY = 12
_SEED = 12
_HALF_CONTEXT = 24
_MOST_PUT_IN = 400  # characters of a stamp or running head inside a quote
_SAME_BESIDES = 0.98
_PIECE = 44
_MOST_PAIRS = 12
_MOST_HITS = 500
_LONG_TEXT = 4096

_DROPPED = HYPHENS + "\ufffd"


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a quote stands now.

    ``state``: "exact" = verbatim, "moved" = the same words, found safely, "review" = a person has
    to look. ``score`` is the likeness of the words, 0 to 100.
    """

    start: int
    end: int
    state: State
    score: float


@dataclass(frozen=True, slots=True, eq=False)
class NormalForm:
    """A text in normal form; character i comes from ``origin[i]`` of the text."""

    text: str
    origin: NDArray[np.int32]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of the text that a range of the normal form (not empty) stands for."""
        return int(self.origin[start]), int(self.origin[end - 1]) + 1

    def index_of(self, offset: int) -> int:
        """Return the first index that comes from this offset of the text or a later one."""
        return int(np.searchsorted(self.origin, offset))


def context(text: str, start: int, end: int, size: int = 64) -> tuple[str, str]:
    """Return up to ``size`` characters before and after a range."""
    return text[max(0, start - size) : start], text[end : end + size]


def page_span(page_starts: Sequence[int], start: int, end: int) -> tuple[int, int]:
    """Return the first and last page (1-based) that a range touches."""
    first = max(1, bisect_right(page_starts, start))
    return first, max(first, bisect_right(page_starts, max(start, end - 1)))


def snap_to_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the range without white space at its ends and widened to whole words."""
    chosen = text[start:end]
    if not chosen.strip():
        return start, end
    start += len(chosen) - len(chosen.lstrip())
    end -= len(chosen) - len(chosen.rstrip())
    if is_word_character(text[start]):
        start = word_at(text, start)[0]
    if is_word_character(text[end - 1]):
        end = word_at(text, end - 1)[1]
    return start, end


def all_quotes(text: str, quote: str) -> list[tuple[int, int]]:
    """Return every place of a quote, compared in normal form.

    Places with the same capitals are preferred, and of those the whole words: others are returned
    only when there is none ("trust" does not find "distrust" where "trust" occurs).
    """
    form, wanted = normal_form(text), normal_form(quote).text
    if not wanted:
        return []
    found = list(_places(form.text, wanted, len(text)))
    if not found:
        found = list(_places(_small_letters(text), _lowered(wanted), len(text)))
    first = np.array(found, dtype=np.intp)
    starts = form.origin[first].tolist()
    ends = (form.origin[first + len(wanted) - 1] + 1).tolist()
    places = list(zip(starts, ends, strict=True))
    return [place for place in places if _is_whole(text, *place)] or places


def _is_whole(text: str, start: int, end: int) -> bool:
    """Tell whether a range neither begins nor ends inside a word."""
    begins_inside = text[start - 1 : start].isalnum() and text[start].isalnum()
    return not begins_inside and not (text[end - 1].isalnum() and text[end : end + 1].isalnum())


def locate_quote(
    text: str, quote: str, *, prefix: str = "", suffix: str = "", expected: int | None = None
) -> Placement | None:
    """Find where a quote stands in a text that may have been extracted anew.

    ``prefix`` and ``suffix`` are the words that stood around it, ``expected`` the offset at which
    it would stand if nothing had changed before it. Verbatim places come first, then equal normal
    forms; both must be unique and long or fit the context. A place that is merely like the quote
    is taken as moved only at a likeness of 0.95 and a context of 85, otherwise it is for review.
    None means that nothing is like it: the coding is an orphan.
    """
    if not quote:
        return None
    search = _Search(text, quote, prefix, suffix, expected)
    found = search.equal()
    if found is not None and found.state != "review":
        return found
    return search.interrupted() or found or search.similar()


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    end: int
    verbatim: bool
    around: float
    distance: int


class _Search:
    """One search for one quote: the text in normal form and the context to compare with."""

    def __init__(
        self, text: str, quote: str, prefix: str, suffix: str, expected: int | None
    ) -> None:
        self.raw = text
        self.quote = quote
        self.form = normal_form(text)
        self.wanted = normal_form(quote).text
        self.before = normal_form(prefix).text[-_CONTEXT:]
        self.after = normal_form(suffix).text[:_CONTEXT]
        self.expected = expected

    def equal(self) -> Placement | None:
        """Return the best place with the same words, if there is any."""
        places = self._equal_places()
        if not places:
            return None
        best, sure = self._choose(places)
        state: State = "review" if not sure else "exact" if best.verbatim else "moved"
        return Placement(best.start, best.end, state, 100.0)

    def _equal_places(self) -> list[_Place]:
        size = len(self.quote)
        spans = {(at, at + size): True for at in _places(self.raw, self.quote)}
        taken = sorted(spans)
        length = len(self.wanted)
        for at in _places(self.form.text, self.wanted) if length else ():
            start, end = self.form.span(at, at + length)
            nearest = bisect_right(taken, (start, len(self.raw))) - 1
            if nearest < 0 or taken[nearest][1] <= start:
                spans[start, end] = False
        return [
            _Place(start, end, verbatim, self._context_score(start, end), self._distance(start))
            for (start, end), verbatim in spans.items()
        ]

    def _choose(self, places: Sequence[_Place]) -> tuple[_Place, bool]:
        """Return the best of some places with equal words, and whether it is beyond doubt."""
        most = max(place.around for place in places)
        near = [place for place in places if most - place.around < _CLEARLY_BETTER]
        near.sort(key=lambda place: (place.distance, not place.verbatim, -place.around))
        verbatim = [place for place in near if place.verbatim]
        alone = len(near) == 1 or len(verbatim) == 1
        best = verbatim[0] if len(verbatim) == 1 and near[0].distance else near[0]
        if not self._has_context():
            return best, (alone and (best.verbatim or self._is_long())) or self._is_here(best)
        if len(places) == 1 and self._is_long():
            return best, True
        nearer = (place for place in places if 4 * place.distance < best.distance)
        if any(self._touches_context(place) for place in nearer):
            return best, False
        told_apart = alone or 4 * near[0].distance < near[1].distance
        if told_apart and best.around >= _CONTEXT_ACCEPTED:
            return best, True
        return best, alone and self._one_side_fits(best)

    def _touches_context(self, place: _Place) -> bool:
        """Whether the words next to the quote, on one side, stand next to a place."""
        low, high = self.form.index_of(place.start), self.form.index_of(place.end)
        before, after = self.before[-_SEED:], self.after[:_SEED]
        text = self.form.text
        return (len(before) == _SEED and text[max(0, low - _SEED) : low] == before) or (
            len(after) == _SEED and text[high : high + _SEED] == after
        )

    def _one_side_fits(self, place: _Place) -> bool:
        """Whether the quote with its context of one side stands there and nowhere else.

        A stamp or running head may have come between the quote and its other side.
        """
        low, high = self.form.index_of(place.start), self.form.index_of(place.end)
        for before, after in ((self.before, ""), ("", self.after)):
            size = len(before) + len(after)
            joined = before + self.form.text[low:high] + after
            at = low - len(before)
            if size < _HALF_CONTEXT or len(joined) < _ENOUGH or at < 0:
                continue
            here = self.form.text[at : at + len(joined)] == joined
            if here and len(list(_places(self.form.text, joined, 2))) == 1:
                return True
        return False

    def interrupted(self) -> Placement | None:
        """Return the place of a quote into which something was put, or from which it was taken.

        Such as a stamp between two pages: both ends stand with their context, and nothing else
        differs.
        """
        size = len(self.wanted)
        if size < _HALF_CONTEXT:
            return None
        starts = self._ends(self.before + self.wanted[:_SEED], len(self.before))
        starts = starts or self._ends(self.wanted[:_PIECE], 0)
        ends = self._ends(self.wanted[-_SEED:] + self.after, min(size, _SEED))
        ends = ends or self._ends(self.wanted[-_PIECE:], min(size, _PIECE))
        pairs = [
            (low, high)
            for low in starts
            for high in ends
            if size // 2 <= high - low and abs(high - low - size) <= _MOST_PUT_IN
        ]
        here = 0 if self.expected is None else self.form.index_of(self.expected)
        pairs.sort(key=lambda pair: abs(pair[0] - here))
        known_all = len(pairs) <= _MOST_PAIRS or self.expected is not None
        fitting = [pair for pair in pairs[:_MOST_PAIRS] if self._fits_besides(*pair)]
        if not fitting or not known_all:
            return None
        if len(fitting) > 1:
            first, second = (abs(low - here) for low, _high in fitting[:2])
            if self.expected is None or 4 * first >= second:
                return None
        return Placement(*self.form.span(*fitting[0]), "moved", 100.0)

    def _fits_besides(self, low: int, high: int) -> bool:
        """Whether one of quote and place is all in the other, save for what was put in."""
        least = _SAME_BESIDES * min(len(self.wanted), high - low)
        return LCSseq.similarity(self.wanted, self.form.text[low:high]) >= least

    def _ends(self, piece: str, shift: int) -> list[int]:
        """Return where an end of the quote stands by a piece that is long enough to tell."""
        if len(piece) < _HALF_CONTEXT:
            return []
        return [hit + shift for hit in _places(self.form.text, piece)]

    def _has_context(self) -> bool:
        return bool(self.before or self.after)

    def _is_long(self) -> bool:
        return len(self.wanted) >= _ENOUGH

    def _is_here(self, place: _Place) -> bool:
        return place.start == self.expected

    def similar(self) -> Placement | None:
        best: tuple[float, float, tuple[int, int]] | None = None
        for low, high in self._windows():
            found = _closest(self.wanted, self.form.text, low, high)
            if found is None:
                continue
            start, end, likeness = found
            span = self.form.span(start, end)
            candidate = (likeness, self._context_score(*span), span)
            best = candidate if best is None else max(best, candidate)
        if best is None or best[0] < _SIMILAR_SHOWN:
            return None
        likeness, around, span = best
        safe = likeness >= _SIMILAR_ACCEPTED and around >= _CONTEXT_ACCEPTED_FUZZY
        return Placement(*span, "moved" if safe else "review", 100.0 * likeness)

    def _distance(self, start: int) -> int:
        return 0 if self.expected is None else abs(start - self.expected)

    def _context_score(self, start: int, end: int) -> float:
        """Return how well the surroundings fit, 0 to 100; 0 when none are known."""
        if not self._has_context():
            return 0.0
        low, high = self.form.index_of(start), self.form.index_of(end)
        there = (
            self.form.text[max(0, low - len(self.before)) : low]
            + self.form.text[high : high + len(self.after)]
        )
        return fuzz.ratio(self.before + self.after, there)

    def _windows(self) -> Iterator[tuple[int, int]]:
        """Yield ranges of the normal form in which something like the quote may stand."""
        size, length = len(self.wanted), len(self.form.text)
        if size < _SHORTEST_FUZZY or not length:
            return
        slack = size // 4 + 16
        starts = [start for start, _ in self._seeds().most_common(3)]
        if self.expected is not None:
            starts.append(self.form.index_of(self.expected))
        if not starts:
            head = fuzz.partial_ratio_alignment(
                self.wanted[:64], self.form.text, score_cutoff=100.0 * _SIMILAR_SHOWN
            )
            starts += [head.dest_start] if head else []
        for start in starts:
            low, high = max(0, start - slack), min(length, start + size + slack)
            if low < high:
                yield low, high

    def _seeds(self) -> Counter[int]:
        """Count, for starts rounded to the slack, the pieces of the quote that speak for them."""
        votes: Counter[int] = Counter()
        step = max(_SEED // 2, len(self.wanted) // 40)
        grain = max(8, len(self.wanted) // 8)
        for at in range(0, len(self.wanted) - _SEED + 1, step):
            piece = self.wanted[at : at + _SEED]
            for hit in _places(self.form.text, piece, most=20):
                votes[max(0, round((hit - at) / grain) * grain)] += 1
        for piece, shift in ((self.before[-_SEED:], 0), (self.after[:_SEED], len(self.wanted))):
            if len(piece) == _SEED:
                for hit in _places(self.form.text, piece, most=5):
                    start = hit + _SEED if shift == 0 else hit - shift
                    votes[max(0, round(start / grain) * grain)] += 1
        return votes


def _closest(wanted: str, text: str, low: int, high: int) -> tuple[int, int, float] | None:
    """Return the part of text[low:high] most like the wanted one and the likeness, 0 to 1."""
    window = text[low:high]
    found = fuzz.partial_ratio_alignment(wanted, window)
    if found is None or found.dest_end <= found.dest_start:
        return None
    head = _edge(wanted[:24], window, found.dest_start)[0]
    tail = _edge(wanted[-24:], window, found.dest_end - min(24, len(wanted)))[1]
    options = {(found.dest_start, found.dest_end), (head, tail), (found.dest_start, tail)}
    start, end = min(
        ((first, last) for first, last in options if first < last),
        key=lambda option: Levenshtein.distance(wanted, window[option[0] : option[1]]),
    )
    start, end = _polish(wanted, window, start, end)
    likeness = Levenshtein.normalized_similarity(wanted, window[start:end])
    return low + start, low + end, likeness


def _edge(piece: str, window: str, near: int) -> tuple[int, int]:
    """Return where one end of the quote stands, looked for around where it should."""
    low = max(0, near - 2 * len(piece))
    found = fuzz.partial_ratio_alignment(piece, window[low : near + 3 * len(piece)])
    if found is None:
        return near, near + len(piece)
    return low + found.dest_start, low + found.dest_end


def _polish(wanted: str, window: str, start: int, end: int) -> tuple[int, int]:
    """Move both ends by a few characters to where the likeness is greatest."""

    def distance(first: int, last: int) -> int:
        return Levenshtein.distance(wanted, window[first:last])

    # Of equally good ends the one that keeps the length: a wrong letter is still a letter.
    def rank(first: int, last: int) -> tuple[int, int]:
        return distance(first, last), abs(last - first - len(wanted))

    ends = [last for last in range(end - 4, end + 5) if start < last <= len(window)]
    end = min(ends, key=lambda last: rank(start, last))
    starts = [first for first in range(start - 4, start + 5) if 0 <= first < end]
    return min(starts, key=lambda first: rank(first, end)), end


def _places(text: str, wanted: str, most: int = _MOST_HITS) -> Iterator[int]:
    at = text.find(wanted)
    while at >= 0 and most > 0:
        yield at
        most -= 1
        at = text.find(wanted, at + len(wanted))


def normal_form(text: str) -> NormalForm:
    """Return the text as NFKC with folded quotation marks and nothing but what is printed.

    White space, hyphens and dashes, soft hyphens, zero-width and replacement characters go.
    Of long texts the last few are remembered.
    """
    return _remembered_form(text) if len(text) > _LONG_TEXT else _normal_form(text)


def _normal_form(text: str) -> NormalForm:
    folded, origin = fold(text)
    if not folded:
        return NormalForm("", origin)
    used = set(folded)
    dropped = [ord(char) for char in used if char.isspace() or char in _DROPPED]
    keep = np.ones(ord(max(used)) + 1, dtype=np.bool_)
    keep[dropped] = False
    kept = folded.translate(dict.fromkeys(dropped))
    return NormalForm(kept, origin[keep[code_points(folded)]])


_remembered_form = lru_cache(maxsize=8)(_normal_form)


@lru_cache(maxsize=8)
def _small_letters(text: str) -> str:
    """Return the normal form of a text without capitals, equally long."""
    return _lowered(normal_form(text).text)


def _lowered(text: str) -> str:
    return text.translate({ord(char): _small(char) for char in set(text)})


def _small(char: str) -> str:
    folded = char.casefold()
    return folded if len(folded) == 1 else char
