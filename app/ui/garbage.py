"""Collects garbage on the window's thread alone.

Python collects on whatever thread happens to allocate. Widgets that point at each other are such
garbage, and Qt must not see them destroyed on another thread than its own.
"""

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_EVERY_MS = 400
YOUNG, MIDDLE, OLD = 20_000, 20, 40
"""As Python's own thresholds: new objects, collections of the young, collections of the middle."""


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
        if old > OLD:
            gc.collect(2)
        elif middle > MIDDLE:
            gc.collect(1)
        elif young > YOUNG:
            gc.collect(0)
