"""Coding passages: the act that happens ten thousand times."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from app.coding.code_aliases import LivingCodes, living_codes
from app.coding.documents import DocumentText, load_text, text_of
from app.coding.listing import STAGE, VALENCE, Coding, list_codings
from app.coding.people import acting_coder, living_coders, newest_round, open_layer
from app.documents.anchors import context, page_span
from app.errors import UserError
from app.models import Project, ids
from app.models.codebook import Code, Facet, FacetValue
from app.models.coding import Coding as CodingRow
from app.models.coding import Memo, Placement, Translation
from app.models.people import Layer

__all__ = [
    "STAGE",
    "VALENCE",
    "Coding",
    "KnownFacets",
    "PassageEntry",
    "anchor_of",
    "code_passage",
    "code_passages",
    "known_facets",
    "list_codings",
    "own_row",
    "put_memo",
    "recode",
    "remove_codings",
    "resize",
    "set_coding_memo",
    "set_facet",
    "trimmed",
]

_FEW = 50  # passages for which asking one by one is cheaper than reading their layers


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
    coding_id: str = ""


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
    coding_id: str = "",
    group: str | None = None,
) -> str:
    """Code a passage on the coder's own layer and return the coding's id.

    Coding the same passage with the same code again changes the coding that is there; a new one
    gets the id ``coding_id`` where one is given. Acts with the same ``group`` undo as one.

    Raises:
        UserError: the passage is empty, the code is retired, a facet value is unknown, the layer
            was submitted, or nobody has said who they are.
    """
    entry = PassageEntry(
        document_id, start, end, code_id, facets or {}, condition, coding_id=coding_id
    )
    return code_passages(project, [entry], coder_id=coder_id, round_id=round_id, group=group)[0]


def code_passages(
    project: Project,
    entries: Iterable[PassageEntry],
    *,
    coder_id: str | None = None,
    round_id: str | None = None,
    label: str = "",
    group: str | None = None,
) -> list[str]:
    """Code several passages in one act and return the ids of the codings.

    Acts with the same ``group`` undo as one.

    Raises:
        UserError: as ``code_passage``; then none is coded.
    """
    entries = list(entries)
    coder = acting_coder(project, coder_id)
    label = label or ("Code passage" if len(entries) == 1 else f"Code {len(entries)} passages")
    with project.change(label, group=group) as session:
        round_ = round_id or newest_round(session)
        texts = {d: text_of(session, d) for d in dict.fromkeys(e.document_id for e in entries)}
        with_facets = any(entry.facets for entry in entries)
        known = known_facets(session) if with_facets else KnownFacets({}, {})
        codes: dict[str, Code] = {}
        layers = {d: open_layer(session, d, coder, round_).id for d in texts}
        living = living_codes(session)
        entries = [replace(entry, code_id=living.of(entry.code_id)) for entry in entries]
        present = _present(session, layers.values(), entries, living, texts.values())
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


def _present(
    session: Session,
    layers: Iterable[str],
    entries: Sequence[PassageEntry],
    living: LivingCodes,
    texts: Iterable[DocumentText],
) -> dict[tuple[str, str, int, int], str]:
    """Return the codings that the entries may meet, by layer, code and place in the text of now."""
    connection, own = session.connection(), list(layers)
    now = [text.text_layer_id for text in texts]
    of_layers = CodingRow.layer_id.in_(own)
    here = _places_of(CodingRow).where(of_layers, CodingRow.text_layer_id.in_(now))
    questions = [(here, CodingRow.start)]
    in_other_text = Placement.text_layer_id.in_(now)
    if connection.scalar(select(Placement.coding_id).where(in_other_text).limit(1)) is not None:
        # Hidden from the index of layers, which would look up the place of each of their codings.
        of_layers = func.coalesce(CodingRow.layer_id, "").in_(own)
        joined = Placement.coding_id == CodingRow.id
        moved = Placement.state == "moved"
        placed = _places_of(Placement).where(in_other_text, joined, moved, of_layers)
        questions.insert(0, (placed, Placement.start))
    found: dict[tuple[str, str, int, int], str] = {}
    for question, start in questions:
        if len(entries) <= _FEW:
            # A passage is trimmed at its start only by what lies inside it.
            question = question.where(or_(*[start.between(e.start, e.end) for e in entries]))
        for row in connection.execute(question):
            found[row[0], living.of(row[1]), row[2], row[3]] = row[4]
    return found


def _places_of(kind: type[CodingRow] | type[Placement]) -> Select[str, str, int, int, str]:
    """Return the question for layer, code and place, as the coding or its placement has it."""
    return select(CodingRow.layer_id, CodingRow.code_id, kind.start, kind.end, CodingRow.id)


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
    code = codes.get(entry.code_id) or session.get_one(Code, entry.code_id)
    codes[entry.code_id] = code
    if code.retired:
        raise UserError(f"“{code.name}” is retired.", "Choose another code or bring it back.")
    facets = known.checked(entry.facets)
    row_id = present.get((layer_id, entry.code_id, start, end))
    if row_id is not None:
        row = session.get_one(CodingRow, row_id)
        row.facets = {**row.facets, **facets}
        row.condition = entry.condition or row.condition
    else:
        row_id = entry.coding_id or ids.new_id()
        present[layer_id, entry.code_id, start, end] = row_id
        row = CodingRow(
            id=row_id,
            layer_id=layer_id,
            code_id=entry.code_id,
            facets=facets,
            condition=entry.condition,
            area=[],
            anchor_state="exact",
            **anchor_of(text, start, end),
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


def anchor_of(text: DocumentText, start: int, end: int) -> dict[str, int | str]:
    """Return what a coding stores of a range of a text: offsets, words, context, pages."""
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


def check_facets(project: Project, facets: Mapping[str, Sequence[str]]) -> None:
    """Check facet values before anything is written.

    Raises:
        UserError: a facet or value is unknown, or a single facet has several values.
    """
    with project.read() as session:
        known_facets(session).checked(facets)


def own_row(session: Session, project: Project, coding_id: str) -> CodingRow:
    """Return a coding that you may change.

    Raises:
        UserError: it is gone, someone else's, or frozen.
    """
    row = session.get(CodingRow, coding_id)
    if row is None:
        raise UserError("This coding is no longer there.", "It may have been undone elsewhere.")
    layer = session.get_one(Layer, row.layer_id)
    person = living_coders(session).of
    if person(layer.coder_id) != person(project.actor_id or ""):
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


def recode(
    project: Project, coding_ids: Sequence[str], code_id: str, *, group: str | None = None
) -> None:
    """Give codings another code; changes of one ``group`` undo as one.

    Raises:
        UserError: see ``own_row``.
    """
    with project.change("Change code", group=group) as session:
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
        if row.area:
            raise UserError("This coding is an area of a page.", "Pull its corners instead.")
        row.anchor_state = "exact"
        for name, value in anchor_of(text, start, end).items():
            setattr(row, name, value)


def remove_codings(
    project: Project, coding_ids: Sequence[str], *, group: str | None = None
) -> None:
    """Remove codings with memos and translations on them; changes of one ``group`` undo as one.

    Raises:
        UserError: see ``own_row``.
    """
    label = "Remove coding" if len(coding_ids) == 1 else f"Remove {len(coding_ids)} codings"
    with project.change(label, group=group) as session:
        for coding_id in coding_ids:
            session.delete(own_row(session, project, coding_id))
            for memo in _memos_on(session, "coding", coding_id):
                session.delete(memo)
            for translation in session.scalars(
                select(Translation).where(Translation.coding_id == coding_id)
            ):
                session.delete(translation)


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
