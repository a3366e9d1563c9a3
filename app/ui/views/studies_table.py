"""The table of studies as a view: columns, keys, what is chosen."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QWidget,
)

from app.ui.theme import font, px, theme
from app.ui.views.attribute_cells import is_editable, passage_box
from app.ui.views.frozen_tree import FrozenTree
from app.ui.views.people import Person, short_names
from app.ui.views.row_keys import took_row_key
from app.ui.views.studies_columns import FIRST, Column
from app.ui.views.studies_delegate import CHEVRON, PADDING, StudiesDelegate, tags_width
from app.ui.views.studies_model import StudiesFilter, StudiesModel, StudyRole
from app.ui.views.studies_rows import TableRow

WIDTHS = {"year": 52, "reports": 66, "pdfs": 50, "pages": 56}
VALUE_LEAST, VALUE_MOST = 72, 168
CODER_WIDTH, TITLE_LEAST, TITLE_MOST = 106, 160, 900
LANGUAGE_LEAST, LANGUAGE_MOST = 76, 130
NAME_LEAST, NAME_MOST, NOTE_LEAST, EDGE = 120, 340, 64, 16

STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Tab: 1,
    Qt.Key.Key_Backtab: -1,
}
TABS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class StudiesTable(FrozenTree):
    """Studies to choose, open and unfold. ``opened`` carries the document that Enter opens."""

    opened = Signal(str)
    chosen = Signal()
    evidence_asked = Signal(object)
    """A ValueInfo whose passage is to be shown."""

    def __init__(self, model: StudiesModel, proxy: StudiesFilter) -> None:
        super().__init__()
        self._source, self._proxy = model, proxy
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
        self.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.doubleClicked.connect(self._open_or_edit)
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

    def choose(self, row_id: str, column: str = FIRST) -> bool:
        """Put the cursor on a study, report or document; False when it is not shown."""
        index = self._proxy.mapFromSource(self._source.index_of(row_id))
        if not index.isValid():
            return False
        index = index.siblingAtColumn(max(0, self._source.column_of(column)))
        self.setCurrentIndex(index)
        self.scrollTo(index)
        return True

    def current_column(self) -> Column | None:
        """Return the column the cursor is in."""
        index = self.currentIndex()
        return index.data(StudyRole.COLUMN) if index.isValid() else None

    def edit_current(self) -> bool:
        """Open the field of the cell the cursor is on; False where there is nothing to type."""
        index = self.currentIndex()
        if not is_editable(index):
            return False
        self.scrollTo(index)
        self.edit(index)
        return True

    @property
    def delegate(self) -> StudiesDelegate:
        """What paints the cells and opens their fields."""
        return self._delegate

    def set_rows(
        self,
        rows: tuple[TableRow, ...],
        coders: tuple[Person, ...],
        columns: tuple[Column, ...] | None = None,
    ) -> None:
        """Show other rows or columns; cursor, choice, folds and scroll position stay."""
        chosen = [row.id for row in self.chosen_rows()]
        current, column = self.current_row(), self.current_column()
        sorted_by = self.sorted_by()
        unfolded = self._unfolded()
        top = self.verticalScrollBar().value()
        aside = self.horizontalScrollBar().value()
        self._delegate.inset = CHEVRON if any(row.children for row in rows) else 0
        self._header.first_left = 16 + self._delegate.inset
        self._source.people = {coder.id: coder for coder in coders}
        self._source.set_rows(rows, tuple(short_names(coders).values()), columns)
        self._header.people = {
            self._source.coder_column(number): coder for number, coder in enumerate(coders)
        }
        self.sort_by(*sorted_by)
        for row_id in unfolded:
            self.expand(self._proxy.mapFromSource(self._source.index_of(row_id)))
        if current is not None:
            self.choose(current.id, column.key if column is not None else FIRST)
        flag = QItemSelectionModel.SelectionFlag
        for row_id in chosen:
            index = self._proxy.mapFromSource(self._source.index_of(row_id))
            if index.isValid():
                self.selectionModel().select(index, flag.Select | flag.Rows)
        self.verticalScrollBar().setValue(top)
        self.horizontalScrollBar().setValue(aside)

    def sorted_by(self) -> tuple[str, bool]:
        """Return the key of the column that the rows are sorted by, and whether downwards."""
        place = self._header.sortIndicatorSection()
        known = 0 <= place < len(self._source.columns)
        key = self._source.columns[place].key if known else FIRST
        return key, self._header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder

    def sort_by(self, key: str, descending: bool) -> None:
        """Sort by a column; where it is not shown, by the name of the study."""
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.sortByColumn(max(0, self._source.column_of(key)), order)

    def fit_columns(self) -> None:
        """Set the widths of all columns from the font; the title takes what is left."""
        header = self.header()
        for place, column in enumerate(self._source.columns):
            if column.key == FIRST:
                header.resizeSection(place, self._name_width())
            elif column.key == "language":
                header.resizeSection(place, self._language_width())
            elif column.attribute is not None:
                header.resizeSection(place, self._value_width(column))
            elif column.key not in ("title", "note"):
                header.resizeSection(place, px(WIDTHS.get(column.key, CODER_WIDTH)))
        self._fill_title()
        self.scheduleDelayedItemsLayout()

    def resizeEvent(self, event: object) -> None:
        """Give the title what is left."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fill_title()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens or edits, arrows and Tab go from cell to cell; letters stay free for keys."""
        step = STEPS.get(Qt.Key(event.key()))
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        )
        if step is not None and plain and self._step(step, tab=event.key() in TABS):
            return
        if not took_row_key(event, lambda: self._open_or_edit(self.currentIndex())):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next_one: bool) -> bool:
        """Let Tab go from value to value, and leave the table after the last one of a row."""
        return not self._step(1 if next_one else -1, tab=True) and super().focusNextPrevChild(
            next_one
        )

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Go on as a table of numbers does: Enter one down, Tab to the next value."""
        hints = QAbstractItemDelegate.EndEditHint
        super().closeEditor(editor, hints.NoHint)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if hint == hints.SubmitModelCache:
            below = self.indexBelow(self.currentIndex())
            if below.isValid():
                self.setCurrentIndex(below.siblingAtColumn(self.currentIndex().column()))
        elif hint in (hints.EditNextItem, hints.EditPreviousItem):
            step = 1 if hint == hints.EditNextItem else -1
            if self._next_value(step, over_rows=True):
                self.edit_current()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Unfold a study where its arrow is clicked; open a passage where its mark is."""
        at = event.position().toPoint()
        index = self.indexAt(at)
        if index.isValid() and index.column() == 0:
            row: TableRow = index.data(StudyRole.ROW)
            start = 0 if self.covered else self.visualRect(index).left()
            left = start + px(16) + self._depth(index) * px(20)
            if row.children and abs(event.position().x() - left - px(6)) < px(12):
                self.setExpanded(index, not self.isExpanded(index))
                return
        super().mousePressEvent(event)
        value = index.data(StudyRole.CELL) if index.isValid() else None
        if value is not None and passage_box(self.visualRect(index), value).contains(at):
            self.evidence_asked.emit(value.evidence)

    def _step(self, step: int, *, tab: bool) -> bool:
        """Move the cursor along its row; True when that was all there was to do."""
        index = self.currentIndex()
        if not index.isValid():
            return False
        if tab:
            return self._next_value(step, over_rows=False)
        if index.column() == 0:
            row: TableRow = index.data(StudyRole.ROW)
            folds = bool(row.children) and self.isExpanded(index) != (step > 0)
            if folds or step < 0:
                return False
        place = min(max(index.column() + step, 0), len(self._source.columns) - 1)
        self.setCurrentIndex(index.siblingAtColumn(place))
        return True

    def _next_value(self, step: int, *, over_rows: bool) -> bool:
        """Put the cursor on the next cell that can be typed into."""
        index = self.currentIndex()
        place = index.column() + step
        while index.isValid():
            while 0 <= place < len(self._source.columns):
                there = index.siblingAtColumn(place)
                if is_editable(there):
                    self.setCurrentIndex(there)
                    self.scrollTo(there)
                    return True
                place += step
            if not over_rows:
                return False
            index = self.indexBelow(index) if step > 0 else self.indexAbove(index)
            place = 0 if step > 0 else len(self._source.columns) - 1
        return False

    def _open_or_edit(self, index: QModelIndex) -> None:
        if not self.edit_current():
            self._open(index)

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

    def _value_width(self, column: Column) -> int:
        assert column.attribute is not None
        metrics = QFontMetricsF(font("body"))
        cells = [row.cells.get(column.attribute.id) for row in self._source.rows()]
        texts = [cell.shown.text for cell in cells if cell is not None and cell.shown is not None]
        widest = max([metrics.horizontalAdvance(text) for text in texts], default=0)
        marked = any(cell is not None and (cell.evidence or cell.others) for cell in cells)
        head = QFontMetricsF(font("small_name")).horizontalAdvance(column.head) + px(18)
        width = round(max(widest + (px(36) if marked else 0), head)) + px(2 * PADDING)
        return max(px(VALUE_LEAST), min(width, px(VALUE_MOST)))

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
        title, note = self._source.column_of("title"), self._source.note_column
        if header.count() != len(self._source.columns):
            return
        # The last section stretches only where there is room left; notes must not be cut.
        if note >= 0:
            header.resizeSection(note, self._note_width())
        if title >= 0:
            others = sum(header.sectionSize(c) for c in range(header.count()) if c != title)
            if header.stretchLastSection() and 0 <= note == header.count() - 1:
                others += self._note_width() - header.sectionSize(note)
            room = self.viewport().width() - others
            header.resizeSection(title, max(px(TITLE_LEAST), min(room, px(TITLE_MOST))))
