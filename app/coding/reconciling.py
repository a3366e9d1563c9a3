"""Settling disagreements: decisions, and the consensus layer that holds what they come to.

The codings of the coders stay as they are. A decision is never changed: a later one about the same
codings names the one it supersedes, and takes that one's consensus codings away with it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.analysis.disagreements import BOUNDARY, NESTED, Item, Piece, iou
from app.coding.disagreements import QueueEntry
from app.coding.documents import DocumentText, text_of
from app.coding.passages import anchor_of, known_facets, trimmed
from app.coding.people import acting_coder, open_layer
from app.errors import UserError
from app.models import Project, ids
from app.models.coding import Coding as CodingRow
from app.models.people import Coder
from app.models.project import now
from app.models.team import CodebookIssue, Decision

TAKE, UNION, INTERSECTION, ADJUST, BOTH, OTHER_CODE, NOTHING, DEFER, ASK, ISSUE, AGREE = (
    "take", "union", "intersection", "adjust", "both", "other_code", "nothing", "defer", "ask",
    "codebook_issue", "agree",
)  # fmt: skip
NEEDS_REASON = (NOTHING, OTHER_CODE)
REASONS = {
    NOTHING: (
        "Not about this factor",
        "Not evidence (method, background)",
        "Said elsewhere better",
    ),
    OTHER_CODE: (
        "Fits another definition better",
        "The definition excludes it",
        "Two factors in one",
    ),
}
"""Reasons to pick from; words of one's own may stand in the note."""
CONSENSUS_NAME = "Consensus"


@dataclass(frozen=True, slots=True)
class Choice:
    """What is to become of one item.

    ``coder_id`` is whose codings are taken (``take``), ``span`` the ends of a passage that was
    adjusted (code points, end-exclusive), ``code_id`` the other code. ``facets`` replaces facet
    values of the result by key; those not named come from the codings.
    """

    action: str
    coder_id: str = ""
    span: tuple[int, int] | None = None
    code_id: str = ""
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """One coding of the consensus layer as a choice would make it."""

    code_id: str
    start: int
    end: int
    page: int
    area: tuple[float, ...]
    model_id: str
    """The coding whose facets and condition it takes over."""


def preview(entry: QueueEntry, choice: Choice) -> tuple[Result, ...]:
    """Return the consensus codings that a choice would make, without making them.

    Raises:
        UserError: the choice does not fit the item.
    """
    item = entry.item
    if item is None or choice.action in (NOTHING, DEFER, ASK, ISSUE):
        return ()
    return _MAKERS[choice.action](item, choice)


def decide(
    project: Project, entries: Sequence[QueueEntry], choice: Choice, *, label: str = ""
) -> tuple[str, ...]:
    """Settle items, all in one act; return the ids of the decisions.

    Raises:
        UserError: nobody has said who they are, a reason is missing, or the choice does not fit.
    """
    return decide_each(project, [(entry, choice) for entry in entries], label=label)


def decide_each(
    project: Project, choices: Sequence[tuple[QueueEntry, Choice]], *, label: str = ""
) -> tuple[str, ...]:
    """Settle items, each in its own way, all in one act; return the ids of the decisions.

    Raises:
        UserError: see ``decide``; then nothing is settled.
    """
    actor = acting_coder(project)
    planned = [(entry, choice, _checked(entry, choice)) for entry, choice in choices]
    batch = ids.new_id() if len(planned) > 1 else ""
    words = f"Settle {len(planned)} differences" if batch else "Settle a difference"
    made = []
    with project.change(label or words) as session:
        consensus = _consensus(session, project)
        texts = cache(lambda document_id: text_of(session, document_id))
        for entry, choice, results in planned:
            text = texts(entry.document_id)
            made.append(_write(session, actor, consensus, text, entry, choice, results, batch))
    return tuple(made)


def accept_agreed(project: Project, entries: Iterable[QueueEntry]) -> tuple[str, ...]:
    """Take what all coders agree on into the consensus layer, in one act."""
    agreed = [entry for entry in entries if entry.state == "agreed"]
    if not agreed:
        return ()
    label = f"Accept {len(agreed)} agreed passages"
    return decide(project, agreed, Choice(AGREE), label=label)


