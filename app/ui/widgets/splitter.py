"""Splitters that keep their sizes."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QSplitter, QWidget

from app.ui.settings import settings
from app.ui.theme import px, scale


class RememberingSplitter(QSplitter):
    """A line of one pixel with a wider grip; sizes (at 100 %) are kept for each view by name."""

    def __init__(self, view: str, orientation: Qt.Orientation = Qt.Orientation.Horizontal) -> None:
        """``view`` is the name that the sizes are kept under, such as "read"."""
        super().__init__(orientation)
        self._view = view
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(500)
        self._timer.timeout.connect(self._keep)
        self.splitterMoved.connect(lambda _position, _index: self._timer.start())

    def fill(self, *panels: QWidget, sizes: list[int]) -> None:
        """Add the panels; ``sizes`` (pixels) hold until the user has moved the line."""
        for panel in panels:
            self.addWidget(panel)
        known = settings().splitter(self._view)
        self.setSizes([px(size) for size in known] if len(known) == len(panels) else sizes)

    def _keep(self) -> None:
        settings().remember_splitter(self._view, [round(size / scale()) for size in self.sizes()])
