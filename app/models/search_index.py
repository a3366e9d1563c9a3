"""The full-text index of page texts: derived, in no log, made again at any time."""

from collections.abc import Collection

from sqlalchemy import Connection, bindparam, text
from sqlalchemy.orm import Session

IndexedPage = tuple[str, str, str, int]


def create_search_index(connection: Connection) -> None:
    """Make the empty index: ``body`` for searching, ``joined`` with every line break joined."""
    connection.exec_driver_sql(
        "CREATE VIRTUAL TABLE page_search USING fts5(body, joined, document_id UNINDEXED,"
        ' page UNINDEXED, tokenize = "unicode61 remove_diacritics 2")'
    )


def index_pages(session: Session | Connection, pages: list[IndexedPage]) -> None:
    """Add pages: (body, joined, document id, page number)."""
    statement = text(
        "INSERT INTO page_search (body, joined, document_id, page)"
        " VALUES (:body, :joined, :document_id, :page)"
    )
    names = ("body", "joined", "document_id", "page")
    session.execute(statement, [dict(zip(names, page, strict=True)) for page in pages])


def forget_document(session: Session, document_id: str) -> None:
    """Remove a document's pages from the index."""
    for table in ("page_search", "search_map"):
        session.execute(text(f"DELETE FROM {table} WHERE document_id = :d"), {"d": document_id})


def matching_pages(
    session: Session, expression: str, limit: int, documents: Collection[str] | None = None
) -> list[tuple[str, int, float, str]]:
    """Return (document id, page, rank, body) for an FTS5 expression, best first (lowest rank).

    ``documents`` narrows it to the pages of some documents.
    """
    within = "" if documents is None else " AND document_id IN :documents"
    statement = text(
        "SELECT document_id, page, rank, body FROM page_search"
        f" WHERE page_search MATCH :expression{within} ORDER BY rank LIMIT :limit"
    )
    values: dict[str, object] = {"expression": expression, "limit": limit}
    if documents is not None:
        statement = statement.bindparams(bindparam("documents", expanding=True))
        values["documents"] = list(documents)
    rows = session.execute(statement, values)
    return [(row[0], int(row[1]), float(row[2]), row[3]) for row in rows]


def count_pages(session: Session, expression: str, documents: Collection[str] | None = None) -> int:
    """Return how many pages an FTS5 expression finds, in some documents or in all."""
    within = "" if documents is None else " AND document_id IN :documents"
    question = f"SELECT count(*) FROM page_search WHERE page_search MATCH :expression{within}"
    statement, values = text(question), dict[str, object](expression=expression)
    if documents is not None:
        statement = statement.bindparams(bindparam("documents", expanding=True))
        values["documents"] = list(documents)
    return int(session.scalar(statement, values) or 0)


def indexed_documents(session: Session) -> set[str]:
    """Return the ids of the documents that are in the index.

    Asks the maps, which are written with the pages and are much shorter.
    """
    return set(session.scalars(text("SELECT DISTINCT document_id FROM search_map")))
