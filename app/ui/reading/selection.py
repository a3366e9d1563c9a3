"""What is selected and how keys and mouse change it: offsets in the canonical text, no Qt."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

Span = tuple[int, int]

_BREAK = re.compile(r"\s")
_NEXT_WORD = re.compile(r"[^\w]*[\w’'-]*\w")


class Unit(IntEnum):
    """What a click picks; the number is the number of clicks."""

    CHARACTER = 1
    WORD = 2
    SENTENCE = 3
    PARAGRAPH = 4


@dataclass(frozen=True, slots=True)
class Selection:
    """From the end that stays to the end that moves (the caret), in document offsets."""

    anchor: int = 0
    head: int = 0

    @property
    def start(self) -> int:
        """First selected offset."""
        return min(self.anchor, self.head)

    @property
    def end(self) -> int:
        """Offset after the last selected character."""
        return max(self.anchor, self.head)

    @property
    def empty(self) -> bool:
        """True when this is only a caret."""
        return self.anchor == self.head


@dataclass(frozen=True, slots=True)
class Bounds:
    """The text and where its words, sentences and paragraphs begin and end."""

    text: str
    word: Callable[[int], Span]
    sentence: Callable[[int], Span]
    paragraph: Callable[[int], Span]

    def unit(self, offset: int, unit: Unit) -> Span:
        """Return the unit round ``offset`` without white space at its ends."""
        offset = min(max(offset, 0), max(len(self.text) - 1, 0))
        if unit == Unit.CHARACTER:
            return offset, offset
        find = {
            Unit.WORD: self.word,
            Unit.SENTENCE: self.sentence,
            Unit.PARAGRAPH: self.paragraph,
        }[unit]
        return trimmed(self.text, *find(offset))


def trimmed(text: str, start: int, end: int) -> Span:
    """Return the span without white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def drag(
    bounds: Bounds, origin: int, current: int, unit: Unit, *, exact: bool = False
) -> Selection:
    """Return the selection of a drag from ``origin`` to ``current``.

    Within one word it is by characters, beyond it by whole words, unless ``exact``.
    After a double, triple or fourth click it is by that unit.
    """
    if unit == Unit.CHARACTER:
        return _drag_characters(bounds, origin, current, exact)
    first, here = bounds.unit(origin, unit), bounds.unit(current, unit)
    if here[0] < first[0]:
        return Selection(first[1], here[0])
    return Selection(first[0], max(first[1], here[1]))


def _drag_characters(bounds: Bounds, origin: int, current: int, exact: bool) -> Selection:
    start, end = _word_round(bounds, origin)
    if exact or start <= current <= end or origin == current:
        return Selection(origin, current)
    if current > origin:
        anchor = start if origin < end else origin
        return Selection(_skip(bounds.text, anchor, current), _end_of_word(bounds, current))
    anchor = end if origin > start else origin
    return Selection(_skip_back(bounds.text, anchor, current), _start_of_word(bounds, current))


def extend_to(
    bounds: Bounds, selection: Selection, offset: int, *, exact: bool = False
) -> Selection:
    """Return the selection with its moving end at ``offset``, snapped to words (Shift+click)."""
    moved = _drag_characters(bounds, selection.anchor, offset, exact)
    return Selection(selection.anchor if exact else moved.anchor, moved.head)


def next_word_end(text: str, offset: int) -> int:
    """Return the end of the word at or after ``offset``."""
    found = _NEXT_WORD.match(text, offset)
    return found.end() if found else len(text)


def previous_word_start(text: str, offset: int) -> int:
    """Return the start of the word at or before ``offset``."""
    while offset > 0 and not text[offset - 1].isalnum():
        offset -= 1
    while offset > 0 and (text[offset - 1].isalnum() or text[offset - 1] in "_’'-"):
        offset -= 1
    while offset < len(text) and text[offset] in "_’'-":
        offset += 1
    return offset


def grow(bounds: Bounds, selection: Selection, unit: Unit, direction: int) -> Selection:
    """Return the selection with a sentence or paragraph more, at its end or (-1) at its start."""
    if selection.empty:
        start, end = bounds.unit(_on_text(bounds.text, selection.head), unit)
        return Selection(start, end) if direction > 0 else Selection(end, start)
    start, end = selection.start, selection.end
    if direction > 0:
        grown = bounds.unit(_on_text(bounds.text, end), unit)[1]
        return Selection(start, max(grown, end))
    before = start
    while before > 0 and bounds.text[before - 1].isspace():
        before -= 1
    grown = bounds.unit(max(before - 1, 0), unit)[0]
    return Selection(end, min(grown, start))


def _on_text(text: str, offset: int) -> int:
    while offset < len(text) - 1 and text[offset].isspace():
        offset += 1
    return offset


def _word_round(bounds: Bounds, offset: int) -> Span:
    """Return the word that holds or touches ``offset``, else the empty span there."""
    text = bounds.text
    for probe in (offset, offset - 1):
        if 0 <= probe < len(text) and not text[probe].isspace():
            start, end = bounds.word(probe)
            if start <= offset <= end:
                return start, end
    return offset, offset


def _start_of_word(bounds: Bounds, offset: int) -> int:
    if offset >= len(bounds.text) or _BREAK.match(bounds.text[offset]):
        return _skip(bounds.text, offset, len(bounds.text))
    return bounds.word(offset)[0]


def _end_of_word(bounds: Bounds, offset: int) -> int:
    if offset == 0 or _BREAK.match(bounds.text[offset - 1]):
        return _skip_back(bounds.text, offset, 0)
    return max(bounds.word(offset - 1)[1], offset)


def _skip(text: str, offset: int, limit: int) -> int:
    while offset < limit and text[offset].isspace():
        offset += 1
    return offset


def _skip_back(text: str, offset: int, limit: int) -> int:
    while offset > limit and text[offset - 1].isspace():
        offset -= 1
    return offset