def boundary_choices(
    entries: Iterable[QueueEntry], choice: Choice, *, most: int = 0, least_iou: float = 1.0
) -> tuple[tuple[QueueEntry, Choice], ...]:
    """Return the open items that differ only in their ends, to be settled alike.

    Those whose ends lie at most ``most`` code points apart, or whose shared part is at least
    ``least_iou`` of the union (0 to 1).
    """
    found = []
    for entry in entries:
        item = entry.item
        if item is None or entry.state != "open" or item.kind not in (BOUNDARY, NESTED):
            continue
        if item.differs_in or any(piece.area for piece in item.pieces):
            continue
        starts = [piece.start for piece in item.pieces]
        ends = [piece.end for piece in item.pieces]
        apart = max(max(starts) - min(starts), max(ends) - min(ends))
        shared = min(iou(one, other) for one in item.pieces for other in item.pieces)
        if apart <= most or shared >= least_iou:
            found.append((entry, choice))
    return tuple(found)


def consensus_coder(project: Project) -> str:
    """Return the id of the coder who owns the consensus, whether or not there is a row yet."""
    return ids.agreed_id("coder", "consensus", project.id)


def _checked(entry: QueueEntry, choice: Choice) -> tuple[Result, ...]:
    if choice.action in NEEDS_REASON and not (choice.reason or choice.note).strip():
        raise UserError(
            "This decision needs a reason.", "Pick one from the list, or write it in a few words."
        )
    return preview(entry, choice)


def _write(
    session: Session,
    actor: str,
    consensus: str,
    document: DocumentText,
    entry: QueueEntry,
    choice: Choice,
    results: Sequence[Result],
    batch: str,
) -> str:
    earlier = entry.decision
    if earlier is not None:
        _take_away(session, earlier.results, earlier.id)
    inputs = dict(entry.inputs)
    made = [_put(session, document, entry, consensus, choice, result) for result in results]
    decision = Decision(
        id=ids.new_id(),
        round_id=entry.round_id,
        document_id=entry.document_id,
        coder_id=actor,
        kind=entry.item.kind if entry.item is not None else "gone",
        action=choice.action,
        inputs=inputs,
        results=list(dict.fromkeys(made)),
        reason=choice.reason.strip(),
        note=choice.note.strip(),
        supersedes=earlier.id if earlier is not None else "",
        batch=batch,
        at=now(),
    )
    session.add(decision)
    if choice.action == ISSUE and entry.item is not None:
        _raise_issue(session, actor, entry.item, decision, choice)
    return decision.id


def _raise_issue(
    session: Session, actor: str, item: Item, decision: Decision, choice: Choice
) -> None:
    session.add(
        CodebookIssue(
            id=ids.new_id(),
            code_id=choice.code_id or item.codes[0],
            coder_id=actor,
            title=choice.reason.strip() or "The definition does not say whether this counts",
            note=choice.note.strip(),
            decision_ids=[decision.id],
            coding_ids=sorted(item.ids),
            at=decision.at,
        )
    )


def _take_away(session: Session, results: Iterable[str], decision_id: str) -> None:
    """Remove an earlier decision's codings, except those that another decision shares."""
    others = session.scalars(select(Decision.results).where(Decision.id != decision_id)).all()
    shared = {result for several in others for result in several}
    for result in results:
        row = session.get(CodingRow, result)
        if row is not None and result not in shared:
            session.delete(row)
    session.flush()


def _put(
    session: Session,
    document: DocumentText,
    entry: QueueEntry,
    consensus: str,
    choice: Choice,
    result: Result,
) -> str:
    layer = open_layer(session, entry.document_id, consensus, entry.round_id)
    model = session.get_one(CodingRow, result.model_id)
    chosen = known_facets(session).checked(choice.facets) if choice.facets else {}
    kept = {key: list(values) for key, values in model.facets.items() if key not in choice.facets}
    if result.area:
        place: dict[str, object] = {
            "text_layer_id": model.text_layer_id, "start": model.start, "end": model.end,
            "quote": "", "prefix": "", "suffix": "", "page_first": result.page,
            "page_last": result.page,
        }  # fmt: skip
    else:
        place = dict(anchor_of(document, *trimmed(document.text, result.start, result.end)))
    same = session.scalars(
        select(CodingRow).where(
            CodingRow.layer_id == layer.id,
            CodingRow.code_id == result.code_id,
            CodingRow.start == place["start"],
            CodingRow.end == place["end"],
        )
    ).all()
    for row in same:
        if list(row.area) == list(result.area):
            return row.id
    row = CodingRow(
        id=ids.new_id(),
        layer_id=layer.id,
        code_id=result.code_id,
        facets={**kept, **chosen},
        condition=model.condition,
        area=list(result.area),
        anchor_state="exact",
        **place,
    )
    session.add(row)
    session.flush()
    return row.id


