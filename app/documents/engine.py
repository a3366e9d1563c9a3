"""The program's side of the PDF worker: a separate process that may crash or hang.

A thread sends one request at a time and waits for its answer, so a crash or a time limit always
concerns exactly one request; everything else waits here and goes to the next process.
"""

import contextlib
import heapq
import itertools
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass, field
from typing import Any

from app.documents.links import PageLink
from app.documents.outline import OutlineEntry
from app.documents.problems import DocumentProblem
from app.documents.protocol import Header, document_from_message
from app.documents.text_layer import ExtractedDocument
from app.documents.worker_process import WorkerDied, WorkerProcess

__all__ = ["DocumentProblem", "PdfEngine", "RenderedPage"]

Clip = tuple[float, float, float, float]

_OPEN_DOCUMENTS = 6
_TIME_LIMIT = 30.0  # seconds for one page
_URGENT, _PATIENT = 0, 1


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page, or a part of it, as pixels.

    ``scale`` is device pixels per point, ``clip`` is in points of display space. The pixels of
    a clip start at its left and top edge times scale, rounded down. ``pixels`` holds ``height``
    rows of ``stride`` bytes, RGB888.
    """

    key: str
    page: int
    scale: float
    clip: Clip | None
    width: int
    height: int
    stride: int
    pixels: bytes


@dataclass(slots=True)
class _Request:
    header: Header
    parts: list[bytes]
    finish: Callable[[Header, list[bytes]], Any]
    time_limit: float
    key: str | None = None
    generation: int | None = None
    future: "Future[Any]" = field(default_factory=Future)


@dataclass(frozen=True, slots=True)
class _Known:
    data: bytes
    password: str | None


class PdfEngine:
    """One supervised worker process; every method may be called from any thread.

    The process starts with the first request (or with ``start``), is replaced when it dies and
    ends with ``close``. Extraction of a long book holds up everything behind it, so use one
    engine for reading and another, with ``low_priority``, for importing. Callbacks of the
    returned futures run in the engine's thread.
    """

    def __init__(self, *, low_priority: bool = False) -> None:
        self._low_priority = low_priority
        self._wake = threading.Condition()
        self._waiting: list[tuple[int, int, _Request]] = []
        self._order = itertools.count()
        self._known: dict[str, _Known] = {}
        self._process: WorkerProcess | None = None
        self._loaded: dict[str, _Known] = {}  # what the process has open, oldest first
        self._thread: threading.Thread | None = None
        self._closed = False

    def start(self) -> None:
        """Start the process now, so that the first request need not wait for it."""
        with self._wake:
            self._require_thread()

    def close(self) -> None:
        """End the process; requests that have not been answered are cancelled."""
        with self._wake:
            self._closed = True
            waiting, self._waiting = self._waiting, []
            process, thread = self._process, self._thread
            self._wake.notify_all()
        for _, _, request in waiting:
            request.future.cancel()
        if process:
            process.kill()
        if thread and thread is not threading.current_thread():
            thread.join(timeout=10)

    @property
    def process_id(self) -> int | None:
        """Return the id of the running process, None when there is none."""
        process = self._process
        return process.process_id if process and process.alive else None

    def extract(
        self, data: bytes, *, password: str | None = None, time_limit: float = 60.0
    ) -> ExtractedDocument:
        """Read a whole PDF and wait for it; ``time_limit`` is in seconds.

        Raises DocumentProblem, and CancelledError when the engine is closed meanwhile.
        """
        request = _Request(
            header={"verb": "extract", "password": password},
            parts=[data],
            finish=lambda answer, parts: document_from_message(answer["document"], parts),
            time_limit=time_limit,
        )
        extracted: ExtractedDocument = self._submit(request, _PATIENT).result()
        return extracted

    def open(self, key: str, data: bytes, password: str | None = None) -> None:
        """Make a document known under a key; it is opened when a page of it is asked for."""
        document = _Known(data, password)
        with self._wake:
            if self._known.get(key) != document:  # else the process need not open it again
                self._known[key] = document

    def forget(self, key: str) -> None:
        """Let go of a document; its pending requests are cancelled."""
        with self._wake:
            self._known.pop(key, None)
        self._cancel(lambda request: request.key == key)

    def render(
        self,
        key: str,
        page: int,
        scale: float,
        clip: Clip | None = None,
        *,
        generation: int | None = 0,
        turn: int = 0,
        time_limit: float = _TIME_LIMIT,
    ) -> "Future[RenderedPage]":
        """Draw a page (1-based) or the part of it inside ``clip`` (points, display space).

        ``turn`` shows the page turned by so many degrees clockwise, and ``clip`` is then a part
        of the turned page. ``scale`` is device pixels per point. More than 64 MB of pixels fail
        with a DocumentProblem of kind "too_large". Without a ``generation`` it never gets stale.
        """
        header = {"verb": "render", "key": key, "page": page, "scale": scale, "clip": clip}
        header["turn"] = turn

        def finish(answer: Header, parts: list[bytes]) -> RenderedPage:
            width, height, stride = answer["width"], answer["height"], answer["stride"]
            return RenderedPage(key, page, scale, clip, width, height, stride, parts[0])

        return self._submit(_Request(header, [], finish, time_limit, key, generation), _URGENT)

    def geometry(
        self, key: str, page: int, order: str, *, time_limit: float = _TIME_LIMIT
    ) -> "Future[tuple[str, bytes]]":
        """Read a page's (1-based) text in the given order with its packed PageGeometry.

        Where the text differs from the one stored, unpack with the returned text and call
        ``PageGeometry.aligned_to`` with the stored one.
        """
        header = {"verb": "geometry", "key": key, "page": page, "order": order}

        def finish(answer: Header, parts: list[bytes]) -> tuple[str, bytes]:
            return parts[0].decode(), parts[1]

        return self._submit(_Request(header, [], finish, time_limit, key), _URGENT)

    def outline(
        self, key: str, *, time_limit: float = _TIME_LIMIT
    ) -> "Future[tuple[OutlineEntry, ...]]":
        """Read the table of contents that a document carries."""

        def finish(answer: Header, parts: list[bytes]) -> tuple[OutlineEntry, ...]:
            return tuple(OutlineEntry(*entry) for entry in answer["entries"])

        header = {"verb": "outline", "key": key}
        return self._submit(_Request(header, [], finish, time_limit, key), _URGENT)

    def links(
        self, key: str, page: int, *, time_limit: float = _TIME_LIMIT
    ) -> "Future[tuple[PageLink, ...]]":
        """Read the links of a page (1-based)."""

        def finish(answer: Header, parts: list[bytes]) -> tuple[PageLink, ...]:
            return tuple(PageLink(tuple(box), *rest) for box, *rest in answer["links"])

        header = {"verb": "links", "key": key, "page": page}
        return self._submit(_Request(header, [], finish, time_limit, key), _URGENT)

    def drop_stale(self, generation: int) -> None:
        """Cancel pending renders of an older generation."""
        self._cancel(lambda r: r.generation is not None and r.generation < generation)

    def _submit(self, request: _Request, priority: int) -> "Future[Any]":
        with self._wake:
            self._require_thread()
            heapq.heappush(self._waiting, (priority, next(self._order), request))
            self._wake.notify()
        return request.future

    def _require_thread(self) -> None:
        if self._closed:
            raise RuntimeError("the engine is closed")
        if self._thread is None:
            self._thread = threading.Thread(target=self._serve, name="pdf", daemon=True)
            self._thread.start()

    def _cancel(self, unwanted: Callable[[_Request], bool]) -> None:
        with self._wake:
            dropped = [item for item in self._waiting if unwanted(item[2])]
            self._waiting = [item for item in self._waiting if not unwanted(item[2])]
            heapq.heapify(self._waiting)
        for _, _, request in dropped:
            request.future.cancel()

    # Everything below runs in the engine's own thread.

    def _serve(self) -> None:
        with contextlib.suppress(OSError):  # told again, and to somebody, at the first request
            self._running_process()
        while request := self._next():
            if not request.future.set_running_or_notify_cancel():
                continue
            try:
                result = self._run(request)
            except BaseException as error:
                request.future.set_exception(error)
            else:
                request.future.set_result(result)
        if self._process:
            self._process.kill()

    def _next(self) -> _Request | None:
        with self._wake:
            while not self._waiting and not self._closed:
                self._wake.wait()
            return None if self._closed else heapq.heappop(self._waiting)[2]

    def _run(self, request: _Request) -> Any:
        process = self._running_process()
        try:
            if request.key is not None:
                self._load(process, request.key, request.time_limit)
            answer, parts = process.ask(request.header, request.parts, request.time_limit)
        except WorkerDied as death:
            process.kill()
            if self._closed:
                raise CancelledError from death
            raise _problem_of(death, request.time_limit) from death
        _raise_problem(answer)
        return request.finish(answer, parts)

    def _running_process(self) -> WorkerProcess:
        if self._process is not None and self._process.alive:
            return self._process
        if self._process is not None:
            self._process.kill()
        process = WorkerProcess(low_priority=self._low_priority)
        with self._wake:
            self._process, self._loaded = process, {}
            if self._closed:
                process.kill()
        return process

    def _load(self, process: WorkerProcess, key: str, time_limit: float) -> None:
        """See that the process has the document open, and not too many others."""
        known = self._known.get(key)
        if known is None:
            raise KeyError(f"no document is open under {key!r}")
        if self._loaded.get(key) is known:
            self._loaded[key] = self._loaded.pop(key)
            return
        unwanted = [other for other in self._loaded if other not in self._known]
        surplus = len(self._loaded) - len(unwanted) - _OPEN_DOCUMENTS + 1
        unwanted += [other for other in self._loaded if other in self._known][: max(0, surplus)]
        for other in unwanted:
            del self._loaded[other]
            process.ask({"verb": "forget", "key": other}, [], time_limit)
        header = {"verb": "open", "key": key, "password": known.password}
        answer, _ = process.ask(header, [known.data], time_limit)
        _raise_problem(answer)
        self._loaded[key] = known


def _raise_problem(answer: Header) -> None:
    problem = answer.get("problem")
    if problem:
        raise DocumentProblem(problem["kind"], problem["message"], problem["hint"])


def _problem_of(death: WorkerDied, time_limit: float) -> DocumentProblem:
    if death.out_of_time:
        return DocumentProblem(
            "slow",
            f"Reading this PDF took longer than {time_limit:g} seconds and was stopped.",
            "Print or save it again as a PDF from another viewer and add that file.",
        )
    return DocumentProblem(
        "crashed",
        "This PDF made the reading process stop.",
        "Print or save it again as a PDF from another viewer and add that file.",
    )
