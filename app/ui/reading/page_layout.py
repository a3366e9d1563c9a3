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

    @classmethod
    def build(
        cls, sizes: Sequence[tuple[float, float]], zoom: float, viewport_width: int, margin: int
    ) -> Self:
        """Lay out pages of ``sizes`` (points), centred, with at least ``margin`` on each side."""
        scale = zoom * PIXELS_PER_POINT
        points = np.asarray(sizes, dtype=np.float64).reshape(-1, 2)
        widths = np.maximum(1, np.rint(points[:, 0] * scale)).astype(np.int64)
        heights = np.maximum(1, np.rint(points[:, 1] * scale)).astype(np.int64)
        widest = int(widths.max()) if len(widths) else 0
        width = max(viewport_width, widest + 2 * margin)
        bottoms = np.cumsum(heights + GAP)
        total = int(bottoms[-1]) + GAP if len(heights) else 0
        return cls(zoom, (width - widths) // 2, bottoms - heights, widths, heights, width, total)

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


def fit_width(sizes: Sequence[tuple[float, float]], viewport_width: int, margin: int) -> float:
    """Return the zoom at which the commonest page and both margins fill the viewport."""
    if not sizes:
        return 1.0
    widths = sorted(width for width, _height in sizes)
    usual = widths[len(widths) // 2]
    room = max(viewport_width - 2 * margin, 160)
    return min(max(room / (usual * PIXELS_PER_POINT), ZOOM_STEPS[0]), ZOOM_STEPS[-1])


def next_zoom(zoom: float, direction: int) -> float:
    """Return the next step above or below ``zoom``."""
    if direction > 0:
        return next((step for step in ZOOM_STEPS if step > zoom * 1.02), ZOOM_STEPS[-1])
    return next((step for step in reversed(ZOOM_STEPS) if step < zoom / 1.02), ZOOM_STEPS[0])
