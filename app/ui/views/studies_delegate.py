"""Paints the cells of the table of studies: names, numbers, progress, notes."""

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QTreeView

from app.ui.theme import font, paint_icon, paint_tag, px, tag_size, theme
from app.ui.views.attribute_cells import CellEditing, paint_attribute, paint_cursor
from app.ui.views.row_painting import (
    LEFT,
    RIGHT,
    paint_bar,
    paint_chevron,
    paint_row_part,
    paint_text,
)
from app.ui.views.studies_columns import Column
from app.ui.views.studies_model import StudyRole
from app.ui.views.studies_rows import STUDY, Note, Progress, TableRow, percent
from app.ui.widgets.rows import Index

PADDING = 8
CHEVRON = 18
TAG_OF_TONE = {"neutral": "plain", "warning": "warning", "error": "error"}


class StudiesDelegate(CellEditing):
    """One delegate for all columns; what kind of cell it is, the model says."""

    def __init__(self, tree: QTreeView) -> None:
        super().__init__(tree)
        self._tree = tree
        self.inset = 0  # room for arrows, where any study unfolds

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room a cell needs, for fitting columns."""
        height = theme.row("table")
        notes = index.data(StudyRole.NOTES)
        if notes:
            return QSize(round(tags_width(notes)) + px(2 * PADDING), height)
        return QSize(super().sizeHint(option, index).width(), height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell; the ground of the row is painted with its first one."""
        rect = QRectF(option.rect)
        columns = index.model().columnCount()
        paint_row_part(
            painter, option, rect, first=index.column() == 0, last=index.column() == columns - 1
        )
        row: TableRow = index.data(StudyRole.ROW)
        column: Column = index.data(StudyRole.COLUMN)
        notes = index.data(StudyRole.NOTES)
        work = index.data(StudyRole.PROGRESS)
        value = index.data(StudyRole.CELL)
        cell = rect.adjusted(px(PADDING), 0, -px(PADDING), 0)
        if index.column() == 0:
            self._name(painter, rect, index, row)
        elif value is not None:
            paint_attribute(painter, cell, index.data(), value, is_number=column.is_number)
        elif notes is not None:
            _paint_notes(painter, cell, notes)
        elif work is not None:
            paint_progress(painter, cell, work)
        elif column.is_number:
            paint_text(painter, cell, index.data(), font("body", tabular=True), "text", RIGHT)
        else:
            token = "text_2" if column.key == "title" or row.kind != STUDY else "text"
            paint_text(painter, cell, index.data(), font("body"), token, LEFT)
        if value is not None and index == self._tree.currentIndex() and self._tree.hasFocus():
            paint_cursor(painter, rect)

    def _name(self, painter: QPainter, rect: QRectF, index: Index, row: TableRow) -> None:
        assert isinstance(index, QModelIndex)
        depth = _depth(index)
        left = rect.left() + px(16) + depth * px(20)
        if row.children:
            side = px(14)
            arrow = QRectF(left - px(1), rect.center().y() - side / 2, side, side)
            is_open = self._tree.isExpanded(index)
            paint_chevron(painter, arrow, is_open=is_open, colour=theme.token("text_2"))
        elif row.kind != STUDY:
            side = px(14)
            page = QRectF(left - px(1), rect.center().y() - side / 2, side, side)
            paint_icon(painter, page, "file-text", "text_3")
        words = QRectF(rect)
        words.setLeft(left + px(self.inset))
        words.setRight(rect.right() - px(PADDING))
        face = font("name" if row.kind == STUDY else "body")
        paint_text(painter, words, row.label, face, "text", LEFT)


def paint_progress(painter: QPainter, cell: QRectF, work: Progress) -> None:
    """Paint how far the furthest coding lies, or that it is submitted, or a dash."""
    small = font("small", tabular=True)
    if work.is_submitted:
        side = px(14)
        tick = QRectF(cell.left(), cell.center().y() - side / 2, side, side)
        paint_icon(painter, tick, "check", "success")
        words = cell.adjusted(side + px(6), 0, 0, 0)
        paint_text(painter, words, "Submitted", small, "success", LEFT)
    elif work.is_started:
        bar = QRectF(cell.left(), cell.center().y() - px(6) / 2, px(44), px(6))
        paint_bar(painter, bar, work.reached)
        words = QRectF(cell)
        words.setLeft(bar.right() + px(8))
        paint_text(painter, words, percent(work.reached), small, "text_2", LEFT)
    else:
        read = f"page {work.page}" if work.page else "–"
        paint_text(painter, cell, read, small, "text_2" if work.page else "text_3", LEFT)


def _paint_notes(painter: QPainter, cell: QRectF, notes: tuple[Note, ...]) -> None:
    left = cell.left()
    for note in notes:
        room = QRectF(left, cell.top(), cell.right() - left, cell.height())
        if room.width() < px(24):
            return
        painter.save()
        painter.setClipRect(room, Qt.ClipOperation.IntersectClip)
        painted = paint_tag(painter, room, note.text, TAG_OF_TONE[note.tone], note.icon)
        painter.restore()
        left = painted.right() + px(6)


def tags_width(notes: tuple[Note, ...]) -> float:
    """Return the room in pixels that these notes take as tags."""
    widths = [tag_size(note.text, with_icon=bool(note.icon)).width() for note in notes]
    return sum(widths) + px(6) * max(0, len(widths) - 1)


def _depth(index: Index) -> int:
    depth, above = 0, index.parent()
    while above.isValid():
        depth, above = depth + 1, above.parent()
    return depth
