"""What became of each file while PDFs are added."""

import re
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from app.ui.widgets.rows import Index


@dataclass(frozen=True, slots=True)
class FileLine:
    """What became of one file; ``detail`` says why, ``technical`` what the PDF engine said.

    ``state`` is a key of LOOKS; weak means added, with a caveat.
    """

    file: str
    state: str
    detail: str = ""
    fact: str = ""
    path: Path | None = None
    technical: str = ""


@dataclass(frozen=True, slots=True)
class StateLook:
    """How a state is named and shown."""

    word: str
    icon: str
    token: str


TECHNICAL = re.compile(r"\s*\(([^()]+)\)\.?\s*$")
PROBLEMS = ("password", "failed", "damaged", "not_pdf", "missing")
LOOKS = {
    "reading": StateLook("Reading", "loader", "accent"),
    "added": StateLook("Added", "check", "success"),
    "weak": StateLook("Added", "triangle-alert", "warning"),
    "present": StateLook("Already there", "copy-check", "text_2"),
    "password": StateLook("Needs password", "triangle-alert", "warning"),
    "failed": StateLook("Not added", "circle-alert", "error"),
    "damaged": StateLook("Damaged", "circle-alert", "error"),
    "not_pdf": StateLook("Not a PDF", "circle-alert", "error"),
    "missing": StateLook("Not found", "circle-alert", "error"),
}


class LineRole(IntEnum):
    """What a row answers beside its text."""

    LINE = Qt.ItemDataRole.UserRole + 1


class AddingModel(QAbstractListModel):
    """Files in the order they were taken up, the newest at the end."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[FileLine] = []

    @property
    def lines(self) -> tuple[FileLine, ...]:
        """All lines."""
        return tuple(self._lines)

    def clear(self) -> None:
        """Forget all files."""
        self.beginResetModel()
        self._lines = []
        self.endResetModel()

    def put(self, line: FileLine) -> None:
        """Add a file, or say anew what became of it."""
        for place, known in enumerate(self._lines):
            if known.file == line.file:
                self._lines[place] = line
                index = self.index(place, 0)
                self.dataChanged.emit(index, index)
                return
        self.beginInsertRows(QModelIndex(), len(self._lines), len(self._lines))
        self._lines.append(line)
        self.endInsertRows()

    def drop_unread(self) -> None:
        """Take the file away that was being read when the work ended."""
        for place in reversed(range(len(self._lines))):
            if self._lines[place].state == "reading":
                self.beginRemoveRows(QModelIndex(), place, place)
                del self._lines[place]
                self.endRemoveRows()

    def locked(self) -> tuple[FileLine, ...]:
        """Return the files that wait for a password."""
        return tuple(line for line in self._lines if line.state == "password")

    def first_of(self, *states: str) -> QModelIndex:
        """Return the first file in one of these states; not valid when there is none."""
        places = (place for place, line in enumerate(self._lines) if line.state in states)
        return self.index(next(places, -1), 0)

    def count(self, *states: str) -> int:
        """Return how many files are in one of these states."""
        return sum(line.state in states for line in self._lines)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Return the number of files."""
        return 0 if parent.isValid() else len(self._lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let every row be chosen, so that it can be copied and read aloud."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemNeverHasChildren
        )

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Answer for one file."""
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.file
        if role == LineRole.LINE:
            return line
        if role == Qt.ItemDataRole.ToolTipRole:
            return " ".join(part for part in (line.detail, line.technical) if part) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (line.file, LOOKS[line.state].word, line.detail, line.fact)
            return ", ".join(part for part in parts if part)
        return None


def state_of(state: str, kind: str, why: str) -> str:
    """Return the state of a line from what ``add_pdfs`` says of a file."""
    if state == "added":
        return "weak" if why else "added"
    if state == "present":
        return "present"
    return kind if kind in LOOKS and kind != "reading" else "failed"


def told_apart(why: str) -> tuple[str, str]:
    """Return the sentences of a reason, and the words of the PDF engine that end it in brackets."""
    found = TECHNICAL.search(why)
    if found is None:
        return why, ""
    plain = why[: found.start()].rstrip()
    return plain if plain.endswith(".") else f"{plain}.", found.group(1)
