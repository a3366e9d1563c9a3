"""Code all of these: passages that a search found, looked through and coded in one act."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.coding.codebook import STAGE, VALENCE
from app.coding.search import parse_query
from app.errors import UserError
from app.ui.place import Window
from app.ui.tasks import Job, Progress, run
from app.ui.theme import icon
from app.ui.views.choice_chip import Choice
from app.ui.views.code_all_chips import ManyChoiceChip, OneChoiceChip
from app.ui.views.code_all_list import ProposalList
from app.ui.views.code_all_model import ProposalModel
from app.ui.views.coding_filters import facet_values
from app.ui.views.evidence_source import EvidenceSource
from app.ui.views.studies_rows import count
from app.ui.widgets import (
    EmptyView,
    FilterRow,
    KeyCap,
    SegmentedControl,
    button,
    frame,
    label,
    line,
    tight,
)

if TYPE_CHECKING:
    from app.coding.coding_hits import Proposal

UNITS = (("words", "Exact words"), ("sentence", "Sentence"), ("paragraph", "Paragraph"))


class CodeAllPage(QWidget):
    """The preview: what would be coded, how much of it, and with what. ``left`` with Esc."""

    left = Signal()

    def __init__(self, window: Window) -> None:
        super().__init__()
        self._window, self._bridge = window, window.bridge
        self._evidence = EvidenceSource.of(window.bridge)
        self._query = ""
        self._studies: Collection[str] | None = None
        self._job: Job | None = None
        self.model = ProposalModel()
        self.list = ProposalList(self.model)
        self.unit = SegmentedControl(UNITS)
        self.code = OneChoiceChip("Code", "choose")
        self.valence = OneChoiceChip("Valence", "none")
        self.stages = ManyChoiceChip("Stage", "none")
        self.all = button("Tick all", "small")
        self.none = button("Untick all", "small")
        self.back = button("Back to the results", icon=icon("x"))
        self.apply = button("Code", "primary")
        self._bar = FilterRow()
        self._empty = EmptyView("text-search", "", "")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)
        self._lay_out()
        self._connect()

    def show_query(self, query: str, study_ids: Collection[str] | None = None) -> None:
        """Look for all places of a query, in these studies or in all."""
        if query != self._query:
            # Words that stand apart make sense only with what stands between them.
            self.unit.choose("sentence" if len(parse_query(query)) > 1 else "words")
        self._query, self._studies = query, study_ids
        self._offer()
        self._look()

    def look_for_coded(self) -> None:
        """Mark what is coded by now with the code chosen."""
        self._show_count()
        code, proposals = self.code.chosen, self.model.proposals
        if not code or not proposals:
            self.model.show_coded(())
            return
        project = self._bridge.project

        def work(_progress: Progress) -> frozenset[int]:
            from app.coding.coding_hits import coded_already

            return coded_already(project, code, proposals)

        def done(coded: frozenset[int]) -> None:
            if code == self.code.chosen and proposals is self.model.proposals:
                self.model.show_coded(coded)

        run(work, "Look for codings", done, listed=False)

    def forget(self) -> None:
        """Let go of the project that was closed."""
        if self._job is not None:
            self._job.cancel()
        self._job, self._query = None, ""
        self.model.show(())

    def code_them(self) -> None:
        """Code what is ticked; one step of undo takes it back."""
        chosen, code = self.model.chosen(), self.code.chosen
        if not code:
            self.code.open()
            return
        if not chosen:
            self._window.messages.report(
                UserError("No passage is ticked.", "Tick some with Space.")
            )
            return
        project, name = self._bridge.project, self._name_of(code)
        facets = {VALENCE: [self.valence.chosen] if self.valence.chosen else []}
        facets[STAGE] = [
            one.key for one in self.stages.model.choices if one.key in self.stages.keys
        ]
        facets = {key: values for key, values in facets.items() if values}
        words = f"Code {count(len(chosen), 'passage')} as {name}"
        self.apply.setEnabled(False)

        def work(progress: Progress) -> int:
            from app.coding.coding_hits import code_all

            return code_all(
                project, chosen, code, facets=facets, label=words,
                report=lambda done, total: progress.report(done, total),
                is_cancelled=progress.is_cancelled,
            )  # fmt: skip

        def done(number: int) -> None:
            self._told(number, len(chosen), name)

        run(work, words, done, self._failed)

    def _lay_out(self) -> None:
        column = tight(QVBoxLayout(self))
        for widget in (self.unit, self.code, self.valence, self.stages, self.all, self.none):
            self._bar.add(widget)
        column.addWidget(self._bar)
        column.addWidget(line())
        column.addWidget(self._stack, 1)
        column.addWidget(line())
        foot = frame("window")
        row = tight(QHBoxLayout(foot), 8, (16, 8, 16, 8))
        for key, words in (("Space", "Tick"), ("Enter", "Read it"), ("Esc", "Back")):
            row.addWidget(KeyCap(key))
            row.addWidget(label(words, "small", "text_2"))
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.apply)
        row.addWidget(KeyCap("Ctrl Enter"))
        column.addWidget(foot)

    def _connect(self) -> None:
        self.unit.chosen.connect(lambda _key: self._look())
        self.code.changed.connect(self.look_for_coded)
        self.all.clicked.connect(lambda: self.model.tick_all(True))
        self.none.clicked.connect(lambda: self.model.tick_all(False))
        self.back.clicked.connect(self.left)
        self.apply.clicked.connect(self.code_them)
        self.model.ticked.connect(self._show_count)
        self.list.opened.connect(self._open)
        self.list.applied.connect(self.code_them)
        self.list.left.connect(self.left)

    def _offer(self) -> None:
        book = self._evidence.codebook()
        if book is None:
            return
        numbers = {cluster.id: cluster.number for cluster in book.clusters}
        self.code.set_choices(
            [
                Choice(one.id, one.name, "", "cluster", numbers.get(one.cluster_id, ""))
                for one in book.codes
                if not one.retired
            ]
        )
        self.valence.set_choices(
            [
                Choice(one.key, one.label, one.symbol, "valence", one.key)
                for one in facet_values(book, VALENCE)
                if not one.needs_condition
            ]
        )
        self.stages.set_choices([Choice(one.key, one.label) for one in facet_values(book, STAGE)])

    def _look(self) -> None:
        if self._job is not None:
            self._job.cancel()
        project, query = self._bridge.project, self._query
        unit, studies = self.unit.key, self._studies
        self._bar.show_count(f"Looking for “{query}” in the texts")
        self.apply.setEnabled(False)

        def work(progress: Progress) -> "tuple[Proposal, ...]":
            from app.coding.coding_hits import propose

            return propose(
                project, query, unit, typing=True, study_ids=studies,
                report=lambda done, total: progress.report(done, total),
                is_cancelled=progress.is_cancelled,
            )  # fmt: skip

        job = run(work, f"Look for “{query}”", lambda found: self._take(job, found))
        self._job = job

    def _take(self, job: Job, found: "tuple[Proposal, ...]") -> None:
        if job is not self._job:
            return
        self._job = None
        self.model.show(found)
        self._stack.setCurrentWidget(self.list if found else self._empty)
        if not found:
            self._empty.show_message(
                "text-search", "No place to code",
                f"The words of “{self._query}” stand near each other in no text.",
                (("Back to the results", self.left.emit),),
            )  # fmt: skip
            self._bar.show_count("")
            return
        self.list.setCurrentIndex(self.model.index(0))
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.look_for_coded()

    def _show_count(self) -> None:
        total, ticked = len(self.model.proposals), len(self.model.chosen())
        words = f"{ticked:,} of {count(total, 'passage')} ticked"
        if self.model.coded_count:
            words += f", {self.model.coded_count:,} coded already"
        self._bar.show_count(words)
        name = self._name_of(self.code.chosen)
        self.apply.setText(f"Code {count(ticked, 'passage')}" if name else "Choose a code")
        self.apply.setToolTip(f"Code as {name}" if name else "Choose the code that they get")
        self.apply.setEnabled(bool(total) and (not name or bool(ticked)))

    def _name_of(self, code_id: str) -> str:
        return next((one.label for one in self.code.model.choices if one.key == code_id), "")

    def _open(self, proposal: "Proposal") -> None:
        self._window.open_passage(proposal.document_id, proposal.start, proposal.end)

    def _told(self, number: int, wanted: int, name: str) -> None:
        passages = count(number, "passage")
        words = f"Coded {passages} as “{name}”."
        rest = "" if number == wanted else f"Stopped before the other {wanted - number:,}."
        self._window.messages.success(words, rest, undo=number > 0)
        self.look_for_coded()

    def _failed(self, problem: BaseException) -> None:
        self._show_count()
        self._window.messages.report(problem)
