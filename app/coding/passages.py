"""Coding passages: the act that happens ten thousand times."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.coding.documents import DocumentText, load_text, load_text_layer
from app.coding.people import acting_coder, current_round, open_layer
from app.documents.anchors import context, locate_quote, page_span
from app.errors import UserError
from app.models import Project, ids
from app.models.codebook import Code, Facet, FacetValue
from app.models.coding import Coding as CodingRow
from app.models.coding import Memo
from app.models.evidence import Document
from app.models.log import Change, Revision
from app.models.people import Layer

VALENCE = "valence"
STAGE = "stage"


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
    facets: Mapping[str, tuple[str, ...]]
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


@dataclass(frozen=True, slots=True)
class PassageEntry:
    """A passage to be coded, for coding many at once."""

    document_id: str
    start: int
    end: int
    code_id: str
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    condition: str = ""
    memo: str = ""


def code_passage(
    project: Project,
    document_id: str,
    start: int,
    end: int,
    code_id: str,
    *,
    facets: Mapping[str, Sequence[str]] | None = None,
    condition: str = "",
    coder_id: str | None = None,
    round_id: str | None = None,
) -> str:
    """Code a passage on the coder's own layer and return the coding's id.

    Coding the same passage with the same code again changes the coding that is there.

    Raises:
        UserError: the passage is empty, the code is retired, a facet value is unknown, the layer
            was submitted, or nobody has said who they are.
    """
    entry = PassageEntry(document_id, start, end, code_id, facets or {}, condition)
    return code_passages(project, [entry], coder_id=coder_id, round_id=round_id)[0]


def code_passages(
    project: Project,
    entries: Iterable[PassageEntry],
    *,
    coder_id: str | None = None,
    round_id: str | None = None,
    label: str = "",
) -> list[str]:
    """Code several passages in one act and return the ids of the codings.

    Raises:
        UserError: as ``code_passage``; then none is coded.
    """
    entries = list(entries)
    coder = acting_coder(project, coder_id)
    round_ = round_id or current_round(project).id
    texts = {d: load_text(project, d) for d in dict.fromkeys(e.document_id for e in entries)}
    label = label or ("Code passage" if len(entries) == 1 else f"Code {len(entries)} passages")
    with project.change(label) as session:
        known = known_facets(session)
        codes: dict[str, Code] = {}
        layers = {d: open_layer(session, d, coder, round_).id for d in texts}
        present = _present(session, layers.values())
        return [
            _put(
                session,
                project,
                entry,
                texts[entry.document_id],
                layers[entry.document_id],
                present,
                known,
                codes,
                coder,
            )
            for entry in entries
        ]


def _present(session: Session, layers: Iterable[str]) -> dict[tuple[str, str, int, int], str]:
    rows = session.execute(
        select(
            CodingRow.layer_id, CodingRow.code_id, CodingRow.start, CodingRow.end, CodingRow.id
        ).where(CodingRow.layer_id.in_(list(layers)))
    )
    return {row[:4]: row[4] for row in rows}


def _put(
    session: Session,
    project: Project,
    entry: PassageEntry,
    text: DocumentText,
    layer_id: str,
    present: dict[tuple[str, str, int, int], str],
    known: "KnownFacets",
    codes: dict[str, Code],
    coder: str,
) -> str:
    start, end = trimmed(text.text, entry.start, entry.end)
    code = codes.setdefault(entry.code_id, session.get_one(Code, entry.code_id))
    if code.retired:
        raise UserError(f"“{code.name}” is retired.", "Choose another code or bring it back.")
    facets = known.checked(entry.facets)
    row_id = present.get((layer_id, entry.code_id, start, end))
    if row_id is not None:
        row = session.get_one(CodingRow, row_id)
        row.facets = {**row.facets, **facets}
        row.condition = entry.condition or row.condition
    else:
        row_id = ids.new_id()
        present[layer_id, entry.code_id, start, end] = row_id
        row = CodingRow(
            id=row_id,
            layer_id=layer_id,
            code_id=entry.code_id,
            facets=facets,
            condition=entry.condition,
            area=[],
            anchor_state="exact",
            **_anchor(text, start, end),
        )
        session.add(row)
    if entry.memo:
        put_memo(session, "coding", row_id, entry.memo, coder)
    return row_id


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the range without white space at its ends.

    Raises:
        UserError: nothing is left, or the range lies outside the text.
    """
    if not 0 <= start <= end <= len(text):
        raise UserError("This passage lies outside the document's text.", "Select it again.")
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end:
        raise UserError("There are no words in this selection.", "Select some text first.")
    return start, end


