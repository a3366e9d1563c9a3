"""What each coder says of a study's attributes, how that compares, and what the team settled."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.coding.attributes import AttributeInfo, info_of, parse_value, show_values
from app.coding.documents import recent_text_layer
from app.coding.folding import fold
from app.coding.people import acting_coder
from app.coding.placing import ORPHAN, Anchor, find_places, page_of
from app.errors import UserError
from app.models import Project, ids
from app.models.attributes import Attribute, AttributeValue
from app.models.evidence import Document, Study
from app.models.people import Coder

ANCHOR = (
    "document_id", "text_layer_id", "start", "end", "quote", "prefix", "suffix", "page_first",
    "page_last", "area",
)  # fmt: skip
NO_ANCHOR: Mapping[str, object] = {
    "document_id": "", "text_layer_id": "", "start": 0, "end": 0, "quote": "", "prefix": "",
    "suffix": "", "page_first": 0, "page_last": 0, "area": [],
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ValueInfo:
    """One coder's value of one attribute of one study.

    With a passage that shows it, ``document_id`` is set and the offsets are those of the text of
    today; ``anchor_state`` is then ``exact``, ``moved``, ``review`` (the likeliest place) or
    ``orphan``, else empty.
    """

    id: str
    study_id: str
    attribute_id: str
    coder_id: str
    values: tuple[str, ...]
    note: str = ""
    source: str = ""
    document_id: str = ""
    start: int = 0
    end: int = 0
    quote: str = ""
    page: int = 0
    anchor_state: str = ""

    @property
    def text(self) -> str:
        """Return the values as one text."""
        return show_values(self.values)

    def same_as(self, other: "ValueInfo") -> bool:
        """Say whether both say the same; the order of several values does not matter."""
        return {fold(one) for one in self.values} == {fold(one) for one in other.values}


@dataclass(frozen=True, slots=True)
class AttributeCell:
    """All that is known of one attribute of one study: yours, others', and the settled value."""

    own: ValueInfo | None = None
    others: tuple[ValueInfo, ...] = ()
    settled: ValueInfo | None = None

    @property
    def shown(self) -> ValueInfo | None:
        """Return what stands in the table: the settled value, yours, else another's."""
        return self.settled or self.own or next(iter(self.others), None)

    @property
    def state(self) -> str:
        """Return ``settled``, ``agree``, ``differ``, ``own``, ``other`` or nothing."""
        if self.settled is not None:
            return "settled"
        everyone = (*((self.own,) if self.own else ()), *self.others)
        if len(everyone) > 1:
            return "agree" if all(one.same_as(everyone[0]) for one in everyone) else "differ"
        return "own" if self.own else "other" if everyone else ""

    @property
    def evidence(self) -> ValueInfo | None:
        """Return the value whose passage is to be opened, that of the shown value first."""
        known = (self.shown, self.own, *self.others)
        return next((one for one in known if one is not None and one.document_id), None)


@dataclass(frozen=True, slots=True)
class ValueEntry:
    """A value as typed, for setting many at once; an empty text takes the value away."""

    study_id: str
    attribute_id: str
    text: str
    source: str = ""


def list_values(project: Project, *, study_id: str | None = None) -> tuple[ValueInfo, ...]:
    """Return all values, of one study when asked, with their passages in the text of today."""
    question = select(AttributeValue).order_by(AttributeValue.id)
    if study_id is not None:
        question = question.where(AttributeValue.study_id == study_id)
    with project.read() as session:
        layers = dict(session.execute(select(Document.id, Document.text_layer_id)).all())
        return tuple(_info(session, row, layers) for row in session.scalars(question))


def read_cells(project: Project) -> dict[tuple[str, str], AttributeCell]:
    """Return every cell that holds something, by study id and attribute id."""
    values = list_values(project)
    with project.read() as session:
        consensus = set(session.scalars(select(Coder.id).where(Coder.role == "consensus")))
    found: dict[tuple[str, str], list[ValueInfo]] = {}
    for value in values:
        found.setdefault((value.study_id, value.attribute_id), []).append(value)
    return {key: _cell(own, project.actor_id, consensus) for key, own in found.items()}


