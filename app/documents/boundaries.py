"""Words, sentences and paragraphs in canonical text.

Sentences end where a reader of papers sees the end: not after "et al.", "e.g.", initials, page
references or decimal numbers. All offsets are code points of the text, end-exclusive.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from app.documents.abbreviations import (
    BEFORE_A_NUMBER,
    BEFORE_AN_ORDINAL,
    LAST_BEFORE_AN_OPENING,
    MONTHS,
    NEVER_LAST,
    OPENING_WORDS,
)

_MARKS = (
    "\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u0610-\u061a\u064b-\u065f\u0670"
    "\u0900-\u0903\u093a-\u094f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u00ad\u200c\u200d"
)
# An apostrophe or hyphen between letters belongs to the word, so does the line break after a
# hyphen; a number keeps its decimals.
_WORD = re.compile(
    rf"[^\W_][\w{_MARKS}]*(?:(?:['\u2019\u02bc]|[-\u2010\u2011\u00ad][\n\f]?|(?<=\u00ad)[\n\f]"
    rf"|(?<=\d)[.,](?=\d))[^\W_][\w{_MARKS}]*)*"
)

_CLOSERS = "\"'\u2019\u201d\u00bb\u203a\u201c)\\]}"
_OPENERS = "\"'\u2018\u201c\u201e\u00ab\u2039([{\u00bf\u00a1"
# A full stop, what closes after it, note marks; then white space or the end.
_END = re.compile(
    rf"[.!?\u2026\u061f\u06d4\u0964]+[{_CLOSERS}]*"
    r"(?:\[\d[\d,;\s\u2013-]{0,20}\]|[\u00b9\u00b2\u00b3\u2070-\u2079]+"
    r"|(?:(?<=[^\W\d][.!?])|(?<=[)\]\"'\u2019\u201d][.!?])|(?<=[.!?][)\"'\u2019\u201d]))"
    r"\d{1,3}(?:[,\u2013-]\d{1,3})*)?"
    rf"[{_CLOSERS}]*(?=\s|\Z)|[\u3002\uff01\uff1f]+[{_CLOSERS}\u300d\u300f]*"
)
_GAP = re.compile(r"\s*")
_NEW_PAGE = re.compile(r"\f|\n[^\S\n]*\n")
_BORDER = re.compile(r"\s*\f\s*|[^\S\n\f]*\n[^\S\n\f]*\n\s*")
_NEXT_WORD = re.compile(rf"[{_OPENERS}]*([\w'\u2019-]*)")
_TOKEN_BEFORE = re.compile(r"[\w.\u00ad]*\Z")
_WORD_BEFORE = re.compile(r"(\S+)\s+\Z")
_LINE_START = re.compile(r"(?:\A|[\n\f])[^\S\n\f]*\Z")
_ROMAN = re.compile(r"[ivxlc]+", re.IGNORECASE)
_NEW_LINES = re.compile(r"\n[^\S\n\f]*\n")
_LOOK_BACK = 60
_FULL = 0.8  # share of the usual line that a full line has at least
_SAMPLE = 60_000
_GOES_ON = "-\u2010\u00ad,;\u2013\u2014("
_STOPS = ".!?\u2026\u061f\u06d4\u0964\u3002\uff01\uff1f\"'\u2019\u201d\u00bb)]"


def is_word_character(char: str) -> bool:
    """Tell whether a character can begin or end a word."""
    return char.isalnum()


def word_at(text: str, offset: int) -> tuple[int, int]:
    """Return the word around an offset.

    A word broken at a line end is one word. At white space it is the word that ends there, else
    nothing: (offset, offset). A punctuation mark stands for itself.
    """
    low = text.rfind(" ", 0, offset) + 1
    high = text.find(" ", offset)
    before = (offset, offset)
    for match in _WORD.finditer(text, low, len(text) if high < 0 else high):
        if match.start() > offset:
            break
        if offset < match.end():
            return match.span()
        if offset == match.end():
            before = match.span()
    if offset < len(text) and not text[offset].isspace():
        return offset, offset + 1
    return before


def sentence_at(text: str, offset: int, blocks: Sequence[int] | None = None) -> tuple[int, int]:
    """Return the sentence around an offset, without the white space at its ends.

    White space belongs to the sentence before it. Sentences run on across line breaks and pages
    until they end; an empty line or a page break ends one only after a full stop. ``blocks`` are
    ascending offsets at which blocks of text start; no sentence goes across them.
    """
    low, high = _block_around(text, offset, blocks)
    reach = 2000
    while True:
        near = max(low, text.rfind(" ", low, max(low, offset - reach)) + 1)
        starts = list(_begins_until(text, low, high, near, offset))
        if starts or near == low:
            break
        reach *= 4
    start = starts[-1] if starts else low
    later = (end for end, begin in _sentence_ends(text, low, high, start) if begin > offset)
    return _trimmed(text, start, next(later, high))


def sentence_borders(
    text: str, blocks: Sequence[int], furniture: Sequence[tuple[int, int]] = ()
) -> tuple[int, ...]:
    """Return the starts of those ``blocks`` that no sentence goes across.

    A heading, a line of authors or a cell of a table ends what stands before it, though it has no
    full stop. A paragraph that goes on in the next column or page does not; running heads
    (``furniture``) in between are looked over.
    """
    heads = {start for start, _end in furniture}
    full = _FULL * _usual_line(text)
    ends = (*blocks[1:], len(text))[: len(blocks)]
    borders: list[int] = []
    before = ""
    for start, end in zip(blocks, ends, strict=True):
        words = text[start:end].strip()
        if start in heads or not words:
            continue
        if _is_apart(before, words, full):
            borders.append(start)
        before = words
    return tuple(borders)


def _usual_line(text: str) -> int:
    """Return the length of a line that runs from margin to margin, roughly."""
    lengths = sorted(len(line) for line in text[:_SAMPLE].split("\n") if line)
    return lengths[len(lengths) * 3 // 4] if lengths else 0


def _is_apart(before: str, words: str, full: float) -> bool:
    """Tell whether a block is no continuation of the one before it.

    What goes on in another block breaks off at the end of a full line.
    """
    if not before:
        return True
    first = next((char for char in words if char.isalnum()), "")
    if first.islower() or before[-1] in _GOES_ON:
        return False
    return before[-1] in _STOPS or len(before.rpartition("\n")[2]) < full


def paragraph_at(text: str, offset: int, blocks: Sequence[int] | None = None) -> tuple[int, int]:
    """Return the paragraph around an offset, without the white space at its ends.

    With ``blocks`` (ascending offsets at which blocks of text start) it is the block; without, it
    reaches to the next empty lines, or page breaks after a full stop.
    """
    low, high = _block_around(text, offset, blocks)
    if not blocks:
        for match in _BORDER.finditer(text):
            if not _NEW_LINES.search(match.group()) and not _stops_at(text, match.start()):
                continue
            if match.end() > offset:
                high = match.start() if offset < match.start() else match.end()
                break
            low = match.end()
    return _trimmed(text, low, high)


def _block_around(text: str, offset: int, blocks: Sequence[int] | None) -> tuple[int, int]:
    if not blocks:
        return 0, len(text)
    index = bisect_right(blocks, offset)
    return (
        blocks[index - 1] if index else 0,
        blocks[index] if index < len(blocks) else len(text),
    )


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    chosen = text[start:end]
    if not chosen.strip():
        return start, start
    return (
        start + len(chosen) - len(chosen.lstrip()),
        end - len(chosen) + len(chosen.rstrip()),
    )


def _begins_until(text: str, low: int, high: int, near: int, offset: int) -> Iterator[int]:
    for _, begin in _sentence_ends(text, low, high, near):
        if begin > offset or begin >= high:
            return
        yield begin


def _stops_at(text: str, offset: int) -> bool:
    """Tell whether a sentence ends right before an offset."""
    ends = _sentence_ends(text, 0, offset, max(0, offset - _LOOK_BACK))
    return any(end == offset for end, _ in ends)


def _sentence_ends(text: str, low: int, high: int, near: int) -> Iterator[tuple[int, int]]:
    """Yield from ``near`` on where sentences of text[low:high] end and where the next begins."""
    for match in _END.finditer(text, near, high):
        gap = _GAP.match(text, match.end(), high)
        begin = gap.end() if gap else match.end()
        if _ends_sentence(text, match, begin, low, high):
            yield match.end(), begin


def _ends_sentence(text: str, stop: re.Match[str], begin: int, low: int, high: int) -> bool:
    follows = _NEXT_WORD.match(text, begin, high)
    word = follows.group(1) if follows else ""
    if begin < high and not _NEW_PAGE.search(text, stop.end(), begin):
        first = text[follows.end() - len(word) : follows.end() - len(word) + 1] if follows else ""
        if first.islower() or first in {",", ";", ":", ")", "]"}:
            return False
    mark = stop.group()
    if mark[0] in ".\u2026" and text[max(low, stop.start() - 1) : stop.start()] in {"(", "["}:
        return False
    if not mark.startswith(".") or mark.startswith(".."):
        return True
    return not _is_abbreviated(text[max(low, stop.start() - _LOOK_BACK) : stop.start()], mark, word)


def _is_abbreviated(before: str, mark: str, after: str) -> bool:
    """Tell whether a full stop belongs to the word before it and ends no sentence.

    ``before``: the text up to the full stop. ``mark``: the full stop with what closes after it.
    ``after``: the next word.
    """
    found = _TOKEN_BEFORE.search(before)
    token = found.group().strip(".").replace("\u00ad", "") if found else ""
    if not token:
        return False
    ahead = before[: found.start()] if found else ""
    opens = after[:1].isupper() and after.casefold() in OPENING_WORDS
    word = token.casefold()
    if word.replace(".", "").isdigit():
        return _is_numbering(ahead, word, after, opens)
    if word in NEVER_LAST:
        return True
    if word in BEFORE_A_NUMBER and _is_number(mark, after):
        return True
    if word in LAST_BEFORE_AN_OPENING or _is_dotted(word):
        return not opens
    previous = _WORD_BEFORE.search(ahead)
    if len(word) == 1:
        # "Smith, J. The effects" is a list of references, "they met Group B. The" is not.
        return not (opens and previous and previous.group(1).isalpha())
    is_ordinal = bool(_ROMAN.fullmatch(word)) and token.isupper()
    return is_ordinal and bool(previous) and _goes_before_an_ordinal(ahead)


def _is_number(mark: str, after: str) -> bool:
    return (
        any(char.isdigit() for char in mark) or after[:1].isdigit() or bool(_ROMAN.fullmatch(after))
    )


def _is_dotted(word: str) -> bool:
    parts = word.split(".")
    return len(parts) > 1 and all(part.isalpha() and len(part) <= 3 for part in parts)


def _is_numbering(ahead: str, number: str, after: str, opens: bool) -> bool:
    """Tell whether a number with a full stop is a list number or an ordinal."""
    if len(number) > 6 or (len(number) > 3 and "." not in number):
        return False
    if _LINE_START.search(ahead):
        line_before = ahead.rstrip()
        return not (opens and line_before and (line_before[-1].isalnum() or line_before[-1] == ","))
    return after.casefold() in MONTHS or _goes_before_an_ordinal(ahead)


def _goes_before_an_ordinal(ahead: str) -> bool:
    previous = _WORD_BEFORE.search(ahead)
    return previous is not None and previous.group(1).casefold() in BEFORE_AN_ORDINAL
