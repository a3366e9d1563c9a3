"""From the marks of one page to rectangles and stripes in points: numpy only.

The fills are painted flat: every character has at most one colour, so that translucent
rectangles never lie upon each other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from app.documents.geometry import PageGeometry
from app.ui.reading.areas_box import PageBox
from app.ui.reading.lanes import assign_lanes
from app.ui.reading.marks import Mark

SEVERAL = "several"
"""The tint of text that carries more than one code."""
LEFT, RIGHT = 0, 1
MOST_LANES = 12
SLACK = 9.0
"""Points by which an area may reach beyond the left column and still belong to it."""

Rects = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Stripe:
    """A vertical bar beside the text, from ``top`` to ``bottom`` in points of the page."""

    mark: Mark
    side: int
    lane: int
    top: float
    bottom: float
    first: bool = True


@dataclass(slots=True)
class PageLines:
    """Facts about the lines of one page that never change: clipped tops and bottoms, columns."""

    geometry: PageGeometry
    tops: NDArray[np.float32]
    bottoms: NDArray[np.float32]
    upright: NDArray[np.bool_]
    sides: NDArray[np.int8]
    two_columns: bool
    _extents: dict[tuple[int, int], tuple[tuple[int, float, float], ...]] = field(
        default_factory=dict
    )

    @classmethod
    def of(cls, geometry: PageGeometry, page_width: float) -> "PageLines":
        """Measure the lines of a page."""
        boxes = np.asarray(geometry.line_boxes, dtype=np.float32).reshape(-1, 4)
        sides, two = column_sides(boxes, geometry.line_of, page_width)
        tops, bottoms = clipped_rows(boxes)
        heights, widths = boxes[:, 3] - boxes[:, 1], boxes[:, 2] - boxes[:, 0]
        counts = np.bincount(geometry.line_of, minlength=len(boxes))[: len(boxes)]
        upright = (heights <= widths * 1.5) | (counts <= 3)
        return cls(geometry, tops, bottoms, upright, sides, two)

    def extent(self, start: int, end: int) -> tuple[tuple[int, float, float], ...]:
        """Return (side, top, bottom) of a span for each margin it shows in, in reading order."""
        known = self._extents.get((start, end))
        if known is None:
            known = self._extents[start, end] = self._measure(start, end)
        return known

    def _measure(self, start: int, end: int) -> tuple[tuple[int, float, float], ...]:
        lines = np.unique(self.geometry.line_of[start:end])
        if not len(lines):
            return ()
        sides = self.sides[lines]
        found = []
        for side in dict.fromkeys(sides.tolist()):
            here = lines[sides == side]
            found.append((side, float(self.tops[here].min()), float(self.bottoms[here].max())))
        return tuple(found)


def clipped_rows(boxes: Rects) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return tops and bottoms of lines, cut half-way where lines of one column overlap a little."""
    rows = boxes.tolist()
    tops, bottoms = [row[1] for row in rows], [row[3] for row in rows]
    centres = [(row[1] + row[3]) / 2 for row in rows]
    order = sorted(range(len(rows)), key=centres.__getitem__)
    for place, i in enumerate(order):
        left, top, right, bottom = rows[i]
        for j in order[place + 1 : place + 6]:
            beside = min(right, rows[j][2]) - max(left, rows[j][0]) <= 0
            if beside or centres[j] - centres[i] < 0.3 * (bottom - top):
                continue
            if bottom > rows[j][1]:
                middle = (bottom + rows[j][1]) / 2
                bottoms[i], tops[j] = min(bottoms[i], middle), max(tops[j], middle)
            break
    return np.array(tops, dtype=np.float32), np.array(bottoms, dtype=np.float32)


def column_sides(
    line_boxes: Rects, line_of: NDArray[np.int32], page_width: float
) -> tuple[NDArray[np.int8], bool]:
    """Return the margin of each line and whether the page has two columns.

    Two columns: at least 30 % of the characters stand wholly left of the middle and 30 %
    wholly right of it (25 % each on a page with wide tables or headings).
    """
    sides = np.full(len(line_boxes), RIGHT, dtype=np.int8)
    if not len(line_boxes) or not len(line_of):
        return sides, False
    middle, slack = page_width / 2, page_width * 0.02
    left = line_boxes[:, 2] <= middle + slack
    right = line_boxes[:, 0] >= middle - slack
    weight = np.bincount(line_of, minlength=len(line_boxes))[: len(line_boxes)].astype(np.float64)
    total = weight.sum()
    two = bool(weight[left].sum() >= 0.25 * total and weight[right].sum() >= 0.25 * total)
    if two:
        sides[left] = LEFT
    return sides, two


