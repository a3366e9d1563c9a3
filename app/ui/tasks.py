"""Work in the background: started here, shown in the status strip, delivered on the GUI thread."""

import threading
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QObject,
    Qt,
    QThread,
    QThreadPool,
    QTimer,
    Signal,
)

REPORT_EVERY = 0.05
KEEP_FINISHED = 20


class Progress:
    """What a job's function gets: it reports with ``report`` and looks at ``cancelled``."""

    def __init__(self, announce: Callable[[int, int, str], None]) -> None:
        """``announce`` is called from the worker's thread, at most every 50 ms."""
        self.cancelled = False
        self.latest: tuple[int, int, str] = (0, 0, "")
        """What was reported last, also where it was too soon to announce it."""
        self._announce = announce
        self._last = 0.0
        self._told = (-1, -1)

    def report(self, done: int, total: int, text: str = "") -> None:
        """Say how far the work is; cheap enough to call for every file or row."""
        self.latest = (done, total, text)
        now = time.monotonic()
        ended = done >= total and self._told != (done, total)
        if now - self._last >= REPORT_EVERY or ended:
            self._last, self._told = now, (done, total)
            self._announce(done, total, text)

    def is_cancelled(self) -> bool:
        """Return ``cancelled``; for functions that want a callable."""
        return self.cancelled


class Job:
    """One piece of work. ``state``: "running", "done", "stopped" or "failed"."""

    def __init__(
        self, title: str, show: Callable[[], object] | None, *, of_project: bool = True
    ) -> None:
        """``show`` leads to the result; None where there is nothing to show."""
        self.title = title
        self.show = show
        self.of_project = of_project
        """True where it means nothing once the project is closed."""
        self.left = threading.Event()
        """Set when the worker has left the function."""
        self.state = "running"
        self.done = 0
        self.total = 0
        self.text = ""
        self.outcome = ""
        """One sentence for the list of finished work; the title where it is empty."""
        self.result: Any = None
        self.error: BaseException | None = None
        self.started = time.monotonic()
        self.progress: Progress

    @property
    def running(self) -> bool:
        """True until its result has been delivered."""
        return self.state == "running"

    @property
    def share(self) -> float:
        """Between 0 and 1; 0 where the total is not known."""
        return min(1.0, self.done / self.total) if self.total else 0.0

    def count(self) -> str:
        """Return "23 of 46", or "" before the first report."""
        return f"{self.done:,} of {self.total:,}" if self.total else ""

    def remaining(self) -> str:
        """Return "about 40 seconds left", or "" where a guess would be idle."""
        passed = time.monotonic() - self.started
        if passed < 3 or not 0.05 < self.share < 1:
            return ""
        seconds = passed / self.share - passed
        if seconds < 90:
            return f"about {max(5, round(seconds / 5) * 5)} seconds left"
        return f"about {round(seconds / 60)} minutes left"

    def cancel(self) -> None:
        """Ask the work to stop; it ends at the next point where it looks."""
        self.progress.cancelled = True


