"""Reading codings back: by document, coder, code or id, placed in the text of today."""

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import starmap
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Select, String, select, type_coerce
from sqlalchemy.orm import Session

from app.coding.documents import recent_text_layer
from app.documents.anchors import locate_quote, page_span
from app.models import Project, ids
from app.models.coding import Coding as CodingRow
from app.models.coding import Memo
from app.models.evidence import Document
from app.models.log import Change, Revision
from app.models.people import Layer
from app.models.recorder import in_chunks

VALENCE = "valence"
STAGE = "stage"
_FEW = 500  # ids that are cheaper to ask for than to leave out

Facets = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Coding:
    """One passage x one code x one layer; offsets are document offsets, end-exclusive.

    ``anchor_state`` is ``exact``, ``moved``, ``review`` or ``orphan``. ``made_at`` is UTC.
    """

    id: str
    document_id: str
    layer_id: str
    coder_id: str
    round_id: str
    code_id: str
    start: int
    end: int
    quote: str
    page_first: int
    page_last: int
    facets: Facets
    condition: str
    memo: str
    anchor_state: str
    made_at: str

    @property
    def valence(self) -> str:
        """Return the key of the valence, or an empty string."""
        return next(iter(self.facets.get(VALENCE, ())), "")

    @property
    def stages(self) -> tuple[str, ...]:
        """Return the keys of the stages."""
        return self.facets.get(STAGE, ())


class CodedPlace(NamedTuple):
    """What counting needs of a coding; offsets are document offsets, end-exclusive."""

    id: str
    document_id: str
    coder_id: str
    code_id: str
    start: int
    end: int
    facets: Facets


class _Placed(NamedTuple):
    start: int
    end: int
    quote: str
    page_first: int
    page_last: int


def list_codings(
    project: Project,
    *,
    document_id: str | None = None,
    coder_id: str | None = None,
    code_id: str | None = None,
    coding_ids: Collection[str] | None = None,
) -> tuple[Coding, ...]:
    """Return codings in text order, of all layers unless narrowed.

    ``coding_ids`` asks for single ones, such as the ids that a change names; those that are gone
    are left out. A coding made on another text layer of its document is placed in the present one
    by its quote.
    """
    question = _joined(
        select(
            CodingRow.id,
            Layer.document_id,
            CodingRow.layer_id,
            Layer.coder_id,
            Layer.round_id,
            CodingRow.code_id,
            CodingRow.start,
            CodingRow.end,
            CodingRow.quote,
            CodingRow.page_first,
            CodingRow.page_last,
            type_coerce(CodingRow.facets, String),
            CodingRow.condition,
            CodingRow.anchor_state,
            CodingRow.text_layer_id,
            Document.text_layer_id,
        )
    )
    for column, value in (
        (Layer.document_id, document_id),
        (Layer.coder_id, coder_id),
        (CodingRow.code_id, code_id),
    ):
        if value is not None:
            question = question.where(column == value)
    with project.read() as session:
        rows = _rows(session, question, coding_ids)
        found = [row[0] for row in rows]
        narrowed = not (document_id is coder_id is code_id is coding_ids is None)
        memos = _coding_memos(session, found if narrowed else None)
        times = _made_at(session, found)
        moved = {row[0]: (row[1], row[15]) for row in rows if row[14] != row[15]}
        placed = _placed_anew(session, moved)
    rows.sort(key=itemgetter(6, 7, 0))
    rows.sort(key=itemgetter(1))  # twice, as numbers compare faster than ids
    facets_of = _facet_reader()
    codings = starmap(
        Coding,
        (
            (*row[:11], facets_of(row[11]), row[12], memos.get(row[0], ""), row[13], times[row[0]])
            for row in rows
        ),
    )
    return tuple([_moved(c, placed.get(c.id)) if c.id in moved else c for c in codings])


