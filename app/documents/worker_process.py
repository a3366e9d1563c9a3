"""Starts one worker process, asks it one thing at a time and stops it when time is up."""

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from typing import BinaryIO

from app.documents.protocol import Header, read_message, write_message
from app.paths import ROOT

_PIPE_BYTES = 1 << 20


class WorkerDied(Exception):
    """The process ended before it answered; ``out_of_time`` when it was stopped for that."""

    def __init__(self, *, out_of_time: bool) -> None:
        super().__init__("out of time" if out_of_time else "the process ended")
        self.out_of_time = out_of_time


class WorkerProcess:
    """One process of ``app.documents.worker`` and its two pipes."""

    def __init__(self, *, low_priority: bool = False) -> None:
        arguments = [sys.executable, "-m", "app.documents.worker"]
        self._process = subprocess.Popen(
            [*arguments, "--low-priority"] if low_priority else arguments,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env=_environment(),
            creationflags=_creation_flags(low_priority),
        )
        assert self._process.stdin
        assert self._process.stdout
        self._requests: BinaryIO = self._process.stdin  # type: ignore[assignment]
        self._answers: BinaryIO = self._process.stdout  # type: ignore[assignment]
        _widen(self._answers)
        self._ended = False

    @property
    def process_id(self) -> int:
        """Return the id the operating system gave the process."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether the process can be asked something."""
        return not self._ended and self._process.poll() is None

    def ask(
        self, header: Header, parts: Sequence[bytes], time_limit: float
    ) -> tuple[Header, list[bytes]]:
        """Send a request and wait for its answer; raises WorkerDied. ``time_limit``: seconds."""
        out_of_time = threading.Event()

        def stop() -> None:
            out_of_time.set()
            self._process.kill()

        watch = threading.Timer(time_limit, stop)
        watch.daemon = True
        watch.start()
        try:
            write_message(self._requests, header, parts)
            return read_message(self._answers)
        except (EOFError, OSError, ValueError) as error:
            raise WorkerDied(out_of_time=out_of_time.is_set()) from error
        finally:
            watch.cancel()

    def kill(self) -> None:
        """End the process at once; may be called again and from any thread."""
        self._ended = True
        self._process.kill()
        self._process.wait()
        for pipe in (self._requests, self._answers):
            with contextlib.suppress(OSError, ValueError):
                pipe.close()


def _environment() -> dict[str, str]:
    inherited = os.environ.get("PYTHONPATH")
    path = f"{ROOT}{os.pathsep}{inherited}" if inherited else str(ROOT)
    return {**os.environ, "PYTHONPATH": path}


def _creation_flags(low_priority: bool) -> int:
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW
        return flags | subprocess.BELOW_NORMAL_PRIORITY_CLASS if low_priority else flags
    return 0


def _widen(pipe: BinaryIO) -> None:
    """Let a rendered page pass in few pieces: on a busy machine each waits for its turn."""
    if sys.platform == "linux":
        import fcntl

        with contextlib.suppress(OSError):
            fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
