"""Notices at the top of a view, and the undo message at its foot."""

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.ui.theme import icon, paint_icon, px, theme
from app.ui.widgets.counts import KeyCap
from app.ui.widgets.layout import FlowLayout, button, icon_button, label, tight

LEAVES_AFTER_MS = 8000
WIDGET_MOST = 16777215
LEAST_BAR = 320
LEAST_WORDS = 240
"""Pixels that the words of a notice keep beside its buttons."""
ICONS = {
    "error": "circle-alert",
    "warning": "triangle-alert",
    "info": "info",
    "success": "check",
}


@dataclass(frozen=True, slots=True)
class Notice:
    """What a bar says: one bold sentence, one grey sentence, a few buttons.

    ``kind``: "error", "warning", "info" or "success" (leaves after 8 s). A notice replaces the one
    with the same ``key``.
    """

    kind: str
    text: str
    detail: str = ""
    buttons: tuple[tuple[str, Callable[[], object]], ...] = ()
    key: str = ""
    icon: str = ""
    place: str = field(default="")
    """The place of the rail it belongs to; "" shows it wherever you are."""


class _Icon(QWidget):
    def __init__(self, name: str, token: str) -> None:
        super().__init__()
        self._name, self._token = name, token
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(px(18), px(18))

    def paintEvent(self, event: object) -> None:
        paint_icon(QPainter(self), QRectF(self.rect()), self._name, self._token)


