"""The team work of the sample: who codes what, what is submitted, and what was settled already."""

from dataclasses import dataclass

from app.coding.disagreements import AGREED, OPEN, QueueEntry, list_queue
from app.coding.documents import list_documents
from app.coding.people import choose_coder, current_round, find_coder
from app.coding.reconciling import Choice, accept_agreed, decide_each
from app.coding.roster import assign, list_work, submit_documents
from app.exchange.sample_review.records import ANALYSTS
from app.models import Project

OPEN_FOR: dict[str, tuple[str, ...]] = {
    "A": ("Calloway - 2004", "Pakenham et al. - 2016", "Ingleton_2018"),
    "B": ("Maalouf - 2016", "Delorme et al. - 2022", "Pakenham et al. - 2016"),
}
"""Beginnings of the names of files that an analyst has not finished."""
SETTLED_IN = ("Rosenvinge et al. - 2016", "Dalgaard_2003")
BY_HAND = 3


@dataclass(frozen=True, slots=True)
class TeamSample:
    """How much of the round is on lists, submitted and settled."""

    assigned: int
    submitted: int
    decisions: int


def lay_team_work(project: Project) -> TeamSample:
    """Put every document on both lists, submit most of them, settle two; you are the first then."""
    round_id = current_round(project).id
    documents = {document.id: document.file_name for document in list_documents(project)}
    coders = {key: find_coder(project, name).id for key, name in ANALYSTS.items()}
    choose_coder(project, coders["A"])
    assigned = assign(project, round_id, documents, coders.values())
    for key, coder in coders.items():
        finished = [i for i, name in documents.items() if not name.startswith(OPEN_FOR[key])]
        submit_documents(project, finished, round_id=round_id, coder_id=coder)
    submitted = sum(work.state == "submitted" for work in list_work(project, round_id))
    return TeamSample(assigned, submitted, _settle(project, round_id, documents))


def _settle(project: Project, round_id: str, documents: dict[str, str]) -> int:
    chosen = {i for i, name in documents.items() if name.startswith(SETTLED_IN)}
    found: list[QueueEntry] = []
    for document in documents:
        if document in chosen:
            found += list_queue(project, round_id, document_id=document)
    agreed = accept_agreed(project, [entry for entry in found if entry.state == AGREED])
    first = find_coder(project, ANALYSTS["A"]).id
    choices = [
        (entry, Choice("take", coder_id=_whose(entry, first), note="As the definition has it."))
        for entry in found
        if entry.state == OPEN and entry.item is not None
    ]
    return len(agreed) + len(decide_each(project, choices[:BY_HAND]))


def _whose(entry: QueueEntry, first: str) -> str:
    coders = [piece.coder for piece in entry.item.pieces] if entry.item is not None else []
    return first if first in coders else coders[0]
