"""Buttons, filters and the empty view of the place of studies."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QMenu, QWidget

from app.exchange.reference_files import SUFFIXES
from app.ui.theme import icon
from app.ui.views.attribute_filters import AttributeFilters
from app.ui.views.studies_loading import NO_PDF
from app.ui.views.studies_rows import TableRow
from app.ui.views.toggle_chip import ToggleChip
from app.ui.widgets import EmptyView, FilterRow, SearchField, button, fix, icon_button

if TYPE_CHECKING:
    from app.ui.views.studies import StudiesPlace


def make_tools(place: "StudiesPlace") -> list[QWidget]:
    """Return the buttons of the header."""
    add = button("Add PDFs", icon=icon("file-plus-2"), tip="Add PDFs or a folder of PDFs")
    menu = QMenu(add)
    menu.addAction("Choose PDFs…", place.ask_files)
    menu.addAction("Choose a folder…", place.ask_folder)
    add.setMenu(menu)
    references = button("Add references", icon=icon("book-plus"))
    references.setToolTip("Add a reference list (RIS, BibTeX, CSL JSON or CSV)")
    offered = QMenu(references)
    offered.addAction("Choose a reference list…", place.ask_references)
    offered.addAction("Example list: unchecked candidates…", place.references.add_example)
    references.setMenu(offered)
    columns = icon_button(icon("table-2"), "Attributes and columns")
    columns.clicked.connect(place.show_columns)
    return [add, references, columns]


class StudiesFilters(FilterRow):
    """Words, conditions and attributes that the table is narrowed by."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.field = SearchField("Find a study")
        fix(self.field, width=200)
        self.field.textChanged.connect(lambda _text: self.changed.emit())
        self.add(self.field)
        self.conditions = [
            ToggleChip("Needs PDF", lambda one: NO_PDF in one.notes, icon="file-question-mark"),
            ToggleChip("Text problem", _has_text_problem, icon="scan-text"),
            ToggleChip("Retracted", lambda one: one.flag == "retracted", icon="circle-alert"),
            ToggleChip("Nothing coded", lambda one: not any(p.codings for p in one.progress)),
        ]
        for chip in self.conditions:
            chip.toggled_by_hand.connect(self.changed)
            self.add(chip)
        self.attributes = AttributeFilters(self)
        self.attributes.changed.connect(self.changed)

    def passes(self, row: TableRow) -> bool:
        """Say whether a study meets all conditions; the words are asked elsewhere."""
        tests = [chip.data for chip in self.conditions if chip.is_set]
        return all(test(row) for test in tests) and self.attributes.passes(row)

    def words(self) -> list[str]:
        """Return what is asked for, for the sentence that nothing meets it."""
        typed = self.field.text().strip()
        words = [f"“{typed}”"] if typed else []
        words += [f"“{chip.name}”" for chip in self.conditions if chip.is_set]
        return words + self.attributes.words()

    def count(self, rows: Sequence[TableRow]) -> None:
        """Say on each condition how many studies meet it."""
        for chip in self.conditions:
            chip.show_number(sum(chip.data(row) for row in rows))

    def clear(self) -> None:
        """Ask for nothing."""
        self.field.clear()
        for chip in self.conditions:
            chip.set_on(False)
        self.attributes.clear()


def make_empty(place: "StudiesPlace") -> EmptyView:
    """Return what stands where there are no studies yet."""
    return EmptyView(
        "file-plus-2",
        "No studies yet",
        "Drop PDFs or a folder here. Then add your reference list; it is matched to them.",
        (
            ("Add PDFs", place.ask_files, "file-plus-2"),
            ("Add a folder", place.ask_folder),
            ("Add references", place.ask_references),
        ),
        primary=True,
    )


def _has_text_problem(row: TableRow) -> bool:
    return any(note.icon in ("scan-text", "file-warning") for note in row.notes)


def dropped_paths(event: QDropEvent) -> list[str]:
    """Return the PDFs, folders and reference lists among what is dropped."""
    paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
    wanted = (".pdf", *SUFFIXES)
    return [path for path in paths if path.lower().endswith(wanted) or Path(path).is_dir()]
