"""The cards of the overview: a round, sharing documents out, handing out, sending back."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSpinBox, QWidget

from app.coding.people import CoderInfo, RoundInfo
from app.coding.roster import share_out
from app.ui.dates import counted
from app.ui.team.form_card import FormCard
from app.ui.widgets import SegmentedControl, label

ALL, SPLIT = "all", "split"
SEED = 1


class RoundCard(FormCard):
    """A new round, or another name for one."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            parent,
            "New round",
            "In a calibration round everyone codes the same few documents, to settle what the "
            "codes mean. Coding rounds are the work itself.",
            "Add round",
            size=(480, 330),
        )
        self.name = QLineEdit()
        self.kind = SegmentedControl((("coding", "Coding"), ("calibration", "Calibration")))
        self.add_field("Name", self.name)
        self.kind_label = label("Kind", "small", "text_2")
        self.fields.addWidget(self.kind_label)
        self.fields.addWidget(self.kind, 0, Qt.AlignmentFlag.AlignLeft)
        self.fields.addStretch(1)

    def begin(self, round_: RoundInfo | None = None) -> None:
        """Ask for a new round, or for another name of ``round_``."""
        self.heading.setText("Rename round" if round_ else "New round")
        self.sentence.setVisible(round_ is None)
        self.kind.setVisible(round_ is None)
        self.kind_label.setVisible(round_ is None)
        self.main.setText("Rename" if round_ else "Add round")
        self.name.setText(round_.name if round_ else "")
        self.tell("")
        self.open()
        self.name.setFocus()
        self.name.selectAll()


class ShareCard(FormCard):
    """Puts documents on lists: everyone everything, or split with a share coded twice."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "Put documents on lists", "", "Put on lists", size=(560, 460))
        self._documents: Sequence[str] = ()
        self._coders: Sequence[CoderInfo] = ()
        self.ticks: list[QCheckBox] = []
        self.mode = SegmentedControl(((ALL, "Everyone codes all"), (SPLIT, "Split evenly")))
        self.overlap = QSpinBox()
        self.overlap.setRange(0, 100)
        self.overlap.setSingleStep(5)
        self.overlap.setSuffix(" %")
        self.overlap.setValue(20)
        self.overlap.setAccessibleName("Share coded by two people")
        self._who = label("Who", "small", "text_2")
        self.fields.addWidget(self._who)
        self._tick_at = self.fields.count()
        self.fields.addSpacing(8)
        self.fields.addWidget(self.mode, 0, Qt.AlignmentFlag.AlignLeft)
        self._share = label("Of these, coded by two people", "small", "text_2")
        self.fields.addWidget(self._share)
        self.fields.addWidget(self.overlap, 0, Qt.AlignmentFlag.AlignLeft)
        self.told = label("", "body", "text_2", wrap=True)
        self.fields.addSpacing(8)
        self.fields.addWidget(self.told)
        self.fields.addStretch(1)
        self.mode.chosen.connect(lambda _key: self._show())
        self.overlap.valueChanged.connect(lambda _value: self._show())

    def begin(self, documents: Sequence[str], coders: Sequence[CoderInfo], all_of: int) -> None:
        """Ask how these documents are to be shared out."""
        self._documents, self._coders = documents, coders
        for tick in self.ticks:
            self.fields.removeWidget(tick)
            tick.hide()
            tick.deleteLater()
        self.ticks = []
        for number, coder in enumerate(coders):
            tick = QCheckBox(coder.name)
            tick.setChecked(True)
            tick.toggled.connect(lambda _on: self._show())
            self.fields.insertWidget(self._tick_at + number, tick)
            self.ticks.append(tick)
        some = len(documents) != all_of
        every = counted(len(documents), "document", "documents")
        self.sentence.setText(f"The {every} you have chosen. " if some else f"All {every}. ")
        self.tell("")
        self._show()
        self.open()
        (self.ticks[0] if self.ticks else self.main).setFocus()

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return who would get what."""
        chosen = [
            c.id for c, tick in zip(self._coders, self.ticks, strict=True) if tick.isChecked()
        ]
        if self.mode.key == ALL:
            return tuple((d, coder) for d in self._documents for coder in chosen)
        share = self.overlap.value() / 100
        return share_out(self._documents, chosen, overlap=share, seed=SEED)

    def _show(self) -> None:
        split = self.mode.key == SPLIT
        self.overlap.setVisible(split)
        self._share.setVisible(split)
        pairs = self.pairs()
        lists = Counter(coder for _document, coder in pairs)
        times = Counter(document for document, _coder in pairs)
        doubled = sum(number > 1 for number in times.values())
        parts = [f"{lists[c.id]} for {c.name}" for c in self._coders if lists[c.id]]
        words = ", ".join(parts) or "Nobody is chosen."
        twice = f"; {doubled} of them coded by more than one" if doubled and parts else ""
        self.told.setText(f"{words}{twice}." if parts else words)
        self.foot_words.setText("The same choice gives the same lists." if split else "")
        self.main.setEnabled(bool(pairs))


class HandOutCard(FormCard):
    """Asks for whom, for which rounds, with or without PDFs."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            parent,
            "Hand out",
            "The file holds the documents, the codebook and this person's own work. Nothing that "
            "anybody else has coded is in it.",
            "Choose where…",
            size=(520, 400),
        )
        self.coder, self.round = QComboBox(), QComboBox()
        self.with_pdfs = QCheckBox("With the PDFs")
        self.with_pdfs.setToolTip(
            "Without them the file is small; the coder adds their own copies, which are recognised"
        )
        self.with_pdfs.setChecked(True)
        self.add_field("For", self.coder)
        self.add_field("Rounds", self.round)
        self.fields.addSpacing(4)
        self.fields.addWidget(self.with_pdfs)
        self.fields.addStretch(1)

    def begin(
        self, coders: Sequence[CoderInfo], rounds: Sequence[RoundInfo], coder_id: str, you: str
    ) -> None:
        """Ask; ``coder_id`` stands first where it is given, you last."""
        self.coder.clear()
        for coder in sorted(coders, key=lambda c: (c.id != coder_id, c.id == you)):
            self.coder.addItem(coder.name, coder.id)
        self.round.clear()
        self.round.addItem("All rounds", None)
        for round_ in rounds:
            self.round.addItem(f"Only {round_.name}", round_.id)
        self.main.setEnabled(self.coder.count() > 0)
        self.tell("" if self.coder.count() else "Add a coder first (menu Team).")
        self.open()
        self.coder.setFocus()

    def file_name(self, title: str) -> str:
        """Return the name that is proposed for the file."""
        who = self.coder.currentText().split(" (")[0]
        return f"{_plain(title)} for {_plain(who)}.cofactor"


def _plain(words: str) -> str:
    return "".join(c if c.isalnum() or c in " -_" else " " for c in words).strip() or "project"


def submission_name(name: str, round_: str, folder: Path) -> Path:
    """Return a free name for what a coder sends back."""
    stem = f"{_plain(name)} {_plain(round_)}".strip()
    path, number = folder / f"{stem}.cofactor-handin", 2
    while path.exists():
        path = folder / f"{stem} {number}.cofactor-handin"
        number += 1
    return path
