"""The pictures of a tour, numbered in their order."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from app.ui.main_window import MainWindow
from app.ui.tour.hands import Hands, TourError, picture

WIDTH, HEIGHT = 1440, 900
Look = Callable[[str, MainWindow], object]


class Album:
    """Takes pictures of the window that ``hands`` works."""

    def __init__(self, folder: Path, hands: Hands, look: Look | None = None) -> None:
        """Save to ``folder``; ``look`` is called before each picture."""
        self.folder, self.hands, self._look = folder, hands, look
        self.window = hands.window
        self.pictures: list[Path] = []

    def take(self, name: str, *, settle: bool = True) -> None:
        """Save what the window shows as "07-name.png"; ``settle`` waits for quiet first."""
        if settle:
            self.hands.settle()
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        if self._look is not None:
            self._look(name, self.window)
        path = self.folder / f"{len(self.pictures) + 1:02}-{name}.png"
        if not picture(self.window).save(str(path)):
            raise TourError(f"{path.name} cannot be written.", str(path.parent))
        self.pictures.append(path)
