"""The tab "Contents": the document's own table of contents, with the section one reads."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QShowEvent
from PySide6.QtWidgets import QLabel, QListView, QStyleOptionViewItem, QVBoxLayout, QWidget

from app.documents.outline import OutlineEntry, section_at
from app.ui.reading.links_history import History
from app.ui.tasks import run
from app.ui.theme import font, px, theme
from app.ui.widgets import RowDelegate, label, tight
from app.ui.widgets.rows import Index

if TYPE_CHECKING:
    from app.ui.reading.place import ReadingPlace

ENTRY = Qt.ItemDataRole.UserRole + 1
PAGE = Qt.ItemDataRole.UserRole + 2
INDENT, DEEPEST = 14, 6
FOLLOW_AFTER_MS = 120
TAB = "contents"
NO_OUTLINE = "This PDF carries no table of contents. Use Find to reach a heading."
NO_PDF = "The PDF of this document is not in this project, so its contents are not known."


class OutlineModel(QAbstractListModel):
    """Entries in their order, with the printed page."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.entries: tuple[OutlineEntry, ...] = ()
        self.labels: Sequence[str] = ()

    def show(self, entries: Sequence[OutlineEntry], labels: Sequence[str]) -> None:
        """Show other entries."""
        self.beginResetModel()
        self.entries, self.labels = tuple(entries), labels
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Return the number of entries."""
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Answer for one entry."""
        if not index.isValid() or index.row() >= len(self.entries):
            return None
        entry = self.entries[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return entry.title
        if role == ENTRY:
            return entry
        page = self.labels[entry.page - 1] if entry.page <= len(self.labels) else ""
        if role == PAGE:
            return page or str(entry.page)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{entry.title}, level {entry.level}, page {page or entry.page}"
        return None


class OutlineDelegate(RowDelegate):
    """One line: the title, indented by its level, and the printed page."""

    def paint_content(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, box: QRectF
    ) -> None:
        """Paint one entry."""
        entry: OutlineEntry = index.data(ENTRY)
        indent = px(INDENT) * min(entry.level - 1, DEEPEST)
        row = box.adjusted(px(10) + indent, 0, -px(10), 0)
        small = font("small", tabular=True)
        page, right = str(index.data(PAGE)), Qt.AlignmentFlag.AlignRight
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(small)
        painter.setPen(theme.token("text_2"))
        painter.drawText(row, right | middle, page)
        row.setRight(row.right() - QFontMetricsF(small).horizontalAdvance(page) - px(8))
        face = font("name" if entry.level == 1 else "body")
        shown = QFontMetricsF(face).elidedText(
            entry.title, Qt.TextElideMode.ElideRight, max(row.width(), 0)
        )
        painter.setFont(face)
        painter.setPen(theme.token("text"))
        painter.drawText(row, Qt.AlignmentFlag.AlignLeft | middle, shown)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a row."""
        return QSize(0, px(30))


class OutlinePanel(QWidget):
    """``chosen`` carries the entry that was clicked or reached with Enter; ``shown`` when seen."""

    chosen = Signal(object)
    shown = Signal()

    def __init__(self) -> None:
        """Start without entries."""
        super().__init__()
        self.model = OutlineModel()
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(OutlineDelegate(self.list))
        self.list.setProperty("look", "panel")
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("Contents of this document")
        self.list.clicked.connect(self._choose)
        self.list.activated.connect(self._choose)
        self.words: QLabel = label("", "small", "text_2", wrap=True)
        column = tight(QVBoxLayout(self))
        top = tight(QVBoxLayout(), 0, (14, 8, 14, 4))
        top.addWidget(self.words)
        column.addLayout(top)
        column.addWidget(self.list, 1)
        theme.changed.connect(self.list.doItemsLayout)

    def show_entries(
        self, entries: Sequence[OutlineEntry], labels: Sequence[str], why: str
    ) -> None:
        """Show entries, or say ``why`` there are none."""
        self.model.show(entries, labels)
        self.words.setText("" if entries else why)
        self.words.setVisible(not entries)

    def mark(self, row: int) -> None:
        """Mark the section one reads, and keep it in sight."""
        index = self.model.index(row, 0)
        if row < 0:
            self.list.clearSelection()
        elif self.list.currentIndex().row() != row:
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index)

    def showEvent(self, event: QShowEvent) -> None:
        """Tell that it is seen now."""
        super().showEvent(event)
        self.shown.emit()

    def _choose(self, index: QModelIndex) -> None:
        entry = index.data(ENTRY)
        if entry is not None:
            self.chosen.emit(entry)


class Outline:
    """The feature: reads the contents when the tab is first seen, and follows where one reads."""

    def __init__(self, place: "ReadingPlace") -> None:
        """Add the tab."""
        self._place, self._canvas, self._state = place, place.canvas, place.state
        self.panel = OutlinePanel()
        self._read_for = ""
        self._soon = QTimer(place, singleShot=True, interval=FOLLOW_AFTER_MS)
        self._soon.timeout.connect(self._follow)
        place.left.add_tab(TAB, "Contents", self.panel)
        self.panel.chosen.connect(self._go)
        self.panel.shown.connect(self._read)
        self._state.document_changed.connect(self._document_changed)
        self._canvas.scrolled.connect(self._soon.start)
        place.window_of_places.actions_table.connect("read.contents", self.open)

    def open(self) -> None:
        """Show the tab and take the focus."""
        self._place.window_of_places.actions_table["read.left_panel"].setChecked(True)
        self._place.show_left(True)
        self._place.left.show_tab(TAB)
        self.panel.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _document_changed(self) -> None:
        self._read_for = ""
        self.panel.show_entries((), (), "")
        if self.panel.isVisible():
            self._read()

    def _read(self) -> None:
        opened = self._place.opened
        if opened is None or not self._state.is_open or self._read_for == opened.info.id:
            self._soon.start()
            return
        self._read_for = opened.info.id
        if not opened.key:
            self.panel.show_entries((), (), NO_PDF)
            return
        engine, key, document_id = self._place.bridge.reader, opened.key, opened.info.id
        run(
            lambda _progress: engine.outline(key).result(),
            "Read contents",
            lambda entries: self._take(document_id, entries),
            lambda _problem: self._take(document_id, ()),
            listed=False,
        )

    def _take(self, document_id: str, entries: Sequence[OutlineEntry]) -> None:
        text = self._state.text
        if text is not None and self._state.info_id == document_id == self._read_for:
            self.panel.show_entries(entries, text.labels, NO_OUTLINE)
            self._follow()

    def _follow(self) -> None:
        entries = self.panel.model.entries
        if entries and self._state.is_open and self.panel.isVisible():
            page, share = self._canvas.position()
            text = self._state.text
            height = text.sizes[page - 1][1] if text is not None else 0.0
            # A heading a little below the upper edge is the one that is read.
            self.panel.mark(section_at(entries, page, share * height + height / 4))

    def _go(self, entry: OutlineEntry) -> None:
        History.of(self._place).remember()
        go_to(self._place, entry.page, entry.top)


def go_to(place: "ReadingPlace", page: int, top: float) -> None:
    """Put a place of a page at the top of the view, with a little room above."""
    text = place.state.text
    if text is None or not 1 <= page <= len(text.sizes):
        return
    share = 0.0 if text.turns.get(page) else max(top - 24, 0) / text.sizes[page - 1][1]
    place.canvas.go_to_page(page, min(share, 0.95))
    place.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
