"""Settling in bulk what differs only in its ends: how much is allowed, what is taken, how many."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSlider, QVBoxLayout, QWidget

from app.coding.disagreements import QueueEntry
from app.coding.reconciling import INTERSECTION, UNION, Choice, boundary_choices
from app.ui.dates import counted
from app.ui.widgets import SegmentedControl, button, frame, label, tight

MOST, USUAL = 200, 20
NO_SHARE = 100


class SettleBulk(QWidget):
    """Stands in the right panel; ``changed`` tells that other differences would be settled."""

    changed = Signal()
    wanted = Signal()
    left = Signal()

    def __init__(self) -> None:
        """Build it; ``offer`` says what there is."""
        super().__init__()
        self._entries: tuple[QueueEntry, ...] = ()
        self.choices: tuple[tuple[QueueEntry, Choice], ...] = ()
        self.how = SegmentedControl(((UNION, "Union"), (INTERSECTION, "Shared part")))
        self.apart = _slider(0, MOST, USUAL, "Most characters between the ends")
        self.share = _slider(50, NO_SHARE, NO_SHARE, "Least shared part")
        self.settle = button("Settle", "primary")
        self._apart_told = label("", "body", wrap=True)
        self._share_told = label("", "body", wrap=True)
        self._count = label("", "group", wrap=True)
        self._build()
        for slider in (self.apart, self.share):
            slider.valueChanged.connect(lambda _value: self._count_again())
        self.how.chosen.connect(lambda _key: self._count_again())
        self.settle.clicked.connect(self.wanted)

    def _build(self) -> None:
        panel = frame("panel_right")
        column = tight(QVBoxLayout(panel), 8, (16, 14, 16, 14))
        column.addWidget(label("Settle in bulk", "heading"))
        told = "Differences in the ends of a passage alone, with one code and the same facets."
        column.addWidget(label(told, "small", "text_2", wrap=True))
        column.addSpacing(8)
        for words, slider in ((self._apart_told, self.apart), (self._share_told, self.share)):
            column.addWidget(words)
            column.addWidget(slider)
            column.addSpacing(8)
        column.addWidget(label("Take", "small", "text_2"))
        column.addWidget(self.how)
        column.addSpacing(8)
        column.addWidget(self._count)
        column.addWidget(label("They stand in the list at the left.", "small", "text_2"))
        row = tight(QHBoxLayout(), 8)
        cancel = button("Cancel", "quiet")
        cancel.clicked.connect(self.left)
        row.addWidget(self.settle)
        row.addWidget(cancel)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        tight(QVBoxLayout(self)).addWidget(panel)

    def offer(self, entries: Sequence[QueueEntry]) -> None:
        """Choose among these."""
        self._entries = tuple(entries)
        self._count_again()

    def choice(self) -> Choice:
        """Return what is done with each of them."""
        return Choice(self.how.key)

    def _count_again(self) -> None:
        apart, share = self.apart.value(), self.share.value()
        self._apart_told.setText(f"Ends at most {counted(apart, 'character', 'characters')} apart")
        shared = f"or at least {share} % of the words shared" if share < NO_SHARE else ""
        self._share_told.setText(shared or "or by shared words: not used")
        least = share / 100 if share < NO_SHARE else 2.0
        self.choices = boundary_choices(self._entries, self.choice(), most=apart, least_iou=least)
        number = len(self.choices)
        words = counted(number, "difference", "differences")
        self._count.setText(f"{words} would be settled." if number else "None would be settled.")
        self.settle.setText(f"Settle {words}" if number else "Settle")
        self.settle.setEnabled(number > 0)
        self.changed.emit()

    def keys(self) -> frozenset[str]:
        """Return the keys of the rows that would be settled."""
        return frozenset(
            " ".join(sorted(entry.item.ids)) for entry, _choice in self.choices if entry.item
        )


def _slider(low: int, high: int, value: int, name: str) -> QSlider:
    made = QSlider(Qt.Orientation.Horizontal)
    made.setRange(low, high)
    made.setValue(value)
    made.setAccessibleName(name)
    return made
