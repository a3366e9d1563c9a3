"""The codings of the open document as a list in text order."""

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QHideEvent, QPainter, QShowEvent
from PySide6.QtWidgets import QLabel, QListView, QStyleOptionViewItem, QVBoxLayout, QWidget

from app.coding.areas import area_words
from app.ui.reading.marks import Mark
from app.ui.reading.state import ReadingState
from app.ui.theme import font, paint_swatch, paint_valence, px, theme
from app.ui.widgets import RowDelegate, label, tight

Index = QModelIndex | QPersistentModelIndex
MARK = Qt.ItemDataRole.UserRole + 1
QUOTE = Qt.ItemDataRole.UserRole + 2
PAGE = Qt.ItemDataRole.UserRole + 3
REFRESH_AFTER_MS = 200
QUOTE_LENGTH = 90


class CodingsModel(QAbstractListModel):
    """Visible marks in text order."""

    def __init__(self, state: ReadingState) -> None:
        """Read from ``state`` whenever ``refresh`` is called."""
        super().__init__()
        self._state = state
        self._marks: list[Mark] = []
        self._rows: dict[str, int] = {}

    def refresh(self) -> None:
        """Show the marks of now."""
        self.beginResetModel()
        self._marks = sorted(self._state.marks, key=lambda mark: (mark.start, mark.end, mark.id))
        self._rows = {mark.id: row for row, mark in enumerate(self._marks)}
        self.endResetModel()

    def row_of(self, coding_id: str | None) -> int:
        """Return the row of a coding, -1 where it is not shown."""
        return self._rows.get(coding_id or "", -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Return the number of codings."""
        return 0 if parent.isValid() else len(self._marks)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Answer for one coding."""
        if not index.isValid() or index.row() >= len(self._marks):
            return None
        mark = self._marks[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return mark.name
        if role == MARK:
            return mark
        if role == PAGE:
            text = self._state.text
            return text.label_of(self._state.page_of(mark.start)) if text else ""
        if role in (QUOTE, Qt.ItemDataRole.ToolTipRole):
            length = QUOTE_LENGTH if role == QUOTE else 600
            text = self._state.text
            if mark.area is not None:
                return area_words(str(index.data(PAGE)))
            return text.clean(mark.start, min(mark.end, mark.start + length)) if text else ""
        if role == Qt.ItemDataRole.AccessibleTextRole:
            who = "you" if mark.own else mark.initials
            parts = (mark.name, mark.valence, f"page {index.data(PAGE)}", who, index.data(QUOTE))
            return ", ".join(str(part) for part in parts if part)
        return None


class CodingDelegate(RowDelegate):
    """Two lines: shape, name, page; the quotation in serif."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a row."""
        return QSize(0, theme.row("list"))

    def paint_content(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, box: QRectF
    ) -> None:
        """Paint one coding."""
        mark: Mark = index.data(MARK)
        small, half = font("small"), box.height() / 2
        first = QRectF(box.left() + px(8), box.top() + px(4), box.width() - px(16), half - px(4))
        second = QRectF(first.left(), first.bottom(), first.width(), half - px(4))
        number, colour = ("", mark.tint) if mark.tint.startswith("#") else (mark.tint, "")
        side = px(9)
        swatch = QRectF(first.left(), first.center().y() - side / 2, side, side)
        paint_swatch(painter, swatch, number, colour)
        page = f"{mark.initials}  {index.data(PAGE)}".strip()
        painter.setFont(font("small", tabular=True))
        painter.setPen(theme.token("text_2"))
        painter.drawText(first, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, page)
        taken = QFontMetricsF(small).horizontalAdvance(page) + px(8)
        words = first.adjusted(side + px(8), 0, -taken, 0)
        if mark.valence:
            shape = QRectF(words.left(), words.center().y() - px(6.5), px(13), px(13))
            paint_valence(painter, shape, mark.valence)
            words.adjust(px(13) + px(6), 0, 0, 0)
        self._words(painter, words, mark.name, "name", "text")
        self._words(
            painter,
            second.adjusted(side + px(8), 0, 0, 0),
            index.data(QUOTE),
            "quotation",
            "text_2",
        )

    def _words(self, painter: QPainter, area: QRectF, words: str, role: str, token: str) -> None:
        face = font(role)
        shown = QFontMetricsF(face).elidedText(
            words, Qt.TextElideMode.ElideRight, max(area.width(), 0)
        )
        painter.setFont(face)
        painter.setPen(theme.token(token))
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class CodingsList(QWidget):
    """``chosen`` carries the coding that was clicked or reached with Enter."""

    chosen = Signal(str)

    def __init__(self, state: ReadingState) -> None:
        """Show the codings of ``state``."""
        super().__init__()
        self._state = state
        self._stale = True
        self.model = CodingsModel(state)
        self.list = QListView()
        self._fact: QLabel = label("", "tiny", "text_3")
        self._empty = label("", "small", "text_2", wrap=True)
        self._find_key = "/"
        self._refresh = QTimer(self, singleShot=True, interval=REFRESH_AFTER_MS)
        self._refresh.timeout.connect(self.refresh)
        self._build()
        state.marks_changed.connect(lambda _spans: self._changed())
        state.document_changed.connect(self._changed)
        state.active_changed.connect(lambda _spans: self._follow())

    def _build(self) -> None:
        self.list.setModel(self.model)
        self.list.setItemDelegate(CodingDelegate(self.list))
        self.list.setProperty("look", "panel")
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("Codings of this document")
        self.list.clicked.connect(self._choose)
        self.list.activated.connect(self._choose)
        theme.changed.connect(self.list.doItemsLayout)
        column = tight(QVBoxLayout(self))
        top = tight(QVBoxLayout(), 0, (14, 8, 14, 4))
        top.addWidget(self._fact)
        top.addWidget(self._empty)
        column.addLayout(top)
        column.addWidget(self.list, 1)

    def refresh(self) -> None:
        """Show the codings of now."""
        self._stale = False
        self.model.refresh()
        count = self.model.rowCount()
        own = sum(1 for mark in self._state.marks if mark.own)
        unit = "coding" if count == 1 else "codings"
        whose = f", {own:,} yours" if count != own else ""
        self._fact.setText(f"{count:,} {unit}{whose}")
        self._fact.setVisible(count > 0)
        self._empty.setText(self._nothing())
        self._empty.setVisible(count == 0)
        self._follow()

    def show_find_key(self, key: str) -> None:
        """Name the key that finds a code where nothing is coded yet."""
        self._find_key = key
        self._stale = True
        if self.isVisible():
            self.refresh()

    def _nothing(self) -> str:
        if self._state.filtered and self._state.codings:
            return "The filters hide all codings of this document."
        find = f", or {self._find_key} to find a code" if self._find_key else ""
        return f"Nothing coded here yet. Select a passage and press a hot key{find}."

    def _changed(self) -> None:
        self._stale = True
        if self.isVisible():
            self._refresh.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up."""
        if self._stale:
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest."""
        self._refresh.stop()

    def _follow(self) -> None:
        if not self.isVisible() or self._stale:
            return
        row = self.model.row_of(self._state.active_id)
        if row >= 0:
            self.list.setCurrentIndex(self.model.index(row))
        else:
            self.list.clearSelection()

    def _choose(self, index: QModelIndex) -> None:
        mark = index.data(MARK)
        if mark is not None:
            self.chosen.emit(mark.id)
