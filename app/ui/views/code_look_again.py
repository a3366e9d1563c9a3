"""Passages to look at again after a code changed: keep, change the code, or remove."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.coding.codebook import Codebook
from app.coding.rechecks import Recheck
from app.ui.views.code_fields import CodeField
from app.ui.views.passages import PassageRow
from app.ui.views.passages_list import PassagesList
from app.ui.views.people import Person
from app.ui.views.studies_rows import count
from app.ui.widgets import KeyCap, button, label, line, tight

RowOf = Callable[[str], PassageRow | None]
NOTHING = (
    "When what a code means has changed, ask for its passages to be looked at again. "
    "They are listed here, yours first."
)


class LookAgain(QWidget):
    """Walked with the arrow keys; K keeps, C changes the code, Del removes, Enter opens.

    ``kept``, ``removed`` and ``recoded`` carry recheck, coding (and code); ``opened`` a passage.
    """

    kept = Signal(str, str)
    removed = Signal(str, str)
    recoded = Signal(str, str, str)
    closed = Signal(str)
    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._recheck: Recheck | None = None
        self._ids: list[str] = []
        self.list = PassagesList()
        self.list.setAccessibleName("Passages to look at again")
        self.field = CodeField("Code that fits instead")
        self._head = label("", "group", wrap=True)
        self._told = label("", "small", "text_2", wrap=True)
        self.keep_button = button("Keep", tip="The code still fits  K")
        self.change_button = button("Change code", tip="Another code fits  C")
        self.remove_button = button("Remove", tip="No code fits  Del")
        self.close_button = button("Close list", "link", tip="End looking again, for everyone")
        self._build()
        self._connect()

    def _build(self) -> None:
        nothing = QWidget()
        words = tight(QVBoxLayout(nothing), 4, (20, 20, 20, 20))
        words.addWidget(label("Nothing to look at again", "heading"))
        words.addWidget(label(NOTHING, "body", "text_2", wrap=True))
        words.addStretch(1)
        shown = QWidget()
        column = tight(QVBoxLayout(shown))
        head = tight(QVBoxLayout(), 4, (16, 12, 16, 10))
        head.addWidget(self._head)
        row = tight(QHBoxLayout(), 8)
        row.addWidget(self._told, 1)
        row.addWidget(self.close_button)
        head.addLayout(row)
        column.addLayout(head)
        column.addWidget(line())
        column.addWidget(self.list, 1)
        column.addWidget(line())
        acts = tight(QHBoxLayout(), 4, (12, 8, 12, 8))
        pairs = ((self.keep_button, "K"), (self.change_button, "C"), (self.remove_button, "Del"))
        for made, key in pairs:
            made.setProperty("look", "small")
            acts.addWidget(made)
            acts.addWidget(KeyCap(key))
        acts.addStretch(1)
        column.addLayout(acts)
        holder = QWidget()
        tight(QVBoxLayout(holder), 0, (12, 0, 12, 8)).addWidget(self.field)
        column.addWidget(holder)
        self.field.hide()
        self._stack = QStackedLayout(self)
        self._stack.addWidget(nothing)
        self._stack.addWidget(shown)

    def _connect(self) -> None:
        self.list.opened.connect(self.opened)
        self.keep_button.clicked.connect(self.keep)
        self.change_button.clicked.connect(self.change)
        self.remove_button.clicked.connect(self.remove)
        self.close_button.clicked.connect(self._close)
        self.field.picked.connect(self._recode)
        self.field.left.connect(self._leave_field)

    def show_recheck(
        self,
        recheck: Recheck | None,
        codebook: Codebook,
        people: Mapping[str, Person],
        row_of: RowOf,
    ) -> None:
        """Show the passages of a recheck; None says what would stand here."""
        place = self.list.currentIndex().row()
        self._recheck = recheck
        if recheck is None:
            self.show_nothing()
            return
        rows = [(c.id, row) for c in recheck.open_codings if (row := row_of(c.id)) is not None]
        self._ids = [coding_id for coding_id, _row in rows]
        self._head.setText(recheck.reason or "The code changed")
        left = len(recheck.open_codings)
        told = f"{recheck.done} of {count(left + recheck.done, 'passage')} looked at"
        if recheck.mine:
            told += f"; yours {recheck.mine_done} of {recheck.mine}"
        self._told.setText(f"{told}." if left else f"{told}. All done.")
        self.field.set_codes(codebook, without=frozenset({recheck.code_id}))
        self.list.set_people(people)
        self.list.show_rows([row for _id, row in rows])
        if rows:
            place = min(max(place, 0), len(rows) - 1)
            self.list.setCurrentIndex(self.list.passages.index(place, 0))
        for made in (self.keep_button, self.change_button, self.remove_button):
            made.setEnabled(bool(rows))
        self._stack.setCurrentIndex(1)

    def show_nothing(self) -> None:
        """Say what would stand here."""
        self._recheck, self._ids = None, []
        self.list.show_rows(())
        self._stack.setCurrentIndex(0)

    def keep(self) -> None:
        """Say that the code still fits the passage."""
        self._tell(self.kept.emit)

    def remove(self) -> None:
        """Remove the code from the passage."""
        self._tell(self.removed.emit)

    def change(self) -> None:
        """Ask which code fits instead."""
        if self._current():
            self.field.clear()
            self.field.show()
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """K, C and Del answer for the passage that the cursor is on."""
        acts = {Qt.Key.Key_K: self.keep, Qt.Key.Key_C: self.change, Qt.Key.Key_Delete: self.remove}
        act = acts.get(Qt.Key(event.key()))
        if act is None or event.modifiers() or not self.list.hasFocus():
            super().keyPressEvent(event)
        else:
            act()

    def _current(self) -> str:
        row = self.list.currentIndex().row()
        return self._ids[row] if 0 <= row < len(self._ids) else ""

    def _tell(self, emit: Callable[[str, str], None]) -> None:
        if self._recheck is not None and self._current():
            emit(self._recheck.id, self._current())

    def _recode(self, code_id: str) -> None:
        if self._recheck is not None and self._current():
            self._leave_field()
            self.recoded.emit(self._recheck.id, self._current(), code_id)

    def _leave_field(self) -> None:
        self.field.hide()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close(self) -> None:
        if self._recheck is not None:
            self.closed.emit(self._recheck.id)
