"""Coders, rounds and layers: who codes what, and who you are."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.coding.coder_joins import LivingCoders, living_coders
from app.errors import UserError
from app.models import Project, ids
from app.models.people import Coder, Layer, Round

__all__ = [
    "CoderInfo",
    "LayerInfo",
    "LivingCoders",
    "RoundInfo",
    "acting_coder",
    "add_coder",
    "add_round",
    "choose_coder",
    "current_round",
    "find_coder",
    "find_round",
    "initials_of",
    "layers_of",
    "list_coders",
    "list_layers",
    "list_rounds",
    "living_coders",
    "newest_round",
    "open_layer",
    "refuse_other_coder",
    "rename_coder",
]

ROLES = ("lead", "coder", "consensus")


@dataclass(frozen=True, slots=True)
class CoderInfo:
    """A coder; ``role`` is ``lead``, ``coder`` or ``consensus``."""

    id: str
    name: str
    initials: str
    role: str


@dataclass(frozen=True, slots=True)
class RoundInfo:
    """A pass of the team; ``kind`` is ``calibration`` or ``coding``."""

    id: str
    name: str
    kind: str
    position: int


@dataclass(frozen=True, slots=True)
class LayerInfo:
    """One coder's work on one document in one round; ``state`` is ``open`` or ``submitted``."""

    id: str
    document_id: str
    coder_id: str
    round_id: str
    state: str


def list_coders(project: Project) -> tuple[CoderInfo, ...]:
    """Return all people in the order in which they were added; joined ids are left out."""
    with project.read() as session:
        joined = living_coders(session).into
        rows = session.scalars(select(Coder).order_by(Coder.position, Coder.name)).all()
        return tuple(
            CoderInfo(row.id, row.name, row.initials, row.role)
            for row in rows
            if row.id not in joined
        )


def find_coder(project: Project, id_or_name: str) -> CoderInfo:
    """Return the coder with this id or name (case does not matter).

    Raises:
        UserError: there is none, or several have that name.
    """
    coders = list_coders(project)
    with project.read() as session:
        id_or_name = living_coders(session).of(id_or_name)
    found = [c for c in coders if id_or_name in (c.id, c.name)] or [
        c for c in coders if c.name.casefold() == id_or_name.strip().casefold()
    ]
    if len(found) == 1:
        return found[0]
    if found:
        raise UserError(f"Several coders are called {id_or_name}.", "Use the coder's id.")
    names = ", ".join(coder.name for coder in coders) or "nobody yet"
    raise UserError(f"There is no coder {id_or_name}.", f"Coders: {names}.")


def add_coder(project: Project, name: str, *, role: str = "coder") -> str:
    """Add a coder and return the id.

    Raises:
        UserError: the name is empty or taken.
    """
    name = " ".join(name.split())
    coders = list_coders(project)
    if not name:
        raise UserError("A coder needs a name.", "Type the name as it should stand in exports.")
    if any(coder.name.casefold() == name.casefold() for coder in coders):
        raise UserError(f"There is a coder {name} already.", "Choose that one or another name.")
    if role not in ROLES:
        raise ValueError(role)
    coder_id = ids.new_id()
    taken = {coder.initials for coder in coders}
    # The person who starts a project is part of making it, not an act to take back.
    kind = "setup" if role == "lead" and not coders else "act"
    with project.change("Add coder", kind=kind) as session:
        session.add(
            Coder(
                id=coder_id,
                name=name,
                initials=initials_of(name, taken),
                role=role,
                position=len(coders),
            )
        )
    return coder_id


def initials_of(name: str, taken: set[str]) -> str:
    """Return initials that nobody has yet: AR, else AR2, AR3 ..."""
    words = [word for word in name.split() if word[0].isalnum()] or [name]
    first = "".join(word[0] for word in (words[0], *words[1:][-1:])).upper()
    if len(words) == 1:
        first = words[0][:2].upper()
    return next(c for c in (first, *(f"{first}{n}" for n in range(2, 999))) if c not in taken)


def rename_coder(project: Project, coder_id: str, name: str) -> None:
    """Give a coder another name; codings stay with the person."""
    with project.change("Rename coder") as session:
        coder = session.get_one(Coder, coder_id)
        others = session.scalars(select(Coder.initials).where(Coder.id != coder_id))
        coder.name = " ".join(name.split())
        coder.initials = initials_of(coder.name, set(others))