def _anchor(text: DocumentText, start: int, end: int) -> dict[str, int | str]:
    prefix, suffix = context(text.text, start, end)
    first, last = page_span(text.page_starts, start, end)
    return {
        "text_layer_id": text.text_layer_id,
        "start": start,
        "end": end,
        "quote": text.text[start:end],
        "prefix": prefix,
        "suffix": suffix,
        "page_first": first,
        "page_last": last,
    }


class KnownFacets:
    """The facets of the codebook, for checking what a coding is given."""

    def __init__(self, multiple: dict[str, bool], values: dict[str, set[str]]) -> None:
        """Keep, by facet key, whether several values may be given, and which ones exist."""
        self._multiple, self._values = multiple, values

    def checked(self, facets: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
        """Return the facets in stored form, empty ones left out.

        Raises:
            UserError: a facet or value is unknown, or a single facet has several values.
        """
        stored: dict[str, list[str]] = {}
        for key, values in facets.items():
            if key not in self._values:
                raise UserError(
                    f"This codebook has no facet {key}.",
                    f"Facets: {', '.join(sorted(self._values))}.",
                )
            for value in values:
                if value not in self._values[key]:
                    raise UserError(
                        f"{value} is not a {key} of this codebook.",
                        f"Choose from: {', '.join(sorted(self._values[key]))}.",
                    )
            if len(values) > 1 and not self._multiple[key]:
                raise UserError(f"A coding has one {key} only.", "Choose one.")
            if values:
                stored[key] = list(dict.fromkeys(values))
        return stored


def known_facets(session: Session) -> KnownFacets:
    """Load the facets that codings may carry."""
    facets = session.scalars(select(Facet)).all()
    values: dict[str, set[str]] = {facet.key: set() for facet in facets}
    keys = {facet.id: facet.key for facet in facets}
    for value in session.scalars(select(FacetValue)):
        values[keys[value.facet_id]].add(value.key)
    return KnownFacets({facet.key: facet.multiple for facet in facets}, values)


def own_row(session: Session, project: Project, coding_id: str) -> CodingRow:
    """Return a coding that you may change.

    Raises:
        UserError: it is gone, someone else's, or frozen.
    """
    row = session.get(CodingRow, coding_id)
    if row is None:
        raise UserError("This coding is no longer there.", "It may have been undone elsewhere.")
    layer = session.get_one(Layer, row.layer_id)
    if layer.coder_id != project.actor_id:
        raise UserError(
            "This is another coder's coding; only they can change it.",
            "Code the passage yourself instead.",
        )
    if layer.state != "open":
        raise UserError(
            "This document has been submitted in this round and is frozen.",
            "Ask the team lead to open it again.",
        )
    return row


def recode(project: Project, coding_ids: Sequence[str], code_id: str) -> None:
    """Give codings another code.

    Raises:
        UserError: see ``own_row``.
    """
    with project.change("Change code") as session:
        for coding_id in coding_ids:
            own_row(session, project, coding_id).code_id = code_id


def set_facet(
    project: Project,
    coding_ids: Sequence[str],
    facet_key: str,
    values: Sequence[str],
    condition: str | None = None,
) -> None:
    """Set one facet of codings, such as the valence; no values clear it.

    Raises:
        UserError: see ``own_row``; or the facet or value is unknown.
    """
    with project.change(f"Change {facet_key}") as session:
        stored = known_facets(session).checked({facet_key: values})
        for coding_id in coding_ids:
            row = own_row(session, project, coding_id)
            row.facets = {**{k: v for k, v in row.facets.items() if k != facet_key}, **stored}
            if condition is not None:
                row.condition = condition


def resize(project: Project, coding_id: str, start: int, end: int) -> None:
    """Move the ends of a coded passage.

    Raises:
        UserError: see ``own_row``; or nothing would be left.
    """
    with project.read() as session:
        layer = session.get_one(Layer, session.get_one(CodingRow, coding_id).layer_id)
        document_id = layer.document_id
    text = load_text(project, document_id)
    start, end = trimmed(text.text, start, end)
    with project.change("Resize passage") as session:
        row = own_row(session, project, coding_id)
        row.anchor_state = "exact"
        for name, value in _anchor(text, start, end).items():
            setattr(row, name, value)


def remove_codings(project: Project, coding_ids: Sequence[str]) -> None:
    """Remove codings and the memos on them.

    Raises:
        UserError: see ``own_row``.
    """
    label = "Remove coding" if len(coding_ids) == 1 else f"Remove {len(coding_ids)} codings"
    with project.change(label) as session:
        for coding_id in coding_ids:
            session.delete(own_row(session, project, coding_id))
            for memo in _memos_on(session, "coding", coding_id):
                session.delete(memo)


def set_coding_memo(project: Project, coding_id: str, text: str) -> None:
    """Write your memo on a coding; an empty one is removed."""
    with project.change("Edit memo") as session:
        put_memo(session, "coding", coding_id, text, acting_coder(project))


def put_memo(session: Session, kind: str, subject_id: str, text: str, coder_id: str) -> None:
    """Write, change or remove a coder's one memo on something."""
    memo_id = ids.agreed_id("memo", kind, subject_id, coder_id)
    memo = session.get(Memo, memo_id)
    if not text.strip():
        if memo is not None:
            session.delete(memo)
    elif memo is None:
        session.add(
            Memo(id=memo_id, subject_kind=kind, subject_id=subject_id, coder_id=coder_id, text=text)
        )
    else:
        memo.text = text


def _memos_on(session: Session, kind: str, subject_id: str) -> Sequence[Memo]:
    return session.scalars(
        select(Memo).where(Memo.subject_kind == kind, Memo.subject_id == subject_id)
    ).all()


def list_codings(
    project: Project,
    *,
    document_id: str | None = None,
    coder_id: str | None = None,
    code_id: str | None = None,
) -> tuple[Coding, ...]:
    """Return codings in text order, of all layers unless narrowed.

    A coding made on another text layer of its document is placed in the present one by its quote.
    """
    question = (
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
            CodingRow.facets,
            CodingRow.condition,
            CodingRow.anchor_state,
            CodingRow.text_layer_id,
            Document.text_layer_id,
            CodingRow.prefix,
            CodingRow.suffix,
        )
        .join(Layer, Layer.id == CodingRow.layer_id)
        .join(Document, Document.id == Layer.document_id)
        .order_by(Layer.document_id, CodingRow.start, CodingRow.end, CodingRow.id)
    )
    for column, value in (
        (Layer.document_id, document_id),
        (Layer.coder_id, coder_id),
        (CodingRow.code_id, code_id),
    ):
        if value is not None:
            question = question.where(column == value)
    with project.read() as session:
        rows = session.execute(question).all()
        memos = _coding_memos(session, [row[0] for row in rows] if document_id else None)
        times = _made_at(session, [row[0] for row in rows] if document_id else None)
        moved = [row for row in rows if row[14] != row[15]]
        placed = _placed_anew(session, moved) if moved else {}
    return tuple(
        Coding(
            *row[:6],
            *placed.get(row[0], (row[6], row[7], row[8], row[9], row[10])),
            {key: tuple(values) for key, values in row[11].items()},
            row[12],
            memos.get(row[0], ""),
            "moved" if row[0] in placed else "orphan" if row[14] != row[15] else row[13],
            times.get(row[0], ""),
        )
        for row in rows
    )


