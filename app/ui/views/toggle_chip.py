"""A filter chip that is on or off, with the number it would let through."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal

from app.ui.widgets import Chip


class ToggleChip(Chip):
    """One condition ("Needs PDF 2"); ``data`` says for a row whether it is met."""

    toggled_by_hand = Signal()

    def __init__(self, name: str, data: Callable[[Any], bool], *, icon: str = "") -> None:
        super().__init__(name, icon=icon)
        self.name, self.data = name, data
        self._number: int | None = None
        self.clicked.connect(self._toggle)
        self.removed.connect(self._toggle)

    def set_on(self, on: bool) -> None:
        """Switch it without telling anyone."""
        words = self.name if self._number is None else f"{self.name} {self._number}"
        self.show_state(words, on)

    def show_number(self, number: int) -> None:
        """Show how many rows meet the condition; with none there is nothing to filter by."""
        self._number = number
        self.set_on(self.is_set and number > 0)
        self.setEnabled(number > 0)
        self.setToolTip("" if number else f"{self.name}: none")

    def _toggle(self) -> None:
        self.set_on(not self.is_set)
        self.toggled_by_hand.emit()
