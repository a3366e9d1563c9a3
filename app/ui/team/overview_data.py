"""What the overview shows, read in one go off the window's thread."""

from dataclasses import dataclass

from app.coding.coder_joins import JoinOffer, list_joins, offered_joins
from app.coding.documents import list_documents
from app.coding.people import CoderInfo, RoundInfo, list_coders, list_rounds
from app.coding.roster import Progress, Work, list_work, progress_of
from app.models import Project
from app.ui.team.roster_model import RosterRow


@dataclass(frozen=True, slots=True)
class Loaded:
    """One round of a project. In a hand-out there is one coder, and only what is on their list."""

    rounds: tuple[RoundInfo, ...]
    round: RoundInfo
    coders: tuple[CoderInfo, ...]
    rows: tuple[RosterRow, ...]
    progress: tuple[Progress, ...]
    documents: int
    offers: tuple[JoinOffer, ...]
    joins: tuple[JoinOffer, ...]
    is_handout: bool


def load(project: Project, round_id: str) -> Loaded:
    """Read a round; the newest where there is no such one."""
    rounds = list_rounds(project)
    chosen = next((r for r in rounds if r.id == round_id), rounds[-1])
    coders = tuple(c for c in list_coders(project) if c.role != "consensus")
    work = list_work(project, chosen.id)
    by_document: dict[str, dict[str, Work]] = {}
    for one in work:
        by_document.setdefault(one.document_id, {})[one.coder_id] = one
    documents = list_documents(project)
    rows = tuple(
        RosterRow(d.id, d.study_label or d.file_name, d.file_name, by_document.get(d.id, {}))
        for d in documents
        if coders
    )
    is_handout = project.kind == "handout"
    if is_handout and any(one.assigned for one in work):
        rows = tuple(r for r in rows if any(w.assigned or w.codings for w in r.work.values()))
    with project.read() as session:
        offers = offered_joins(session)
    return Loaded(
        rounds,
        chosen,
        coders,
        rows,
        progress_of(work),
        len(documents),
        () if is_handout else offers,
        list_joins(project),
        is_handout,
    )
