"""The codings whose place in a new text is not sure: listed, and settled by people.

What a person says is a row of its own (``AnchorFix``); the coding stays as its coder made it.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.coding.documents import text_of
from app.coding.passages import trimmed
from app.coding.people import acting_coder
from app.coding.placing import (
    ABSENT,
    MOVED,
    ORPHAN,
    PLACED,
    Place,
    place_all,
    remember,
)
from app.errors import UserError
from app.models import Project, ids
from app.models.codebook import Code
from app.models.coding import AnchorFix
from app.models.coding import Coding as CodingRow
from app.models.evidence import Document
from app.models.people import Coder, Layer


@dataclass(frozen=True, slots=True)
class Unsure:
    """A coding whose place has to be looked at.

    ``state`` is "review" (``start`` and ``end`` are the likeliest place) or "orphan" (nothing
    like it was found). Quote, prefix and suffix are those of the text it was made on.
    """

    coding_id: str
    document_id: str
    file_name: str
    code: str
    coder: str
    coder_id: str
    quote: str
    prefix: str
    suffix: str
    page_before: int
    state: str
    start: int
    end: int
    is_area: bool = False
    """Then only its page is to be looked at, which is the one that holds ``start``."""


@dataclass(frozen=True, slots=True)
class AnchorCounts:
    """How many codings stand in another text than they were made on, and how surely."""

    moved: int = 0
    review: int = 0
    orphan: int = 0
    settled: int = 0

    @property
    def open(self) -> int:
        """Return how many somebody has to look at."""
        return self.review + self.orphan


def review_queue(project: Project, document_id: str | None = None) -> tuple[Unsure, ...]:
    """Return the codings to be looked at, by document and place."""
    places, rows = _foreign(project, document_id)
    found = [
        Unsure(
            coding_id=row[0],
            document_id=row[1],
            file_name=row[3],
            code=row[4],
            coder=row[5],
            coder_id=row[6],
            quote=row[7],
            prefix=row[8],
            suffix=row[9],
            page_before=row[10],
            state=places[row[0]].state,
            start=places[row[0]].start,
            end=places[row[0]].end,
            is_area=bool(row[11]),
        )
        for row in rows
        if places[row[0]].state != MOVED and not places[row[0]].settled
    ]
    found.sort(key=lambda one: (one.file_name, one.document_id, one.page_before, one.start))
    return tuple(found)


def count_anchors(project: Project, document_id: str | None = None) -> AnchorCounts:
    """Count the codings that were made on another text than their document has now."""
    places, _rows = _foreign(project, document_id)
    settled = sum(place.settled for place in places.values())
    states = Counter(place.state for place in places.values() if not place.settled)
    return AnchorCounts(states[MOVED], states["review"], states[ORPHAN], settled)


def _foreign(
    project: Project, document_id: str | None
) -> tuple[dict[str, Place], list[tuple[Any, ...]]]:
    question = (
        select(
            CodingRow.id,
            Layer.document_id,
            Document.text_layer_id,
            Document.file_name,
            Code.name,
            Coder.name,
            Coder.id,
            CodingRow.quote,
            CodingRow.prefix,
            CodingRow.suffix,
            CodingRow.page_first,
            CodingRow.area,
        )
        .join(Layer, Layer.id == CodingRow.layer_id)
        .join(Document, Document.id == Layer.document_id)
        .join(Code, Code.id == CodingRow.code_id)
        .join(Coder, Coder.id == Layer.coder_id)
        .where(CodingRow.text_layer_id != Document.text_layer_id)
    )
    if document_id is not None:
        question = question.where(Layer.document_id == document_id)
    with project.read() as session:
        rows = [tuple(row) for row in session.connection().execute(question)]
        placed = place_all(session, {row[0]: (row[1], row[2]) for row in rows})
    remember(project, placed.fresh)
    return placed.places, rows


def settle_here(project: Project, coding_id: str, start: int, end: int) -> None:
    """Say that a coding stands here in the document's present text, an area on this page.

    Raises:
        UserError: there are no words, the coding is gone, needs no look, or its own coder has
            settled it.
    """
    with project.change("Place coding") as session:
        row, document = _unsettled(session, coding_id)
        text = text_of(session, document.id)
        if row.area:
            start = end = text.page_starts[text.page_of(start) - 1]
        else:
            start, end = trimmed(text.text, start, end)
        _write(session, project, row, document, PLACED, start, end)


def settle_absent(project: Project, coding_id: str) -> None:
    """Say that the passage of a coding is not in the document's present text.

    Raises:
        UserError: see ``settle_here``.
    """
    with project.change("Coding is not in this text") as session:
        row, document = _unsettled(session, coding_id)
        _write(session, project, row, document, ABSENT, 0, 0)


def _unsettled(session: Session, coding_id: str) -> tuple[CodingRow, Document]:
    row = session.get(CodingRow, coding_id)
    if row is None:
        raise UserError("This coding is no longer there.", "It may have been undone elsewhere.")
    layer = session.get_one(Layer, row.layer_id)
    document = session.get_one(Document, layer.document_id)
    if row.text_layer_id == document.text_layer_id:
        raise UserError(
            "This coding was made on this very text; its place is sure.",
            "Move its ends instead, if they are wrong.",
        )
    return row, document


def _write(
    session: Session,
    project: Project,
    row: CodingRow,
    document: Document,
    state: str,
    start: int,
    end: int,
) -> None:
    coder = acting_coder(project)
    owner = session.get_one(Layer, row.layer_id).coder_id
    layer = document.text_layer_id
    fixes = session.scalars(
        select(AnchorFix).where(AnchorFix.coding_id == row.id, AnchorFix.text_layer_id == layer)
    ).all()
    if any(fix.coder_id == owner != coder for fix in fixes):
        name = session.get_one(Coder, owner).name
        raise UserError(
            f"{name} has said where this coding stands; it is theirs.", "Ask them to change it."
        )
    fix_id = ids.agreed_id("anchor fix", row.id, layer, coder)
    fix = session.get(AnchorFix, fix_id)
    if fix is None:
        fix = AnchorFix(id=fix_id, coding_id=row.id, text_layer_id=layer, coder_id=coder)
        session.add(fix)
    fix.state, fix.start, fix.end = state, start, end
