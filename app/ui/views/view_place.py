"""A place that reads anew only while someone looks at it."""

from PySide6.QtGui import QShowEvent

from app.ui.place import Place, Window


class ViewPlace(Place):
    """Base of the places of this package; subclasses say in ``refresh`` what reading means."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._is_stale = False

    def refresh(self) -> None:
        """Read everything again and show it."""
        raise NotImplementedError

    def refresh_when_seen(self) -> None:
        """Refresh now, or when the place is next shown: coding must not wait for hidden views."""
        if self.isVisible():
            self.refresh()
        else:
            self._is_stale = True

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what has changed meanwhile."""
        super().showEvent(event)
        if self._is_stale:
            self._is_stale = False
            self.refresh()
