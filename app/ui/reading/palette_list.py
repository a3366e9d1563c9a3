"""The codes found in the palette: model and delegate."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from app.ui.reading.matching import Match
from app.ui.theme import font, key_cap_size, paint_key_cap, paint_swatch, px, theme
from app.ui.widgets import RowDelegate

Index = QModelIndex | QPersistentModelIndex
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Role(IntEnum):
    """What a row answers beside its name."""

    ROW = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Row:
    """A match with the colours of its code."""

    match: Match
    number: str
    colour: str


class MatchModel(QAbstractListModel):
    """The matches of the moment, best first."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._rows: Sequence[Row] = ()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other matches."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Return the number of matches."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Answer for one row."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        entry = row.match.entry
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            key = f", key {entry.hot_key}" if entry.hot_key else ""
            return f"{entry.name}, {entry.category}{key}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return entry.words[0] if entry.words else entry.name
        return row if role == Role.ROW else None

    def code_id(self, row: int) -> str:
        """Return the code of a row, "" where there is none."""
        return self._rows[row].match.entry.code_id if 0 <= row < len(self._rows) else ""


class MatchDelegate(RowDelegate):
    """Swatch, name with the found letters in bold, category or the further word, key."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a row."""
        return QSize(0, px(34))

    def paint_content(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, box: QRectF
    ) -> None:
        """Paint one match."""
        row: Row = index.data(Role.ROW)
        entry = row.match.entry
        swatch = QRectF(box.left() + px(8), box.center().y() - px(4.5), px(9), px(9))
        paint_swatch(painter, swatch, row.number, row.colour)
        right = box.right() - px(8)
        if entry.hot_key:
            cap = key_cap_size(entry.hot_key).width()
            area = QRectF(right - cap, box.top(), cap, box.height())
            paint_key_cap(painter, area, entry.hot_key)
        right -= px(36)
        also = f"also: {row.match.also}" if row.match.also else entry.category
        small = font("small")
        room = box.width() * 0.42
        also = QFontMetricsF(small).elidedText(also, Qt.TextElideMode.ElideRight, room)
        painter.setFont(small)
        painter.setPen(theme.token("text_2"))
        painter.drawText(QRectF(right - room, box.top(), room, box.height()), RIGHT, also)
        taken = QFontMetricsF(small).horizontalAdvance(also)
        left = swatch.right() + px(8)
        self._paint_name(
            painter, row.match, QRectF(left, box.top(), right - taken - left - px(8), box.height())
        )

    def _paint_name(self, painter: QPainter, match: Match, area: QRectF) -> None:
        painter.setPen(theme.token("text"))
        plain, bold = font("name"), font("group")
        name, at = match.entry.name, 0
        whole = QFontMetricsF(plain).horizontalAdvance(name)
        if whole > area.width() or not match.spans:
            shown = QFontMetricsF(plain).elidedText(
                name, Qt.TextElideMode.ElideRight, max(area.width(), 0)
            )
            painter.setFont(plain)
            painter.drawText(area, LEFT, shown)
            return
        parts = []
        for start, end in match.spans:
            parts += [(name[at:start], font("body")), (name[start:end], bold)]
            at = end
        parts.append((name[at:], font("body")))
        for words, face in parts:
            painter.setFont(face)
            painter.drawText(area, LEFT, words)
            area.setLeft(area.left() + QFontMetricsF(face).horizontalAdvance(words))
