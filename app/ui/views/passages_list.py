"""The list of passages beside a picture: study and page, the words, which codes lie where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from app.ui.theme import font, paint_person, paint_swatch, paint_valence, px, theme
from app.ui.views.passages import PassageRow
from app.ui.views.people import Person
from app.ui.views.row_keys import took_row_key
from app.ui.views.row_painting import LEFT, RIGHT, paint_ground, paint_rule, paint_text
from app.ui.views.wrapping import Line, Wrapper
from app.ui.widgets.rows import Index

MOST_LINES = 8
EDGE, DISC = 16, 18


class PassageRole(IntEnum):
    """What a row answers beside its text."""

    ROW = Qt.ItemDataRole.UserRole + 1


class PassagesModel(QAbstractListModel):
    """Passages in the order of their studies and pages."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[PassageRow, ...] = ()
        self.people: Mapping[str, Person] = {}

    @property
    def rows(self) -> tuple[PassageRow, ...]:
        """All rows."""
        return self._rows

    def set_rows(self, rows: Sequence[PassageRow]) -> None:
        """Show these passages."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Return the number of passages."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Answer for one passage."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        if role == PassageRole.ROW:
            return row
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            names = [self.people[one].name for one in row.coder_ids if one in self.people]
            coders = f"Coded by {' and '.join(names)}" if names else ""
            spoken = row.spoken() if role == Qt.ItemDataRole.AccessibleTextRole else ""
            return ". ".join(part for part in (spoken, coders) if part)
        return None


@dataclass(frozen=True, slots=True)
class _Layout:
    lines: tuple[Line, ...]
    mark_rows: int
    height: int


class PassagesDelegate(QStyledItemDelegate):
    """Lines under the words show which part each of two codes covers."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.people: Mapping[str, Person] = {}
        self._width = 0
        self._layouts: dict[int, _Layout] = {}
        self._wrapper = Wrapper(font("quotation"))
        theme.changed.connect(self.forget)

    def forget(self) -> None:
        """Measure everything anew."""
        self._layouts.clear()
        self._wrapper = Wrapper(font("quotation"))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of a row at the width of the view."""
        width = option.rect.width()
        return QSize(width, self._layout(index, width).height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one passage."""
        rect = QRectF(option.rect)
        row: PassageRow = index.data(PassageRole.ROW)
        layout = self._layout(index, int(rect.width()))
        paint_ground(painter, option, rect.adjusted(0, 0, 0, -1))
        inner = rect.adjusted(px(EDGE), px(12), -px(EDGE), -px(10))
        head = QRectF(inner.left(), inner.top(), inner.width(), px(18))
        page = f"p. {row.page_label}"
        paint_text(painter, head, page, font("small", tabular=True), "text_2", RIGHT)
        name = head.adjusted(0, 0, -px(56), 0)
        paint_text(painter, name, row.study, font("name"), "text", LEFT)
        at = head.bottom() + px(4)
        for line in layout.lines:
            self._paint_line(painter, inner.left(), at, line, row)
            at += self._line_step()
        marks = QRectF(inner.left(), at + px(6), inner.width(), px(18))
        self._paint_marks(painter, marks, self._paint_people(painter, marks, row), row)
        paint_rule(painter, rect)

    def _line_step(self) -> float:
        return self._wrapper.line_height + px(1)

    def _paint_line(
        self, painter: QPainter, left: float, top: float, line: Line, row: PassageRow
    ) -> None:
        height = self._wrapper.line_height
        if len(row.marks) > 1:
            self._underline(painter, left, top + height - px(2), line, row)
        painter.setFont(self._wrapper.font)
        painter.setPen(theme.token("text"))
        painter.drawText(QRectF(left, top, 4000, height - px(1)), LEFT, line.text)

    def _underline(
        self, painter: QPainter, left: float, base: float, line: Line, row: PassageRow
    ) -> None:
        measure = self._wrapper.metrics.horizontalAdvance
        for level, mark in enumerate(row.marks):
            first = max(mark.start - line.start, 0)
            last = min(mark.end - line.start, len(line.text))
            if first >= last:
                continue
            x0, x1 = measure(line.text[:first]), measure(line.text[:last])
            stripe = QRectF(left + x0, base + level * px(3), x1 - x0, max(1.5, px(2) * 0.75))
            painter.fillRect(stripe, theme.cluster(mark.number))

    def _paint_people(self, painter: QPainter, rect: QRectF, row: PassageRow) -> float:
        """Paint who coded the passage at the right; return where they begin."""
        side, left = px(DISC), rect.right()
        for coder_id in reversed(row.coder_ids):
            person = self.people.get(coder_id)
            if person is not None:
                left -= side
                disc = QRectF(left, rect.center().y() - side / 2, side, side)
                paint_person(painter, disc, person.initials, person.kind)
                left -= px(4)
        return left

    def _paint_marks(self, painter: QPainter, rect: QRectF, right: float, row: PassageRow) -> None:
        side, swatch = px(13), px(8)
        for mark in row.marks:
            middle = rect.center().y()
            paint_valence(painter, QRectF(rect.left(), middle - side / 2, side, side), mark.valence)
            square = QRectF(rect.left() + px(20), middle - swatch / 2, swatch, swatch)
            paint_swatch(painter, square, mark.number)
            words = rect.adjusted(px(34), 0, 0, 0)
            words.setRight(right - px(4))
            paint_text(painter, words, mark.code, font("small"), "text_2", LEFT)
            rect.translate(0, px(19))
            right = rect.right()

    def _layout(self, index: Index, width: int) -> _Layout:
        if width != self._width:
            self._width = width
            self._layouts.clear()
        row: PassageRow = index.data(PassageRole.ROW)
        key = id(row)
        known = self._layouts.get(key)
        if known is None:
            known = self._layouts[key] = self._measure(row, width)
        return known

    def _measure(self, row: PassageRow, width: int) -> _Layout:
        lines = self._wrapper.lines(row.text, max(width - 2 * px(EDGE), px(120)), MOST_LINES)
        words = len(lines) * self._line_step()
        height = px(12) + px(18) + px(4) + words + px(6) + len(row.marks) * px(19) + px(8)
        return _Layout(lines, len(row.marks), round(height))


class PassagesList(QListView):
    """Enter or a double click opens a passage."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.passages = PassagesModel(self)
        self._delegate = PassagesDelegate(self)
        self.setProperty("look", "panel")
        self.setModel(self.passages)
        self.setItemDelegate(self._delegate)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setAccessibleName("Passages")
        self.doubleClicked.connect(self._open)
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    def set_people(self, people: Mapping[str, Person]) -> None:
        """Say who the coders are, by id."""
        self._delegate.people = self.passages.people = people

    def show_rows(self, rows: Sequence[PassageRow]) -> None:
        """Show other passages, from the top."""
        self._delegate.forget()
        self.passages.set_rows(rows)
        self.scrollToTop()

    def enter(self) -> None:
        """Take the focus, with the cursor on the first passage."""
        # Before the focus comes: Qt then makes a row current without choosing it.
        if not self.selectionModel().hasSelection():
            self.setCurrentIndex(self.passages.index(0, 0))
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; single letters stay free for keys of the window."""
        if not took_row_key(event, lambda: self._open(self.currentIndex())):
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(index.data(PassageRole.ROW))
