"""The blocks of Hand-ins: conflicts to settle, proposals to answer, files that were taken in."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.coding.handin_facts import TrueConflict
from app.coding.proposals import CHANGED, NEW, Proposal
from app.models.receipts import ReceiptInfo
from app.ui.dates import counted, spoken_date
from app.ui.team.sides import ConflictSides
from app.ui.widgets import Tag, button, clear, label, line, tight

SOURCES = {"submission": "hand-in", "handout": "hand-out", "project": "copy of the project"}


class Block(QWidget):
    """A heading with a count, and what is below it; gone while there is nothing."""

    def __init__(self, heading: str) -> None:
        super().__init__()
        self._heading: QLabel = label(heading, "heading")
        self._note = label("", "small", "text_2", wrap=True)
        self.rows = tight(QVBoxLayout(), 0)
        column = tight(QVBoxLayout(self), 6, (0, 4, 0, 16))
        column.addWidget(self._heading)
        column.addWidget(self._note)
        column.addLayout(self.rows)

    def say(self, note: str) -> None:
        """Put a grey sentence below the heading."""
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def settle(self, number: int) -> None:
        """Show the block where there is something in it."""
        self.setVisible(number > 0)


class ConflictBlock(Block):
    """``settled`` carries a conflict and the revision that is to count."""

    settled = Signal(object, str)

    def __init__(self) -> None:
        super().__init__("To settle")
        self.sides: list[ConflictSides] = []

    def show_conflicts(self, conflicts: Sequence[TrueConflict]) -> None:
        """Show what two people, or two copies, left differently."""
        clear(self.rows)
        self.sides = []
        self.say("Until it is settled the earlier version is shown everywhere.")
        for number, conflict in enumerate(conflicts, start=1):
            made = ConflictSides(conflict, f"{number} of {len(conflicts)}")
            use = button("Use this version")
            use.setEnabled(False)
            made.chosen.connect(lambda _revision, use=use: use.setEnabled(True))
            use.clicked.connect(
                lambda _checked=False, made=made: self.settled.emit(
                    made.conflict.conflict, made.answer
                )
            )
            self.sides.append(made)
            foot = tight(QHBoxLayout(), 8, (0, 8, 0, 12))
            foot.addWidget(use)
            foot.addStretch(1)
            holder = QWidget()
            column = tight(QVBoxLayout(holder))
            column.addWidget(made)
            column.addLayout(foot)
            made.use = use  # type: ignore[attr-defined]
            self.rows.addWidget(holder)
        self.settle(len(conflicts))


class ProposalBlock(Block):
    """``answered`` carries a proposal, the answer, and the code it goes into."""

    answered = Signal(object, str, str)
    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__("Proposed codes")

    def show_proposals(
        self, proposals: Sequence[Proposal], coders: dict[str, str], codes: dict[str, str]
    ) -> None:
        """Show what coders made or changed while they worked apart."""
        clear(self.rows)
        self.say("They count from the hand-in on, until you decide otherwise.")
        for proposal in proposals:
            self.rows.addWidget(self._row(proposal, coders, codes))
            self.rows.addWidget(line())
        self.settle(len(proposals))

    def _row(self, proposal: Proposal, coders: dict[str, str], codes: dict[str, str]) -> QWidget:
        holder = QWidget()
        who = coders.get(proposal.coder_id, "someone")
        used = counted(proposal.codings, "coding", "codings")
        top = tight(QHBoxLayout(), 8)
        name = button(proposal.name, "link", tip="Show the code in the codebook")
        name.clicked.connect(lambda: self.opened.emit(proposal.code_id))
        top.addWidget(name)
        top.addWidget(Tag("New" if proposal.kind == NEW else "Changed", "info"))
        top.addWidget(label(f"by {who}, {used}", "small", "text_2"))
        top.addStretch(1)
        for words, answer in (("Accept", "accept"), ("Refuse", "refuse")):
            made = button(words, tip=_tip(answer, proposal))
            made.setAccessibleName(f"{words}: {proposal.name}")
            made.clicked.connect(
                lambda _checked=False, answer=answer: self.answered.emit(proposal, answer, "")
            )
            top.addWidget(made)
        if proposal.kind == NEW and proposal.same_as:
            twin = codes.get(proposal.same_as, "")
            made = button(
                f"Join with “{twin}”", "primary", tip="Its codings count there from now on"
            )
            made.clicked.connect(lambda: self.answered.emit(proposal, "join", proposal.same_as))
            top.addWidget(made)
        column = tight(QVBoxLayout(holder), 4, (0, 8, 0, 8))
        column.addLayout(top)
        for part, after in proposal.after.items():
            if part != "name" or proposal.kind == CHANGED:
                before = proposal.before.get(part, "")
                words = f"{part.replace('_', ' ').capitalize()}: {after}"
                if before not in ("", None):
                    words += f"  (was: {before})"
                if after not in ("", None, False) or before:
                    column.addWidget(label(words, "small", "text_2", wrap=True))
        return holder


def _tip(answer: str, proposal: Proposal) -> str:
    if answer == "accept":
        return "Let it stand as it is"
    return "The code is retired" if proposal.kind == NEW else "The code is as it was before"


class ReceiptBlock(Block):
    """``taken_back`` carries a receipt; its codings are shown by ``shown``."""

    taken_back = Signal(object)

    def __init__(self) -> None:
        super().__init__("Files taken in")

    def show_receipts(self, receipts: Sequence[ReceiptInfo], coders: dict[str, str]) -> None:
        """Show the files, newest first."""
        clear(self.rows)
        self.say("")
        for receipt in receipts:
            self.rows.addWidget(self._row(receipt, coders))
            self.rows.addWidget(line())
        self.settle(len(receipts))

    def _row(self, receipt: ReceiptInfo, coders: dict[str, str]) -> QWidget:
        holder = QWidget()
        row = tight(QHBoxLayout(holder), 12, (0, 8, 0, 8))
        said = tight(QVBoxLayout(), 0)
        said.addWidget(label(receipt.source_name, "name"))
        number = counted(receipt.rows.get("coding", 0), "coding", "codings")
        every = counted(sum(receipt.rows.values()), "entry", "entries")
        kind = SOURCES.get(receipt.source_kind, "file")
        by = coders.get(receipt.actor_id or "", "")
        taken = f", taken in by {by}" if by else ""
        when = spoken_date(receipt.at)
        said.addWidget(label(f"{when}, {kind}, {number} ({every}){taken}", "small", "text_2"))
        row.addLayout(said, 1)
        row.addWidget(Tag("Taken back", "plain") if receipt.withdrawn else Tag("Counts", "success"))
        if not receipt.withdrawn:
            made = button("Take back…", tip="Let what it brought count no more")
            made.setAccessibleName(f"Take back {receipt.source_name}")
            made.clicked.connect(lambda: self.taken_back.emit(receipt))
            row.addWidget(made)
        return holder
