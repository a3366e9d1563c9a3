"""Keeps the rows above the pages few: one that is opened takes the place of another.

Filters, notices and what waits for an answer (a password, a changed reading order) stay.
"""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

YIELDS = "yields"
"""The property of a row that takes the place of others: True where it also goes for them."""


class OneBar(QObject):
    """Watches rows; those with the property ``YIELDS`` are shown one at a time."""

    def __init__(self, parent: QObject) -> None:
        """Start without rows."""
        super().__init__(parent)
        self._bars: list[QWidget] = []

    def watch(self, bar: QWidget) -> None:
        """Let a row yield to others, and others to it."""
        yields = bar.property(YIELDS)
        if yields is not None:
            bar.installEventFilter(self)
        if yields:
            self._bars.append(bar)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the other rows go when one is shown."""
        if event.type() == QEvent.Type.Show:
            for bar in self._bars:
                if bar is not watched and not bar.isHidden():
                    bar.left.emit()  # type: ignore[attr-defined]
        return False
