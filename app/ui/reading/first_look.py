"""The pages of last time, painted while the rest of the program is still being loaded.

They stand where the reading view will show them, so that nothing moves when it takes over.
"""

import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from threading import Thread

from PySide6.QtCore import QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.documents.engine import RenderedPage
from app.ui.reading.left_off import AskedPages, StandingPage
from app.ui.reading.paper import darkened, rgb, to_image
from app.ui.theme import THEMES, theme

LOOK_EVERY_MS = 8
LOOK_FOR = 1.5
"""Seconds for which the first pages are waited for; slow ones are left to the reading view."""


class FirstLook(QWidget):
    """Shows pages as they arrive."""

    _arrived = Signal(object, object)

    def __init__(self, asked: AskedPages) -> None:
        """Show what was asked for."""
        super().__init__()
        self.setAccessibleName("Pages")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._left_off = asked.left_off
        self._images: dict[StandingPage, QImage | None] = {}
        self.shown_at = 0.0
        """When all pages had been painted, as ``time.monotonic`` tells it; 0 before that."""
        self._arrived.connect(self._take)
        for page, future in asked.images:
            future.add_done_callback(partial(self._tell, page))

    def fits(self) -> bool:
        """Tell whether the window is as it was: else the pages would jump a moment later."""
        same_size = (self.width(), self.height()) == self._left_off.room
        return same_size and abs(self.devicePixelRatioF() - self._left_off.ratio) < 1e-6

    def _tell(self, page: StandingPage, done: "Future[RenderedPage]") -> None:
        image = None if done.cancelled() or done.exception() else done.result()
        with suppress(RuntimeError):  # the program is ending
            self._arrived.emit(page, image)

    def _take(self, page: StandingPage, found: RenderedPage | None) -> None:
        self._images[page] = self._image(found) if found is not None else None
        self.update()

    def _image(self, found: RenderedPage) -> QImage:
        rows = (found.pixels, found.width, found.height, found.stride)
        if theme.inverts_paper:
            return darkened(*rows, rgb(theme.token("paper")), rgb(theme.token("ink")))
        return to_image(*rows)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground of the window, and the pages on theirs."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.token("base"))
        view = QRectF(*self._left_off.view)
        painter.fillRect(view, theme.token("well"))
        painter.setClipRect(view)
        for page in self._left_off.pages:
            self._paint_page(painter, page, view)
        painter.end()
        if not self.shown_at and len(self._images) == len(self._left_off.pages):
            self.shown_at = time.monotonic()

    def _paint_page(self, painter: QPainter, page: StandingPage, view: QRectF) -> None:
        paper = QRectF(view.x() + page.left, view.y() + page.top, page.width, page.height)
        token = theme.tokens.paper if theme.inverts_paper else THEMES["light"].paper
        painter.fillRect(paper, QColor(token))
        image = self._images.get(page)
        if image is not None:
            image.setDevicePixelRatio(self.devicePixelRatioF())
            painter.save()
            painter.setClipRect(paper.intersected(view))  # an image may be a pixel larger
            painter.drawImage(paper.topLeft(), image)
            painter.restore()
        if theme.tokens.framed:
            painter.setPen(QPen(theme.token("line"), 1))
            painter.drawRect(paper.adjusted(-0.5, -0.5, 0.5, 0.5))


class FirstSteps(QObject):
    """Goes on with the start once the first pages are painted and ``loading`` has ended."""

    def __init__(
        self, window: QWidget, pages: FirstLook, loading: Thread, go_on: Callable[[], object]
    ) -> None:
        """Call ``go_on`` then, unless the window has been closed before."""
        super().__init__(window)
        self._window, self._pages = window, pages
        self._loading, self._go_on = loading, go_on
        self._ends = time.monotonic() + LOOK_FOR
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        seen = self._pages.shown_at or time.monotonic() > self._ends
        if not seen or self._loading.is_alive():
            return
        self._timer.stop()
        if self._window.isVisible():
            self._go_on()
        self.deleteLater()
