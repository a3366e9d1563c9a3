"""Reads PDFs one file ahead: while one is being stored, the worker process reads the next."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from app.documents.engine import DocumentProblem, PdfEngine
from app.documents.text_layer import ExtractedDocument
from app.errors import UserError

_PATIENCE = 0.1  # seconds between two looks at whether the user has cancelled


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file as read; neither text nor problem when its content is known already."""

    path: Path
    password: str | None = None
    data: bytes = b""
    sha256: str = ""
    extracted: ExtractedDocument | None = None
    problem: str = ""
    why: str = ""


class ReadAhead:
    """Gives the files in their order; at most one is read beyond the one given last."""

    def __init__(
        self,
        engine: PdfEngine,
        files: Sequence[Path],
        *,
        known: set[str],
        passwords: Mapping[str, str],
        time_limit: float,
    ) -> None:
        """``known`` holds SHA-256 sums that need no reading; ``time_limit`` is in seconds."""
        self._engine, self._passwords, self._time_limit = engine, passwords, time_limit
        self._known = set(known)
        self._waiting = iter(files)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="reading-ahead")
        self._next = self._begin()

    def __enter__(self) -> Self:
        """Use it as a context, so that a file still being read is let go."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Read no further; what is being read at this moment is dropped when it is done."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def take(self, cancelled: Callable[[], bool]) -> ReadFile | None:
        """Wait for the next file; ``None`` when the user cancels before it is read."""
        future = self._next
        if future is None:
            return None
        while not wait([future], timeout=_PATIENCE).done:
            if cancelled():
                return None
        read = future.result()
        self._next = self._begin()
        return read

    def read(self, path: Path, *, although_known: bool = False) -> ReadFile:
        """Read one file, here and now."""
        password = self._passwords.get(path.name)
        try:
            data = path.read_bytes()
        except OSError as error:
            reason = (error.strerror or "unknown reason").lower()
            why = f"The file could not be read ({reason})."
            return ReadFile(path, problem="unreadable", why=why)
        sha256 = hashlib.sha256(data).hexdigest()
        if sha256 in self._known and not although_known:
            return ReadFile(path, password, data, sha256)
        try:
            extracted = self._engine.extract(data, password=password, time_limit=self._time_limit)
        except UserError as problem:
            kind = problem.kind if isinstance(problem, DocumentProblem) else "problem"
            return ReadFile(path, password, data, sha256, problem=kind, why=str(problem))
        self._known.add(sha256)
        return ReadFile(path, password, data, sha256, extracted)

    def _begin(self) -> "Future[ReadFile] | None":
        path = next(self._waiting, None)
        return None if path is None else self._thread.submit(self.read, path)
