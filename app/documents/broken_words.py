"""Words broken at a line end: which hyphens belong to the word and which to the line.

The document's own words are the witnesses, so compounds keep their hyphen in any language.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.documents.placed_lines import PlacedPage
from app.documents.words import WORD

_HYPHENS = "-\u2010\u00ad"
_LAST_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010'’][^\W\d_]+)*$")
_PREFIXES = (
    "anti co counter cross extra inter intra macro meta micro mid mini multi neo non over para "
    "post pre pro pseudo quasi self semi sub super trans ultra under well"
)
_CONJUNCTIONS = "and or to und oder bzw sowie og eller och en of et ou y e"  # "pre- and post-"
_MIN_LENGTH = 6  # letters of a joined word that may be joined without a witness
_ENDINGS = 3  # letters by which a witness may differ at its end ("-s", "-ed", "-ing")


@dataclass(frozen=True, slots=True)
class _Break:
    """A word broken at a line end: where the hyphen is and what stands around it."""

    page: int
    offset: int
    hyphen: str
    first: str
    second: str


def line_end_joins(
    pages: Sequence[PlacedPage], furniture: Sequence[set[int]], counts: Counter[str]
) -> list[tuple[int, ...]]:
    """Return per page the offsets of line-end hyphens that clean text drops.

    A soft hyphen always goes. ``counts`` holds the document's lower-case words with the halves
    of broken words among them.
    """
    breaks = list(_breaks(pages, furniture))
    vocabulary = Vocabulary(counts, breaks) if breaks else None
    joins: list[list[int]] = [[] for _ in pages]
    for broken in breaks:
        soft = broken.hyphen == "\u00ad"
        if soft or (vocabulary and vocabulary.says_join(broken.first, broken.second)):
            joins[broken.page].append(broken.offset)
    return [tuple(sorted(offsets)) for offsets in joins]


def _breaks(pages: Sequence[PlacedPage], furniture: Sequence[set[int]]) -> Iterator[_Break]:
    open_break: tuple[int, int, str, str] | None = None
    for number, page in enumerate(pages):
        for index, line in enumerate(page.lines):
            if index in furniture[number]:
                continue
            if open_break:
                second = WORD.match(line.text)
                if second:
                    yield _Break(*open_break, second[0])
                open_break = None
            text = line.text
            if text[-1] in _HYPHENS and len(text) > 1 and text[-2].isalpha():
                first = _LAST_WORD.search(text[:-1].rsplit(None, 1)[-1])
                offset = line.start + len(text) - 1
                open_break = (number, offset, text[-1], first[0] if first else "")


class Vocabulary:
    """The document's own words, as witnesses for how a broken word is written."""

    def __init__(self, counts: Counter[str], breaks: Sequence[_Break] = ()) -> None:
        """Take the counts and leave out the halves that the breaks put among them."""
        self._counts = counts.copy()
        for broken in breaks:
            self._counts[broken.first.lower()] -= 1
            self._counts[broken.second.lower()] -= 1
        self._sorted = sorted(word for word, count in self._counts.items() if count > 0)

    def says_join(self, first: str, second: str) -> bool:
        """Whether ``first`` + hyphen + ``second`` is one word without the hyphen.

        A form that occurs elsewhere decides; where neither or both occur the hyphen stays,
        unless the first half (or, after two letters, the second) is no word of the document.
        """
        first, second = (half.lower().replace("\u2010", "-") for half in (first, second))
        stem, tail = first.split("-")[-1], second.split("-")[0]
        if tail in _CONJUNCTIONS.split():
            return False
        joined = self._has(first + second) or self._has(stem + tail)
        hyphenated = self._has(f"{first}-{second}") or self._has(f"{stem}-{tail}")
        if joined or hyphenated:
            return joined and not hyphenated
        return self._is_fragment(stem, tail) or self._has_relative(stem + tail)

    def _has(self, word: str) -> bool:
        return self._counts.get(word, 0) > 0

    def _is_fragment(self, stem: str, tail: str) -> bool:
        if len(stem) + len(tail) < _MIN_LENGTH or stem in _PREFIXES.split():
            return False
        return not self._has(stem) or (len(stem) == 2 and not self._has(tail))

    def _has_relative(self, joined: str) -> bool:
        """Whether a word occurs that differs from ``joined`` by a short ending only."""
        if len(joined) < _MIN_LENGTH + _ENDINGS:
            return False
        if any(self._has(joined[:-cut]) for cut in range(1, _ENDINGS + 1)):
            return True
        place = bisect_left(self._sorted, joined)
        following = self._sorted[place] if place < len(self._sorted) else ""
        return following.startswith(joined) and len(following) <= len(joined) + _ENDINGS
