"""The table of studies as a Qt item model over plain rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QSortFilterProxyModel,
    Qt,
)

from app.coding.attribute_values import AttributeCell
from app.coding.attributes import NUMBER, YEAR, AttributeInfo
from app.ui.views.folding import folded, holds_all_words
from app.ui.views.people import Person
from app.ui.views.studies_columns import NOTE, Column, all_columns
from app.ui.views.studies_rows import REPORT, STUDY, Progress, TableRow, percent
from app.ui.views.tree_model import TreeModel
from app.ui.widgets.rows import Index


class StudyRole(IntEnum):
    """What a row answers beside the text of its cells."""

    ROW = Qt.ItemDataRole.UserRole + 1  # the TableRow
    SORT = Qt.ItemDataRole.UserRole + 2
    PROGRESS = Qt.ItemDataRole.UserRole + 3  # Progress in the column of a coder, else None
    NOTES = Qt.ItemDataRole.UserRole + 4  # notes in the column Note, else None
    COLUMN = Qt.ItemDataRole.UserRole + 5  # the Column
    CELL = Qt.ItemDataRole.UserRole + 6  # AttributeCell of a study in a column of an attribute


@dataclass(eq=False, slots=True)
class _Node:
    row: TableRow | None
    parent: "_Node | None"
    place: int
    children: list["_Node"] = field(default_factory=list)


class StudiesModel(TreeModel[_Node]):
    """Studies with their reports and documents; one column per coder and a last one for notes."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_Node(None, None, 0), parent)
        self._coders: tuple[str, ...] = ()
        self.columns: tuple[Column, ...] = all_columns((), ())
        self.people: Mapping[str, Person] = {}

    def set_rows(
        self,
        rows: Sequence[TableRow],
        coders: Sequence[str],
        columns: Sequence[Column] | None = None,
    ) -> None:
        """Show these studies in these columns, by default all of them for these coders' names."""
        self.beginResetModel()
        self._coders = tuple(coders)
        everyone = [(str(number), name) for number, name in enumerate(coders)]
        self.columns = tuple(columns) if columns is not None else all_columns((), everyone)
        self._root = _Node(None, None, 0)
        _hang(self._root, rows)
        self.endResetModel()

    def set_cells(self, cells: Mapping[str, Mapping[str, AttributeCell]]) -> None:
        """Show other values of attributes, by study, in the rows that are there."""
        for node in self._root.children:
            assert node.row is not None
            now = cells.get(node.row.id, {})
            if now != node.row.cells:
                node.row = replace(node.row, cells=now)
                first = self.createIndex(node.place, 0, node)
                self.dataChanged.emit(first, first.siblingAtColumn(self.columnCount() - 1))

    def column_of(self, key: str) -> int:
        """Return the place of a column, -1 where it is not shown."""
        keys = [column.key for column in self.columns]
        return keys.index(key) if key in keys else -1

    @property
    def note_column(self) -> int:
        """The place of the column of notes, -1 where it is not shown."""
        return self.column_of(NOTE)

    def coder_column(self, coder: int) -> int:
        """Return the column of the nth coder, -1 where it is not shown."""
        places = [number for number, one in enumerate(self.columns) if one.coder == coder]
        return places[0] if places else -1

    def rows(self) -> tuple[TableRow, ...]:
        """Return the studies shown."""
        return tuple(node.row for node in self._root.children if node.row is not None)

    def index_of(self, row_id: str) -> QModelIndex:
        """Return the index of the study, report or document with this id."""
        pending = list(self._root.children)
        while pending:
            node = pending.pop()
            if node.row is not None and node.row.id == row_id:
                return self.createIndex(node.place, 0, node)
            pending.extend(node.children)
        return QModelIndex()

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """Return the number of columns, the same for all rows."""
        return len(self.columns)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return the heads of the columns."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.head
        if role == Qt.ItemDataRole.TextAlignmentRole and column.is_number:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole and column.coder >= 0:
            return f"{column.head}: how far into the text the furthest coding lies"
        if role == Qt.ItemDataRole.ToolTipRole and column.attribute is not None:
            return column.attribute.description or column.head
        if role == StudyRole.COLUMN:
            return column
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let every row be chosen, and the values of attributes be edited."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        row: TableRow = index.internalPointer().row
        if row.kind == STUDY and self.columns[index.column()].attribute is not None:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Answer for one cell; the roles beyond Qt's are those of StudyRole."""
        if not index.isValid():
            return None
        row: TableRow = index.internalPointer().row
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == Qt.ItemDataRole.EditRole:
            own = _cell(row, column).own
            return own.text if own is not None else ""
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole and column.is_number:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == StudyRole.ROW:
            return row
        if role == StudyRole.SORT:
            return self._sort_key(row, column)
        if role == StudyRole.PROGRESS:
            return self._progress(row, column)
        if role == StudyRole.NOTES and column.key == NOTE:
            return row.notes
        if role == StudyRole.COLUMN:
            return column
        if role == StudyRole.CELL and column.attribute is not None and row.kind == STUDY:
            return _cell(row, column)
        return None

    def _progress(self, row: TableRow, column: Column) -> Progress | None:
        return row.progress[column.coder] if 0 <= column.coder < len(row.progress) else None

    def _text(self, row: TableRow, column: Column) -> str:
        if column.key == NOTE:
            return ", ".join(note.text for note in row.notes)
        if column.attribute is not None:
            shown = _cell(row, column).shown
            return shown.text if shown is not None else "–" if row.kind == STUDY else ""
        work = self._progress(row, column)
        if work is not None:
            return work.spoken()
        return _FIXED_TEXTS[column.key](row) if column.key in _FIXED_TEXTS else ""

    def _spoken(self, row: TableRow, column: Column) -> str:
        if column.attribute is None or row.kind != STUDY:
            return row.spoken(self._coders)
        return f"{row.label}, {column.head}: {self._tip(row, column) or 'no value'}"

    def _tip(self, row: TableRow, column: Column) -> str:
        if column.key == NOTE:
            return "\n".join(note.why or note.text for note in row.notes)
        if column.attribute is not None:
            return "\n".join(cell_lines(_cell(row, column), self.people))
        work = self._progress(row, column)
        if work is not None and work.is_started:
            return f"{work.spoken()}; the furthest at {percent(work.reached)} of the text"
        return self._text(row, column)

    def _sort_key(self, row: TableRow, column: Column) -> object:
        work = self._progress(row, column)
        if work is not None:
            return (work.is_submitted, work.reached if work.is_started else -1.0)
        if column.key in _COUNTS:
            return _COUNTS[column.key](row)
        if column.attribute is not None:
            return _attribute_key(column.attribute, _cell(row, column))
        return folded(self._text(row, column))


