"""Puts the lines of a stored page into another order, with all that is known about its places."""

from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.documents.geometry import PageGeometry
from app.documents.reading_order import order_name
from app.documents.text_layer import ExtractedPage

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of a page that are read one after the other; ``box`` in points of display space."""

    first_line: int
    last_line: int
    box: Box


def blocks_of(geometry: PageGeometry, starts: Sequence[int]) -> tuple[Block, ...]:
    """Return the blocks of a page in the order in which they are read.

    ``starts`` are the offsets at which blocks begin, from the start of the page.
    """
    if not geometry.text:
        return ()
    last = int(geometry.line_of[-1])
    inside = [start for start in starts if 0 <= start < len(geometry.text)]
    firsts = sorted({0, *(int(geometry.line_of[start]) for start in inside)})
    ends = [*(first - 1 for first in firsts[1:]), last]
    found = []
    for first, end in zip(firsts, ends, strict=True):
        lines = geometry.line_boxes[first : end + 1]
        lines = lines[lines[:, 2] > lines[:, 0]]
        if len(lines):
            low, high = lines[:, :2].min(axis=0), lines[:, 2:].max(axis=0)
            box = (float(low[0]), float(low[1]), float(high[0]), float(high[1]))
            found.append(Block(first, end, box))
    return tuple(found)


def lines_of_blocks(blocks: Sequence[Block], order: Sequence[int]) -> list[int]:
    """Return the lines of a page with its blocks in another order."""
    return [
        line
        for number in order
        for line in range(blocks[number].first_line, blocks[number].last_line + 1)
    ]


def order_from_stream(stream: str, text: str) -> str | None:
    """Return how a page is read again from its stored lines so that it gives this text.

    ``None`` when it does not hold the same lines.
    """
    waiting: defaultdict[str, deque[int]] = defaultdict(deque)
    for number, line in enumerate(stream.split("\n")):
        waiting[line].append(number)
    lines = text.split("\n")
    found = [waiting[line].popleft() if waiting[line] else -1 for line in lines]
    if -1 in found or any(waiting.values()):
        return None
    return order_name(found)


def reordered(page: ExtractedPage, order: Sequence[int], name: str) -> ExtractedPage:
    """Return a page with its lines in this order; ``name`` says how it is read again.

    A line-end hyphen is still dropped where the line that now follows goes on in small letters.
    """
    lines = page.text.split("\n")
    if sorted(order) != list(range(len(lines))):
        raise ValueError("every line has to be there once")
    before, after = _starts(lines), _starts([lines[i] for i in order])
    now = {line: place for place, line in enumerate(order)}
    line_at = np.searchsorted(np.array(before), np.arange(len(page.text) + 1), side="right") - 1

    def moved(offset: int) -> int:
        line = int(line_at[offset])
        return after[now[line]] + offset - before[line]

    def follows(line: int) -> str:
        place = now[line] + 1
        return lines[order[place]][:1] if place < len(order) else ""

    begins = {int(line_at[start]) for start in page.blocks}
    blocks = [
        after[place]
        for place, line in enumerate(order)
        if place == 0 or line in begins or order[place - 1] != line - 1
    ]
    furniture = [
        (moved(a), moved(a) + b - a) for a, b in page.furniture if line_at[a] == line_at[b - 1]
    ]
    return replace(
        page,
        text="\n".join(lines[i] for i in order),
        order=name,
        blocks=tuple(blocks),
        furniture=tuple(sorted(furniture)),
        joins=tuple(sorted(moved(j) for j in page.joins if follows(int(line_at[j])).islower())),
    )


def permuted(geometry: PageGeometry, order: Sequence[int]) -> PageGeometry:
    """Return the geometry of a page with its lines in another order."""
    lines = geometry.text.split("\n")
    starts = _starts(lines)
    rows = [geometry.boxes[starts[i] : starts[i] + len(lines[i])] for i in order]
    line_break = np.zeros((1, 4), np.float32)
    parts = [part for row in rows for part in (row, line_break)][:-1]
    return PageGeometry("\n".join(lines[i] for i in order), np.concatenate(parts))


def _starts(lines: Sequence[str]) -> list[int]:
    starts, at = [], 0
    for line in lines:
        starts.append(at)
        at += len(line) + 1
    return starts