def flat_rects(
    lines: PageLines, marks: Sequence[Mark], page_start: int, active: Mark | None
) -> dict[str, Rects]:
    """Return rectangles by tint, one per run of equal tint and line, without overlap.

    Text under two or more codes has the tint ``SEVERAL``, unless ``active`` covers it.
    """
    count = len(lines.geometry.line_of)
    if not count or not marks:
        return {}
    tints = [SEVERAL, *dict.fromkeys(mark.tint for mark in marks)]
    place = {tint: index for index, tint in enumerate(tints)}
    codes = np.zeros(count + 1, dtype=np.int32)
    sums = np.zeros(count + 1, dtype=np.int64)
    for start, end, tint in _merged_by_code(marks, page_start, count):
        codes[start] += 1
        codes[end] -= 1
        sums[start] += place[tint]
        sums[end] -= place[tint]
    covering, summed = np.cumsum(codes[:-1]), np.cumsum(sums[:-1])
    painted = np.where(covering == 0, -1, np.where(covering == 1, summed, 0))
    if active is not None and active.tint in place:
        start, end = _within(active, page_start, count)
        painted[start:end] = place[active.tint]
    return {tints[i]: rects for i, rects in _runs(lines, painted).items()}


def _within(mark: Mark, page_start: int, count: int) -> tuple[int, int]:
    return max(mark.start - page_start, 0), max(min(mark.end - page_start, count), 0)


def _merged_by_code(
    marks: Sequence[Mark], page_start: int, count: int
) -> list[tuple[int, int, str]]:
    """Join overlapping spans of the same code, so that a code counts once on each character."""
    merged: list[tuple[int, int, str]] = []
    last_code = ""
    for mark in sorted(marks, key=lambda mark: (mark.code_id, mark.start)):
        start, end = _within(mark, page_start, count)
        if start >= end:
            continue
        if mark.code_id == last_code and merged[-1][1] >= start:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end), mark.tint)
        else:
            merged.append((start, end, mark.tint))
        last_code = mark.code_id
    return merged


def _runs(lines: PageLines, painted: NDArray[np.int64]) -> dict[int, Rects]:
    line_of, boxes = lines.geometry.line_of, lines.geometry.boxes
    changes = (painted[1:] != painted[:-1]) | (line_of[1:] != line_of[:-1])
    starts = np.concatenate(([0], np.flatnonzero(changes) + 1))
    kept = painted[starts] >= 0
    left = np.minimum.reduceat(boxes[:, 0], starts)[kept]
    right = np.maximum.reduceat(boxes[:, 2], starts)[kept]
    top = np.minimum.reduceat(boxes[:, 1], starts)[kept]
    bottom = np.maximum.reduceat(boxes[:, 3], starts)[kept]
    tints, line = painted[starts][kept], line_of[starts][kept]
    upright = lines.upright[line]
    top = np.where(upright, lines.tops[line], top)
    bottom = np.where(upright, lines.bottoms[line], bottom)
    rects = np.stack((left, top, right, bottom), axis=1).astype(np.float32)
    wide = (right - left > 0.2) & (bottom - top > 0.2)
    return {int(i): rects[(tints == i) & wide] for i in np.unique(tints[wide])}


def span_rects(lines: PageLines, start: int, end: int) -> Rects:
    """Return one rectangle per line of a span of page offsets (for selections and frames)."""
    count = len(lines.geometry.line_of)
    start, end = max(start, 0), min(end, count)
    if start >= end:
        return np.zeros((0, 4), dtype=np.float32)
    painted = np.full(count, -1, dtype=np.int64)
    painted[start:end] = 0
    return _runs(lines, painted).get(0, np.zeros((0, 4), dtype=np.float32))


def stripes_of(
    lines: PageLines, marks: Sequence[Mark], page_start: int, *, both_sides: bool = True
) -> tuple[Stripe, ...]:
    """Return the stripes of a page, each side in lanes, sorted by side and top.

    Without ``both_sides`` all stand at the right, whatever the columns of this page.
    """
    raw: dict[int, list[tuple[float, float, Mark, bool]]] = {LEFT: [], RIGHT: []}
    count = len(lines.geometry.line_of)
    for mark in marks:
        start, end = _within(mark, page_start, count)
        found = lines.extent(start, end) if mark.area is None else _area_extent(lines, mark.area)
        if not both_sides and found:
            found = ((RIGHT, min(top for _, top, _ in found), max(low for *_, low in found)),)
        for index, (side, top, bottom) in enumerate(found):
            raw[side].append((top, bottom, mark, index == 0))
    stripes = []
    for side, spans in raw.items():
        spans.sort(key=lambda span: (span[0], span[2].order))
        lanes = assign_lanes([(top, bottom) for top, bottom, _m, _f in spans], MOST_LANES)
        stripes += [
            Stripe(mark, side, lane, top, bottom, first)
            for lane, (top, bottom, mark, first) in zip(lanes, spans, strict=True)
        ]
    return tuple(stripes)


def _area_extent(lines: PageLines, area: PageBox) -> tuple[tuple[int, float, float], ...]:
    """Return (side, top, bottom) of an area: at the left where it lies in the left column."""
    side = RIGHT
    if lines.two_columns:
        left_column = lines.geometry.line_boxes[lines.sides == LEFT]
        side = LEFT if area.right <= float(left_column[:, 2].max()) + SLACK else RIGHT
    return ((side, area.top, area.bottom),)


def by_tint(rects: Mapping[str, Rects], scale: float) -> dict[str, list[tuple[float, ...]]]:
    """Return rectangles in logical pixels of the page, sorted by top, for the painter."""
    scaled = {}
    for tint, found in rects.items():
        ordered = found[np.argsort(found[:, 1], kind="stable")] * scale
        scaled[tint] = [tuple(row) for row in ordered.tolist()]
    return scaled
