"""The fields in which a code is edited."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.coding.codebook import Codebook
from app.ui.theme import font, px, theme
from app.ui.widgets import label, tight


class TextField(QWidget):
    """A caption, a grey hint at the right, and a text that grows with what is written.

    What is typed is a draft until ``store`` is called or it is shown another text.
    """

    changed = Signal()

    def __init__(self, caption: str, *, lines: int = 2, serif: bool = False) -> None:
        super().__init__()
        self._lines, self._serif = lines, serif
        self._stored = ""
        self.edit = QPlainTextEdit()
        self.edit.setTabChangesFocus(True)
        self.edit.setAccessibleName(caption)
        self.edit.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._hint = label("", "small", "text_2")
        self._resting = ""
        head = tight(QHBoxLayout(), 8)
        head.addWidget(label(caption, "small", "text_2"))
        head.addStretch(1)
        head.addWidget(self._hint)
        self.head = head
        column = tight(QVBoxLayout(self), 4)
        column.addLayout(head)
        column.addWidget(self.edit, 1)
        self.edit.textChanged.connect(self._typed)
        self.edit.document().documentLayout().documentSizeChanged.connect(self._fit)
        theme.changed.connect(self._dress)
        self._dress()

    def text(self) -> str:
        """Return what is written now."""
        return self.edit.toPlainText().strip()

    @property
    def is_changed(self) -> bool:
        """True while the text is a draft."""
        return self.text() != self._stored

    def show_text(self, text: str, *, keep_draft: bool = False) -> None:
        """Show a text that is stored; ``keep_draft`` leaves what is being typed."""
        drafting = keep_draft and self.is_changed
        self._stored = text.strip()
        if not drafting and self.edit.toPlainText() != text:
            self.edit.setPlainText(text)
        self._tell()

    def discard(self) -> None:
        """Go back to what is stored."""
        self.edit.setPlainText(self._stored)

    def set_hint(self, text: str) -> None:
        """Show a hint while the text is no draft."""
        self._resting = text
        self._tell()

    def _typed(self) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        self._hint.setText("Changed, not yet a revision" if self.is_changed else self._resting)

    def _dress(self) -> None:
        self.edit.setFont(font("quotation" if self._serif else "body"))
        self._fit()

    def _fit(self, *_size: object) -> None:
        step = self.edit.fontMetrics().lineSpacing()
        lines = max(self._lines, round(self.edit.document().size().height()))
        self.edit.setFixedHeight(lines * step + px(20))


class CodeField(QLineEdit):
    """A field that finds a code by parts of its name; ``picked`` carries its id."""

    picked = Signal(str)
    left = Signal()

    def __init__(self, placeholder: str) -> None:
        super().__init__()
        self._ids: dict[str, str] = {}
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setClearButtonEnabled(False)
        self._set_names([])
        self.returnPressed.connect(self._take)

    def set_codes(self, codebook: Codebook, *, without: frozenset[str] = frozenset()) -> None:
        """Offer the codes that are not retired, save some."""
        codes = [c for c in codebook.codes if not c.retired and c.id not in without]
        self._ids = {code.name: code.id for code in codes}
        self._set_names(list(self._ids))

    def code_id(self) -> str:
        """Return the id of the code whose name is written, "" for none."""
        text = self.text().strip().casefold()
        whole = [i for name, i in self._ids.items() if name.casefold() == text]
        parts = [i for name, i in self._ids.items() if text and text in name.casefold()]
        return whole[0] if whole else parts[0] if len(parts) == 1 else ""

    def _set_names(self, names: list[str]) -> None:
        completer = QCompleter(names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(8)
        self.setCompleter(completer)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _take(self) -> None:
        found = self.code_id()
        if found:
            self.picked.emit(found)


class NameField(QLineEdit):
    """The name of a code as a title that can be written over; Esc goes back."""

    named = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._stored = ""
        self.setProperty("look", "bare")
        self.setAccessibleName("Name of the code")
        self.setToolTip("Click to rename")
        self.editingFinished.connect(self._finish)
        theme.changed.connect(self._dress)
        self._dress()

    def show_name(self, name: str) -> None:
        """Show a name, unless another one is being typed."""
        if not (self.hasFocus() and self.text() != self._stored and self._stored == name):
            self.setText(name)
            self.setCursorPosition(0)
        self._stored = name

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the name as it is."""
        if event.key() == Qt.Key.Key_Escape:
            self.setText(self._stored)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep Esc for the field."""
        is_key = event.type() == QEvent.Type.ShortcutOverride
        if isinstance(event, QKeyEvent) and is_key and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def _finish(self) -> None:
        name = " ".join(self.text().split())
        if name and name != self._stored:
            self.named.emit(name)
        # What was refused is not left standing as if it were the name.
        self.setText(self._stored)

    def _dress(self) -> None:
        self.setFont(font("title"))
        self.setTextMargins(-px(2), 0, 0, 0)
        self.setMinimumHeight(px(34))