class NoticeBar(QFrame):
    """One notice; ``closed`` when it was closed, acted on, or left by itself."""

    closed = Signal()

    def __init__(self, notice: Notice) -> None:
        """Build the bar."""
        super().__init__()
        self.notice = notice
        self.setProperty("look", f"notice_{notice.kind}")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(f"{notice.text} {notice.detail}".strip())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = self._row = tight(QGridLayout(self), 8, (12, 7, 8, 7))
        row.addWidget(_Icon(notice.icon or ICONS[notice.kind], notice.kind), 0, 0)
        row.addWidget(self._words(notice), 0, 1)
        row.setColumnStretch(1, 1)
        self._acts, self._below = QWidget(), False
        acts = FlowLayout(self._acts, spacing=8)
        for text, act in notice.buttons:
            made = button(text, "small")
            made.clicked.connect(lambda _checked=False, act=act: self._act(act))
            acts.addWidget(made)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self._acts.setSizePolicy(policy)
        row.addWidget(self._acts, 0, 2, Qt.AlignmentFlag.AlignVCenter)
        # Only now: what is shown without a parent is a window of its own for a moment.
        self._acts.setVisible(bool(notice.buttons))
        close = icon_button(icon("x", size=16), "Close this notice", size=16)
        close.clicked.connect(self.closed)
        row.addWidget(close, 0, 3)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.closed)
        if notice.kind == "success":
            self._timer.start(LEAVES_AFTER_MS)

    def resizeEvent(self, event: object) -> None:
        """Let the buttons stand below the words where they would leave them no room."""
        if self.notice.buttons:
            self._place_buttons()
        # Before it stands in its place it is narrow; a height for that would push the window open.
        self.setMinimumHeight(self._row.totalHeightForWidth(max(self.width(), px(LEAST_BAR))))

    def _place_buttons(self) -> None:
        made = [each for each in self._acts.children() if isinstance(each, QPushButton)]
        wide = sum(each.sizeHint().width() + px(8) for each in made)
        below = self.width() - wide - px(72) < px(LEAST_WORDS)
        self._acts.setMinimumWidth(0 if below else wide)
        self._acts.setMaximumWidth(WIDGET_MOST if below else wide)
        if below != self._below:
            self._below = below
            self._row.removeWidget(self._acts)
            if below:
                self._row.addWidget(self._acts, 1, 1)
            else:
                self._row.addWidget(self._acts, 0, 2, Qt.AlignmentFlag.AlignVCenter)

    def enterEvent(self, event: object) -> None:
        """Stay while pointed at."""
        self._timer.stop()

    def leaveEvent(self, event: object) -> None:
        """Count again."""
        if self.notice.kind == "success":
            self._timer.start(LEAVES_AFTER_MS)

    def _words(self, notice: Notice) -> QLabel:
        words = label("", "body", "text", wrap=True)
        words.setTextFormat(Qt.TextFormat.RichText)
        grey = theme.token("text_2").name()
        words.setText(
            f'<span style="font-weight:600">{_escaped(notice.text)}</span> '
            f'<span style="color:{grey}">{_escaped(notice.detail)}</span>'
        )
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.setMinimumHeight(px(26))
        words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        return words

    def _act(self, act: Callable[[], object]) -> None:
        self.closed.emit()
        act()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class NoticeStack(QWidget):
    """The slot under the filter row: the newest notices, at most three at once.

    Where large text leaves no room for three, older ones wait until newer ones are closed.
    """

    MOST = 3
    ROOM = 220
    """Height of the window that one notice may ask for."""

    def __init__(self) -> None:
        """Start empty and without height."""
        super().__init__()
        self._bars: list[NoticeBar] = []
        self._place = ""
        self._column = tight(QVBoxLayout(self), 8, (16, 12, 16, 12))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.hide()
        theme.changed.connect(self._rebuild)

    @property
    def bars(self) -> tuple[NoticeBar, ...]:
        """All bars, newest first, also those of other places."""
        return tuple(self._bars)

    def add(self, notice: Notice) -> None:
        """Show a notice at the top."""
        if notice.key:
            self.remove(notice.key)
        bar = NoticeBar(notice)
        bar.closed.connect(lambda: self._drop(bar))
        self._bars.insert(0, bar)
        self._column.insertWidget(0, bar)
        while len(self._bars) > self.MOST:
            self._drop(self._bars[-1])
        self.show_place(self._place)

    def holds(self, key: str) -> bool:
        """Say whether a notice with this key is there."""
        return any(bar.notice.key == key for bar in self._bars)

    def remove(self, key: str) -> None:
        """Take the notice with this key away, if it is there."""
        for bar in [bar for bar in self._bars if bar.notice.key == key]:
            self._drop(bar)

    def remove_all(self) -> None:
        """Take all notices away."""
        for bar in list(self._bars):
            self._drop(bar)

    def show_place(self, place: str) -> None:
        """Show the notices of one place and those of all places."""
        self._place = place
        shown = [bar for bar in self._bars if bar.notice.place in ("", place)]
        if self.window() is not self:
            shown = shown[: max(self.window().height() // px(self.ROOM), 1)]
        for bar in self._bars:
            bar.setVisible(bar in shown)
        self.setVisible(bool(shown))

    def resizeEvent(self, event: object) -> None:
        """See anew how many there is room for."""
        self.show_place(self._place)

    def _drop(self, bar: NoticeBar) -> None:
        if bar in self._bars:
            self._bars.remove(bar)
            self._column.removeWidget(bar)
            bar.hide()
            bar.deleteLater()
            self.show_place(self._place)

    def _rebuild(self) -> None:
        notices = [bar.notice for bar in reversed(self._bars)]
        self.remove_all()
        for notice in notices:
            self.add(notice)


class UndoMessage(QFrame):
    """Names what was removed and offers its undo; leaves after 8 s unless pointed at or focused.

    It stands at the bottom left of ``parent`` and follows its size.
    """

    def __init__(self, parent: QWidget) -> None:
        """Build it hidden."""
        super().__init__(parent)
        self._host = parent
        self.setProperty("look", "toast")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._undo: Callable[[], object] | None = None
        self._text = label("", "body", "on_toast")
        self._button = button("Undo", "toast")
        self._button.clicked.connect(self._act)
        row = tight(QHBoxLayout(self), 8, (16, 8, 12, 8))
        row.addWidget(self._text)
        row.addSpacing(px(4))
        row.addWidget(self._button)
        self._cap = KeyCap("Z", on="toast")
        row.addWidget(self._cap)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LEAVES_AFTER_MS)
        self._timer.timeout.connect(self._leave)
        parent.installEventFilter(self)
        self.hide()

    def show_key(self, key: str) -> None:
        """Show the key that undoes."""
        self._cap.show_key(key)
        self._cap.setVisible(bool(key))

    def show_removed(self, text: str, undo: Callable[[], object]) -> None:
        """Say what was removed ("Removed 12 codings of “Supervision”")."""
        self._undo = undo
        self._text.setText(text)
        self.setAccessibleName(text)
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep to the corner when the view changes its size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _place(self) -> None:
        self.move(px(16), self._host.height() - self.height() - px(16))

    def _leave(self) -> None:
        if self.underMouse() or self._button.hasFocus():
            self._timer.start()
        else:
            self.hide()

    def _act(self) -> None:
        self.hide()
        if self._undo is not None:
            self._undo()
