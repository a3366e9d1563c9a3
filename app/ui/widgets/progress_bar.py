"""How far work has come; while nobody can tell, a bar that moves, where motion is wanted."""

from PySide6.QtWidgets import QProgressBar

from app.ui.theme import theme


class ProgressBar(QProgressBar):
    """A thin bar without words."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextVisible(False)

    def show_share(self, done: int, total: int) -> None:
        """Show ``done`` of ``total``; a total of 0 means that nobody knows how much it is."""
        still = not total and theme.reduced_motion
        self.setRange(0, 1 if still else total)
        self.setValue(0 if still else done)
