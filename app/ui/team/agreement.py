"""The view Agreement: how alike coders are, code by code, with the passages behind each number."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.analysis.agreement.layers import Layers
from app.coding.agreement import Agreement, Question, agreement, load_team_work
from app.coding.codebook import Codebook
from app.coding.codebooks import load_codebook
from app.models import Project
from app.models.changes import Changes
from app.ui.place import Window
from app.ui.settings import settings
from app.ui.tasks import Job, Progress, run
from app.ui.team.agreement_chart import RoundsChart
from app.ui.team.agreement_columns import MAIN, PASSAGES, UNITS
from app.ui.team.agreement_doors import Doors
from app.ui.team.agreement_keeping import Keeping
from app.ui.team.agreement_lines import Board, BoardMaker, Target
from app.ui.team.agreement_methods_panel import MethodsPanel
from app.ui.team.agreement_model import AgreementModel
from app.ui.team.agreement_more import areas_board, facets_board, ratings_board
from app.ui.team.agreement_out_menu import Saving, columns_menu
from app.ui.team.agreement_question import QuestionRow
from app.ui.team.agreement_runs_panel import RunsPanel
from app.ui.team.agreement_side import WIDTH, AgreementSide
from app.ui.team.agreement_table import AgreementTable
from app.ui.team.agreement_unmatched import Unmatched
from app.ui.team.agreement_words import NOTHING, foot_of, is_compared, listed, why_nothing
from app.ui.theme import icon
from app.ui.views.evidence_source import CODINGS
from app.ui.views.people import people_of
from app.ui.views.studies_rows import count
from app.ui.views.team import TeamView
from app.ui.widgets import (
    EmptyView,
    FlowLayout,
    SegmentedControl,
    button,
    fix,
    frame,
    label,
    line,
    tight,
)

if TYPE_CHECKING:
    from app.analysis.agreement.report import Settings

TABS = (
    ("codes", "Codes"), ("pairs", "Pairs"), ("documents", "Documents"), ("rounds", "Rounds"),
    ("facets", "Valence and stage"), ("ratings", "Ratings"), ("areas", "Areas"),
)  # fmt: skip
FURTHER_SHOWN = "team.agreement.columns"
SOON = 300  # milliseconds until it is said that something is being computed
PAUSE = 400  # milliseconds after a change before it is computed again
READS = (*CODINGS, "rating", "coder_join")


class Stopped(Exception):
    """The computation was asked to stop."""


def _compute(
    project: Project, question: Question, chosen: "Settings", progress: Progress
) -> tuple[Agreement, Codebook, Unmatched] | None:
    """Make the report; None where it was asked to stop."""

    def tell(done: int, total: int, what: str) -> None:
        if progress.cancelled:
            raise Stopped
        progress.report(done, total, what)

    try:
        done = agreement(project, question, chosen, tell)
    except Stopped:
        return None
    codebook = load_codebook(project)
    # Counting passages without a counterpart takes longer than a blink; afterwards it is known.
    maker = BoardMaker(done, PASSAGES, {}, codebook)
    maker.codes()
    maker.pairs()
    return done, codebook, maker.unmatched


class AgreementView(TeamView):
    """Question, table and panel; the report is made anew a moment after what it counts changes."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._bridge = window.bridge
        self.done: Agreement | None = None
        self.maker: BoardMaker | None = None
        self.asked = Question()
        self._codebook: Codebook | None = None
        self._unmatched: Unmatched | None = None
        self._job: Job | None = None
        self._is_stale = True
        self._was_stopped = False
        self.question = QuestionRow()
        self.model = AgreementModel(self)
        self.table = AgreementTable(self.model)
        self.chart = RoundsChart()
        self.tabs = SegmentedControl(TABS)
        self.side, self.methods, self.runs = AgreementSide(), MethodsPanel(), RunsPanel()
        self.foot = label("", "small", "text_2", wrap=True)
        self.empty = EmptyView("users", "", "")
        self._beside: QStackedWidget = fix(QStackedWidget(), width=WIDTH)
        self._wait = QTimer(self, singleShot=True, interval=PAUSE)
        self._wait.timeout.connect(self.recompute)
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._soon.timeout.connect(lambda: self._working.setVisible(self._job is not None))
        kept = str(settings().value(FURTHER_SHOWN, ""))
        self.further = frozenset(key for key in kept.split(",") if key)
        self._build()
        self.doors, self.keeping, self.saving = Doors(self), Keeping(self), Saving(self)
        self._connect()

    # -- parts ---------------------------------------------------------------------------------

    def _build(self) -> None:
        def made(words: str, name: str, tip: str) -> QPushButton:
            return button(words, "small", icon=icon(name), tip=tip)

        self.columns_button = made("Columns", "table-2", "Choose further columns")
        self.copy_button = made("Copy", "copy", "Copy the table, tab-separated with heads")
        self.runs_button = made("Kept runs", "history", "Keep this run, repeat or compare others")
        self.methods_button = made("Methods", "file-text", "Read, copy or save the paragraph")
        self.export_button = made("Export", "download", "Save report, decisions, tables for R")
        bar = QWidget()
        flow = FlowLayout(bar, spacing=8)
        for widget in (self.tabs, self.columns_button, self.copy_button, self.runs_button,
                       self.methods_button, self.export_button):  # fmt: skip
            flow.addWidget(widget)
        bars = tight(QVBoxLayout(), 0, (16, 0, 16, 8))
        bars.addWidget(bar)
        self.stop_button = button("Stop", "small")
        self._working = frame("notice_info")
        working = tight(QHBoxLayout(self._working), 8, (12, 6, 8, 6))
        self._working_words = label("Computing …", "body")
        working.addWidget(self._working_words, 1)
        working.addWidget(self.stop_button)
        self._working.hide()
        body = QWidget()
        column = tight(QVBoxLayout(body))
        column.addWidget(self.chart)
        column.addWidget(self.table, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(body)
        self._stack.addWidget(self.empty)
        for panel in (self.side, self.methods, self.runs):
            self._beside.addWidget(panel)
        self._beside.hide()
        left = tight(QVBoxLayout())
        left.addWidget(self.question)
        left.addLayout(bars)
        left.addWidget(line())
        left.addWidget(self._working)
        left.addWidget(self._stack, 1)
        self._foot_line = line()
        left.addWidget(self._foot_line)
        foot = tight(QVBoxLayout(), 0, (16, 8, 16, 8))
        foot.addWidget(self.foot)
        left.addLayout(foot)
        row = tight(QHBoxLayout(self))
        row.addLayout(left, 1)
        self._edge = line(vertical=True)
        self._edge.hide()
        row.addWidget(self._edge)
        row.addWidget(self._beside)
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        self._bridge.changed.connect(self._notice)
        self.question.changed.connect(self.recompute)
        self.question.unit_changed.connect(self.show_board)
        self.tabs.chosen.connect(self.show_tab)
        self.table.clicked.connect(lambda _index: self._choose())
        self.table.moved.connect(self._follow)
        self.table.entered.connect(self._enter)
        for panel in (self.side, self.methods, self.runs):
            panel.closed.connect(self.close_side)
        for widget in (self.side.list, self.methods.words, self.table):
            widget.installEventFilter(self)
        self.methods.save_wanted.connect(lambda: self.saving.ask("methods"))
        self.columns_button.clicked.connect(lambda: columns_menu(self, self.columns_button))
        self.copy_button.clicked.connect(self.copy)
        self.runs_button.clicked.connect(self.show_runs)
        self.methods_button.clicked.connect(self.show_methods)
        self.export_button.clicked.connect(lambda: self.saving.open_menu(self.export_button))
        self.stop_button.clicked.connect(self.stop)
        table = self.window_of_places.actions_table
        table.connect("agreement.copy", self.copy)
        table.attach("agreement", self.table)

    def panels(self) -> list[QWidget]:
        """Return what F6 goes through."""
        return [self.table, self.side.list] if self.side.isVisible() else [self.table]

    # -- the report ----------------------------------------------------------------------------

    @property
    def is_working(self) -> bool:
        """Whether a report is being made."""
        return self._job is not None

    def refresh(self) -> None:
        """Make the report anew where something has changed since."""
        if self._is_stale and not self._wait.isActive():
            if self.done is None:
                self.recompute()
            else:
                self._wait.start()

    def recompute(self) -> None:
        """Answer the question as it stands now, off the window's thread."""
        self._wait.stop()
        if not self._bridge.is_open:
            return
        if self._job is not None:
            self._job.cancel()
        self._is_stale = self._was_stopped = False
        project = self._bridge.project
        self.question.offer(project)
        question, chosen = self.question.question(), self.question.settings()
        job = run(
            partial(_compute, project, question, chosen),
            "Agreement between coders",
            lambda found: self._take(job, question, found),
            lambda error: self._fail(job, error),
            show=self._come_here,
        )
        self._job = job
        self._soon.start()

    def stop(self) -> None:
        """Stop computing; what was shown before stays."""
        if self._job is not None:
            self._job.cancel()
            self._job, self._was_stopped, self._is_stale = None, True, True
            self._working.hide()
            self.show_board()

    def forget(self) -> None:
        """Let go of the project."""
        self._job, self.done, self.maker, self._codebook = None, None, None, None
        self._is_stale = True
        self._wait.stop()
        self._working.hide()
        self.question.clear()
        self.model.show_board(Board(), self.further)
        self.methods.show_report(None)
        self.close_side()

    def _take(
        self, job: Job, question: Question, found: tuple[Agreement, Codebook, Unmatched] | None
    ) -> None:
        if job is not self._job:
            return
        self._job = None
        self._working.hide()
        if found is None or not self._bridge.is_open:
            return
        self.done, self._codebook, self._unmatched = found
        self.asked = question
        scope = self.done.report.scope
        self.fact = f"{count(scope.n_studies, 'study')}, {listed(scope.coders)}"
        self.fact_changed.emit()
        self.methods.show_report(self.done)
        self.runs.forget_comparisons()
        self.keeping.refresh()
        self.show_board()
        self.doors.refresh()

    def _fail(self, job: Job, error: BaseException) -> None:
        if job is self._job:
            self._job = None
            self._working.hide()
        self.window_of_places.messages.report(error)

    def _notice(self, changes: Changes) -> None:
        if changes.touches(*READS):
            self._is_stale = True
            if self.isVisible():
                self._wait.start()
        if changes.touches("agreement_run") and self.runs.isVisible():
            self.keeping.refresh()

    def _come_here(self) -> None:
        place = self.window_of_places.go("team")
        place.show_view("agreement")  # type: ignore[attr-defined]

    def consensus_layers(self, target: Target) -> Layers:
        """Return the layers of one coder and the consensus, which the report does not hold."""
        asked = self.asked
        pair = Question(
            asked.round_id, frozenset(target.coder_ids), asked.code_ids, asked.document_ids,
            asked.finished_only, asked.newest_only,
        )  # fmt: skip
        return load_team_work(self._bridge.project, pair).layers

    # -- the table -----------------------------------------------------------------------------

    def show_tab(self, key: str) -> None:
        """Show the table of codes, pairs, documents, rounds ..."""
        self.tabs.choose(key)
        if self.side.isVisible():
            self.close_side()
        self.show_board()

    def show_column(self, key: str, shown: bool) -> None:
        """Show or hide one of the further columns."""
        self.further = self.further | {key} if shown else self.further - {key}
        settings().remember(FURTHER_SHOWN, ",".join(sorted(self.further)))
        self.show_board()

    def show_board(self) -> None:
        """Show the table that is chosen, in the unit that is chosen; the chosen row stays."""
        done = self.done
        if done is None:
            self._tell_nothing()
            return
        current = self.table.currentIndex()
        before = self.model.lines[current.row()].key if current.isValid() else None
        column = self.model.columns[current.column()].key if current.isValid() else ""
        people = people_of(self._bridge)
        self.maker = BoardMaker(done, self.question.unit, people, self._codebook, self._unmatched)
        board = self._board(self.maker)
        self.model.show_board(board, self.further)
        row = self.model.row_of(before)
        if row >= 0 and before is not None:
            self.table.blockSignals(True)
            place = max(self.model.column_of(column), 0)
            self.table.setCurrentIndex(self.model.index(row, place))
            self.table.blockSignals(False)
        on_rounds = self.tabs.key == "rounds"
        self.chart.setVisible(on_rounds and bool(board.lines))
        if on_rounds:
            head = f"{MAIN[self.question.unit].head}, {dict(UNITS)[self.question.unit].lower()}"
            self.chart.show_lines(board.lines, head)
        self.foot.setText(foot_of(done, board))
        self._tell_nothing() if not board.lines or not is_compared(done) else self._tell_there()

    def _board(self, maker: BoardMaker) -> Board:
        makers: dict[str, Callable[[], Board]] = {
            "codes": maker.codes, "pairs": maker.pairs, "documents": maker.documents,
            "rounds": maker.rounds, "facets": partial(facets_board, maker),
            "ratings": partial(ratings_board, maker.done), "areas": partial(areas_board, maker),
        }  # fmt: skip
        return makers[self.tabs.key]()

    def _tell_there(self) -> None:
        self._stack.setCurrentIndex(0)
        self._furnish(True)

    def _tell_nothing(self) -> None:
        done, key = self.done, self.tabs.key
        self._stack.setCurrentWidget(self.empty)
        actions: tuple[tuple[object, ...], ...] = ()
        self._furnish(done is not None and is_compared(done))
        if done is None:
            words = ("Stopped", "The numbers were not computed.") if self._was_stopped else (
                "Computing …", "The numbers stand here in a moment.")  # fmt: skip
            if self._was_stopped:
                actions = (("Compute", self.recompute),)
        elif is_compared(done):
            words = NOTHING.get(key, ("Nothing coded yet", "No code has been used here."))
        elif self.question.is_narrowed():
            words = ("Nothing to compare with these filters", "No study that passes them was "
                     "worked through by two coders.")  # fmt: skip
            actions = (("Clear all", self.question.clear),)
        else:
            words = why_nothing(done)
        self.empty.show_message("users", *words, actions)

    def _furnish(self, there: bool) -> None:
        """Offer what belongs to a report only while there is one."""
        for made in (self.columns_button, self.copy_button, self.methods_button,
                     self.export_button):  # fmt: skip
            made.setEnabled(there)
        self.runs.keep.setEnabled(there)
        self.foot.setVisible(there)
        self._foot_line.setVisible(there)

    def copy(self) -> None:
        """Put the table on the clipboard, tab-separated with heads."""
        if self.model.lines:
            QGuiApplication.clipboard().setText(self.model.as_text())

    # -- the panel -----------------------------------------------------------------------------

    def show_beside(self, panel: QWidget) -> None:
        """Show one of the panels at the right."""
        self._beside.setCurrentWidget(panel)
        self._beside.show()
        self._edge.show()

    def ask_export(self) -> None:
        """Ask for a file and save the report."""
        if self.done is not None:
            self.saving.ask("report")

    def show_methods(self) -> None:
        """Show the methods paragraph as it would be printed."""
        self.show_beside(self.methods)

    def show_runs(self) -> None:
        """Show the runs that were kept."""
        self.keeping.refresh()
        self.show_beside(self.runs)

    def close_side(self) -> None:
        """Put the panel away."""
        if self._beside.isVisibleTo(self):
            self._beside.hide()
            self._edge.hide()
            self.table.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close the panel with Esc."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() != Qt.Key.Key_Escape or not self._beside.isVisible():
            return False
        self.close_side()
        return True

    def _choose(self) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            line_, column = self.model.lines[index.row()], self.model.columns[index.column()]
            self.doors.show(line_, column.key)

    def _follow(self) -> None:
        """Let an open panel follow the cursor; arriving at the table opens nothing."""
        if self.side.isVisible() and self.table.hasFocus():
            self._choose()

    def _enter(self) -> None:
        if not self._beside.isVisible():
            self._choose()
        if self.side.isVisible() and self.side.list.passages.rows:
            self.side.list.enter()
