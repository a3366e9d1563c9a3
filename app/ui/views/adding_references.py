"""Adding a reference list: reading, what its columns are, confirming, matching, attributes."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.coding.attribute_columns import ColumnsTaken, take_columns
from app.coding.people import acting_coder
from app.coding.studies import MatchResult, match_references
from app.errors import UserError
from app.exchange.reference_files import TABLE, ReferenceList, form_of, read_references
from app.exchange.references_table import (
    ATTRIBUTE,
    EXAMPLE_MARK,
    ReferenceTable,
    read_table,
    records_of_table,
)
from app.models import Project
from app.models.ids import new_id
from app.paths import resource
from app.ui.bridge import ProjectBridge
from app.ui.messages import Messages, Notice
from app.ui.tasks import Progress, run
from app.ui.views.adding_table import TableCard
from app.ui.views.matching_panel import MatchingPanel
from app.ui.views.studies_rows import count

EXAMPLE = resource("examples", "candidate-studies.csv")
TITLE = "Adding references"


@dataclass(frozen=True, slots=True)
class _Added:
    found: ReferenceList
    result: MatchResult
    columns: ColumnsTaken | None


class AddingReferences:
    """Takes a file to the matching card; tables pass the card of their columns first."""

    def __init__(
        self, bridge: ProjectBridge, parent: QWidget, messages: Messages, matching: MatchingPanel
    ) -> None:
        self._bridge, self._messages, self._matching = bridge, messages, matching
        self._parent = parent
        self._card: TableCard | None = None
        self.ended: Callable[[], object] = lambda: None

    @property
    def card(self) -> TableCard:
        """The card that shows what the columns of a table are."""
        if self._card is None:
            self._card = TableCard(self._parent)
            self._card.confirmed.connect(self._add_table)
        return self._card

    def add(self, path: Path) -> None:
        """Read a reference list; a table is shown with its columns before anything is added."""
        try:
            if form_of(path) == TABLE:
                table = read_table(path)
                self.card.show_table(table, is_example=table.note.startswith(EXAMPLE_MARK))
                return
        except UserError as problem:
            self._messages.report(problem)
            return
        self._run(path.name, lambda: read_references(path), False)

    def add_example(self) -> None:
        """Show the example list of unchecked candidates; nothing is added unconfirmed."""
        self.add(EXAMPLE)

    def forget(self) -> None:
        """Put the card away: its project is closed."""
        if self._card is not None:
            self._card.hide()

    def _add_table(self, table: ReferenceTable, mapping: tuple[str, ...]) -> None:
        wanted = ATTRIBUTE in mapping
        self._run(table.name, lambda: records_of_table(table, mapping), wanted)

    def _run(self, name: str, read: Callable[[], ReferenceList], with_columns: bool) -> None:
        project = self._bridge.project

        def work(progress: Progress) -> _Added:
            found = read()
            progress.report(0, len(found.records), name)
            return add_list(project, found, name, with_columns=with_columns)

        def done(added: _Added) -> None:
            if self._bridge.is_open and self._bridge.project is project:
                self._show(added, name)

        run(work, TITLE, done, self._messages.report)

    def _show(self, added: _Added, name: str) -> None:
        source = f"{count(len(added.found.records), 'record')} from {name}"
        if added.columns is not None:
            source += f", {count(added.columns.values, 'value')} of attributes"
        self._matching.show_result(added.result, source)
        self.ended()
        told = [*added.found.problems, *(added.columns.problems if added.columns else ())]
        if told:
            shown = " ".join(told[:3])
            more = f" And {len(told) - 3} more." if len(told) > 3 else ""
            lines = count(len(told), "line")
            be = "it is" if len(told) == 1 else "they are"
            head = f"{lines} of {name} could not be taken as {be}."
            self._messages.show(Notice("warning", head, f"{shown}{more}", key=f"list {name}"))


def add_list(project: Project, found: ReferenceList, name: str, *, with_columns: bool) -> _Added:
    """Match a list to the PDFs; then its further columns become attributes, as you."""
    takes = with_columns and bool(found.columns)
    if takes:
        acting_coder(project)  # before anything is written: values need someone who gives them
    group = new_id()
    result = match_references(project, found.records, group=group)
    taken = None
    if takes:
        taken = take_columns(project, result.studies, found.columns, source=name, group=group)
    return _Added(found, result, taken)
