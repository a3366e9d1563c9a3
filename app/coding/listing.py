"""Reading codings back: by document, coder, code or id, placed in the text of today."""

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import starmap
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Select, String, select, type_coerce
from sqlalchemy.orm import Session

from app.coding.code_aliases import LivingCodes, living_codes
from app.coding.coder_joins import LivingCoders, living_coders
from app.coding.documents import DocumentText, recent_text_layer
from app.coding.placing import MOVED, ORPHAN, REVIEW, Place, page_of, place_all, remember
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
    area: tuple[float, ...] = ()
    """Of an area x0, y0, x1, y1 in points of the unturned page; then there is no quote."""

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
    page: int = 0
    area: tuple[float, ...] = ()


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
    by its quote (``anchor_state`` "review": the likeliest place, with the words that were coded).
    A coding counts under the code that its own went into; those of retired codes
    are left out unless that code is asked for.
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
            type_coerce(CodingRow.area, String),
        )
    )
    if document_id is not None:
        question = question.where(Layer.document_id == document_id)
    with project.read() as session:
        living, people = living_codes(session), living_coders(session)
        if coder_id is not None:
            question = question.where(Layer.coder_id.in_(people.spellings(coder_id)))
        if code_id is not None:
            question = question.where(CodingRow.code_id.in_(living.spellings(code_id)))
        rows = _rows(session, question, coding_ids)
        rows = _by_people(_that_count(rows, living, 5, wanted=code_id), people, 3)
        found = [row[0] for row in rows]
        narrowed = not (document_id is coder_id is code_id is coding_ids is None)
        memos = _coding_memos(session, found if narrowed else None)
        times = _made_at(session, found)
        moved = {row[0]: (row[1], row[15]) for row in rows if row[14] != row[15]}
        placed, fresh = place_all(session, moved)
        texts = _texts_of(session, moved)
    remember(project, fresh)
    rows.sort(key=itemgetter(6, 7, 0))
    rows.sort(key=itemgetter(1))  # twice, as numbers compare faster than ids
    facets_of = _facet_reader()
    codings = starmap(
        Coding,
        (
            (
                *row[:11],
                facets_of(row[11]),
                row[12],
                memos.get(row[0], ""),
                row[13],
                times[row[0]],
                _area(row[16]),
            )
            for row in rows
        ),
    )
    if not moved:
        return tuple(codings)

    def today(coding: Coding) -> Coding:
        if coding.id not in moved:
            return coding
        place, text = placed[coding.id], texts[moved[coding.id]]
        words = text.text[place.start : place.end]
        return _moved(coding, place, page_of(text, place), words)

    found_now = [today(coding) for coding in codings]
    found_now.sort(key=attrgetter("start", "end", "id"))
    found_now.sort(key=attrgetter("document_id"))
    return tuple(found_now)


def list_places(project: Project) -> list[CodedPlace]:
    """Return where every coding that counts stands, in text order; those gone are left out.

    A coding whose place has to be looked at stands where it most likely is. Where someone coded
    the same words in the same way with two codes that were merged since, they count once.
    """
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
        CodingRow.page_first,
        type_coerce(CodingRow.area, String),
        CodingRow.layer_id,
    )
    with project.read() as session:
        living = living_codes(session)
        rows = _that_count(_rows(session, _joined(question), None), living, 3)
        rows = _once(rows) if living.into else rows
        rows = _by_people(rows, living_coders(session), 2)
        moved = {row[0]: (row[1], row[9]) for row in rows if row[8] != row[9]}
        placed, fresh = place_all(session, moved)
        texts = _texts_of(session, moved)
    remember(project, fresh)
    facets_of = _facet_reader()
    places = [
        CodedPlace._make((*row[:6], facets_of(row[6]), row[10], _area(row[11])))
        for row in rows
        if row[0] not in moved and row[7] != "orphan"
    ]
    for row in rows:
        if row[0] in placed and placed[row[0]].state != ORPHAN:
            place = placed[row[0]]
            page = page_of(texts[moved[row[0]]], place)[0]
            where = (place.start, place.end, facets_of(row[6]), page, _area(row[11]))
            places.append(CodedPlace._make((*row[:4], *where)))
    places.sort(key=itemgetter(4, 5, 0))
    places.sort(key=itemgetter(1))
    return places


def _area(stored: str) -> tuple[float, ...]:
    return () if stored == "[]" else tuple(json.loads(stored))


def _that_count(
    rows: list[Any], living: LivingCodes, at: int, *, wanted: str | None = None
) -> list[Any]:
    """Put each row under the code that counts (column ``at``); drop those of retired codes."""
    if not living.into and not living.retired:
        return rows
    return [
        (*row[:at], living.of(row[at]), *row[at + 1 :])
        for row in rows
        if living.counts(row[at]) or living.of(row[at]) == wanted
    ]


def _by_people(rows: list[Any], people: LivingCoders, at: int) -> list[Any]:
    """Put the person in the place of an id that was joined (column ``at``)."""
    if not people.into:
        return rows
    return [(*row[:at], people.of(row[at]), *row[at + 1 :]) for row in rows]


def _once(rows: list[Any]) -> list[Any]:
    """Leave out what says of the same place, on the same layer, with the same code, the same."""
    found = {(*row[3:7], *row[8:]): row for row in reversed(rows)}
    return list(found.values())


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


def _moved(coding: Coding, place: Place, pages: tuple[int, int], words: str) -> Coding:
    """Return a coding of another text layer as it stands in the present text."""
    if place.state == ORPHAN:
        return replace(coding, anchor_state=ORPHAN)
    first, last = pages
    state, quote = MOVED, words
    if coding.area:  # it stands on the page, whatever text is read from it
        state = REVIEW if place.state == REVIEW else coding.anchor_state
        quote = coding.quote
    elif place.state == REVIEW:  # the words that were coded, until someone has looked
        state, quote = REVIEW, coding.quote
    return replace(
        coding,
        start=place.start,
        end=place.end,
        page_first=first,
        page_last=last,
        anchor_state=state,
        quote=quote,
    )


def _texts_of(
    session: Session, moved: Mapping[str, tuple[str, str]]
) -> dict[tuple[str, str], DocumentText]:
    """Return the present texts of documents that have codings of another text."""
    return {layer: recent_text_layer(session, *layer) for layer in set(moved.values())}
