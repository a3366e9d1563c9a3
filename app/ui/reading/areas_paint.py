"""Paints coded areas and the one being drawn: outlines, one translucent fill, corners, size."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen, QRegion

from app.ui.reading.areas_box import CORNERS, PageBox
from app.ui.reading.areas_view import page_rect
from app.ui.reading.inks import DASH, GAP
from app.ui.reading.margins import outline_pen
from app.ui.reading.marks import Mark
from app.ui.reading.page_marks import SEVERAL
from app.ui.reading.painter import KNOB
from app.ui.theme import font, px, theme

if TYPE_CHECKING:
    from app.ui.reading.canvas import Canvas

OUTLINE, ACTIVE_OUTLINE = 1.5, 2.5


class AreaPainter:
    """A painter of pages: gets each page that is painted, see ``features.PagePainter``."""

    def __init__(self, canvas: "Canvas") -> None:
        """Paint the areas of what ``canvas`` shows."""
        self._canvas = canvas
        self.pulled: PageBox | None = None
        """The edges that the active area gets while a corner of it is pulled."""

    def __call__(self, painter: QPainter, page: int, scale: float, part: QRectF) -> None:
        """Paint the areas of one page."""
        state = self._canvas.state
        marks = [mark for mark in state.marks.on_page(page) if mark.area is not None]
        active = state.active if state.active in marks else None
        own = [mark for mark in marks if mark.own]
        if own and self._canvas.painter.inks.fills_pages:
            self._fill(painter, page, scale, own, active)
        for mark in marks:
            if mark is not active:
                self._outline(painter, mark, scale, OUTLINE)
        if active is not None:
            self._outline(painter, active, scale, ACTIVE_OUTLINE, self.pulled)
            if active.own:
                colour = self._canvas.painter.inks.colour(active.tint)
                self._corners(painter, self.pulled or active.area, scale, colour)
        for box in (state.area, self._canvas.painter.overlay.flash_box):
            if box is not None and box.page == page:
                self._draw(painter, box, scale, corners=box is state.area)

    def _fill(
        self, painter: QPainter, page: int, scale: float, own: list[Mark], active: Mark | None
    ) -> None:
        """Fill each point once: not where text is filled, and no area upon another."""
        inks, view = self._canvas.painter.inks, self._canvas.views.get(page)
        taken = QRegion()
        for batch in view.fills if view is not None else ():
            for rect in batch.rects:
                taken += rect.toAlignedRect()
        once: list[tuple[str, QRegion]] = []
        several = covered = QRegion()
        for mark in own:
            region = QRegion(_whole(mark, scale))
            several = several.united(covered.intersected(region))
            covered = covered.united(region)
            once.append((mark.tint, region))
        if active is not None and active.own:
            region = QRegion(_whole(active, scale))
            self._paint_region(painter, region.subtracted(taken), inks.fill(active.tint))
            taken = taken.united(region)
        for tint, region in once:
            alone = region.subtracted(several).subtracted(taken)
            self._paint_region(painter, alone, inks.fill(tint))
        self._paint_region(painter, several.subtracted(taken), inks.fill(SEVERAL))

    def _paint_region(self, painter: QPainter, region: QRegion, brush: QBrush) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(brush)
        painter.drawRects(list(region))  # type: ignore[call-overload]

    def _outline(
        self,
        painter: QPainter,
        mark: Mark,
        scale: float,
        width: float,
        instead: PageBox | None = None,
    ) -> None:
        box = instead or mark.area
        if box is None:
            return
        pen = outline_pen(self._canvas.painter.inks.colour(mark.tint), width)
        if not mark.own:
            pen.setDashPattern([DASH / width * 1.5, GAP / width * 1.5])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(page_rect(box, scale).adjusted(0.5, 0.5, -0.5, -0.5))

    def _corners(
        self, painter: QPainter, box: PageBox | None, scale: float, colour: QColor
    ) -> None:
        if box is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.paper, 1))
        painter.setBrush(colour)
        for at in corners(box, scale).values():
            painter.drawEllipse(at, KNOB, KNOB)
        painter.restore()

    def _draw(self, painter: QPainter, box: PageBox, scale: float, *, corners: bool) -> None:
        """Paint the area that is drawn now, or one just gone to."""
        accent = theme.token("accent")
        rect = page_rect(box, scale)
        if corners and self._canvas.painter.inks.fills_pages:
            wash = QColor(accent)
            wash.setAlphaF(0.1)
            painter.fillRect(rect, wash)
        painter.setPen(outline_pen(accent))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect)
        if corners:
            self._corners(painter, box, scale, accent)
            self._size(painter, box, rect)

    def _size(self, painter: QPainter, box: PageBox, rect: QRectF) -> None:
        """Say how large it is, inside its lower right corner or below it."""
        width, height = box.size
        words = f"{width:.0f} × {height:.0f} pt"
        painter.setFont(font("small", tabular=True))
        metrics = QFontMetricsF(painter.font())
        room = QRectF(0, 0, metrics.horizontalAdvance(words) + px(10), metrics.height() + px(4))
        fits = rect.width() > room.width() + px(16) and rect.height() > room.height() + px(16)
        if fits:
            room.moveBottomRight(rect.bottomRight() - QPointF(px(8), px(8)))
        else:
            room.moveTopRight(rect.bottomRight() + QPointF(0, px(8)))
            room.moveLeft(max(room.left(), 0))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.token("raised"))
        painter.drawRoundedRect(room, 4, 4)
        painter.setPen(theme.token("text"))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, words)


def corners(box: PageBox, scale: float) -> dict[str, QPointF]:
    """Return where the four corners stand, in pixels of the page."""
    rect = page_rect(box, scale)
    edges = (rect.left(), rect.top(), rect.right(), rect.bottom())
    return {name: QPointF(edges[x], edges[y]) for name, (x, y) in CORNERS.items()}


def _whole(mark: Mark, scale: float) -> QRect:
    return page_rect(mark.area, scale).toRect() if mark.area is not None else QRect()
