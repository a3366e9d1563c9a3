"""Undo and redo, read from the log: what this computer did, as long as nothing built on it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.base import Content, Logged, logged_kinds, references_between_logged
from app.models.coding import Memo
from app.models.log import Change, Revision
from app.models.recorder import Key, heads_of, in_chunks

MOVED_ON = UserError(
    "This cannot be taken back: it has been changed again since.", "Undo the later change first."
)


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of the undo list: a group of changes with the label that menus show."""

    group_id: str
    label: str
    actor_id: str | None


class UndoList:
    """The acts of one computer in one file that can be taken back, newest last."""

    def __init__(self, connection: Connection, device_id: str, schema: int) -> None:
        """Read the list from the log; acts before the last migration are left out."""
        self._undo: list[Step] = []
        self._redo: list[Step] = []
        rows = connection.execute(
            select(Change.group_id, Change.kind, Change.label, Change.reverts, Change.actor_id)
            .where(
                Change.device_id == device_id, Change.receipt_id.is_(None), Change.schema == schema
            )
            .order_by(Change.seq)
        )
        for row in rows:
            self.note(Step(row.group_id, row.label, row.actor_id), row.kind, row.reverts)

    def note(self, step: Step, kind: str, reverts: str | None) -> None:
        """Take up one change that was just committed or read."""
        if kind == "act":
            if not self._undo or self._undo[-1].group_id != step.group_id:
                self._undo.append(step)
            self._redo = [other for other in self._redo if other.actor_id != step.actor_id]
        elif kind == "undo":
            self._undo = [other for other in self._undo if other.group_id != reverts]
            self._redo.append(step)
        elif kind == "redo":
            self._redo = [other for other in self._redo if other.group_id != reverts]
            self._undo.append(step)

    def next_undo(self, actor_id: str | None) -> Step | None:
        """Return what undo would take back for this coder."""
        return _newest(self._undo, actor_id)

    def next_redo(self, actor_id: str | None) -> Step | None:
        """Return what redo would do again for this coder."""
        return _newest(self._redo, actor_id)


def _newest(steps: list[Step], actor_id: str | None) -> Step | None:
    return next((s for s in reversed(steps) if s.actor_id in (None, actor_id)), None)


def restore_before(session: Session, group_id: str) -> None:
    """Bring every row that a group of changes touched back to what it was before the group.

    Raises:
        UserError: a row has moved on, or something now depends on one that would go.
    """
    earlier, newest = _states_around(session, group_id)
    heads = heads_of(session.connection(), newest)
    for key, left in newest.items():
        if set(heads.get(key, {}).values()) != {left}:
            raise MOVED_ON
    kinds = logged_kinds()
    for (kind, row_id), content in earlier.items():
        _put(session, kinds[kind], row_id, content)
    session.flush()
    _refuse_when_needed(session, [key for key, content in earlier.items() if content is None])


def _states_around(
    session: Session, group_id: str
) -> tuple[dict[Key, Content | None], dict[Key, str | None]]:
    """Return each touched row's content before the group, and as the group left it (as JSON)."""
    rows = session.execute(
        select(Revision.kind, Revision.row_id, Revision.parents, Revision.content)
        .join(Change, Change.id == Revision.change_id)
        .where(Change.group_id == group_id, Revision.kind != "device")
        .order_by(Change.seq, Revision.id)
    ).all()
    first: dict[Key, list[str]] = {}
    newest: dict[Key, str | None] = {}
    for row in rows:
        first.setdefault((row.kind, row.row_id), json.loads(row.parents))
        newest[row.kind, row.row_id] = row.content
    contents: dict[str, str | None] = {}
    for chunk in in_chunks({parent for parents in first.values() for parent in parents}):
        contents.update(
            session.execute(
                select(Revision.id, Revision.content).where(Revision.id.in_(chunk))
            ).all()
        )
    earlier: dict[Key, Content | None] = {}
    for key, parents in first.items():
        if any(parent not in contents for parent in parents):
            raise MOVED_ON
        before = contents[parents[0]] if parents else None
        earlier[key] = json.loads(before) if before is not None else None
    return earlier, newest


def _put(session: Session, kind: type[Logged], row_id: str, content: Content | None) -> None:
    row = session.get(kind, row_id)
    if content is None:
        if row is not None:
            session.delete(row)
    elif row is None:
        session.add(kind(id=row_id, **content))
    else:
        for name, value in content.items():
            setattr(row, name, value)


def _refuse_when_needed(session: Session, gone: Iterable[Key]) -> None:
    """Refuse when rows that are left point to rows that are gone."""
    by_kind: dict[str, list[str]] = {}
    for kind, row_id in gone:
        by_kind.setdefault(kind, []).append(row_id)
    kinds, pointers = logged_kinds(), references_between_logged()
    for kind, ids in by_kind.items():
        for child, column in pointers[kind]:
            for chunk in in_chunks(ids):
                needy = select(kinds[child].id).where(column.in_(chunk)).limit(1)
                if session.scalar(needy) is not None:
                    raise _still_used(kind, child)
        for chunk in in_chunks(ids):
            memos = select(Memo.id).where(Memo.subject_kind == kind, Memo.subject_id.in_(chunk))
            if session.scalar(memos.limit(1)) is not None:
                raise UserError(
                    "This cannot be taken back: someone has written a memo on it since.",
                    "Undo or remove the memo first.",
                )


def _still_used(kind: str, child: str) -> UserError:
    sentence = {
        ("code", "coding"): "Someone has coded with this code since.",
        ("document", "layer"): "Someone has started coding this document since.",
        ("coder", "layer"): "This coder has started coding since.",
        ("round", "layer"): "Someone has started coding in this round since.",
        ("layer", "coding"): "Something has been coded in this document since.",
    }.get((kind, child), "Something that was added later depends on this.")
    return UserError(sentence, "Undo the later change first.")


def count_changes(session: Session) -> int:
    """Return the number of changes in the log."""
    return session.scalar(select(func.count()).select_from(Change)) or 0
