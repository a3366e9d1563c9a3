"""Who codes which document in which round, what is finished, and what was opened again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.coding.people import acting_coder, layers_of, living_coders
from app.errors import UserError
from app.models import Project, ids
from app.models.coding import Coding
from app.models.evidence import Document
from app.models.people import Coder, Layer, Round
from app.models.team import Assignment

UNASSIGNED, WAITING, OPEN, SUBMITTED = "unassigned", "waiting", "open", "submitted"


@dataclass(frozen=True, slots=True)
class Work:
    """One coder's work on one document in one round.

    ``state`` is ``unassigned`` (somebody else's, and nothing was coded), ``waiting`` (assigned, not
    begun), ``open`` or ``submitted``. Submitted without a coding is a finding: there was nothing.
    """

    round_id: str
    document_id: str
    coder_id: str
    layer_id: str
    state: str
    assigned: bool
    codings: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one coder is in one round, counted in documents."""

    coder_id: str
    assigned: int
    begun: int
    submitted: int
    codings: int


def assign(
    project: Project, round_id: str, document_ids: Iterable[str], coder_ids: Iterable[str]
) -> int:
    """Put these documents on these coders' lists for a round; return how many were new."""
    coders = list(coder_ids)
    return assign_pairs(project, round_id, [(d, coder) for d in document_ids for coder in coders])


def assign_pairs(
    project: Project,
    round_id: str,
    pairs: Iterable[tuple[str, str]],
    *,
    label: str = "Assign documents",
) -> int:
    """Put each pair of document and coder on a list; return how many were new."""
    made = 0
    with project.change(label) as session:
        people = living_coders(session)
        for document, coder in dict.fromkeys(pairs):
            rows = [_row_id(round_id, document, known) for known in people.spellings(coder)]
            row_id = _row_id(round_id, document, coder)
            if not any(session.get(Assignment, known) for known in rows):
                session.add(
                    Assignment(id=row_id, round_id=round_id, document_id=document, coder_id=coder)
                )
                made += 1
    return made


def unassign(
    project: Project, round_id: str, document_ids: Iterable[str], coder_ids: Iterable[str]
) -> int:
    """Take documents off coders' lists; return how many were on them.

    Raises:
        UserError: one of them has been submitted already.
    """
    coders = list(coder_ids)
    return unassign_pairs(project, round_id, [(d, coder) for d in document_ids for coder in coders])


def unassign_pairs(project: Project, round_id: str, pairs: Iterable[tuple[str, str]]) -> int:
    """Take documents off coders' lists, each pair a document and a coder; as ``unassign``."""
    taken = 0
    with project.change("Take documents off") as session:
        people = living_coders(session)
        for document, coder in dict.fromkeys(pairs):
            if any(x.state == SUBMITTED for x in layers_of(session, document, coder, round_id)):
                raise UserError(
                    "This document has been submitted already.",
                    "Open it again first, or leave it on the list.",
                )
            for known in people.spellings(coder):
                row = session.get(Assignment, _row_id(round_id, document, known))
                if row is not None:
                    session.delete(row)
                    taken += 1
    return taken


def share_out(
    document_ids: Sequence[str], coder_ids: Sequence[str], *, overlap: float = 0.0, seed: int = 1
) -> tuple[tuple[str, str], ...]:
    """Return who would get what: documents split evenly, a share of them coded by two people.

    The same seed gives the same answer; nothing is written.
    """
    if not coder_ids:
        return ()
    order = list(document_ids)
    Random(seed).shuffle(order)
    doubled = round(len(order) * overlap) if len(coder_ids) > 1 else 0
    turn = 0
    pairs: list[tuple[str, str]] = []
    for number, document in enumerate(order):
        for _ in range(2 if number < doubled else 1):
            pairs.append((document, coder_ids[turn % len(coder_ids)]))
            turn += 1
    place = {document: number for number, document in enumerate(document_ids)}
    who = {coder: number for number, coder in enumerate(coder_ids)}
    return tuple(sorted(pairs, key=lambda pair: (place[pair[0]], who[pair[1]])))


def _row_id(round_id: str, document_id: str, coder_id: str) -> str:
    return ids.agreed_id("assignment", round_id, document_id, coder_id)


def submit_documents(
    project: Project, document_ids: Sequence[str], *, round_id: str, coder_id: str | None = None
) -> None:
    """Say that you are finished with documents in a round; they are frozen then.

    A document without a coding counts as one in which there was nothing to code.

    Raises:
        UserError: nobody has said who they are.
    """
    coder = acting_coder(project, coder_id)
    label = "Submit document" if len(document_ids) == 1 else f"Submit {len(document_ids)} documents"
    with project.change(label) as session:
        for document in document_ids:
            layer = session.get(Layer, ids.layer_id(document, coder, round_id))
            if layer is None:
                layer = Layer(
                    id=ids.layer_id(document, coder, round_id),
                    document_id=document,
                    coder_id=coder,
                    round_id=round_id,
                )
                session.add(layer)
            for known in (layer, *layers_of(session, document, coder, round_id)):
                known.state = SUBMITTED


