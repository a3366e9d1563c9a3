"""The panel beside a picture: what was chosen, its numbers, and the passages behind them."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.ui.theme import px
from app.ui.views.code_parts import Swatch
from app.ui.views.passages import PassageRow
from app.ui.views.passages_list import PassagesList
from app.ui.views.side_panel import SidePanel
from app.ui.views.studies_rows import count
from app.ui.widgets import KeyCap, clear, frame, label, line, tight


@dataclass(frozen=True, slots=True)
class Subject:
    """What was chosen: names with cluster numbers, and what is to be said of it."""

    names: tuple[tuple[str, str], ...]
    facts: tuple[str, ...]


class PassagesPanel(SidePanel):
    """Head and list; ``opened`` carries a PassageRow."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.list = PassagesList()
        self.list.opened.connect(self.opened)
        self._hint = label("", "body", "text_2", wrap=True)
        nothing = QWidget()
        words = tight(QVBoxLayout(nothing), 4, (20, 20, 20, 20))
        words.addWidget(label("Nothing chosen", "heading"))
        words.addWidget(self._hint)
        words.addStretch(1)
        self._head_holder = QWidget()
        self._head = tight(QVBoxLayout(self._head_holder))
        self._foot = label("", "small", "text_2")
        shown = QWidget()
        column = tight(QVBoxLayout(shown))
        column.addWidget(self._head_holder)
        column.addWidget(line())
        column.addWidget(self.list, 1)
        column.addWidget(line())
        column.addLayout(self._make_foot())
        ground = frame("window")
        tight(QVBoxLayout(self)).addWidget(ground)
        # With its parent from the start: it shows its first page at once.
        self._stack = QStackedLayout(ground)
        self._stack.addWidget(nothing)
        self._stack.addWidget(shown)
        self.setAccessibleName("Passages")

    def show_nothing(self, sentence: str) -> None:
        """Say what a click would show here."""
        self._hint.setText(sentence)
        self._stack.setCurrentIndex(0)
        self.list.show_rows(())

    def show_passages(self, subject: Subject, rows: Sequence[PassageRow]) -> None:
        """Show what was chosen and the passages behind it."""
        inner = QWidget()
        column = tight(QVBoxLayout(inner), 4, (16, 16, 16, 12))
        for name, number in subject.names:
            entry = tight(QHBoxLayout(), 8)
            entry.addWidget(Swatch(number, side=9), 0, Qt.AlignmentFlag.AlignVCenter)
            entry.addWidget(label(name, "group", wrap=True), 1)
            column.addLayout(entry)
        column.addSpacing(px(2))
        for fact in subject.facts:
            column.addWidget(label(fact, "small", "text_2", wrap=True))
        clear(self._head)
        self._head.addWidget(inner)
        self.list.show_rows(rows)
        studies = len({row.study for row in rows})
        self._foot.setText(f"{count(len(rows), 'passage')}, {count(studies, 'study')}")
        self._stack.setCurrentIndex(1)

    def _make_foot(self) -> QHBoxLayout:
        foot = tight(QHBoxLayout(), 8, (16, 8, 16, 8))
        foot.addWidget(KeyCap("Enter"))
        foot.addWidget(label("Open passage", "small", "text_2"))
        foot.addStretch(1)
        foot.addWidget(self._foot)
        return foot


def sentences(description: str, name: str) -> list[str]:
    """Return a description without its name, in parts that are easy to read."""
    parts = [part.strip() for part in description.removeprefix(f"{name}: ").split("; ")]
    return [f"{part[:1].upper()}{part[1:]}." for part in parts if part]
