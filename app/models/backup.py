"""Backups beside the project: all rows without the bytes of the PDFs, verified when made."""

import contextlib
import logging
import os
import sqlite3
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.errors import UserError

_LEFT_OUT = ("file_bytes", "geometry", "search_map")
KEEP_NEWEST = 10
KEEP_DAYS = 14
_one_at_a_time = threading.Lock()  # two that begin in one millisecond would have one name


def folder_of(path: Path) -> Path:
    """Return the folder that holds a project's backups."""
    return path.with_name(f"{path.stem} backups")


def list_backups(path: Path) -> list[Path]:
    """Return a project's backups, newest first."""
    return sorted(folder_of(path).glob("*.cofactor"), reverse=True)


def take(path: Path, *, whole: bool = True) -> Path:
    """Back up a project file and verify the copy; return where it is.

    ``whole`` takes the bytes of the PDFs along (before a migration); otherwise they are left out,
    since they never change.

    Raises:
        UserError: the copy could not be made or is not sound.
    """
    with _one_at_a_time:
        return _take(path, whole=whole)


def _take(path: Path, *, whole: bool) -> Path:
    folder = folder_of(path)
    name = datetime.now(UTC).strftime("%Y-%m-%d %H%M%S%f")[:-3]
    target = folder / f"{name}{' with PDFs' if whole else ''}.cofactor"
    unfinished = target.with_suffix(".unfinished")
    try:
        folder.mkdir(exist_ok=True)
        _copy(path, unfinished, whole=whole)
        _verify(path, unfinished)
        os.replace(unfinished, target)
    except (OSError, sqlite3.Error) as error:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise UserError(
            f"No backup of {path.name} could be made ({error}).",
            "Check the free space and the rights of its folder.",
        ) from error
    return target


def take_in_background(path: Path) -> threading.Thread | None:
    """Back up without PDFs on a thread of its own, when anything changed since the last time."""
    if not _changed_since_last(path):
        return None

    def run() -> None:
        try:
            take(path, whole=False)
            _prune(path)
        except UserError as problem:
            logging.getLogger(__name__).warning("%s", problem)

    thread = threading.Thread(target=run, name="backup", daemon=False)
    thread.start()
    return thread


def restore(backup_path: Path, target: Path, pdfs_from: Path | None = None) -> int:
    """Make a project of a backup; return how many PDFs are still missing.

    PDFs are taken from ``pdfs_from`` (the damaged or older project) as far as it can be read.

    Raises:
        UserError: the target exists, or the backup cannot be read.
    """
    if target.exists():
        raise UserError(f"{target.name} exists already.", "Choose another name.")
    try:
        with (
            contextlib.closing(_open(backup_path)) as source,
            contextlib.closing(sqlite3.connect(target)) as made,
        ):
            source.backup(made)
    except sqlite3.Error as error:
        target.unlink(missing_ok=True)
        raise UserError(f"{backup_path.name} cannot be read.", "Choose an older backup.") from error
    with contextlib.closing(sqlite3.connect(target)) as made:
        if pdfs_from is not None:
            _bring_pdfs(made, pdfs_from)
        missing = made.execute(
            "SELECT count(DISTINCT sha256) FROM document"
            " WHERE sha256 NOT IN (SELECT sha256 FROM file_bytes)"
        ).fetchone()[0]
    return int(missing)


def _bring_pdfs(made: sqlite3.Connection, source: Path) -> None:
    with contextlib.suppress(sqlite3.Error), contextlib.closing(_open(source)) as other:
        for row in other.execute("SELECT sha256, password, data FROM file_bytes"):
            made.execute("INSERT OR IGNORE INTO file_bytes VALUES (?, ?, ?)", row)
    made.commit()


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=10)


def _copy(path: Path, target: Path, *, whole: bool) -> None:
    with (
        contextlib.closing(_open(path)) as source,
        contextlib.closing(sqlite3.connect(target)) as copy,
    ):
        if whole:
            source.backup(copy)
            return
        copy.execute("PRAGMA synchronous = NORMAL")
        copy.execute("ATTACH ? AS source", (f"{path.resolve().as_uri()}?mode=ro",))
        schema = source.execute(
            "SELECT name, sql, type FROM sqlite_master WHERE sql IS NOT NULL"
            " AND name NOT LIKE 'page_search_%' AND name NOT LIKE 'sqlite_%'"
            " ORDER BY type = 'index'"
        ).fetchall()
        for pragma in ("user_version", "application_id"):
            value = source.execute(f"PRAGMA {pragma}").fetchone()[0]
            copy.execute(f"PRAGMA {pragma} = {value}")
        copy.execute("BEGIN")
        for name, sql, kind in schema:
            copy.execute(sql)
            if kind == "table" and name not in (*_LEFT_OUT, "page_search"):
                copy.execute(f'INSERT INTO main."{name}" SELECT * FROM source."{name}"')
        copy.execute("COMMIT")


def _verify(path: Path, copy: Path) -> None:
    with contextlib.closing(_open(copy)) as made:
        verdict = made.execute("PRAGMA integrity_check(1)").fetchone()[0]
        broken = made.execute("PRAGMA foreign_key_check").fetchone()
        counted = made.execute("SELECT count(*), max(seq) FROM change").fetchone()
        if verdict != "ok" or broken is not None:
            raise sqlite3.DatabaseError(f"the copy is not sound: {verdict}")
    with contextlib.closing(_open(path)) as source:
        at_least = source.execute("SELECT count(*) FROM change WHERE seq <= ?", (counted[1] or 0,))
        if at_least.fetchone()[0] != counted[0]:
            raise sqlite3.DatabaseError("the copy is not complete")


def _changed_since_last(path: Path) -> bool:
    newest = next(iter(list_backups(path)), None)
    if newest is None:
        return True
    question = "SELECT max(seq) FROM change"
    try:
        with contextlib.closing(_open(newest)) as copy, contextlib.closing(_open(path)) as source:
            return bool(copy.execute(question).fetchone() != source.execute(question).fetchone())
    except sqlite3.Error:
        return True


def _prune(path: Path) -> None:
    """Keep the newest ones and the last of each day of two weeks; those with PDFs stay."""
    without_pdfs = [b for b in list_backups(path) if not b.stem.endswith("with PDFs")]
    oldest_day = (datetime.now(UTC) - timedelta(days=KEEP_DAYS)).strftime("%Y-%m-%d")
    kept_days: set[str] = set()
    for number, backup in enumerate(without_pdfs):
        day = backup.name[:10]
        last_of_day = day not in kept_days and day >= oldest_day
        kept_days.add(day)
        if number >= KEEP_NEWEST and not last_of_day:
            with contextlib.suppress(OSError):
                backup.unlink()
