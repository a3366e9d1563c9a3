"""The roster: a row for each document, a column for each coder."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from app.coding.people import CoderInfo
from app.coding.roster import OPEN, SUBMITTED, WAITING, Work
from app.ui.theme import font, paint_icon, paint_tag, px, theme
from app.ui.views.row_painting import LEFT, RIGHT, paint_ground, paint_rule, paint_text
from app.ui.widgets.rows import Index

EDGE = 16


@dataclass(frozen=True, slots=True)
class RosterRow:
    """A document, with the work on it by coder id."""

    document_id: str
    name: str
    file_name: str
    work: Mapping[str, Work]


class Role(IntEnum):
    """What a cell carries beside its words."""

    ROW = Qt.ItemDataRole.UserRole + 1
    WORK = Qt.ItemDataRole.UserRole + 2


def state_words(work: Work) -> str:
    """Return what a cell says."""
    if work.state == SUBMITTED:
        return f"{work.codings:,}" if work.codings else "Nothing found"
    if work.state == OPEN:
        return f"{work.codings:,}"
    return "Waiting" if work.state == WAITING else "–"


def spoken(work: Work) -> str:
    """Return a cell as it is read aloud and shown as a tip."""
    number = f"{work.codings:,} coding{'' if work.codings == 1 else 's'}"
    if work.state == SUBMITTED:
        return f"Submitted, {number}" if work.codings else "Submitted, nothing found"
    if work.state == OPEN:
        return f"{number}{'' if work.assigned else ', not on the list'}"
    return "On the list, not begun" if work.state == WAITING else "Not assigned"


class RosterModel(QAbstractTableModel):
    """Holds the rows of one round."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[RosterRow, ...] = ()
        self.coders: tuple[CoderInfo, ...] = ()

    def show_rows(self, rows: Sequence[RosterRow], coders: Sequence[CoderInfo]) -> None:
        """Show a round; only cells change where documents and coders are the same."""
        same = [r.document_id for r in rows] == [r.document_id for r in self.rows]
        if same and [c.id for c in coders] == [c.id for c in self.coders]:
            self.rows, self.coders = tuple(rows), tuple(coders)
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(coders)))
            return
        self.beginResetModel()
        self.rows, self.coders = tuple(rows), tuple(coders)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Return the number of documents."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """Return one for the document and one for each coder."""
        return 0 if parent.isValid() else 1 + len(self.coders)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return names."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return "Study" if section == 0 else self.coders[section - 1].name
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Answer for one cell."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Role.ROW:
            return row
        if index.column() == 0:
            if role == Qt.ItemDataRole.ToolTipRole:
                return row.file_name
            return row.name if role == Qt.ItemDataRole.DisplayRole else None
        coder = self.coders[index.column() - 1]
        work = row.work[coder.id]
        if role == Role.WORK:
            return work
        if role == Qt.ItemDataRole.DisplayRole:
            return state_words(work)
        if role == Qt.ItemDataRole.ToolTipRole:
            return spoken(work)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.name}, {coder.name}: {spoken(work)}"
        return None


class RosterDelegate(QStyledItemDelegate):
    """Paints a cell: a number, a tag, or a word in grey."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        cell = QRectF(option.rect)
        painter.save()
        paint_ground(painter, option, cell)
        paint_rule(painter, cell)
        inner = cell.adjusted(px(EDGE if index.column() == 0 else 8), 0, -px(8), 0)
        work = index.data(Role.WORK)
        if work is None:
            row: RosterRow = index.data(Role.ROW)
            paint_text(painter, inner, row.name, font("name"), "text", LEFT)
        else:
            self._work(painter, inner, work)
        painter.restore()

    def _work(self, painter: QPainter, box: QRectF, work: Work) -> None:
        words = state_words(work)
        number = QRectF(box.left(), box.top(), px(44), box.height())
        beside = QRectF(number.right() + px(10), box.top(), box.right() - number.right() - px(10),
                        box.height())  # fmt: skip
        if work.state == SUBMITTED:
            if work.codings:
                paint_text(painter, number, words, font("body", tabular=True), "text", RIGHT)
            paint_tag(painter, beside, "Submitted" if work.codings else "Nothing found", "success")
        elif work.state == OPEN:
            paint_text(painter, number, words, font("body", tabular=True), "text", RIGHT)
            note = "at work" if work.assigned else "not on the list"
            paint_text(painter, beside, note, font("small"), "text_2", LEFT)
        elif work.state == WAITING:
            side = px(14)
            dot = QRectF(number.right() - side, box.center().y() - side / 2, side, side)
            paint_icon(painter, dot, "minus", "text_3")
            paint_text(painter, beside, "waiting", font("small"), "text_2", LEFT)
        else:
            paint_text(painter, number, "–", font("body"), "text_3", RIGHT)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a row of a table."""
        return QSize(px(160), theme.row("table"))
