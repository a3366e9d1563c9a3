"""What coders made or changed in the codebook while they worked apart: proposals to the lead.

A proposal counts from the moment it is handed in, so that no coding hangs in the air; it stays on
the lead's list until it is accepted, joined with a code that was there, or refused.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.coding.code_aliases import MERGE, living_codes
from app.coding.codebooks import put_alias
from app.coding.people import acting_coder
from app.errors import UserError
from app.models import Project, ids
from app.models.codebook import Code
from app.models.coding import Coding
from app.models.log import Change, Receipt, Revision
from app.models.people import Coder
from app.models.recorder import heads_of
from app.models.team import ProposalAnswer

NEW, CHANGED = "new", "changed"
ACCEPTED, JOINED, REFUSED = "accepted", "joined", "refused"
SHOWN = ("name", "definition", "include", "exclude", "example", "colour", "hot_key", "retired")
"""The parts of a code that a proposal shows when they differ."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A code that a coder made (``new``) or changed, waiting for the lead's answer.

    ``before`` and ``after`` hold the parts that differ, by name; ``codings`` counts what was coded
    with it; ``same_as`` is the id of another code of the same name, or "".
    """

    code_id: str
    revision_id: str
    coder_id: str
    kind: str
    name: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    codings: int
    same_as: str


def list_proposals(project: Project) -> tuple[Proposal, ...]:
    """Return the proposals that nobody has answered, in the order of their codes' names."""
    with project.read() as session:
        found = list(_waiting(session))
    return tuple(sorted(found, key=lambda proposal: (proposal.name.casefold(), proposal.code_id)))


def accept(project: Project, proposals: Iterable[Proposal]) -> None:
    """Let proposals stand as they are."""
    several = list(proposals)
    label = "Accept proposal" if len(several) == 1 else f"Accept {len(several)} proposals"
    with project.change(label) as session:
        for proposal in several:
            _answer(session, project, proposal, ACCEPTED)


def join(project: Project, proposal: Proposal, into: str) -> None:
    """Let a proposed code go into one that was there; its codings count there from now on.

    Raises:
        UserError: the two are one, or one of them is gone or retired.
    """
    with project.change("Join codes") as session:
        row, target = session.get(Code, proposal.code_id), session.get(Code, into)
        if row is None or target is None or row is target or row.retired or target.retired:
            raise UserError(
                "These two codes cannot be joined.", "Choose another code that is in use."
            )
        put_alias(session, target.id, row.name, MERGE, row.id)
        row.retired, row.hot_key = True, ""
        _answer(session, project, proposal, JOINED, into)


def refuse(project: Project, proposal: Proposal) -> None:
    """Turn a proposal down: a new code is retired, a changed one is as it was before."""
    with project.change("Refuse proposal") as session:
        row = session.get(Code, proposal.code_id)
        if row is not None and proposal.kind == NEW:
            row.retired = True
        elif row is not None:
            for name, value in proposal.before.items():
                setattr(row, name, value)
        _answer(session, project, proposal, REFUSED)


def _answer(
    session: Session, project: Project, proposal: Proposal, answer: str, into: str = ""
) -> None:
    session.add(
        ProposalAnswer(
            id=ids.agreed_id("answer", proposal.code_id, proposal.revision_id),
            code_id=proposal.code_id,
            revision_id=proposal.revision_id,
            coder_id=acting_coder(project),
            answer=answer,
            into_code_id=into,
        )
    )


def _waiting(session: Session) -> Iterable[Proposal]:
    answered = set(session.scalars(select(ProposalAnswer.revision_id)))
    withdrawn = select(Receipt.id).where(Receipt.withdrawn)
    rows = session.execute(
        select(Revision.id, Revision.row_id, Revision.parents, Revision.content, Change.actor_id)
        .join(Change, Change.id == Revision.change_id)
        .join(Coder, Coder.id == Change.actor_id)
        .where(
            Revision.kind == "code",
            Coder.role == "coder",
            Change.receipt_id.is_not(None),
            Change.receipt_id != "hand-out",
            Change.receipt_id.not_in(withdrawn),
        )
        .order_by(Revision.id)
    ).all()
    newest = {(row.row_id, row.actor_id): row for row in rows}
    heads = heads_of(session.connection(), {("code", row.row_id) for row in newest.values()})
    waiting = [
        row
        for row in newest.values()
        if row.id not in answered
        and row.content is not None
        and row.content in heads.get(("code", row.row_id), {}).values()
    ]
    if not waiting:
        return
    living = living_codes(session)
    names: dict[str, str] = {}
    for code_id, name in session.execute(select(Code.id, Code.name).where(~Code.retired)):
        names.setdefault(name.casefold(), code_id)
    for row in waiting:
        after, before = json.loads(row.content), _before(session, row, answered)
        differing = [n for n in SHOWN if before is None or before.get(n) != after.get(n)]
        if not differing:
            continue
        twin = names.get(after["name"].casefold(), "")
        used = select(func.count(Coding.id)).where(Coding.code_id.in_(living.spellings(row.row_id)))
        yield Proposal(
            code_id=row.row_id,
            revision_id=row.id,
            coder_id=row.actor_id or "",
            kind=NEW if before is None else CHANGED,
            name=after["name"],
            before={name: before[name] for name in differing} if before is not None else {},
            after={name: after[name] for name in differing},
            codings=session.scalar(used) or 0,
            same_as=twin if twin != row.row_id else "",
        )


def _before(session: Session, row: Any, answered: set[str]) -> dict[str, Any] | None:
    """Return the code as it stood before this coder's work: None for one that they made.

    Goes back over the same coder's earlier revisions, up to one that was answered.
    """
    parents = json.loads(row.parents)
    while parents:
        earlier = session.execute(
            select(Revision.id, Revision.parents, Revision.content, Change.actor_id)
            .join(Change, Change.id == Revision.change_id)
            .where(Revision.id == parents[0])
        ).first()
        if earlier is None:
            return None
        if earlier.actor_id != row.actor_id or earlier.id in answered:
            content: dict[str, Any] | None = json.loads(earlier.content or "null")
            return content
        parents = json.loads(earlier.parents)
    return None