def reopen_documents(project: Project, layer_ids: Sequence[str]) -> None:
    """Open submitted documents again; the log tells who did it and when.

    Raises:
        UserError: one is someone else's and you do not lead the team.
    """
    actor = acting_coder(project)
    with project.change("Open document again") as session:
        lead = session.get_one(Coder, actor).role == "lead"
        for layer_id in layer_ids:
            layer = session.get(Layer, layer_id)
            if layer is None:
                raise UserError("Nothing was submitted here.", "Choose a submitted document.")
            person = living_coders(session).of
            if person(layer.coder_id) != person(actor) and not lead:
                raise UserError(
                    "Only the team lead can open another coder's document again.",
                    "Ask the team lead.",
                )
            whole = layers_of(session, layer.document_id, layer.coder_id, layer.round_id)
            for known in (layer, *whole):
                known.state = OPEN


def list_work(project: Project, round_id: str) -> tuple[Work, ...]:
    """Return every coder x document of a round, consensus left out, in document order."""
    with project.read() as session:
        return tuple(_work(session, round_id))


def _work(session: Session, round_id: str) -> Iterable[Work]:
    person = living_coders(session).of
    everyone = session.scalars(
        select(Coder.id).where(Coder.role != "consensus").order_by(Coder.position, Coder.name)
    ).all()
    coders = [coder for coder in everyone if person(coder) == coder]
    documents = session.scalars(select(Document.id).order_by(Document.position, Document.id)).all()
    assigned = {
        (row.document_id, person(row.coder_id))
        for row in session.scalars(select(Assignment).where(Assignment.round_id == round_id))
    }
    layers: dict[tuple[str, str], list[Layer]] = {}
    for row in session.scalars(select(Layer).where(Layer.round_id == round_id)):
        layers.setdefault((row.document_id, person(row.coder_id)), []).append(row)
    counted = session.execute(
        select(Coding.layer_id, func.count(Coding.id))
        .join(Layer, Layer.id == Coding.layer_id)
        .where(Layer.round_id == round_id)
        .group_by(Coding.layer_id)
    )
    counts: dict[str, int] = {row[0]: row[1] for row in counted}
    for document in documents:
        for coder in coders:
            own = layers.get((document, coder), [])
            known = (document, coder) in assigned
            number = sum(counts.get(layer.id, 0) for layer in own)
            layer_id = next(iter(sorted(layer.id for layer in own)), "")
            state = _state([layer.state for layer in own], known, number)
            yield Work(round_id, document, coder, layer_id, state, known, number)


def _state(states: Sequence[str], assigned: bool, codings: int) -> str:
    if SUBMITTED in states:
        return SUBMITTED
    if states and codings:
        return OPEN
    return WAITING if assigned else UNASSIGNED


def progress(project: Project, round_id: str) -> tuple[Progress, ...]:
    """Return how far each coder is in a round, in the order of the coders."""
    return progress_of(list_work(project, round_id))


def progress_of(listed: Iterable[Work]) -> tuple[Progress, ...]:
    """Count what was listed already."""
    found: dict[str, list[Work]] = {}
    for work in listed:
        found.setdefault(work.coder_id, []).append(work)
    return tuple(
        Progress(
            coder_id=coder,
            assigned=sum(work.assigned for work in works),
            begun=sum(work.state in (OPEN, SUBMITTED) for work in works),
            submitted=sum(work.state == SUBMITTED for work in works),
            codings=sum(work.codings for work in works),
        )
        for coder, works in found.items()
    )


def rename_round(project: Project, round_id: str, name: str) -> None:
    """Give a round another name.

    Raises:
        UserError: the name is empty or taken.
    """
    name = " ".join(name.split())
    with project.change("Rename round") as session:
        others = session.scalars(select(Round.name).where(Round.id != round_id)).all()
        if not name or name.casefold() in {other.casefold() for other in others}:
            raise UserError("A round needs a name that no other round has.", "Choose another name.")
        session.get_one(Round, round_id).name = name


def own_work(project: Project, document_id: str) -> tuple[str, str, str, str, int, int] | None:
    """Return how your work on a document stands in the newest round.

    That is round id, round name, layer id, state, and how many documents of your list are
    submitted, of how many; None where you do not code.
    """
    if project.actor_id is None:
        return None
    with project.read() as session:
        newest = session.scalars(select(Round).order_by(Round.position.desc()).limit(1)).one()
        person = living_coders(session).of(project.actor_id)
        works = [work for work in _work(session, newest.id) if work.coder_id == person]
    own = next((work for work in works if work.document_id == document_id), None)
    if own is None:
        return None
    listed = [work for work in works if work.assigned]
    finished = sum(work.state == SUBMITTED for work in listed)
    return newest.id, newest.name, own.layer_id, own.state, finished, len(listed)
