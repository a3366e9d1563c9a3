"""Clean words for quoting and searching, each character mapped back to where it came from.

Pure functions on canonical text: they know neither PDF nor database.
"""

import re
import unicodedata
from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

SOFT_HYPHEN = "\u00ad"
HYPHENS = "-\u2010\u2011\u2012\u2013\u2014\u2212\ufe58\ufe63\uff0d\u00ac"
ZERO_WIDTH = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"

_SINGLE_QUOTES = "\u2018\u2019\u201a\u201b\u2032\u2039\u203a\u00b4`"
_DOUBLE_QUOTES = "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2e3a\u2e3b"
_FOLDED = {
    **dict.fromkeys(_SINGLE_QUOTES, "'"),
    **dict.fromkeys(_DOUBLE_QUOTES, '"'),
    **dict.fromkeys(_DASHES, "-"),
    **dict.fromkeys(SOFT_HYPHEN + ZERO_WIDTH, ""),
}

# One plain space between words needs no work, so it is the one kind of gap left out.
_GAP = re.compile(rf"[\s{SOFT_HYPHEN}]{{2,}}|[^\S ]|{SOFT_HYPHEN}")
_BREAK = re.compile(r"[\n\f\r\v\x85\u2028\u2029]")
_WHITE = re.compile(r"\s")
_ENDS = "".join(chr(code) for code in range(0x3001) if chr(code).isspace()) + SOFT_HYPHEN
# "pre- and post-test": the hyphen waits for the second word and keeps its space.
_SUSPENDED = re.compile(r"(?:and|or|to|und|oder|bzw\.|sowie|og|eller|och|en|of|et|ou)(?=\s)")


@dataclass(frozen=True, slots=True, eq=False)
class CleanText:
    """Words and their origin: ``offsets[i]`` is the document offset of clean character i."""

    text: str
    offsets: NDArray[np.int32]


def clean_text(
    text: str,
    start: int,
    end: int,
    furniture: Sequence[tuple[int, int]],
    joins: Collection[int],
) -> CleanText:
    """Return the words from start to end as they would be quoted.

    Lines and pages run on with one space (none after a hyphen that stays), words broken at
    ``joins`` or at a soft hyphen are put together, and furniture that the range goes past is left
    out. All offsets are document offsets in code points. The offsets returned increase strictly;
    a space points at the first white space it stands for.
    """
    chunk = text[start:end]
    lead = len(chunk) - len(chunk.lstrip(_ENDS))
    base = start + lead
    chunk = _without_furniture(chunk.strip(_ENDS), base, furniture)
    known = joins if isinstance(joins, Set) or len(joins) > len(chunk) else frozenset(joins)
    kept = np.ones(len(chunk), dtype=np.bool_)
    parts: list[str] = []
    done = 0
    for match in _GAP.finditer(chunk):
        gap_start, gap_end = match.span()
        word_end, filler = _bridge(chunk, gap_start, gap_end, base, known)
        parts.append(chunk[done:word_end])
        parts.append(filler)
        kept[word_end:gap_end] = False
        if filler:
            white = _WHITE.search(chunk, gap_start, gap_end)
            kept[white.start() if white else gap_start] = True
        done = gap_end
    parts.append(chunk[done:])
    offsets = (np.flatnonzero(kept) + base).astype(np.int32)
    return CleanText("".join(parts), offsets)


def _bridge(chunk: str, start: int, end: int, base: int, joins: Collection[int]) -> tuple[int, str]:
    """Return where the word before a gap ends and what takes the place of the gap."""
    if _BREAK.search(chunk, start, end):
        if chunk[start] == SOFT_HYPHEN:
            return start, ""
        before = chunk[start - 1]
        if before in HYPHENS:
            if base + start - 1 in joins:
                return start - 1, ""
            inside = start > 1 and chunk[start - 2].isalnum() and chunk[end].isalnum()
            if inside and not _SUSPENDED.match(chunk, end):
                return start, ""
        return start, " "
    return start, " " if _WHITE.search(chunk, start, end) else ""


