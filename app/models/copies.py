"""Files for others: a blind copy for one coder, and what that coder sends back.

Both are new files filled from an allow-list, never pruned copies.
"""

import contextlib
import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, insert, select

from app.errors import UserError
from app.models.base import logged_kinds
from app.models.connection import WRITE, open_engine, permitted
from app.models.evidence import FileBytes, Geometry, Page, SearchMap, TextLayer
from app.models.log import Change, Head, Revision
from app.models.people import Layer
from app.models.project import Project, make_file
from app.models.recorder import in_chunks
from app.models.search_index import IndexedPage, index_pages
from app.models.team import CoderJoin

_SHARED = (
    "project",
    "codebook",
    "cluster",
    "category",
    "code",
    "facet",
    "facet_value",
    "code_alias",
    "recheck",
    "rating_scale",
    "study",
    "report",
    "document",
    "document_view",
    "attribute",
)
_OF_CODER = ("attribute_value", "recheck_mark", "anchor_fix", "translation", "rating")
"""Tables of which a coder gets their own rows and nobody else's."""
Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class CopyReport:
    """What went into a file, counted."""

    documents: int
    codings: int
    with_pdfs: bool
    byte_count: int


def write_handout(
    project: Project, coder_id: str, round_ids: Iterable[str], out: Path, *, with_pdfs: bool
) -> CopyReport:
    """Write a blind copy: the documents, the codebook, and this coder's own rows only.

    Raises:
        UserError: the target exists or cannot be written.
    """
    rounds = set(round_ids)
    with _new_file(project, out, "handout", coder_id) as target, project.read() as session:
        source = session.connection()
        people = _spellings(source, coder_id)
        ids = _allowed(source, people, rounds)
        heads = list(_heads(source, ids))
        _put_log(source, target, heads, lambda actor: actor in people)
        for kind, row_class in logged_kinds().items():
            _copy_rows(source, target, row_class, row_class.id, ids.get(kind, set()))
        _put_documents(source, target, ids["document"], with_pdfs)
        report = CopyReport(len(ids["document"]), len(ids.get("coding", ())), with_pdfs, 0)
    return CopyReport(report.documents, report.codings, with_pdfs, out.stat().st_size)


def write_submission(
    project: Project, coder_id: str, out: Path, *, round_id: str | None = None
) -> CopyReport:
    """Write what one coder did: that coder's revisions, no PDFs, nobody else's rows.

    Raises:
        UserError: the target exists or cannot be written.
    """
    with _new_file(project, out, "submission", coder_id) as target, project.read() as session:
        source = session.connection()
        changes = [
            dict(row)
            for row in source.execute(
                select(Change.__table__).where(Change.actor_id == coder_id)
            ).mappings()
        ]
        own = {change["id"] for change in changes}
        revisions = [
            row
            for row in _revisions(source, Revision.change_id, own)
            if _of_round(source, row, round_id)
        ]
        _insert(target, Change, [{**change, "seq": None} for change in changes])
        _insert(target, Revision, revisions)
        layers = set(
            source.scalars(select(TextLayer.id).where(TextLayer.device_id == project.device.id))
        )
        _copy_rows(source, target, TextLayer, TextLayer.id, layers)
        _copy_rows(source, target, Page, Page.text_layer_id, layers)
        codings = {row["row_id"] for row in revisions if row["kind"] == "coding"}
        documents = {
            json.loads(str(row["content"]))["document_id"]
            for row in revisions
            if row["kind"] == "layer" and row["content"]
        }
    return CopyReport(len(documents), len(codings), False, out.stat().st_size)


