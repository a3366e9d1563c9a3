"""Coded passages as a flat list with a head before each group."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import groupby

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from app.coding.extracts import Extract
from app.ui.widgets.rows import Index

BY_STUDY, BY_CODE, FLAT = "study", "code", ""


@dataclass(frozen=True, slots=True)
class GroupHead:
    """The head of a group: its name, what it counts, and the cluster number of a code."""

    text: str
    fact: str
    number: str | None = None


class ExtractRole(IntEnum):
    """What a row answers beside its text."""

    ROW = Qt.ItemDataRole.UserRole + 1  # GroupHead or Extract


class ExtractsModel(QAbstractListModel):
    """Extracts in the order of their study and page, or of their code."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[GroupHead | Extract, ...] = ()

    def set_extracts(
        self,
        extracts: Iterable[Extract],
        grouping: str,
        number_of: Callable[[str], str],
        order_of: Callable[[str], int],
    ) -> None:
        """Show these extracts.

        ``number_of`` gives the cluster number of a code id, ``order_of`` its place in the codebook.
        """
        self.beginResetModel()
        self._rows = tuple(_grouped(extracts, grouping, number_of, order_of))
        self.endResetModel()

    def row(self, place: int) -> GroupHead | Extract:
        """Return what stands in this row."""
        return self._rows[place]

    def extracts(self) -> tuple[Extract, ...]:
        """Return the extracts without the heads, in the order shown."""
        return tuple(row for row in self._rows if isinstance(row, Extract))

    def place_of(self, coding_id: str) -> int:
        """Return the row of a coding; -1 when it is not shown."""
        for place, row in enumerate(self._rows):
            if isinstance(row, Extract) and row.coding_id == coding_id:
                return place
        return -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Return the number of heads and extracts."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let only extracts be chosen."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        shared = Qt.ItemFlag.ItemNeverHasChildren
        if isinstance(self._rows[index.row()], GroupHead):
            return shared
        return shared | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Answer for one row."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ExtractRole.ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text if isinstance(row, GroupHead) else row.clean
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.text}, {row.fact}" if isinstance(row, GroupHead) else spoken(row)
        return None


def spoken(extract: Extract) -> str:
    """Return an extract in words, as a screen reader says it."""
    parts = [
        extract.code,
        extract.valence_label,
        f"{extract.study}, page {extract.page_label}",
        f"coded by {extract.coder}",
        extract.clean,
        f"Memo: {extract.memo}" if extract.memo else "",
    ]
    return ". ".join(part for part in parts if part)


def as_table(extracts: Sequence[Extract]) -> str:
    """Return extracts as tab-separated lines with heads, for the clipboard."""
    lines = ["Study\tPage\tCode\tValence\tStages\tCoder\tQuote"]
    for one in extracts:
        cells = (
            one.study,
            one.page_label,
            one.code,
            one.valence_label,
            ", ".join(one.stage_labels),
            one.coder,
            one.clean,
        )
        lines.append("\t".join(cell.replace("\t", " ").replace("\n", " ") for cell in cells))
    return "\n".join(lines)


def _grouped(
    extracts: Iterable[Extract],
    grouping: str,
    number_of: Callable[[str], str],
    order_of: Callable[[str], int],
) -> Iterable[GroupHead | Extract]:
    by_code = grouping == BY_CODE
    ordered = sorted(
        extracts,
        key=lambda one: (
            order_of(one.code_id) if by_code else 0,
            (one.study.casefold(), one.study_id),
            one.document,
            one.start,
            order_of(one.code_id),
        ),
    )
    if grouping == FLAT:
        yield from ordered
        return
    group_of: Callable[[Extract], str] = lambda one: one.code_id if by_code else one.study_id  # noqa: E731
    for _, together in groupby(ordered, group_of):
        members = list(together)
        yield _head(members, by_code, number_of)
        yield from members


def _head(members: list[Extract], by_code: bool, number_of: Callable[[str], str]) -> GroupHead:
    extracts = "1 extract" if len(members) == 1 else f"{len(members):,} extracts"
    if not by_code:
        return GroupHead(members[0].study, extracts)
    number = len({one.study_id for one in members})
    studies = "1 study" if number == 1 else f"{number:,} studies"
    return GroupHead(members[0].code, f"{extracts} in {studies}", number_of(members[0].code_id))
