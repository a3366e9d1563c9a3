"""Reads the PDF of one document from a project file with nothing but the standard library.

For the first page at a start only, which must not wait for the database tools. Whatever is
unusual is left to the proper way of opening a project.
"""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

AT_MOST = 0.2
"""Seconds for which another program may hold the file."""
_PDF = (
    "SELECT meta.value, file_bytes.data, file_bytes.password FROM meta, document"
    " JOIN file_bytes ON file_bytes.sha256 = document.sha256"
    " WHERE meta.name = 'project' AND document.id = ?"
)


@dataclass(frozen=True, slots=True)
class Glimpse:
    """A document's PDF, the password that the file holds for it, and the project's id."""

    project_id: str
    pdf: bytes
    password: str


def glimpse(path: Path, document_id: str) -> Glimpse | None:
    """Return what is needed to draw a page; None where that cannot be had at once."""
    try:
        address = f"{path.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, timeout=AT_MOST)) as connection:
            row = connection.execute(_PDF, (document_id,)).fetchone()
    except (sqlite3.Error, OSError, ValueError):
        return None
    return Glimpse(row[0], row[1], row[2] or "") if row is not None else None
