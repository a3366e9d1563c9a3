"""What a file that comes in would change, in words: looked at inside the merge, written or not."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from app.coding.code_aliases import living_codes
from app.coding.coder_joins import JoinOffer, offered_joins
from app.coding.placing import MOVED, ORPHAN, place_all
from app.coding.row_words import RowReader, RowWords
from app.models.codebook import Code
from app.models.coding import Coding
from app.models.evidence import Document, TextLayer
from app.models.log import Change, Revision
from app.models.merge import Conflict, MergeReport
from app.models.people import Device, Layer
from app.models.recorder import in_chunks

SHOWN = 100
"""Rows of one kind that are put into words; the counts are of all."""


@dataclass(frozen=True, slots=True)
class TextDiffers:
    """Codings made on another text of a document, and what became of them in the one here."""

    document_id: str
    name: str
    found: int
    unsure: int
    lost: int
    no_text: bool

    def sentence(self) -> str:
        """Return it in words: "Lindqvist 2022: 22 of 23 passages found again, 1 to look at"."""
        if self.no_text:
            return f"{self.name}: has no text here; its codings wait until it has"
        every = self.found + self.unsure + self.lost
        parts = [f"{self.found} of {every} passages found again"]
        if self.unsure:
            parts.append(f"{self.unsure} to look at")
        if self.lost:
            parts.append(f"{self.lost} not found")
        return f"{self.name}: {', '.join(parts)}"


@dataclass(frozen=True, slots=True)
class Side:
    """One version of a row that two people (or two computers) left differently."""

    revision_id: str
    coder: str
    device: str
    at: str
    row: RowWords
    is_gone: bool


@dataclass(frozen=True, slots=True)
class TrueConflict:
    """A row with several versions; ``one_person`` where one coder made them on two computers."""

    conflict: Conflict
    sides: tuple[Side, ...]
    one_person: bool

    @property
    def title(self) -> str:
        """Return what it is about."""
        row = next((side.row for side in self.sides if not side.is_gone), self.sides[0].row)
        return f"{row.title}, {row.where}" if row.where else row.title

    def question(self) -> str:
        """Return what has to be answered."""
        if self.one_person:
            return f"{self.sides[0].coder} changed this in two copies. Which one is meant?"
        names = list(dict.fromkeys(side.coder or "Someone" for side in self.sides))
        return f"{' and '.join(names)} left this differently. Which one is to count?"


@dataclass(frozen=True, slots=True)
class HandinFacts:
    """Everything that is said about a file beside its counts."""

    added: tuple[RowWords, ...] = ()
    withdrawn: tuple[RowWords, ...] = ()
    changed: tuple[RowWords, ...] = ()
    codes: tuple[RowWords, ...] = ()
    texts: tuple[TextDiffers, ...] = ()
    conflicts: tuple[TrueConflict, ...] = ()
    retired: tuple[tuple[str, int], ...] = ()
    """Names of codes that are retired here, with how many of the file's codings use them."""
    kept: tuple[str, ...] = ()
    """Documents that were removed here and are used by the file."""
    joins: tuple[JoinOffer, ...] = ()
    submitted: int = 0
    """Documents that the file says are finished."""
    studies: int = 0
    """Studies in which it adds codings."""


def look_at(connection: Connection, report: MergeReport) -> HandinFacts:
    """Return the facts about a file that has just been merged on this connection."""
    with Session(bind=connection, autoflush=False) as session:
        reader = RowReader(session)
        added = report.added_ids.get("coding", ())
        changed = report.changed_ids.get("coding", ())
        documents = _documents_of(session, added)
        gone = [(key, row) for key, row in report.gone.items() if key[0] == "coding"]
        return HandinFacts(
            added=reader.read(("coding", row_id) for row_id in added[:SHOWN]),
            withdrawn=tuple(reader.words(*key, row) for key, row in gone[:SHOWN]),
            changed=reader.read(("coding", row_id) for row_id in changed[:SHOWN]),
            codes=reader.read(_codes(report)),
            texts=tuple(_texts(session, reader, [*added, *changed])),
            conflicts=tuple(_sides(session, reader, one) for one in report.conflicts),
            retired=tuple(_retired(session, reader, added)),
            kept=tuple(reader.document(i) for kind, i in report.kept if kind == "document"),
            joins=tuple(
                offer
                for offer in offered_joins(session)
                if report.coder_id in (offer.coder_id, offer.into_id)
                or offer.coder_id in report.added_ids.get("coder", ())
            ),
            submitted=_submitted(session, report),
            studies=len({reader.document(document) for document in documents}),
        )


