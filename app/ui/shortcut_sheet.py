"""The sheet of all keys, from the table of actions."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.ui.actions import MENUS, ActionRow, Actions, cap_text
from app.ui.theme import px
from app.ui.widgets.counts import KeyCap
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.layout import button, label, tight
from app.ui.widgets.search_field import SearchField

COLUMNS = 2


class ShortcutSheet(Dialog):
    """Keys grouped by menu; a field finds by word or key."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__("Keyboard shortcuts", parent)
        self._actions = actions
        self.finder = SearchField("Find a key or an action")
        self.finder.textChanged.connect(self._fill)
        self.finder.left.connect(self.reject)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
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
        hint = "Single letters are the codes’ own keys; they work while you read."
        foot.addWidget(label(hint, "small", "text_2"), 1)
        foot.addWidget(close)
        column.addLayout(foot)
        self._fill("")
        self.resize(px(760), px(560))

    def _fill(self, query: str) -> None:
        words = query.casefold().split()
        inner = QWidget()
        grid = tight(QGridLayout(inner), 32, (0, 4, 16, 4))
        groups = [(menu, self._rows(menu, words)) for menu in MENUS]
        heights = [0] * COLUMNS
        columns = [tight(QVBoxLayout(), 24) for _ in range(COLUMNS)]
        for menu, rows in groups:
            if rows:
                shortest = heights.index(min(heights))
                columns[shortest].addLayout(self._group(menu, rows))
                heights[shortest] += len(rows) + 2
        for number, column in enumerate(columns):
            column.addStretch(1)
            grid.addLayout(column, 0, number)
            grid.setColumnStretch(number, 1)
        self._area.setWidget(inner)
        inner.setAutoFillBackground(False)
        self._area.viewport().setAutoFillBackground(False)

    def _rows(self, menu: str, words: list[str]) -> list[ActionRow]:
        return [
            row
            for row in self._actions.rows.values()
            if row.keys
            and row.menu.partition("/")[0] == menu
            and all(word in f"{row.text} {' '.join(row.keys)}".casefold() for word in words)
        ]

    def _group(self, menu: str, rows: list[ActionRow]) -> QGridLayout:
        grid = tight(QGridLayout(), 6)
        grid.addWidget(label(menu, "group"), 0, 0)
        for number, row in enumerate(rows, start=1):
            words = label(row.text.rstrip("…"), "body", "text_2")
            grid.addWidget(words, number, 0)
            keys = tight(QHBoxLayout(), 4)
            keys.addStretch(1)
            for key in self._actions[row.id].shortcuts()[:2]:
                native = key.toString(QKeySequence.SequenceFormat.NativeText)
                keys.addWidget(KeyCap(cap_text(native)), 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addLayout(keys, number, 1)
        grid.setColumnStretch(0, 1)
        return grid
