"""Merging and splitting a code, in the page of the code itself."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QListView, QVBoxLayout

from app.coding.codebook import Code, Codebook
from app.ui.theme import px
from app.ui.views.code_fields import CodeField
from app.ui.views.studies_rows import count
from app.ui.widgets import button, frame, label, tight

ROWS_SHOWN, ROW = 6, 26


class MergePanel(QFrame):
    """Asks into which code this one goes; ``merged`` carries that code's id."""

    merged = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._name = ""
        self._head = label("", "name", wrap=True)
        self._told = label("", "small", "text_2", wrap=True)
        self.field = CodeField("Find the code to merge into")
        self.main = button("Merge", "primary")
        self._build()
        self.field.textChanged.connect(self._look)
        self.field.returnPressed.connect(self._accept)
        self.field.left.connect(self.hide)
        self.main.clicked.connect(self._accept)

    def _build(self) -> None:
        card = frame("card")
        tight(QVBoxLayout(self), 0, (0, 12, 0, 4)).addWidget(card)
        column = tight(QVBoxLayout(card), 8, (16, 12, 16, 12))
        column.addWidget(self._head)
        column.addWidget(self._told)
        row = tight(QHBoxLayout(), 8)
        row.addWidget(self.field, 1)
        row.addWidget(self.main)
        cancel = button("Cancel", "quiet")
        cancel.clicked.connect(self.hide)
        row.addWidget(cancel)
        column.addLayout(row)
        self.hide()

    def ask(self, codebook: Codebook, code: Code, codings: int) -> None:
        """Open for a code."""
        self._head.setText(f"Merge “{code.name}” into another code")
        self._told.setText(
            f"{count(codings, 'coding')} of all coders will count under that code. Nobody’s "
            f"codings are rewritten, and “{code.name}” can be brought back at any time."
        )
        self.field.set_codes(codebook, without=frozenset({code.id}))
        self.field.clear()
        self._look()
        self.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _look(self) -> None:
        self.main.setEnabled(bool(self.field.code_id()))
        self.main.setToolTip("" if self.main.isEnabled() else "Find a code first")

    def _accept(self) -> None:
        if self.field.code_id():
            self.merged.emit(self.field.code_id())


class SplitPanel(QFrame):
    """Asks for the new code's name and which of your passages go along; ``split`` carries both."""

    split = Signal(str, list)

    def __init__(self) -> None:
        super().__init__()
        self._head = label("", "name", wrap=True)
        self._told = label("", "small", "text_2", wrap=True)
        self.name = QLineEdit()
        self.passages = QStandardItemModel(self)
        self.list = QListView()
        self.main = button("Split", "primary")
        self._build()
        self.name.textChanged.connect(self._look)
        self.name.returnPressed.connect(self._accept)
        self.main.clicked.connect(self._accept)

    def _build(self) -> None:
        card = frame("card")
        tight(QVBoxLayout(self), 0, (0, 12, 0, 4)).addWidget(card)
        column = tight(QVBoxLayout(card), 8, (16, 12, 16, 12))
        self.name.setPlaceholderText("Name of the new code")
        self.name.setAccessibleName("Name of the new code")
        self.list.setModel(self.passages)
        self.list.setAccessibleName("Your passages")
        self.list.setProperty("look", "fields")
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self._head)
        column.addWidget(self.name)
        column.addWidget(self._told)
        column.addWidget(self.list)
        row = tight(QHBoxLayout(), 8)
        row.addWidget(self.main)
        cancel = button("Cancel", "quiet")
        cancel.clicked.connect(self.hide)
        row.addWidget(cancel)
        row.addStretch(1)
        column.addLayout(row)
        self.hide()

    def ask(self, code: Code, own: Sequence[tuple[str, str]], others: int) -> None:
        """Open for a code; ``own`` are (coding id, words) of your passages."""
        self._head.setText(f"Split a new code from “{code.name}”")
        self.passages.clear()
        for coding_id, words in own:
            item = QStandardItem(words)
            item.setData(coding_id, Qt.ItemDataRole.UserRole)
            item.setCheckable(True)
            item.setSizeHint(QSize(px(120), px(ROW)))
            item.setToolTip(words)
            self.passages.appendRow(item)
        told = "Tick the passages of yours that the new code is for."
        if not own:
            told = "You have coded nothing with this code; the new code begins empty."
        if others:
            told += f" {count(others, 'coding')} of others stay, to be looked at again."
        self._told.setText(told)
        self.list.setVisible(bool(own))
        rows = min(len(own), ROWS_SHOWN)
        self.list.setFixedHeight(rows * px(ROW) + px(8))
        self.name.clear()
        self._look()
        self.show()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def chosen(self) -> list[str]:
        """Return the ids of the ticked passages."""
        items = [self.passages.item(row) for row in range(self.passages.rowCount())]
        ticked = [i for i in items if i.checkState() == Qt.CheckState.Checked]
        return [item.data(Qt.ItemDataRole.UserRole) for item in ticked]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts it away."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def _look(self) -> None:
        self.main.setEnabled(bool(self.name.text().strip()))
        self.main.setToolTip("" if self.main.isEnabled() else "Name the new code first")

    def _accept(self) -> None:
        if self.name.text().strip():
            self.split.emit(self.name.text(), self.chosen())
