"""The log of decisions as people read it: what differed, what was settled, why, by whom, when."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from app.coding.documents import list_documents
from app.coding.extracts import Extract, load_extracts
from app.coding.people import list_coders, list_rounds
from app.models import Project
from app.models.evidence import Study
from app.models.team import Decision

ACTION_WORDS = {
    "take": "Took one coder's",
    "union": "Union",
    "intersection": "Intersection",
    "adjust": "Adjusted",
    "both": "Both",
    "other_code": "Other code",
    "nothing": "Nothing here",
    "defer": "Deferred",
    "ask": "Asked",
    "codebook_issue": "Codebook issue",
    "agree": "Agreed",
}
GONE = "(taken away since)"


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """One decision. ``compared`` and ``consensus`` are passages in words, one for each coding."""

    id: str
    at: str
    coder: str
    round: str
    study: str
    document: str
    kind: str
    action: str
    codes: tuple[str, ...]
    compared: tuple[str, ...]
    consensus: tuple[str, ...]
    reason: str
    note: str
    superseded: bool
    together: bool
    """Made in one act with others."""


def list_decision_lines(project: Project, round_id: str | None = None) -> tuple[DecisionLine, ...]:
    """Return all decisions, oldest first, those that a later one superseded too."""
    question = select(Decision).order_by(Decision.at, Decision.id)
    if round_id is not None:
        question = question.where(Decision.round_id == round_id)
    with project.read() as session:
        rows = session.scalars(question).all()
        studies: dict[str, str] = {}
        if any(row.study_id for row in rows):
            studies = {row.id: row.label for row in session.scalars(select(Study))}
    if not rows:
        return ()
    coders = {coder.id: coder.name for coder in list_coders(project)}
    rounds = {known.id: known.name for known in list_rounds(project)}
    documents = {document.id: document for document in list_documents(project)}
    extracts = {extract.coding_id: extract for extract in load_extracts(project)}
    superseded = {row.supersedes for row in rows}
    found = []
    for row in rows:
        document = documents.get(row.document_id)
        known = [extracts[one] for one in (*row.inputs, *row.results) if one in extracts]
        found.append(
            DecisionLine(
                id=row.id,
                at=row.at,
                coder=coders.get(row.coder_id, ""),
                round=rounds.get(row.round_id, ""),
                study=document.study_label if document else studies.get(row.study_id, ""),
                document=document.file_name if document else "",
                kind=row.kind.replace("_", " "),
                action=ACTION_WORDS.get(row.action, row.action),
                codes=tuple(dict.fromkeys(extract.code for extract in known)),
                compared=_passages(row.inputs, extracts),
                consensus=_passages(row.results, extracts),
                reason=row.reason,
                note=row.note,
                superseded=row.id in superseded,
                together=bool(row.batch),
            )
        )
    return tuple(found)


def _passages(coding_ids: Iterable[str], extracts: dict[str, Extract]) -> tuple[str, ...]:
    return tuple(_words(extracts.get(one)) for one in coding_ids)


def _words(extract: Extract | None) -> str:
    if extract is None:
        return GONE
    said = "area" if extract.area else f"“{extract.clean}”"
    facts = [extract.valence_label, ", ".join(extract.stage_labels)]
    told = "; ".join(fact for fact in facts if fact)
    return (
        f"{extract.coder}: {extract.code}, p. {extract.page_label}, {said}"
        f"{f' ({told})' if told else ''}"
    )
