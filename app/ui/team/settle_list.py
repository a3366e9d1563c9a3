"""The list of differences: two lines a row, the code and its effect, the study and the kind."""

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyleOptionViewItem

from app.coding.disagreements import ASKED, DEFERRED, ISSUE, SETTLED, STALE
from app.ui.team.settle_rows import STATE_WORDS, Row
from app.ui.theme import font, paint_swatch, paint_tag, px, tag_size, theme
from app.ui.views.row_painting import LEFT, RIGHT, paint_text
from app.ui.widgets import RowDelegate
from app.ui.widgets.rows import Index

TAGS = {STALE: "warning", ASKED: "info", DEFERRED: "plain", ISSUE: "info", SETTLED: "success"}
HEIGHT = 49


class _Role(IntEnum):
    ROW = Qt.ItemDataRole.UserRole + 1


def effect(gain: float) -> str:
    """Return an effect on alpha as it is printed: ".031", "" for none."""
    if gain <= 0:
        return ""
    return "<.001" if gain < 0.0005 else f"{gain:.3f}".lstrip("0")


class RowsModel(QAbstractListModel):
    """The rows that the filters let through."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def place_of(self, key: str) -> int:
        """Return the place of a row, -1 where it is not shown."""
        return next((n for n, row in enumerate(self.rows) if row.key == key), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Answer for one row."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == _Role.ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = (row.title, row.where, row.kind_words, STATE_WORDS[row.state], effect(row.gain))
            return ", ".join(part for part in said if part)
        return None


class _Delegate(RowDelegate):
    inset = 8

    def paint_content(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, box: QRectF
    ) -> None:
        row: Row = index.data(_Role.ROW)
        edge, half = px(12), box.height() / 2
        upper = QRectF(box.left() + edge, box.top() + px(5), box.width() - 2 * edge, half - px(5))
        lower = QRectF(upper.left(), box.top() + half, upper.width(), half - px(5))
        side = px(9)
        swatch = QRectF(upper.left(), upper.center().y() - side / 2, side, side)
        if row.attribute is None:
            own = row.tint.startswith("#")
            paint_swatch(painter, swatch, *(("context", row.tint) if own else (row.tint,)))
        left = upper.left() + side + px(8)
        right = upper.right()
        words = effect(row.gain)
        if words:
            paint_text(painter, upper, words, font("small", tabular=True), "text_2", RIGHT)
            right -= px(40)
        if row.state in TAGS:
            tag = STATE_WORDS[row.state]
            size = tag_size(tag)
            place = QRectF(right - size.width(), 0, size.width(), size.height())
            place.moveTop(upper.center().y() - size.height() / 2)
            paint_tag(painter, place, tag, TAGS[row.state])
            right = place.left() - px(6)
        title = QRectF(left, upper.top(), right - left, upper.height())
        paint_text(painter, title, row.title, font("name"), "text", LEFT)
        face = font("small")
        paint_text(painter, lower, row.kind_words, face, "text_2", RIGHT)
        taken = QFontMetricsF(face).horizontalAdvance(row.kind_words) + px(10)
        where = QRectF(left, lower.top(), lower.right() - taken - left, lower.height())
        paint_text(painter, where, row.where, face, "text_2", LEFT)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of two lines."""
        return QSize(0, px(HEIGHT))


class DifferencesList(QListView):
    """The queue; ``chosen`` carries the row the cursor came to, None where there is none."""

    chosen = Signal(object)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._quiet = False
        self.differences = RowsModel(self)
        self.setModel(self.differences)
        self.setItemDelegate(_Delegate(self))
        self.setProperty("look", "panel")
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Differences")
        theme.changed.connect(self.doItemsLayout)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which row it is now."""
        super().currentChanged(current, previous)
        if not self._quiet:
            self.chosen.emit(self.row())

    def row(self) -> Row | None:
        """Return the row with the cursor."""
        place = self.currentIndex().row()
        return self.differences.rows[place] if 0 <= place < len(self.differences.rows) else None

    def show_rows(self, rows: Sequence[Row], key: str) -> None:
        """Show rows, quietly with the cursor on the one with this key, if it is among them."""
        self._quiet = True
        self.differences.show_rows(rows)
        self._quiet = False
        self.choose(key, quiet=True)

    def choose(self, key: str, *, quiet: bool = False) -> bool:
        """Put the cursor on a row; False where it is not shown."""
        place = self.differences.place_of(key)
        if place < 0:
            return False
        self._quiet = quiet
        index = self.differences.index(place, 0)
        self.setCurrentIndex(index)
        self._quiet = False
        self.scrollTo(index)
        return True

    def choose_none(self) -> None:
        """Take the cursor away quietly: what is shown stands in no row of the list."""
        self._quiet = True
        self.setCurrentIndex(QModelIndex())
        self._quiet = False
