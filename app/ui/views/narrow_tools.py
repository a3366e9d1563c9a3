"""Shorter words for the tools of a header, where the window has no room for the long ones."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QPushButton, QWidget

from app.ui.theme import px, theme
from app.ui.widgets import SegmentedControl

NARROW = 720  # px at 100 %


class NarrowTools(QObject):
    """Watches a place; ``short`` holds the short words of segments by key."""

    def __init__(
        self,
        place: QWidget,
        segments: SegmentedControl,
        short: Mapping[str, str],
        export: QPushButton,
    ) -> None:
        super().__init__(place)
        self._place, self._segments, self._short, self._export = place, segments, short, export
        self._long = {key: segments.segment(key).text() for key in short}
        self._export_words = export.text()
        self._is_narrow = False
        export.setAccessibleName(self._export_words)
        for key, words in self._long.items():
            segments.segment(key).setAccessibleName(words)
        place.installEventFilter(self)
        theme.changed.connect(self.fit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the width of the place."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self.fit()
        return False

    def fit(self) -> None:
        """Use the words that there is room for."""
        narrow = self._place.window().width() < px(NARROW)
        if narrow == self._is_narrow:
            return
        self._is_narrow = narrow
        for key, words in self._long.items():
            segment = self._segments.segment(key)
            segment.setText(self._short[key] if narrow else words)
            segment.setToolTip(words if narrow else "")
        self._export.setText("" if narrow else self._export_words)