def _without_furniture(chunk: str, base: int, furniture: Sequence[tuple[int, int]]) -> str:
    """Return the chunk, equally long, with line breaks where furniture between words was."""
    inside = sorted(
        (first - base, last - base)
        for first, last in furniture
        if base <= first < last <= base + len(chunk)
    )
    low, high = 0, len(chunk)
    for first, last in inside:
        if chunk[low:first].strip(_ENDS):
            break
        low = max(low, last)
    for first, last in reversed(inside):
        if chunk[last:high].strip(_ENDS):
            break
        high = min(high, first)
    parts: list[str] = []
    done = 0
    for first, last in inside:
        if low <= first and last <= high and done < last:
            first = max(first, done)
            parts += (chunk[done:first], "\n" * (last - first))
            done = last
    return "".join((*parts, chunk[done:])) if parts else chunk


def search_form(clean: CleanText) -> CleanText:
    """Return the text as it is searched: NFKC, quotes and dashes folded, nothing invisible.

    Offsets do not decrease; several characters may come from one (ligatures).
    """
    folded, positions = fold(clean.text)
    return CleanText(folded, clean.offsets[positions])


def fold(text: str) -> tuple[str, NDArray[np.int32]]:
    """Return NFKC with quotes and dashes folded and invisible characters dropped, and its origin.

    The second part gives, for each character, the index in ``text`` it comes from.
    """
    if text.isascii() and "`" not in text:
        return text, np.arange(len(text), dtype=np.int32)
    used = set(text)
    marks = {char for char in used if _continues(char)}
    if not marks:
        return _fold_apart(text, used)
    return _fold_clusters(text, used, marks.union(SOFT_HYPHEN, ZERO_WIDTH))


def _fold_apart(text: str, used: Collection[str]) -> tuple[str, NDArray[np.int32]]:
    """Fold each character by itself."""
    table = {ord(char): _fold_piece(char) for char in used}
    lengths = np.zeros(max(table, default=0) + 1, dtype=np.int8)
    lengths[list(table)] = [len(piece) for piece in table.values()]
    positions = np.repeat(np.arange(len(text), dtype=np.int32), lengths[code_points(text)])
    return text.translate(table), positions


def _fold_clusters(
    text: str, used: Collection[str], marks: Collection[str]
) -> tuple[str, NDArray[np.int32]]:
    """Fold a text with combining characters: each stays with the character it belongs to."""
    texts: list[str] = []
    positions: list[NDArray[np.int32]] = []
    done = 0

    def take_apart(end: int) -> None:
        folded, origin = _fold_apart(text[done:end], used)
        texts.append(folded)
        positions.append(origin + done)

    of_marks = re.escape("".join(sorted(marks)))
    for match in re.finditer(f"[^{of_marks}]?[{of_marks}]+", text):
        take_apart(match.start())
        piece = _fold_piece(match.group())
        texts.append(piece)
        origin = np.arange(match.start(), match.start() + len(piece), dtype=np.int32)
        positions.append(np.minimum(origin, match.end() - 1))
        done = match.end()
    take_apart(len(text))
    return "".join(texts), np.concatenate(positions)


@lru_cache(maxsize=8192)
def _fold_piece(piece: str) -> str:
    # NFKC would make a space with an accent of an acute used as a quote: fold on both sides.
    before = "".join(_FOLDED.get(char, char) for char in piece)
    normal = unicodedata.normalize("NFKC", before)
    return "".join(_FOLDED.get(char, char) for char in normal)


@lru_cache(maxsize=8192)
def _continues(char: str) -> bool:
    """Tell whether the character may merge with the one before it under NFKC."""
    first = unicodedata.normalize("NFKC", char)[0]
    return unicodedata.category(first).startswith("M") or "\u1160" <= first <= "\u11ff"


def code_points(text: str) -> NDArray[np.uint32]:
    """Return the code points of the text, one number per character."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
