"""The table of studies as a view: columns, keys, what is chosen."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView

from app.ui.theme import font, px, theme
from app.ui.views.people import Person, short_names
from app.ui.views.row_keys import took_row_key
from app.ui.views.studies_delegate import CHEVRON, PADDING, StudiesDelegate, tags_width
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

WIDTHS = {YEAR: 52, REPORTS: 66, PDFS: 50, PAGES: 56}
CODER_WIDTH, TITLE_LEAST = 106, 96
LANGUAGE_LEAST, LANGUAGE_MOST = 76, 130
NAME_LEAST, NAME_MOST, NOTE_LEAST, EDGE = 120, 340, 64, 16


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
            if column == STUDY_COLUMN:
                header.resizeSection(column, self._name_width())
            elif column == LANGUAGE:
                header.resizeSection(column, self._language_width())
            elif column not in (TITLE, self._source.note_column):
                header.resizeSection(column, px(WIDTHS.get(column, CODER_WIDTH)))
        self._fill_title()
        self.scheduleDelayedItemsLayout()

    def resizeEvent(self, event: object) -> None:
        """Give the title what is left."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fill_title()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; single letters stay free for keys of the window."""
        if not took_row_key(event, lambda: self._open(self.currentIndex())):
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

    def _name_width(self) -> int:
        """Return the room that every study's name fits into: names are not cut, titles are."""
        metrics = QFontMetricsF(font("name"))
        names = [metrics.horizontalAdvance(row.label) for row in self._source.rows()]
        width = round(max(names, default=0)) + px(EDGE + self._delegate.inset + 2 * PADDING)
        return max(px(NAME_LEAST), min(width, px(NAME_MOST)))

    def _language_width(self) -> int:
        metrics = QFontMetricsF(font("body"))
        names = {row.language for row in self._source.rows()}
        width = round(max(map(metrics.horizontalAdvance, names), default=0)) + px(2 * PADDING)
        return max(px(LANGUAGE_LEAST), min(width, px(LANGUAGE_MOST)))

    def _note_width(self) -> int:
        """Return the room that all notes fit into."""
        widths = [tags_width(row.notes) for row in self._source.rows() if row.notes]
        return max(px(NOTE_LEAST), round(max(widths, default=0)) + px(PADDING + EDGE))

    def _fill_title(self) -> None:
        header = self.header()
        if header.count() <= TITLE:
            return
        note = self._source.note_column
        others = sum(header.sectionSize(c) for c in range(header.count()) if c not in (TITLE, note))
        room = self.viewport().width() - others - self._note_width()
        header.resizeSection(TITLE, max(px(TITLE_LEAST), room))
        # The last section stretches only where there is room left; notes must not be cut.
        header.resizeSection(note, self._note_width())
