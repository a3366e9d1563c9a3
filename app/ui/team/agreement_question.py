"""The row above the table of agreement: whose work is compared, in what unit, with which seed."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSlider, QSpinBox, QWidget

from app.analysis.agreement.bootstrap import SEED
from app.analysis.agreement.report import Settings
from app.coding.agreement import Question
from app.coding.codebooks import load_codebook
from app.coding.documents import list_documents
from app.coding.people import RoundInfo, list_coders, list_rounds
from app.models import Project
from app.ui.team.agreement_columns import CHARACTERS, PASSAGES, UNITS
from app.ui.views.choice_chip import Choice, ChoiceChip
from app.ui.widgets import Chip, FilterRow, fix, label, tight

ALL_WORK, SUBMITTED, NEWEST = "all", "submitted", "newest"
WORK = (
    (ALL_WORK, "Work: all", "All work; what is not submitted counts as it stands"),
    (SUBMITTED, "Work: submitted", "Submitted work only"),
    (NEWEST, "Work: newest", "Each coder's newest work on a document, whatever the round"),
)
PAUSE = 350  # milliseconds after the last step of the slider before anything is computed


class QuestionRow(FilterRow):
    """``changed`` asks for another report, ``unit_changed`` only for another table of it."""

    changed = Signal()
    unit_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rounds: tuple[RoundInfo, ...] = ()
        self._round, self._work, self.unit = "", ALL_WORK, CHARACTERS
        self.with_consensus = False
        self._code_ids: dict[str, frozenset[str]] = {}
        self._quiet = False
        self.round_chip = Chip("Round: any")
        self.round_chip.set_menu(self._round_menu)
        self.round_chip.removed.connect(lambda: self.set_round(""))
        self.coders = ChoiceChip("Coders")
        self.codes = ChoiceChip("Codes")
        self.documents = ChoiceChip("Documents")
        self.work_chip = Chip(WORK[0][1])
        self.work_chip.set_menu(self._work_menu)
        self.work_chip.removed.connect(lambda: self.set_work(ALL_WORK))
        self.consensus_chip = Chip("Consensus: left out")
        self.consensus_chip.setToolTip("Show each coder beside the consensus, among the pairs")
        self.consensus_chip.clicked.connect(lambda: self.set_consensus(not self.with_consensus))
        self.consensus_chip.removed.connect(lambda: self.set_consensus(False))
        self.unit_chip = Chip("Unit: characters")
        self.unit_chip.set_menu(self._unit_menu)
        self.overlap = QSlider(Qt.Orientation.Horizontal)
        self.overlap.setRange(5, 100)
        self.overlap.setSingleStep(5)
        self.overlap.setPageStep(10)
        self.overlap.setValue(50)
        self.overlap.setAccessibleName("Overlap that matched passages have in common")
        self.overlap_words = label("", "small", "text_2")
        self.seed = QSpinBox()
        self.seed.setRange(0, 2_147_483_647)
        self.seed.setValue(SEED)
        self.seed.setAccessibleName("Seed of the intervals")
        self.seed.setToolTip("The same seed gives the same intervals")
        self.seed.setKeyboardTracking(False)
        for chip in (self.round_chip, self.coders, self.codes, self.documents, self.work_chip,
                     self.consensus_chip, self.unit_chip):  # fmt: skip
            self.add(chip)
        self.add(self._beside(self.overlap_words, fix(self.overlap, width=90)))
        self.add(self._beside(label("Seed", "small", "text_2"), fix(self.seed, width=116)))
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.changed)
        for choice in (self.coders, self.codes, self.documents):
            choice.changed.connect(self._tell)
        self.overlap.valueChanged.connect(self._slide)
        self.seed.valueChanged.connect(lambda _value: self._tell())
        self._show_overlap()

    def offer(self, project: Project) -> None:
        """Offer what the project holds; choices that still exist stay."""
        self._quiet = True
        coders = list_coders(project)
        self.coders.set_choices(
            [Choice(coder.id, coder.name) for coder in coders if coder.role != "consensus"]
        )
        self.consensus_chip.setVisible(any(coder.role == "consensus" for coder in coders))
        codebook = load_codebook(project)
        self._code_ids = {
            cluster.id: frozenset(c.id for c in codebook.codes if c.cluster_id == cluster.id)
            for cluster in codebook.clusters
        }
        numbers = {cluster.id: cluster.number for cluster in codebook.clusters}
        codes = [code for code in codebook.codes if not code.retired]
        self._code_ids |= {code.id: frozenset({code.id}) for code in codes}
        groups = [Choice(c.id, f"All of {c.name}", "", "cluster", c.number)
                  for c in codebook.clusters]  # fmt: skip
        single = [Choice(c.id, c.name, "", "cluster", numbers.get(c.cluster_id, ""))
                  for c in codes]  # fmt: skip
        self.codes.set_choices([*groups, *single])
        self.documents.set_choices(
            [Choice(d.id, d.study_label or d.file_name) for d in list_documents(project)]
        )
        self._rounds = list_rounds(project)
        if self._round not in [known.id for known in self._rounds]:
            self._round = ""
        self._show_round()
        self._quiet = False

    def question(self) -> Question:
        """Return whose work is asked for."""
        codes = [self._code_ids.get(key, frozenset[str]()) for key in self.codes.keys]
        return Question(
            round_id=self._round or None,
            coder_ids=self.coders.keys or None,
            code_ids=frozenset[str]().union(*codes) if codes else None,
            document_ids=self.documents.keys or None,
            finished_only=self._work == SUBMITTED,
            newest_only=self._work == NEWEST,
            with_consensus=self.with_consensus,
        )

    def settings(self) -> Settings:
        """Return how it is computed."""
        return replace(Settings(), threshold=self.overlap.value() / 100, seed=self.seed.value())

    def is_narrowed(self) -> bool:
        """Whether any filter holds something back."""
        return self.question() != Question(with_consensus=self.with_consensus)

    def clear(self) -> None:
        """Take all filters away."""
        self._quiet = True
        for chip in (self.coders, self.codes, self.documents):
            chip.choose(())
        self._round = ""
        self._show_round()
        self.set_work(ALL_WORK)
        self._quiet = False
        self._tell()

    def show_question(self, question: Question, settings: Settings) -> None:
        """Ask what was asked before."""
        self._quiet = True
        self.coders.choose(question.coder_ids or ())
        self.codes.choose(question.code_ids or ())
        self.documents.choose(question.document_ids or ())
        self._round = question.round_id or ""
        self._show_round()
        work = SUBMITTED if question.finished_only else NEWEST if question.newest_only else ALL_WORK
        self.set_work(work)
        self.set_consensus(question.with_consensus)
        self.overlap.setValue(round(settings.threshold * 100))
        self.seed.setValue(settings.seed)
        self._pause.stop()
        self._quiet = False
        self._tell()

    def set_round(self, round_id: str) -> None:
        """Compare the work of one round, or of all."""
        self._round = round_id
        self._show_round()
        self._tell()

    def set_work(self, work: str) -> None:
        """Compare all work, only what is submitted, or the newest."""
        self._work = work
        words = next(short for key, short, _long in WORK if key == work)
        self.work_chip.show_state(words, work != ALL_WORK)
        self._tell()

    def set_consensus(self, wanted: bool) -> None:
        """Show each coder beside the consensus as well."""
        self.with_consensus = wanted
        words = "Consensus: among the pairs" if wanted else "Consensus: left out"
        self.consensus_chip.show_state(words, wanted)
        self._tell()

    def set_unit(self, unit: str) -> None:
        """Show the numbers of another unit."""
        self.unit = unit
        self.unit_chip.show_state(f"Unit: {dict(UNITS)[unit].lower()}", False)
        self._show_overlap()
        self.unit_changed.emit()

    def _tell(self) -> None:
        if not self._quiet:
            self._pause.stop()
            self.changed.emit()

    def _slide(self) -> None:
        self._show_overlap()
        if not self._quiet:
            self._pause.start()

    def _show_overlap(self) -> None:
        told = f"Overlap {self.overlap.value()} %"
        self.overlap_words.setText(told)
        tip = "Share of the longer passage that two matched passages have in common"
        self.overlap.setToolTip(tip)
        tone = "text" if self.unit == PASSAGES else "text_2"
        self.overlap_words.setProperty("tone", tone)
        self.overlap_words.style().polish(self.overlap_words)

    def _show_round(self) -> None:
        name = next((known.name for known in self._rounds if known.id == self._round), "")
        self.round_chip.show_state(name or "Round: any", bool(name))

    def _round_menu(self) -> QMenu:
        entries = [("", "All rounds"), *((known.id, known.name) for known in self._rounds)]
        return self._menu(entries, self._round, self.set_round)

    def _work_menu(self) -> QMenu:
        return self._menu([(key, long) for key, _short, long in WORK], self._work, self.set_work)

    def _unit_menu(self) -> QMenu:
        return self._menu(list(UNITS), self.unit, self.set_unit)

    def _menu(self, entries: list[tuple[str, str]], now: str, act) -> QMenu:  # type: ignore[no-untyped-def]
        menu = QMenu(self)
        for key, words in entries:
            entry = menu.addAction(words, partial(act, key))
            entry.setCheckable(True)
            entry.setChecked(key == now)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    @staticmethod
    def _beside(*widgets: QWidget) -> QWidget:
        holder = QWidget()
        row = tight(QHBoxLayout(holder), 8)
        for widget in widgets:
            row.addWidget(widget)
        return holder
