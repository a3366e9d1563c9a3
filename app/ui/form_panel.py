"""A form on the start view: title, fields with labels above, problem, buttons at the foot."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.ui.theme import px
from app.ui.widgets.layout import button, frame, label, tight

FORM_WIDTH = 520


class FormPanel(QScrollArea):
    """Base of the forms; fill ``self.fields`` with ``add_field``. Esc leaves."""

    def __init__(self, heading: str, sentence: str, main: str, leave: Callable[[], object]) -> None:
        """Take the verb of the primary button as ``main``; ``leave`` goes back."""
        super().__init__()
        self._leave = leave
        inner = frame("base")
        self.setWidget(inner)
        self.setWidgetResizable(True)
        outer = tight(QHBoxLayout(inner), 0, (56, 56, 32, 32))
        holder = QWidget()
        holder.setMaximumWidth(px(FORM_WIDTH))
        self._column = tight(QVBoxLayout(holder), 4)
        outer.addWidget(holder, 100)
        outer.addStretch(1)
        self._column.addWidget(label(heading, "title"))
        self._column.addWidget(label(sentence, "body", "text_2", wrap=True))
        self._column.addSpacing(px(20))
        self.fields = tight(QVBoxLayout(), 4)
        self._column.addLayout(self.fields)
        self.problem = label("", "body", "error", wrap=True)
        self.problem.hide()
        self._column.addWidget(self.problem)
        self._column.addSpacing(px(20))
        self.main: QPushButton = button(main, "primary")
        self.main.clicked.connect(self.accept)
        cancel = button("Cancel", "quiet")
        cancel.clicked.connect(leave)
        row = tight(QHBoxLayout(), 8)
        row.addWidget(self.main)
        row.addWidget(cancel)
        row.addStretch(1)
        self._column.addLayout(row)
        self._column.addStretch(1)

    def add_field(self, text: str, *widgets: QWidget, hint: str = "") -> None:
        """Add a field with its label above and a grey hint below."""
        caption = label(text, "small", "text_2")
        self.fields.addWidget(caption)
        row = tight(QHBoxLayout(), 8)
        for number, widget in enumerate(widgets):
            row.addWidget(widget, 1 if number == 0 else 0)
            if not widget.accessibleName():
                widget.setAccessibleName(text)
        self.fields.addLayout(row)
        if hint:
            self.fields.addWidget(label(hint, "small", "text_3", wrap=True))
        self.fields.addSpacing(px(12))

    def tell(self, text: str) -> None:
        """Show what is in the way; "" takes it away."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def accept(self) -> None:
        """Do what the main button says; forms override it."""
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is the main button, Esc leaves."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accept()
        elif event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)
