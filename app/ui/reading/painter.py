"""Paints the exposed band of the roll: paper, codings, selection, caret, margins."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath

from app.ui.reading.areas_box import PageBox
from app.ui.reading.features import PagePainter
from app.ui.reading.inks import Inks
from app.ui.reading.margins import MarginBox, Margins, outline_pen
from app.ui.reading.page_geometry import PageGeometries
from app.ui.reading.page_images import PageImages
from app.ui.reading.page_layout import PageLayout
from app.ui.reading.page_marks import Rects, span_rects
from app.ui.reading.page_views import PageView, PageViews, RectBatch
from app.ui.reading.state import ReadingState
from app.ui.theme import THEMES, font, theme

AS_PRINTED = THEMES["light"]
"""Where pages are not inverted they have the colours of the light theme, whatever the window."""
UNDERLINE = 2
KNOB = 4.5


@dataclass(slots=True)
class Overlay:
    """What is shown for a moment: a resize under way, a passage just scrolled to, a hover."""

    resize: tuple[int, int] | None = None
    flash: tuple[int, int] | None = None
    hover: tuple[int, int] | None = None
    flash_box: PageBox | None = None
    caret: bool = False


class RollPainter:
    """Knows how a page looks; the canvas says which part is to be painted."""

    def __init__(
        self, state: ReadingState, images: PageImages, geometries: PageGeometries, views: PageViews
    ) -> None:
        """Paint what these hold."""
        self._state, self._images = state, images
        self._geometries, self._views = geometries, views
        self.inks = Inks()
        self.margins = Margins(self.inks)
        self.overlay = Overlay()
        self.extras: list[PagePainter] = []

    def forget(self) -> None:
        """Take colours and fonts anew."""
        self.inks.forget()
        self.margins.forget()

    def paint(self, painter: QPainter, layout: PageLayout, scroll: QPointF, exposed: QRect) -> None:
        """Paint ``exposed`` (pixels of the viewport) of the roll scrolled by ``scroll``."""
        painter.fillRect(exposed, theme.token("well"))
        top, bottom = exposed.top() + scroll.y(), exposed.bottom() + 1 + scroll.y()
        for page in layout.visible(top, bottom):
            left, above, width, height = layout.rect(page)
            box = MarginBox(width, height, *layout.room_beside(page))
            painter.save()
            painter.translate(left - scroll.x(), above - scroll.y())
            part = QRectF(exposed).translated(scroll.x() - left, scroll.y() - above)
            self._paint_page(painter, page, box, part, layout.scale)
            view = self._views.get(page)
            if view is not None:
                self._paint_beside(painter, view, box, layout.scale, part)
            painter.restore()

    def _paint_page(
        self, painter: QPainter, page: int, box: MarginBox, part: QRectF, scale: float
    ) -> None:
        paper = QRectF(0, 0, box.width, box.height)
        inside = paper.intersected(part)
        if inside.isEmpty():
            return
        painter.save()
        painter.setClipRect(inside)
        if not self._images.covers(page, paper):
            paper_token = theme.tokens.paper if theme.inverts_paper else AS_PRINTED.paper
            painter.fillRect(inside, QColor(paper_token))
        self._images.paint(painter, page, paper, inside)
        if not self._images.has_pages:
            paint_words(painter, paper, "The PDF is not in this project.")
        band = (inside.top(), inside.bottom())
        view = self._views.get(page)
        if view is not None:
            self._paint_fills(painter, view, band)
        for paint in self.extras:
            paint(painter, page, scale, inside)
        self._paint_spans(painter, page, scale)
        painter.restore()
        if theme.tokens.framed:
            painter.setPen(outline_pen(theme.token("line"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(paper.adjusted(-0.5, -0.5, 0.5, 0.5))

    def _paint_fills(self, painter: QPainter, view: PageView, band: tuple[float, float]) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        for batch in view.fills:
            if self.inks.fills_pages:
                painter.setBrush(self.inks.fill(batch.tint))
                painter.drawRects(batch.within(*band))
            else:
                painter.setBrush(self.inks.solid(batch.tint))
                painter.drawRects(_underlines(batch, band))
        for batch in view.underlines:
            painter.setBrush(self.inks.dashed(batch.tint))
            painter.drawRects(_underlines(batch, band))

    def _paint_spans(self, painter: QPainter, page: int, scale: float) -> None:
        """Paint what has no place in a page view: selection, active ends, caret, flash."""
        selection, active = self._state.selection, self._state.active
        if not selection.empty:
            self._paint_selection(painter, self._span(page, selection.start, selection.end, scale))
        resize = self.overlay.resize
        if resize is not None:
            self._paint_selection(painter, self._span(page, *resize, scale))
        if self.overlay.hover is not None:
            pointed = self._span(page, *self.overlay.hover, scale)
            self._underline(painter, pointed, theme.token("text_2"))
        if active is not None and active.own and resize is None:
            self.paint_handles(painter, page, scale)
        elif active is not None and resize is None:
            rects = self._span(page, active.start, active.end, scale)
            self._underline(painter, rects, self.inks.colour(active.tint))
        if self.overlay.flash is not None:
            outline = QPainterPath()
            for rect in self._span(page, *self.overlay.flash, scale):
                outline.addRect(rect.adjusted(-3, -2, 3, 2))
            painter.setPen(outline_pen(theme.token("accent")))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(outline.simplified())
        if self.overlay.caret:
            self._paint_caret(painter, page, scale)

    def _span(self, page: int, start: int, end: int, scale: float) -> list[QRectF]:
        lines = self._geometries.get(page)
        if lines is None:
            return []
        first = self._state.page_start(page)
        return to_pixels(span_rects(lines, start - first, end - first), scale)

    def _paint_selection(self, painter: QPainter, rects: list[QRectF]) -> None:
        """Lay the colour under the ink: multiply on light paper, lighten on dark."""
        if not rects:
            return
        mode = QPainter.CompositionMode
        colour = theme.token("text_selection")
        if theme.name == "contrast":
            # Difference with white swaps black and white: white text on a black ground.
            painter.setCompositionMode(mode.CompositionMode_Difference)
            colour = QColor(AS_PRINTED.paper)
        elif theme.inverts_paper:
            painter.setCompositionMode(mode.CompositionMode_Lighten)
        else:
            painter.setCompositionMode(mode.CompositionMode_Multiply)
        if theme.tokens.is_dark and not theme.inverts_paper:
            colour = colour.lighter(300)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRects(rects)
        painter.setCompositionMode(mode.CompositionMode_SourceOver)

    def _underline(self, painter: QPainter, rects: list[QRectF], colour: QColor) -> None:
        if not rects:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRects([QRectF(r.x(), r.bottom() - 1, r.width(), UNDERLINE) for r in rects])

    def handles(self, page: int, scale: float) -> dict[str, QPointF]:
        """Return where the ends of the active coding stand on a page ("start", "end")."""
        active, lines = self._state.active, self._geometries.get(page)
        if active is None or lines is None or not active.own:
            return {}
        first = self._state.page_start(page)
        rects = to_pixels(span_rects(lines, active.start - first, active.end - first), scale)
        pages = self._state.marks.pages_of(active)
        found = {}
        if rects and page == pages[0]:
            found["start"] = QPointF(rects[0].left(), rects[0].top())
        if rects and page == pages[-1]:
            found["end"] = QPointF(rects[-1].right(), rects[-1].bottom())
        return found

    def paint_handles(self, painter: QPainter, page: int, scale: float) -> None:
        """Paint the two knobs by which a passage is made longer or shorter."""
        active, lines = self._state.active, self._geometries.get(page)
        if active is None or lines is None:
            return
        first = self._state.page_start(page)
        rects = to_pixels(span_rects(lines, active.start - first, active.end - first), scale)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.inks.colour(active.tint))
        for which, at in self.handles(page, scale).items():
            rect = rects[0] if which == "start" else rects[-1]
            painter.drawRect(QRectF(at.x() - 1, rect.top(), 2, rect.height()))
            painter.drawEllipse(at, KNOB, KNOB)
        painter.restore()

    def _paint_caret(self, painter: QPainter, page: int, scale: float) -> None:
        head = self._state.selection.head
        if self._state.page_of(head) != page:
            return
        lines = self._geometries.get(page)
        if lines is None:
            return
        x, top, bottom = lines.geometry.caret(head - self._state.page_start(page))
        rect = QRectF(round(x * scale) - 1, round(top * scale), 2, round((bottom - top) * scale))
        painter.fillRect(rect, theme.token("accent"))

    def _paint_beside(
        self, painter: QPainter, view: PageView, box: MarginBox, scale: float, part: QRectF
    ) -> None:
        if part.left() >= 0 and part.right() <= box.width:
            return
        active = self._state.active
        self.margins.paint_stripes(painter, view, box, scale, part, active)
        self.margins.paint_labels(painter, view, box, part, active)


def paint_words(painter: QPainter, rect: QRectF, text: str) -> None:
    """Paint one quiet sentence in the middle of a rectangle."""
    painter.setFont(font("small"))
    painter.setPen(theme.token("text_3"))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, text)


def to_pixels(points: Rects, scale: float) -> list[QRectF]:
    """Return rectangles (x0, y0, x1, y1 in points) in whole pixels of the page."""
    return [
        QRectF(round(x0), round(y0), round(x1) - round(x0), round(y1) - round(y0))
        for x0, y0, x1, y1 in (points * scale).tolist()
    ]


def _underlines(batch: RectBatch, band: tuple[float, float]) -> list[QRectF]:
    return [
        QRectF(rect.x(), rect.bottom() - 1, rect.width(), UNDERLINE)
        for rect in batch.within(band[0] - UNDERLINE, band[1] + UNDERLINE)
    ]
