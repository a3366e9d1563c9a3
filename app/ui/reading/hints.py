"""What a key needs that could do nothing: said at the foot of the page, gone with the next step."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.ui.theme import px, theme
from app.ui.widgets import label, tight

if TYPE_CHECKING:
    from app.ui.reading.place import ReadingPlace

LEAVES_AFTER_MS = 8000
WIDEST = 520


class Hint(QFrame):
    """Two sentences on a dark ground at the foot of ``parent``; takes no clicks and no focus."""

    def __init__(self, parent: QWidget) -> None:
        """Build it hidden."""
        super().__init__(parent)
        self._host = parent
        self.setProperty("look", "toast")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._text = label("", "name", "on_toast", wrap=True)
        self._detail = label("", "small", "on_toast", wrap=True)
        column = tight(QVBoxLayout(self), 2, (16, 8, 16, 10))
        column.addWidget(self._text)
        column.addWidget(self._detail)
        self._timer = QTimer(self, singleShot=True, interval=LEAVES_AFTER_MS)
        self._timer.timeout.connect(self.hide)
        parent.installEventFilter(self)
        theme.changed.connect(self.hide)
        self.hide()

    @property
    def words(self) -> str:
        """What it says, "" while it is hidden."""
        return self.accessibleName() if self.isVisible() else ""

    def tell(self, text: str, detail: str = "") -> None:
        """Say a sentence and how to go on."""
        self._text.setText(text)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        self.setAccessibleName(f"{text} {detail}".strip())
        self._place()
        self.show()
        self.raise_()
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep to the foot when the view changes its size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _place(self) -> None:
        room = self._host.width() - 2 * px(16)
        longest = max(
            each.fontMetrics().horizontalAdvance(each.text()) for each in (self._text, self._detail)
        )
        width = min(longest + px(36), px(WIDEST), max(room, px(160)))
        column = self.layout()
        height = column.totalHeightForWidth(width) if column is not None else px(48)
        left = (self._host.width() - width) // 2
        self.setGeometry(left, self._host.height() - height - px(16), width, height)


class Hints:
    """Says what is missing for a key of the reading view."""

    def __init__(self, place: "ReadingPlace") -> None:
        """Stand at the foot of the pages of ``place``."""
        self._place = place
        self._hint: Hint | None = None
        place.state.selection_changed.connect(self.clear)
        place.state.active_changed.connect(lambda _spans: self.clear())
        place.state.document_changed.connect(self.clear)

    @property
    def words(self) -> str:
        """What is said now, "" for nothing."""
        return self._hint.words if self._hint is not None else ""

    def tell(self, text: str, detail: str = "") -> None:
        """Say it to eyes and to screen readers."""
        from app.ui.reading.accessible import announce

        if self._hint is None:
            self._hint = Hint(self._place.canvas)
        self._hint.tell(text, detail)
        announce(self._place.canvas, f"{text} {detail}".strip())

    def clear(self) -> None:
        """Say nothing any more."""
        if self._hint is not None:
            self._hint.hide()

    def has_own_coding(self, what: str) -> bool:
        """Tell whether a coding of yours is chosen; else say what ``what`` needs."""
        state = self._place.state
        active = state.active
        if active is not None and active.own:
            return True
        if active is not None:
            who = active.initials or "another coder"
            self.tell(
                f"{what} needs a coding of your own. This one is by {who}.",
                "Code the passage yourself: select it and press a hot key, or / to find a code.",
            )
        elif not state.selection.empty:
            self.tell(
                f"{what} needs a coding. The selected passage is not coded yet.",
                "Press a hot key or a digit, or / to find a code.",
            )
        else:
            self.tell(
                f"{what} needs a coding, and none is chosen.",
                f"Put the caret into a coded passage, click its stripe, or go to one with "
                f"{self._keys_of('code.next')}.",
            )
        return False

    def _keys_of(self, action_id: str) -> str:
        return self._place.window_of_places.actions_table.keys(action_id)
