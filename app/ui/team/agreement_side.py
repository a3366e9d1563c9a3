"""The panel beside the table of agreement: the passages behind a number, by who coded them."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.ui.theme import icon, px
from app.ui.views.code_parts import Swatch
from app.ui.views.passages import PassageRow
from app.ui.views.passages_list import PassagesList
from app.ui.views.people import Person
from app.ui.views.side_panel import SidePanel
from app.ui.views.studies_rows import count
from app.ui.widgets import (
    KeyCap,
    SegmentedControl,
    button,
    clear,
    frame,
    icon_button,
    label,
    line,
    tight,
)

WIDTH = 332
MOST_SHOWN = 2_000


class AgreementSide(SidePanel):
    """``part_wanted`` carries "all", "both", "some" or "only:" and a coder id."""

    opened = Signal(object)
    part_wanted = Signal(str)
    settle_wanted = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.list = PassagesList()
        self.list.opened.connect(self.opened)
        self.parts = SegmentedControl((("all", "All"),))
        self.settle = button("Settle these", "small", tip="Open the differences of this code")
        self.settle.clicked.connect(self.settle_wanted)
        self.fact = label("", "small", "text_2", wrap=True)
        self._name = label("", "group", wrap=True)
        self._swatch_holder = tight(QHBoxLayout())
        self._parts_holder = tight(QHBoxLayout())
        self._foot = label("", "small", "text_2")
        close = icon_button(icon("x", size=16), "Close the passages", tip="Close  Esc", size=16)
        close.clicked.connect(self.closed)
        ground = frame("panel_right")
        tight(QVBoxLayout(self)).addWidget(ground)
        column = tight(QVBoxLayout(ground))
        top = tight(QVBoxLayout(), 4, (16, 12, 8, 10))
        head = tight(QHBoxLayout(), 8)
        head.addLayout(self._swatch_holder)
        head.addWidget(self._name, 1)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(head)
        top.addWidget(self.fact)
        top.addSpacing(px(4))
        row = tight(QHBoxLayout(), 8, (0, 0, 8, 0))
        row.addLayout(self._parts_holder)
        row.addStretch(1)
        top.addLayout(row)
        below = tight(QHBoxLayout(), 8, (0, 0, 8, 0))
        below.addStretch(1)
        below.addWidget(self.settle)
        top.addLayout(below)
        column.addLayout(top)
        column.addWidget(line())
        column.addWidget(self.list, 1)
        column.addWidget(line())
        foot = tight(QHBoxLayout(), 8, (16, 8, 16, 8))
        foot.addWidget(KeyCap("Enter"))
        foot.addWidget(label("Open passage", "small", "text_2"))
        foot.addStretch(1)
        foot.addWidget(self._foot)
        column.addLayout(foot)
        self.setAccessibleName("Passages behind the number")

    def show_subject(
        self, name: str, tint: str, parts: Sequence[tuple[str, str]], part: str, settles: bool
    ) -> None:
        """Say what was chosen, and offer its parts."""
        self._name.setText(name)
        clear(self._swatch_holder)
        if tint:
            self._swatch_holder.addWidget(Swatch(tint, side=9))
        clear(self._parts_holder)
        self.parts = SegmentedControl(parts)
        self.parts.choose(part)
        self.parts.chosen.connect(self.part_wanted)
        self._parts_holder.addWidget(self.parts)
        self.settle.setVisible(settles)
        self.show_waiting()

    def show_waiting(self) -> None:
        """Say that the passages are being gathered."""
        self.fact.setText("Gathering the passages …")
        self.list.show_rows(())
        self._foot.setText("")

    def show_rows(
        self, fact: str, rows: Sequence[PassageRow], people: Mapping[str, Person]
    ) -> None:
        """Show the passages."""
        self.fact.setText(fact)
        self.list.set_people(people)
        self.list.show_rows(rows[:MOST_SHOWN])
        more = len(rows) - MOST_SHOWN
        shown = count(len(rows), "passage")
        self._foot.setText(f"{MOST_SHOWN:,} of {shown}" if more > 0 else shown)
