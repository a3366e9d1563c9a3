"""The log as a list: when, who, what, and what it came with."""

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from app.coding.audit import AuditEntry
from app.coding.row_words import NOUNS
from app.ui.dates import spoken_date
from app.ui.theme import font, paint_tag, px, tag_size, theme
from app.ui.views.row_painting import LEFT, RIGHT, paint_rule, paint_text
from app.ui.widgets import RowDelegate
from app.ui.widgets.rows import Index

WHEN, WHO, EDGE = 130, 170, 16
KINDS = {"undo": "Undo", "redo": "Redo", "settle": "Settled"}


class Role(IntEnum):
    """What a row carries beside its words."""

    ENTRY = Qt.ItemDataRole.UserRole + 1


def rows_words(entry: AuditEntry) -> str:
    """Return what an act touched: "3 codings, 1 layer"."""
    parts = []
    for kind, number in sorted(entry.rows.items(), key=lambda pair: -pair[1]):
        noun = NOUNS.get(kind, kind.replace("_", " ")).casefold()
        parts.append(f"{number:,} × {noun}" if number > 1 else noun)
    return ", ".join(parts[:3])


class LogModel(QAbstractListModel):
    """The acts that were read so far, newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entries: list[AuditEntry] = []

    def show_entries(self, entries: Sequence[AuditEntry]) -> None:
        """Show other acts."""
        self.beginResetModel()
        self.entries = list(entries)
        self.endResetModel()

    def add_entries(self, entries: Sequence[AuditEntry]) -> None:
        """Add older acts at the end."""
        first = len(self.entries)
        if entries:
            self.beginInsertRows(QModelIndex(), first, first + len(entries) - 1)
            self.entries += entries
            self.endInsertRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Return the number of acts."""
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Answer for one act."""
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == Role.ENTRY:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.label
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            parts = (entry.label, entry.coder, entry.at[:19].replace("T", " "), rows_words(entry))
            source = f"came with {entry.source}" if entry.source else ""
            return ", ".join(part for part in (*parts, source, entry.device) if part)
        return None


class LogDelegate(RowDelegate):
    """One line for each act."""

    kind = "table"
    radius = 0.0

    def paint_content(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, box: QRectF
    ) -> None:
        """Paint time, person, act and what it touched."""
        entry: AuditEntry = index.data(Role.ENTRY)
        row = box.adjusted(px(EDGE), 0, -px(EDGE), 0)
        when = QRectF(row.left(), row.top(), px(WHEN), row.height())
        paint_text(
            painter, when, spoken_time(entry.at), font("small", tabular=True), "text_2", LEFT
        )
        who = QRectF(when.right(), row.top(), px(WHO) - px(12), row.height())
        paint_text(painter, who, entry.coder, font("body"), "text", LEFT)
        rest = QRectF(when.right() + px(WHO), row.top(), 0, row.height())
        rest.setRight(row.right())
        tag = "Taken back" if entry.withdrawn else KINDS.get(entry.kind, "")
        if entry.source and not tag:
            tag = "Hand-in"
        if tag:
            size = tag_size(tag)
            at = QRectF(rest.right() - size.width(), rest.top(), size.width(), rest.height())
            paint_tag(painter, at, tag, "info" if tag == "Hand-in" else "plain")
            rest.setRight(at.left() - px(8))
        words = QRectF(rest)
        words.setWidth(rest.width() * 0.62)
        paint_text(painter, words, entry.label, font("name"), "text", LEFT)
        touched = QRectF(rest)
        touched.setLeft(words.right() + px(8))
        paint_text(painter, touched, rows_words(entry), font("small"), "text_2", RIGHT)
        paint_rule(painter, box)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a row of a table."""
        return QSize(px(200), theme.row("table"))


def spoken_time(at: str) -> str:
    """Return a time as the log shows it: with the clock where the day alone would not do."""
    from datetime import datetime

    spoken = spoken_date(at)
    if not spoken or ":" in spoken:
        return spoken
    return f"{spoken}, {datetime.fromisoformat(at).astimezone():%H:%M}"