def _coding_memos(session: Session, coding_ids: list[str] | None) -> dict[str, str]:
    question = select(Memo.subject_id, Memo.text).where(Memo.subject_kind == "coding")
    if coding_ids is not None and len(coding_ids) < 500:
        question = question.where(Memo.subject_id.in_(coding_ids))
    found: dict[str, str] = {}
    for subject, text in session.execute(question.order_by(Memo.id)):
        found[subject] = f"{found[subject]}\n{text}" if subject in found else text
    return found


def _made_at(session: Session, coding_ids: list[str] | None) -> dict[str, str]:
    """Return when each coding was made: the time of its first revision."""
    question = (
        select(Revision.row_id, Change.at)
        .join(Change, Change.id == Revision.change_id)
        .where(Revision.kind == "coding", Revision.parents == json.dumps([]))
    )
    if coding_ids is not None and len(coding_ids) < 500:
        question = question.where(Revision.row_id.in_(coding_ids))
    return dict(session.execute(question).all())


def _placed_anew(
    session: Session, rows: Sequence[tuple[object, ...]]
) -> dict[str, tuple[int, int, str, int, int]]:
    """Find codings of another text layer in the text that the document has now."""
    texts: dict[str, DocumentText] = {}
    placed: dict[str, tuple[int, int, str, int, int]] = {}
    for row in rows:
        document_id, layer_id = str(row[1]), str(row[15])
        if document_id not in texts:
            texts[document_id] = load_text_layer(session, document_id, layer_id)
        text = texts[document_id]
        found = locate_quote(text.text, str(row[8]), prefix=str(row[16]), suffix=str(row[17]))
        if found is not None and found.state != "review":
            first, last = page_span(text.page_starts, found.start, found.end)
            quote = text.text[found.start : found.end]
            placed[str(row[0])] = (found.start, found.end, quote, first, last)
    return placed
