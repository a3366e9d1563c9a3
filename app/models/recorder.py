"""Turns what a session flushed into immutable revisions, one per row and change."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from typing import Any

from sqlalchemy import Connection, delete, event, insert, select, tuple_
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.base import Content, Logged
from app.models.connection import permitted
from app.models.ids import new_id
from app.models.log import Head, Revision

Key = tuple[str, str]
CHUNK = 400


def to_json(content: Content | None) -> str | None:
    """Return the one spelling of a row's content, so that equal contents are equal strings."""
    if content is None:
        return None
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def in_chunks(items: Iterable[Any]) -> Iterator[list[Any]]:
    """Yield lists short enough for one SQL statement."""
    items = list(items)
    for start in range(0, len(items), CHUNK):
        yield items[start : start + CHUNK]


def heads_of(connection: Connection, keys: Iterable[Key]) -> dict[Key, dict[str, str | None]]:
    """Return, for each row that has any, its heads: revision id to content."""
    heads: dict[Key, dict[str, str | None]] = {}
    for chunk in in_chunks(keys):
        rows = connection.execute(
            select(Head.kind, Head.row_id, Head.revision_id, Revision.content)
            .join(Revision, Revision.id == Head.revision_id)
            .where(tuple_(Head.kind, Head.row_id).in_(chunk))
        )
        for kind, row_id, revision_id, content in rows:
            heads.setdefault((kind, row_id), {})[revision_id] = content
    return heads


def replace_heads(
    connection: Connection, gone: Iterable[Key], heads: Sequence[tuple[Key, str]]
) -> None:
    """Forget the heads of some rows and set these (row, revision id) pairs instead."""
    for chunk in in_chunks(gone):
        connection.execute(delete(Head).where(tuple_(Head.kind, Head.row_id).in_(chunk)))
    if heads:
        rows = [{"kind": key[0], "row_id": key[1], "revision_id": head} for key, head in heads]
        connection.execute(insert(Head), rows)


class Recorder:
    """Watches one session from its first flush to its commit.

    ``layers`` holds the layers whose codings were written.
    """

    def __init__(self, session: Session) -> None:
        """Attach to the session."""
        self._touched: dict[Key, Content | None] = {}
        self.layers: set[str] = set()
        self._permits = ExitStack()
        event.listen(session, "before_flush", self._before)
        event.listen(session, "after_flush", self._after)
        event.listen(session, "after_rollback", lambda _session: self._permits.close())

    def _before(self, session: Session, *_context: object) -> None:
        self._permits.enter_context(permitted(session.connection()))

    def _after(self, session: Session, *_context: object) -> None:
        for row in (*session.new, *session.dirty):
            if isinstance(row, Logged):
                self._touched[row.__tablename__, row.id] = row.content()
        for row in session.deleted:
            if isinstance(row, Logged):
                self._touched[row.__tablename__, row.id] = None
        self._permits.close()

    @property
    def has_touched(self) -> bool:
        """Say whether anything logged was flushed so far."""
        return bool(self._touched)

    def write(self, session: Session, change_id: str) -> list[Key]:
        """Write one revision per row that really changed and return these rows.

        Raises:
            UserError: a row has two differing heads that nobody has settled yet.
        """
        connection = session.connection()
        heads = heads_of(connection, self._touched)
        settling = session.info.get("settling", {})
        self._touched.update({key: _content(spelled) for key, spelled in settling.items()})
        heads.update(heads_of(connection, settling))
        revisions: list[dict[str, str | None]] = []
        moved: list[tuple[Key, str]] = []
        for key, content in self._touched.items():
            known, spelled = heads.get(key, {}), to_json(content)
            states = set(known.values())
            if len(states) > 1 and key not in settling:
                raise UserError(
                    "Two people changed this in different ways.",
                    "Settle that difference first; then it can be changed again.",
                )
            if states == {spelled} or (not known and spelled is None):
                continue
            revision_id = new_id()
            if key[0] == "coding":
                self.layers |= _layers(content, states)
            moved.append((key, revision_id))
            revisions.append(
                {
                    "id": revision_id,
                    "change_id": change_id,
                    "kind": key[0],
                    "row_id": key[1],
                    "parents": json.dumps(sorted(known)),
                    "content": spelled,
                }
            )
        if revisions:
            connection.execute(insert(Revision), revisions)
            replace_heads(connection, [key for key, _ in moved if heads.get(key)], moved)
        return [key for key, _ in moved]


def _content(spelled: str | None) -> Content | None:
    content: Content | None = json.loads(spelled) if spelled is not None else None
    return content


def _layers(content: Content | None, states: Iterable[str | None]) -> set[str]:
    """Return the layers that a coding was and is on."""
    contents = [json.loads(state) for state in states if state is not None]
    return {known["layer_id"] for known in (*contents, content) if known}
