"""Paints one row of the code tree: cluster, category or code with its counts and key."""

from PySide6.QtCore import QModelIndex, QRectF, QSize
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from app.ui.theme import font, key_cap_size, paint_key_cap, paint_swatch, px, theme
from app.ui.views.code_tree_model import CATEGORY, CLUSTER, RETIRED, CodeRole
from app.ui.views.row_painting import (
    LEFT,
    RIGHT,
    paint_chevron,
    paint_coloured,
    paint_ground,
    paint_text,
)
from app.ui.widgets.rows import Index

EDGE = 8  # between the row and the panel
INDENT = 26  # before the names of categories and codes
KEY_COLUMN, ALL_COLUMN, HERE_COLUMN = 26, 24, 28


class Columns:
    """The right-hand columns of a row, in pixels."""

    def __init__(self, row: QRectF, *, here: bool) -> None:
        right = row.right() - px(EDGE) - px(2)
        self.key = QRectF(right - px(KEY_COLUMN), row.top(), px(KEY_COLUMN), row.height())
        self.all = QRectF(self.key.left() - px(ALL_COLUMN), row.top(), px(ALL_COLUMN), row.height())
        width = px(HERE_COLUMN) if here else 0
        self.here = QRectF(self.all.left() - width, row.top(), width, row.height())
        left = row.left() + px(INDENT)
        self.name = QRectF(left, row.top(), self.all.left() - left, row.height())

    def name_before(self, number: str, face: QFont) -> QRectF:
        """Return the room of a name whose row begins its numbers with ``number``."""
        taken = QFontMetricsF(face).horizontalAdvance(number) + px(8)
        first = self.here if self.here.width() else self.all
        room = QRectF(self.name)
        room.setRight(first.right() - taken)
        return room


class CodeTreeDelegate(QStyledItemDelegate):
    """One delegate for the three kinds of row; ``shows_here`` adds the column Here."""

    shows_here = True

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a row; a cluster after the first has some air above it."""
        height = theme.row("tree")
        if index.data(CodeRole.KIND) in (CLUSTER, RETIRED) and index.row() > 0:
            height += px(6)
        return QSize(px(120), height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the row."""
        kind = index.data(CodeRole.KIND)
        row = QRectF(option.rect)
        if kind in (CLUSTER, RETIRED):
            height = theme.row("tree")
            row.setTop(row.bottom() - height)
            self._ground(painter, option, row)
            self._cluster(painter, option, index, row)
        elif kind == CATEGORY:
            self._ground(painter, option, row)
            words = row.adjusted(px(INDENT), 0, -px(EDGE), 0)
            paint_text(painter, words, index.data(), font("small"), "text_2", LEFT)
        else:
            self._code(painter, option, index, row)

    def _cluster(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
        row: QRectF,
    ) -> None:
        number = index.data(CodeRole.NUMBER)
        view = option.widget
        is_open = True
        if isinstance(view, QTreeView) and isinstance(index, QModelIndex):
            is_open = view.isExpanded(index)
        colour = theme.cluster(number, "text")
        side, swatch = px(16), px(9)
        middle = row.center().y()
        arrow = QRectF(row.left() + px(EDGE), middle - side / 2, side, side)
        if index.data(CodeRole.KIND) == RETIRED:
            paint_chevron(painter, arrow, is_open=is_open, colour=theme.token("text_2"))
            words = row.adjusted(px(INDENT), 0, -px(EDGE), 0)
            paint_text(painter, words, index.data(), font("small"), "text_2", LEFT)
            return
        paint_chevron(painter, arrow, is_open=is_open, colour=colour)
        square = QRectF(arrow.right() + px(6), middle - swatch / 2, swatch, swatch)
        paint_swatch(painter, square, number)
        words = QRectF(row)
        words.setLeft(square.right() + px(8))
        words.setRight(row.right() - px(EDGE))
        paint_coloured(painter, words, f"{number} {index.data()}".strip(), font("group"), colour)

    def _code(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
        row: QRectF,
    ) -> None:
        self._ground(painter, option, row)
        columns = Columns(row, here=self.shows_here)
        self._own_colour(painter, index, row)
        here, every = index.data(CodeRole.HERE), _number(index.data(CodeRole.ALL))
        plain = font("body", tabular=True)
        face = font("group", tabular=True) if here else plain
        first, its_face = (_number(here), face) if self.shows_here else (every, plain)
        room = columns.name_before(first, its_face)
        ink = "text_2" if index.data(CodeRole.IS_RETIRED) else "text"
        paint_text(painter, room, index.data(), font("body"), ink, LEFT)
        if self.shows_here:
            token = "text" if here else "text_2"
            paint_text(painter, columns.here, _number(here), face, token, RIGHT)
        paint_text(painter, columns.all, every, plain, "text_2", RIGHT)
        hot_key = index.data(CodeRole.HOT_KEY)
        if hot_key:
            size = key_cap_size(hot_key)
            cap = QRectF(columns.key)
            cap.setLeft(columns.key.right() - size.width())
            cap.setWidth(size.width())
            paint_key_cap(painter, cap, hot_key)

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, row: QRectF) -> None:
        paint_ground(painter, option, row.adjusted(px(EDGE), 0, -px(EDGE), 0), px(6))

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Lay the field for a new name over the old one."""
        row = QRectF(option.rect)
        row.setTop(row.bottom() - theme.row("tree"))
        editor.setGeometry(row.adjusted(px(INDENT) - px(8), 0, -px(EDGE), 0).toRect())

    def _own_colour(self, painter: QPainter, index: Index, row: QRectF) -> None:
        colour = index.data(CodeRole.COLOUR)
        if colour:
            side = px(9)
            left = row.left() + px(EDGE) + px(5)
            square = QRectF(left, row.center().y() - side / 2, side, side)
            paint_swatch(painter, square, index.data(CodeRole.NUMBER), colour)


def _number(count: int | None) -> str:
    return f"{count}" if count else "–"
