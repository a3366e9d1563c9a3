"""The switch of the team place: long words, shorter words, or one button with a menu."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QLayout, QMenu, QWidget

from app.ui.theme import icon, px, theme
from app.ui.widgets import SegmentedControl, button, tight

ROOM, LEAST_ROOM = 388, 260
"""What rail, title and search leave no room in, at 100 %: with all words, and with the fewest."""


class TeamSwitch(QWidget):
    """Holds the segments and the button that stands for them where they have no room.

    ``fitted`` when it takes more or less room than before.
    """

    fitted = Signal()

    def __init__(
        self, place: QWidget, views: Sequence[tuple[str, str]], short: Mapping[str, str]
    ) -> None:
        """``short`` holds the short words of segments by key."""
        super().__init__()
        self._place, self._short = place, short
        self._taken = 0
        self._long = dict(views)
        self.segments = SegmentedControl(views)
        self.button = button("", icon=icon("chevron-down"))
        self._menu = QMenu(self.button)
        for key, words in views:
            self._menu.addAction(words, partial(self.segments.chosen.emit, key))
        self.button.setMenu(self._menu)
        self.button.hide()
        for key, words in self._long.items():
            self.segments.segment(key).setAccessibleName(words)
        row = tight(QHBoxLayout(self))
        row.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
        row.addWidget(self.segments)
        row.addWidget(self.button)
        place.installEventFilter(self)
        theme.changed.connect(self.fit)

    def choose(self, key: str) -> None:
        """Show which view is shown."""
        self.segments.choose(key)
        words = self._long[key]
        self.button.setText(words)
        self.button.setAccessibleName(f"View: {words}")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the width of the window."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self.fit()
        return False

    def fit(self) -> None:
        """Use the words that there is room for."""
        width = self._place.window().width()
        self._say(self._long)
        is_short = self._wanted() > width - px(ROOM)
        if is_short:
            self._say({**self._long, **self._short})
        is_menu = is_short and self._wanted() > width - px(LEAST_ROOM)
        self.segments.setVisible(not is_menu)
        self.button.setVisible(is_menu)
        taken = 0 if is_menu else self._wanted()
        if taken != self._taken:
            self._taken = taken
            self.fitted.emit()

    def _wanted(self) -> int:
        keys = self._long
        return sum(self.segments.segment(key).sizeHint().width() for key in keys) + px(4)

    def _say(self, words: Mapping[str, str]) -> None:
        for key, long in self._long.items():
            segment = self.segments.segment(key)
            if segment.text() != words[key]:
                segment.setText(words[key])
                segment.setToolTip("" if words[key] == long else long)
