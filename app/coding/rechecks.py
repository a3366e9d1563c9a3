"""Passages to look at again after the meaning of a code has changed.

A recheck concerns what was coded before it was asked for. Everyone looks at their own codings:
keeping one leaves a mark, changing or removing it leaves the coding changed and a mark.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.coding.listing import Coding, list_codings
from app.coding.passages import own_row, recode, remove_codings
from app.coding.people import acting_coder
from app.errors import UserError
from app.models import Project, ids
from app.models.codebook import Recheck as RecheckRow
from app.models.codebook import RecheckMark
from app.models.project import now

KEPT, CHANGED = "kept", "changed"


@dataclass(frozen=True, slots=True)
class Recheck:
    """A wish to look again; ``open_codings`` are still to be looked at, ``done`` were.

    ``mine`` and ``mine_done`` count your own codings among them.
    """

    id: str
    code_id: str
    reason: str
    asked_at: str
    closed: bool
    open_codings: tuple[Coding, ...]
    done: int
    mine: int
    mine_done: int


def ask_to_look_again(project: Project, code_id: str, reason: str) -> str:
    """Ask everyone to look again at what they coded with a code so far; return the recheck's id.

    Raises:
        UserError: nothing was coded with the code yet.
    """
    if not list_codings(project, code_id=code_id):
        raise UserError("Nothing is coded with this code yet.", "There is nothing to look at.")
    with project.change("Ask to look again") as session:
        return add_recheck(session, code_id, reason)


def add_recheck(session: Session, code_id: str, reason: str) -> str:
    """Add a recheck inside a change."""
    row = RecheckRow(id=ids.new_id(), code_id=code_id, reason=reason.strip(), asked_at=now())
    session.add(row)
    return row.id


def list_rechecks(project: Project, code_id: str = "") -> tuple[Recheck, ...]:
    """Return the rechecks that are not closed, oldest first, of one code or of all."""
    question = select(RecheckRow).where(~RecheckRow.closed).order_by(RecheckRow.asked_at)
    if code_id:
        question = question.where(RecheckRow.code_id == code_id)
    with project.read() as session:
        rows = [(r.id, r.code_id, r.reason, r.asked_at) for r in session.scalars(question)]
        marks: dict[str, dict[str, str]] = {}
        for mark in session.scalars(select(RecheckMark)):
            marks.setdefault(mark.recheck_id, {})[mark.coding_id] = mark.coder_id
    codings = {code: list_codings(project, code_id=code) for code in {row[1] for row in rows}}
    return tuple(
        _recheck(row, codings[row[1]], marks.get(row[0], {}), project.actor_id) for row in rows
    )


def was_asked_since(project: Project, code_id: str, moment: str) -> bool:
    """Say whether a look at a code's passages was asked for after a moment, closed or not."""
    asked = select(RecheckRow.id).where(RecheckRow.code_id == code_id, RecheckRow.asked_at > moment)
    with project.read() as session:
        return session.scalar(asked.limit(1)) is not None


def _recheck(
    row: tuple[str, str, str, str],
    codings: Sequence[Coding],
    marks: dict[str, str],
    actor_id: str | None,
) -> Recheck:
    asked_at = row[3]
    waiting = [c for c in codings if c.made_at <= asked_at and c.id not in marks]
    mine = sum(coding.coder_id == actor_id for coding in waiting)
    mine_done = sum(coder == actor_id for coder in marks.values())
    own_first = sorted(waiting, key=lambda coding: coding.coder_id != actor_id)
    return Recheck(*row, False, tuple(own_first), len(marks), mine + mine_done, mine_done)


def keep(project: Project, recheck_id: str, coding_ids: Sequence[str]) -> None:
    """Say that codings still fit.

    Raises:
        UserError: a coding is someone else's, frozen, or gone.
    """
    with project.change("Keep coding" if len(coding_ids) == 1 else "Keep codings") as session:
        for coding_id in coding_ids:
            own_row(session, project, coding_id)
            _mark(session, project, recheck_id, coding_id, KEPT)


def change_code(project: Project, recheck_id: str, coding_id: str, code_id: str) -> None:
    """Give a coding another code because its old one no longer fits.

    Raises:
        UserError: the coding is someone else's, frozen, or gone.
    """
    group = ids.new_id()
    recode(project, [coding_id], code_id, group=group)
    with project.change("Change code", group=group) as session:
        _mark(session, project, recheck_id, coding_id, CHANGED)


def remove(project: Project, recheck_id: str, coding_id: str) -> None:
    """Remove a coding because its code no longer fits.

    Raises:
        UserError: the coding is someone else's, frozen, or gone.
    """
    group = ids.new_id()
    remove_codings(project, [coding_id], group=group)
    with project.change("Remove coding", group=group) as session:
        _mark(session, project, recheck_id, coding_id, CHANGED)


def close_recheck(project: Project, recheck_id: str) -> None:
    """End a recheck, also where passages were not looked at."""
    with project.change("Close the list to look at again") as session:
        session.get_one(RecheckRow, recheck_id).closed = True


def _mark(
    session: Session, project: Project, recheck_id: str, coding_id: str, outcome: str
) -> None:
    session.merge(
        RecheckMark(
            id=ids.agreed_id("recheck mark", recheck_id, coding_id),
            recheck_id=recheck_id,
            coding_id=coding_id,
            coder_id=acting_coder(project),
            outcome=outcome,
        )
    )
