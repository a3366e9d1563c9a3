"""The list of memos: what each is on, its words, who wrote it and when."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyleOptionViewItem

from app.ui.dates import spoken_date
from app.ui.theme import font, paint_icon, px, theme
from app.ui.views.row_keys import took_row_key
from app.ui.views.row_painting import LEFT, RIGHT, paint_rule, paint_text
from app.ui.widgets import RowDelegate
from app.ui.widgets.rows import Index

if TYPE_CHECKING:
    from app.coding.memos import MemoInfo

ICONS = {
    "coding": "quote",
    "code": "tag",
    "study": "library",
    "document": "file-text",
    "project": "sticky-note",
}
HEIGHT = 66
LEAST_FOR_DATE = 200
"""Width of a row in which a date leaves room for what the memo is on."""
MEMO = Qt.ItemDataRole.UserRole + 1


class MemoModel(QAbstractListModel):
    """Memos in the order given."""

    def __init__(self) -> None:
        super().__init__()
        self.memos: tuple[MemoInfo, ...] = ()

    def show(self, memos: "Sequence[MemoInfo]") -> None:
        """Show these memos."""
        self.beginResetModel()
        self.memos = tuple(memos)
        self.endResetModel()

    def row_of(self, memo_id: str) -> int:
        """Return the row of a memo; -1 where it is not shown."""
        return next((row for row, memo in enumerate(self.memos) if memo.id == memo_id), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of memos."""
        return 0 if parent is not None and parent.isValid() else len(self.memos)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the memo itself, its subject, or what is read aloud."""
        memo = self.memos[index.row()]
        if role == MEMO:
            return memo
        if role == Qt.ItemDataRole.DisplayRole:
            return memo.subject.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            when = spoken_date(memo.changed_at)
            parts = (memo.subject.name, memo.subject.detail, memo.coder, when, memo.words)
            return ", ".join(part for part in parts if part)
        return None


class MemoDelegate(RowDelegate):
    """Paints subject and date, where it stands and who wrote it, and the first words."""

    def paint_content(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, box: QRectF
    ) -> None:
        """Paint one memo."""
        memo: MemoInfo = index.data(MEMO)
        inside = box.adjusted(px(8), px(6), -px(8), -px(6))
        side, step = px(16), px(18)
        glyph = QRectF(inside.left(), inside.top() + px(1), side, side)
        paint_icon(painter, glyph, ICONS.get(memo.subject.kind, "sticky-note"), "text_2")
        inside.setLeft(inside.left() + px(26))
        first = QRectF(inside.left(), inside.top(), inside.width(), step)
        when = spoken_date(memo.changed_at)
        name = QRectF(first)
        if first.width() >= px(LEAST_FOR_DATE):
            paint_text(painter, first, when, font("small", tabular=True), "text_2", RIGHT)
            name.setRight(first.right() - px(104))
        token = "text_2" if memo.subject.is_gone else "text"
        paint_text(painter, name, memo.subject.name, font("name"), token, LEFT)
        second = first.translated(0, step)
        by = "You" if memo.is_own else memo.coder  # nobody: a reason that the project keeps
        where = " · ".join(part for part in (memo.subject.detail, by) if part)
        paint_text(painter, second, where, font("small"), "text_2", LEFT)
        third = first.translated(0, 2 * step)
        paint_text(painter, third, " ".join(memo.words.split()), font("small"), "text", LEFT)
        paint_rule(painter, box)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of three lines."""
        return QSize(0, px(HEIGHT))


class MemoList(QListView):
    """The list itself; ``chosen`` when the cursor moves, ``entered`` with Enter, ``deleted``."""

    chosen = Signal()
    entered = Signal()
    deleted = Signal()

    def __init__(self, model: MemoModel) -> None:
        super().__init__()
        self._source = model
        self.setModel(model)
        self.setItemDelegate(MemoDelegate(self))
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setAccessibleName("Memos")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(lambda _now, _before: self.chosen.emit())
        self.doubleClicked.connect(lambda _index: self.entered.emit())
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    def current(self) -> "MemoInfo | None":
        """Return the memo that the cursor is on."""
        row = self.currentIndex().row()
        return self._source.memos[row] if 0 <= row < len(self._source.memos) else None

    def choose(self, row: int) -> None:
        """Put the cursor on a row."""
        self.setCurrentIndex(self._source.index(row, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the words, Delete removes; letters stay free for keys of the window."""
        if event.key() == Qt.Key.Key_Delete:
            self.deleted.emit()
        elif not took_row_key(event, self.entered.emit):
            super().keyPressEvent(event)
