"""Ties the actions of this package to the places; an action of the menus goes there first."""

from functools import partial

from app.ui.place import Window

# action id: place, method, arguments
DOORS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "studies.add_references": ("studies", "ask_references", ()),
    "studies.read": ("studies", "read_chosen", ()),
    "studies.join": ("studies", "join_chosen", ()),
    "studies.part": ("studies", "part_chosen", ()),
    "studies.remove": ("studies", "remove_chosen", ()),
    "extracts.export": ("extracts", "ask_export", ()),
    "extracts.copy": ("extracts", "copy", ()),
    "analysis.network": ("analysis", "show_face", ("network",)),
    "analysis.table": ("analysis", "show_face", ("table",)),
    "analysis.fit": ("analysis", "fit", ()),
    "analysis.larger": ("analysis", "enlarge", ()),
    "analysis.smaller": ("analysis", "shrink", ()),
    "analysis.export": ("analysis", "ask_export", ()),
}
ON_A_CHOICE = ("studies.read", "studies.join", "studies.part", "studies.remove")


def wire(window: Window, own_place: str) -> None:
    """Connect the actions of a place that has just been made."""
    for action_id, (place, method, arguments) in DOORS.items():
        if place == own_place:
            act = partial(_call, window, place, method, arguments)
            possible = action_id not in ON_A_CHOICE
            window.actions_table.connect(action_id, act, enabled=possible)


def _call(window: Window, place: str, method: str, arguments: tuple[str, ...]) -> None:
    getattr(window.go(place), method)(*arguments)
