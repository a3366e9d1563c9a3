"""A strip with the whole document: where codings are, where you are; a click goes there."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.reading.canvas import Canvas
from app.ui.reading.inks import Inks
from app.ui.theme import px, theme

WIDTH = 18
REDRAW_AFTER_MS = 150
LEAST_FRAME = 24


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
        self._redraw.timeout.connect(self._forget)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName("Overview of the document")
        self.setToolTip("Click to go there")
        self._state.marks_changed.connect(lambda _pages: self._redraw.start())
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
        frame = self.frame()
        if frame.isEmpty():
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.token("text_2"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)

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
        painter.setPen(Qt.PenStyle.NoPen)
        lane = (self.width() - 1) / 2
        for (tint, own), rects in self._blocks(lane).items():
            painter.setBrush(self._inks.solid(tint))
            painter.setOpacity(1.0 if own else 0.55)
            painter.drawRects(rects)
        painter.end()
        return picture

    def _blocks(self, lane: float) -> dict[tuple[str, bool], list[QRectF]]:
        """Return one block for each coding, by share of the page's text."""
        text, layout = self._state.text, self._canvas.layout_
        marks = sorted(self._state.marks, key=lambda mark: mark.start)
        if text is None or not marks or not layout.height:
            return {}
        starts = np.asarray(text.page_starts)
        lengths = np.maximum(np.diff(np.append(starts, len(text.text) + 1)), 1)

        def y_of(offsets: np.ndarray) -> np.ndarray:
            page = np.clip(np.searchsorted(starts, offsets, side="right") - 1, 0, len(starts) - 1)
            share = (offsets - starts[page]) / lengths[page]
            return (layout.tops[page] + share * layout.heights[page]) / layout.height

        tops = y_of(np.array([mark.start for mark in marks])) * self.height()
        ends = y_of(np.array([mark.end - 1 for mark in marks])) * self.height()
        wide = max(lane - 4, 3)
        blocks: dict[tuple[str, bool], list[QRectF]] = {}
        for mark, top, end in zip(marks, tops.tolist(), ends.tolist(), strict=True):
            x = 3.0 if mark.own else lane + 2
            rect = QRectF(x, round(top), wide, max(round(end - top), 3))
            blocks.setdefault((mark.tint, mark.own), []).append(rect)
        return blocks

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
