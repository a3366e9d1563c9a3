"""The table of studies as a view: columns, keys, what is chosen."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView

from app.ui.theme import px, theme
from app.ui.views.people import Person, short_names
from app.ui.views.studies_delegate import CHEVRON, StudiesDelegate
from app.ui.views.studies_model import (
    LANGUAGE,
    PAGES,
    PDFS,
    REPORTS,
    STUDY_COLUMN,
    TITLE,
    YEAR,
    StudiesFilter,
    StudiesModel,
    StudyRole,
)
from app.ui.views.studies_rows import TableRow
from app.ui.views.table_header import TableHeader

WIDTHS = {
    STUDY_COLUMN: 168,
    YEAR: 54,
    REPORTS: 68,
    PDFS: 54,
    PAGES: 60,
    LANGUAGE: 84,
}
CODER_WIDTH, NOTE_WIDTH, TITLE_LEAST = 108, 132, 120


class StudiesTable(QTreeView):
    """Studies to choose, open and unfold. ``opened`` carries the document that Enter opens."""

    opened = Signal(str)
    chosen = Signal()

    def __init__(self, model: StudiesModel, proxy: StudiesFilter) -> None:
        super().__init__()
        self._source, self._proxy = model, proxy
        self._header = TableHeader(self)
        self.setHeader(self._header)
        self.setModel(proxy)
        self._delegate = StudiesDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(False)
        self.setSortingEnabled(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("Studies")
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.sortByColumn(STUDY_COLUMN, Qt.SortOrder.AscendingOrder)
        self.doubleClicked.connect(self._open)
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen.emit())
        self.selectionModel().currentChanged.connect(lambda *_: self.chosen.emit())
        model.modelReset.connect(self.fit_columns)
        theme.changed.connect(self.fit_columns)
        self._shape_header()

    def current_row(self) -> TableRow | None:
        """Return the row the cursor is on."""
        index = self.currentIndex()
        return index.data(StudyRole.ROW) if index.isValid() else None

    def chosen_rows(self) -> list[TableRow]:
        """Return all chosen rows, from top to bottom."""
        indexes = self.selectionModel().selectedRows()
        indexes.sort(key=lambda index: self.visualRect(index).top())
        return [index.data(StudyRole.ROW) for index in indexes]

    def choose(self, row_id: str) -> bool:
        """Put the cursor on a study, report or document; False when it is not shown."""
        index = self._proxy.mapFromSource(self._source.index_of(row_id))
        if not index.isValid():
            return False
        self.setCurrentIndex(index)
        self.scrollTo(index)
        return True

    def set_rows(self, rows: tuple[TableRow, ...], coders: tuple[Person, ...]) -> None:
        """Show other rows; cursor, choice, folds and scroll position stay."""
        chosen = [row.id for row in self.chosen_rows()]
        current = self.current_row()
        unfolded = self._unfolded()
        top = self.verticalScrollBar().value()
        self._header.people = {
            self._source.coder_column(number): coder for number, coder in enumerate(coders)
        }
        self._delegate.inset = CHEVRON if any(row.children for row in rows) else 0
        self._header.first_left = 16 + self._delegate.inset
        self._source.set_rows(rows, tuple(short_names(coders).values()))
        for row_id in unfolded:
            self.expand(self._proxy.mapFromSource(self._source.index_of(row_id)))
        if current is not None:
            self.choose(current.id)
        flag = QItemSelectionModel.SelectionFlag
        for row_id in chosen:
            index = self._proxy.mapFromSource(self._source.index_of(row_id))
            if index.isValid():
                self.selectionModel().select(index, flag.Select | flag.Rows)
        self.verticalScrollBar().setValue(top)

    def fit_columns(self) -> None:
        """Set the widths of all columns from the font; the title takes what is left."""
        header = self.header()
        for column in range(header.count()):
            if column == TITLE:
                continue
            is_note = column == self._source.note_column
            width = WIDTHS.get(column, NOTE_WIDTH if is_note else CODER_WIDTH)
            header.resizeSection(column, px(width))
        self._fill_title()
        self.scheduleDelayedItemsLayout()

    def resizeEvent(self, event: object) -> None:
        """Give the title what is left."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fill_title()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; single letters stay free for keys of the window."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif event.text().isalnum() and not event.modifiers():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Unfold a study where its arrow is clicked."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() == STUDY_COLUMN:
            row: TableRow = index.data(StudyRole.ROW)
            left = self.visualRect(index).left() + px(16) + self._depth(index) * px(20)
            if row.children and abs(event.position().x() - left - px(6)) < px(12):
                self.setExpanded(index, not self.isExpanded(index))
                return
        super().mousePressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        row = index.data(StudyRole.ROW) if index.isValid() else None
        if row is not None and row.document_id:
            self.opened.emit(row.document_id)

    def _unfolded(self) -> list[str]:
        found = []
        for place in range(self._proxy.rowCount()):
            index = self._proxy.index(place, 0)
            if self.isExpanded(index):
                found.append(index.data(StudyRole.ROW).id)
                for below in range(self._proxy.rowCount(index)):
                    child = self._proxy.index(below, 0, index)
                    if self.isExpanded(child):
                        found.append(child.data(StudyRole.ROW).id)
        return found

    def _depth(self, index: QModelIndex) -> int:
        return 0 if not index.parent().isValid() else 1 + self._depth(index.parent())

    def _shape_header(self) -> None:
        self._header.setSectionsMovable(False)
        self._header.setStretchLastSection(True)
        self._header.setMinimumSectionSize(px(40))
        self._header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)

    def _fill_title(self) -> None:
        header = self.header()
        if header.count() <= TITLE:
            return
        others = sum(header.sectionSize(c) for c in range(header.count()) if c != TITLE)
        last = header.count() - 1
        others += px(NOTE_WIDTH) - header.sectionSize(last)
        header.resizeSection(TITLE, max(px(TITLE_LEAST), self.viewport().width() - others))