def _consensus(session: Session, project: Project) -> str:
    coder_id = consensus_coder(project)
    if session.get(Coder, coder_id) is None:
        positions = session.scalars(select(Coder.position)).all()
        session.add(
            Coder(
                id=coder_id,
                name=CONSENSUS_NAME,
                initials="C",
                role="consensus",
                position=max(positions, default=0) + 1,
            )
        )
        session.flush()
    return coder_id


# -- what each choice makes of an item ----------------------------------------------------------


def _result(piece: Piece, code_id: str = "", span: tuple[int, int] | None = None) -> Result:
    start, end = span or (piece.start, piece.end)
    return Result(code_id or piece.code, start, end, piece.page, piece.area or (), piece.id)


def _distinct(results: Iterable[Result]) -> tuple[Result, ...]:
    found = {(r.code_id, r.start, r.end, r.page, r.area): r for r in reversed(list(results))}
    return tuple(reversed(found.values()))


def _taken(item: Item, choice: Choice) -> tuple[Result, ...]:
    own = [piece for piece in item.pieces if piece.coder == choice.coder_id]
    if not own:
        raise UserError(
            "This coder has coded nothing here.",
            "Choose “nothing here” if that is right, or take the other coder's.",
        )
    return _distinct(_result(piece) for piece in own)


def _both(item: Item, _choice: Choice) -> tuple[Result, ...]:
    return _distinct(_result(piece) for piece in item.pieces)


def _agreed(item: Item, _choice: Choice) -> tuple[Result, ...]:
    first = item.pieces[0].coder
    return _distinct(_result(piece) for piece in item.pieces if piece.coder == first)


def _by_code(item: Item) -> Iterator[tuple[str, list[Piece]]]:
    for code in item.codes:
        yield code, [piece for piece in item.pieces if piece.code == code]


def _union(item: Item, choice: Choice) -> tuple[Result, ...]:
    made = []
    for _code, pieces in _by_code(item):
        model = _model(pieces, choice)
        if model.area is not None:
            boxes = [piece.area for piece in pieces if piece.area is not None]
            lows, highs = list(zip(*boxes, strict=True))[:2], list(zip(*boxes, strict=True))[2:]
            box = (*map(min, lows), *map(max, highs))
            made.append(Result(model.code, 0, 0, model.page, box, model.id))
        else:
            span = min(p.start for p in pieces), max(p.end for p in pieces)
            made.append(_result(model, span=span))
    return tuple(made)


def _intersection(item: Item, choice: Choice) -> tuple[Result, ...]:
    made = []
    for _code, pieces in _by_code(item):
        model = _model(pieces, choice)
        if model.area is not None:
            boxes = [piece.area for piece in pieces if piece.area is not None]
            sides = list(zip(*boxes, strict=True))
            box = (*map(max, sides[:2]), *map(min, sides[2:]))
            empty = box[0] >= box[2] or box[1] >= box[3]
            made.append(Result(model.code, 0, 0, model.page, box, model.id))
        else:
            span = max(p.start for p in pieces), min(p.end for p in pieces)
            empty = span[0] >= span[1]
            made.append(_result(model, span=span))
        if empty:
            raise UserError(
                "No words are shared by all of these passages.",
                "Take one of them, the whole, or set the ends yourself.",
            )
    return tuple(made)


def _adjusted(item: Item, choice: Choice) -> tuple[Result, ...]:
    if choice.span is None or choice.span[0] >= choice.span[1]:
        raise UserError("The passage has no words.", "Select the words that count.")
    return tuple(
        _result(_model(pieces, choice), span=choice.span) for _code, pieces in _by_code(item)
    )


def _recoded(item: Item, choice: Choice) -> tuple[Result, ...]:
    if not choice.code_id:
        raise UserError("No other code was chosen.", "Choose the code that fits.")
    model = _model(item.pieces, choice)
    return (_result(model, choice.code_id, choice.span),)


def _model(pieces: Sequence[Piece], choice: Choice) -> Piece:
    """Return the coding that gives valence, stages and condition: of the chosen coder, or first."""
    return next((p for p in pieces if p.coder == choice.coder_id), pieces[0])


_MAKERS: dict[str, Callable[[Item, Choice], tuple[Result, ...]]] = {
    TAKE: _taken,
    UNION: _union,
    INTERSECTION: _intersection,
    ADJUST: _adjusted,
    BOTH: _both,
    OTHER_CODE: _recoded,
    AGREE: _agreed,
}
