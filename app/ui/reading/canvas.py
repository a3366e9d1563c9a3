"""The scroll area with the pages: own painting, only of what a scroll has exposed."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from app.ui.reading import margin_hits
from app.ui.reading.areas_view import scroll_to
from app.ui.reading.keys import Keys
from app.ui.reading.marks import Mark
from app.ui.reading.page_geometry import PageGeometries
from app.ui.reading.page_images import PageImages
from app.ui.reading.page_layout import (
    BOTH_SIDES,
    RIGHT_SIDE,
    PageLayout,
    Sides,
    fitting_zoom,
    next_zoom,
)
from app.ui.reading.page_marks import span_rects
from app.ui.reading.page_views import PageViews
from app.ui.reading.painter import RollPainter, to_pixels
from app.ui.reading.paper import rgb
from app.ui.reading.pointer import Pointer
from app.ui.reading.repaint import Repaints
from app.ui.reading.state import ReadingState
from app.ui.reading.trouble_cards import TroubleCards
from app.ui.theme import scale, theme

ABOVE = 8
"""Pixels below the edge of the view at which the place stands that is gone to and kept."""
FLASH_MS = 600
SHARPEN_AFTER_MS = 70
"""While someone turns the wheel with Ctrl, pages are not rendered anew for each step."""


class Canvas(QAbstractScrollArea):
    """Shows the pages of a ``ReadingState`` and lets mouse and keys act on it."""

    page_changed = Signal(int)
    zoom_changed = Signal(float)
    scrolled = Signal()
    marks_clicked = Signal(object, object)
    """Marks (a tuple) whose stripe or label was clicked, and the point in the viewport."""
    marks_hovered = Signal(object, object)
    resized_coding = Signal(str, int, int)
    commanded = Signal(str, object)
    """A key asks for something: "code" (code id), "valence" (key), "stage" (number from 0),
    "find", "card" or "close"."""

    def __init__(
        self,
        state: ReadingState,
        images: PageImages,
        geometries: PageGeometries,
        parent: QWidget | None = None,
    ) -> None:
        """Show what these hold."""
        super().__init__(parent)
        self.state, self.images, self.geometries = state, images, geometries
        self.views = PageViews(state, geometries)
        self.painter = RollPainter(state, images, geometries, self.views)
        self.layout_ = PageLayout.build((), 1.0, 1, BOTH_SIDES)
        self.fits_width = True
        self.popups: list[QWidget] = []
        """What Esc closes before it clears the selection."""
        self._page, self._downwards = 0, True
        self._text_scale = scale()
        self._arriving = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        viewport = self.viewport()
        viewport.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        viewport.setAutoFillBackground(False)
        viewport.setMouseTracking(True)
        viewport.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAccessibleName("Pages")
        self._sharpen = QTimer(self, singleShot=True, interval=SHARPEN_AFTER_MS)
        self._sharpen.timeout.connect(self._use_scale)
        self._flash = QTimer(self, singleShot=True, interval=FLASH_MS)
        self._flash.timeout.connect(self._end_flash)
        self.pointer = Pointer(self)
        self.keys = Keys(self)
        self._listen()

    def _listen(self) -> None:
        self.state.document_changed.connect(self._show_document)
        self.repaints = Repaints(self)
        self.troubles = TroubleCards(self)
        theme.changed.connect(self.restyle)
        self.restyle()

    # -- layout -----------------------------------------------------------------------------

    @property
    def zoom(self) -> float:
        """1.0 shows the printed size."""
        return self.layout_.zoom

    @property
    def page(self) -> int:
        """The page that takes most of the view; 0 without a document."""
        return self._page

    def set_zoom(self, zoom: float, anchor: QPointF | None = None, *, fits: bool = False) -> None:
        """Zoom; the point of the page under ``anchor`` (viewport) stays where it is."""
        self.fits_width = fits
        at = anchor or QPointF(self.viewport().width() / 2, self.viewport().height() / 3)
        page, x, y = self.layout_.to_page(*self._to_roll(at))
        self._relayout(zoom)
        if page:
            roll_x, roll_y = self.layout_.from_page(page, x, y)
            self.horizontalScrollBar().setValue(round(roll_x - at.x()))
            self.verticalScrollBar().setValue(round(roll_y - at.y()))
        self.viewport().update()
        self._sharpen.start()
        self.zoom_changed.emit(self.zoom)

    def step_zoom(self, direction: int) -> None:
        """Go to the next larger or smaller usual zoom."""
        self.set_zoom(next_zoom(self.zoom, direction))

    def fit_width(self) -> None:
        """Let page and margins fill the view."""
        self.set_zoom(self._fitting_zoom(), fits=True)

    def _fitting_zoom(self) -> float:
        width = self.viewport().width()
        two = self.state.two_columns
        return fitting_zoom(self._sizes(), width, two_columns=two, text_scale=scale())

    def _sides(self) -> Sides:
        return BOTH_SIDES if self.state.two_columns else RIGHT_SIDE

    def _sizes(self) -> tuple[tuple[float, float], ...]:
        return self.state.text.sizes if self.state.text else ()

    def _relayout(self, zoom: float) -> None:
        """Place the pages anew; what is in the middle from left to right stays there."""
        bar, half = self.horizontalScrollBar(), self.viewport().width() / 2
        middle = (bar.value() + half) / self.layout_.width if bar.maximum() else None
        self.layout_ = PageLayout.build(self._sizes(), zoom, self.viewport().width(), self._sides())
        self.views.set_scale(self.layout_.scale, self.painter.margins.label_height)
        self._set_bars()
        home = self.layout_.home
        bar.setValue(home if middle is None else round(middle * self.layout_.width - half))

    def _set_bars(self) -> None:
        size = self.viewport().size()
        for bar, extent, shown in (
            (self.horizontalScrollBar(), self.layout_.width, size.width()),
            (self.verticalScrollBar(), self.layout_.height, size.height()),
        ):
            bar.setPageStep(shown)
            bar.setSingleStep(40)
            bar.setRange(0, max(extent - shown, 0))

    @contextmanager
    def arriving(self) -> Iterator[None]:
        """Open a document and go to its place; pages are asked for once, when that is known."""
        self._arriving = True
        try:
            yield
        finally:
            self._arriving = False
            self._sharpen.stop()
            self._use_scale()

    def _use_scale(self) -> None:
        """Ask for images at the scale of now, in device pixels."""
        ratio = self.viewport().devicePixelRatioF()
        self.images.device_pixel_ratio = ratio
        self.images.set_scale(self.layout_.scale * ratio, self.viewport().size() * ratio)
        self.ask_for_pages()

    def _show_document(self) -> None:
        self.views.forget()
        self.painter.overlay.resize = self.painter.overlay.hover = None
        self.painter.overlay.flash = None
        self._page = -1  # also having none is told
        self._relayout(self._fitting_zoom() if self.fits_width else self.zoom)
        self.horizontalScrollBar().setValue(self.layout_.home)
        self.verticalScrollBar().setValue(0)
        self._use_scale()
        self._note_page()
        self.zoom_changed.emit(self.zoom)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the first visible line where it is."""
        page, x, y = self.layout_.to_page(*self._to_roll(QPointF(0, 0)))
        super().resizeEvent(event)
        self._relayout(self._fitting_zoom() if self.fits_width else self.zoom)
        if page:
            self.verticalScrollBar().setValue(round(self.layout_.from_page(page, x, y)[1]))
        if event.oldSize().width() != event.size().width():
            self.zoom_changed.emit(self.zoom)
        self._sharpen.start()

    def restyle(self) -> None:
        """Take colours and fonts from the theme."""
        self.painter.forget()
        dark = theme.inverts_paper
        ink_and_paper = (rgb(theme.token("paper")), rgb(theme.token("ink"))) if dark else None
        self.images.set_paper(ink_and_paper)
        if self.fits_width and self._text_scale != scale():
            self._text_scale = scale()
            self.set_zoom(self._fitting_zoom(), fits=True)
        self.views.set_scale(self.layout_.scale, self.painter.margins.label_height)
        self.viewport().update()
        self.ask_for_pages()

    # -- where things are --------------------------------------------------------------------

    def scroll_offset(self) -> QPointF:
        """Return how far the roll is scrolled."""
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _to_roll(self, at: QPointF) -> tuple[float, float]:
        offset = self.scroll_offset()
        return at.x() + offset.x(), at.y() + offset.y()

    def to_page(self, at: QPointF) -> tuple[int, float, float]:
        """Return the page nearest to a point of the viewport, and the point on it in points."""
        return self.layout_.to_page(*self._to_roll(at))

    def offset_at(self, at: QPointF) -> int | None:
        """Return the caret offset nearest to a point; None while that page is not known yet."""
        page, x, y = self.to_page(at)
        lines = self.geometries.get(page) if page else None
        if lines is None:
            return None
        return self.state.page_start(page) + int(lines.geometry.offset_at(x, y))

    def page_origin(self, page: int) -> QPointF:
        """Return the corner of a page in the viewport."""
        left, top, _width, _height = self.layout_.rect(page)
        return QPointF(left, top) - self.scroll_offset()

    def span_rect(self, start: int, end: int) -> QRectF:
        """Return the box round a span in the viewport; empty where nothing is known of it."""
        box = QRectF()
        if not self.state.is_open:
            return box
        for page in range(self.state.page_of(start), self.state.page_of(max(end - 1, start)) + 1):
            lines = self.geometries.get(page)
            if lines is None:
                continue
            first = self.state.page_start(page)
            stop = max(end, start + 1)
            origin = self.page_origin(page)
            points = span_rects(lines, start - first, stop - first)
            for rect in to_pixels(points, self.layout_.scale):
                box = box.united(rect.translated(origin))
        return box

    # -- scrolling ---------------------------------------------------------------------------

    def go_to_page(self, page: int, share: float = 0.0) -> None:
        """Put the top of a page (or a ``share`` of it) at the top of the view."""
        if 1 <= page <= self.layout_.count:
            _left, top, _width, height = self.layout_.rect(page)
            self.verticalScrollBar().setValue(round(top + share * height) - ABOVE)

    def position(self) -> tuple[int, float]:
        """Return the page at the top of the view and the share of it that is scrolled away."""
        page, _x, y = self.to_page(QPointF(0, ABOVE))
        if not page:
            return 1, 0.0
        return page, min(max(y / self._sizes()[page - 1][1], 0.0), 1.0)

    def reveal(self, start: int, end: int, *, flash: bool = True) -> None:
        """Bring a span into view, a third down from the top, unless it is in view already."""
        if not self.state.is_open:
            return
        scroll_to(self, self.span_rect(start, end), start)
        if flash and not theme.reduced_motion:
            self.painter.overlay.flash = (start, end)
            self._flash.start()
            self.viewport().update()

    def _end_flash(self) -> None:
        self.painter.overlay.flash = None
        self.viewport().update()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Move what is painted and paint only what came into view."""
        ratio = self.viewport().devicePixelRatioF()
        if (dx * ratio).is_integer() and (dy * ratio).is_integer():
            self.viewport().scroll(dx, dy)
        else:
            self.viewport().update()
        if dy:
            self._downwards = dy < 0
        self._note_page()
        self.ask_for_pages()
        self.scrolled.emit()

    def _note_page(self) -> None:
        top = self.verticalScrollBar().value()
        page = self.layout_.page_at(top + self.viewport().height() * 0.4)
        if page != self._page:
            self._page = page
            self.page_changed.emit(page)

    def visible_parts(self) -> dict[int, QRectF]:
        """Return the visible part of each visible page, in points."""
        x, y = self._to_roll(QPointF(0, 0))
        size: QSize = self.viewport().size()
        parts = {}
        scale = self.layout_.scale
        for page in self.layout_.visible(y, y + size.height()):
            left, top, width, height = self.layout_.rect(page)
            part = QRectF(x - left, y - top, size.width(), size.height())
            part = part.intersected(QRectF(0, 0, width, height))
            parts[page] = QRectF(
                part.x() / scale, part.y() / scale, part.width() / scale, part.height() / scale
            )
        return parts

    def ask_for_pages(self) -> None:
        """Ask for images and geometry of what is in view and near it."""
        if self._arriving or not self.state.is_open or self.viewport().width() < 2:
            return
        parts = self.visible_parts()
        if not parts:
            return
        if not self._sharpen.isActive():
            self.images.want(parts, self.layout_.count, self._downwards)
        near = [*parts, max(parts) + 1, min(parts) - 1]
        self.geometries.want(page for page in near if 1 <= page <= self.layout_.count)

    # -- events ------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the exposed parts."""
        painter = QPainter(self.viewport())
        offset = self.scroll_offset()
        for exposed in event.region():  # type: ignore[attr-defined]
            painter.setClipRect(exposed)
            self.painter.paint(painter, self.layout_, offset, exposed)
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl zoom at the pointer."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            steps = event.angleDelta().y() / 120
            zoom = min(max(self.zoom * 1.1**steps, 0.2), 5.0)
            self.set_zoom(zoom, event.position())
            event.accept()
            return
        super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Hand over to the pointer."""
        self.pointer.press(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Count as one more press."""
        self.pointer.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Hand over to the pointer."""
        self.pointer.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Hand over to the pointer."""
        self.pointer.release(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand over to the keys of the page."""
        if not self.keys.press(event):
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep single letters from being shortcuts of the window; follow the screen's pixels."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self.keys.claims(event)
        ):
            event.accept()
            return True
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.images.forget_all()
            self._use_scale()
        return super().event(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Let Tab go through overlapping codings where there are some."""
        return False if self.keys.tab_is_ours() else super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QEvent) -> None:
        """Show the caret."""
        self.painter.overlay.caret = True
        self.viewport().update()

    def focusOutEvent(self, event: QEvent) -> None:
        """Hide the caret."""
        self.painter.overlay.caret = False
        self.viewport().update()

    def sizeHint(self) -> QSize:
        """Ask for the room of a page."""
        return QSize(760, 640)

    def minimumSizeHint(self) -> QSize:
        """Work in small windows too."""
        return QSize(320, 200)

    def hit_margin(self, at: QPointF) -> tuple[Mark, ...]:
        """Return the marks whose stripe or label is at a point of the viewport."""
        return margin_hits.marks_at(self, at)

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell the full names where labels are cut, unless a card says them already."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            said = any(popup.isVisible() for popup in self.popups)
            at = QPointF(event.pos())
            names = () if said else margin_hits.names_at(self, at)
            said_of = (tip for ask in self.pointer.tips if (tip := ask(at)))
            words = "\n".join(names) or next(said_of, "")
            QToolTip.showText(event.globalPos(), words, self.viewport())
            return True
        return super().viewportEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at any more."""
        self.pointer.leave()
        super().leaveEvent(event)