def choose_coder(project: Project, coder_id: str) -> None:
    """Be this coder in this project on this computer.

    Raises:
        UserError: the project is a hand-out, made for one coder.
    """
    person = find_coder(project, coder_id).id
    refuse_other_coder(project, person)
    project.choose_actor(person)


def refuse_other_coder(project: Project, coder_id: str | None) -> None:
    """Refuse, in a hand-out, anybody but the coder it was made for.

    Raises:
        UserError: it is another coder's hand-out.
    """
    if project.kind == "handout" and coder_id != project.actor_id:
        raise UserError(
            "This hand-out was made for one coder.",
            "Ask the team lead for a hand-out of your own.",
        )


def acting_coder(project: Project, coder_id: str | None = None) -> str:
    """Return the given coder, or who you are.

    Raises:
        UserError: nobody has said who they are yet.
    """
    actor = coder_id or project.actor_id
    if actor is None:
        raise UserError(
            "Cofactor does not know yet who is coding.",
            "Choose your name at the lower left, then code again.",
        )
    return actor


def list_rounds(project: Project) -> tuple[RoundInfo, ...]:
    """Return all rounds in their order."""
    with project.read() as session:
        rows = session.scalars(select(Round).order_by(Round.position)).all()
        return tuple(RoundInfo(row.id, row.name, row.kind, row.position) for row in rows)


def find_round(project: Project, id_or_name: str) -> RoundInfo:
    """Return the round with this id or name.

    Raises:
        UserError: there is none.
    """
    rounds = list_rounds(project)
    for known in rounds:
        if id_or_name in (known.id, known.name) or known.name.casefold() == id_or_name.casefold():
            return known
    names = ", ".join(known.name for known in rounds)
    raise UserError(f"There is no round {id_or_name}.", f"Rounds: {names}.")


def current_round(project: Project) -> RoundInfo:
    """Return the newest round."""
    return list_rounds(project)[-1]


def newest_round(session: Session) -> str:
    """Return the id of the newest round."""
    return session.scalars(select(Round.id).order_by(Round.position.desc()).limit(1)).one()


def add_round(project: Project, name: str, *, kind: str = "coding") -> str:
    """Start another round and return its id.

    Raises:
        UserError: the name is empty or taken.
    """
    rounds = list_rounds(project)
    name = " ".join(name.split())
    if not name or any(known.name.casefold() == name.casefold() for known in rounds):
        raise UserError("A round needs a name that no other round has.", "Choose another name.")
    round_id = ids.new_id()
    with project.change("Add round") as session:
        position = max((known.position for known in rounds), default=0) + 1
        session.add(Round(id=round_id, name=name, kind=kind, position=position))
    return round_id


def list_layers(project: Project) -> tuple[LayerInfo, ...]:
    """Return all layers; one of a joined id is that of the person it belongs to."""
    with project.read() as session:
        person = living_coders(session).of
        rows = session.scalars(select(Layer)).all()
        return tuple(
            LayerInfo(row.id, row.document_id, person(row.coder_id), row.round_id, row.state)
            for row in rows
        )


def open_layer(session: Session, document_id: str, coder_id: str, round_id: str) -> Layer:
    """Return the coder's layer on a document, made when missing.

    Raises:
        UserError: it has been submitted and is frozen.
    """
    layer_id = ids.layer_id(document_id, coder_id, round_id)
    layer = session.get(Layer, layer_id)
    if layer is None:
        layer = Layer(
            id=layer_id, document_id=document_id, coder_id=coder_id, round_id=round_id, state="open"
        )
        session.add(layer)
    if any(twin.state != "open" for twin in layers_of(session, document_id, coder_id, round_id)):
        raise UserError(
            "This document has been submitted in this round and is frozen.",
            "Ask the team lead to open it again.",
        )
    return layer


def layers_of(
    session: Session, document_id: str, coder_id: str, round_id: str
) -> tuple[Layer, ...]:
    """Return a person's layers on a document: one for each of their ids that has worked on it."""
    people = living_coders(session).spellings(coder_id)
    wanted = [ids.layer_id(document_id, person, round_id) for person in people]
    return tuple(row for row in (session.get(Layer, i) for i in wanted) if row is not None)
