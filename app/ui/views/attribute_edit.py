"""The field in which a value of an attribute is typed or chosen, in the table and in the panel."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QCompleter, QLineEdit, QToolButton, QWidget

from app.coding.attributes import CHOICES, KIND_NAMES, LISTED, YES_NO, AttributeInfo, parse_value
from app.errors import UserError
from app.ui.theme import icon, px
from app.ui.widgets import set_look

OWN_KEYS = frozenset({
    Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab,
    Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_F2,
})  # fmt: skip

TARGET = 24
"""How wide something to click has to be, in px at 100 %."""
ENDING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)


class ValueEdit(QLineEdit):
    """Offers the values of a list while one types; Alt+Down shows all of them.

    ``problem`` says in a sentence why what is typed does not fit, "" when it does.
    """

    problem_changed = Signal(str, str)

    def __init__(
        self, attribute: AttributeInfo, known: Sequence[str] = (), parent: QWidget | None = None
    ) -> None:
        """``known`` are values of a text attribute that other studies have."""
        super().__init__(parent)
        self.attribute = attribute
        self.offered = offered_values(attribute, known)
        self._completer: QCompleter | None = None
        self._before = ""
        self.setAccessibleName(attribute.head)
        self.setToolTip(attribute.description)
        self.setPlaceholderText("–")
        if attribute.kind in LISTED or attribute.kind == YES_NO:
            show = self.addAction(icon("chevron-down"), QLineEdit.ActionPosition.TrailingPosition)
            show.setToolTip("Show the values")
            show.triggered.connect(self.offer_all)
            for inside in self.findChildren(QToolButton):
                inside.setProperty("look", "in_field")
        self.textEdited.connect(self._offer)
        self.textChanged.connect(lambda _text: self.show_problem(None))

    def value_fits(self) -> bool:
        """Say whether what is typed is a value, and show why not."""
        try:
            parse_value(self.attribute, self.text())
        except UserError as problem:
            self.show_problem(problem)
            return False
        return True

    def show_problem(self, problem: UserError | None) -> None:
        """Mark the field and tell what is wrong; None takes the mark away."""
        wrong = problem is not None
        if not wrong and self.property("look") != "wrong":
            return
        set_look(self, "wrong" if wrong else "")
        words = problem.message if problem else ""
        self.setAccessibleDescription(words)
        self.problem_changed.emit(words, problem.hint if problem else "")

    def offer_all(self) -> None:
        """Show all values that can be chosen."""
        self._offer("")

    def event(self, event: QEvent) -> bool:
        """Keep Enter, Delete and the like from being taken as keys of the table."""
        others = ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in OWN_KEYS
            and not event.modifiers() & others
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+Down and, in an empty field, Down show the values; Enter takes one of them."""
        if event.key() in ENDING and self._take_offered():
            event.accept()
            # Once more, now that the list is away: it ends the field as ever.
            again = QKeyEvent(event.type(), event.key(), event.modifiers(), event.text())
            QApplication.postEvent(self, again)
            return
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if event.key() == Qt.Key.Key_Down and self.offered and (alt or not self.text()):
            self.offer_all()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Stay as it is while its own list of values has the focus."""
        if event.reason() == Qt.FocusReason.PopupFocusReason:
            event.accept()
            return
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Take the list of values away as well."""
        self._put_list_away()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the arrow the whole height: Qt makes it as low as its picture."""
        super().resizeEvent(event)
        for inside in self.findChildren(QToolButton):
            wide = max(inside.width(), px(TARGET))
            inside.setGeometry(self.width() - wide - 1, 0, wide, self.height())

    def _put_list_away(self) -> None:
        popup = self._completer.popup() if self._completer is not None else None
        if popup is not None:
            popup.hide()

    def _take_offered(self) -> bool:
        """Take the value that is chosen in the list, if it is open; say whether it was."""
        popup = self._completer.popup() if self._completer is not None else None
        if popup is None or not popup.isVisible():
            return False
        chosen = popup.currentIndex()
        popup.hide()
        if chosen.isValid():
            self._take(str(chosen.data()))
        return True

    def _offer(self, text: str) -> None:
        if not self.offered:
            return
        completer = self._ensure_completer()
        head, semicolon, tail = text.rpartition(";")
        several = self.attribute.kind == CHOICES and bool(semicolon)
        self._before = f"{head.strip()}; " if several else ""
        completer.setCompletionPrefix(tail.strip())
        if completer.completionCount() and (text or self.hasFocus()):
            completer.complete()
        else:
            self._put_list_away()

    def _ensure_completer(self) -> QCompleter:
        if self._completer is None:
            made = QCompleter(QStringListModel(list(self.offered), self), self)
            made.setWidget(self)
            made.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            made.setFilterMode(Qt.MatchFlag.MatchContains)
            made.activated.connect(self._take)
            popup = made.popup()
            if popup is not None:
                popup.setAccessibleName(f"Values of {self.attribute.name}")
            self._completer = made
        return self._completer

    def _take(self, chosen: str) -> None:
        self.setText(f"{self._before}{chosen}")
        self.setFocus(Qt.FocusReason.OtherFocusReason)


def offered_values(attribute: AttributeInfo, known: Sequence[str] = ()) -> tuple[str, ...]:
    """Return what the field offers: the list, yes and no, or what other studies have."""
    if attribute.kind in LISTED:
        return attribute.options
    if attribute.kind == YES_NO:
        return ("Yes", "No")
    return tuple(dict.fromkeys(known)) if attribute.kind == "text" else ()


def kind_words(attribute: AttributeInfo) -> str:
    """Return the kind in words, with the number of values of a list."""
    words = KIND_NAMES[attribute.kind]
    return f"{words}, {len(attribute.options)} values" if attribute.kind in LISTED else words
