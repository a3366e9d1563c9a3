"""What the mouse does on the page: selecting, extending, picking stripes, pulling ends."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QMouseEvent

from app.ui.reading.marks import Mark
from app.ui.reading.selection import Selection, Unit, drag, extend_to

if TYPE_CHECKING:
    from app.ui.reading.canvas import Canvas
    from app.ui.reading.features import MouseTool

NEAR_HANDLE = 12
AUTOSCROLL_MS = 30
HOVER_MS = 350


class Pointer(QObject):
    """Turns mouse events of a canvas into selections and signals."""

    def __init__(self, canvas: "Canvas") -> None:
        """Act on ``canvas``."""
        super().__init__(canvas)
        self._canvas = canvas
        self.tools: list[MouseTool] = []
        """What may take the mouse before text is selected, in order."""
        self.cursors: list[Callable[[QPointF], Qt.CursorShape | None]] = []
        """What knows a shape for the mouse over a point of the page, in order."""
        self.tips: list[Callable[[QPointF], str]] = []
        """What has something to say of a point of the page, in order."""
        self.clicks: list[Callable[[QPointF], object]] = []
        """What is told of a click on the page that selected nothing."""
        self._tool: MouseTool | None = None
        self._clicks, self._last_press, self._last_at = 0, 0, QPointF()
        self._origin: int | None = None
        self._unit = Unit.CHARACTER
        self._extends = False
        self._handle = ""
        self._pressed_marks: tuple[Mark, ...] = ()
        self._at = QPointF()
        self._exact = False
        self._autoscroll = QTimer(self, interval=AUTOSCROLL_MS)
        self._autoscroll.timeout.connect(self._scroll_on)
        self._hovering: tuple[Mark, ...] = ()
        self._hover = QTimer(self, singleShot=True, interval=HOVER_MS)
        self._hover.timeout.connect(self._announce_hover)

    def press(self, event: QMouseEvent) -> None:
        """Begin a selection, a pull of an end, or a click on a stripe."""
        if event.button() != Qt.MouseButton.LeftButton or not self._canvas.state.is_open:
            return
        at = event.position()
        self._at = at
        self._hover.stop()
        self._tool = next((tool for tool in self.tools if tool.press(event)), None)
        if self._tool is not None:
            return
        self._handle = self._handle_at(at)
        if self._handle:
            return
        self._pressed_marks = self._canvas.hit_margin(at)
        if self._pressed_marks:
            return
        offset = self._canvas.offset_at(at)
        if offset is None:
            return
        self._count_click(event)
        self._exact = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        state = self._canvas.state
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._extends, self._origin = True, state.selection.anchor
            extended = extend_to(state.bounds, state.selection, offset, exact=self._exact)
            state.select(extended)
            return
        self._extends = False
        self._unit = Unit(min(self._clicks, 4))
        self._origin = offset
        if self._unit != Unit.CHARACTER:
            inside = self._canvas.state.text is not None
            state.select(
                drag(state.bounds, self._clicked_character(at, offset), offset, self._unit)
                if inside
                else Selection()
            )

    def move(self, event: QMouseEvent) -> None:
        """Go on with what was begun, or show what is under the pointer."""
        at = event.position()
        self._at = at
        self._exact = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if not event.buttons() & Qt.MouseButton.LeftButton:
            self._show_cursor(at)
            return
        if self._tool is not None:
            self._tool.move(event)
            return
        if self._origin is None and not self._handle:
            return
        outside = not self._canvas.viewport().rect().contains(at.toPoint())
        if outside and not self._autoscroll.isActive():
            self._autoscroll.start()
        elif not outside:
            self._autoscroll.stop()
        self._pull_to(at)

    def release(self, event: QMouseEvent) -> None:
        """End what was begun."""
        self._autoscroll.stop()
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if self._tool is not None:
            tool, self._tool = self._tool, None
            tool.release(event)
            return
        if self._handle:
            self._finish_resize()
        elif self._pressed_marks:
            marks, self._pressed_marks = self._pressed_marks, ()
            if self._canvas.hit_margin(event.position()) == marks:
                self._canvas.marks_clicked.emit(marks, event.position())
        elif self._origin is not None and self._unit == Unit.CHARACTER and not self._extends:
            self._end_click(event.position())
        self._origin = None

    def leave(self) -> None:
        """Forget what was pointed at."""
        self._hover.stop()
        self._set_hover(())

    def _end_click(self, at: QPointF) -> None:
        """Put the caret where a press and release had no drag between them."""
        state = self._canvas.state
        moved = (at - self._last_at).manhattanLength() >= _drag_distance()
        if not moved and self._origin is not None:
            state.select(Selection(self._origin, self._origin))
            for tell in self.clicks:
                tell(at)

    def _count_click(self, event: QMouseEvent) -> None:
        interval = QGuiApplication.styleHints().mouseDoubleClickInterval()
        near = (event.position() - self._last_at).manhattanLength() < _drag_distance()
        soon = int(event.timestamp()) - self._last_press < interval
        self._clicks = self._clicks % 4 + 1 if near and soon and self._clicks else 1
        self._last_press, self._last_at = int(event.timestamp()), event.position()

    def _clicked_character(self, at: QPointF, offset: int) -> int:
        """Return the character under the pointer rather than the caret place beside it."""
        page, x, y = self._canvas.to_page(at)
        lines = self._canvas.geometries.get(page)
        found = lines.geometry.char_at(x, y) if lines is not None else None
        return offset if found is None else self._canvas.state.page_start(page) + int(found)

    def _pull_to(self, at: QPointF) -> None:
        offset = self._canvas.offset_at(at)
        if offset is None:
            return
        state = self._canvas.state
        if self._handle:
            self._pull_handle(offset)
        elif self._extends:
            state.select(extend_to(state.bounds, state.selection, offset, exact=self._exact))
        elif self._origin is not None:
            far = (at - self._last_at).manhattanLength() >= _drag_distance()
            if far or not state.selection.empty:
                origin = self._origin
                state.select(drag(state.bounds, origin, offset, self._unit, exact=self._exact))

    def _pull_handle(self, offset: int) -> None:
        active = self._canvas.state.active
        if active is None:
            return
        kept = active.end if self._handle == "start" else active.start
        bounds = self._canvas.state.bounds
        moved = extend_to(bounds, Selection(kept, offset), offset, exact=self._exact)
        span = (min(kept, moved.head), max(kept, moved.head))
        if span[0] < span[1]:
            self._canvas.painter.overlay.resize = span
            self._canvas.viewport().update()

    def _finish_resize(self) -> None:
        self._handle = ""
        overlay, active = self._canvas.painter.overlay, self._canvas.state.active
        span, overlay.resize = overlay.resize, None
        self._canvas.viewport().update()
        if active is not None and span is not None and span != (active.start, active.end):
            self._canvas.resized_coding.emit(active.id, *span)

    def _scroll_on(self) -> None:
        """Scroll while the pointer is held outside, faster the farther it is."""
        height = self._canvas.viewport().height()
        beyond = self._at.y() if self._at.y() < 0 else max(self._at.y() - height, 0)
        bar = self._canvas.verticalScrollBar()
        bar.setValue(bar.value() + round(max(min(beyond, 160), -160) * 0.5))
        self._pull_to(QPointF(self._at.x(), min(max(self._at.y(), 0), height - 1)))

    def _handle_at(self, at: QPointF) -> str:
        page, _x, _y = self._canvas.to_page(at)
        if not page:
            return ""
        here = at - self._canvas.page_origin(page)
        handles = self._canvas.painter.handles(page, self._canvas.layout_.scale)
        for which, place in handles.items():
            if (here - place).manhattanLength() <= NEAR_HANDLE:
                return which
        return ""

    def _show_cursor(self, at: QPointF) -> None:
        canvas, shape = self._canvas, Qt.CursorShape.ArrowCursor
        marks: tuple[Mark, ...] = ()
        if canvas.state.is_open:
            marks = canvas.hit_margin(at)
            if marks:
                shape = Qt.CursorShape.PointingHandCursor
            elif self._handle_at(at):
                shape = Qt.CursorShape.SizeHorCursor
            elif (own := next((s for ask in self.cursors if (s := ask(at))), None)) is not None:
                shape = own
            else:
                page, x, y = canvas.to_page(at)
                lines = canvas.geometries.get(page) if page else None
                if lines is not None and lines.geometry.char_at(x, y) is not None:
                    shape = Qt.CursorShape.IBeamCursor
        if canvas.viewport().cursor().shape() != shape:
            canvas.viewport().setCursor(shape)
        self._set_hover(marks)

    def _set_hover(self, marks: tuple[Mark, ...]) -> None:
        if marks == self._hovering:
            return
        self._hovering = marks
        overlay = self._canvas.painter.overlay
        before, overlay.hover = overlay.hover, (marks[0].start, marks[0].end) if marks else None
        self._canvas.repaints.spans(span for span in (before, overlay.hover) if span is not None)
        if marks:
            self._hover.start()
        else:
            self._hover.stop()
            self._canvas.marks_hovered.emit((), self._at)

    def _announce_hover(self) -> None:
        if self._hovering:
            self._canvas.marks_hovered.emit(self._hovering, self._at)


def _drag_distance() -> int:
    return max(QGuiApplication.styleHints().startDragDistance() // 2, 4)
