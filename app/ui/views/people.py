"""Coders as small pictures: who they are, and whether it is you."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from app.coding.people import list_coders
from app.ui.bridge import ProjectBridge


@dataclass(frozen=True, slots=True)
class Person:
    """A coder; ``kind`` is "you", "other" or "consensus", as ``theme.paint_person`` knows them."""

    id: str
    name: str
    initials: str
    kind: str


def people_of(bridge: ProjectBridge) -> dict[str, Person]:
    """Return the coders of the open project by id, in the order of their list."""
    if not bridge.is_open:
        return {}
    found = {}
    for coder in list_coders(bridge.project):
        if coder.role == "consensus":
            kind = "consensus"
        else:
            kind = "you" if coder.id == bridge.project.actor_id else "other"
        found[coder.id] = Person(coder.id, coder.name, coder.initials, kind)
    return found


def short_names(people: Iterable[Person]) -> dict[str, str]:
    """Return first names by coder id; whole names where first names are the same."""
    everyone = list(people)
    first = Counter(person.name.split(" ")[0] for person in everyone)
    return {
        person.id: person.name.split(" ")[0]
        if first[person.name.split(" ")[0]] == 1
        else person.name
        for person in everyone
    }
