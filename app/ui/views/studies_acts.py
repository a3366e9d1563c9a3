"""What is done to the chosen studies: values of attributes, marks, files written."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from app.coding.attribute_evidence import forget_evidence
from app.coding.attribute_values import ValueInfo, set_value, settle_value
from app.coding.reference_matching import list_records
from app.coding.studies import INTEGRITY, set_integrity
from app.errors import UserError
from app.models import Project
from app.models.ids import new_id
from app.ui.views.studies_clipboard import clear_values, copy_rows, paste
from app.ui.views.studies_model import StudyRole
from app.ui.views.studies_rows import STUDY, TableRow, count
from app.ui.widgets.rows import Index

if TYPE_CHECKING:
    from app.ui.views.studies import StudiesPlace

MARKS = ("retracted", "concern", "corrected", "none")


class StudiesActs:
    """Acts of the place of studies; refused ones are told in a notice."""

    def __init__(self, place: "StudiesPlace") -> None:
        self._place = place
        self._messages = place.window_of_places.messages
        self._told = ""

    def enable(self, row: TableRow | None, has_siblings: bool) -> None:
        """Enable what can be done with the chosen rows; the cursor is on ``row``."""
        table = self._place.table
        chosen = table.chosen_rows()
        actions = self._place.window_of_places.actions_table
        studies = sum(one.kind == STUDY for one in chosen)
        actions.enable("studies.read", bool(row and row.document_id), "Choose a study with a PDF")
        actions.enable("studies.join", studies > 1, "Choose two or more studies")
        can_part = row is not None and row.kind != STUDY and has_siblings
        actions.enable("studies.part", can_part, "Choose a report of a study with several")
        column = table.current_column()
        on_value = bool(row and row.kind == STUDY and column and column.attribute)
        has_files = any(one.documents() for one in chosen)
        actions.enable("studies.remove", has_files or on_value, "Choose a study or PDF")
        actions.set_text("studies.remove", "Clear this value" if on_value else "")
        for name in ("edit", "paste"):
            actions.enable(f"studies.{name}", on_value, "Choose a value of an attribute")
        value = table.currentIndex().data(StudyRole.CELL) if on_value else None
        shows = value is not None and value.evidence is not None
        actions.enable("studies.passage", shows, "Choose a value that a passage shows")
        for name in ("copy", *(f"mark_{flag}" for flag in MARKS)):
            actions.enable(f"studies.{name}", bool(chosen), "Choose a study")

    def form_acts(self) -> dict[str, Callable[..., object]]:
        """Return what the form of attributes calls."""
        return {
            "written": self.write,
            "settled": self.settle,
            "evidence_asked": self.show_evidence,
            "evidence_dropped": self.drop_evidence,
            "attributes_asked": self._place.show_columns,
        }

    def write(self, study_id: str, attribute_id: str, text: str) -> bool:
        """Set your value; say whether it was taken."""
        return self._try(lambda: set_value(self._project, study_id, attribute_id, text))

    def write_cell(self, index: Index, text: str) -> bool:
        """Set your value in a cell of the table."""
        column = index.data(StudyRole.COLUMN)
        return self.write(index.data(StudyRole.ROW).id, column.attribute.id, text)

    def settle(
        self, study_id: str, attribute_id: str, values: tuple[str, ...], value_id: str, why: str
    ) -> None:
        """Write what the team settled on."""
        self._try(
            lambda: settle_value(
                self._project, study_id, attribute_id, values, from_value_id=value_id, reason=why
            )
        )

    def show_evidence(self, value: ValueInfo | None = None) -> None:
        """Open the passage of a value, by default of the cell the cursor is on."""
        if value is None:
            cell = self._place.table.currentIndex().data(StudyRole.CELL)
            value = cell.evidence if cell is not None else None
        if value is None:
            words = "No passage shows this value yet."
            hint = "Select one while reading, then choose “This shows an attribute of the study”."
            self._messages.report(UserError(words, hint), key="passage")
        elif value.anchor_state == "orphan":
            words = "The words that showed this are no longer found in the text."
            self._messages.report(UserError(words, f"They were: “{value.quote[:120]}”."))
        else:
            self._place.window_of_places.open_passage(value.document_id, value.start, value.end)

    def drop_evidence(self, value_id: str) -> None:
        """Take the passage away from your value."""
        self._try(lambda: forget_evidence(self._project, value_id))

    def mark(self, flag: str) -> None:
        """Mark the chosen studies as retracted or the like; "" takes the mark away."""
        studies = dict.fromkeys(row.study_id for row in self._place.table.chosen_rows())
        group = new_id()
        for study_id in studies:
            set_integrity(self._project, study_id, flag, group=group)
        if studies:
            shown = count(len(studies), "study")
            words = f"{shown} marked as {INTEGRITY[flag].lower()}."
            self._messages.success(words if flag else f"Mark taken from {shown}.", undo=True)

    def mark_study(self, study_id: str, flag: str, note: str) -> None:
        """Mark a study with the reason that was typed."""
        set_integrity(self._project, study_id, flag, note)

    def copy(self) -> None:
        """Copy the chosen rows with heads."""
        number = copy_rows(self._place.table)
        if number:
            self._messages.success(f"{count(number, 'row')} copied.")

    def paste(self) -> None:
        """Paste values from the cell of the cursor on."""
        self._try(lambda: paste(self._place.table, self._project))

    def clear(self) -> bool:
        """Take values away where the cursor is on an attribute; say whether it was on one."""
        column = self._place.table.current_column()
        row = self._place.table.current_row()
        if column is None or column.attribute is None or row is None or row.kind != STUDY:
            return False
        number = clear_values(self._place.table, self._project)
        if number:
            self._messages.removed(f"Cleared {count(number, 'value')} of {column.attribute.name}")
        return True

    def tell(self, words: str, hint: str) -> None:
        """Tell what does not fit while it is typed; nothing when it does."""
        if self._told:
            self._messages.clear(self._told)
        self._told = "value" if words else ""
        if words:
            self._messages.report(UserError(words, hint), key="value")

    def ask_table(self) -> None:
        """Ask where the table of studies is to be written."""
        path, _ = QFileDialog.getSaveFileName(
            self._place, "Export the table of studies", "studies.xlsx",
            "Excel (*.xlsx);;Comma-separated values (*.csv)",
        )  # fmt: skip
        if path:
            self.write_table(Path(path))

    def write_table(self, path: Path) -> None:
        """Write the characteristics of all studies."""
        from app.exchange.exports import export

        self._try(lambda: self._messages.success(export(self._project, "studies", path)))

    def ask_references(self) -> None:
        """Ask where the reference list is to be written."""
        path, _ = QFileDialog.getSaveFileName(
            self._place, "Export references", "references.ris",
            "RIS (*.ris);;BibTeX (*.bib);;CSL JSON (*.json)",
        )  # fmt: skip
        if path:
            self.write_list(Path(path))

    def write_list(self, path: Path) -> None:
        """Write the records of all reports."""
        from app.exchange.reference_files import write_references

        records = list_records(self._project)
        if self._try(lambda: write_references(records, path)):
            self._messages.success(f"{count(len(records), 'record')} written to {path.name}.")

    @property
    def _project(self) -> Project:
        return self._place.window_of_places.bridge.project

    def _try(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except UserError as problem:
            self._messages.report(problem)
            return False
        return True
