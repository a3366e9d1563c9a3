"""The card of a coding on the page, and the right panel that says the same and more."""

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.coding.codebook import Codebook
from app.ui.reading.coding_form import CodingForm
from app.ui.reading.popup import APART, Popup
from app.ui.theme import px, theme
from app.ui.widgets import label, line, tight

WIDTH = 344
LEAST, MOST = 290, 420
"""Widths of the right panel."""


class Card(Popup):
    """Stands by its passage; closes with Esc back to the page."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        """Start hidden."""
        super().__init__(parent)
        self.form = CodingForm(folds=True)
        inner = tight(QVBoxLayout(), 0, (14, 12, 14, 12))
        inner.addWidget(self.form)
        self.column.addLayout(inner)
        self._pinned = False
        self.form.left.connect(self.close_card)
        self._widen()
        theme.changed.connect(self._widen)

    @property
    def pinned(self) -> bool:
        """True when it was opened by a click or a key, not by pointing."""
        return self._pinned

    def show_by(self, anchor: QRect, *, pinned: bool) -> None:
        """Show it by its passage; ``pinned`` keeps it until Esc or a click elsewhere."""
        self._pinned = pinned
        self.place_by(anchor)
        self.show()
        self.raise_()

    def fit(self) -> None:
        """Leave out what the code means where the view is too low for it."""
        self.form.say_meaning(True)
        super().fit()
        if self.panel().height() + 2 * px(APART) > self._view().height():
            self.form.say_meaning(False)
            super().fit()

    def close_card(self) -> None:
        """Hide and give the focus back."""
        if self.isVisible():
            self.form.keep()
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes; valence keys and the like go on to the page."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_card()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEvent) -> None:
        """Stay while the pointer is on it."""
        self._pinned = True

    def _widen(self) -> None:
        self.wish(px(WIDTH) + 2 * self.column.contentsMargins().left())


class AboutPanel(QFrame):
    """The right panel: the active coding and what its code means."""

    def __init__(self) -> None:
        """Start with what belongs here."""
        super().__init__()
        self.setProperty("look", "panel_right")
        self.form = CodingForm()
        self._words = QWidget()
        self._texts = {
            key: (label(title, "small_group", "text_2"), label("", "small", "text", wrap=True))
            for key, title in (
                ("definition", "What the code means"),
                ("include", "Use it when"),
                ("exclude", "Not when"),
                ("example", "Example"),
            )
        }
        self._empty = QWidget()
        self._build()

    def _build(self) -> None:
        inside = QWidget()
        column = tight(QVBoxLayout(inside), 8, (16, 16, 16, 16))
        column.addWidget(self.form)
        column.addSpacing(px(8))
        column.addWidget(line())
        for title, words in self._texts.values():
            column.addSpacing(px(4))
            column.addWidget(title)
            column.addWidget(words)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setAccessibleName("About the coding")
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inside)
        hint = tight(QVBoxLayout(self._empty), 4, (16, 16, 16, 16))
        hint.addWidget(label("No coding chosen", "group"))
        hint.addWidget(
            label(
                "Click a stripe or a coded passage to see its code, valence and memo here.",
                "small",
                "text_2",
                wrap=True,
            )
        )
        hint.addStretch(1)
        outer = tight(QVBoxLayout(self))
        outer.addWidget(self._scroll)
        outer.addWidget(self._empty)
        self._measure()
        theme.changed.connect(self._measure)
        self.show_nothing()

    def _measure(self) -> None:
        """Grow with the text."""
        self.setMinimumWidth(px(LEAST))
        self.setMaximumWidth(px(MOST))

    def show_nothing(self) -> None:
        """No coding is active."""
        self.form.keep()
        self._scroll.hide()
        self._empty.show()

    def show_code(self, codebook: Codebook | None, code_id: str) -> None:
        """Show what a code means below its coding."""
        try:
            code = codebook.code(code_id) if codebook is not None else None
        except KeyError:
            code = None
        for key, (title, words) in self._texts.items():
            text = getattr(code, key, "") if code is not None else ""
            words.setText(text)
            title.setVisible(bool(text))
            words.setVisible(bool(text))
        self._empty.hide()
        self._scroll.show()
