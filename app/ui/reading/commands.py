"""What the keys of the page ask for, carried out with palette, card and verbs."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from app.coding.codebook import STAGE

if TYPE_CHECKING:
    from app.ui.reading.place import ReadingPlace


class Commands:
    """Maps what ``canvas.commanded`` names to what is done; a feature may add names."""

    def __init__(self, place: "ReadingPlace") -> None:
        """Act for the place."""
        self._place = place
        overlays = place.overlays
        self.known: dict[str, Callable[[Any], object]] = {
            "code": lambda code_id: place.acts.code(str(code_id)),
            "valence": lambda key: place.acts.set_valence(str(key)),
            "stage": self._stage,
            "find": lambda _value: overlays.open_palette(),
            "card": lambda _value: overlays.open_card(),
            "close": lambda _value: overlays.close_all(),
        }
        place.canvas.commanded.connect(self.run)

    def run(self, name: str, value: object = None) -> None:
        """Do what a key asked for."""
        self.known[name](value)

    def _stage(self, number: int) -> None:
        place = self._place
        stages = place.acts.facet_values(STAGE)
        if number < len(stages):
            active = place.state.active is not None
            act = place.acts.set_stage if active else place.acts.toggle_stage
            act(stages[number].key)

    def find_code(self) -> None:
        """Open the palette, or, with nothing selected, go to the list of codes."""
        place = self._place
        if place.state.target_place() is not None:
            place.overlays.open_palette()
            return
        place.window_of_places.actions_table["read.left_panel"].setChecked(True)
        place.show_left(True)
        place.left.show_tab("codes")
        place.codes.focus_search()
