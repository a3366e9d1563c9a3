"""Nothing is a window of its own by mistake, not even for a moment.

What is shown before it has a parent flashes on the screen and takes the keys from the window.
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.main_window import MainWindow
from app.ui.places import PLACES
from app.ui.views.choice_chip import Choice, ChoiceChip
from app.ui.widgets.notices import Notice

MANY = [Choice(f"k{number}", f"Choice {number}") for number in range(12)]


class Watch(QObject):
    """Notes every top-level widget without a parent that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.windowType() == Qt.WindowType.Window
        ):
            self.seen.append(repr(watched))
        return False


def test_places_notices_and_lists_are_parts_of_the_window(
    coded: MainWindow, settled, qtbot
) -> None:
    settled()
    with qtbot.waitActive(coded):
        coded.activateWindow()
    watch = Watch()
    QApplication.instance().installEventFilter(watch)
    try:
        for spec in PLACES:
            assert coded.go(spec.key) is not None
            coded.messages.show(Notice("info", "A question", buttons=(("Yes", lambda: None),)))
            for chip in coded.findChildren(ChoiceChip):
                if chip.isVisible():
                    chip.set_choices(MANY)
                    chip.click()
                    chip.click()
            settled()
    finally:
        QApplication.instance().removeEventFilter(watch)
    assert watch.seen == []
    assert coded.isActiveWindow()
