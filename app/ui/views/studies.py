"""The place Studies: what the review includes, how far it is coded, adding PDFs and references."""

from collections import Counter
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QMenu, QStackedLayout, QVBoxLayout, QWidget

from app.coding.adding import AddResult
from app.coding.documents import remove_documents
from app.coding.extracts import ExtractFilter
from app.coding.references import ReferenceRecord
from app.coding.studies import MatchResult, join_studies, keep_records, part_report
from app.errors import UserError
from app.exchange.reference_files import PATTERNS, SUFFIXES
from app.models.changes import Changes
from app.ui.bridge import ProjectBridge
from app.ui.place import Window
from app.ui.search import Finding
from app.ui.views.adding_panel import AddingPanel
from app.ui.views.adding_references import AddingReferences
from app.ui.views.attribute_card import AttributeCard
from app.ui.views.evidence_source import CODINGS, EvidenceSource
from app.ui.views.folding import holds_all_words
from app.ui.views.matching_panel import MatchingPanel
from app.ui.views.people import Person, people_of
from app.ui.views.studies_acts import MARKS, StudiesActs
from app.ui.views.studies_arranging import Arranging
from app.ui.views.studies_furniture import StudiesFilters, dropped_paths, make_empty, make_tools
from app.ui.views.studies_loading import StudyTable, load_cells, load_table
from app.ui.views.studies_model import StudiesFilter, StudiesModel
from app.ui.views.studies_rows import STUDY, TableRow, count
from app.ui.views.studies_table import StudiesTable
from app.ui.views.study_panel import StudyPanel
from app.ui.views.view_place import ViewPlace
from app.ui.views.wiring import wire
from app.ui.widgets import EmptyView, tight

FOLLOW_AFTER_MS = 100
CONCERNED = ("study", "report", "document", "layer", "coder", *CODINGS)
MENU = (
    "read", "edit", "passage", "copy", "paste", "", "join", "part", "",
    *(f"mark_{flag}" for flag in MARKS), "", "remove",
)  # fmt: skip