def conflict_sides(session: Session, conflicts: Iterable[Conflict]) -> tuple[TrueConflict, ...]:
    """Return conflicts with who left which version when."""
    reader = RowReader(session)
    return tuple(_sides(session, reader, conflict) for conflict in conflicts)


def _codes(report: MergeReport) -> list[tuple[str, str]]:
    if report.kind == "handout":
        return []
    return [("code", row_id) for row_id in report.added_ids.get("code", ())]


def _documents_of(session: Session, coding_ids: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for chunk in in_chunks(coding_ids):
        found |= set(
            session.scalars(
                select(Layer.document_id)
                .join(Coding, Coding.layer_id == Layer.id)
                .where(Coding.id.in_(chunk))
            )
        )
    return found


def _texts(session: Session, reader: RowReader, coding_ids: Iterable[str]) -> Iterable[TextDiffers]:
    moved: dict[str, tuple[str, str]] = {}
    for chunk in in_chunks(coding_ids):
        rows = session.execute(
            select(Coding.id, Document.id, Document.text_layer_id)
            .join(Layer, Layer.id == Coding.layer_id)
            .join(Document, Document.id == Layer.document_id)
            .where(Coding.id.in_(chunk), Coding.text_layer_id != Document.text_layer_id)
        )
        moved |= {row[0]: (row[1], row[2]) for row in rows}
    wanted = {layer for _document, layer in moved.values()}
    here = set(session.scalars(select(TextLayer.id).where(TextLayer.id.in_(wanted))))
    placed = place_all(session, {k: v for k, v in moved.items() if v[1] in here}).places
    by_document: dict[str, list[str]] = {}
    for coding_id, (document_id, layer) in moved.items():
        state = placed[coding_id].state if layer in here else ""
        by_document.setdefault(document_id, []).append(state)
    for document_id, states in by_document.items():
        yield TextDiffers(
            document_id,
            reader.document(document_id),
            states.count(MOVED),
            sum(state not in (MOVED, ORPHAN, "") for state in states),
            states.count(ORPHAN),
            "" in states,
        )


def _sides(session: Session, reader: RowReader, conflict: Conflict) -> TrueConflict:
    rows = session.execute(
        select(Revision.id, Change.actor_id, Change.at, Device.name)
        .join(Change, Change.id == Revision.change_id)
        .outerjoin(Device, Device.id == Change.device_id)
        .where(Revision.id.in_(list(conflict.versions)))
        .order_by(Change.at, Revision.id)
    ).all()
    sides = tuple(
        Side(
            row.id,
            reader.name_of(row.actor_id),
            row.name or "",
            row.at,
            reader.words(conflict.kind, conflict.row_id, conflict.versions[row.id]),
            conflict.versions[row.id] is None,
        )
        for row in rows
    )
    return TrueConflict(
        conflict, sides, len({s.coder for s in sides}) == 1 and bool(sides[0].coder)
    )


def _retired(
    session: Session, reader: RowReader, coding_ids: Iterable[str]
) -> Iterable[tuple[str, int]]:
    living = living_codes(session)
    counts: dict[str, int] = {}
    for chunk in in_chunks(coding_ids):
        for code_id in session.scalars(select(Coding.code_id).where(Coding.id.in_(chunk))):
            if not living.counts(code_id):
                counts[living.of(code_id)] = counts.get(living.of(code_id), 0) + 1
    for code_id, number in counts.items():
        code = session.get(Code, code_id)
        yield (code.name if code is not None else "", number)


def _submitted(session: Session, report: MergeReport) -> int:
    touched = [*report.added_ids.get("layer", ()), *report.changed_ids.get("layer", ())]
    return sum(
        len(session.scalars(
            select(Layer.id).where(Layer.id.in_(chunk), Layer.state == "submitted")
        ).all())
        for chunk in in_chunks(touched)
    )  # fmt: skip


def as_json(facts: HandinFacts) -> dict[str, Any]:
    """Return the facts for the command line."""
    return {
        "submitted": facts.submitted,
        "studies": facts.studies,
        "texts": [
            {"document": t.name, "found": t.found, "unsure": t.unsure, "lost": t.lost}
            for t in facts.texts
        ],
        "retired_codes": [{"code": name, "codings": number} for name, number in facts.retired],
        "removed_documents": list(facts.kept),
        "same_person": [
            {"coder": offer.coder_id, "into": offer.into_id, "name": offer.into_name}
            for offer in facts.joins
        ],
        "one_person_two_copies": sum(one.one_person for one in facts.conflicts),
    }
