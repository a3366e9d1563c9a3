"""One lane for each coder and one for the consensus, beside the pages and as high as these."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.ui.reading.areas_box import PageBox
from app.ui.reading.canvas import Canvas
from app.ui.team.settle_paint import ShownPiece, paint_dashed
from app.ui.theme import paint_person, px, theme

LANE, BAR, HEAD, DISC = 30, 10, 44, 20
EDGE = 12
DASH, GAP = 5, 2
PALE = 0.42
CONSENSUS = "consensus"


@dataclass(frozen=True, slots=True)
class LaneHead:
    """What stands above a lane; ``kind`` as ``theme.paint_person`` knows it."""

    sign: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One coding in its lane; ``key`` is the row of the queue that it belongs to, or ""."""

    lane: int
    start: int
    end: int
    tint: str
    name: str
    key: str = ""
    box: PageBox | None = None


class Lanes(QWidget):
    """Follows the scrolling of a canvas; ``picked`` carries the key of a bar that was clicked."""

    picked = Signal(str)

    def __init__(self, canvas: Canvas) -> None:
        """Stand beside ``canvas``."""
        super().__init__()
        self._canvas = canvas
        self.heads: tuple[LaneHead, ...] = ()
        self.bars: tuple[Bar, ...] = ()
        self.current = ""
        self.preview: tuple[ShownPiece, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Lanes of the coders")
        canvas.scrolled.connect(self.update)
        canvas.zoom_changed.connect(lambda _zoom: self.update())
        canvas.geometries.arrived.connect(lambda _page: self.update())
        theme.changed.connect(self.updateGeometry)

    def show_lanes(self, heads: Sequence[LaneHead], bars: Sequence[Bar], current: str) -> None:
        """Show other lanes; bars of the row ``current`` are strong, the others pale."""
        if len(heads) != len(self.heads):
            self.updateGeometry()
        self.heads, self.bars, self.current = tuple(heads), tuple(bars), current
        said = [f"{head.sign}: {head.name}" for head in heads]
        self.setAccessibleDescription(", ".join(said))
        self.update()

    def show_preview(self, pieces: Sequence[ShownPiece]) -> None:
        """Show in the consensus lane what a decision would make."""
        if tuple(pieces) != self.preview:
            self.preview = tuple(pieces)
            self.update()

    def sizeHint(self) -> QSize:
        """Return the width of all lanes."""
        return QSize(px(EDGE) * 2 + px(LANE) * max(len(self.heads), 3), px(200))

    def minimumSizeHint(self) -> QSize:
        """Return the same width: lanes are never squeezed."""
        return QSize(self.sizeHint().width(), px(80))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint heads, lines, bars and the preview."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.token("well"))
        if not self.heads:
            return
        top = px(HEAD)
        for lane in range(len(self.heads)):
            x = self._centre(lane)
            painter.fillRect(QRectF(x, top, 1, self.height() - top), theme.token("line_strong"))
        painter.save()
        painter.setClipRect(QRectF(0, top, self.width(), self.height() - top))
        for bar in self.bars:
            for rect in self._rects(bar.lane, bar.start, bar.end, bar.box):
                self._paint_bar(painter, rect, bar)
        for piece in self.preview:
            found = self._rects(len(self.heads) - 1, piece.start, piece.end, piece.box)
            paint_dashed(painter, [rect.adjusted(-1, 0, 1, 0) for rect in found])
        painter.restore()
        side = px(DISC)
        for lane, head in enumerate(self.heads):
            disc = QRectF(self._centre(lane) - side / 2, (top - side) / 2, side, side)
            paint_person(painter, disc, head.sign, head.kind)

    def _paint_bar(self, painter: QPainter, rect: QRectF, bar: Bar) -> None:
        colour = QColor(self._canvas.painter.inks.colour(bar.tint))
        if bar.key != self.current and not theme.tokens.framed:
            colour.setAlphaF(PALE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        if self.heads[bar.lane].kind != "other":
            painter.drawRoundedRect(rect, 2, 2)
            return
        y = rect.top()
        while y < rect.bottom():
            painter.drawRect(QRectF(rect.x(), y, rect.width(), min(DASH, rect.bottom() - y)))
            y += DASH + GAP

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go to the difference whose bar was clicked."""
        bar = self.bar_at(event.position().x(), event.position().y())
        if bar is not None and bar.key:
            self.picked.emit(bar.key)

    def event(self, event: QEvent) -> bool:
        """Say whose lane it is and what is coded."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = event.pos()
            bar = self.bar_at(at.x(), at.y())
            lane = round((at.x() - self._centre(0)) / px(LANE)) if self.heads else -1
            words = self.heads[lane].name if 0 <= lane < len(self.heads) else ""
            if bar is not None:
                words = f"{bar.name}\n{words}"
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def bar_at(self, x: float, y: float) -> Bar | None:
        """Return the bar at a point, the current one before others."""
        if y < px(HEAD):
            return None
        found = [
            bar
            for bar in self.bars
            for rect in self._rects(bar.lane, bar.start, bar.end, bar.box)
            if rect.adjusted(-px(8), -2, px(8), 2).contains(x, y)
        ]
        return max(found, key=lambda bar: bar.key == self.current, default=None)

    def _centre(self, lane: int) -> float:
        return px(EDGE) + px(LANE) * (lane + 0.5)

    def _rects(self, lane: int, start: int, end: int, box: PageBox | None) -> list[QRectF]:
        """Return where a coding stands in its lane, as far as its pages are in view."""
        canvas, width = self._canvas, px(BAR)
        left = self._centre(lane) - width / 2
        above = canvas.viewport().mapTo(canvas, canvas.viewport().rect().topLeft()).y() + px(HEAD)
        scale, found = canvas.layout_.scale, []
        extents: tuple[tuple[int, float, float], ...]
        for page in canvas.visible_parts():
            top = canvas.page_origin(page).y() + above
            if box is not None:
                extents = ((0, box.top, box.bottom),) if box.page == page else ()
            else:
                lines = canvas.geometries.get(page)
                first = canvas.state.page_start(page)
                length = canvas.state.page_length(page)
                begins, ends = max(start - first, 0), min(end - first, length)
                extents = lines.extent(begins, ends) if lines and begins < ends else ()
            for _side, low, high in extents:
                height = max((high - low) * scale, 4)
                found.append(QRectF(left, top + low * scale, width, height))
        return found
