"""Collects garbage on the window's thread alone.

Python collects on whatever thread happens to allocate. Widgets that point at each other are such
garbage, and Qt must not see them destroyed on another thread than its own.
"""

import gc

from PySide6.QtCore import QObject, QTimer

from app.ui.tasks import tasks

LOOK_EVERY_MS = 200
YOUNG, MIDDLE, OLD = 20_000, 5, 60
"""As Python's own thresholds: new objects, collections of the young, collections of the middle."""
TOO_MANY = 2_000_000
"""New objects that are looked through even while work is under way, which makes many that live."""


class Garbage(QObject):
    """Looks now and then whether there is enough to collect, for as long as ``parent`` lives."""

    def __init__(self, parent: QObject) -> None:
        """Take collecting over from Python; what the start built is left out for good."""
        super().__init__(parent)
        gc.disable()
        gc.freeze()  # a full collection of it would stall for 60 to 130 ms
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collect one generation if it is due."""
        young, middle, old = gc.get_count()
        if tasks.running and young < TOO_MANY:
            return
        if old > OLD:
            gc.collect(2)
        elif middle > MIDDLE:
            gc.collect(1)
        elif young > YOUNG:
            gc.collect(0)
