"""The table of studies as a Qt item model over plain rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QSortFilterProxyModel,
    Qt,
)

from app.ui.views.folding import folded, holds_all_words
from app.ui.views.studies_rows import REPORT, STUDY, Progress, TableRow, percent
from app.ui.views.tree_model import TreeModel
from app.ui.widgets.rows import Index

FIXED_COLUMNS = ("Study", "Title", "Year", "Reports", "PDFs", "Pages", "Language")
STUDY_COLUMN, TITLE, YEAR, REPORTS, PDFS, PAGES, LANGUAGE = range(len(FIXED_COLUMNS))
NUMBERS = frozenset({YEAR, REPORTS, PDFS, PAGES})


class StudyRole(IntEnum):
    """What a row answers beside the text of its cells."""

    ROW = Qt.ItemDataRole.UserRole + 1  # the TableRow
    SORT = Qt.ItemDataRole.UserRole + 2
    PROGRESS = Qt.ItemDataRole.UserRole + 3  # Progress in the column of a coder, else None
    NOTES = Qt.ItemDataRole.UserRole + 4  # notes in the column Note, else None


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

    def set_rows(self, rows: Sequence[TableRow], coders: Sequence[str]) -> None:
        """Show these studies and one column for each of these coders' names."""
        self.beginResetModel()
        self._coders = tuple(coders)
        self._root = _Node(None, None, 0)
        _hang(self._root, rows)
        self.endResetModel()

    @property
    def note_column(self) -> int:
        """The number of the last column."""
        return len(FIXED_COLUMNS) + len(self._coders)

    def coder_column(self, coder: int) -> int:
        """Return the column of the nth coder."""
        return len(FIXED_COLUMNS) + coder

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
        return len(FIXED_COLUMNS) + len(self._coders) + 1

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return the heads of the columns."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heads()[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section in NUMBERS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole and 0 <= section - len(FIXED_COLUMNS) < len(
            self._coders
        ):
            return (
                f"{self._coders[section - len(FIXED_COLUMNS)]}: "
                "how far into the text the furthest coding lies"
            )
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let every row be chosen."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Answer for one cell; the roles beyond Qt's are those of StudyRole."""
        if not index.isValid():
            return None
        row: TableRow = index.internalPointer().row
        column = index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken(self._coders)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole and column in NUMBERS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == StudyRole.ROW:
            return row
        if role == StudyRole.SORT:
            return self._sort_key(row, column)
        if role == StudyRole.PROGRESS:
            return self._progress(row, column)
        if role == StudyRole.NOTES and column == self.note_column:
            return row.notes
        return None

    def _heads(self) -> tuple[str, ...]:
        return (*FIXED_COLUMNS, *self._coders, "Note")

    def _progress(self, row: TableRow, column: int) -> Progress | None:
        place = column - len(FIXED_COLUMNS)
        return row.progress[place] if 0 <= place < len(row.progress) else None

    def _text(self, row: TableRow, column: int) -> str:
        if column == self.note_column:
            return ", ".join(note.text for note in row.notes)
        work = self._progress(row, column)
        if work is not None:
            return work.spoken()
        return _FIXED_TEXTS[column](row) if column < len(FIXED_COLUMNS) else ""

    def _tip(self, row: TableRow, column: int) -> str:
        if column == self.note_column:
            return "\n".join(note.why or note.text for note in row.notes)
        work = self._progress(row, column)
        if work is not None and work.is_started:
            return f"{work.spoken()}; the furthest at {percent(work.reached)} of the text"
        return self._text(row, column)

    def _sort_key(self, row: TableRow, column: int) -> object:
        work = self._progress(row, column)
        if work is not None:
            return (work.is_submitted, work.reached if work.is_started else -1.0)
        if column in (REPORTS, PDFS, PAGES):
            return (row.reports, row.pdfs, row.pages)[column - REPORTS]
        return folded(self._text(row, column))


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

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        """Say whether a study stays; what is below a study stays with it."""
        if source_parent.isValid():
            return True
        row = self.sourceModel().index(source_row, 0).data(StudyRole.ROW)
        if self._condition is not None and not self._condition(row):
            return False
        return not self._query or holds_all_words(_words(row), self._query)


_FIXED_TEXTS: tuple[Callable[[TableRow], str], ...] = (
    lambda row: row.label,
    lambda row: row.title,
    lambda row: row.year,
    lambda row: f"{row.reports}" if row.kind == STUDY else "",
    lambda row: f"{row.pdfs}" if row.kind in (STUDY, REPORT) else "",
    lambda row: f"{row.pages:,}".replace(",", "\u2009") if row.pages else "–",
    lambda row: row.language or "–",
)


def _hang(parent: _Node, rows: Sequence[TableRow]) -> None:
    for place, row in enumerate(rows):
        node = _Node(row, parent, place)
        parent.children.append(node)
        _hang(node, row.children)


def _words(row: TableRow) -> str:
    below = " ".join(_words(child) for child in row.children)
    return f"{row.label} {row.title} {row.year} {below}"
