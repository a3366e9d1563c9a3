"""The decisions as buttons with their keys, and the small form that asks for a reason."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.ui.actions import Actions
from app.ui.theme import font, key_cap_size, paint_key_cap, px, theme
from app.ui.views.row_painting import LEFT, RIGHT, paint_text
from app.ui.widgets import button, clear, label, tight

HEIGHT = 30


class ActButton(QAbstractButton):
    """A decision with its key cap; ``pointed`` tells that it is pointed at or has the focus."""

    pointed = Signal(bool)

    def __init__(self, name: str, text: str, key: str, hint: str = "") -> None:
        """``name`` is the action or coder it stands for, ``hint`` stands grey at the right."""
        super().__init__()
        self.name, self._key, self._hint = name, key, hint
        self.setText(text)
        self.setAccessibleName(f"{text}, key {key}" if key else text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_key(self, key: str) -> None:
        """Show another key."""
        self._key = key
        self.setAccessibleName(f"{self.text()}, key {key}" if key else self.text())
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for key and words."""
        words = QFontMetricsF(font("name")).horizontalAdvance(self.text())
        return QSize(round(words + self._cap_room() + px(20)), px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Allow the words to be cut: the tooltip says them."""
        return QSize(px(110), px(HEIGHT))

    def paintEvent(self, event: object) -> None:
        """Paint frame, key cap, words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        enabled, focused = self.isEnabled(), self.hasFocus()
        live = enabled and (self.underMouse() or focused)
        ink = "accent" if live else "line_strong" if enabled else "line"
        painter.setPen(QPen(theme.token(ink), 2 if focused else 1))
        ground = "pressed" if self.isDown() else "tint" if live else "raised"
        painter.setBrush(theme.token(ground if enabled else "window"))
        edge = 1.0 if focused else 0.5
        box = QRectF(self.rect())
        painter.drawRoundedRect(box.adjusted(edge, edge, -edge, -edge), 6, 6)
        left = float(px(8))
        if self._key:
            size = key_cap_size(self._key)
            cap = QRectF(left, (self.height() - size.height()) / 2, size.width(), size.height())
            paint_key_cap(painter, cap, self._key, enabled=enabled)
            left = cap.right() + px(8)
        words = QRectF(left, 0, self.width() - left - px(8), self.height())
        token = "text" if enabled else "off"
        paint_text(painter, words, self.text(), font("name"), token, LEFT)
        taken = QFontMetricsF(font("name")).horizontalAdvance(self.text()) + px(12)
        if self._hint and words.width() - taken > px(40):
            words.setLeft(words.left() + taken)
            paint_text(painter, words, self._hint, font("small"), "text_3", RIGHT)

    def event(self, event: QEvent) -> bool:
        """Tell when it is pointed at or focused, and no longer."""
        kinds = {
            QEvent.Type.Enter: True, QEvent.Type.FocusIn: True,
            QEvent.Type.Leave: False, QEvent.Type.FocusOut: False,
        }  # fmt: skip
        if event.type() in kinds:
            self.pointed.emit(kinds[event.type()])
            self.update()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def _cap_room(self) -> float:
        return key_cap_size(self._key).width() + px(8) if self._key else 0.0


class ActGrid(QWidget):
    """Decisions two in a row; ``wanted`` carries the name of one, ``pointed`` too, "" for none."""

    wanted = Signal(str)
    pointed = Signal(str)

    def __init__(self, actions: Actions) -> None:
        """Start without buttons; keys come from the table of actions."""
        super().__init__()
        self._actions = actions
        self._grid = tight(QGridLayout(self), 6)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self.buttons: dict[str, ActButton] = {}
        self._ids: dict[str, str] = {}
        actions.keys_changed.connect(self._show_keys)

    def show_acts(self, acts: Sequence[tuple[str, str, str, str]]) -> None:
        """Offer decisions: (name, words, id of the action, why it cannot be done or "")."""
        clear(self._grid)
        self.buttons, self._ids = {}, {}
        for place, (name, words, action_id, why) in enumerate(acts):
            made = ActButton(name, words, self._actions.cap(action_id))
            made.setEnabled(not why)
            made.setToolTip(why or words)
            made.clicked.connect(lambda _on=False, name=name: self.wanted.emit(name))
            made.pointed.connect(lambda on, name=name: self.pointed.emit(name if on else ""))
            self.buttons[name], self._ids[name] = made, action_id
            alone = place == len(acts) - 1 and place % 2 == 0
            self._grid.addWidget(made, place // 2, place % 2, 1, 2 if alone else 1)

    def _show_keys(self) -> None:
        for name, made in self.buttons.items():
            made.show_key(self._actions.cap(self._ids[name]))


class AskForm(QWidget):
    """Asks for a reason: pick one by its number, or write it; Enter gives it, Esc leaves."""

    given = Signal(str, str)
    """The reason that was picked or "", and words of one's own or ""."""
    left = Signal()

    def __init__(self) -> None:
        """Build it; ``ask`` says what is asked."""
        super().__init__()
        self._picks: tuple[str, ...] = ()
        self._needed = True
        self._head = label("", "small_group", wrap=True)
        self._told = label("", "small", "text_2", wrap=True)
        self._list = tight(QVBoxLayout(), 6)
        self.field = QLineEdit()
        self.field.setMaxLength(2000)
        self.give = button("Decide", "primary")
        self.give.clicked.connect(self._give)
        cancel = button("Cancel", "quiet")
        cancel.clicked.connect(self.left)
        row = tight(QHBoxLayout(), 8)
        row.addWidget(self.give)
        row.addWidget(cancel)
        row.addStretch(1)
        column = tight(QVBoxLayout(self), 8)
        column.addWidget(self._head)
        column.addWidget(self._told)
        column.addLayout(self._list)
        column.addWidget(self.field)
        column.addLayout(row)
        self.field.textChanged.connect(lambda _text: self._tell())
        self.field.installEventFilter(self)

    def ask(
        self,
        heading: str,
        verb: str,
        placeholder: str,
        picks: Sequence[str] = (),
        *,
        needed: bool = True,
        told: str = "",
    ) -> None:
        """Ask; without ``needed`` an empty field is an answer too."""
        self._picks, self._needed = tuple(picks), needed
        self._head.setText(heading)
        self._told.setText(told)
        self._told.setVisible(bool(told))
        self.give.setText(verb)
        self.field.clear()
        self.field.setPlaceholderText(placeholder)
        self.field.setAccessibleName(placeholder)
        clear(self._list)
        for number, words in enumerate(self._picks, 1):
            made = ActButton(words, words, str(number))
            made.setToolTip(words)
            made.clicked.connect(lambda _on=False, words=words: self.given.emit(words, ""))
            self._list.addWidget(made)
        self._tell()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Let a digit in the empty field pick, Enter give and Esc leave."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._give()
            return True
        number = event.text()
        if number.isdigit() and not self.field.text() and 0 < int(number) <= len(self._picks):
            self.given.emit(self._picks[int(number) - 1], "")
            return True
        return False

    def _give(self) -> None:
        words = self.field.text().strip()
        if words or not self._needed:
            self.given.emit("", words)

    def _tell(self) -> None:
        self.give.setEnabled(not self._needed or bool(self.field.text().strip()))
