"""The model of the table of agreement: rows of a board, in its order or sorted by a column."""

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal

from app.ui.team.agreement_columns import (
    COUNT,
    INTERVAL,
    NAME,
    NOTE,
    NUMBER,
    RANGE,
    Column,
)
from app.ui.team.agreement_lines import NOT_ESTIMABLE, Board, Line, Value
from app.ui.widgets.rows import Index

FIXED_KINDS = ("overall",)
MISSING = "–"


class AgreementRole(IntEnum):
    """What a cell answers beside its text."""

    LINE = Qt.ItemDataRole.UserRole + 1
    COLUMN = Qt.ItemDataRole.UserRole + 2


class AgreementModel(QAbstractTableModel):
    """``columns`` are those shown; the row of all codes stays on top, however it is sorted."""

    sorted_by = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.board = Board()
        self.columns: tuple[Column, ...] = ()
        self.lines: tuple[Line, ...] = ()
        self.sort_key = ""
        self.descending = False
        self._chosen: frozenset[str] = frozenset()

    def show_board(self, board: Board, chosen: frozenset[str]) -> None:
        """Show another table with these further columns."""
        self.beginResetModel()
        self.board, self._chosen = board, chosen
        further = tuple(column for column in board.further if column.key in chosen)
        shown = board.columns
        if shown and shown[-1].kind == NOTE:
            self.columns = (*shown[:-1], *further, shown[-1])
        else:
            self.columns = (*shown, *further)
        if self.sort_key not in [column.key for column in self.columns]:
            self.sort_key = ""
        self._order()
        self.endResetModel()

    def sort_by(self, column: int) -> None:
        """Sort by a column: best to change first, then the other way, then as in the codebook."""
        key = self.columns[column].key
        if self.columns[column].kind in (INTERVAL, RANGE):
            key = "main"
        self.beginResetModel()
        if key != self.sort_key:
            self.sort_key, self.descending = key, False
        elif not self.descending:
            self.descending = True
        else:
            self.sort_key, self.descending = "", False
        self._order()
        self.endResetModel()
        self.sorted_by.emit()

    def row_of(self, key: object) -> int:
        """Return the row of a line by its key, or -1."""
        return next((n for n, line in enumerate(self.lines) if line.key == key), -1)

    def column_of(self, key: str) -> int:
        """Return the place of a column by its key, or -1."""
        return next((n for n, column in enumerate(self.columns) if column.key == key), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """Return the number of columns shown."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Answer for a head."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.head
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.tip
        if role == AgreementRole.COLUMN:
            return column
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Answer for one cell."""
        if not index.isValid():
            return None
        line, column = self.lines[index.row()], self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return words_of(line, column)
        if role == AgreementRole.LINE:
            return line
        if role == AgreementRole.COLUMN:
            return column
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(line, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = self._tip(line, column) or words_of(line, column)
            return f"{line.name}, {column.head or 'interval'}: {words}"
        return None

    def as_text(self) -> str:
        """Return the table with heads, tab-separated, exact, in the order shown."""
        shown = [column for column in self.columns if column.kind not in (INTERVAL, NOTE)]
        heads = []
        for column in shown:
            heads += ["Interval from", "Interval to"] if column.kind == RANGE else [column.head]
        rows = ["\t".join([*heads, "Note"])]
        for line in self.lines:
            cells: list[str] = []
            for column in shown:
                cells += _copied(line, column)
            notes = [*line.notes]
            if line.why.get("main"):
                notes.insert(0, f"{NOT_ESTIMABLE}: {line.why['main']}")
            rows.append("\t".join([*cells, " ".join(notes)]))
        return "\n".join(rows) + "\n"

    def _order(self) -> None:
        lines = list(self.board.lines)
        if self.sort_key:
            first = [line for line in lines if line.kind in FIXED_KINDS]
            rest = [line for line in lines if line.kind not in (*FIXED_KINDS, "group")]
            lines = [*first, *_sorted(rest, self.sort_key, self.descending)]
        self.lines = tuple(lines)

    def _tip(self, line: Line, column: Column) -> str:
        if column.kind == NOTE:
            return "\n".join(line.notes)
        if column.kind == NAME:
            return line.name
        why = line.why.get("main" if column.kind == INTERVAL else column.key, "")
        value = line.values.get(column.key)
        if column.kind == RANGE:
            return f"No interval: {why}." if line.interval is None and why else ""
        if value is None and why:
            return f"{NOT_ESTIMABLE}: {why}"
        return ""


def _sorted(lines: Sequence[Line], key: str, descending: bool) -> list[Line]:
    def known(line: Line) -> Value:
        return line.name.casefold() if key == "name" else line.values.get(key)

    there = [line for line in lines if known(line) is not None]
    missing = [line for line in lines if known(line) is None]
    there.sort(key=known, reverse=descending)  # type: ignore[arg-type]
    return [*there, *missing]


def words_of(line: Line, column: Column) -> str:
    """Return what a cell shows; what is not estimable is a dash, never 0."""
    value = line.values.get(column.key)
    if column.kind == NAME:
        return line.name
    if column.kind == INTERVAL:
        missing = line.values.get("main") is None
        return _why_words(line) if missing else ""
    if column.kind == RANGE:
        return interval_words(line.interval)
    if column.kind == NOTE:
        return note_words(line)
    if value is None:
        return MISSING
    if isinstance(value, str):
        return value
    if column.kind == COUNT:
        return f"{value:,.0f}"
    assert column.kind == NUMBER
    return f"{value + 0.0:.2f}".replace("-0.00", "0.00")


def note_words(line: Line) -> str:
    """Return the one or two words of the note."""
    if line.kind == "consensus":
        return "Consensus"
    said = " ".join(line.notes)
    if "Rare:" in said:
        return "Rare"
    if "Found by everybody" in said:
        return "Everywhere"
    return "Mostly uncoded" if said else ""


def interval_words(interval: tuple[float, float] | None) -> str:
    """Return both ends with two decimals."""
    if interval is None:
        return MISSING
    low, high = (round(end, 2) + 0.0 for end in interval)
    return f"{low:.2f}–{high:.2f}" if low >= 0 else f"{low:.2f} to {high:.2f}"


def _why_words(line: Line) -> str:
    why = line.why.get("main", "")
    return f"{NOT_ESTIMABLE}: {why}" if why else NOT_ESTIMABLE


def _copied(line: Line, column: Column) -> list[str]:
    if column.kind == RANGE:
        return [f"{end:.6g}" for end in line.interval] if line.interval else ["NA", "NA"]
    value = line.name if column.kind == NAME else line.values.get(column.key)
    if value is None:
        return ["NA"]
    return [value if isinstance(value, str) else f"{value:.6g}" if isinstance(value, float)
            else str(value)]  # fmt: skip
