"""Filters of the table of studies by attributes, added one by one and remembered."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu

from app.coding.attributes import AttributeInfo
from app.ui.views.choice_chip import Choice, ChoiceChip
from app.ui.views.studies_rows import TableRow
from app.ui.widgets import Chip, FilterRow

EMPTY = ""
"""The key of studies without a value."""


class AttributeFilters(QObject):
    """Chips of attributes in a filter row; ``changed`` when what they let through may differ."""

    changed = Signal()
    rearranged = Signal()

    def __init__(self, row: FilterRow) -> None:
        super().__init__(row)
        self._row = row
        self._attributes: dict[str, AttributeInfo] = {}
        self._rows: Sequence[TableRow] = ()
        self.chips: dict[str, ChoiceChip] = {}
        self.add_chip = Chip("Filter", kind="add")
        self.add_chip.setToolTip("Filter by an attribute")
        self.add_chip.setAccessibleName("Filter by an attribute")
        self.add_chip.set_menu(self._menu)
        row.add(self.add_chip)

    @property
    def keys(self) -> tuple[str, ...]:
        """The attributes that there are chips of."""
        return tuple(self.chips)

    def show(self, attributes: Sequence[AttributeInfo], rows: Sequence[TableRow]) -> None:
        """Offer these attributes and the values that these studies have."""
        self._attributes = {one.id: one for one in attributes}
        self._rows = rows
        for key in [key for key in self.chips if key not in self._attributes]:
            self.remove(key)
        for key in self.chips:
            self._fill(key)
        self.add_chip.setVisible(bool(attributes))

    def restore(self, keys: Iterable[str]) -> None:
        """Put up the chips of last time, without a choice made."""
        for key in keys:
            if key in self._attributes and key not in self.chips:
                self._put(key)

    def add(self, key: str) -> ChoiceChip:
        """Put up the chip of an attribute."""
        chip = self.chips.get(key) or self._put(key)
        self.rearranged.emit()
        return chip

    def remove(self, key: str) -> None:
        """Take a chip away."""
        chip = self.chips.pop(key)
        chip.hide()
        chip.setParent(None)
        chip.deleteLater()

    def passes(self, row: TableRow) -> bool:
        """Say whether a study has one of the values ticked, for every attribute."""
        return all(
            not chip.keys or not chip.keys.isdisjoint(values_of(row, key))
            for key, chip in self.chips.items()
        )

    def words(self) -> list[str]:
        """Return what is filtered by, in words."""
        return [f"“{chip.words()}”" for chip in self.chips.values() if chip.keys]

    def clear(self) -> None:
        """Untick everything."""
        for chip in self.chips.values():
            chip.choose(())

    def forget(self) -> None:
        """Take all chips away, for another project."""
        for key in list(self.chips):
            self.remove(key)

    def _put(self, key: str) -> ChoiceChip:
        chip = ChoiceChip(self._attributes[key].name)
        self.chips[key] = chip
        self._fill(key)
        chip.changed.connect(self.changed)
        self._row.insert(len(self._row.chips()), chip)
        return chip

    def _fill(self, key: str) -> None:
        counts = Counter(value for row in self._rows for value in values_of(row, key))
        options = self._attributes[key].options
        known = [one for one in options if counts[one]] + sorted(
            one for one in counts if one not in options and one != EMPTY
        )
        choices = [Choice(value, value, fact=str(counts[value])) for value in known]
        if counts[EMPTY]:
            choices.append(Choice(EMPTY, "No value", fact=str(counts[EMPTY])))
        self.chips[key].set_choices(choices)

    def _open(self, key: str) -> None:
        self.add(key).open()

    def _menu(self) -> QMenu:
        menu = QMenu(self.add_chip)
        for key, attribute in self._attributes.items():
            if key not in self.chips:
                menu.addAction(attribute.name, partial(self._open, key))
        if menu.isEmpty():
            menu.addAction("All attributes are here already").setEnabled(False)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu


def values_of(row: TableRow, attribute_id: str) -> frozenset[str]:
    """Return the values of a study, the empty one where there is none."""
    cell = row.cells.get(attribute_id)
    shown = cell.shown if cell is not None else None
    return frozenset(shown.values) if shown is not None else frozenset({EMPTY})
