"""The row above the pages with which the reading order of a page is changed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.reading.one_bar import YIELDS
from app.ui.theme import icon
from app.ui.widgets import button, frame, icon_button, label, line, tight
from app.ui.widgets.elided import ElidedLabel

ORDERS = (
    ("stream", "As stored", "1"),
    ("segment", "By columns", "2"),
    ("rows", "Row by row", "3"),
)


class OrderBar(QWidget):
    """``ordered`` carries an order, ``chosen`` and ``moved`` 1 or -1, ``asked`` for a preview."""

    ordered = Signal(str)
    chosen = Signal(int)
    moved = Signal(int)
    asked = Signal()
    left = Signal()

    def __init__(self) -> None:
        """Build the row."""
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Reading order")
        self.setProperty(YIELDS, False)
        self._told = label("", "body", "text")
        hint = ElidedLabel("Up and Down choose a block, with Shift they move it", "small", "text_2")
        ground = frame("base")
        both = tight(QVBoxLayout(ground), 4, (16, 8, 16, 8))
        head = tight(QHBoxLayout(), 16)
        head.addWidget(self._told)
        head.addWidget(hint, 1)
        row = tight(QHBoxLayout(), 8)
        both.addLayout(head)
        both.addLayout(row)
        for key, text, number in ORDERS:
            made = button(text, "small", tip=f"{text}  {number}")
            made.clicked.connect(lambda _checked=False, key=key: self.ordered.emit(key))
            row.addWidget(made)
        up = icon_button(icon("arrow-up"), "Move the block up", tip="Move the block up  Shift+Up")
        down = icon_button(
            icon("arrow-down"), "Move the block down", tip="Move the block down  Shift+Down"
        )
        up.clicked.connect(lambda: self.moved.emit(-1))
        down.clicked.connect(lambda: self.moved.emit(1))
        row.addWidget(up)
        row.addWidget(down)
        row.addStretch(1)
        self.preview = button("Preview", "primary")
        self.preview.clicked.connect(self.asked)
        row.addWidget(self.preview)
        close = icon_button(icon("x"), "Close", tip="Close  Esc")
        close.clicked.connect(self.left)
        head.addWidget(close)
        column = tight(QVBoxLayout(self))
        column.addWidget(ground)
        column.addWidget(line())
        self.hide()

    def tell(self, page: int, block: int, blocks: int, *, changed: bool) -> None:
        """Say which page and block is chosen; ``changed`` when there is something to preview."""
        where = f"block {block} of {blocks}" if blocks else "no text"
        self._told.setText(f"Reading order of page {page}: {where}")
        self.setAccessibleDescription(self._told.text())
        self.preview.setEnabled(changed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose, move, preview and leave by keys."""
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        order = next((key for key, _text, number in ORDERS if event.text() == number), "")
        if by is not None:
            shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            (self.moved if shift else self.chosen).emit(by)
        elif order:
            self.ordered.emit(order)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.preview.isEnabled():
                self.asked.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
