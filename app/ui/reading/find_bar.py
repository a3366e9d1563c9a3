"""The row above the pages in which one types what to find in this document."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.ui.reading.one_bar import YIELDS
from app.ui.reading.page_bar import bar_row
from app.ui.theme import icon
from app.ui.widgets import Chip, SearchField, fix, icon_button, label

WIDTH, COUNT = 280, 112


class FindField(SearchField):
    """Enter goes to the next place, with Shift to the one before; Esc leaves at once."""

    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys that are not for the words."""
        back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.stepped.emit(-1 if back else 1)
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class FindBar(QWidget):
    """``asked`` when words or options changed, ``stepped`` with 1 or -1, ``left`` to close."""

    asked = Signal()
    stepped = Signal(int)
    left = Signal()

    def __init__(self) -> None:
        """Build the row."""
        super().__init__()
        self.setAccessibleName("Find in this document")
        self.setProperty(YIELDS, True)
        self.field = FindField("Find in this document")
        fix(self.field, width=WIDTH)
        self.case = Chip("Match case", removable=False)
        self.whole = Chip("Whole words", removable=False)
        self.count = label("", "small", "text_2")
        before = icon_button(icon("chevron-up"), "Previous place", tip="Previous place  Shift+F3")
        after = icon_button(icon("chevron-down"), "Next place", tip="Next place  F3")
        row = (self.field, before, after, self.count, self.case, self.whole)
        _flow, close = bar_row(self, row, "Close and select the place  Esc")
        fix(self.count, width=COUNT)
        self.field.textChanged.connect(self.asked)
        self.field.stepped.connect(self.stepped)
        self.field.left.connect(self.left)
        before.clicked.connect(lambda: self.stepped.emit(-1))
        after.clicked.connect(lambda: self.stepped.emit(1))
        close.clicked.connect(self.left)
        for chip in (self.case, self.whole):
            chip.clicked.connect(lambda _checked=False, chip=chip: self._toggle(chip))

    def _toggle(self, chip: Chip) -> None:
        chip.show_state(chip.text(), not chip.is_set)
        self.asked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Esc from the buttons too."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def begin(self, words: str) -> None:
        """Take the focus; ``words`` replace what stands in the field."""
        if words and words != self.field.text():
            self.field.setText(words)
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def tell(self, number: int, total: int, *, more: bool) -> None:
        """Say "3 of 17", or that nothing was found."""
        words = ""
        if total:
            words = f"{number:,} of {total:,}{'+' if more else ''}"
        elif self.field.text().strip():
            words = "Not found"
        self.count.setText(words)
        self.count.setAccessibleName(words)
