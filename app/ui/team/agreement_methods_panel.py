"""The methods paragraph as it would be printed, to be copied or saved."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QTextBrowser, QVBoxLayout

from app.coding.agreement import Agreement
from app.exchange.agreement_methods import methods
from app.ui.theme import icon, px
from app.ui.views.side_panel import SidePanel
from app.ui.widgets import button, frame, icon_button, label, line, tight


class MethodsPanel(SidePanel):
    """Follows the report: what stands here is what is saved."""

    save_wanted = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.words = QTextBrowser()
        self.words.setAccessibleName("Methods paragraph")
        self.words.setProperty("look", "panel")
        self.words.document().setDocumentMargin(px(16))
        self.copy_button = button("Copy", "small", icon=icon("copy"))
        self.copy_button.clicked.connect(self.copy)
        save = button("Save…", "small", icon=icon("download"))
        save.clicked.connect(self.save_wanted)
        close = icon_button(icon("x", size=16), "Close the methods paragraph", size=16)
        close.clicked.connect(self.closed)
        ground = frame("panel_right")
        tight(QVBoxLayout(self)).addWidget(ground)
        column = tight(QVBoxLayout(ground))
        head = tight(QHBoxLayout(), 8, (16, 12, 8, 4))
        head.addWidget(label("Methods paragraph", "group"), 1)
        head.addWidget(close)
        column.addLayout(head)
        told = "With the settings and numbers of the table beside it."
        fact = label(told, "small", "text_2", wrap=True)
        fact.setContentsMargins(px(16), 0, px(16), px(8))
        column.addWidget(fact)
        column.addWidget(line())
        column.addWidget(self.words, 1)
        column.addWidget(line())
        foot = tight(QHBoxLayout(), 8, (16, 8, 16, 8))
        foot.addWidget(self.copy_button)
        foot.addWidget(save)
        foot.addStretch(1)
        column.addLayout(foot)
        self.setAccessibleName("Methods paragraph")
        self.words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )

    def show_report(self, done: Agreement | None) -> None:
        """Show the paragraphs of a report."""
        self.words.setPlainText("\n\n".join(methods(done)) if done is not None else "")

    def copy(self) -> None:
        """Put the paragraphs on the clipboard."""
        QGuiApplication.clipboard().setText(self.words.toPlainText())
