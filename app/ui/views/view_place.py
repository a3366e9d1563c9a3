"""A place that reads anew only while someone looks at it."""

from PySide6.QtGui import QShowEvent

from app.ui.place import Place, Window
from app.ui.place_frame import PlaceFrame
from app.ui.views.side_panel import SidePanel


class ViewPlace(Place):
    """Base of the places of this package; subclasses say in ``refresh`` what reading means."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._is_stale = False
        self._is_furnished = True

    def refresh(self) -> None:
        """Read everything again and show it."""
        raise NotImplementedError

    def refresh_when_seen(self) -> None:
        """Refresh now, or when the place is next shown: coding must not wait for hidden views."""
        if self.isVisible():
            self.refresh()
        else:
            self._is_stale = True

    def show_surroundings(self, shown: bool) -> None:
        """Show filter row and side panel, or put them away while there is nothing to filter."""
        frame = self.parentWidget()
        while frame is not None and not isinstance(frame, PlaceFrame):
            frame = frame.parentWidget()
        if frame is None or shown == self._is_furnished:
            return
        self._is_furnished = shown
        frame.show_filters(shown)
        side = self.side()
        if isinstance(side, SidePanel):
            side.put_away(not shown)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what has changed meanwhile."""
        super().showEvent(event)
        if self._is_stale:
            self._is_stale = False
            self.refresh()
