"""From disagreement to codebook: what a definition leaves open, and which passages showed it.

An issue is raised while settling (see ``reconciling``), or by hand. It is closed by saying what was
clarified; the passages coded so far can then be asked to be looked at again.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.coding.people import acting_coder
from app.coding.rechecks import add_recheck
from app.errors import UserError
from app.models import Project, ids
from app.models.codebook import Code
from app.models.project import now
from app.models.team import CodebookIssue

OPEN, CLOSED = "open", "closed"


@dataclass(frozen=True, slots=True)
class IssueInfo:
    """An issue; ``recheck_id`` names the list to look at again that came of it, or is ""."""

    id: str
    code_id: str
    coder_id: str
    title: str
    note: str
    state: str
    coding_ids: tuple[str, ...]
    decision_ids: tuple[str, ...]
    recheck_id: str
    at: str


def list_issues(
    project: Project, *, code_id: str = "", with_closed: bool = False
) -> tuple[IssueInfo, ...]:
    """Return issues, oldest first; one stays open also when its passages have been settled."""
    question = select(CodebookIssue).order_by(CodebookIssue.at, CodebookIssue.id)
    if code_id:
        question = question.where(CodebookIssue.code_id == code_id)
    if not with_closed:
        question = question.where(CodebookIssue.state == OPEN)
    with project.read() as session:
        return tuple(_info(row) for row in session.scalars(question))


def raise_issue(
    project: Project, code_id: str, title: str, *, note: str = "", coding_ids: Sequence[str] = ()
) -> str:
    """Note that a definition leaves something open; return the issue's id.

    Raises:
        UserError: it has no words, or nobody has said who they are.
    """
    words = " ".join(title.split())
    if not words:
        raise UserError("An issue needs a few words.", "Say what the definition leaves open.")
    issue_id = ids.new_id()
    with project.change("Note a codebook issue") as session:
        session.add(
            CodebookIssue(
                id=issue_id,
                code_id=code_id,
                coder_id=acting_coder(project),
                title=words,
                note=note.strip(),
                coding_ids=list(coding_ids),
                at=now(),
            )
        )
    return issue_id


def close_issue(
    project: Project, issue_id: str, *, definition: str | None = None, look_again: bool = False
) -> str:
    """Close an issue, with the clarified definition where there is one, all in one act.

    With ``look_again`` the passages coded so far are asked to be looked at again; the id of that
    list is returned, otherwise "".

    Raises:
        UserError: the issue is closed or gone.
    """
    with project.change("Close a codebook issue") as session:
        row = _open_issue(session, issue_id)
        if definition is not None:
            session.get_one(Code, row.code_id).definition = definition.strip()
        if look_again:
            row.recheck_id = add_recheck(session, row.code_id, row.title)
        row.state = CLOSED
        return row.recheck_id


def reopen_issue(project: Project, issue_id: str) -> None:
    """Open a closed issue again."""
    with project.change("Open a codebook issue again") as session:
        session.get_one(CodebookIssue, issue_id).state = OPEN


def _open_issue(session: Session, issue_id: str) -> CodebookIssue:
    row = session.get(CodebookIssue, issue_id)
    if row is None or row.state != OPEN:
        raise UserError("This issue is closed already.", "Open it again first.")
    return row


def _info(row: CodebookIssue) -> IssueInfo:
    return IssueInfo(
        row.id,
        row.code_id,
        row.coder_id,
        row.title,
        row.note,
        row.state,
        tuple(row.coding_ids),
        tuple(row.decision_ids),
        row.recheck_id,
        row.at,
    )
