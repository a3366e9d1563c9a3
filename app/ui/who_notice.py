"""Asks, once for each opening, who is coding on this computer."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from app.ui.theme import scale
from app.ui.widgets.notices import Notice

if TYPE_CHECKING:
    from app.coding.people import CoderInfo
    from app.models import Project

KEY = "who"
MOST_NAMES, MOST_NAMES_LARGE = 3, 2
NO_NAMES = 1.6
"""From this size of text on names would not stand side by side; the list of coders has them."""


def question(
    project: "Project", become: Callable[[str], object], ask: Callable[[], object]
) -> Notice | None:
    """Return the question for a project in which this computer has not chosen a coder.

    None where it has, and for a hand-out, which was made for one coder. ``become(coder_id)``
    chooses; ``ask()`` opens the list of coders with its field for a new one.
    """
    from app.coding.people import list_coders

    if project.actor_id is not None or project.kind == "handout":
        return None
    people = [coder for coder in list_coders(project) if coder.role != "consensus"]
    return Notice(
        "info",
        "Who is coding on this computer?",
        "What you code is kept under your name." if people else "Nobody has been added yet.",
        _choices(people, become, ask),
        key=KEY,
        icon="user",
    )


def _choices(
    people: "list[CoderInfo]", become: Callable[[str], object], ask: Callable[[], object]
) -> tuple[tuple[str, Callable[[], object]], ...]:
    if scale() > NO_NAMES:
        return (("Choose", ask),)
    most = MOST_NAMES if scale() < 1.4 else MOST_NAMES_LARGE
    named = [(person.name, partial(become, person.id)) for person in people[:most]]
    rest = "Somebody else" if len(people) > most else "Add a coder"
    return (*named, (rest, ask))
