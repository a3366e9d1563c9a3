"""The sheet of all keys: those of the page and of the codebook, then those of the menus."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.ui.actions import Actions
from app.ui.key_groups import KeyGroup, key_groups
from app.ui.theme import px
from app.ui.widgets.counts import KeyCap
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.elided import ElidedLabel
from app.ui.widgets.layout import button, label, tight
from app.ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from app.coding.codebook import Codebook

COLUMNS = 2


class ShortcutSheet(Dialog):
    """Keys in groups; a field finds by word or key."""

    change_wanted = Signal()

    def __init__(
        self,
        actions: Actions,
        parent: QWidget,
        codebook: "Codebook | None" = None,
        recent: Mapping[str, int] | None = None,
    ) -> None:
        """``codebook`` gives the keys of its codes; None while no project is open.

        ``recent`` are the digits of the codes used last.
        """
        super().__init__("Keyboard shortcuts", parent)
        self.groups = key_groups(actions, codebook, recent)
        self.shown: list[KeyGroup] = []
        self.finder = SearchField("Find a key or an action")
        self.finder.textChanged.connect(self._fill)
        self.finder.left.connect(self.reject)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = tight(QVBoxLayout(self), 16, (24, 24, 24, 24))
        head = tight(QHBoxLayout(), 16)
        head.addWidget(label("Keyboard shortcuts", "heading"), 1)
        self.finder.setFixedWidth(px(240))
        head.addWidget(self.finder)
        column.addLayout(head)
        column.addWidget(self._area, 1)
        close = button("Close", "primary")
        close.clicked.connect(self.accept)
        foot = tight(QHBoxLayout(), 8)
        hint = "Keys without Ctrl or Alt work on the page, never while you type in a field."
        foot.addWidget(label(hint, "small", "text_2", wrap=True), 1)
        change = button("Change shortcuts…")
        change.clicked.connect(self.change_wanted)
        foot.addWidget(change)
        foot.addWidget(close)
        column.addLayout(foot)
        self._fill("")
        room = parent.size()
        self.resize(min(px(860), room.width() - px(48)), min(px(680), room.height() - px(96)))

    def _fill(self, query: str) -> None:
        words = query.casefold().split()
        inner = QWidget()
        grid = tight(QGridLayout(inner), 32, (0, 4, 16, 4))
        self.shown = [found for group in self.groups if (found := _fitting(group, words)).lines]
        heights = [0] * COLUMNS
        columns = [tight(QVBoxLayout(), 24) for _ in range(COLUMNS)]
        for group in self.shown:
            shortest = heights.index(min(heights))
            columns[shortest].addLayout(_lay_out(group))
            heights[shortest] += len(group.lines) + 2
        for number, column in enumerate(columns):
            column.addStretch(1)
            grid.addLayout(column, 0, number)
            grid.setColumnStretch(number, 1)
        self._area.setWidget(inner)
        inner.setAutoFillBackground(False)
        self._area.viewport().setAutoFillBackground(False)


def _fitting(group: KeyGroup, words: Sequence[str]) -> KeyGroup:
    """Return the group with the lines that hold all words in their text, keys or head."""
    lines = tuple(
        line
        for line in group.lines
        if all(
            word in f"{group.title} {line.text} {' '.join(line.caps)}".casefold() for word in words
        )
    )
    return KeyGroup(group.title, lines)


def _lay_out(group: KeyGroup) -> QVBoxLayout:
    column = tight(QVBoxLayout(), 6)
    column.addWidget(label(group.title, "group"))
    for line in group.lines:
        row = tight(QHBoxLayout(), 4)
        row.addWidget(ElidedLabel(line.text, "body", "text_2"), 1)
        for cap in line.caps:
            row.addWidget(KeyCap(cap), 0, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(row)
    return column
