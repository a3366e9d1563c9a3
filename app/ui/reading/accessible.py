"""What a screen reader is told of the pages: their text, the caret, the selection."""

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleInterface,
    QAccessibleTextCursorEvent,
    QAccessibleTextInterface,
    QAccessibleTextSelectionEvent,
)
from PySide6.QtWidgets import QAccessibleWidget

from app.coding.codebook import VALENCE
from app.ui.reading.canvas import Canvas
from app.ui.reading.coding_form import facet
from app.ui.reading.marks import Mark
from app.ui.reading.selection import Selection

_known: dict[Canvas, "AccessiblePages"] = {}


class AccessiblePages(QAccessibleWidget, QAccessibleTextInterface):
    """The document as one text; offsets are those of the canonical text."""

    def __init__(self, canvas: Canvas) -> None:
        """Speak for ``canvas``."""
        QAccessibleWidget.__init__(self, canvas, QAccessible.Role.Document, "Pages")
        QAccessibleTextInterface.__init__(self)
        self._canvas = canvas
        self.said = ""
        """What was announced last."""
        self.mark: Mark | None = None
        """The chosen coding as it was announced."""

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
        kind = span[0] if span else None
        if kind == QAccessible.Text.Name:
            info = self._canvas.state.info
            return f"Pages of {info.study_label or info.file_name}" if info else "No document"
        if kind == QAccessible.Text.Description:
            return self._description()
        if kind == QAccessible.Text.Value:
            selection = self._canvas.state.selection
            return self._canvas.state.bounds.text[selection.start : selection.end]
        return ""

    def _description(self) -> str:
        """Say on which page the caret is and what is coded there."""
        state = self._canvas.state
        if state.text is None or not state.is_open:
            return ""
        page = state.page_of(state.selection.head)
        where = f"Page {state.text.label_of(page)}, {page} of {state.page_count}."
        selection, active = state.selection, state.active
        end = None if selection.empty else selection.end
        here = list(state.marks.at(selection.start, end))
        if active is not None:
            here = [active, *(mark for mark in state.marks.at(active.start, active.end)
                              if mark.id != active.id)]  # fmt: skip
        if not here:
            return f"{where} Not coded."
        return f"{where} Coded: {'; '.join(coding_words(self._canvas, mark) for mark in here)}."

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
    canvas.state.marks_changed.connect(lambda _spans: _tell_active(canvas))


def announce(canvas: Canvas, words: str) -> None:
    """Let screen readers say something at once."""
    known = _known.get(canvas)
    if known is not None:
        known.said = words
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(canvas, words))


def last_said(canvas: Canvas) -> str:
    """Return what was announced last."""
    return _known[canvas].said


def coding_words(canvas: Canvas, mark: Mark) -> str:
    """Return a coding as it is spoken: code, valence, by whom."""
    who = "by you" if mark.own else f"by {mark.initials}"
    valence = _valence_words(canvas, mark.valence)
    return ", ".join(part for part in (mark.name, valence, who) if part)


def _valence_words(canvas: Canvas, key: str) -> str:
    codebook = canvas.state.codebook
    values = facet(codebook, VALENCE) if codebook is not None else ()
    return next((value.label for value in values if value.key == key), key)


def _interface(_key: str, thing: QObject | None) -> QAccessibleInterface | None:
    return _known.get(thing) if isinstance(thing, Canvas) else None


def _forget(canvas: Canvas) -> None:
    _known.pop(canvas, None)


def _tell_caret(canvas: Canvas) -> None:
    if not QAccessible.isActive():
        return
    selection = canvas.state.selection
    if selection.empty:
        event = QAccessibleTextCursorEvent(canvas, selection.head)
    else:
        event = QAccessibleTextSelectionEvent(canvas, selection.start, selection.end)
        event.setCursorPosition(selection.head)
    QAccessible.updateAccessibility(event)


def _tell_active(canvas: Canvas) -> None:
    """Say which coding is the chosen one, again when it changed, and when it was removed."""
    known, mark = _known.get(canvas), canvas.state.active
    if known is None:
        return
    before, known.mark = known.mark, mark
    if mark is not None and mark != before:
        announce(canvas, f"Coded: {coding_words(canvas, mark)}")
    elif mark is None and before is not None and canvas.state.marks.get(before.id) is None:
        announce(canvas, f"Removed: {before.name}")
