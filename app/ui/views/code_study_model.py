"""Codes x studies as a table: how often each code was found in each study, and which way."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from app.analysis.evidence import CodeKey, Evidence
from app.analysis.matrix import StudyTable, study_table
from app.ui.widgets.rows import Index


class CellRole(IntEnum):
    """What a cell answers beside its number."""

    CELL = Qt.ItemDataRole.UserRole + 1  # Cell, or None in the row of a cluster
    ROW = Qt.ItemDataRole.UserRole + 2  # RowHead, also in the vertical header


@dataclass(frozen=True, slots=True)
class RowHead:
    """The head of a row: a cluster (``code`` is then -1) or a code with its number of studies."""

    text: str
    number: str
    code: int = -1
    studies: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """Codings of one code in one study, by valence in the order of the evidence."""

    codings: int
    by_valence: tuple[int, ...]


class CodeStudyModel(QAbstractTableModel):
    """One row per code under the row of its cluster; one column per study with any coding."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[RowHead, ...] = ()
        self._studies: tuple[int, ...] = ()
        self._evidence: Evidence | None = None
        self._table: StudyTable | None = None

    def set_evidence(self, evidence: Evidence | None, studies: Sequence[int] = ()) -> None:
        """Count these codings; ``studies`` are the indices of the columns, in their order."""
        self.beginResetModel()
        self._evidence = evidence
        self._studies = tuple(studies)
        self._rows = ()
        if evidence is not None:
            self._table = study_table(evidence)
            self._rows = tuple(_rows(evidence, self._table))
        self.endResetModel()

    def row_head(self, row: int) -> RowHead:
        """Return the head of a row."""
        return self._rows[row]

    def study_at(self, column: int) -> int:
        """Return the index of the study in this column."""
        return self._studies[column]

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Return the number of clusters and codes."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """Return the number of studies."""
        return 0 if parent.isValid() else len(self._studies)

    def cell(self, row: int, column: int) -> Cell | None:
        """Return the counts of a cell; None in the row of a cluster."""
        head = self._rows[row]
        if head.code < 0 or self._table is None:
            return None
        ways = self._table.by_valence[:-1, head.code, self._studies[column]]
        codings = self._table.codings[head.code, self._studies[column]]
        return Cell(int(codings), tuple(int(way) for way in ways))

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let only cells of codes be chosen."""
        if not index.isValid() or self._rows[index.row()].code < 0:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Answer for one cell."""
        if not index.isValid():
            return None
        if role == CellRole.ROW:
            return self._rows[index.row()]
        cell = self.cell(index.row(), index.column())
        if role == CellRole.CELL:
            return cell
        if cell is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return str(cell.codings) if cell.codings else ""
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self._spoken(index, cell)
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return study labels across and code names down."""
        if self._evidence is None:
            return None
        if orientation == Qt.Orientation.Horizontal:
            if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
                return self._evidence.studies[self._studies[section]].label
            return None
        head = self._rows[section]
        if role == CellRole.ROW:
            return head
        if role == Qt.ItemDataRole.DisplayRole:
            return head.text
        if role == Qt.ItemDataRole.ToolTipRole and head.code >= 0:
            return f"{head.text}: {_studies(head.studies)}"
        return None

    def _spoken(self, index: Index, cell: Cell) -> str:
        assert self._evidence is not None
        head = self._rows[index.row()]
        study = self._evidence.studies[self._studies[index.column()]].label
        codings = "1 coding" if cell.codings == 1 else f"{cell.codings or 'no'} codings"
        ways = ", ".join(
            f"{number} {valence}"
            for number, valence in zip(cell.by_valence, self._evidence.valences, strict=True)
            if number
        )
        return f"{head.text} in {study}: {codings}{f' ({ways})' if ways else ''}"


def _rows(evidence: Evidence, table: StudyTable) -> list[RowHead]:
    rows: list[RowHead] = []
    for cluster in evidence.clusters:
        members = _members(evidence, cluster.id)
        if not members:
            continue
        rows.append(RowHead(f"{cluster.number} {cluster.name}".strip(), cluster.number))
        rows += [
            RowHead(code.name, cluster.number, place, int(table.code_studies[place]))
            for place, code in members
        ]
    return rows


def _members(evidence: Evidence, cluster_id: str) -> list[tuple[int, CodeKey]]:
    codes = enumerate(evidence.codes)
    return [(place, code) for place, code in codes if code.cluster == cluster_id]


def _studies(number: int) -> str:
    return "1 study" if number == 1 else f"{number:,} studies"
