"""What is painted on and beside each page, ready in logical pixels; made when first needed."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from app.ui.reading.lanes import place_labels
from app.ui.reading.marks import Mark
from app.ui.reading.page_geometry import PageGeometries
from app.ui.reading.page_marks import (
    LEFT,
    PageLines,
    Rects,
    Stripe,
    flat_rects,
    stripes_of,
)
from app.ui.reading.state import ReadingState

KEPT = 64


@dataclass(slots=True)
class RectBatch:
    """Rectangles of one tint, sorted by top, relative to the page's corner."""

    tint: str
    tops: NDArray[np.float32]
    bottoms: NDArray[np.float32]
    rects: list[QRectF]

    @classmethod
    def of(cls, tint: str, points: Rects, scale: float) -> "RectBatch":
        """Scale rectangles (x0, y0, x1, y1 in points) to whole pixels."""
        pixels = np.rint(points * scale)
        pixels = pixels[np.argsort(pixels[:, 1], kind="stable")]
        rects = [QRectF(x0, y0, x1 - x0, y1 - y0) for x0, y0, x1, y1 in pixels.tolist()]
        return cls(tint, pixels[:, 1], pixels[:, 3], rects)

    def within(self, top: float, bottom: float) -> list[QRectF]:
        """Return the rectangles that touch the band."""
        if not len(self.tops) or (self.tops[0] >= top and self.bottoms.max() <= bottom):
            return self.rects
        touching = np.flatnonzero((self.tops < bottom) & (self.bottoms > top))
        return [self.rects[i] for i in touching.tolist()]


@dataclass(frozen=True, slots=True)
class Label:
    """A label in a margin: top in pixels of the page, the codings it stands for."""

    side: int
    y: float
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands in the margins of one page; ``lanes`` in use at the left and at the right."""

    stripes: tuple[Stripe, ...]
    labels: tuple[Label, ...]
    lanes: tuple[int, int]


@dataclass(slots=True)
class PageView:
    """All that is painted of the codings of one page at one zoom."""

    fills: list[RectBatch]
    underlines: list[RectBatch]
    stripes: tuple[Stripe, ...]
    labels: tuple[Label, ...]
    lanes: tuple[int, int]
    """Lanes in use in the left and the right margin."""


class PageViews:
    """Page views by page; forgets those whose codings, geometry or zoom changed."""

    def __init__(self, state: ReadingState, geometries: PageGeometries) -> None:
        """Read codings from ``state`` and boxes from ``geometries``."""
        self._state, self._geometries = state, geometries
        self._views: dict[int, PageView] = {}
        self._beside: dict[int, Beside] = {}
        self._scale = 1.0
        self._label_height = 18.0

    @property
    def measures(self) -> tuple[float, float]:
        """Logical pixels per point and the height of a label in pixels."""
        return self._scale, self._label_height

    def set_scale(self, scale: float, label_height: float) -> None:
        """Take logical pixels per point and the height of a label in pixels."""
        if (scale, label_height) != (self._scale, self._label_height):
            self._scale, self._label_height = scale, label_height
            self.forget()

    def forget(self, pages: Iterable[int] | None = None) -> None:
        """Codings of these pages changed; None means everything."""
        if pages is None:
            self._views.clear()
            self._beside.clear()
            return
        for page in pages:
            self._views.pop(page, None)
            self._beside.pop(page, None)

    def forget_fills(self, pages: Iterable[int]) -> None:
        """Another coding is active on these pages; stripes and labels stay."""
        for page in pages:
            self._views.pop(page, None)

    def beside(self, page: int, *, only_known: bool = False) -> Beside | None:
        """Return what stands in the margins; None until the page's geometry is there."""
        beside = self._beside.get(page)
        lines = self._geometries.get(page)
        if beside is not None or only_known or lines is None:
            return beside
        while len(self._beside) >= KEPT:
            self._beside.pop(next(iter(self._beside)))
        marks, start = self._state.marks.on_page(page), self._state.page_start(page)
        stripes = stripes_of(lines, marks, start, both_sides=self._state.two_columns)
        beside = Beside(stripes, tuple(self._labels(page, stripes)), _lanes_in_use(stripes))
        self._beside[page] = beside
        return beside

    def get(self, page: int) -> PageView | None:
        """Return what is painted on a page; None until its geometry is there."""
        view = self._views.get(page)
        if view is None:
            lines = self._geometries.get(page)
            if lines is None:
                return None
            while len(self._views) >= KEPT:
                self._views.pop(next(iter(self._views)))
            view = self._views[page] = self._make(page, lines)
        return view

    def _make(self, page: int, lines: PageLines) -> PageView:
        marks = self._state.marks.on_page(page)
        start, active = self._state.page_start(page), self._state.active
        own = [mark for mark in marks if mark.own]
        others = [mark for mark in marks if not mark.own]
        fills = flat_rects(lines, own, start, active if active and active.own else None)
        under = flat_rects(lines, others, start, active if active and not active.own else None)
        beside = self.beside(page) or Beside((), (), (0, 0))
        return PageView(
            [RectBatch.of(tint, rects, self._scale) for tint, rects in fills.items()],
            [RectBatch.of(tint, rects, self._scale) for tint, rects in under.items()],
            beside.stripes,
            beside.labels,
            beside.lanes,
        )

    def _labels(self, page: int, stripes: tuple[Stripe, ...]) -> list[Label]:
        height = self._label_height
        text = self._state.text
        bottom = text.sizes[page - 1][1] * self._scale if text else 0.0
        labels = []
        for side in {stripe.side for stripe in stripes}:
            named = [stripe for stripe in stripes if stripe.side == side and stripe.first]
            wanted = [stripe.top * self._scale for stripe in named]
            for place in place_labels(wanted, height, 0.0, bottom, 2.5 * height):
                members = tuple(named[index].mark for index in place.members)
                labels.append(Label(side, place.y, members))
        return labels


def _lanes_in_use(stripes: Iterable[Stripe]) -> tuple[int, int]:
    left = right = 0
    for stripe in stripes:
        if stripe.side == LEFT:
            left = max(left, stripe.lane + 1)
        else:
            right = max(right, stripe.lane + 1)
    return left, right
