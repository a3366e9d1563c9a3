"""What a memo is on, in full, with all memos on it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.ui.theme import icon, px
from app.ui.views.memo_box import MemoBox
from app.ui.widgets import button, frame, label, tight

if TYPE_CHECKING:
    from app.coding.memos import Subject

GO = {
    "coding": "Go to the passage",
    "code": "Go to the code",
    "study": "Go to the study",
    "document": "Read it",
}
KINDS = {
    "coding": "Memo on a passage",
    "code": "Memo on a code",
    "study": "Memo on a study",
    "document": "Memo on a document",
    "project": "Memo on the project",
}
WIDTH = 640


class MemoPage(QWidget):
    """Shows one subject; ``go_asked`` wants to see it in its place, ``remove_asked`` no memo."""

    go_asked = Signal()
    remove_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._kind = label("", "small", "text_2")
        self._name = label("", "title", wrap=True)
        self._detail = label("", "body", "text_2", wrap=True)
        self._quote = label("", "quotation", wrap=True)
        self._quote_card = frame("card")
        self.go = button("", icon=icon("arrow-right"))
        self.remove = button("Remove my memo", "quiet", icon=icon("trash-2"))
        self.box = MemoBox(title="", grows=(160, 5000))
        inside = tight(QVBoxLayout(self._quote_card), 0, (16, 12, 16, 12))
        inside.addWidget(self._quote)
        holder = QWidget()
        holder.setMaximumWidth(px(WIDTH) + px(64))
        column = tight(QVBoxLayout(holder), 4, (32, 24, 32, 24))
        column.addWidget(self._kind)
        column.addWidget(self._name)
        column.addWidget(self._detail)
        column.addSpacing(px(8))
        column.addWidget(self._quote_card)
        column.addSpacing(px(8))
        column.addWidget(self.box)
        column.addSpacing(px(8))
        row = tight(QHBoxLayout(), 8)
        row.addWidget(self.go)
        row.addWidget(self.remove)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        ground = frame("base")
        beside = tight(QHBoxLayout(ground))
        beside.addWidget(holder, 1)
        beside.addStretch(0)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(ground)
        tight(QVBoxLayout(self)).addWidget(area)
        self.go.clicked.connect(self.go_asked)
        self.remove.clicked.connect(self.remove_asked)

    def show_subject(self, subject: "Subject") -> None:
        """Show what a memo is on, and all memos on it."""
        self._kind.setText(KINDS.get(subject.kind, "Memo"))
        self._name.setText(subject.name)
        self._detail.setText(subject.detail)
        self._detail.setVisible(bool(subject.detail))
        self._quote.setText(f"“{subject.quote}”")
        self._quote_card.setVisible(bool(subject.quote))
        self.go.setText(GO.get(subject.kind, ""))
        self.go.setVisible(subject.kind in GO and not subject.is_gone)
        self.box.show_subject(subject.kind, subject.id)
        self.box.setVisible(True)