@contextlib.contextmanager
def _new_file(project: Project, out: Path, kind: str, coder_id: str) -> Iterator[Connection]:
    """Give a connection to a new file that takes its name only when it is complete."""
    if out.exists():
        raise UserError(f"{out.name} exists already.", "Choose another name.")
    if not out.parent.is_dir():
        raise UserError(f"The folder {out.parent} does not exist.", "Choose another folder.")
    unfinished = out.with_name(f".{out.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        make_file(unfinished, {"kind": kind, "project": project.id, "coder": coder_id})
        engine = open_engine(unfinished)
        try:
            writing = engine.execution_options(**{WRITE: True})
            with writing.begin() as connection, permitted(connection):
                yield connection
        finally:
            engine.dispose()
        os.replace(unfinished, out)
    except (OSError, sqlite3.Error) as error:
        raise UserError(
            f"{out.name} could not be written ({error}).",
            "Check the free space and the rights of the folder.",
        ) from error
    finally:
        unfinished.unlink(missing_ok=True)


def _spellings(source: Connection, coder_id: str) -> set[str]:
    """Return all ids of a coder: those that were joined with theirs as well."""
    joins = source.execute(select(CoderJoin.coder_id, CoderJoin.into_id)).all()
    found, size = {coder_id}, 0
    while size != len(found):
        size = len(found)
        found |= {old for old, new in joins if new in found}
    return found


def _allowed(source: Connection, people: set[str], rounds: set[str]) -> dict[str, set[str]]:
    """Return, by table, the ids of the rows that the coder may have."""
    kinds = logged_kinds()
    ids = {kind: set(source.scalars(select(kinds[kind].id))) for kind in _SHARED}
    ids["coder"], ids["round"] = set(people), rounds
    ids["coder_join"] = set(
        source.scalars(
            select(CoderJoin.id).where(
                CoderJoin.coder_id.in_(people), CoderJoin.into_id.in_(people)
            )
        )
    )
    ids["layer"] = set(
        source.scalars(
            select(Layer.id).where(Layer.coder_id.in_(people), Layer.round_id.in_(rounds))
        )
    )
    coding, memo = kinds["coding"], kinds["memo"]
    ids["coding"] = set()
    for chunk in in_chunks(ids["layer"]):
        ids["coding"] |= set(
            source.scalars(select(coding.id).where(coding.__table__.c.layer_id.in_(chunk)))
        )
    for kind in _OF_CODER:
        table = kinds[kind].__table__
        own = select(table.c.id).where(table.c.coder_id.in_(people))
        ids[kind] = set(source.scalars(own))
    assignment = kinds["assignment"].__table__
    roster = select(assignment.c.id).where(
        assignment.c.coder_id.in_(people), assignment.c.round_id.in_(rounds)
    )
    ids["assignment"] = set(source.scalars(roster))
    translation = kinds["translation"].__table__
    foreign = select(translation.c.id, translation.c.coding_id)
    ids["translation"] -= {
        i for i, coding in source.execute(foreign) if coding not in ids["coding"]
    }
    kinds_of_subjects = ("coding", "document", "study", "code", "project")
    subjects = set().union(*(ids[kind] for kind in kinds_of_subjects))
    for memo_id, subject in source.execute(
        select(memo.id, memo.__table__.c.subject_id).where(memo.__table__.c.coder_id.in_(people))
    ):
        if subject in subjects:
            ids.setdefault("memo", set()).add(memo_id)
    return ids


def _heads(source: Connection, ids: dict[str, set[str]]) -> Iterable[Row]:
    for kind, row_ids in ids.items():
        for chunk in in_chunks(row_ids):
            rows = source.execute(
                select(Revision.__table__)
                .join(Head, Head.revision_id == Revision.id)
                .where(Head.kind == kind, Head.row_id.in_(chunk))
            ).mappings()
            yield from (dict(row) for row in rows)


def _put_log(
    source: Connection, target: Connection, heads: list[Row], is_own: Callable[[object], bool]
) -> None:
    """Write the newest revisions; whose act a row was is told only for the coder's own."""
    _insert(target, Revision, heads)
    _insert(
        target,
        Head,
        [{"kind": row["kind"], "row_id": row["row_id"], "revision_id": row["id"]} for row in heads],
    )
    changes: list[Row] = []
    for chunk in in_chunks({row["change_id"] for row in heads}):
        for row in source.execute(
            select(Change.__table__).where(Change.id.in_(chunk)).order_by(Change.seq)
        ).mappings():
            own = is_own(row["actor_id"])
            changes.append(
                {
                    **row,
                    "seq": None,
                    "receipt_id": "hand-out",
                    "reverts": None,
                    "kind": row["kind"] if own else "setup",
                    "label": row["label"] if own else "Handed out",
                    "actor_id": row["actor_id"] if own else None,
                    "device_id": row["device_id"] if own else "",
                    "group_id": row["id"],
                }
            )
    _insert(target, Change, changes)


def _put_documents(
    source: Connection, target: Connection, documents: set[str], with_pdfs: bool
) -> None:
    document = logged_kinds()["document"].__table__
    for layer, sha256, document_id in source.execute(
        select(document.c.text_layer_id, document.c.sha256, document.c.id).where(
            document.c.id.in_(documents)
        )
    ).all():
        _copy_rows(source, target, TextLayer, TextLayer.id, {layer}, {"device_id": ""})
        _copy_rows(source, target, Page, Page.text_layer_id, {layer})
        _copy_rows(source, target, Geometry, Geometry.text_layer_id, {layer})
        _copy_rows(source, target, SearchMap, SearchMap.document_id, {document_id})
        if with_pdfs:
            _copy_rows(source, target, FileBytes, FileBytes.sha256, {sha256})
    for document_id in documents:
        pages: list[IndexedPage] = [
            (row[0], row[1], document_id, row[2])
            for row in source.exec_driver_sql(
                "SELECT body, joined, page FROM page_search WHERE document_id = ?", (document_id,)
            )
        ]
        if pages:
            index_pages(target, pages)


def _revisions(source: Connection, column: object, keys: Iterable[str]) -> Iterable[Row]:
    for chunk in in_chunks(keys):
        rows = source.execute(select(Revision.__table__).where(column.in_(chunk))).mappings()  # type: ignore[attr-defined]
        yield from (dict(row) for row in rows)


def _of_round(source: Connection, revision: Row, round_id: str | None) -> bool:
    """Say whether a revision of a layer or coding belongs to the round (others always do)."""
    if round_id is None or revision["kind"] not in ("layer", "coding"):
        return True
    if revision["kind"] == "layer":
        layer = revision["row_id"]
    else:
        content = revision["content"] or source.scalar(
            select(Revision.content)
            .where(Revision.row_id == revision["row_id"], Revision.content.is_not(None))
            .limit(1)
        )
        layer = json.loads(str(content))["layer_id"] if content else None
    found = source.scalar(select(Layer.round_id).where(Layer.id == layer))
    return found in (None, round_id)


def _copy_rows(
    source: Connection,
    target: Connection,
    row_class: object,
    column: object,
    keys: set[str],
    instead: Row | None = None,
) -> None:
    table = row_class.__table__  # type: ignore[attr-defined]
    for chunk in in_chunks(keys):
        rows = source.execute(select(table).where(column.in_(chunk))).mappings()  # type: ignore[attr-defined]
        _insert(target, row_class, [{**row, **(instead or {})} for row in rows])


def _insert(target: Connection, row_class: object, rows: list[Row]) -> None:
    if rows:
        target.execute(insert(row_class.__table__), rows)  # type: ignore[attr-defined]
