"""The audit trail: the log as people read it, newest first."""

import csv
import json
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any, TextIO

from sqlalchemy import Select, false, func, or_, select
from sqlalchemy.orm import Session

from app.coding.row_words import RowReader, RowWords
from app.models import Project
from app.models.log import Change, Receipt, Revision
from app.models.people import Coder, Device
from app.models.recorder import in_chunks

TOPICS: dict[str, frozenset[str]] = {
    "Coding": frozenset({"coding", "translation", "layer", "assignment", "anchor_fix"}),
    "Decisions": frozenset({"decision", "codebook_issue", "proposal_answer", "agreement_run"}),
    "Codebook": frozenset(
        {"codebook", "cluster", "category", "code", "code_alias", "facet", "facet_value",
         "recheck", "recheck_mark", "rating_scale"}
    ),
    "Studies": frozenset(
        {"study", "report", "document", "document_view", "attribute", "attribute_value", "rating"}
    ),
    "Memos": frozenset({"memo"}),
    "Team": frozenset({"coder", "coder_join", "device", "round", "project"}),
}  # fmt: skip
"""What an act can be about, by the tables it touched."""
HAND_INS = "Hand-ins"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One act: when (UTC), who, on which computer, what, and how many rows by table.

    ``kind`` is act, undo, redo, settle or setup; ``source`` the file it came with, if any;
    ``withdrawn`` says that this file was taken back since.
    """

    change_id: str
    at: str
    coder: str
    device: str
    label: str
    kind: str
    rows: dict[str, int]
    source: str
    withdrawn: bool

    @property
    def topics(self) -> tuple[str, ...]:
        """Return what it is about."""
        found = [topic for topic, kinds in TOPICS.items() if kinds & self.rows.keys()]
        return (*found, HAND_INS) if self.source else tuple(found)


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """What is wanted; nothing given lets everything through. Times are UTC, ISO 8601."""

    coder_ids: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    words: str = ""
    since: str = ""
    until: str = ""
    row_ids: frozenset[str] = frozenset()


def list_audit(
    project: Project,
    wanted: AuditFilter = AuditFilter(),
    *,
    limit: int | None = 500,
    offset: int = 0,
) -> tuple[AuditEntry, ...]:
    """Return acts, newest first, at most ``limit`` from the ``offset``-th on."""
    question = _narrowed(
        select(
            Change.id, Change.at, Change.actor_id, Change.device_id, Change.label, Change.kind,
            Change.receipt_id,
        ),
        wanted,
    ).order_by(Change.at.desc(), Change.seq.desc())  # fmt: skip
    with project.read() as session:
        rows = session.execute(question.limit(limit).offset(offset)).all()
        counts = _counts(session, [row.id for row in rows])
        coders = {row[0]: row[1] for row in session.execute(select(Coder.id, Coder.name))}
        devices = {row[0]: row[1] for row in session.execute(select(Device.id, Device.name))}
        sources = {row.id: row for row in session.scalars(select(Receipt))}
        return tuple(
            AuditEntry(
                change_id=row.id,
                at=row.at,
                coder=coders.get(row.actor_id or "", "") or ("–" if row.actor_id else ""),
                device=devices.get(row.device_id, ""),
                label=row.label,
                kind=row.kind,
                rows=dict(counts.get(row.id, {})),
                source=sources[row.receipt_id].source_name if row.receipt_id in sources else "",
                withdrawn=row.receipt_id in sources and sources[row.receipt_id].withdrawn,
            )
            for row in rows
        )


def rows_of_change(project: Project, change_id: str, *, limit: int = 60) -> tuple[RowWords, ...]:
    """Return what one act left, row by row in words; those one can go to come first."""
    with project.read() as session:
        revisions = session.execute(
            select(Revision.kind, Revision.row_id, Revision.content, Revision.parents)
            .where(Revision.change_id == change_id)
            .limit(limit)
        ).all()
        reader = RowReader(session)
        found = [_row_words(session, reader, row) for row in revisions]
    return tuple(sorted(found, key=lambda row: (not row.end, not (row.document_id or row.code_id))))


def _row_words(session: Session, reader: RowReader, row: Any) -> RowWords:
    content = json.loads(row.content) if row.content is not None else None
    if content is not None:
        return reader.words(row.kind, row.row_id, content)
    parents = json.loads(row.parents)
    before = session.scalar(select(Revision.content).where(Revision.id.in_(parents)).limit(1))
    if before is None:
        return reader.words(row.kind, row.row_id, None)
    there = reader.words(row.kind, row.row_id, json.loads(before))
    return replace(there, details=(*there.details, ("State", "removed")))


def count_audit(project: Project, wanted: AuditFilter = AuditFilter()) -> int:
    """Return how many acts the filter lets through."""
    with project.read() as session:
        inner = _narrowed(select(Change.id), wanted).subquery()
        return session.scalar(select(func.count()).select_from(inner)) or 0


def write_audit_csv(
    project: Project,
    out: TextIO,
    wanted: AuditFilter = AuditFilter(),
) -> int:
    """Write all acts that the filter lets through, oldest first; return how many."""
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("time (UTC)", "who", "computer", "act", "kind", "rows", "came with"))
    entries = list_audit(project, wanted, limit=None)
    for entry in reversed(entries):
        rows = "; ".join(f"{number} {kind}" for kind, number in sorted(entry.rows.items()))
        source = f"{entry.source} (taken back)" if entry.withdrawn else entry.source
        writer.writerow(
            (entry.at, entry.coder, entry.device, entry.label, entry.kind, rows, source)
        )
    return len(entries)


def _narrowed(question: Select[*tuple[Any, ...]], wanted: AuditFilter) -> Select[*tuple[Any, ...]]:
    if wanted.coder_ids:
        question = question.where(Change.actor_id.in_(wanted.coder_ids))
    if wanted.words.strip():
        question = question.where(Change.label.icontains(wanted.words.strip(), autoescape=True))
    if wanted.since:
        question = question.where(Change.at >= wanted.since)
    if wanted.until:
        question = question.where(Change.at <= wanted.until)
    if wanted.row_ids:
        touching = select(Revision.change_id).where(Revision.row_id.in_(wanted.row_ids))
        question = question.where(Change.id.in_(touching))
    if wanted.topics:
        kinds = {kind for topic in wanted.topics for kind in TOPICS.get(topic, ())}
        about = Change.id.in_(select(Revision.change_id).where(Revision.kind.in_(kinds)))
        came = Change.receipt_id.is_not(None) if HAND_INS in wanted.topics else false()
        question = question.where(or_(about, came))
    return question


def _counts(session: Session, change_ids: Collection[str]) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for chunk in in_chunks(change_ids):
        rows = session.execute(
            select(Revision.change_id, Revision.kind, func.count())
            .where(Revision.change_id.in_(chunk))
            .group_by(Revision.change_id, Revision.kind)
        )
        for change_id, kind, number in rows:
            found.setdefault(change_id, Counter())[kind] = number
    return found
