"""Shows the chosen values of a facet in a few words and opens the list of all."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QToolButton

from app.coding.codebook import FacetValue


class ValuesButton(QToolButton):
    """``picked`` carries the key of a value that was chosen or taken away."""

    picked = Signal(str)

    def __init__(self, name: str, *, numbered: bool = False, multiple: bool = True) -> None:
        """Stand for the facet called ``name``; its values may carry numbers (for Alt+1 to 9)."""
        super().__init__()
        self.name, self._numbered = name, numbered
        self._values: tuple[FacetValue, ...] = ()
        self.menu_of_values = _ValuesMenu(self, stays=multiple)
        self._actions: dict[str, QAction] = {}
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("look", "segment")
        self.setCheckable(True)
        self.setChecked(True)
        self.clicked.connect(self._open)
        self.choose(())

    def show_values(self, values: Sequence[FacetValue]) -> None:
        """Offer these values."""
        if tuple(values) == self._values:
            return
        self._values = tuple(values)
        self.menu_of_values.clear()
        self._actions = {}
        for value, text in zip(self._values, self._texts(), strict=True):
            action = self.menu_of_values.addAction(text)
            action.setCheckable(True)
            action.triggered.connect(lambda _checked=False, key=value.key: self.picked.emit(key))
            self._actions[value.key] = action
        self.choose(())

    def choose(self, keys: Sequence[str]) -> None:
        """Show these values as chosen."""
        pairs = zip(self._values, self._texts(), strict=True)
        chosen = [text for value, text in pairs if value.key in keys]
        text = (
            chosen[0]
            if len(chosen) == 1
            else f"{chosen[0]} and {len(chosen) - 1} more"
            if chosen
            else "None"
        )
        self.setText(text)
        self.setToolTip("\n".join(chosen) or f"Choose the {self.name.lower()} this is about")
        self.setAccessibleName(f"{self.name}: {', '.join(chosen) or 'none'}")
        for key, action in self._actions.items():
            action.setChecked(key in keys)

    def _texts(self) -> list[str]:
        return [
            f"{number} {value.label}" if self._numbered else value.label
            for number, value in enumerate(self._values, start=1)
        ]

    def _open(self) -> None:
        self.setChecked(True)
        self.menu_of_values.popup(self.mapToGlobal(QPoint(0, self.height())))


class _ValuesMenu(QMenu):
    """A menu that ``stays`` open while several values are picked by mouse or space bar."""

    def __init__(self, parent: QToolButton, *, stays: bool) -> None:
        super().__init__(parent)
        self._stays = stays

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._picked(self.actionAt(event.position().toPoint())):
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Space or not self._picked(self.activeAction()):
            super().keyPressEvent(event)

    def _picked(self, action: QAction | None) -> bool:
        if not self._stays or action is None or not action.isEnabled():
            return False
        action.trigger()
        return True
