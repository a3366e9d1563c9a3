"""A panel beside a place that can be put away while there is nothing to show in it."""

from PySide6.QtWidgets import QWidget


class SidePanel(QWidget):
    """Keeps in mind whether it is wanted, and is seen only when it is not put away as well."""

    def __init__(self) -> None:
        super().__init__()
        self._is_wanted = True
        self._is_away = False

    def put_away(self, away: bool) -> None:
        """Hide it whoever wants to see it, or be seen again as wanted."""
        self._is_away = away
        super().setVisible(self._is_wanted and not away)

    def setVisible(self, visible: bool) -> None:
        """Be seen, unless put away."""
        self._is_wanted = visible
        super().setVisible(visible and not self._is_away)
