"""Two ids that turned out to be one person: their work counts together, no row is rewritten.

Whoever reads ``layer.coder_id`` asks here whose it is (``living_coders(session).of(coder_id)``).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.coding.code_aliases import followed
from app.errors import UserError
from app.models import Project, ids
from app.models.people import Coder
from app.models.team import CoderJoin


@dataclass(frozen=True, slots=True)
class LivingCoders:
    """Who counts as whom: ``into`` maps ids that were joined to the person they belong to."""

    into: Mapping[str, str]

    def of(self, coder_id: str) -> str:
        """Return the person an id belongs to."""
        return self.into.get(coder_id, coder_id)

    def spellings(self, coder_id: str) -> list[str]:
        """Return all ids of a person, their own first."""
        person = self.of(coder_id)
        return [person, *(old for old, new in self.into.items() if new == person)]


@dataclass(frozen=True, slots=True)
class JoinOffer:
    """Two ids that look like one person; ``coder_id`` would go into ``into_id``."""

    coder_id: str
    into_id: str
    name: str
    into_name: str


def living_coders(session: Session) -> LivingCoders:
    """Read which ids were joined; two that were sent into each other stay apart."""
    steps = session.connection().execute(
        select(CoderJoin.coder_id, CoderJoin.into_id).order_by(CoderJoin.id)
    )
    return LivingCoders(followed({row[0]: row[1] for row in steps}))


def join_coders(project: Project, coder_id: str, into_id: str) -> None:
    """Say that two ids are one person: what ``coder_id`` did counts as done by ``into_id``.

    Raises:
        UserError: they are one already, or one of them is the consensus.
    """
    with project.change("Join coders") as session:
        living = living_coders(session)
        one, other = session.get(Coder, coder_id), session.get(Coder, living.of(into_id))
        if one is None or other is None or living.of(coder_id) == other.id:
            raise UserError("These two are one person already.", "Choose two different people.")
        if "consensus" in (one.role, other.role):
            raise UserError("The consensus is nobody's own work.", "Choose two people who code.")
        row_id = ids.agreed_id("coder join", coder_id)
        row = session.get(CoderJoin, row_id)
        if row is None:
            session.add(CoderJoin(id=row_id, coder_id=coder_id, into_id=other.id))
        else:
            row.into_id = other.id
    if project.actor_id == coder_id:
        project.choose_actor(other.id)


def part_coders(project: Project, coder_id: str) -> None:
    """Let an id that was joined be a person of its own again.

    Raises:
        UserError: it was not joined.
    """
    with project.change("Part coders") as session:
        row = session.get(CoderJoin, ids.agreed_id("coder join", coder_id))
        if row is None:
            raise UserError("These two were not joined.", "Choose somebody who was.")
        session.delete(row)


def list_joins(project: Project) -> tuple[JoinOffer, ...]:
    """Return the ids that were joined, with the person each counts as."""
    with project.read() as session:
        names = _names(session)
        into = living_coders(session).into
    return tuple(
        JoinOffer(old, new, names.get(old, ""), names.get(new, "")) for old, new in into.items()
    )


def offered_joins(session: Session) -> tuple[JoinOffer, ...]:
    """Return people who carry the same name, or of whom one has only the other's first name."""
    living = living_coders(session)
    people = [
        (row.id, row.name, _folded(row.name))
        for row in session.scalars(
            select(Coder).where(Coder.role != "consensus").order_by(Coder.position, Coder.id)
        )
        if living.of(row.id) == row.id
    ]
    found = []
    for at, (into_id, into_name, into_words) in enumerate(people):
        for coder_id, name, words in people[at + 1 :]:
            short, long = sorted((words, into_words), key=len)
            if words == into_words or (len(short) == 1 and short[0] == long[0]):
                found.append(JoinOffer(coder_id, into_id, name, into_name))
    return tuple(found)


def _folded(name: str) -> list[str]:
    return name.casefold().replace(".", " ").split() or [""]


def _names(session: Session) -> dict[str, str]:
    return {row[0]: row[1] for row in session.execute(select(Coder.id, Coder.name))}
