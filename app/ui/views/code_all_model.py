"""Passages that a search proposes for coding, by study, with their ticks."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt, Signal

from app.ui.widgets.rows import Index

if TYPE_CHECKING:
    from app.coding.coding_hits import Proposal

ROW = Qt.ItemDataRole.UserRole + 1
CHECK = Qt.ItemDataRole.CheckStateRole
CODED, FROZEN = "Coded already", "Submitted"


@dataclass(frozen=True, slots=True)
class StudyHead:
    """The head of a study; ``numbers`` are the places of its proposals in the list of all."""

    study: str
    numbers: tuple[int, ...]


class ProposalModel(QAbstractListModel):
    """Heads of studies and proposals; a tick of a head stands for all of its study."""

    ticked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.proposals: tuple[Proposal, ...] = ()
        self._rows: list[StudyHead | int] = []
        self._on: set[int] = set()
        self._coded: frozenset[int] = frozenset()

    def show(self, proposals: "Sequence[Proposal]") -> None:
        """Show proposals, all ticked that can be."""
        self.beginResetModel()
        self.proposals = tuple(proposals)
        self._rows = []
        numbered = enumerate(self.proposals)
        for _study, same in groupby(numbered, key=lambda pair: pair[1].study_id):
            numbers = tuple(number for number, _ in same)
            self._rows.append(StudyHead(self.proposals[numbers[0]].study, numbers))
            self._rows += numbers
        self._coded = frozenset()
        self._on = set(self._able(range(len(self.proposals))))
        self.endResetModel()
        self.ticked.emit()

    def show_coded(self, coded: Collection[int]) -> None:
        """Mark what is coded already with the code chosen, and untick it."""
        again = self._coded - set(coded)
        self._on = (self._on | set(self._able(again))) - set(coded)
        self._coded = frozenset(coded)
        self._tell()

    def chosen(self) -> "list[Proposal]":
        """Return the proposals that are ticked, in their order."""
        return [self.proposals[number] for number in sorted(self._on)]

    @property
    def coded_count(self) -> int:
        """How many are coded already."""
        return len(self._coded)

    def note(self, number: int) -> str:
        """Return what is to be said of a proposal: coded already, submitted, or nothing."""
        if self.proposals[number].is_frozen:
            return FROZEN
        return CODED if number in self._coded else ""

    def tick_all(self, on: bool) -> None:
        """Tick everything that can be, or nothing."""
        self._on = set(self._able(range(len(self.proposals)))) if on else set()
        self._tell()

    def toggle(self, row: int) -> None:
        """Tick or untick a row; a head with all its study, when not all of it is ticked."""
        what = self._rows[row] if 0 <= row < len(self._rows) else None
        if isinstance(what, StudyHead):
            able = set(self._able(what.numbers))
            self._on = self._on - able if able <= self._on else self._on | able
        elif what is not None and not self.proposals[what].is_frozen:
            self._on ^= {what}
        self._tell()

    def row(self, row: int) -> "StudyHead | Proposal | None":
        """Return what stands in a row."""
        what = self._rows[row] if 0 <= row < len(self._rows) else None
        return self.proposals[what] if isinstance(what, int) else what

    def number(self, row: int) -> int:
        """Return the place of a row's proposal in the list of all; -1 for a head."""
        what = self._rows[row]
        return what if isinstance(what, int) else -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Return the number of heads and proposals."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the row, its tick, or what is read aloud."""
        what = self._rows[index.row()]
        if role == ROW:
            return self.row(index.row())
        if role == CHECK:
            return self._state(what)
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if isinstance(what, StudyHead):
            words = f"{what.study}, {len(what.numbers)} places"
        else:
            one = self.proposals[what]
            words = ", ".join(part for part in (one.words, f"p. {one.page_label}", self.note(what))
                              if part)  # fmt: skip
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        return (
            f"{words}, {'not ticked' if self._state(what) == Qt.CheckState.Unchecked else 'ticked'}"
        )

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let every row be ticked that can be coded."""
        what = self.row(index.row())
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        frozen = not isinstance(what, StudyHead) and what is not None and what.is_frozen
        return flags if frozen else flags | Qt.ItemFlag.ItemIsUserCheckable

    def _able(self, numbers: Iterable[int]) -> list[int]:
        return [number for number in numbers if not self.proposals[number].is_frozen]

    def _state(self, what: StudyHead | int) -> Qt.CheckState:
        if isinstance(what, int):
            return Qt.CheckState.Checked if what in self._on else Qt.CheckState.Unchecked
        on = len(self._on.intersection(what.numbers))
        if not on:
            return Qt.CheckState.Unchecked
        return Qt.CheckState.Checked if on == len(what.numbers) else Qt.CheckState.PartiallyChecked

    def _tell(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1), [CHECK])
        self.ticked.emit()
