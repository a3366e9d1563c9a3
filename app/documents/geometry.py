"""Where each character of a page stands, and the questions a reading view asks of it.

All lengths are points in display space (origin top left, y down); offsets count code points of
the page text and are end-exclusive.
"""

import re
from functools import cached_property
from unicodedata import bidirectional

import numpy as np
from numpy.typing import NDArray

from app.documents import geometry_codec

Boxes = NDArray[np.float32]

_SAME_ROW = 0.5  # share of the lower line's height by which the middles of two rows differ at least
_BLOCK = 512  # lines compared with all others at a time: a map has thousands
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_ASIDE = 2.0  # a caret that moves up or down pays this much for each point it moves sideways


class PageGeometry:
    """One box per character of a page and one per line.

    ``boxes`` is n x 4 (x0, y0, x1, y1); a line break has a box without extent at the end of its
    line. ``line_of`` gives the line of each character, ``line_boxes`` is m x 4.
    """

    def __init__(self, text: str, boxes: Boxes) -> None:
        """Take n boxes for n characters; boxes of line breaks are set from their line."""
        if boxes.shape != (len(text), 4):
            raise ValueError(f"{len(text)} characters need as many boxes, not {boxes.shape}")
        self.text = text
        self._breaks = _line_breaks(text)
        self._starts = np.concatenate(([0], self._breaks + 1)).astype(np.int32)
        self._ends = np.append(self._breaks, len(text)).astype(np.int32)
        self.line_of: NDArray[np.int32] = np.repeat(
            np.arange(len(self._starts), dtype=np.int32), self._ends - self._starts + 1
        )[: len(text)]
        self.boxes: Boxes = np.ascontiguousarray(boxes, dtype=np.float32).copy()
        self.line_boxes: Boxes = self._unite_lines()
        self._vertical, self._backwards = self._directions()
        self._close_lines()

    # Questions ------------------------------------------------------------------------------

    def offset_at(self, x: float, y: float) -> int:
        """Return the caret offset (0 to n) nearest to a point."""
        if not self.text:
            return 0
        line = self._line_at(x, y)
        start, end = int(self._starts[line]), int(self._ends[line])
        if start == end:
            return start
        low, high, position = (1, 3, y) if self._vertical[line] else (0, 2, x)
        boxes = self.boxes[start:end]
        outside = np.maximum(boxes[:, low] - position, position - boxes[:, high])
        nearest = int(np.argmin(outside))
        middle = (boxes[nearest, low] + boxes[nearest, high]) / 2
        after = bool(position > middle) != self._is_backwards(start + nearest, line)
        return start + nearest + int(after)

    def char_at(self, x: float, y: float) -> int | None:
        """Return the offset of the character whose box holds the point."""
        boxes = self.boxes
        inside = (boxes[:, 0] <= x) & (x < boxes[:, 2]) & (boxes[:, 1] <= y) & (y < boxes[:, 3])
        candidates = np.flatnonzero(inside)
        if not len(candidates):
            return None
        middles = (boxes[candidates, 1] + boxes[candidates, 3]) / 2
        return int(candidates[np.argmin(np.abs(middles - y))])

    def rects(self, start: int, end: int) -> Boxes:
        """Return one rectangle per line touched by a range, k x 4, without overlaps of rows.

        Where the boxes of neighbouring lines overlap both are cut half-way, so that translucent
        fills show no seam.
        """
        start, end = max(0, start), min(len(self.text), end)
        if start >= end:
            return np.empty((0, 4), np.float32)
        lines = self.line_of[start:end]
        first = np.flatnonzero(np.diff(lines, prepend=lines[0] - 1))
        part = self.boxes[start:end]
        rects = np.empty((len(first), 4), np.float32)
        rects[:, :2] = np.minimum.reduceat(part[:, :2], first)
        rects[:, 2:] = np.maximum.reduceat(part[:, 2:], first)
        touched = lines[first]
        across = np.where(self._vertical[touched, None], (0, 2), (1, 3))
        rows = np.arange(len(first))[:, None]
        rects[rows, across] = self._rows[touched[:, None], across]
        return rects[(rects[:, 2] > rects[:, 0]) & (rects[:, 3] > rects[:, 1])]

    def caret(self, offset: int) -> tuple[float, float, float]:
        """Return x, top and bottom of the caret before the character at ``offset``."""
        if not self.text:
            return 0.0, 0.0, 0.0
        offset = min(max(offset, 0), len(self.text))
        line = self._line_of_offset(offset)
        at_end = offset >= int(self._ends[line])
        index = max(offset - 1, int(self._starts[line])) if at_end else offset
        index = min(index, len(self.text) - 1)
        box = self.boxes[index]
        trailing = at_end != self._is_backwards(index, line)
        if self._vertical[line]:
            edge = float(box[3] if trailing else box[1])
            return float(self._rows[line, 0]), edge, edge
        row = self._rows[line]
        return float(box[2] if trailing else box[0]), float(row[1]), float(row[3])

    def line_start_end(self, offset: int) -> tuple[int, int]:
        """Return where the line of a caret offset starts and ends (before its line break)."""
        line = self._line_of_offset(offset)
        return int(self._starts[line]), int(self._ends[line])

    def offset_above(self, offset: int, x: float) -> int | None:
        """Return the caret offset nearest to ``x`` in the row above, None in the first row."""
        return self._offset_in_next_row(offset, x, -1.0)

    def offset_below(self, offset: int, x: float) -> int | None:
        """Return the caret offset nearest to ``x`` in the row below, None in the last row."""
        return self._offset_in_next_row(offset, x, 1.0)

    # Storing --------------------------------------------------------------------------------

    def pack(self) -> bytes:
        """Return the boxes in under a byte per character, exact to 0.5 pt.

        Unpacking needs the text.
        """
        solid = np.flatnonzero(self._solid)
        return geometry_codec.pack(
            self.boxes[solid], self.line_of[solid], self._vertical[self.line_of[solid]]
        )

    @classmethod
    def unpack(cls, data: bytes, text: str) -> "PageGeometry":
        """Return packed geometry; raises ValueError when it does not belong to the text."""
        solid = np.ones(len(text), bool)
        solid[_line_breaks(text)] = False
        boxes = np.zeros((len(text), 4), np.float32)
        boxes[solid] = geometry_codec.unpack(data, int(solid.sum()))
        return cls(text, boxes)

    def aligned_to(self, text: str) -> "PageGeometry":
        """Return the geometry for a text that differs a little, such as one stored earlier.

        Characters found here keep their boxes; others get one without width beside the
        character before them.
        """
        if text == self.text:
            return self
        if np.array_equal(self._breaks, _line_breaks(text)) and len(text) == len(self.text):
            return PageGeometry(text, self.boxes)  # other letters in the same lines
        from rapidfuzz.distance import Indel

        boxes = np.zeros((len(text), 4), np.float32)
        known = np.zeros(len(text), bool)
        for block in Indel.opcodes(self.text, text):
            if block.tag == "equal":
                boxes[block.dest_start : block.dest_end] = self.boxes[
                    block.src_start : block.src_end
                ]
                known[block.dest_start : block.dest_end] = True
        _fill_unknown(boxes, known)
        return PageGeometry(text, boxes)

    # Inner workings -------------------------------------------------------------------------

    @property
    def _solid(self) -> NDArray[np.bool_]:
        solid = np.ones(len(self.text), bool)
        solid[self._breaks] = False
        return solid

    def _unite_lines(self) -> Boxes:
        """Return one box per line; an empty line gets a box of zeros."""
        united = np.zeros((len(self._starts), 4), np.float32)
        filled = np.flatnonzero(self._ends > self._starts)
        if len(filled):
            solid = self.boxes[self._solid]
            lengths = (self._ends - self._starts)[filled]
            first = np.concatenate(([0], np.cumsum(lengths)[:-1]))
            united[filled, :2] = np.minimum.reduceat(solid[:, :2], first)
            united[filled, 2:] = np.maximum.reduceat(solid[:, 2:], first)
        return united

    def _directions(self) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Return per line whether it runs up or down, and whether against its axis."""
        count = len(self._starts)
        if not self.text:
            return np.zeros(count, bool), np.zeros(count, bool)
        first = np.minimum(self._starts, len(self.text) - 1)
        last = np.maximum(self._ends - 1, first)
        middles = (self.boxes[:, :2] + self.boxes[:, 2:]) / 2
        travel = np.abs(middles[last] - middles[first])
        vertical = travel[:, 1] > travel[:, 0]
        along = np.where(vertical[self.line_of], middles[:, 1], middles[:, 0])
        # Each step votes: in a line of two directions the ends do not tell.
        inside = self._solid[1:] & self._solid[:-1]
        votes = np.where(inside, np.sign(np.diff(along)), 0)
        return vertical, np.bincount(self.line_of[1:], votes, count) < 0

    def _is_backwards(self, offset: int, line: int) -> bool:
        """Whether reading goes on to the left of a character (or above it in a vertical line)."""
        if not self._vertical[line]:
            text = self.text[self._starts[line] : self._ends[line]]
            kind = bidirectional(self.text[offset]) if _RIGHT_TO_LEFT.search(text) else ""
            if kind in ("L", "EN", "AN"):
                return False
            if kind in ("R", "AL"):
                return True
        return bool(self._backwards[line])

    def _close_lines(self) -> None:
        """Give each line break a box without extent at the end of its line."""
        for_breaks = np.arange(len(self._breaks))
        last = np.maximum(self._breaks - 1, self._starts[for_breaks])
        box = self.boxes[last].copy()
        vertical, backwards = self._vertical[for_breaks], self._backwards[for_breaks]
        for axis, mask in ((0, ~vertical), (1, vertical)):
            edge = np.where(backwards, box[:, axis], box[:, axis + 2])
            box[mask, axis] = box[mask, axis + 2] = edge[mask]
        self.boxes[self._breaks] = box

    @cached_property
    def _rows(self) -> Boxes:
        """Line boxes, cut half-way where two rows overlap."""
        rows = self.line_boxes.copy()
        for vertical in (False, True):
            of_kind = np.flatnonzero(self._vertical == vertical)
            along, across = (1, 0) if vertical else (0, 1)
            rows[of_kind] = _cut_overlaps(self.line_boxes[of_kind], along, across)
        return rows

    def _line_of_offset(self, offset: int) -> int:
        line = int(np.searchsorted(self._starts, offset, side="right")) - 1
        return max(0, line)

    def _line_at(self, x: float, y: float) -> int:
        boxes = self._rows
        dx = np.maximum(0, np.maximum(boxes[:, 0] - x, x - boxes[:, 2]))
        dy = np.maximum(0, np.maximum(boxes[:, 1] - y, y - boxes[:, 3]))
        off_middle = np.abs((boxes[:, 1] + boxes[:, 3]) / 2 - y)
        distance = np.hypot(dx, dy) + 1e-3 * off_middle
        return int(np.argmin(np.where(self._ends > self._starts, distance, np.inf)))

    def _offset_in_next_row(self, offset: int, x: float, sign: float) -> int | None:
        if not self.text:
            return None
        rows = self._rows
        middles = (rows[:, 1] + rows[:, 3]) / 2
        heights = rows[:, 3] - rows[:, 1]
        here = self._line_of_offset(offset)
        step = (middles - middles[here]) * sign
        beyond = step > _SAME_ROW * np.minimum(heights, heights[here])
        beyond &= self._ends > self._starts
        if not beyond.any():
            return None
        aside = np.maximum(0, np.maximum(rows[:, 0] - x, x - rows[:, 2]))
        cost = np.where(beyond, step + _ASIDE * aside, np.inf)
        line = int(np.argmin(cost))
        return self.offset_at(min(max(x, rows[line, 0]), rows[line, 2]), float(middles[line]))


def _line_breaks(text: str) -> NDArray[np.intp]:
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return np.flatnonzero(codes == ord("\n"))


def _fill_unknown(boxes: Boxes, known: NDArray[np.bool_]) -> None:
    """Put each unknown character without width at the end of the known one before it."""
    if not known.any():
        return
    indices = np.where(known, np.arange(len(known)), -1)
    before = np.maximum.accumulate(indices)
    before[before < 0] = int(np.argmax(known))
    missing = np.flatnonzero(~known)
    boxes[missing] = boxes[before[missing]]
    boxes[missing, 0] = boxes[missing, 2]


def _cut_overlaps(boxes: Boxes, along: int, across: int) -> Boxes:
    """Cut boxes that overlap across the reading direction half-way between them."""
    near, far = boxes[:, across], boxes[:, across + 2]
    middle, height = (near + far) / 2, far - near
    starts, ends = near.copy(), far.copy()
    for block in range(0, len(boxes), _BLOCK):
        these = np.arange(block, min(block + _BLOCK, len(boxes)))[:, None]
        beside = np.minimum(boxes[these, along + 2], boxes[:, along + 2]) > np.maximum(
            boxes[these, along], boxes[:, along]
        )
        next_row = middle - middle[these] > _SAME_ROW * np.minimum(height, height[these])
        overlap = next_row & beside & (far[these] > near)
        half = (far[these] + near) / 2
        cut_end = np.where(overlap, np.maximum(half, middle[these]), np.inf).min(axis=1)
        cut_start = np.where(overlap, np.minimum(half, middle), -np.inf).max(axis=0)
        ends[these[:, 0]] = np.minimum(far[these[:, 0]], cut_end)
        starts = np.maximum(starts, cut_start)
    cut = boxes.copy()
    cut[:, across], cut[:, across + 2] = starts, ends
    return cut