def _cell(row: TableRow, column: Column) -> AttributeCell:
    if column.attribute is None:
        return AttributeCell()
    return row.cells.get(column.attribute.id, AttributeCell())


def cell_lines(cell: AttributeCell, people: Mapping[str, Person]) -> list[str]:
    """Return what everyone says, one line each, with the passage of what is shown."""
    lines = [f"Settled: {cell.settled.text}"] if cell.settled is not None else []
    if cell.own is not None:
        lines.append(f"You: {cell.own.text}")
    for other in cell.others:
        person = people.get(other.coder_id)
        lines.append(f"{person.name if person else 'Another coder'}: {other.text}")
    if cell.evidence is not None:
        words = " ".join(cell.evidence.quote.split())
        lines.append(f"“{words[:160]}{'…' if len(words) > 160 else ''}”")
    return lines


def _attribute_key(attribute: AttributeInfo, cell: AttributeCell) -> tuple[bool, float, str]:
    """Sort by number or words; what is empty stands last."""
    text = cell.shown.text if cell.shown is not None else ""
    number = 0.0
    if attribute.kind in (NUMBER, YEAR) and text:
        try:
            number = float(text)
        except ValueError:
            number = 0.0
    return (not text, number, folded(text))


class StudiesFilter(QSortFilterProxyModel):
    """Sorts the studies and keeps those that answer the words and the conditions chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._query = ""
        self._condition: Callable[[TableRow], bool] | None = None
        self.setSortRole(StudyRole.SORT)

    def narrow(self, query: str, condition: Callable[[TableRow], bool] | None = None) -> None:
        """Keep only studies that hold these words and meet the condition."""
        self.beginFilterChange()
        self._query, self._condition = query.strip(), condition
        self.endFilterChange()

    def lessThan(self, left: Index, right: Index) -> bool:
        """Compare two cells; a study without a value stands last in either order."""
        one, other = left.data(StudyRole.SORT), right.data(StudyRole.SORT)
        if left.data(StudyRole.CELL) is not None and one[0] != other[0]:
            ascending = self.sortOrder() == Qt.SortOrder.AscendingOrder
            return bool(one[0] < other[0]) == ascending
        return bool(one < other)

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        """Say whether a study stays; what is below a study stays with it."""
        if source_parent.isValid():
            return True
        row = self.sourceModel().index(source_row, 0).data(StudyRole.ROW)
        if self._condition is not None and not self._condition(row):
            return False
        return not self._query or holds_all_words(_words(row), self._query)


_COUNTS: Mapping[str, Callable[[TableRow], int]] = {
    "reports": lambda row: row.reports,
    "pdfs": lambda row: row.pdfs,
    "pages": lambda row: row.pages,
}
_FIXED_TEXTS: Mapping[str, Callable[[TableRow], str]] = {
    "study": lambda row: row.label,
    "title": lambda row: row.title,
    "year": lambda row: row.year,
    "reports": lambda row: f"{row.reports}" if row.kind == STUDY else "",
    "pdfs": lambda row: f"{row.pdfs}" if row.kind in (STUDY, REPORT) else "",
    "pages": lambda row: f"{row.pages:,}".replace(",", "\u2009") if row.pages else "–",
    "language": lambda row: row.language or "–",
}


def _hang(parent: _Node, rows: Sequence[TableRow]) -> None:
    for place, row in enumerate(rows):
        node = _Node(row, parent, place)
        parent.children.append(node)
        _hang(node, row.children)


def _words(row: TableRow) -> str:
    below = " ".join(_words(child) for child in row.children)
    said = " ".join(cell.shown.text for cell in row.cells.values() if cell.shown is not None)
    return f"{row.label} {row.title} {row.year} {said} {below}"
