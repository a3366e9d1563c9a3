"""Cells of attributes in the table: their painting and their editor."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemDelegate, QStyledItemDelegate, QWidget

from app.coding.attribute_values import AttributeCell
from app.ui.theme import font, icon_size, paint_icon, px, theme
from app.ui.views.attribute_edit import ValueEdit
from app.ui.views.row_painting import LEFT, RIGHT, paint_text
from app.ui.views.studies_model import StudyRole
from app.ui.widgets.rows import Index

MARKS = {
    "differ": ("split", "warning"),
    "agree": ("check", "text_3"),
    "settled": ("copy-check", "accent"),
    "other": ("user", "text_3"),
}
PASSAGE = ("quote", "text_2")
ENDS = {
    Qt.Key.Key_Return: QAbstractItemDelegate.EndEditHint.SubmitModelCache,
    Qt.Key.Key_Enter: QAbstractItemDelegate.EndEditHint.SubmitModelCache,
    Qt.Key.Key_Tab: QAbstractItemDelegate.EndEditHint.EditNextItem,
    Qt.Key.Key_Backtab: QAbstractItemDelegate.EndEditHint.EditPreviousItem,
}


def marks_of(cell: AttributeCell) -> list[tuple[str, str]]:
    """Return icons and colours of what stands behind the text of a cell."""
    marks = [MARKS[cell.state]] if cell.state in MARKS else []
    return [*marks, PASSAGE] if cell.evidence is not None else marks


def paint_attribute(
    painter: QPainter, cell: QRectF, text: str, value: AttributeCell, *, is_number: bool
) -> None:
    """Paint a value with its marks: the passage that shows it, and how others see it."""
    room = QRectF(cell)
    side = icon_size(13).width()
    for name, token in reversed(marks_of(value)):
        glyph = QRectF(room.right() - side, room.center().y() - side / 2, side, side)
        paint_icon(painter, glyph, name, token)
        room.setRight(glyph.left() - px(4))
    empty = value.shown is None
    token = "text_3" if empty else "text_2" if value.state == "other" else "text"
    face = font("body", tabular=is_number)
    paint_text(painter, room, text, face, token, RIGHT if is_number and not empty else LEFT)


def passage_box(cell: QRect, value: AttributeCell) -> QRect:
    """Return where the mark of the passage is painted in a cell; empty without one."""
    if value.evidence is None:
        return QRect()
    side = icon_size(13).width()
    return QRect(cell.right() - px(8) - side - px(4), cell.top(), side + px(10), cell.height())


class CellEditing(QStyledItemDelegate):
    """A delegate that lets values be typed; a value that does not fit keeps the editor open.

    ``write`` sets a value, ``known`` gives the values that a column has already, ``told`` hears
    of what does not fit (sentence and hint, "" when all is well).
    """

    write: Callable[[Index, str], bool]
    known: Callable[[int], Sequence[str]]
    told: Callable[[str, str], object]

    def createEditor(self, parent: QWidget, option: object, index: Index) -> QWidget:
        """Open a field over the cell."""
        column = index.data(StudyRole.COLUMN)
        editor = ValueEdit(column.attribute, self.known(index.column()), parent)
        editor.problem_changed.connect(lambda words, hint: self.told(words, hint))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show your own value, all of it selected."""
        assert isinstance(editor, ValueEdit)
        if editor.isModified():
            return
        editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
        editor.selectAll()

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        """Write what was typed, where it is another value."""
        assert isinstance(editor, ValueEdit)
        before = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if editor.text().strip() != before and editor.value_fits():
            self.write(index, editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: object, index: Index) -> None:
        """Cover the cell, and more where the cell is narrow."""
        rect: QRect = option.rect  # type: ignore[attr-defined]
        wide = max(rect.width(), px(140))
        viewport = editor.parentWidget()
        room = viewport.width() if viewport is not None else wide
        left = max(0, min(rect.left(), room - wide))
        editor.setGeometry(left, rect.top() + px(1), wide, rect.height() - px(2))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """End with Enter and Tab only when the value fits; Esc leaves it as it was."""
        if not isinstance(editor, ValueEdit) or not isinstance(event, QKeyEvent):
            return super().eventFilter(editor, event)
        if event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(editor, event)
        hint = ENDS.get(Qt.Key(event.key()))
        if hint is not None:
            if editor.value_fits():
                self.commitData.emit(editor)
                self.closeEditor.emit(editor, hint)
            return True
        return super().eventFilter(editor, event)


def is_editable(index: QModelIndex) -> bool:
    """Say whether a cell can be typed into."""
    return index.isValid() and bool(index.flags() & Qt.ItemFlag.ItemIsEditable)


def paint_cursor(painter: QPainter, cell: QRectF) -> None:
    """Paint the frame of the cell that the cursor is on."""
    painter.save()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = painter.pen()
    pen.setColor(theme.token("accent"))
    pen.setWidthF(2.0)
    painter.setPen(pen)
    painter.drawRoundedRect(cell.adjusted(2, 2, -2, -2), 3, 3)
    painter.restore()