def list_places(project: Project) -> list[CodedPlace]:
    """Return where every coding stands, in text order, without those whose words are gone."""
    question = select(
        CodingRow.id,
        Layer.document_id,
        Layer.coder_id,
        CodingRow.code_id,
        CodingRow.start,
        CodingRow.end,
        type_coerce(CodingRow.facets, String),
        CodingRow.anchor_state,
        CodingRow.text_layer_id,
        Document.text_layer_id,
    )
    with project.read() as session:
        rows = _rows(session, _joined(question), None)
        moved = {row[0]: (row[1], row[9]) for row in rows if row[8] != row[9]}
        placed = _placed_anew(session, moved)
    facets_of = _facet_reader()
    places = [
        CodedPlace._make((*row[:6], facets_of(row[6])))
        for row in rows
        if row[0] not in moved and row[7] != "orphan"
    ]
    for row in rows:
        if row[0] in placed:
            place = placed[row[0]]
            where = (place.start, place.end, facets_of(row[6]))
            places.append(CodedPlace._make((*row[:4], *where)))
    places.sort(key=itemgetter(4, 5, 0))
    places.sort(key=itemgetter(1))
    return places


def _joined(question: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return question.join(Layer, Layer.id == CodingRow.layer_id).join(
        Document, Document.id == Layer.document_id
    )


def _rows(
    session: Session, question: Select[*tuple[Any, ...]], coding_ids: Collection[str] | None
) -> list[Any]:
    """Run the question below the object layer, which would double the time of long answers."""
    connection = session.connection()
    if coding_ids is None:
        return list(connection.execute(question).all())
    return [
        row
        for chunk in in_chunks(dict.fromkeys(coding_ids))
        for row in connection.execute(question.where(CodingRow.id.in_(chunk)))
    ]


def _facet_reader() -> Callable[[str], Facets]:
    """Return a reader of stored facets that decodes each of the few combinations once."""

    @cache
    def read(stored: str) -> Facets:
        return {key: tuple(values) for key, values in json.loads(stored).items()}

    return read


def _coding_memos(session: Session, coding_ids: list[str] | None) -> dict[str, str]:
    question = select(Memo.subject_id, Memo.text).where(Memo.subject_kind == "coding")
    if coding_ids is not None and len(coding_ids) < _FEW:
        question = question.where(Memo.subject_id.in_(coding_ids))
    found: dict[str, str] = {}
    for subject, text in session.execute(question.order_by(Memo.id)):
        found[subject] = f"{found[subject]}\n{text}" if subject in found else text
    return found


def _made_at(session: Session, coding_ids: Iterable[str]) -> dict[str, str]:
    """Return when each coding was made: its id tells, else the time of its first revision."""
    times = {coding_id: ids.made_at(coding_id) for coding_id in coding_ids}
    for chunk in in_chunks(coding_id for coding_id, at in times.items() if not at):
        question = (
            select(Revision.row_id, Change.at)
            .join(Change, Change.id == Revision.change_id)
            .where(
                Revision.kind == "coding",
                Revision.parents == json.dumps([]),
                Revision.row_id.in_(chunk),
            )
        )
        times.update(session.execute(question).all())
    return times


def _moved(coding: Coding, place: _Placed | None) -> Coding:
    if place is None:
        return replace(coding, anchor_state="orphan")
    return replace(coding, anchor_state="moved", **place._asdict())


def _placed_anew(session: Session, moved: Mapping[str, tuple[str, str]]) -> dict[str, _Placed]:
    """Find codings of another text layer in the text that the document has now.

    ``moved`` maps coding ids to document id and the id of its text layer.
    """
    placed: dict[str, _Placed] = {}
    for chunk in in_chunks(moved):
        anchors = session.execute(
            select(CodingRow.id, CodingRow.quote, CodingRow.prefix, CodingRow.suffix).where(
                CodingRow.id.in_(chunk)
            )
        )
        for coding_id, quote, prefix, suffix in anchors:
            text = recent_text_layer(session, *moved[coding_id])
            found = locate_quote(text.text, quote, prefix=prefix, suffix=suffix)
            if found is not None and found.state != "review":
                pages = page_span(text.page_starts, found.start, found.end)
                words = text.text[found.start : found.end]
                placed[coding_id] = _Placed(found.start, found.end, words, *pages)
    return placed
