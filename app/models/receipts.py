"""Taking back a file that was taken in: its revisions stay in the log and no longer count.

A row is then what the other revisions make of it, as if the file had never come. Taking the same
file in again lets it count again.
"""

import json
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Connection, func, select, update

from app.errors import UserError
from app.models.changes import Changes
from app.models.heads import materialise, recompute_heads
from app.models.log import Change, Receipt, Revision
from app.models.project import Project
from app.models.recorder import Key, in_chunks
from app.models.team import Decision


@dataclass(frozen=True, slots=True)
class ReceiptInfo:
    """A file that was taken in; ``rows`` counts what it brought, by table."""

    id: str
    at: str
    source_name: str
    source_kind: str
    actor_id: str | None
    withdrawn: bool
    rows: dict[str, int]


@dataclass(frozen=True, slots=True)
class Dependents:
    """What was built on a file since: rows changed again, decisions that weighed its rows."""

    changed_again: tuple[Key, ...]
    decision_ids: tuple[str, ...]

    @property
    def none(self) -> bool:
        """Say whether nothing depends on the file."""
        return not (self.changed_again or self.decision_ids)


def list_receipts(project: Project) -> tuple[ReceiptInfo, ...]:
    """Return the files that were taken in, newest first."""
    with project.read() as session:
        counts: dict[str, Counter[str]] = {}
        rows = session.execute(
            select(Change.receipt_id, Revision.kind, func.count(Revision.row_id.distinct()))
            .join(Change, Change.id == Revision.change_id)
            .where(Change.receipt_id.is_not(None))
            .group_by(Change.receipt_id, Revision.kind)
        )
        for receipt_id, kind, number in rows:
            counts.setdefault(receipt_id or "", Counter())[kind] = number
        found = session.scalars(select(Receipt).order_by(Receipt.at.desc(), Receipt.id.desc()))
        return tuple(
            ReceiptInfo(
                row.id,
                row.at,
                row.source_name,
                row.source_kind,
                row.actor_id,
                row.withdrawn,
                dict(counts.get(row.id, {})),
            )
            for row in found
        )


def find_dependents(project: Project, receipt_id: str) -> Dependents:
    """Return what would be left without its ground if this file were taken back."""
    with project.read() as session:
        connection = session.connection()
        own = _revisions_of(connection, receipt_id)
        keys = sorted(set(own.values()))
        again: list[Key] = []
        for chunk in in_chunks({row_id for _kind, row_id in keys}):
            later = connection.execute(
                select(Revision.kind, Revision.row_id, Revision.id, Revision.parents).where(
                    Revision.row_id.in_(chunk)
                )
            )
            again += [
                (row.kind, row.row_id)
                for row in later
                if row.id not in own and any(parent in own for parent in json.loads(row.parents))
            ]
        rows = {row_id for _kind, row_id in keys}
        decisions = [
            row.id
            for row in connection.execute(select(Decision.id, Decision.inputs, Decision.results))
            if rows & {*row.inputs, *row.results}
        ]
    return Dependents(tuple(sorted(set(again))), tuple(sorted(decisions)))


def withdraw_receipt(project: Project, receipt_id: str) -> int:
    """Let a file that was taken in count no more; return how many rows that touched.

    Raises:
        UserError: there is no such file, or it was taken back already.
    """
    with project.exclusively() as engine, engine.begin() as connection:
        receipt = connection.execute(select(Receipt).where(Receipt.id == receipt_id)).first()
        if receipt is None or receipt.withdrawn:
            raise UserError(
                "This hand-in is not counted any more.", "Take the file in again if it should be."
            )
        keys = sorted(set(_revisions_of(connection, receipt_id).values()))
        connection.execute(update(Receipt).where(Receipt.id == receipt_id).values(withdrawn=True))
        recompute_heads(connection, keys)
        materialise(connection, keys)
    project.tell(Changes(everything=True, label="Take back hand-in", origin="merge"))
    return len(keys)


def withdrawn_changes(connection: Connection, change_ids: list[str]) -> list[str]:
    """Return those of these changes that came with a file that was taken back."""
    withdrawn = connection.scalars(select(Receipt.id).where(Receipt.withdrawn)).all()
    if not withdrawn:
        return []
    found: list[str] = []
    for chunk in in_chunks(change_ids):
        found += connection.scalars(
            select(Change.id).where(Change.id.in_(chunk), Change.receipt_id.in_(withdrawn))
        )
    return found


def readopt(connection: Connection, change_ids: list[str], receipt_id: str) -> list[Key]:
    """Let changes that had been taken back count again, under a new receipt; return their rows."""
    keys: set[Key] = set()
    for chunk in in_chunks(change_ids):
        connection.execute(update(Change).where(Change.id.in_(chunk)).values(receipt_id=receipt_id))
        rows = connection.execute(
            select(Revision.kind, Revision.row_id).where(Revision.change_id.in_(chunk))
        )
        keys |= {(row.kind, row.row_id) for row in rows}
    return sorted(keys)


def _revisions_of(connection: Connection, receipt_id: str) -> dict[str, Key]:
    rows = connection.execute(
        select(Revision.id, Revision.kind, Revision.row_id)
        .join(Change, Change.id == Revision.change_id)
        .where(Change.receipt_id == receipt_id)
    )
    return {row.id: (row.kind, row.row_id) for row in rows}
