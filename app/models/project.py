"""The one door to a project file: reading, changing, undoing, and hearing of changes."""

import logging
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from sqlalchemy import Engine, event, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.pool import PoolProxiedConnection

from app.errors import UserError
from app.models import backup, migrations
from app.models.act_queue import ActQueue
from app.models.base import Base
from app.models.changes import Changes
from app.models.connection import (
    HURRY,
    LEISURE,
    PATIENCE,
    WRITE,
    held_by_another,
    open_engine,
    plain_file_errors,
)
from app.models.device import DeviceIdentity, remember_coder, remembered_coder, this_device
from app.models.evidence import ProjectFacts
from app.models.heads import review_kept_rows
from app.models.history import Step, UndoList, restore_before
from app.models.ids import agreed_id, new_id
from app.models.log import Change, KeptRow, Meta
from app.models.people import Coder, Device, Layer, Round
from app.models.recorder import Recorder, in_chunks
from app.models.search_index import create_search_index

SUFFIX = ".cofactor"
ORIGINS = {"act": "act", "undo": "undo", "redo": "redo", "settle": "act", "setup": "act"}


def now() -> str:
    """Return the time now, UTC, ISO 8601 with milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


class Project:
    """An open project file. Safe to use from several threads; one of them writes at a time."""

    def __init__(self, path: Path, device: DeviceIdentity | None = None) -> None:
        """Open an existing project; use ``Project.open`` or ``Project.create`` instead."""
        self.path = path
        self.device = device or this_device()
        self._engine: Engine = open_engine(path, self._patience)
        self._writing = self._engine.execution_options(**{WRITE: True})
        self._lock = threading.RLock()
        self._holder: int | None = None  # the thread that holds the lock
        self._hurried: int | None = None
        self.acts = ActQueue()
        """Acts that are written while the window goes on; nobody sees the file before them."""
        self._listeners: list[Callable[[Changes], None]] = []
        self._backup: threading.Thread | None = None
        self._watch: PoolProxiedConnection | None = None
        self._watching = threading.Lock()  # one thread at a time on that connection
        self._watch_ended = False
        self._data_version = 0
        self._device_known = False  # whether the file has this computer, which it never loses
        with plain_file_errors(path):
            migrations.migrate(self._engine, path, lambda: backup.take(path))
            with self._engine.connect() as connection:
                self.id = connection.scalar(select(Meta.value).where(Meta.name == "project")) or ""
                self.kind = connection.scalar(select(Meta.value).where(Meta.name == "kind")) or ""
                owner = connection.scalar(select(Meta.value).where(Meta.name == "coder"))
                self._undo = UndoList(connection, self.device.id, migrations.SCHEMA)
                self._data_version = self._read_data_version()
        if self.kind == "submission":
            raise UserError(
                f"{path.name} is what a coder sent back, not a project.",
                "Open the team's project and take it in there.",
            )
        self.actor_id: str | None = owner or remembered_coder(self.id)
        if self.actor_id and not self._knows_coder(self.actor_id):
            self.actor_id = None

    @classmethod
    def create(cls, path: Path, *, title: str, device: DeviceIdentity | None = None) -> Self:
        """Make a new project file and open it.

        Raises:
            UserError: a file of that name is there already, or it cannot be written.
        """
        if path.exists():
            raise UserError(f"{path.name} exists already.", "Choose another name or open it.")
        if not path.parent.is_dir():
            raise UserError(f"The folder {path.parent} does not exist.", "Choose another folder.")
        make_file(path, {"kind": "project", "project": new_id()})
        try:
            project = cls(path, device)
            with project.change("New project", kind="setup") as session:
                session.add(ProjectFacts(id=agreed_id("facts", project.id), title=title))
                session.add(
                    Round(
                        id=agreed_id("round", project.id, "1"),
                        name="Round 1",
                        kind="coding",
                        position=1,
                    )
                )
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return project

    @classmethod
    def open(
        cls, path: Path, *, device: DeviceIdentity | None = None, back_up: bool = True
    ) -> Self:
        """Open a project; a verified backup is taken in the background when it has changed.

        Raises:
            UserError: there is no such file, or it is damaged, newer, or no project.
        """
        if not path.is_file():
            raise UserError(f"There is no project {path.name} here.", "Check the name and folder.")
        project = cls(path, device)
        if back_up:
            project._backup = backup.take_in_background(path)
        return project

    def close(self) -> None:
        """Let go of the file; a backup under way is waited for."""
        self.acts.close()
        if self._backup is not None:
            self._backup.join()
        with self._watching:
            self._watch_ended = True
            if self._watch is not None:
                self._watch.close()
                self._watch = None
        self._engine.dispose()

    @property
    def title(self) -> str:
        """Return the project's title."""
        with self.read() as session:
            return session.scalar(select(ProjectFacts.title)) or self.path.stem

    def choose_actor(self, coder_id: str) -> None:
        """Be this coder in this project on this computer from now on."""
        self.actor_id = coder_id
        remember_coder(self.id, coder_id)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Give a session for a short read: load, leave, then compute."""
        self._settle()
        with plain_file_errors(self.path), Session(self._engine) as session:
            event.listen(session, "before_flush", _refuse_flush)
            yield session

    @contextmanager
    def cache(self) -> Iterator[Session]:
        """Give a session for rows that can be derived again (geometry, search index)."""
        with (
            self._alone(),
            plain_file_errors(self.path),
            Session(self._writing) as session,
            session.begin(),
        ):
            yield session
        self._data_version = self._read_data_version()

    @contextmanager
    def change(
        self, label: str, *, group: str | None = None, kind: str = "act", reverts: str | None = None
    ) -> Iterator[Session]:
        """Give a session whose rows become one committed transaction and one entry in the log.

        ``label`` is what the undo menu shows. Changes that share a ``group`` undo as one. Nothing
        is written when the block raises.
        """
        change_id = new_id()
        group = group or change_id
        if not self._settle():
            raise held_by_another(self.path)
        with self._alone():
            with plain_file_errors(self.path), Session(self._writing) as session:
                recorder = Recorder(session)
                with _plain_dependencies(), session.begin():
                    yield session
                    session.flush()
                    if recorder.has_touched:
                        self._note_device(session)
                        session.flush()
                    keys = recorder.write(session, change_id)
                    if not keys:
                        return
                    if session.scalar(select(KeptRow.kind).limit(1)):
                        review_kept_rows(session.connection(), keys)
                    session.add(
                        Change(
                            id=change_id,
                            group_id=group,
                            kind=kind,
                            label=label,
                            reverts=reverts,
                            actor_id=self.actor_id,
                            device_id=self.device.id,
                            at=now(),
                            schema=migrations.SCHEMA,
                        )
                    )
                    documents = _documents_of(session, keys, recorder.layers)
            self._device_known = True
            self._undo.note(Step(group, label, self.actor_id), kind, reverts)
            self._data_version = self._read_data_version()
        self.tell(
            Changes(
                frozenset(kind for kind, _ in keys),
                frozenset(i for _, i in keys),
                documents,
                label,
                ORIGINS[kind],
            )
        )

    @property
    def busy(self) -> bool:
        """True while acts wait to be written, or another thread of this program writes."""
        return bool(self.acts.pending) or self._holder not in (None, threading.get_ident())

    def undo(self) -> str | None:
        """Take back your last act; return its label, or ``None`` when there is nothing.

        Raises:
            UserError: a row has moved on, or something now depends on it; or what was done before
                is still not written, for another program holds the file.
        """
        if not self._settle():
            raise held_by_another(self.path)
        return self._revert(self._undo.next_undo(self.actor_id), "undo")

    def redo(self) -> str | None:
        """Do again what undo took back last; return its label, or ``None``."""
        if not self._settle():
            raise held_by_another(self.path)
        return self._revert(self._undo.next_redo(self.actor_id), "redo")

    def _revert(self, step: Step | None, kind: str) -> str | None:
        if step is None:
            return None
        with self.change(step.label, kind=kind, reverts=step.group_id) as session:
            restore_before(session, step.group_id)
        return step.label

    @property
    def undo_label(self) -> str | None:
        """Return the label of what undo would take back."""
        step = self._undo.next_undo(self.actor_id)
        return step.label if step else None

    @property
    def redo_label(self) -> str | None:
        """Return the label of what redo would do again."""
        step = self._undo.next_redo(self.actor_id)
        return step.label if step else None

    def subscribe(self, listener: Callable[[Changes], None]) -> Callable[[], None]:
        """Call ``listener`` after each commit, on the thread that committed; return the way out."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def tell(self, changes: Changes) -> None:
        """Tell all listeners; one that fails does not keep the others from hearing."""
        for listener in tuple(self._listeners):
            try:
                listener(changes)
            except Exception:
                logging.getLogger(__name__).exception("a listener failed")

    def poll(self) -> bool:
        """Notice what another program wrote to the file; tell and return whether there was any.

        While this program writes it looks away: the next look tells.
        """
        if not self._lock.acquire(blocking=False):
            return False
        self._lock.release()
        with self._alone(), plain_file_errors(self.path):
            version = self._read_data_version()
            if version == self._data_version:
                return False
            self._data_version = version
            self.reload_undo()
        self.tell(Changes(everything=True, origin="outside"))
        return True

    def reload_undo(self) -> None:
        """Read the undo list from the log again."""
        with self._engine.connect() as connection:
            self._undo = UndoList(connection, self.device.id, migrations.SCHEMA)

    @contextmanager
    def exclusively(self) -> Iterator[Engine]:
        """Give the writing engine while no other thread of this program writes (merging)."""
        self._settle()
        with self._alone(), plain_file_errors(self.path):
            yield self._writing
            self._data_version = self._read_data_version()
            self.reload_undo()

    def hurry(self) -> None:
        """Let the thread that calls this never wait long for another program: it has a window."""
        self._hurried = threading.get_ident()

    def _patience(self) -> int:
        """Return the milliseconds for which this thread waits for another program."""
        if self.acts.is_own_thread:
            return LEISURE
        me = threading.get_ident()
        # What this program itself writes or copies is soon done.
        alone = self._holder in (None, me) and not (self._backup and self._backup.is_alive())
        return HURRY if me == self._hurried and alone else PATIENCE

    def _settle(self) -> bool:
        """Let acts that were done before be written first; False where that takes too long."""
        me = threading.get_ident()
        if not self.acts.pending or self._holder == me:
            return True
        return self.acts.wait(HURRY / 1000 if me == self._hurried else None)

    @contextmanager
    def _alone(self, seconds: float | None = None) -> Iterator[None]:
        """Keep the other threads of this program from writing; wait so long for them at most."""
        me = threading.get_ident()
        if seconds is None:
            seconds = 2.0 if me == self._hurried else -1.0
        if not self._lock.acquire(timeout=seconds):
            raise held_by_another(self.path)
        before, self._holder = self._holder, me
        try:
            yield
        finally:
            self._holder = before
            self._lock.release()

    def _read_data_version(self) -> int:
        """Return SQLite's counter of what other connections wrote, on a connection kept for it.

        While another program holds the file the counter is as it was: the next look tells.
        """
        with self._watching:
            if self._watch_ended:
                return self._data_version
            if self._watch is None:
                self._watch = self._engine.raw_connection()
                self._watch.cursor().execute("PRAGMA busy_timeout = 0")
            cursor = self._watch.cursor()
            try:
                cursor.execute("PRAGMA data_version")
            except sqlite3.OperationalError as error:
                if "locked" in str(error) or "busy" in str(error):
                    return self._data_version
                raise
            row = cursor.fetchone()
            return int(row[0]) if row else 0

    def _knows_coder(self, coder_id: str) -> bool:
        with self.read() as session:
            return session.get(Coder, coder_id) is not None

    def _note_device(self, session: Session) -> None:
        if not self._device_known and session.get(Device, self.device.id) is None:
            session.add(Device(id=self.device.id, name=self.device.name))


def make_file(path: Path, facts: dict[str, str]) -> None:
    """Make an empty file with all tables; ``facts`` go into its meta table."""
    engine = open_engine(path)
    try:
        with plain_file_errors(path), engine.execution_options(**{WRITE: True}).begin() as made:
            Base.metadata.create_all(made)
            create_search_index(made)
            migrations.stamp(made)
            made.execute(
                Meta.__table__.insert(),  # type: ignore[attr-defined]
                [{"name": name, "value": value} for name, value in facts.items()],
            )
    finally:
        engine.dispose()


@contextmanager
def _plain_dependencies() -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        if "FOREIGN KEY" in str(error.orig):
            raise UserError(
                "Something else in the project still depends on this.",
                "Remove or change that first.",
            ) from error
        raise


def _refuse_flush(*_context: object) -> None:
    raise RuntimeError("a read session must not write")


def _documents_of(
    session: Session, keys: list[tuple[str, str]], layers: set[str]
) -> frozenset[str]:
    """Return the documents that changed or whose codings did."""
    found = {row_id for kind, row_id in keys if kind == "document"}
    for chunk in in_chunks(layers):
        found |= set(session.scalars(select(Layer.document_id).where(Layer.id.in_(chunk))))
    return frozenset(found)
