"""Who codes which document in which round, what is finished, and what was opened again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.coding.people import acting_coder
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
    wanted = {
        ids.agreed_id("assignment", round_id, document, coder): (document, coder)
        for document in document_ids
        for coder in coder_ids
    }
    made = 0
    with project.change("Assign documents") as session:
        for row_id, (document, coder) in wanted.items():
            if session.get(Assignment, row_id) is None:
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
    taken = 0
    with project.change("Take documents off") as session:
        for document in document_ids:
            for coder in coder_ids:
                layer = session.get(Layer, ids.layer_id(document, coder, round_id))
                if layer is not None and layer.state == SUBMITTED:
                    raise UserError(
                        "This document has been submitted already.",
                        "Open it again first, or leave it on the list.",
                    )
                row_id = ids.agreed_id("assignment", round_id, document, coder)
                row = session.get(Assignment, row_id)
                if row is not None:
                    session.delete(row)
                    taken += 1
    return taken


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
            layer.state = SUBMITTED


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
            if layer.coder_id != actor and not lead:
                raise UserError(
                    "Only the team lead can open another coder's document again.",
                    "Ask the team lead.",
                )
            layer.state = OPEN


def list_work(project: Project, round_id: str) -> tuple[Work, ...]:
    """Return every coder x document of a round, consensus left out, in document order."""
    with project.read() as session:
        return tuple(_work(session, round_id))


def _work(session: Session, round_id: str) -> Iterable[Work]:
    coders = session.scalars(
        select(Coder.id).where(Coder.role != "consensus").order_by(Coder.position, Coder.name)
    ).all()
    documents = session.scalars(select(Document.id).order_by(Document.position, Document.id)).all()
    assigned = {
        (row.document_id, row.coder_id)
        for row in session.scalars(select(Assignment).where(Assignment.round_id == round_id))
    }
    layers = {
        (row.document_id, row.coder_id): row
        for row in session.scalars(select(Layer).where(Layer.round_id == round_id))
    }
    counted = session.execute(
        select(Coding.layer_id, func.count(Coding.id))
        .join(Layer, Layer.id == Coding.layer_id)
        .where(Layer.round_id == round_id)
        .group_by(Coding.layer_id)
    )
    counts: dict[str, int] = {row[0]: row[1] for row in counted}
    for document in documents:
        for coder in coders:
            layer = layers.get((document, coder))
            known = (document, coder) in assigned
            number = counts.get(layer.id, 0) if layer is not None else 0
            yield Work(
                round_id,
                document,
                coder,
                layer.id if layer is not None else "",
                _state(layer, known, number),
                known,
                number,
            )


def _state(layer: Layer | None, assigned: bool, codings: int) -> str:
    if layer is not None and layer.state == SUBMITTED:
        return SUBMITTED
    if layer is not None and codings:
        return OPEN
    return WAITING if assigned else UNASSIGNED


def progress(project: Project, round_id: str) -> tuple[Progress, ...]:
    """Return how far each coder is in a round, in the order of the coders."""
    found: dict[str, list[Work]] = {}
    for work in list_work(project, round_id):
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
