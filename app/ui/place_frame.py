"""What the window puts round a place: filter row, notices, side panel."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.place import Place
from app.ui.theme import px, scale
from app.ui.widgets.layout import frame, line, tight
from app.ui.widgets.notices import NoticeStack
from app.ui.widgets.splitter import RememberingSplitter

SIDE_WIDTH, LEAST_SIDE = 316, 240
NARROW = 1180


class PlaceFrame(QWidget):
    """Filter row and notices above the place; the side panel beside all three."""

    furnished = Signal()
    """Filter row and side panel have something to show, or no longer."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.side_wanted = True
        self._narrow = False
        self._furnished = True
        self._above = tight(QVBoxLayout())
        self._filters = place.filters()
        main = frame("base")
        column = tight(QVBoxLayout(main))
        if self._filters is not None:
            self._filter_line = line()
            column.addWidget(self._filters)
            column.addWidget(self._filter_line)
        column.addLayout(self._above)
        column.addWidget(place, 1)
        self.side = place.side()
        outer = tight(QVBoxLayout(self))
        if self.side is None:
            outer.addWidget(main)
        else:
            self._splitter = RememberingSplitter(f"{place.key}.side", Qt.Orientation.Horizontal)
            self._splitter.fill(main, self.side, sizes=[px(1000), px(SIDE_WIDTH)])
            self._splitter.setStretchFactor(0, 1)
            self._splitter.setStretchFactor(1, 0)
            self._sized_at = 0.0
            outer.addWidget(self._splitter)

    def take_notices(self, stack: NoticeStack) -> None:
        """Let the window's notices stand in this place."""
        self._above.addWidget(stack)
        stack.show_place(self.place.key)

    def show_filters(self, shown: bool) -> None:
        """Hide the filter row where there is nothing to filter, nor to show at the side."""
        self._furnished = shown
        if self._filters is not None:
            self._filters.setVisible(shown)
            self._filter_line.setVisible(shown)
        self.furnished.emit()

    def fit(self, window_width: int) -> None:
        """Below 1180 px the side panel shows only when it was asked for."""
        if self.side is not None:
            self._narrow = window_width < NARROW * (1 + (scale() - 1) * 0.6)
            shown = self.side_wanted and (not self._narrow or self._asked)
            self.side.setVisible(shown)
            if shown and self._sized_at != scale():
                self._size_side()

    @property
    def shows_side(self) -> bool:
        """True while the side panel is not hidden."""
        return self.side is not None and not self.side.isHidden()

    @property
    def offers_side(self) -> bool:
        """True where the side panel is hidden, or is shown although the window is narrow."""
        if self.side is None or not self._furnished:
            return False
        return self._narrow or not self.side_wanted

    def _size_side(self) -> None:
        """Let the side panel be as wide in letters as it was before the size of text changed."""
        assert self.side is not None
        now = self._splitter.sizes()[1]
        kept = now * scale() / self._sized_at if now and self._sized_at else px(SIDE_WIDTH)
        first, self._sized_at = not self._sized_at, scale()
        self.side.setMinimumWidth(px(LEAST_SIDE))
        if not first:
            total = self._splitter.width()
            wanted = round(min(kept, total / 2))
            self._splitter.setSizes([total - wanted, wanted])

    _asked = False

    def toggle_side(self, window_width: int) -> None:
        """Show or hide the side panel."""
        if self.side is not None:
            shown = not self.side.isVisible()
            self.side_wanted, self._asked = shown, shown
            self.fit(window_width)
