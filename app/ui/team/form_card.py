"""A card with a heading, a few fields, what is in the way, and one main button."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.errors import UserError
from app.ui.views.card import Card
from app.ui.widgets import button, label, line, tight


class FormCard(Card):
    """Fill ``fields``; ``act`` is what the main button and Enter do, Esc leaves."""

    def __init__(
        self, parent: QWidget, heading: str, sentence: str, main: str, *, size: tuple[int, int]
    ) -> None:
        super().__init__(parent, heading, *size)
        self.act: Callable[[], object] | None = None
        self.heading = label(heading, "heading")
        self.sentence = label(sentence, "body", "text_2", wrap=True)
        self.problem = label("", "body", "error", wrap=True)
        self.problem.hide()
        self.main = button(main, "primary")
        self.main.clicked.connect(self.accept)
        self.cancel = button("Cancel")
        self.cancel.clicked.connect(self.hide)
        self.foot_words = label("", "small", "text_2", wrap=True)
        head = tight(QVBoxLayout(), 4, (24, 20, 24, 12))
        head.addWidget(self.heading)
        head.addWidget(self.sentence)
        self.fields = tight(QVBoxLayout(), 6, (24, 12, 24, 12))
        foot = tight(QHBoxLayout(), 8, (24, 12, 24, 16))
        foot.addWidget(self.foot_words, 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.main)
        column = tight(QVBoxLayout(self), 0, (1, 1, 1, 1))
        column.addLayout(head)
        column.addWidget(line())
        column.addLayout(self.fields, 1)
        column.addWidget(self.problem)
        self.problem.setContentsMargins(24, 0, 24, 8)
        column.addWidget(line())
        column.addLayout(foot)

    def add_field(self, text: str, *widgets: QWidget) -> None:
        """Add a field with its label above."""
        self.fields.addWidget(label(text, "small", "text_2"))
        row = tight(QHBoxLayout(), 8)
        for number, widget in enumerate(widgets):
            row.addWidget(widget, 1 if number == 0 else 0)
            if not widget.accessibleName():
                widget.setAccessibleName(text)
        self.fields.addLayout(row)

    def tell(self, text: str) -> None:
        """Say what is in the way; "" takes it away."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def accept(self) -> None:
        """Do what the main button says; a refusal is said in the card."""
        if self.act is None or not self.main.isEnabled():
            return
        try:
            self.act()
        except UserError as problem:
            self.tell(f"{problem.message} {problem.hint}".strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is the main button."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accept()
        else:
            super().keyPressEvent(event)
