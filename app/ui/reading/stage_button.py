"""Shows the chosen stages in a few words and opens the list of all."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton

from app.coding.codebook import FacetValue


class StageButton(QToolButton):
    """``toggled_stage`` carries the key of a stage that was chosen or taken away."""

    toggled_stage = Signal(str)

    def __init__(self) -> None:
        """Start without stages."""
        super().__init__()
        self._values: tuple[FacetValue, ...] = ()
        self._menu = QMenu(self)
        self._actions: dict[str, QAction] = {}
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("look", "segment")
        self.setCheckable(True)
        self.setChecked(True)
        self.clicked.connect(self._open)
        self.choose(())

    def show_values(self, values: Sequence[FacetValue]) -> None:
        """Offer these stages."""
        if tuple(values) == self._values:
            return
        self._values = tuple(values)
        self._menu.clear()
        self._actions = {}
        for number, value in enumerate(self._values, start=1):
            action = self._menu.addAction(f"{number} {value.label}")
            action.setCheckable(True)
            action.triggered.connect(
                lambda _checked=False, key=value.key: self.toggled_stage.emit(key)
            )
            self._actions[value.key] = action
        self.choose(())

    def choose(self, keys: Sequence[str]) -> None:
        """Show these stages as chosen."""
        chosen = [
            f"{number} {value.label}"
            for number, value in enumerate(self._values, start=1)
            if value.key in keys
        ]
        text = chosen[0] if len(chosen) == 1 else f"{chosen[0]} and {len(chosen) - 1} more" \
            if chosen else "None"
        self.setText(text)
        self.setToolTip("\n".join(chosen) or "Choose the stage this is about")
        self.setAccessibleName(f"Stage: {', '.join(chosen) or 'none'}")
        for key, action in self._actions.items():
            action.setChecked(key in keys)

    def _open(self) -> None:
        self.setChecked(True)
        self._menu.popup(self.mapToGlobal(QPoint(0, self.height())))
