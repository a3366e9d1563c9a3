"""Taking in another file's revisions: a union by id under a receipt, order-free and repeatable."""

import contextlib
import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Connection, insert, select
from sqlalchemy.exc import IntegrityError

from app.errors import UserError
from app.models import migrations
from app.models.base import logged_kinds
from app.models.changes import Changes
from app.models.connection import APPLICATION_ID
from app.models.evidence import FileBytes, Page, TextLayer
from app.models.heads import materialise, recompute_heads, shown_state
from app.models.ids import new_id
from app.models.log import Change, Head, KeptRow, Receipt, Revision
from app.models.project import Project, now
from app.models.receipts import readopt, withdrawn_changes
from app.models.recorder import Key, heads_of, in_chunks, to_json


@dataclass(frozen=True, slots=True)
class Conflict:
    """A row that has several differing heads; ``versions`` maps revision ids to contents."""

    kind: str
    row_id: str
    versions: dict[str, dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What taking in a file does (or would do), counted by table."""

    source: str
    kind: str
    coder_id: str | None
    added: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    withdrawn: Counter[str] = field(default_factory=Counter)
    conflicts: tuple[Conflict, ...] = ()
    added_ids: dict[str, tuple[str, ...]] = field(default_factory=dict)
    new_texts: int = 0
    changed_ids: dict[str, tuple[str, ...]] = field(default_factory=dict)
    gone: dict[Key, dict[str, Any]] = field(default_factory=dict)
    """What the rows held that are withdrawn."""
    kept: tuple[Key, ...] = ()
    """Rows that were removed here and are brought back because the file uses them."""
    again: bool = False
    """The file had been taken back, and counts again."""

    @property
    def is_empty(self) -> bool:
        """Say whether the file brings nothing new."""
        return not (self.added or self.changed or self.withdrawn or self.conflicts)


@dataclass(frozen=True, slots=True)
class _Incoming:
    facts: dict[str, str]
    changes: list[dict[str, Any]]
    revisions: list[dict[str, Any]]


_Shape = dict[str, tuple[type, bool | None]]


class _DryRun(Exception):
    """Ends a transaction that must leave nothing behind."""


Inspect = Callable[[Connection, MergeReport], None]


def merge_file(
    project: Project, path: Path, *, dry_run: bool = False, inspect: Inspect | None = None
) -> MergeReport:
    """Take in everything that another file of this project knows and this one does not.

    ``inspect`` may look at the merged state from inside the transaction, also of a dry run.

    Raises:
        UserError: the file is damaged, newer, of another project, or refers to what is not here.
    """
    with _opened(path) as source:
        incoming = _read(source, path, project.id)
        report: MergeReport | None = None
        try:
            with project.exclusively() as engine, engine.begin() as connection:
                report = _take_in(connection, project, source, incoming, path.name)
                if inspect is not None:
                    inspect(connection, report)
                if dry_run:
                    raise _DryRun
        except _DryRun:
            pass
        except IntegrityError as error:
            raise UserError(
                f"{path.name} refers to things that this project does not have.",
                "Ask for a new hand-out and code again from it.",
            ) from error
    assert report is not None
    if not dry_run and not report.is_empty:
        project.tell(Changes(everything=True, label="Hand-in", origin="merge"))
    return report


def conflicts_in(connection: Connection, keys: Iterable[Key] | None = None) -> tuple[Conflict, ...]:
    """Return the rows (of these, or of all) with heads that say different things."""
    if keys is None:
        rows = connection.execute(select(Head.kind, Head.row_id)).all()
        counted = Counter(rows)
        keys = [key for key, number in counted.items() if number > 1]
    found = []
    for (kind, row_id), heads in heads_of(connection, keys).items():
        if len(set(heads.values())) > 1:
            versions = {i: json.loads(c) if c is not None else None for i, c in heads.items()}
            found.append(Conflict(kind, row_id, versions))
    return tuple(sorted(found, key=lambda conflict: (conflict.kind, conflict.row_id)))


def settle_conflict(project: Project, conflict: Conflict, revision_id: str) -> None:
    """Choose one version of a row on which two people differ; the others stay in the log."""
    content = conflict.versions[revision_id]
    kind = logged_kinds()[conflict.kind]
    with project.change("Settle a difference", kind="settle") as session:
        session.info["settling"] = {(conflict.kind, conflict.row_id): to_json(content)}
        row = session.get(kind, conflict.row_id)
        if content is None and row is not None:
            session.delete(row)
        elif content is not None and row is None:
            session.add(kind(id=conflict.row_id, **content))
        elif content is not None:
            for name, value in content.items():
                setattr(row, name, value)


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    if not path.is_file():
        raise UserError(f"There is no file {path.name} here.", "Check the name and folder.")
    damaged = UserError(
        f"{path.name} is damaged or is not a Cofactor file.",
        "Ask the coder to make and send it again.",
    )
    try:
        with contextlib.closing(
            sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        ) as source:
            source.row_factory = sqlite3.Row
            source.execute("PRAGMA trusted_schema = OFF")
            source.execute("PRAGMA cell_size_check = ON")
            yield source
    except (sqlite3.DatabaseError, UnicodeDecodeError, KeyError, IndexError) as error:
        raise damaged from error


def _read(source: sqlite3.Connection, path: Path, project_id: str) -> _Incoming:
    if source.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise UserError(
            f"{path.name} is not a Cofactor file.", "Choose the file that the coder sent back."
        )
    version = source.execute("PRAGMA user_version").fetchone()[0]
    if version > migrations.SCHEMA:
        raise UserError(
            f"{path.name} was made by a newer Cofactor.",
            "Update Cofactor on this computer, then take it in again.",
        )
    if source.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise sqlite3.DatabaseError("quick check")
    facts = {row["name"]: row["value"] for row in source.execute("SELECT name, value FROM meta")}
    if facts.get("project") != project_id:
        raise UserError(
            f"{path.name} belongs to another project.", "Open that project, or choose another file."
        )
    changes = [dict(row) for row in source.execute("SELECT * FROM change ORDER BY seq")]
    revisions = [dict(row) for row in source.execute("SELECT * FROM revision")]
    if version > 1 and (gone := _withdrawn(source)):
        hidden = {change["id"] for change in changes if change["receipt_id"] in gone}
        changes = [change for change in changes if change["id"] not in hidden]
        revisions = [revision for revision in revisions if revision["change_id"] not in hidden]
    if facts.get("kind") == "submission":
        _refuse_foreign_acts(path, changes, facts.get("coder"))
    shapes = _shapes()
    for revision in revisions:
        _check_revision(path, revision, shapes)
    return _Incoming(facts, changes, revisions)


def _withdrawn(source: sqlite3.Connection) -> set[str]:
    """Return the receipts that the other file has taken back; what they brought stays there."""
    return {row["id"] for row in source.execute("SELECT id FROM receipt WHERE withdrawn")}


def _refuse_foreign_acts(path: Path, changes: list[dict[str, Any]], coder: str | None) -> None:
    if any(change["actor_id"] not in (coder, None) for change in changes):
        raise UserError(
            f"{path.name} holds changes of someone other than the coder who sent it.",
            "Ask the coder to make and send it again.",
        )


def _check_revision(path: Path, revision: dict[str, Any], shapes: dict[str, _Shape]) -> None:
    """Refuse what the typed tables could not hold."""
    shape = shapes.get(str(revision["kind"]))
    sound = shape is not None
    try:
        parents = json.loads(revision["parents"])
        content = json.loads(revision["content"]) if revision["content"] is not None else None
    except (TypeError, ValueError):
        sound = False
    else:
        sound = sound and isinstance(parents, list) and all(isinstance(p, str) for p in parents)
        if shape is not None and content is not None:
            sound = sound and isinstance(content, dict) and content.keys() == shape.keys()
            sound = sound and all(
                _fits(value, *shape[name]) for name, value in content.items() if sound
            )
    if not sound:
        raise UserError(
            f"{path.name} holds a row that Cofactor cannot read.",
            "Ask the coder to make and send it again.",
        )


def _shapes() -> dict[str, _Shape]:
    """Return, by table and column, the type of the values and whether they may be missing."""
    return {
        name: {
            column.name: (_python_type(column.type), column.nullable)
            for column in kind.__table__.columns
            if column.name != "id"
        }
        for name, kind in logged_kinds().items()
    }


def _python_type(stored: Any) -> type:
    # What SQLAlchemy calls the Python type of JSON has changed with its versions.
    return dict if isinstance(stored, JSON) else stored.python_type


def _fits(value: object, kind: type, nullable: bool | None) -> bool:
    if value is None:
        return bool(nullable)
    if kind is dict:
        return isinstance(value, dict | list)
    if kind is float:
        return isinstance(value, int | float)
    if kind is int:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, kind)


def _take_in(
    connection: Connection,
    project: Project,
    source: sqlite3.Connection,
    incoming: _Incoming,
    name: str,
) -> MergeReport:
    revisions = _unknown(connection, Revision.id, incoming.revisions)
    changes = _unknown(connection, Change.id, incoming.changes)
    facts = incoming.facts
    texts = _bring_texts(connection, source)
    taken_back = withdrawn_changes(connection, [change["id"] for change in incoming.changes])
    if not revisions and not changes and not taken_back:
        return MergeReport(name, facts.get("kind", ""), facts.get("coder"), new_texts=texts)
    receipt = new_id()
    connection.execute(
        insert(Receipt),
        [
            {
                "id": receipt,
                "at": now(),
                "source_name": name,
                "source_kind": facts.get("kind", ""),
                "actor_id": project.actor_id,
            }
        ],
    )
    if changes:
        connection.execute(
            insert(Change),
            [
                {**{k: v for k, v in change.items() if k != "seq"}, "receipt_id": receipt}
                for change in changes
            ],
        )
    if revisions:
        connection.execute(insert(Revision), revisions)
    keys = [(r["kind"], r["row_id"]) for r in revisions]
    keys = list(dict.fromkeys([*keys, *readopt(connection, taken_back, receipt)]))
    before = {key: shown_state(heads) for key, heads in heads_of(connection, keys).items()}
    kept = _kept(connection)
    recompute_heads(connection, keys)
    materialise(connection, keys)
    after = {key: shown_state(heads) for key, heads in heads_of(connection, keys).items()}
    told = _report(connection, name, facts, before, after, texts)
    return replace(told, kept=tuple(sorted(_kept(connection) - kept)), again=bool(taken_back))


def _kept(connection: Connection) -> set[Key]:
    return {(row.kind, row.row_id) for row in connection.execute(select(KeptRow))}


def _report(
    connection: Connection,
    name: str,
    facts: dict[str, str],
    before: dict[Key, str | None],
    after: dict[Key, str | None],
    texts: int,
) -> MergeReport:
    report = MergeReport(
        name,
        facts.get("kind", ""),
        facts.get("coder"),
        new_texts=texts,
        conflicts=conflicts_in(connection, after),
    )
    ids: dict[str, list[str]] = {}
    changed: dict[str, list[str]] = {}
    for key, state in after.items():
        earlier = before.get(key)
        if earlier is None and state is not None:
            report.added[key[0]] += 1
            ids.setdefault(key[0], []).append(key[1])
        elif earlier is not None and state is None:
            report.withdrawn[key[0]] += 1
            report.gone[key] = json.loads(earlier)
        elif earlier != state:
            report.changed[key[0]] += 1
            changed.setdefault(key[0], []).append(key[1])
    report.changed_ids.update({kind: tuple(found) for kind, found in changed.items()})
    report.added_ids.update({kind: tuple(found) for kind, found in ids.items()})
    return report


def _unknown(connection: Connection, column: Any, rows: list[dict[str, Any]]) -> list[Any]:
    known: set[str] = set()
    for chunk in in_chunks(row["id"] for row in rows):
        known |= set(connection.scalars(select(column).where(column.in_(chunk))))
    return [row for row in rows if row["id"] not in known]


def _bring_texts(connection: Connection, source: sqlite3.Connection) -> int:
    """Copy the text layers, and the PDFs, that this file lacks; they are not in the log."""
    known = set(connection.scalars(select(TextLayer.id)))
    fresh = [row[0] for row in source.execute("SELECT id FROM text_layer") if row[0] not in known]
    for layer in fresh:
        _copy(connection, source, TextLayer, "SELECT * FROM text_layer WHERE id = ?", layer)
        _copy(connection, source, Page, "SELECT * FROM page WHERE text_layer_id = ?", layer)
    files = set(connection.scalars(select(FileBytes.sha256)))
    whole = "SELECT * FROM file_bytes WHERE sha256 = ?"
    for row in source.execute("SELECT sha256 FROM file_bytes").fetchall():
        if row[0] not in files:
            _copy(connection, source, FileBytes, whole, row[0])
    return len(fresh)


def _copy(
    connection: Connection, source: sqlite3.Connection, table: Any, query: str, key: str
) -> None:
    rows = [dict(row) for row in source.execute(query, (key,))]
    for row in rows:
        for column in table.__table__.columns:
            if isinstance(column.type, JSON) and isinstance(row[column.name], str):
                row[column.name] = json.loads(row[column.name])
    if rows:
        connection.execute(insert(table), rows)
