"""The card that says what files would bring; nothing is written until somebody agrees."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.coding.row_words import RowWords
from app.coding.taking_in import LookedAt
from app.coding.team_files import HandinReport
from app.ui.dates import counted
from app.ui.team.fact_row import FactRow
from app.ui.team.sides import ConflictSides
from app.ui.views.card import Card
from app.ui.widgets import NoticeBar, button, clear, frame, label, line, tight
from app.ui.widgets.notices import Notice

WIDTH, HEIGHT = 780, 640


class HandinCard(Card):
    """``agreed`` when what is shown is to be taken in."""

    agreed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "Hand-in", WIDTH, HEIGHT)
        self.looked: tuple[LookedAt, ...] = ()
        self.conflicts: list[ConflictSides] = []
        self._heading, self._source = label("", "heading"), label("", "body", "text_2", wrap=True)
        self._told = label("", "small", "text_2", wrap=True)
        self.add = button("Add hand-in", "primary")
        self.add.clicked.connect(self._agree)
        cancel = button("Cancel")
        cancel.clicked.connect(self.hide)
        head = tight(QVBoxLayout(), 4, (24, 20, 24, 12))
        head.addWidget(self._heading)
        head.addWidget(self._source)
        ground = frame("raised")
        self._rows = tight(QVBoxLayout(ground), 0, (8, 4, 8, 12))
        self._area = QScrollArea()
        self._area.setWidget(ground)
        self._area.setWidgetResizable(True)
        foot = tight(QHBoxLayout(), 8, (24, 12, 24, 16))
        foot.addWidget(self._told, 1)
        foot.addWidget(cancel)
        foot.addWidget(self.add)
        column = tight(QVBoxLayout(self), 0, (1, 1, 1, 1))
        column.addLayout(head)
        column.addWidget(line())
        column.addWidget(self._area, 1)
        column.addWidget(line())
        column.addLayout(foot)

    def show_files(self, looked: Sequence[LookedAt]) -> None:
        """Show what these files would bring."""
        self.looked = tuple(looked)
        self.conflicts = []
        clear(self._rows)
        several = len(looked) > 1
        self._heading.setText(_heading(self.looked))
        self._source.setText(_source(self.looked))
        for one in self.looked:
            if several:
                self._rows.addWidget(_file_head(one))
            if one.report is None:
                self._say("error", one.problem, one.way)
            else:
                self._show(one.report)
        self._rows.addStretch(1)
        self.open()
        self._dress()
        (self.add if self.add.isEnabled() else self._area).setFocus()

    def paths(self) -> list[Path]:
        """Return the files that can be taken in."""
        return [one.path for one in self.looked if one.report and not one.report.is_empty]

    def answers(self) -> dict[tuple[str, str], str]:
        """Return which version of each conflict was chosen."""
        return {sides.key: sides.answer for sides in self.conflicts if sides.answer}

    def _show(self, report: HandinReport) -> None:
        facts, who = report.facts, report.coder or "this file"
        self._fact(
            "plus", report.added.get("coding", 0), ("coding is added", "codings are added"),
            f"in {counted(facts.studies, 'study', 'studies')}, by {who}", facts.added,
        )  # fmt: skip
        self._fact(
            "minus", report.withdrawn.get("coding", 0),
            ("coding is withdrawn", "codings are withdrawn"),
            f"removed by {who} since the last hand-in", facts.withdrawn,
        )  # fmt: skip
        self._fact(
            "pencil", report.changed.get("coding", 0), ("coding is revised", "codings are revised"),
            "the later revision replaces the earlier one", facts.changed,
        )  # fmt: skip
        self._fact(
            "check", facts.submitted, ("document is submitted", "documents are submitted"),
            "finished in this round; without a coding it counts as nothing found", (),
        )  # fmt: skip
        self._fact(
            "sticky-note", _other(report), ("other entry", "other entries"), _other_words(report),
            (),
        )  # fmt: skip
        names = ", ".join(f"“{code.title}”" for code in facts.codes)
        self._fact(
            "tag", len(facts.codes), ("new code is proposed", "new codes are proposed"),
            f"{names}: you decide afterwards where they go", facts.codes,
            ("Your decision", "info"),
        )  # fmt: skip
        if facts.texts:
            self._rows.addWidget(
                FactRow(
                    "file-warning", len(facts.texts),
                    "document text differs" if len(facts.texts) == 1 else "document texts differ",
                    "; ".join(text.sentence() for text in facts.texts), (), ("Look at", "warning"),
                )
            )  # fmt: skip
        texts = {f"{text.sentence()}." for text in facts.texts}
        asked = any(one.one_person for one in facts.conflicts)
        for text, way in report.warnings():
            if text not in texts and not (asked and "in two copies" in text):
                self._say("info" if report.is_empty else "warning", text, way)
        for number, conflict in enumerate(facts.conflicts, start=1):
            sides = ConflictSides(conflict, f"{number} of {len(facts.conflicts)}")
            sides.chosen.connect(lambda _revision: self._dress())
            self.conflicts.append(sides)
            holder = QWidget()
            tight(QVBoxLayout(holder), 0, (16, 12, 16, 8)).addWidget(sides)
            self._rows.addWidget(holder)

    def _fact(
        self,
        icon: str,
        number: int,
        words: tuple[str, str],
        detail: str,
        lines: Iterable[RowWords],
        tag: tuple[str, str] | None = None,
    ) -> None:
        if number:
            made = FactRow(icon, number, words[number != 1], detail, tuple(lines), tag)
            self._rows.addWidget(made)

    def _say(self, kind: str, text: str, detail: str) -> None:
        holder = QWidget()
        made = NoticeBar(Notice(kind, text, detail))
        tight(QVBoxLayout(holder), 0, (16, 8, 16, 0)).addWidget(made)
        made.closed.connect(holder.hide)
        self._rows.addWidget(holder)

    def _dress(self) -> None:
        left = sum(not sides.answer for sides in self.conflicts)
        paths = self.paths()
        self.add.setText("Add hand-in" if len(self.looked) == 1 else f"Add {len(paths)} hand-ins")
        self.add.setEnabled(bool(paths) and not left)
        if not paths:
            self._told.setText("There is nothing to add.")
        elif left:
            self._told.setText(f"{counted(left, 'choice is', 'choices are')} left.")
        else:
            self._told.setText("A backup is made first, and it can be taken back as a whole.")

    def _agree(self) -> None:
        self.hide()
        self.agreed.emit()


def _heading(looked: Sequence[LookedAt]) -> str:
    if len(looked) > 1:
        return f"{len(looked)} hand-ins"
    report = looked[0].report if looked else None
    return f"Hand-in from {report.coder}" if report and report.coder else "Hand-in"


def _source(looked: Sequence[LookedAt]) -> str:
    names = ", ".join(one.path.name for one in looked)
    size = sum(one.path.stat().st_size for one in looked if one.path.is_file())
    return f"{names}, {size // 1000 + 1:,} kB. Nothing is written until you agree."


def _file_head(one: LookedAt) -> QWidget:
    who = f"{one.report.coder}: " if one.report and one.report.coder else ""
    made = label(f"{who}{one.path.name}", "name")
    made.setContentsMargins(16, 12, 16, 4)
    return made


def _other(report: HandinReport) -> int:
    known = ("coding", "layer", "code", "device")
    return sum(
        number
        for counts in (report.added, report.changed, report.withdrawn)
        for kind, number in counts.items()
        if kind not in known
    ) + report.changed.get("code", 0)


def _other_words(report: HandinReport) -> str:
    from app.coding.row_words import NOUNS

    kinds = {
        NOUNS.get(kind, kind).casefold()
        for counts in (report.added, report.changed, report.withdrawn)
        for kind in counts
        if kind not in ("coding", "layer", "device")
        and (kind != "code" or counts is report.changed)
    }
    return ", ".join(sorted(kinds))