def _cell(values: Sequence[ValueInfo], you: str | None, consensus: set[str]) -> AttributeCell:
    return AttributeCell(
        own=next((value for value in values if value.coder_id == you), None),
        others=tuple(v for v in values if v.coder_id != you and v.coder_id not in consensus),
        settled=next((value for value in values if value.coder_id in consensus), None),
    )


def _info(session: Session, row: AttributeValue, layers: Mapping[str, str]) -> ValueInfo:
    start, end, page, state = row.start, row.end, row.page_first, ""
    if row.document_id:
        state = "exact"
        layer = layers.get(row.document_id)
        if layer is None:
            state = ORPHAN
        elif layer != row.text_layer_id:
            text = recent_text_layer(session, row.document_id, layer)
            anchor = Anchor._make(
                (row.id, row.text_layer_id, row.start, row.end, row.quote, row.prefix, row.suffix,
                 row.page_first)
            )  # fmt: skip
            ((_, place),) = find_places(session, text, [anchor])
            state = place.state
            if state != ORPHAN:
                start, end, page = place.start, place.end, page_of(text, place)[0]
    return ValueInfo(
        row.id, row.study_id, row.attribute_id, row.coder_id, tuple(row.values), row.note,
        row.source, row.document_id, start, end, row.quote, page, state,
    )  # fmt: skip


def set_value(
    project: Project,
    study_id: str,
    attribute_id: str,
    text: str,
    *,
    coder_id: str | None = None,
    source: str = "",
) -> None:
    """Say what an attribute of a study is, for yourself; an empty text takes it away.

    A passage that shows the value stays with it.

    Raises:
        UserError: the value does not fit the attribute, or nobody has said who they are.
    """
    set_values(project, [ValueEntry(study_id, attribute_id, text, source)], coder_id=coder_id)


def set_values(
    project: Project, entries: Iterable[ValueEntry], *, coder_id: str | None = None, label: str = ""
) -> int:
    """Set many values in one act and return how many were given.

    Raises:
        UserError: one does not fit, which is named with its study; then none is set.
    """
    entries = list(entries)
    coder = acting_coder(project, coder_id)
    if not label:
        emptied = len(entries) == 1 and not entries[0].text.strip()
        label = f"Set {len(entries)} attribute values"
        label = "Clear attribute" if emptied else "Set attribute" if len(entries) == 1 else label
    with project.change(label) as session:
        attributes: dict[str, AttributeInfo] = {}
        for entry in entries:
            if entry.attribute_id not in attributes:
                row = session.get_one(Attribute, entry.attribute_id)
                attributes[entry.attribute_id] = info_of(row)
            attribute = attributes[entry.attribute_id]
            values = _parsed(session, entry, attribute, alone=len(entries) == 1)
            put_value(session, entry.study_id, attribute.id, coder, values, source=entry.source)
    return sum(bool(entry.text.strip()) for entry in entries)


def _parsed(
    session: Session, entry: ValueEntry, attribute: AttributeInfo, *, alone: bool
) -> tuple[str, ...]:
    try:
        return parse_value(attribute, entry.text)
    except UserError as problem:
        if alone:
            raise
        label = session.get_one(Study, entry.study_id).label
        raise UserError(f"{label}: {problem.message}", problem.hint) from problem


def put_value(
    session: Session,
    study_id: str,
    attribute_id: str,
    coder_id: str,
    values: Sequence[str],
    *,
    source: str = "",
    anchor: Mapping[str, object] | None = None,
) -> None:
    """Write, change or remove one coder's value; a new anchor replaces the one that is there."""
    value_id = ids.agreed_id("attribute value", study_id, attribute_id, coder_id)
    row = session.get(AttributeValue, value_id)
    if not values:
        if row is not None:
            session.delete(row)
        return
    if row is None:
        session.add(
            AttributeValue(
                id=value_id,
                study_id=study_id,
                attribute_id=attribute_id,
                coder_id=coder_id,
                values=list(values),
                note="",
                source=source,
                **{**NO_ANCHOR, **(anchor or {})},
            )
        )
        session.flush()
        return
    row.values = list(values)
    row.source = source or row.source
    for name, value in (anchor or {}).items():
        setattr(row, name, value)


