"""A row above the pages with a field and an end: Esc or its cross."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from app.ui.theme import icon
from app.ui.widgets import FlowLayout, fix, frame, icon_button, label, line, tight


def bar_row(
    bar: QWidget, widgets: Iterable[QWidget], close_tip: str
) -> tuple[FlowLayout, QToolButton]:
    """Fill a bar with widgets that flow into further lines where there is no room, and a cross."""
    holder = QWidget()
    flow = FlowLayout(spacing=8, line=30)
    holder.setLayout(flow)
    policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    holder.setSizePolicy(policy)
    for widget in widgets:
        flow.addWidget(widget)
    ground = frame("base")
    row = tight(QHBoxLayout(ground), 8, (16, 8, 16, 8))
    row.addWidget(holder, 1)
    close = icon_button(icon("x"), "Close", tip=close_tip)
    row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
    column = tight(QVBoxLayout(bar))
    column.addWidget(ground)
    column.addWidget(line())
    return flow, close


class PageBar(QWidget):
    """Widgets are added to ``row``; ``left`` when it is to be closed."""

    left = Signal()

    def __init__(self, name: str, question: str, *, width: int = 96) -> None:
        """``name`` is spoken; ``question`` stands before the field."""
        super().__init__()
        self.setAccessibleName(name)
        self.question = label(question, "body", "text")
        self.field = QLineEdit()
        self.field.setAccessibleName(question or name)
        fix(self.field, width=width)
        self.told = label("", "small", "text_2")
        self.row, close = bar_row(self, (self.question, self.field, self.told), "Close  Esc")
        close.clicked.connect(self.left)
        self.hide()

    def add(self, *widgets: QWidget) -> None:
        """Add widgets before what the row has to say."""
        for widget in widgets:
            self.row.insertWidget(self.row.count() - 1, widget)

    def begin(self) -> None:
        """Show it and take the focus."""
        self.tell("")
        self.show()
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def tell(self, words: str) -> None:
        """Say something beside the field."""
        self.told.setText(words)
        self.told.setAccessibleName(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Esc; Enter in the field is the field's own."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