class Tasks(QObject):
    """The register of running and lately finished jobs; ``changed`` when any of them moves."""

    changed = Signal()
    _reported = Signal(object, int, int, str)
    _ended = Signal(object, object, object)

    def __init__(self) -> None:
        """Make an empty register with a thread pool of its own."""
        super().__init__()
        self._jobs: list[Job] = []
        self._endings: dict[
            Job, tuple[Callable[[Any], object] | None, Callable[[BaseException], object] | None]
        ] = {}
        self.pool = QThreadPool()
        self.pool.setMaxThreadCount(max(2, min(4, QThread.idealThreadCount())))
        self.report_error: Callable[[BaseException], object] | None = None
        self._catch_up = QTimer(self, singleShot=True, interval=round(REPORT_EVERY * 1000) + 5)
        self._catch_up.timeout.connect(self._note_latest)
        self._reported.connect(self._note, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def running(self) -> tuple[Job, ...]:
        """Jobs under way, oldest first."""
        return tuple(job for job in self._jobs if job.running)

    @property
    def finished(self) -> tuple[Job, ...]:
        """Jobs that ended lately, newest first."""
        return tuple(job for job in reversed(self._jobs) if not job.running)

    def run(
        self,
        fn: Callable[[Progress], Any],
        title: str,
        on_done: Callable[[Any], object] | None = None,
        on_error: Callable[[BaseException], object] | None = None,
        *,
        show: Callable[[], object] | None = None,
        listed: bool = True,
        of_project: bool = True,
    ) -> Job:
        """Call ``fn(progress)`` in a worker thread and ``on_done(result)`` on the GUI thread.

        Without ``on_error`` an exception goes to the one error door. ``listed=False`` keeps quick
        work (a search, a recount) out of the strip; ``of_project=False`` lets it outlive the
        project that is open.
        """
        job = Job(title, show, of_project=of_project)
        job.progress = Progress(lambda done, total, text: self._emit(job, done, total, text))
        self._endings[job] = (on_done, on_error)
        if listed:
            self._jobs.append(job)
            self.changed.emit()
        self.pool.start(lambda: self._work(job, fn))
        return job

    def stop_all(self, wait_ms: int = 5000) -> bool:
        """Ask everything to stop and wait; False where something is still at work."""
        return self._stop(list(self._endings), wait_ms)

    def stop_project_work(self, wait_ms: int) -> bool:
        """Stop and deliver what belongs to the project that is open; False where some goes on."""
        return self._stop([job for job in self._endings if job.of_project], wait_ms)

    def forget_project(self) -> None:
        """Drop the work of the project that was closed, so that nothing of it is delivered."""
        for job in [job for job in self._endings if job.of_project]:
            self._endings[job] = (None, _ignore)
            job.state = "stopped"
        self._jobs = [job for job in self._jobs if not job.of_project]
        self.changed.emit()

    def _stop(self, jobs: list[Job], wait_ms: int) -> bool:
        for job in jobs:
            job.cancel()
        deadline = time.monotonic() + wait_ms / 1000
        ended = all(job.left.wait(max(0.0, deadline - time.monotonic())) for job in jobs)
        # What the workers told is queued; whoever hears it may still ask the open project.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.MetaCall.value)
        return ended

    def _emit(self, job: Job, done: int, total: int, text: str) -> None:
        self._reported.emit(job, done, total, text)

    def _work(self, job: Job, fn: Callable[[Progress], Any]) -> None:
        try:
            result, error = fn(job.progress), None
        except BaseException as caught:
            result, error = None, caught
        self._ended.emit(job, result, error)
        job.left.set()

    def _note(self, job: Job, done: int, total: int, text: str) -> None:
        if job.running:
            job.done, job.total, job.text = done, total, text
            self._catch_up.start()
            self.changed.emit()

    def _note_latest(self) -> None:
        """Show reports that came too soon after the one before to be announced."""
        behind = [
            job for job in self.running if (job.done, job.total, job.text) != job.progress.latest
        ]
        for job in behind:
            job.done, job.total, job.text = job.progress.latest
        if behind:
            self.changed.emit()

    def _deliver(self, job: Job, result: Any, error: BaseException | None) -> None:
        on_done, on_error = self._endings.pop(job)
        job.done, job.total, job.text = job.progress.latest
        job.result, job.error = result, error
        job.state = "failed" if error else "stopped" if job.progress.cancelled else "done"
        self._drop_old()
        try:
            if error is None:
                if on_done is not None:
                    on_done(result)
            elif on_error is not None:
                on_error(error)
            elif self.report_error is not None:
                self.report_error(error)
            else:
                raise error
        finally:
            self.changed.emit()

    def _drop_old(self) -> None:
        old = [job for job in self._jobs if not job.running][:-KEEP_FINISHED]
        self._jobs = [job for job in self._jobs if job not in old]


def _ignore(_error: BaseException) -> None:
    """Nobody is left to hear of it."""


tasks = Tasks()
run = tasks.run
