"""What became of a reference list: four groups, with the PDFs to choose from where it is unsure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from PySide6.QtCore import QModelIndex, QObject, Qt

from app.coding.citations import author_year
from app.coding.references import ReferenceRecord
from app.coding.studies import MatchResult
from app.ui.views.tree_model import TreeModel
from app.ui.widgets.rows import Index

GROUP, UNSURE, CANDIDATE, LINE = "group", "unsure", "candidate", "line"
EVIDENCE_WORDS = {
    "doi": "same DOI",
    "attachment": "named in the record",
    "title": "same title",
    "file_name": "file name",
}


@dataclass(frozen=True, slots=True)
class MatchLine:
    """One row; ``record`` and ``document_id`` are set where a person may choose."""

    kind: str
    text: str
    detail: str = ""
    fact: str = ""
    record: ReferenceRecord | None = None
    document_id: str = ""


class MatchRole(IntEnum):
    """What a row answers beside its text."""

    LINE = Qt.ItemDataRole.UserRole + 1


@dataclass(eq=False, slots=True)
class _Node:
    line: MatchLine | None
    parent: "_Node | None"
    place: int
    children: list["_Node"] = field(default_factory=list)


class MatchingModel(TreeModel[_Node]):
    """Groups, their records or files, and candidates."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_Node(None, None, 0), parent)

    def set_result(self, result: MatchResult, file_of: Callable[[str], str]) -> None:
        """Show an outcome; ``file_of`` gives the file name of a document id."""
        self.beginResetModel()
        self._root = _Node(None, None, 0)
        for head, note, lines in _groups(result, file_of):
            group = _add(self._root, MatchLine(GROUP, head, note, str(len(lines))))
            for line, candidates in lines:
                node = _add(group, line)
                for candidate in candidates:
                    _add(node, candidate)
        self.endResetModel()

    def first_unsure(self) -> QModelIndex:
        """Return the first record that waits for a choice."""
        for group in self._root.children:
            for node in group.children:
                if node.line is not None and node.line.kind == UNSURE:
                    return self.createIndex(node.place, 0, node)
        return QModelIndex()

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let everything but the heads be chosen."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if index.internalPointer().line.kind == GROUP:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Answer for one row."""
        if not index.isValid():
            return None
        line: MatchLine = index.internalPointer().line
        if role == Qt.ItemDataRole.DisplayRole:
            return line.text
        if role == MatchRole.LINE:
            return line
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(part for part in (line.text, line.detail) if part)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (line.text, line.detail, line.fact) if part)
        return None


_Lines = Sequence[tuple[MatchLine, Sequence[MatchLine]]]


def _groups(result: MatchResult, file_of: Callable[[str], str]) -> list[tuple[str, str, _Lines]]:
    unsure = [
        (
            MatchLine(UNSURE, record_words(one.record), "Which PDF is it?", record=one.record),
            [
                MatchLine(
                    CANDIDATE,
                    file_of(match.document_id),
                    EVIDENCE_WORDS.get(match.evidence, match.evidence),
                    f"{match.score:.0f} %",
                    one.record,
                    match.document_id,
                )
                for match in one.candidates
            ],
        )
        for one in result.unsure
    ]
    matched: _Lines = [
        (
            MatchLine(
                LINE,
                record_words(match.record),
                file_of(match.document_id),
                EVIDENCE_WORDS.get(match.evidence, match.evidence),
            ),
            (),
        )
        for match in result.matched
    ]
    lacking: _Lines = [
        (MatchLine(LINE, record_words(record)), ()) for record in result.records_without_pdf
    ]
    nameless: _Lines = [(MatchLine(LINE, name), ()) for name in result.pdfs_without_record]
    groups: list[tuple[str, str, _Lines]] = [
        ("Not sure: choose, or leave them", "", unsure),
        ("Records without a PDF", "Each is kept as a study that needs its PDF.", lacking),
        ("PDFs without a record", "Each keeps the title read from the file.", nameless),
        ("Matched", "", matched),
    ]
    return [group for group in groups if group[2]]


def record_words(record: ReferenceRecord) -> str:
    """Return a record as one line: author, year, title."""
    head = author_year(record.authors, record.year) or str(record.year or "")
    return ". ".join(part for part in (head, record.title) if part) or "A record without a title"


def _add(parent: _Node, line: MatchLine) -> _Node:
    node = _Node(line, parent, len(parent.children))
    parent.children.append(node)
    return node
