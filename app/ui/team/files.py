"""Hand-ins: files come in after a dry run, are settled, and can be taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout

from app.coding import proposals as answers
from app.coding.codebooks import load_codebook
from app.coding.handin_facts import TrueConflict
from app.coding.people import list_coders
from app.coding.proposals import Proposal, list_proposals
from app.coding.row_words import RowWords
from app.coding.taking_in import LookedAt, TakenIn, look_into, take_in
from app.coding.team_files import (
    Conflict,
    dependents_in_words,
    list_conflict_sides,
    settle_conflict,
)
from app.errors import UserError
from app.models import Project
from app.models.receipts import Dependents, ReceiptInfo, list_receipts, withdraw_receipt
from app.ui.dates import counted
from app.ui.place import Window
from app.ui.tasks import Progress, run
from app.ui.team.files_blocks import ConflictBlock, ProposalBlock, ReceiptBlock
from app.ui.team.handin_card import HandinCard
from app.ui.team.takeback_card import TakeBackCard
from app.ui.theme import icon
from app.ui.views.team import TeamView
from app.ui.widgets import EmptyView, button, frame, label, line, tight
from app.ui.widgets.notices import Notice

FILTER = "Hand-ins and copies (*.cofactor-handin *.cofactor);;All files (*)"
SUFFIXES = (".cofactor-handin", ".cofactor")


@dataclass(frozen=True, slots=True)
class _Loaded:
    receipts: tuple[ReceiptInfo, ...]
    conflicts: tuple[TrueConflict, ...]
    proposals: tuple[Proposal, ...]
    coders: dict[str, str]
    codes: dict[str, str]


class FilesView(TeamView):
    """Files that come in; ``card`` shows a dry run, ``back`` what depends on a file."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._bridge, self._ticket = window.bridge, 0
        self.setAcceptDrops(True)
        self.conflicts, self.proposals = ConflictBlock(), ProposalBlock()
        self.receipts = ReceiptBlock()
        self.card = HandinCard(self)
        self.back = TakeBackCard(self)
        self.choose = button("Take in a hand-in…", "primary", icon=icon("folder-open", "on_accent"))
        self.choose.clicked.connect(self.ask_files)
        self._build()
        self.card.agreed.connect(self.take_in)
        self.back.agreed.connect(self._take_back)
        self.conflicts.settled.connect(self._settle)
        self.proposals.answered.connect(self._answer)
        self.proposals.opened.connect(window.show_code)
        self.receipts.taken_back.connect(self.ask_take_back)

    def refresh(self) -> None:
        """Read files, conflicts and proposals again, off the window's thread."""
        if not self._bridge.is_open:
            return
        project = self._bridge.project
        self._ticket += 1
        ticket = self._ticket

        def done(loaded: _Loaded) -> None:
            if ticket == self._ticket and self._bridge.is_open:
                self._take(loaded)

        run(lambda _progress: _load(project), "Read the hand-ins", done, listed=False)

    def forget(self) -> None:
        """Let go of the project."""
        self._ticket += 1
        self.card.hide()
        self.back.hide()

    def ask_files(self) -> None:
        """Ask for files and say what they would bring."""
        folder = str(Path(self._bridge.project.path).parent)
        paths, _ = QFileDialog.getOpenFileNames(self, "Take in hand-ins", folder, FILTER)
        if paths:
            self.look([Path(path) for path in paths])

    def look(self, paths: Sequence[Path]) -> None:
        """Say what files would bring; nothing is written."""
        project = self._bridge.project

        def done(looked: tuple[LookedAt, ...]) -> None:
            self.card.show_files(looked)

        run(lambda p: look_into(project, paths, p.report), "Look into hand-ins", done)

    def take_in(self) -> None:
        """Take in what the card shows, in the background."""
        project, paths, chosen = self._bridge.project, self.card.paths(), self.card.answers()

        def work(progress: Progress) -> TakenIn:
            return take_in(project, paths, chosen, progress.report)

        run(work, "Take in hand-ins", self._tell, show=lambda: self.window_of_places.go("team"))

    def ask_take_back(self, receipt: ReceiptInfo) -> None:
        """Say what was built on a file, before it is taken back."""
        project = self._bridge.project

        def done(found: tuple[Dependents, tuple[RowWords, ...]]) -> None:
            self.back.show_receipt(receipt, *found)

        run(
            lambda _p: dependents_in_words(project, receipt.id),
            "Look what depends on it",
            done,
            listed=False,
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files that may be hand-ins."""
        if _files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Say what they would bring."""
        event.acceptProposedAction()
        self.look(_files(event))

    # -- inside ------------------------------------------------------------------------------

    def _take(self, loaded: _Loaded) -> None:
        self.conflicts.show_conflicts(loaded.conflicts)
        self.proposals.show_proposals(loaded.proposals, loaded.coders, loaded.codes)
        self.receipts.show_receipts(loaded.receipts, loaded.coders)
        anything = bool(loaded.receipts or loaded.conflicts or loaded.proposals)
        self._stack.setCurrentWidget(self._area if anything else self.empty)
        waiting = len(loaded.conflicts) + len(loaded.proposals)
        words = f"{waiting} to decide, " if waiting else ""
        self.fact = f"{words}{counted(len(loaded.receipts), 'file', 'files')} taken in"
        self.fact_changed.emit()

    def _tell(self, done: TakenIn) -> None:
        messages = self.window_of_places.messages
        for one in done.refused:
            messages.show(Notice("error", one.problem, one.way, key=f"handin {one.path.name}"))
        if done.reports:
            files = counted(len(done.reports), "hand-in", "hand-ins")
            told = "; ".join(f"{r.coder or r.file} {r.sentence()}" for r in done.reports)
            messages.success(f"{files} taken in.", f"{told}.")

    def _take_back(self) -> None:
        receipt, project = self.back.receipt, self._bridge.project
        if receipt is None:
            return

        def done(_rows: int) -> None:
            self.window_of_places.messages.success(
                f"{receipt.source_name} was taken back.",
                "Take the same file in again if it should count.",
            )

        run(lambda _p: withdraw_receipt(project, receipt.id), "Take back hand-in", done)

    def _settle(self, conflict: Conflict, revision: str) -> None:
        try:
            settle_conflict(self._bridge.project, conflict, revision)
        except UserError as problem:
            self.window_of_places.messages.report(problem)

    def _answer(self, proposal: Proposal, answer: str, into: str) -> None:
        project = self._bridge.project
        try:
            if answer == "accept":
                answers.accept(project, [proposal])
            elif answer == "join":
                answers.join(project, proposal, into)
            else:
                answers.refuse(project, proposal)
        except UserError as problem:
            self.window_of_places.messages.report(problem)
            return
        done = {"accept": "accepted", "join": "joined", "refuse": "refused"}[answer]
        self.window_of_places.messages.success(f"“{proposal.name}” was {done}.", undo=True)

    def _build(self) -> None:
        head = tight(QHBoxLayout(), 12, (16, 12, 16, 12))
        note = "Or drop the files here. First you see what they would bring."
        head.addWidget(self.choose)
        head.addWidget(label(note, "small", "text_2"), 1)
        ground = frame("base")
        column = tight(QVBoxLayout(ground), 0, (24, 12, 24, 24))
        for block in (self.conflicts, self.proposals, self.receipts):
            column.addWidget(block)
        column.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidget(ground)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.empty = EmptyView(
            "users",
            "Nothing has come in yet",
            "When a coder sends a file back, take it in here: first you see what it would bring, "
            "and it can be taken back later.",
            (("Take in a hand-in…", self.ask_files, "folder-open"),),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self._area)
        self._stack.addWidget(self.empty)
        self._stack.setCurrentWidget(self.empty)
        whole = tight(QVBoxLayout(self))
        whole.addLayout(head)
        whole.addWidget(line())
        whole.addWidget(self._stack, 1)


def _load(project: Project) -> _Loaded:
    return _Loaded(
        list_receipts(project),
        list_conflict_sides(project),
        list_proposals(project),
        {coder.id: coder.name for coder in list_coders(project)},
        {code.id: code.name for code in load_codebook(project).codes},
    )


def _files(event: QDropEvent) -> list[Path]:
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls()]
    return [path for path in paths if path.suffix in SUFFIXES]
