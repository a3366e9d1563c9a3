"""A strip with the whole document: where codings are, where you are; a click goes there."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.reading.canvas import Canvas
from app.ui.reading.inks import Inks
from app.ui.reading.marks import Span
from app.ui.theme import px, theme

WIDTH = 18
REDRAW_AFTER_MS = 150
LEAST_FRAME = 24
MANY_TICKS = 80
LEAST_BLOCK = 3


class Minimap(QWidget):
    """Left lane: your codings. Right lane: those of the other coders shown."""

    jumped = Signal(float)

    def __init__(self, canvas: Canvas) -> None:
        """Show the document of ``canvas``."""
        super().__init__()
        self._canvas, self._state = canvas, canvas.state
        self._inks = Inks()
        self._picture: QPixmap | None = None
        self._redraw = QTimer(self, singleShot=True, interval=REDRAW_AFTER_MS)
        self._redraw.timeout.connect(self._catch_up)
        self._stale: set[int] | None = set()
        self.ticks: Sequence[tuple[int, float]] = ()
        """Places to be marked: 1-based page and share of its height."""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName("Overview of the document")
        self.setToolTip("Click to go there")
        self._state.marks_changed.connect(self._marks_changed)
        self._state.document_changed.connect(self._forget)
        canvas.scrolled.connect(self.update)
        canvas.zoom_changed.connect(lambda _zoom: self._forget())
        theme.changed.connect(self._restyle)

    def sizeHint(self) -> QSize:
        """Return the width of the strip."""
        return QSize(px(WIDTH), px(200))

    def _restyle(self) -> None:
        self._inks.forget()
        self.updateGeometry()
        self._forget()

    def _forget(self) -> None:
        self._picture = None
        self._stale = set()
        self.update()

    def _marks_changed(self, spans: Collection[Span] | None) -> None:
        if spans is None:
            self._stale = None
        elif self._stale is not None:
            self._stale |= self._state.marks.pages_among(spans)
        self._redraw.start()

    def refresh(self) -> None:
        """Draw at once what would be drawn a moment later."""
        self._redraw.stop()
        self._catch_up()

    def _catch_up(self) -> None:
        """Draw the bands of the pages whose codings changed; all where that is not known."""
        stale, self._stale = self._stale, set()
        if stale is None or self._picture is None:
            self._forget()
            return
        painter = QPainter(self._picture)
        for page in stale:
            self._draw_page(painter, page)
        painter.end()
        self.update()

    def resizeEvent(self, event: object) -> None:
        """Draw anew in the new height."""
        self._forget()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the strip and the frame of what is in view."""
        if self._picture is None:
            self._picture = self._draw()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        self._paint_ticks(painter)
        frame = self.frame()
        if frame.isEmpty():
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.token("text_2"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)

    def show_ticks(self, ticks: Sequence[tuple[int, float]]) -> None:
        """Mark places across both lanes, such as those of words that were looked for."""
        if ticks or self.ticks:
            self.ticks = ticks
            self.update()

    def _paint_ticks(self, painter: QPainter) -> None:
        rows = {
            round(first + share * (end - first))
            for page, share in self.ticks
            if page <= self._canvas.layout_.count
            for first, end in (self._band(page),)
        }
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.token("accent"))
        # So many that they would be one bar leave room for the codings beside them.
        left = 1 if len(rows) <= MANY_TICKS else self.width() - px(5)
        painter.drawRects([QRectF(left, row, self.width() - left, 2) for row in sorted(rows)])

    def frame(self) -> QRectF:
        """Return the frame round the part that is in view."""
        total = self._canvas.layout_.height
        if not self._state.is_open or total <= 0:
            return QRectF()
        top = self._canvas.verticalScrollBar().value() / total * self.height()
        height = self._canvas.viewport().height() / total * self.height()
        grown = max(height, px(LEAST_FRAME))
        top = min(max(top - (grown - height) / 2, 0), max(self.height() - grown, 0))
        return QRectF(2, top, self.width() - 3, min(grown, self.height()))

    def _draw(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(theme.token("window"))
        painter = QPainter(picture)
        painter.fillRect(QRectF(0, 0, 1, self.height()), theme.token("line"))
        for page in range(1, self._canvas.layout_.count + 1):
            self._draw_page(painter, page)
        painter.end()
        return picture

    def _band(self, page: int) -> tuple[int, int]:
        """Return the first row of a page and the first row of the next one."""
        layout = self._canvas.layout_
        tops = [layout.tops[page - 1]]
        tops.append(layout.tops[page] if page < layout.count else layout.height)
        first, end = (round(float(top) / layout.height * self.height()) for top in tops)
        return first, max(end, first + 1)

    def _draw_page(self, painter: QPainter, page: int) -> None:
        """Draw the codings of one page in its own rows."""
        if not 1 <= page <= self._canvas.layout_.count:
            return
        top, end = self._band(page)
        painter.fillRect(QRectF(1, top, self.width() - 1, end - top), theme.token("window"))
        painter.setPen(Qt.PenStyle.NoPen)
        for (tint, own), rects in self._blocks(page, top, end).items():
            painter.setBrush(self._inks.solid(tint))
            painter.setOpacity(1.0 if own else 0.55)
            painter.drawRects(rects)
        painter.setOpacity(1.0)

    def _blocks(self, page: int, top: int, end: int) -> dict[tuple[str, bool], list[QRectF]]:
        """Return the blocks of a page, by share of its text; equal ones once."""
        lane = (self.width() - 1) / 2
        wide = max(lane - 4, 3)
        start = self._state.page_start(page)
        rows = (end - top) / max(self._state.page_length(page), 1)
        blocks: dict[tuple[str, bool], set[tuple[int, int]]] = {}
        for mark in self._state.marks.on_page(page):
            if mark.area is not None and self._state.text is not None:
                share = (end - top) / self._state.text.sizes[page - 1][1]
                first, last = round(mark.area.top * share), round(mark.area.bottom * share)
            else:
                first = round((max(mark.start - start, 0)) * rows)
                last = round(min((mark.end - 1 - start) * rows, end - top))
            high = min(max(last - first, LEAST_BLOCK), max(end - top, 1))
            first = max(min(first, end - top - high), 0)
            blocks.setdefault((mark.tint, mark.own), set()).add((first, high))
        return {
            (tint, own): [
                QRectF(3.0 if own else lane + 2, top + first, wide, high)
                for first, high in sorted(found)
            ]
            for (tint, own), found in blocks.items()
        }

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go there."""
        self._go(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go along while the button is held."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event.position())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the pages."""
        self._canvas.wheelEvent(event)

    def _go(self, at: QPointF) -> None:
        share = min(max(at.y() / max(self.height(), 1), 0.0), 1.0)
        target = share * self._canvas.layout_.height - self._canvas.viewport().height() / 2
        self._canvas.verticalScrollBar().setValue(round(target))
        self.jumped.emit(share)
