"""Finds words in one document as a reader sees them: across lines, pages and spellings.

Case, accents, the forms of quotation marks, dashes and ligatures, soft hyphens and hyphens at
line ends make no difference, unless asked. Offsets are document offsets in code points.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from app.documents.cleaning import (
    HYPHENS,
    SOFT_HYPHEN,
    CleanText,
    clean_text,
    code_points,
    fold,
    search_form,
)
from app.documents.repaired import with_repairs

Span = tuple[int, int]

_HYPHEN = re.compile(f"[{re.escape(HYPHENS)}]")
_MAYBE = f"{SOFT_HYPHEN}?"
"""Stands in a searched text for a hyphen at a line end: it may belong to the word or not."""


@dataclass(frozen=True, slots=True, eq=False)
class FindText:
    """A document made ready for finding: the running text, and each running head by itself."""

    parts: tuple[CleanText, ...]
    matches_case: bool


def prepare(
    text: str,
    furniture: Sequence[Span],
    joins: Collection[int],
    *,
    match_case: bool = False,
    repairs: Mapping[str, str] | None = None,
) -> FindText:
    """Make a document ready; takes about a second for a thousand pages.

    ``repairs`` are words that lost letters and what was meant: they are found either way.
    """
    whole = clean_text(text, 0, len(text), furniture, joins)
    heads = (clean_text(text, start, end, (), joins) for start, end in furniture)
    parts = [_form(part, text, match_case) for part in (whole, *heads)]
    if repairs:
        parts.append(_form(with_repairs(whole, repairs), text, match_case))
    return FindText(tuple(parts), match_case)


def find_all(prepared: FindText, query: str, *, whole_words: bool = False) -> Iterator[Span]:
    """Give the span of each place where the words of ``query`` stand, in text order by part."""
    pattern = _pattern(query, prepared.matches_case, whole_words)
    if pattern is None:
        return
    for part in prepared.parts:
        offsets = part.offsets
        for match in pattern.finditer(part.text):
            yield int(offsets[match.start()]), int(offsets[match.end() - 1]) + 1


def find_some(
    prepared: FindText, query: str, *, whole_words: bool = False, most: int = 5000
) -> tuple[Span, ...]:
    """Return the first ``most`` places in text order."""
    found: set[Span] = set()  # a head that begins the document is part of the running text, too
    for span in find_all(prepared, query, whole_words=whole_words):
        found.add(span)
        if len(found) >= most:
            break
    return tuple(sorted(found))


def _form(clean: CleanText, text: str, match_case: bool) -> CleanText:
    """Return the words as they are compared, with soft hyphens where a line's hyphen stood."""
    searched = search_form(_with_maybes(clean, text))
    table = {char: _bare(char, match_case) for char in set(searched.text)}
    lengths = np.zeros(max(map(ord, table), default=0) + 1, dtype=np.int8)
    for char, piece in table.items():
        lengths[ord(char)] = len(piece)
    folded = searched.text.translate({ord(char): piece for char, piece in table.items()})
    offsets = np.repeat(searched.offsets, lengths[code_points(searched.text)])
    return CleanText(folded, offsets)


_KEPT = "\ue0ad"  # what search_form leaves alone, unlike a soft hyphen


def _with_maybes(clean: CleanText, text: str) -> CleanText:
    """Mark hyphens that stand before the end of a line."""
    letters = list(clean.text)
    for match in _HYPHEN.finditer(clean.text):
        at = match.start()
        after = int(clean.offsets[at]) + 1
        inside = 0 < at < len(letters) - 1 and not letters[at + 1].isspace()
        if inside and after < len(text) and text[after].isspace():
            letters[at] = _KEPT
    return CleanText("".join(letters), clean.offsets)


@lru_cache(maxsize=8192)
def _bare(char: str, match_case: bool) -> str:
    """Return a character without accents, in lower case unless case matters."""
    if char == _KEPT:
        return SOFT_HYPHEN
    apart = unicodedata.normalize("NFKD", char)
    bare = "".join(part for part in apart if not unicodedata.combining(part)) if apart else ""
    return bare if match_case else bare.casefold()


def _pattern(query: str, match_case: bool, whole_words: bool) -> re.Pattern[str] | None:
    folded, _origin = fold(" ".join(query.split()))
    letters = "".join(_bare(char, match_case) for char in folded)
    if not letters.strip():
        return None
    words = [_MAYBE.join(_letter(char) for char in word) for word in letters.split()]
    pattern = r"\s+".join(words)
    if whole_words:
        start = r"(?<!\w)" if letters[0].isalnum() else ""
        end = r"(?!\w)" if letters[-1].isalnum() else ""
        pattern = f"{start}{pattern}{end}"
    return re.compile(pattern)


def _letter(char: str) -> str:
    return f"[-{SOFT_HYPHEN}]" if char == "-" else re.escape(char)


def shares(spans: Sequence[Span], page_starts: Sequence[int], length: int) -> NDArray[np.float64]:
    """Return the page (from 1) and the share of its text of each span, for a strip of ticks."""
    starts = np.asarray([*page_starts, length + 1], dtype=np.float64)
    at = np.asarray([start for start, _end in spans], dtype=np.float64)
    page = np.clip(np.searchsorted(starts, at, side="right"), 1, len(page_starts))
    share = (at - starts[page - 1]) / np.maximum(starts[page] - starts[page - 1], 1)
    return np.stack((page, share), axis=1)
