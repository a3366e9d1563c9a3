"""Finds pages stored row by row across their columns, and puts these in column order."""

from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Protocol

from app.documents.text_layer import LINES, STREAM

_PROSE = 25  # characters: shorter lines are cells, labels and headings
_MIN_JUMPS = 5
_MIN_SHARE = 0.15
_MUST_FALL_TO = 1 / 3


class Line(Protocol):
    """What reading order needs to know about a line."""

    text: str
    box: tuple[float, float, float, float]
    level: bool


def segment_order(
    lines: Sequence[Line], segmented: Callable[[], list[str]], *, unconditionally: bool = False
) -> list[int] | None:
    """Return the lines' indices in column order, or None where the stored order is right.

    ``segmented`` yields the text of the same lines in column order; it is slow (six times plain
    text) and therefore asked only for pages that jump across a gutter again and again.
    """
    jumps = row_jumps(lines)
    if not unconditionally and (jumps < _MIN_JUMPS or jumps < _MIN_SHARE * len(lines)):
        return None
    indices = _match(lines, segmented())
    if indices is None or unconditionally:
        return indices
    after = row_jumps([lines[i] for i in indices])
    return indices if after <= jumps * _MUST_FALL_TO else None


def row_order(lines: Sequence[Line]) -> list[int]:
    """Return the lines' indices row by row: from top to bottom, in a row from left to right."""
    waiting = sorted(range(len(lines)), key=lambda i: lines[i].box[1] + lines[i].box[3])
    order: list[int] = []
    row: list[int] = []
    for index in waiting:
        if row and not _in_row(lines[row[0]].box, lines[index].box):
            order += sorted(row, key=lambda i: lines[i].box[0])
            row = []
        row.append(index)
    return order + sorted(row, key=lambda i: lines[i].box[0])


def _in_row(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    overlap = min(a[3], b[3]) - max(a[1], b[1])
    return overlap >= 0.5 * min(a[3] - a[1], b[3] - b[1])


def chosen_order(order: str, count: int) -> list[int] | None:
    """Return the indices of an order such as "lines:0-4,9,5-8", None where it does not fit."""
    found: list[int] = []
    for part in order.removeprefix(LINES).split(","):
        first, _dash, last = part.partition("-")
        found += range(int(first), int(last or first) + 1)
    return found if sorted(found) == list(range(count)) else None


def order_name(indices: Sequence[int]) -> str:
    """Return the short form of an order, "stream" where the lines stay as they are."""
    if list(indices) == list(range(len(indices))):
        return STREAM
    parts: list[str] = []
    start = 0
    for at in range(1, len(indices) + 1):
        if at == len(indices) or indices[at] != indices[at - 1] + 1:
            first, last = indices[start], indices[at - 1]
            parts.append(str(first) if first == last else f"{first}-{last}")
            start = at
    return LINES + ",".join(parts)


def row_jumps(lines: Sequence[Line]) -> int:
    """Count steps from a line of prose to another at the same height beside it."""
    count = 0
    for before, after in pairwise(lines):
        if len(before.text) < _PROSE or len(after.text) < _PROSE:
            continue
        if before.level and after.level and _beside(before.box, after.box):
            count += 1
    return count


def _beside(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    overlap = min(a[3], b[3]) - max(a[1], b[1])
    if overlap < 0.5 * min(a[3] - a[1], b[3] - b[1]):
        return False
    return b[0] >= a[2] or b[2] <= a[0]


def _match(lines: Sequence[Line], texts: list[str]) -> list[int] | None:
    waiting: defaultdict[str, deque[int]] = defaultdict(deque)
    for index, line in enumerate(lines):
        waiting[line.text].append(index)
    found = [waiting[text].popleft() if waiting[text] else -1 for text in texts]
    complete = len(found) == len(lines) and -1 not in found
    return found if complete else None