class StudiesPlace(ViewPlace):
    """Table of studies with a panel for the chosen one."""

    key = "studies"
    title = "Studies"

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._bridge = window.bridge
        self._source = EvidenceSource.of(window.bridge)
        self._shown = StudyTable()
        self._people: dict[str, Person] = {}
        self._tools_offered = False
        self._soon = QTimer(self, singleShot=True, interval=FOLLOW_AFTER_MS)
        self._soon.timeout.connect(self._follow_cursor)
        self.setAcceptDrops(True)
        self.model = StudiesModel(self)
        self.proxy = StudiesFilter(self)
        self.proxy.setSourceModel(self.model)
        self.table = StudiesTable(self.model, self.proxy)
        self.panel = StudyPanel()
        self._empty = make_empty(self)
        self._none_left = EmptyView("search-x", "No study matches", "")
        # A layer of its own: changing its pages must not raise them over the cards.
        ground = QWidget()
        tight(QVBoxLayout(self)).addWidget(ground)
        self._stack = QStackedLayout(ground)
        for page in (self.table, self._empty, self._none_left):
            self._stack.addWidget(page)
        self.bar = StudiesFilters()
        self.adding = AddingPanel(self._bridge, self)
        self.adding.show_me = self._show_adding
        self.adding.finished.connect(self.refresh)
        self.adding.matched.connect(self._show_unsure)
        self.matching = MatchingPanel(self._bridge, self)
        self.acts = StudiesActs(self)
        self.references = AddingReferences(self._bridge, self, window.messages, self.matching)
        self.attributes = AttributeCard(self._bridge, self)
        self.arranging = Arranging(self)
        self._tools = make_tools(self)
        self.setFocusProxy(self.table)
        self._connect()

    def tools(self) -> list[QWidget]:
        """Return the buttons of the header; an empty project offers them in its middle."""
        return self._tools if self._shown.rows else []

    def _offer_tools(self, offered: bool) -> None:
        if offered != self._tools_offered:
            self._tools_offered = offered
            self.title_changed.emit()

    def filters(self) -> QWidget:
        """Return search field and chips."""
        return self.bar

    def side(self) -> QWidget:
        """Return the panel with the chosen study."""
        return self.panel

    def panels(self) -> list[QWidget]:
        """Return what F6 goes through."""
        return [self.bar.field, self.table, self.panel]

    def set_project(self, bridge: ProjectBridge) -> None:
        """Show the studies of the project."""
        self.refresh_when_seen()

    def findings(self, query: str) -> list[Finding]:
        """Offer studies by label, title and file name."""
        return [
            Finding("Studies", row.label, row.title, partial(self._find, row), "library")
            for row in self._shown.rows
            if holds_all_words(f"{row.label} {row.title} {row.year}", query)
        ][:8]

    def refresh(self) -> None:
        """Read everything again; cursor, choice and folds stay."""
        if not self._bridge.is_open:
            return
        self._people = people_of(self._bridge)
        self._shown = load_table(
            self._bridge.project, self._source.evidence(), self._source.documents(), self._people
        )
        self.arranging.show(self._shown, self._bridge.project.id)
        self.bar.count(self._shown.rows)
        self._narrow()
        self._show_chosen()

    def refresh_values(self) -> None:
        """Read the values of attributes again; everything else stays."""
        cells = load_cells(self._bridge.project)
        self._shown = self._shown.with_cells(cells)
        self.model.set_cells(cells)
        self.table.fit_columns()
        self.bar.attributes.show(self._shown.attributes, self._shown.rows)
        self._narrow()
        self._show_chosen()

    def show_columns(self) -> None:
        """Show the card of attributes and columns."""
        self.attributes.open()
        self.attributes.show_columns(self.arranging.columns, self.arranging.now)
        self.attributes.list.setFocus()

    def show_study(self, study_id: str) -> None:
        """Put the cursor on a study, without filters in its way."""
        if not self.table.choose(study_id):
            self._clear_filters()
            self.table.choose(study_id)
        self.table.setFocus()

    def add_files(self, paths: list[str]) -> None:
        """Add PDFs and folders in the background; the card shows what becomes of each."""
        self.adding.add([Path(path) for path in paths])

    def add_references(self, path: Path) -> None:
        """Read a reference list in any form and show what matches."""
        self.references.add(path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take PDFs, folders and reference lists."""
        if dropped_paths(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add what was dropped."""
        paths = dropped_paths(event)
        event.acceptProposedAction()
        lists = [path for path in paths if path.lower().endswith(SUFFIXES)]
        files = [path for path in paths if path not in lists]
        if files:
            self.add_files(files)
        if lists:
            self.add_references(Path(lists[0]))

    def _forget(self) -> None:
        self.adding.forget()
        self.references.forget()
        for card in (self.matching, self.attributes):
            card.hide()
        self.bar.clear()
        self.bar.attributes.forget()
        self.arranging.forget()
        self._shown = StudyTable()
        self.table.set_rows((), ())

    def _connect(self) -> None:
        self._bridge.about_to_close.connect(self.matching.hide)
        self._bridge.closed.connect(self._forget)
        self._bridge.changed.connect(self._notice)
        self._source.changed.connect(self.refresh_when_seen)
        self.table.opened.connect(self._open)
        self.table.chosen.connect(self._follow_cursor)
        self.table.customContextMenuRequested.connect(self._menu)
        self.panel.opened.connect(self._open)
        self.panel.removed.connect(self._remove)
        self.panel.parted.connect(self._part)
        self.panel.connect_form(self.acts.form_acts())
        self.panel.marked.connect(self.acts.mark_study)
        self.table.evidence_asked.connect(self.acts.show_evidence)
        delegate = self.table.delegate
        delegate.write, delegate.told = self.acts.write_cell, self.acts.tell
        delegate.known = self._known_texts
        self.bar.changed.connect(self._narrow)
        self.bar.field.entered.connect(self.table.setFocus)
        self.bar.attributes.rearranged.connect(self.arranging.remember)
        self.attributes.arranged.connect(self.arranging.arrange)
        self.matching.left_unsure.connect(self._keep_unsure)
        self.panel.extracts_asked.connect(
            lambda study_id: self.window_of_places.show_extracts(
                ExtractFilter(study_ids=frozenset({study_id}))
            )
        )
        wire(self.window_of_places, self.key)
        self.window_of_places.actions_table.attach("studies", self.table)

    def _known_texts(self, place: int) -> list[str]:
        """Return the values that other studies have in a column, the commonest first."""
        texts = Counter(
            str(self.model.index(row, place).data()) for row in range(self.model.rowCount())
        )
        return [text for text, _number in texts.most_common() if text != "–"]

    def _show_unsure(self, added: AddResult) -> None:
        """Ask about PDFs that may belong to a record that waited; the rest is matched already."""
        if added.unsure:
            result = MatchResult(added.matched, added.unsure, (), ())
            self.matching.show_result(result, "PDFs added after the list", keeps=False)

    def _keep_unsure(self, records: list[ReferenceRecord]) -> None:
        keep_records(self._bridge.project, records)

    def ask_files(self) -> None:
        """Ask for PDFs and add them."""
        paths, _ = QFileDialog.getOpenFileNames(self, "Add PDFs", "", "PDF files (*.pdf)")
        if paths:
            self.add_files(paths)

    def ask_folder(self) -> None:
        """Ask for a folder and add the PDFs in it."""
        path = QFileDialog.getExistingDirectory(self, "Add a folder of PDFs")
        if path:
            self.add_files([path])

    def ask_references(self) -> None:
        """Ask for a reference list and match it."""
        path, _ = QFileDialog.getOpenFileName(
            self, "Add reference list", "", f"Reference lists ({PATTERNS})"
        )
        if path:
            self.add_references(Path(path))

    def ask_table(self) -> None:
        """Ask where to write the table of studies."""
        self.acts.ask_table()

    def ask_reference_file(self) -> None:
        """Ask where to write the records."""
        self.acts.ask_references()

    def show_example(self) -> None:
        """Show the example list of unchecked candidates."""
        self.references.add_example()

    def edit_value(self) -> None:
        """Type into the cell the cursor is on."""
        self.table.edit_current()

    def show_passage(self) -> None:
        """Open the passage of the value the cursor is on."""
        self.acts.show_evidence()

    def copy(self) -> None:
        """Copy the chosen rows."""
        self.acts.copy()

    def paste(self) -> None:
        """Paste values from the cell of the cursor on."""
        self.acts.paste()

    def mark(self, flag: str) -> None:
        """Mark the chosen studies."""
        self.acts.mark(flag)

    def _open(self, document_id: str) -> None:
        self.window_of_places.open_passage(document_id)

    def read_chosen(self) -> None:
        """Open the study the cursor is on; on a value of an attribute, the field to type in."""
        if self.table.edit_current():
            return
        row = self.table.current_row()
        if row is not None and row.document_id:
            self._open(row.document_id)

    def join_chosen(self) -> None:
        """Make the chosen studies one."""
        studies = [row for row in self.table.chosen_rows() if row.kind == STUDY]
        if len(studies) < 2:
            return
        kept = join_studies(self._bridge.project, [row.id for row in studies])
        self.refresh()
        self.table.choose(kept)
        self.window_of_places.messages.success(
            f"{count(len(studies), 'study')} joined into {studies[0].label}.", undo=True
        )

    def part_chosen(self) -> None:
        """Give the chosen report a study of its own."""
        row = self.table.current_row()
        if row is not None and row.kind != STUDY:
            reports = (self._shown.reports or {}).values()
            report = next(r for r in reports if row.id == r.id or row.id in r.document_ids)
            self._part(report.id)

    def _part(self, report_id: str) -> None:
        study_id = part_report(self._bridge.project, report_id)
        self.refresh()
        self.table.choose(study_id)

    def remove_chosen(self) -> None:
        """Take the chosen PDFs out of the review; on a value of an attribute, that value alone."""
        if self.acts.clear():
            return
        documents = [one for row in self.table.chosen_rows() for one in row.documents()]
        self._remove(list(dict.fromkeys(documents)))

    def _remove(self, document_ids: list[str]) -> None:
        if not document_ids:
            return
        names = [self._shown.document(one) for one in document_ids]
        try:
            remove_documents(self._bridge.project, document_ids)
        except UserError as problem:
            self.window_of_places.messages.report(problem)
            return
        self.refresh()
        first = names[0].file_name if names[0] is not None else ""
        what = first if len(names) == 1 else count(len(names), "PDF")
        self.window_of_places.messages.removed(f"Removed {what}")

    def _menu(self, at: QPoint) -> None:
        actions = self.window_of_places.actions_table
        menu = QMenu(self)
        for name in MENU:
            if name:
                menu.addAction(actions[f"studies.{name}"])
            else:
                menu.addSeparator()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.table.viewport().mapToGlobal(at))

    def _follow_cursor(self) -> None:
        """Follow at once, but not at each of many steps in a row: then where they end."""
        row = self.table.current_row()
        self.acts.enable(row, self._has_siblings(row))
        if self.panel.shows(row, self._shown):
            return
        if not self._soon.isActive():
            self._show_chosen()
        self._soon.start()

    def _show_chosen(self) -> None:
        row = self.table.current_row()
        self.panel.show_row(row, self._shown, self._people)
        self.acts.enable(row, self._has_siblings(row))

    def _has_siblings(self, row: TableRow | None) -> bool:
        if row is None:
            return False
        reports = (self._shown.reports or {}).values()
        return sum(report.study_id == row.study_id for report in reports) > 1

    def _notice(self, changes: Changes) -> None:
        # Codings come with a pause through the evidence; the rest is to be seen at once.
        if changes.touches("study", "report", "document", "layer", "coder", "attribute"):
            self.refresh_when_seen()
        elif changes.touches("attribute_value") and self.isVisible():
            self.refresh_values()
        elif changes.touches("attribute_value", "memo"):
            self.refresh_when_seen()

    def _narrow(self) -> None:
        self.proxy.narrow(self.bar.field.text(), self.bar.passes)
        shown = self.proxy.rowCount()
        everything = len(self._shown.rows)
        fact = self._shown.fact()
        if self.fact != self._shown.own_list:
            self.fact = self._shown.own_list
            self.title_changed.emit()
        narrowed = shown != everything
        self.bar.show_count(f"{shown} of {count(everything, 'study')}" if narrowed else fact)
        self.show_surroundings(everything > 0)
        self._offer_tools(everything > 0)
        if not everything:
            self._stack.setCurrentWidget(self._empty)
        elif not shown:
            self._tell_none_left()
        else:
            self._stack.setCurrentWidget(self.table)

    def _tell_none_left(self) -> None:
        words = self.bar.words()
        self._none_left.show_message(
            "search-x",
            "No study matches",
            f"{' and '.join(words)} {'lets' if len(words) == 1 else 'together let'} none through.",
            (("Show all studies", self._clear_filters),),
        )
        self._stack.setCurrentWidget(self._none_left)

    def _clear_filters(self) -> None:
        self.bar.clear()
        self._narrow()

    def _show_adding(self) -> None:
        self.window_of_places.go("studies")
        self.adding.open()

    def _find(self, row: TableRow) -> None:
        self.window_of_places.show_study(row.id)
