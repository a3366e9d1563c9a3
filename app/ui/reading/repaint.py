"""What must be painted again after a change: only the bands that look different."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QRect, QRectF

from app.ui.reading.marks import Span
from app.ui.reading.page_marks import LEFT, RIGHT, Stripe, span_rects
from app.ui.reading.page_views import Beside, Label
from app.ui.reading.painter import KNOB
from app.ui.reading.selection import Selection

if TYPE_CHECKING:
    from app.ui.reading.canvas import Canvas

PAD = round(KNOB) + 3
"""Pixels by which knobs, outlines and antialiasing reach beyond the letters."""

Band = tuple[float, float]
Key = tuple[float, ...]
Shown = TypeVar("Shown", Stripe, Label)


class Repaints(QObject):
    """Listens to what changes and asks the viewport of a canvas to be painted there."""

    def __init__(self, canvas: "Canvas") -> None:
        """Watch the state that ``canvas`` shows."""
        super().__init__(canvas)
        self._canvas, self._state = canvas, canvas.state
        self._selection = Selection()
        self._state.document_changed.connect(self._document_changed)
        self._state.selection_changed.connect(self._selection_changed)
        self._state.active_changed.connect(self._active_changed)
        self._state.marks_changed.connect(self._marks_changed)
        canvas.images.arrived.connect(self._page_arrived)
        canvas.geometries.arrived.connect(self._page_arrived)

    def page(self, page: int) -> None:
        """Paint one page and its margins again."""
        layout, viewport = self._canvas.layout_, self._canvas.viewport()
        if 1 <= page <= layout.count:
            _left, top, _width, height = layout.rect(page)
            y = top - self._canvas.verticalScrollBar().value()
            viewport.update(QRect(0, y - 16, viewport.width(), height + 32))

    def spans(self, spans: Iterable[Span]) -> None:
        """Paint the lines of these spans again, without the margins."""
        wanted = [span for span in spans if span[0] < span[1]]
        scale = self._canvas.layout_.scale
        for page in self._canvas.visible_parts():
            lines = self._canvas.geometries.get(page)
            if lines is None:
                continue
            first, length = self._state.page_start(page), self._state.page_length(page)
            for start, end in wanted:
                if start >= first + length or end <= first:
                    continue
                points = span_rects(lines, start - first, end - first)
                if len(points):
                    x0, y0 = points[:, :2].min(axis=0).tolist()
                    x1, y1 = points[:, 2:].max(axis=0).tolist()
                    box = QRectF(x0 * scale, y0 * scale, (x1 - x0) * scale, (y1 - y0) * scale)
                    self._update(page, box.adjusted(-PAD, -PAD, PAD, PAD))

    def _areas(self, spans: Iterable[Span]) -> None:
        """Paint the pages of areas again: their spans are empty."""
        for page in self._state.marks.pages_among(span for span in spans if span[0] == span[1]):
            self.page(page)

    def _update(self, page: int, box: QRectF) -> None:
        self._canvas.viewport().update(
            box.translated(self._canvas.page_origin(page)).toAlignedRect()
        )

    def _bands(self, page: int, bands: Sequence[Band | None]) -> None:
        """Paint a band of the left and one of the right margin of a page."""
        left, _top, width, _height = self._canvas.layout_.rect(page)
        whole = self._canvas.layout_.width
        for side, band in enumerate(bands):
            if band is not None:
                x = -left if side == LEFT else width
                wide = left if side == LEFT else whole - left - width
                self._update(page, QRectF(x, band[0] - 3, wide, band[1] - band[0] + 6))

    # -- what changed ------------------------------------------------------------------------

    def _document_changed(self) -> None:
        self._selection = Selection()

    def _page_arrived(self, page: int) -> None:
        if page in self._canvas.visible_parts():
            self.page(page)

    def _selection_changed(self) -> None:
        before, now = self._selection, self._state.selection
        self._selection = now
        for head in (before.head, now.head):
            self._update_caret(head)
        if before.anchor == now.anchor:
            self.spans([(min(before.head, now.head), max(before.head, now.head))])
        else:
            self.spans([(before.start, before.end), (now.start, now.end)])

    def _update_caret(self, offset: int) -> None:
        page = self._state.page_of(offset)
        lines = self._canvas.geometries.get(page) if page else None
        if lines is not None:
            scale = self._canvas.layout_.scale
            x, top, bottom = lines.geometry.caret(offset - self._state.page_start(page))
            box = QRectF(x * scale - 3, top * scale - 2, 6, (bottom - top) * scale + 4)
            self._update(page, box)

    def _active_changed(self, spans: Collection[Span]) -> None:
        views = self._canvas.views
        views.forget_fills(self._state.marks.pages_among(spans))
        self.spans(spans)
        self._areas(spans)
        for page in self._canvas.visible_parts():
            beside = views.beside(page)
            if beside is not None:
                self._bands(page, bands_of_spans(beside, spans, *views.measures))

    def _marks_changed(self, spans: Collection[Span] | None) -> None:
        canvas = self._canvas
        if spans is None:
            canvas.views.forget()
            canvas.viewport().update()
            return
        pages = self._state.marks.pages_among(spans)
        shown = pages & canvas.visible_parts().keys()
        before = {page: canvas.views.beside(page, only_known=True) for page in shown}
        canvas.views.forget(pages)
        self.spans(spans)
        self._areas(spans)
        for page in shown:
            old, new = before[page], canvas.views.beside(page)
            if old is None or new is None:
                self.page(page)
            else:
                height = canvas.layout_.rect(page)[3]
                self._bands(page, changed_bands(old, new, *canvas.views.measures, height))


def bands_of_spans(
    beside: Beside, spans: Collection[Span], scale: float, label_height: float
) -> tuple[Band | None, Band | None]:
    """Return the band of each margin, in pixels of the page, that shows codings of ``spans``."""
    wanted = set(spans)
    stripes = [s for s in beside.stripes if (s.mark.start, s.mark.end) in wanted]
    labels = [
        label
        for label in beside.labels
        if any((mark.start, mark.end) in wanted for mark in label.marks)
    ]
    found = [
        [*_rows(stripes, scale, side), *_rows_of(labels, label_height, side)]
        for side in (LEFT, RIGHT)
    ]
    return _hull(found[LEFT]), _hull(found[RIGHT])


def changed_bands(
    old: Beside, new: Beside, scale: float, label_height: float, page_height: float
) -> tuple[Band | None, Band | None]:
    """Return the band of each margin, in pixels of the page, that looks different."""
    stripes = _differing(_by_stripe(old), _by_stripe(new))
    labels = _differing(_by_label(old), _by_label(new))
    bands: list[Band | None] = []
    for side in (LEFT, RIGHT):
        if old.lanes[side] != new.lanes[side]:
            bands.append((-label_height, page_height + label_height))
            continue
        rows = [*_rows(stripes, scale, side), *_rows_of(labels, label_height, side)]
        bands.append(_hull(rows))
    return bands[LEFT], bands[RIGHT]


def _differing(old: Mapping[Key, Shown], new: Mapping[Key, Shown]) -> list[Shown]:
    """Return what only one of the two holds."""
    gone = [old[key] for key in old.keys() - new.keys()]
    return gone + [new[key] for key in new.keys() - old.keys()]


def _by_stripe(beside: Beside) -> dict[Key, Stripe]:
    """Key each stripe by its place and coding: one that did not change is the same object."""
    return {(s.side, s.lane, s.top, s.bottom, id(s.mark)): s for s in beside.stripes}


def _by_label(beside: Beside) -> dict[Key, Label]:
    return {(one.side, one.y, *map(id, one.marks)): one for one in beside.labels}


def _rows(stripes: Iterable[Stripe], scale: float, side: int) -> list[Band]:
    return [(s.top * scale, s.bottom * scale) for s in stripes if s.side == side]


def _rows_of(labels: Iterable[Label], height: float, side: int) -> list[Band]:
    return [(one.y - height / 2, one.y + height * 1.5) for one in labels if one.side == side]


def _hull(rows: Sequence[Band]) -> Band | None:
    return (min(top for top, _ in rows), max(low for _, low in rows)) if rows else None
