"""The place Studies: what the review includes, how far it is coded, adding PDFs and references."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QMenu, QStackedLayout, QVBoxLayout, QWidget

from app.coding.documents import remove_documents
from app.coding.extracts import ExtractFilter
from app.coding.studies import join_studies, match_references, part_report
from app.errors import UserError
from app.exchange.ris import read_ris
from app.models.changes import Changes
from app.ui.bridge import ProjectBridge
from app.ui.place import Window
from app.ui.search import Finding
from app.ui.theme import icon
from app.ui.views.adding_panel import AddingPanel
from app.ui.views.evidence_source import CODINGS, EvidenceSource
from app.ui.views.folding import holds_all_words
from app.ui.views.matching_panel import MatchingPanel
from app.ui.views.people import people_of
from app.ui.views.studies_loading import NO_PDF, RETRACTED, StudyTable, load_table
from app.ui.views.studies_model import StudiesFilter, StudiesModel
from app.ui.views.studies_rows import STUDY, TableRow, count
from app.ui.views.studies_table import StudiesTable
from app.ui.views.study_panel import StudyPanel
from app.ui.views.toggle_chip import ToggleChip
from app.ui.views.view_place import ViewPlace
from app.ui.views.wiring import wire
from app.ui.widgets import EmptyView, FilterRow, SearchField, button, fix, tight

CONCERNED = ("study", "report", "document", "layer", "coder", *CODINGS)


class StudiesPlace(ViewPlace):
    """Table of studies with a panel for the chosen one."""

    key = "studies"
    title = "Studies"

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._bridge = window.bridge
        self._source = EvidenceSource.of(window.bridge)
        self._shown = StudyTable()
        self._tools_offered = False
        self.setAcceptDrops(True)
        self.model = StudiesModel(self)
        self.proxy = StudiesFilter(self)
        self.proxy.setSourceModel(self.model)
        self.table = StudiesTable(self.model, self.proxy)
        self.panel = StudyPanel()
        self._empty = self._make_empty()
        self._none_left = EmptyView("search-x", "No study matches", "")
        # A layer of its own: changing its pages must not raise them over the cards.
        ground = QWidget()
        tight(QVBoxLayout(self)).addWidget(ground)
        self._stack = QStackedLayout(ground)
        for page in (self.table, self._empty, self._none_left):
            self._stack.addWidget(page)
        self._tools = self._make_tools()
        self._filters = self._make_filters()
        self.adding = AddingPanel(self._bridge, self)
        self.adding.show_me = self._show_adding
        self.adding.finished.connect(self.refresh)
        self.matching = MatchingPanel(self._bridge, self)
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
        return self._filters

    def side(self) -> QWidget:
        """Return the panel with the chosen study."""
        return self.panel

    def panels(self) -> list[QWidget]:
        """Return what F6 goes through."""
        return [self.field, self.table, self.panel]

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
        people = people_of(self._bridge)
        self._shown = load_table(
            self._bridge.project, self._source.evidence(), self._source.documents(), people
        )
        self.table.set_rows(self._shown.rows, self._shown.coders)
        self._count_chips()
        self._narrow()
        self._show_chosen()

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
        """Read a reference list and show what matches."""
        try:
            records = read_ris(path)
            if not records:
                raise UserError(f"{path.name} holds no record.", "Export it as RIS and try again.")
            result = match_references(self._bridge.project, records)
        except UserError as problem:
            self.window_of_places.messages.report(problem)
            return
        self.matching.show_result(result, f"{count(len(records), 'record')} from {path.name}")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take PDFs, folders and reference lists."""
        if _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add what was dropped."""
        paths = _dropped(event)
        event.acceptProposedAction()
        lists = [path for path in paths if path.lower().endswith(".ris")]
        files = [path for path in paths if path not in lists]
        if files:
            self.add_files(files)
        if lists:
            self.add_references(Path(lists[0]))

    def _forget(self) -> None:
        self.adding.forget()
        self.matching.hide()
        self.field.clear()
        for chip in self._chips:
            chip.set_on(False)
        self._shown = StudyTable()
        self.table.set_rows((), ())

    def _connect(self) -> None:
        self._bridge.closed.connect(self._forget)
        self._bridge.changed.connect(self._notice)
        self._source.changed.connect(self.refresh_when_seen)
        self.table.opened.connect(self._open)
        self.table.chosen.connect(self._show_chosen)
        self.table.customContextMenuRequested.connect(self._menu)
        self.panel.opened.connect(self._open)
        self.panel.removed.connect(self._remove)
        self.panel.parted.connect(self._part)
        self.panel.extracts_asked.connect(
            lambda study_id: self.window_of_places.show_extracts(
                ExtractFilter(study_ids=frozenset({study_id}))
            )
        )
        wire(self.window_of_places, self.key)
        self.window_of_places.actions_table.attach("studies", self.table)

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
            self, "Add reference list", "", "Reference lists (*.ris *.txt)"
        )
        if path:
            self.add_references(Path(path))

    def _open(self, document_id: str) -> None:
        self.window_of_places.open_passage(document_id)

    def read_chosen(self) -> None:
        """Open the study the cursor is on."""
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
        """Take the chosen PDFs out of the review."""
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
        for name in ("read", "join", "part", "remove"):
            menu.addAction(actions[f"studies.{name}"])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.table.viewport().mapToGlobal(at))

    def _show_chosen(self) -> None:
        row = self.table.current_row()
        self.panel.show_row(row, self._shown)
        chosen = self.table.chosen_rows()
        actions = self.window_of_places.actions_table
        studies = sum(one.kind == STUDY for one in chosen)
        actions.enable("studies.read", bool(row and row.document_id), "Choose a study with a PDF")
        actions.enable("studies.join", studies > 1, "Choose two or more studies")
        can_part = row is not None and row.kind != STUDY and self._has_siblings(row)
        actions.enable("studies.part", can_part, "Choose a report of a study with several")
        has_files = any(one.documents() for one in chosen)
        actions.enable("studies.remove", has_files, "Choose a study or PDF")

    def _has_siblings(self, row: TableRow) -> bool:
        reports = (self._shown.reports or {}).values()
        return sum(report.study_id == row.study_id for report in reports) > 1

    def _notice(self, changes: Changes) -> None:
        # Codings come with a pause through the evidence; the rest is to be seen at once.
        if changes.touches("study", "report", "document", "layer", "coder"):
            self.refresh_when_seen()

    def _narrow(self) -> None:
        tests = [chip.data for chip in self._chips if chip.is_set]
        self.proxy.narrow(self.field.text(), lambda row: all(test(row) for test in tests))
        shown = self.proxy.rowCount()
        everything = len(self._shown.rows)
        fact = self._shown.fact()
        narrowed = shown != everything
        self._filters.show_count(f"{shown} of {count(everything, 'study')}" if narrowed else fact)
        self.show_surroundings(everything > 0)
        self._offer_tools(everything > 0)
        if not everything:
            self._stack.setCurrentWidget(self._empty)
        elif not shown:
            self._tell_none_left()
        else:
            self._stack.setCurrentWidget(self.table)

    def _tell_none_left(self) -> None:
        words = [f"“{self.field.text().strip()}”"] if self.field.text().strip() else []
        words += [f"“{chip.name}”" for chip in self._chips if chip.is_set]
        self._none_left.show_message(
            "search-x",
            "No study matches",
            f"{' and '.join(words)} {'lets' if len(words) == 1 else 'together let'} none through.",
            (("Show all studies", self._clear_filters),),
        )
        self._stack.setCurrentWidget(self._none_left)

    def _clear_filters(self) -> None:
        self.field.clear()
        for chip in self._chips:
            chip.set_on(False)
        self._narrow()

    def _count_chips(self) -> None:
        for chip in self._chips:
            number = sum(chip.data(row) for row in self._shown.rows)
            chip.show_number(number)

    def _make_tools(self) -> list[QWidget]:
        add = button("Add PDFs", icon=icon("file-plus-2"), tip="Add PDFs or a folder of PDFs")
        menu = QMenu(add)
        menu.addAction("Choose PDFs…", self.ask_files)
        menu.addAction("Choose a folder…", self.ask_folder)
        add.setMenu(menu)
        references = button("Add references", icon=icon("book-plus"))
        references.setToolTip("Add a reference list (RIS) and match it to the PDFs")
        references.clicked.connect(self.ask_references)
        return [add, references]

    def _make_filters(self) -> FilterRow:
        row = FilterRow()
        self.field = SearchField("Find a study")
        fix(self.field, width=200)
        self.field.textChanged.connect(lambda _text: self._narrow())
        self.field.entered.connect(self.table.setFocus)
        row.add(self.field)
        self._chips = [
            ToggleChip("Needs PDF", lambda one: NO_PDF in one.notes, icon="file-question-mark"),
            ToggleChip("Text problem", _has_text_problem, icon="scan-text"),
            ToggleChip("Retracted", lambda one: RETRACTED in one.notes, icon="circle-alert"),
            ToggleChip("Nothing coded", lambda one: not any(p.codings for p in one.progress)),
        ]
        for chip in self._chips:
            chip.toggled_by_hand.connect(self._narrow)
            row.add(chip)
        return row

    def _make_empty(self) -> EmptyView:
        return EmptyView(
            "file-plus-2",
            "No studies yet",
            "Drop PDFs or a folder here. Then add your reference list; it is matched to them.",
            (
                ("Add PDFs", self.ask_files, "file-plus-2"),
                ("Add a folder", self.ask_folder),
                ("Add references", self.ask_references),
            ),
            primary=True,
        )

    def _show_adding(self) -> None:
        self.window_of_places.go("studies")
        self.adding.open()

    def _find(self, row: TableRow) -> None:
        self.window_of_places.show_study(row.id)


def _has_text_problem(row: TableRow) -> bool:
    return any(note.icon in ("scan-text", "file-warning") for note in row.notes)


def _dropped(event: QDropEvent) -> list[str]:
    paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
    wanted = (".pdf", ".ris")
    return [path for path in paths if path.lower().endswith(wanted) or Path(path).is_dir()]
