"""Where each page stands in the long vertical roll, in logical pixels; no Qt."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

GAP = 16
"""Logical pixels between two pages, and above the first and below the last."""
PIXELS_PER_POINT = 96 / 72
"""Logical pixels per point at a zoom of 100 %."""
ZOOM_STEPS = (0.25, 0.33, 0.5, 0.67, 0.75, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0)


@dataclass(frozen=True, slots=True)
class Sides:
    """Least room beside the pages, in logical pixels; ``used`` is what labels on the right use.

    Without ``used`` labels stand on both sides and the pages in the middle. With it they stand at
    the right only: the right side gets what is free, up to ``used``, before the left gets more.
    """

    left: int
    right: int
    used: int | None = None

    @property
    def both(self) -> int:
        """The room of the two sides together."""
        return self.left + self.right

    def left_of(self, room: int) -> float:
        """Return how much of the ``room`` beside a page lies left of it."""
        if self.used is None:
            return room / 2
        free = room - self.left - max(self.used, self.right)
        return self.left + max(free, 0) // 2


BOTH_SIDES = Sides(56, 56)
RIGHT_SIDE = Sides(24, 88, 320)
MOST_BESIDE = 0.46
"""Share of the view that labels of larger text take at most."""
"""Room beside pages in two columns, and beside pages in one, whose labels stand at the right."""


@dataclass(frozen=True, slots=True, eq=False)
class PageLayout:
    """Rectangles of all pages at one zoom. ``zoom`` 1.0 shows the page at its printed size."""

    zoom: float
    lefts: NDArray[np.int64]
    tops: NDArray[np.int64]
    widths: NDArray[np.int64]
    heights: NDArray[np.int64]
    width: int
    height: int
    home: int = 0
    """How far a viewport is scrolled sideways that shows the usual page well."""
    labels_end: int = 0
    """Where labels at the right of the usual page end."""
    least_right: int = 0

    @classmethod
    def build(
        cls, sizes: Sequence[tuple[float, float]], zoom: float, viewport_width: int, sides: Sides
    ) -> Self:
        """Lay out pages of ``sizes`` (points) on one axis, with ``sides`` beside them.

        The page of the usual width decides where the axis is; a page too wide for it stands
        further to the right.
        """
        scale = zoom * PIXELS_PER_POINT
        points = np.asarray(sizes, dtype=np.float64).reshape(-1, 2)
        widths = np.maximum(1, np.rint(points[:, 0] * scale)).astype(np.int64)
        heights = np.maximum(1, np.rint(points[:, 1] * scale)).astype(np.int64)
        usual = int(np.sort(widths)[len(widths) // 2]) if len(widths) else 0
        beside = sides.left_of(max(viewport_width - usual, sides.both))
        axis = beside + usual / 2
        lefts = np.maximum(np.floor(axis - widths / 2).astype(np.int64), sides.left)
        width = max(viewport_width, int((lefts + widths).max(initial=0)) + sides.right)
        fits = usual + sides.both <= viewport_width
        end = max(viewport_width, int(np.ceil(axis + usual / 2)) + sides.right)
        home = 0 if fits else max(round(axis - viewport_width / 2), 0)
        bottoms = np.cumsum(heights + GAP)
        total = int(bottoms[-1]) + GAP if len(heights) else 0
        return cls(
            zoom, lefts, bottoms - heights, widths, heights, width, total, home, end, sides.right
        )

    @property
    def scale(self) -> float:
        """Logical pixels per point."""
        return self.zoom * PIXELS_PER_POINT

    @property
    def count(self) -> int:
        """Number of pages."""
        return len(self.tops)

    def rect(self, page: int) -> tuple[int, int, int, int]:
        """Return left, top, width and height of a 1-based page."""
        i = page - 1
        return int(self.lefts[i]), int(self.tops[i]), int(self.widths[i]), int(self.heights[i])

    def room_beside(self, page: int) -> tuple[int, int]:
        """Return the room for labels left and right of a 1-based page.

        Beside a usual page it ends with the view, even where a wider page makes the roll wider.
        """
        left, _top, width, _height = self.rect(page)
        right = max(self.labels_end - left - width, self.least_right)
        return left, min(right, self.width - left - width)

    def page_at(self, y: float) -> int:
        """Return the page that holds ``y``, else the next one below, else the last; 0 if none."""
        if not self.count:
            return 0
        bottoms = self.tops + self.heights
        return min(int(np.searchsorted(bottoms, y, side="right")) + 1, self.count)

    def visible(self, top: float, bottom: float) -> range:
        """Return the pages that touch the band from ``top`` to ``bottom``."""
        first = int(np.searchsorted(self.tops + self.heights, top, side="right")) + 1
        last = int(np.searchsorted(self.tops, bottom, side="left"))
        return range(first, last + 1)

    def to_page(self, x: float, y: float) -> tuple[int, float, float]:
        """Return the nearest page and the point on it in points (may lie outside the page)."""
        page = self.page_at(y)
        if not page:
            return 0, 0.0, 0.0
        if page > 1 and y < self.tops[page - 1]:
            above = self.tops[page - 2] + self.heights[page - 2]
            if y - above < self.tops[page - 1] - y:
                page -= 1
        left, top, _width, _height = self.rect(page)
        return page, (x - left) / self.scale, (y - top) / self.scale

    def from_page(self, page: int, x: float, y: float) -> tuple[float, float]:
        """Return where a point of a page (points) stands in the roll (logical pixels)."""
        left, top, _width, _height = self.rect(page)
        return left + x * self.scale, top + y * self.scale


def fit_width(sizes: Sequence[tuple[float, float]], viewport_width: int, beside: int) -> float:
    """Return the zoom at which the usual page and the room beside it fill the viewport."""
    if not sizes:
        return 1.0
    widths = sorted(width for width, _height in sizes)
    usual = widths[len(widths) // 2]
    room = max(viewport_width - beside, 160)
    return min(max(room / (usual * PIXELS_PER_POINT), ZOOM_STEPS[0]), ZOOM_STEPS[-1])


def fitting_zoom(
    sizes: Sequence[tuple[float, float]],
    viewport_width: int,
    *,
    two_columns: bool,
    text_scale: float = 1.0,
) -> float:
    """Return the zoom at which a page and labels of a good width beside it fill the viewport.

    Larger text takes more room beside the page, but never more than the page itself has.
    """
    wide, narrow = (400, 288) if two_columns else (288, 240)
    least = (BOTH_SIDES if two_columns else RIGHT_SIDE).both
    beside = wide if viewport_width >= 900 else narrow if viewport_width >= 720 else least
    grown = min(beside * text_scale, viewport_width * MOST_BESIDE)
    return fit_width(sizes, viewport_width, max(beside, round(grown)))


def next_zoom(zoom: float, direction: int) -> float:
    """Return the next step above or below ``zoom``."""
    if direction > 0:
        return next((step for step in ZOOM_STEPS if step > zoom * 1.02), ZOOM_STEPS[-1])
    return next((step for step in reversed(ZOOM_STEPS) if step < zoom / 1.02), ZOOM_STEPS[0])
