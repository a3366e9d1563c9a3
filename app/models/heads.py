"""Brings the typed tables to what the log says, whatever the order in which revisions arrived.

The state of a row is a function of the set of its revisions alone: heads are the revisions that
nothing supersedes (those of a file that was taken back do not count); a row with one head (or
several that say the same) is that; of differing heads the earliest that still holds the row is
shown until someone settles the conflict. A row that one person removed while another used it is
kept as long as the use lasts.
"""

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, delete, exists, insert, or_, select, tuple_

from app.models.base import Logged, logged_kinds, references_between_logged
from app.models.connection import permitted
from app.models.log import Change, KeptRow, Receipt, Revision
from app.models.recorder import Key, heads_of, in_chunks, replace_heads


def recompute_heads(connection: Connection, keys: Iterable[Key]) -> None:
    """Find the heads of these rows anew from all their revisions."""
    keys = list(keys)
    withdrawn = connection.scalars(select(Receipt.id).where(Receipt.withdrawn)).all()
    found: list[tuple[Key, str]] = []
    for chunk in in_chunks(keys):
        question = select(Revision.kind, Revision.row_id, Revision.id, Revision.parents).where(
            tuple_(Revision.kind, Revision.row_id).in_(chunk)
        )
        if withdrawn:
            question = question.join(Change, Change.id == Revision.change_id).where(
                or_(Change.receipt_id.is_(None), Change.receipt_id.not_in(withdrawn))
            )
        rows = connection.execute(question).all()
        superseded = {parent for row in rows for parent in json.loads(row.parents)}
        found += [((row.kind, row.row_id), row.id) for row in rows if row.id not in superseded]
    replace_heads(connection, keys, found)


def materialise(connection: Connection, keys: Iterable[Key]) -> None:
    """Write the rows' states into the typed tables and keep or let go what others depend on."""
    keys = list(keys)
    heads = heads_of(connection, keys)
    states = {key: shown_state(heads.get(key, {})) for key in keys}
    with permitted(connection):
        _write_rows(connection, {key: json.loads(s) for key, s in states.items() if s is not None})
        _remove_rows(connection, [key for key, state in states.items() if state is None])
        review_kept_rows(connection, states)


def shown_state(heads: dict[str, str | None]) -> str | None:
    """Return the content that a row with these heads shows; ``None`` when it is gone."""
    living = sorted(revision for revision, content in heads.items() if content is not None)
    return heads[living[0]] if living else None


def review_kept_rows(connection: Connection, touched: Iterable[Key]) -> None:
    """Bring back what living rows still need, and drop kept rows that nothing needs any more."""
    kept = set(connection.execute(select(KeptRow.kind, KeptRow.row_id)).all())
    with permitted(connection):
        if kept:
            _remove_rows(connection, list(kept))
            connection.execute(delete(KeptRow))
        wanted = _missing_targets(connection)
        while wanted:
            rows = {key: _last_content(connection, key) for key in wanted}
            _write_rows(connection, {key: row for key, row in rows.items() if row is not None})
            connection.execute(
                insert(KeptRow), [{"kind": kind, "row_id": row_id} for kind, row_id in wanted]
            )
            wanted = _missing_targets(connection) - set(wanted)


def _missing_targets(connection: Connection) -> set[Key]:
    missing: set[Key] = set()
    kinds = logged_kinds()
    for target, pointers in references_between_logged().items():
        target_id = kinds[target].__table__.c.id
        for _child, column in pointers:
            rows = connection.execute(
                select(column)
                .distinct()
                .where(column.is_not(None), ~exists(select(1).where(target_id == column)))
            )
            missing |= {(target, row[0]) for row in rows}
    return missing


def _last_content(connection: Connection, key: Key) -> dict[str, Any] | None:
    """Return what a removed row held before; of several, that of the earliest revision."""
    rows = connection.execute(
        select(Revision.id, Revision.parents, Revision.content).where(
            Revision.kind == key[0], Revision.row_id == key[1]
        )
    ).all()
    by_id = {row.id: row for row in rows}
    layer = set(heads_of(connection, [key]).get(key, {}))
    if not layer:  # all its revisions came with a file that was taken back
        layer = set(by_id) - {p for row in rows for p in json.loads(row.parents)}
    while layer:
        living = sorted(i for i in layer if i in by_id and by_id[i].content is not None)
        if living:
            content: dict[str, Any] = json.loads(by_id[living[0]].content)
            return content
        layer = {p for i in layer if i in by_id for p in json.loads(by_id[i].parents)}
    return None


def _write_rows(connection: Connection, rows: dict[Key, dict[str, Any]]) -> None:
    _remove_rows(connection, list(rows))
    kinds = logged_kinds()
    by_kind: dict[type[Logged], list[dict[str, Any]]] = {}
    for (kind, row_id), content in rows.items():
        by_kind.setdefault(kinds[kind], []).append({"id": row_id, **content})
    for kind_class, values in by_kind.items():
        connection.execute(insert(kind_class), values)


def _remove_rows(connection: Connection, keys: list[Key]) -> None:
    kinds = logged_kinds()
    by_kind: dict[str, list[str]] = {}
    for kind, row_id in keys:
        by_kind.setdefault(kind, []).append(row_id)
    for kind, ids in by_kind.items():
        for chunk in in_chunks(ids):
            connection.execute(delete(kinds[kind]).where(kinds[kind].id.in_(chunk)))
