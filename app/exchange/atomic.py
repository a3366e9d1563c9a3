"""Writes a file wholly or not at all, and tells in a plain sentence why it could not."""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from app.errors import UserError

_FULL = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}


@contextmanager
def replace_file(path: Path) -> Iterator[Path]:
    """Yield a temporary path beside ``path``; what is written there takes its place at the end.

    When anything fails the old file stays as it was and the temporary one goes. An OSError leaves
    as UserError; other exceptions pass through.
    """
    temporary: Path | None = None
    try:
        temporary = _empty_neighbour(path)
        yield temporary
        _settle(temporary)
        _keep_mode(path, temporary)
        os.replace(temporary, path)
    except OSError as problem:
        raise _told(problem, path) from problem
    finally:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def read_bytes(path: Path) -> bytes:
    """Return what a file holds; raises UserError when it cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError as problem:
        raise UserError(f"There is no file {path}.") from problem
    except IsADirectoryError as problem:
        raise UserError(f"{path} is a folder, not a file.") from problem
    except OSError as problem:
        raise UserError(
            f"{path.name} could not be read: {problem.strerror or problem}.",
            hint="See that you may open it and that no other program keeps it locked.",
        ) from problem


def _empty_neighbour(path: Path) -> Path:
    # The suffix stays: some writers choose their format by it.
    handle, name = tempfile.mkstemp(
        prefix=f".{path.stem[:40]}-", suffix=path.suffix, dir=path.parent
    )
    os.close(handle)
    return Path(name)


def _settle(path: Path) -> None:
    """Bring the bytes to the disk before the name moves, in case the power goes."""
    with path.open("rb+") as handle:
        os.fsync(handle.fileno())


def _keep_mode(path: Path, temporary: Path) -> None:
    """Give the new file the old one's permissions, or those of any new file."""
    if os.name == "nt":
        return
    if path.exists():
        mode = path.stat().st_mode & 0o777
    else:
        mask = os.umask(0)
        os.umask(mask)
        mode = 0o666 & ~mask
    temporary.chmod(mode)


def _told(problem: OSError, path: Path) -> UserError:
    if problem.errno in _FULL:
        return UserError(
            f"The disk is full: {path.name} was not written.",
            hint="Free some space or choose another place; an earlier file of that name is kept.",
        )
    if not path.parent.is_dir():
        return UserError(f"There is no folder {path.parent}.", hint="Make it, or choose another.")
    if path.is_dir():
        return UserError(f"{path} is a folder.", hint="Give a file name inside it.")
    return UserError(
        f"{path.name} could not be written: {problem.strerror or problem}.",
        hint="Close it in other programs and see that you may write to its folder.",
    )
