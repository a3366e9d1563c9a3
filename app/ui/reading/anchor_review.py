"""The panel "To place": codings whose place in a new text is not sure, one after the other."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.coding.anchor_review import Unsure
from app.ui.reading.text_panel import counted, flat, panel_head
from app.ui.widgets import EmptyView, KeyCap, button, clear, frame, label, line, tight

HERE, ABSENT, NEXT, PREVIOUS = "here", "absent", "next", "previous"
KEYS = {
    Qt.Key.Key_Return: HERE,
    Qt.Key.Key_Enter: HERE,
    Qt.Key.Key_Delete: ABSENT,
    Qt.Key.Key_Down: NEXT,
    Qt.Key.Key_Up: PREVIOUS,
}
AROUND = 64
LONGEST = 600


class ReviewPanel(QWidget):
    """``answered`` carries "here" or "absent"; ``stepped`` 1 or -1; ``left`` to close."""

    answered = Signal(str)
    stepped = Signal(int)
    left = Signal()

    def __init__(self) -> None:
        """Build it; ``show_one`` fills it."""
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Codings to place")
        self._head = tight(QVBoxLayout())
        self._body = tight(QVBoxLayout(), 8)
        self._advice = label("", "small", "text_2", wrap=True)
        self.here = button("It stands here", "primary")
        self.absent = button("Not in this text")
        self.after = button("Next", "quiet")
        self.here.clicked.connect(lambda: self.answered.emit(HERE))
        self.absent.clicked.connect(lambda: self.answered.emit(ABSENT))
        self.after.clicked.connect(lambda: self.stepped.emit(1))
        self._work = frame("window")
        column = tight(QVBoxLayout(self._work), 8, (16, 16, 16, 16))
        column.addLayout(self._head)
        column.addLayout(self._body)
        column.addWidget(line())
        column.addWidget(self._advice)
        for made, cap in ((self.here, "Enter"), (self.absent, "Del"), (self.after, "Down")):
            row = tight(QHBoxLayout(), 8)
            row.addWidget(made, 1)
            row.addWidget(KeyCap(cap))
            column.addLayout(row)
        column.addStretch(1)
        self._empty = EmptyView(
            "check",
            "Nothing to place",
            "Every coding of this document has its place in the text.",
            (("Back to the codes", self.left.emit),),
        )
        whole = tight(QVBoxLayout(self))
        whole.addWidget(self._work)
        whole.addWidget(self._empty, 1)
        self.show_nothing()

    def show_nothing(self) -> None:
        """Say that nothing is to be placed."""
        self._work.hide()
        self._empty.show()

    def show_one(self, one: Unsure, number: int, total: int) -> None:
        """Show one coding: what was coded, by whom, and what is to be decided."""
        self._empty.hide()
        self._work.show()
        clear(self._head)
        words = f"{number} of {counted(total, 'coding')} to place"
        self._head.addWidget(panel_head(words, self.left.emit))
        clear(self._body)
        self._body.addWidget(label(one.code, "group", wrap=True))
        who = f"{one.coder}; it stood on page {one.page_before} of the earlier text"
        self._body.addWidget(label(who, "small", "text_2", wrap=True))
        before, after = flat(one.prefix)[-AROUND:], flat(one.suffix)[:AROUND]
        if before:
            self._body.addWidget(label(f"… {before}", "small", "text_3", wrap=True))
        words = "An area of a page" if one.is_area else flat(one.quote)[:LONGEST]
        role = "small" if one.is_area else "quotation"
        self._body.addWidget(label(words, role, "text", wrap=True))
        if after:
            self._body.addWidget(label(f"{after} …", "small", "text_3", wrap=True))
        found = one.state == "review"
        self.here.setText("It stands here" if found else "It stands in the selection")
        if one.is_area:
            self.here.setText("It stands on this page")
            self._advice.setText(
                "Its likeliest page is in view. If it is on another, go to that page first."
            )
        else:
            self._advise(found)
        spoken = f"{one.code}, {one.coder}: {words[:200]}. {self._advice.text()}"
        self.setAccessibleDescription(spoken)

    def _advise(self, found: bool) -> None:
        self._advice.setText(
            "The likeliest place is marked on the page. If it is another one, select that first."
            if found
            else "Nothing like it was found. Select the words on the page, if they are there."
        )

    def event(self, event: QEvent) -> bool:
        """Keep the keys of the answers, which mean something else on the page (Del)."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if plain and Qt.Key(event.key()) in KEYS:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer and step by keys."""
        act = KEYS.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif act in (HERE, ABSENT):
            self.answered.emit(act)
        elif act is not None:
            self.stepped.emit(1 if act == NEXT else -1)
        else:
            super().keyPressEvent(event)