def set_value_note(project: Project, study_id: str, attribute_id: str, note: str) -> None:
    """Write your note on your own value.

    Raises:
        UserError: you have given no value yet.
    """
    coder = acting_coder(project)
    value_id = ids.agreed_id("attribute value", study_id, attribute_id, coder)
    with project.change("Edit note on attribute") as session:
        row = session.get(AttributeValue, value_id)
        if row is None:
            raise UserError("You have given no value yet.", "Give a value, then the note.")
        row.note = note.strip()


def settle_value(
    project: Project,
    study_id: str,
    attribute_id: str,
    values: Sequence[str],
    *,
    from_value_id: str = "",
    reason: str | None = None,
) -> None:
    """Write what the team settled on; no values open the question again.

    ``from_value_id`` names the value that was taken over: its passage comes with it. A ``reason``
    of None leaves the one that is there.

    Raises:
        UserError: a value does not fit the attribute.
    """
    with project.change("Settle attribute") as session:
        write_settled(
            session, project, study_id, attribute_id, values,
            from_value_id=from_value_id, reason=reason,
        )  # fmt: skip


def write_settled(
    session: Session,
    project: Project,
    study_id: str,
    attribute_id: str,
    values: Sequence[str],
    *,
    from_value_id: str = "",
    reason: str | None = None,
) -> str:
    """Write the settled value inside a change and return its id; see ``settle_value``."""
    attribute = info_of(session.get_one(Attribute, attribute_id))
    checked = parse_value(attribute, show_values(values))
    coder = consensus_coder(session, project)
    anchor: dict[str, object] = dict(NO_ANCHOR)
    taken = session.get(AttributeValue, from_value_id) if from_value_id else None
    if taken is not None:
        anchor = {name: getattr(taken, name) for name in ANCHOR}
    put_value(session, study_id, attribute_id, coder, checked, anchor=anchor)
    value_id = ids.agreed_id("attribute value", study_id, attribute_id, coder)
    if checked and reason is not None:
        session.get_one(AttributeValue, value_id).note = reason.strip()
    return value_id


def consensus_coder(session: Session, project: Project) -> str:
    """Return the coder that stands for the team's decisions, made when missing."""
    question = select(Coder.id).where(Coder.role == "consensus").order_by(Coder.position)
    found = session.scalar(question.limit(1))
    if found is not None:
        return found
    taken = set(session.scalars(select(Coder.initials)))
    initials = next(one for one in ("C", "CO", "CONS", "CONSENSUS") if one not in taken)
    coder_id = ids.agreed_id("coder", "consensus", project.id)
    session.add(
        Coder(
            id=coder_id, name="Consensus", initials=initials, role="consensus", position=len(taken)
        )
    )
    session.flush()
    return coder_id


def move_values(session: Session, from_study: str, to_study: str) -> None:
    """Hand the values of a study that goes over to another; where both differ, a note keeps it."""
    for row in session.scalars(
        select(AttributeValue).where(AttributeValue.study_id == from_study)
    ).all():
        value_id = ids.agreed_id("attribute value", to_study, row.attribute_id, row.coder_id)
        there = session.get(AttributeValue, value_id)
        if there is None:
            kept = {name: getattr(row, name) for name in ANCHOR}
            session.add(
                AttributeValue(
                    id=value_id,
                    study_id=to_study,
                    attribute_id=row.attribute_id,
                    coder_id=row.coder_id,
                    values=list(row.values),
                    note=row.note,
                    source=row.source,
                    **kept,
                )
            )
        elif set(there.values) != set(row.values):
            said = f"Before joining: {show_values(row.values)}"
            there.note = f"{there.note}\n{said}".strip()
        session.delete(row)
    session.flush()
