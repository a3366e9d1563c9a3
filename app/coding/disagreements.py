"""The queue of what independent coders settle: items of a round, each with what was decided."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.analysis.disagreements import Item, Piece, find_items, with_gain
from app.coding.coder_joins import living_coders
from app.coding.documents import recent_text_layer
from app.coding.listing import Coding, list_codings
from app.coding.roster import SUBMITTED
from app.models import Project
from app.models.evidence import Document
from app.models.log import Head
from app.models.people import Coder, Layer
from app.models.recorder import in_chunks
from app.models.team import Decision

OPEN, SETTLED, STALE, DEFERRED, ASKED, ISSUE, AGREED = (
    "open", "settled", "stale", "deferred", "asked", "issue", "agreed",
)  # fmt: skip
WAITING = {"defer": DEFERRED, "ask": ASKED, "codebook_issue": ISSUE}
"""Actions after which an item is not settled yet, and what it is then."""


@dataclass(frozen=True, slots=True)
class DecisionInfo:
    """What was decided, by whom (a coder id), when (UTC) and why."""

    id: str
    action: str
    coder_id: str
    at: str
    reason: str
    note: str
    inputs: Mapping[str, str]
    results: tuple[str, ...]
    kind: str
    round_id: str
    document_id: str
    batch: str


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """An item with its state: open, settled, stale, deferred, asked, issue or agreed.

    ``item`` is None for a decision whose codings are all gone; it is stale then. ``inputs`` maps
    the codings to the revision that was compared.
    """

    document_id: str
    round_id: str
    item: Item | None
    state: str
    decision: DecisionInfo | None
    inputs: Mapping[str, str]

    @property
    def needs_someone(self) -> bool:
        """Say whether it is still to be settled."""
        return self.state not in (SETTLED, AGREED)


def list_queue(
    project: Project,
    round_id: str,
    *,
    document_id: str | None = None,
    coder_ids: Collection[str] | None = None,
    unfinished: bool = False,
) -> tuple[QueueEntry, ...]:
    """Return all items of a round, those with the largest effect on agreement first.

    Compared are the submitted layers of independent coders (``coder_ids`` narrows them); with
    ``unfinished`` also open layers that hold codings.
    """
    with project.read() as session:
        compared = _compared(session, round_id, coder_ids, unfinished)
        if document_id is not None:
            compared = {d: coders for d, coders in compared.items() if d == document_id}
        decisions = _decisions(session, round_id)
        lengths = {d: len(_text(session, d)) for d, coders in compared.items() if len(coders) > 1}
    codings = [
        coding
        for coding in list_codings(project, document_id=document_id)
        if coding.round_id == round_id
        and coding.coder_id in compared.get(coding.document_id, ())
        and coding.anchor_state != "orphan"
    ]
    with project.read() as session:
        revisions = _revisions(session, [coding.id for coding in codings])
    by_document: dict[str, list[Piece]] = {}
    for coding in codings:
        by_document.setdefault(coding.document_id, []).append(as_piece(coding))
    found = {d: find_items(p, compared[d]) for d, p in by_document.items()}
    expected = _expected(by_document, compared, lengths)
    entries = [
        _entry(round_id, document, item, decisions.get(document, ()), revisions)
        for document, items in found.items()
        for item in with_gain(items, lambda code: expected.get(code, 0.0))
    ]
    entries += _gone(decisions, entries, document_id)
    return tuple(sorted(entries, key=_urgency))


def as_piece(coding: Coding) -> Piece:
    """Return a coding as the analysis takes it."""
    return Piece(
        coding.id,
        coding.coder_id,
        coding.code_id,
        coding.start,
        coding.end,
        coding.valence,
        coding.stages,
        coding.page_first,
        (coding.area[0], coding.area[1], coding.area[2], coding.area[3]) if coding.area else None,
    )


def inputs_of(project: Project, coding_ids: Iterable[str]) -> dict[str, str]:
    """Return, for codings that are there, the revision in which they stand now."""
    with project.read() as session:
        return _revisions(session, coding_ids)


def current_decisions(project: Project, round_id: str) -> tuple[DecisionInfo, ...]:
    """Return the decisions of a round that no later one supersedes, oldest first."""
    with project.read() as session:
        found = [d for several in _decisions(session, round_id).values() for d in several]
    return tuple(sorted(found, key=lambda decision: (decision.at, decision.id)))


def info_of_decision(row: Decision) -> DecisionInfo:
    """Return a decision as plain data."""
    return DecisionInfo(
        row.id,
        row.action,
        row.coder_id,
        row.at,
        row.reason,
        row.note,
        dict(row.inputs),
        tuple(row.results),
        row.kind,
        row.round_id,
        row.document_id,
        row.batch,
    )


def _compared(
    session: Session, round_id: str, coder_ids: Collection[str] | None, unfinished: bool
) -> dict[str, tuple[str, ...]]:
    """Return, by document, the independent coders whose layers are compared, in their order."""
    question = (
        select(Layer.document_id, Layer.coder_id)
        .join(Coder, Coder.id == Layer.coder_id)
        .where(Layer.round_id == round_id, Coder.role != "consensus")
        .order_by(Coder.position, Coder.id)
    )
    if not unfinished:
        question = question.where(Layer.state == SUBMITTED)
    found: dict[str, list[str]] = {}
    person = living_coders(session).of
    for document, coder_id in session.execute(question):
        coder, several = person(coder_id), found.setdefault(document, [])
        if (coder_ids is None or coder in coder_ids) and coder not in several:
            several.append(coder)
    return {document: tuple(coders) for document, coders in found.items()}


def _decisions(session: Session, round_id: str) -> dict[str, tuple[DecisionInfo, ...]]:
    rows = session.scalars(
        select(Decision).where(Decision.round_id == round_id, Decision.document_id != "")
    ).all()
    superseded = {row.supersedes for row in rows}
    found: dict[str, list[DecisionInfo]] = {}
    for row in rows:
        if row.id not in superseded:
            found.setdefault(row.document_id, []).append(info_of_decision(row))
    return {document: tuple(several) for document, several in found.items()}


def _revisions(session: Session, coding_ids: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for chunk in in_chunks(coding_ids):
        rows = session.execute(
            select(Head.row_id, Head.revision_id)
            .where(Head.kind == "coding", Head.row_id.in_(chunk))
            .order_by(Head.revision_id)
        )
        found |= {row[0]: row[1] for row in rows}
    return found


def _text(session: Session, document_id: str) -> str:
    layer = session.scalar(select(Document.text_layer_id).where(Document.id == document_id))
    return recent_text_layer(session, document_id, layer or "").text


def _expected(
    pieces: Mapping[str, list[Piece]],
    compared: Mapping[str, tuple[str, ...]],
    lengths: Mapping[str, int],
) -> dict[str, float]:
    """Return, by code, how many differing code points chance would give, summed over pairs."""
    pairs = sum(
        lengths[d] * len(coders) * (len(coders) - 1) / 2
        for d, coders in compared.items()
        if d in lengths
    )
    looked_at = sum(lengths[d] * len(coders) for d, coders in compared.items() if d in lengths)
    marked: dict[str, int] = {}
    for several in pieces.values():
        for piece in several:
            marked[piece.code] = marked.get(piece.code, 0) + piece.end - piece.start
    if not looked_at:
        return {}
    shares = {code: min(number / looked_at, 1.0) for code, number in marked.items()}
    return {code: 2 * share * (1 - share) * pairs for code, share in shares.items()}


def _entry(
    round_id: str,
    document_id: str,
    item: Item,
    decisions: Iterable[DecisionInfo],
    revisions: Mapping[str, str],
) -> QueueEntry:
    inputs = {piece.id: revisions.get(piece.id, "") for piece in item.pieces}
    met = [decision for decision in decisions if not item.ids.isdisjoint(decision.inputs)]
    if not met:
        state, decision = (AGREED if item.is_agreed else OPEN), None
    else:
        decision = max(met, key=lambda known: (known.at, known.id))
        same = dict(decision.inputs) == inputs and len(met) == 1
        state = WAITING.get(decision.action, SETTLED) if same else STALE
    return QueueEntry(document_id, round_id, item, state, decision, inputs)


def _gone(
    decisions: Mapping[str, tuple[DecisionInfo, ...]],
    entries: Iterable[QueueEntry],
    document_id: str | None,
) -> list[QueueEntry]:
    """Return the decisions whose codings are all gone."""
    alive = {coding for entry in entries for coding in entry.inputs}
    return [
        QueueEntry(decision.document_id, decision.round_id, None, STALE, decision, {})
        for document, several in decisions.items()
        if document_id in (None, document)
        for decision in several
        if decision.inputs and alive.isdisjoint(decision.inputs)
    ]


def _urgency(entry: QueueEntry) -> tuple[float, str, int, str]:
    item = entry.item
    if item is None:
        return (0.0, entry.document_id, 0, "")
    return (-item.gain, entry.document_id, item.start, item.pieces[0].id)
