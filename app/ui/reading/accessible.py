"""What a screen reader is told of the pages: their text, the caret, the selection."""

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleInterface,
    QAccessibleTextCursorEvent,
    QAccessibleTextInterface,
)
from PySide6.QtWidgets import QAccessibleWidget

from app.ui.reading.canvas import Canvas
from app.ui.reading.selection import Selection

_known: dict[Canvas, "AccessiblePages"] = {}


class AccessiblePages(QAccessibleWidget, QAccessibleTextInterface):
    """The document as one text; offsets are those of the canonical text."""

    def __init__(self, canvas: Canvas) -> None:
        """Speak for ``canvas``."""
        QAccessibleWidget.__init__(self, canvas, QAccessible.Role.Document, "Pages")
        QAccessibleTextInterface.__init__(self)
        self._canvas = canvas

    def interface_cast(self, kind: QAccessible.InterfaceType) -> object:  # type: ignore[override]
        """Offer the text."""
        if kind == QAccessible.InterfaceType.TextInterface:
            return self
        return super().interface_cast(kind)

    def text(self, *span: object) -> str:  # type: ignore[override]
        """Return the words of a span, or, asked for one kind of text, name and description."""
        if len(span) == 2:
            start, end = (int(str(offset)) for offset in span)
            return self._canvas.state.bounds.text[start:end]
        if span and span[0] == QAccessible.Text.Name:
            info = self._canvas.state.info
            return f"Pages of {info.study_label or info.file_name}" if info else "No document"
        return ""

    def characterCount(self) -> int:
        """Return the length of the text."""
        return len(self._canvas.state.bounds.text)

    def cursorPosition(self) -> int:
        """Return the offset of the caret."""
        return self._canvas.state.selection.head

    def setCursorPosition(self, position: int) -> None:
        """Move the caret."""
        self._canvas.state.select(Selection(position, position))

    def selectionCount(self) -> int:
        """Return 1 while something is selected."""
        return 0 if self._canvas.state.selection.empty else 1

    def addSelection(self, start_offset: int, end_offset: int) -> None:
        """Select a span."""
        self._canvas.state.select(Selection(start_offset, end_offset))

    def setSelection(self, selection_index: int, start_offset: int, end_offset: int) -> None:
        """Select a span."""
        self._canvas.state.select(Selection(start_offset, end_offset))

    def removeSelection(self, selection_index: int) -> None:
        """Keep only the caret."""
        head = self._canvas.state.selection.head
        self._canvas.state.select(Selection(head, head))

    def characterRect(self, offset: int) -> QRect:
        """Return the box of a character on the screen."""
        box = self._canvas.span_rect(offset, offset + 1).toAlignedRect()
        return QRect(self._canvas.viewport().mapToGlobal(box.topLeft()), box.size())

    def offsetAtPoint(self, point: QPoint) -> int:
        """Return the offset at a point of the screen, -1 where there is none."""
        here = self._canvas.viewport().mapFromGlobal(point)
        found = self._canvas.offset_at(here.toPointF())
        return -1 if found is None else found

    def scrollToSubstring(self, start_index: int, end_index: int) -> None:
        """Bring a span into view."""
        self._canvas.reveal(start_index, end_index, flash=False)


def make_accessible(canvas: Canvas) -> None:
    """Let screen readers read the pages, hear the caret move and codings being made."""
    if not _known:
        QAccessible.installFactory(_interface)
    _known[canvas] = AccessiblePages(canvas)
    canvas.destroyed.connect(lambda: _forget(canvas))
    canvas.state.selection_changed.connect(lambda: _tell_caret(canvas))
    canvas.state.active_changed.connect(lambda _spans: _tell_active(canvas))


def _interface(_key: str, thing: QObject | None) -> QAccessibleInterface | None:
    return _known.get(thing) if isinstance(thing, Canvas) else None


def _forget(canvas: Canvas) -> None:
    _known.pop(canvas, None)


def _tell_caret(canvas: Canvas) -> None:
    if QAccessible.isActive():
        event = QAccessibleTextCursorEvent(canvas, canvas.state.selection.head)
        QAccessible.updateAccessibility(event)


def _tell_active(canvas: Canvas) -> None:
    mark = canvas.state.active
    if mark is not None and QAccessible.isActive():
        who = "by you" if mark.own else f"by {mark.initials}"
        words = ", ".join(part for part in ("Coded", mark.name, mark.valence, who) if part)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(canvas, words))
