"""Opening the SQLite file: settings, the guard of the log, and what the file's errors mean."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from app.errors import UserError
from app.models.base import logged_kinds

APPLICATION_ID = 0x43_4F_46_41
WRITE = "cofactor_write"
PATIENCE = 5000  # milliseconds for which another program may hold the file
HURRY = 600  # the same for the thread of the window, which must stay alive
LEISURE = 30_000  # the same for acts that wait in a queue while the window goes on
_PERMIT = "cofactor_permit"
_WRITING = re.compile(
    r"^\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE(?:\s+OR\s+\w+)?"
    r"|DELETE\s+FROM)\s+[\"'`\[]?(\w+)",
    re.IGNORECASE,
)


class UnrecordedWrite(RuntimeError):
    """A statement tried to write a logged table past the log: a defect, never a user's mistake."""


def open_engine(path: Path, patience: Callable[[], int] | None = None) -> Engine:
    """Return an engine on a project file; connections are made when they are first needed.

    ``patience`` gives the milliseconds to wait for another program, asked at each transaction.
    """
    engine = create_engine(URL.create("sqlite", database=str(path)), poolclass=QueuePool)
    logged = frozenset(logged_kinds())

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        for pragma in (
            f"busy_timeout={patience() if patience else PATIENCE}",
            "foreign_keys=ON",
            "synchronous=FULL",
            "journal_mode=DELETE",
            "cache_size=-8000",
            "automatic_index=OFF",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get(WRITE)
        if patience is not None:
            connection.exec_driver_sql(f"PRAGMA busy_timeout={patience()}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    @event.listens_for(engine, "before_cursor_execute")
    def _guard(connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        match = _WRITING.match(statement)
        if match and match[1].lower() in logged and not connection.info.get(_PERMIT):
            raise UnrecordedWrite(f"a statement writes to {match[1]} past the log")

    return engine


@contextmanager
def permitted(connection: Connection) -> Iterator[None]:
    """Let the log's own mechanism write logged tables on this connection."""
    before = connection.info.get(_PERMIT, False)
    connection.info[_PERMIT] = True
    try:
        yield
    finally:
        connection.info[_PERMIT] = before


@contextmanager
def plain_file_errors(path: Path) -> Iterator[None]:
    """Turn errors that come from the user's disk or file into a plain sentence."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        problem = _plain(path, str(error.orig if isinstance(error, DBAPIError) else error))
        if problem is None:
            raise
        raise problem from error


def held_by_another(path: Path) -> UserError:
    """Return what to say where another program did not let go of the file in time."""
    return UserError(
        f"Another program is writing to {path.name}; this last step was not saved.",
        "Wait a moment and do it again.",
    )


def _plain(path: Path, reason: str) -> UserError | None:
    name, text = path.name, reason.lower()
    if not path.exists():
        return UserError(
            f"{name} is no longer where it was; it was moved, renamed or deleted.",
            "Put it back, or restore the newest backup.",
        )
    if "full" in text:
        return UserError(
            "There is no space left on the disk; this last step was not saved.",
            "Free some space and do it again; everything before it is safe.",
        )
    if "locked" in text or "busy" in text:
        return held_by_another(path)
    if "readonly" in text or "read-only" in text:
        return UserError(
            f"{name} cannot be written to.", "Copy it to a folder of your own and open the copy."
        )
    if "malformed" in text or "not a database" in text:
        return UserError(
            f"{name} is damaged or is not a Cofactor project.",
            "Restore the newest backup from the folder beside it.",
        )
    if "unable to open" in text:
        return UserError(f"{name} could not be opened.", "Check that the folder is there.")
    if "disk i/o" in text:
        return UserError(
            f"The disk reported an error while {name} was used.",
            "Copy the project to another disk and open the copy.",
        )
    return None
