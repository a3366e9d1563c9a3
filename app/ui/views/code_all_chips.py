"""A chip of which one choice is taken, such as the code that all passages get."""

from collections.abc import Collection

from app.ui.views.choice_chip import ChoiceChip


class ManyChoiceChip(ChoiceChip):
    """Choices that are taken, not filtered by: with none ticked it says ``none``."""

    def __init__(self, name: str, none: str, *, icon: str = "") -> None:
        self._none = none
        super().__init__(name, icon=icon)
        self.show_state(self.words(), False)

    def words(self) -> str:
        """Return name and choices."""
        labels = [choice.label for choice in self.model.choices if choice.key in self.keys]
        return f"{self.name}: {', '.join(labels) or self._none}"

    def open(self) -> None:
        """Show the choices."""
        super().open()
        if self.popup is not None:
            self.popup.say_clear("None", "Untick what is chosen")


class OneChoiceChip(ManyChoiceChip):
    """Ticking one choice unticks the other and closes the list."""

    def __init__(self, name: str, none: str, *, icon: str = "") -> None:
        self._last: frozenset[str] = frozenset()
        super().__init__(name, none, icon=icon)

    @property
    def chosen(self) -> str:
        """The key that is chosen, or ""."""
        return next(iter(self.keys), "")

    def choose(self, keys: Collection[str]) -> None:
        """Choose one, or none."""
        self._last = frozenset()
        super().choose(keys)

    def _tell(self) -> None:
        new = self.keys - self._last
        if len(self.keys) > 1:
            self._last = new or self.keys
            self.model.tick(self._last)
            return
        self._last = self.keys
        if self.popup is not None and new:
            self.popup.close()
            self.setFocus()
        super()._tell()
