"""How long the window does not answer while something else is at work, and what it does meanwhile.

A timer ticks every few milliseconds on the window's thread; the longest time between two ticks is
how long a key or a click would have waited.
"""

import time
from collections.abc import Callable, Mapping
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from app.ui.bench.driving import Reader, fresh_places, open_window, settle, wait_until
from app.ui.tasks import Job, Progress, run, tasks

if TYPE_CHECKING:
    from app.models import Project

Facts = Mapping[str, str]
Samples = dict[str, list[float]]

TICK_MS = 4
REPEATS = 5
PACE = 1 / 60
FRAMES, STEP = 120, 40
ACTS = 40


class Heartbeat(QObject):
    """Notes the longest time for which the window's thread was not free."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self._last = 0.0
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._beat)

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last - TICK_MS / 1000)
        self._last = now

    def listen(self, until: Callable[[], bool], what: str) -> float:
        """Return the longest stall in seconds until something has happened."""
        self.longest, self._last = 0.0, time.perf_counter()
        self._timer.start()
        wait_until(until, what)
        self._beat()
        self._timer.stop()
        return self.longest


def _idle(heart: Heartbeat) -> float:
    """Return the longest stall with nothing to do: what this machine does to any program."""
    return heart.listen(partial(_is_past, time.perf_counter() + 1.0), "waiting")


def _is_past(moment: float) -> bool:
    return time.perf_counter() > moment


def _has_ended(job: Job) -> bool:
    return not job.running


def _write_extracts(project: "Project", out: Path, _progress: Progress) -> str:
    from app.exchange.exports import export

    return export(project, "extracts", out)


def stall_page(facts: Facts) -> Samples:
    """Draw the worst page at one zoom after the other."""
    reader = Reader(open_window(Path(facts["project"])))
    heart = Heartbeat()
    samples: Samples = {"stalls": [], "idle": [], "seconds": []}
    reader.open(facts["document"])
    cache = reader.canvas.images.cache
    for repeat in range(REPEATS):
        settle()
        samples["idle"].append(_idle(heart))
        began = time.perf_counter()
        reader.canvas.set_zoom(0.8 + 0.07 * repeat)
        scale = reader.canvas.layout_.scale * reader.canvas.viewport().devicePixelRatioF()
        wanted = (1, scale, -1, -1)
        is_there = partial(cache.__contains__, wanted)
        samples["stalls"].append(heart.listen(is_there, "the worst page"))
        samples["seconds"].append(time.perf_counter() - began)
    return samples


def stall_report(facts: Facts) -> Samples:
    """Write the extracts of 10,000 codings as background work."""
    window = open_window(Path(facts["project"]))
    heart, project = Heartbeat(), window.bridge.project
    samples: Samples = {"stalls": [], "idle": [], "seconds": []}
    for repeat in range(REPEATS):
        settle()
        samples["idle"].append(_idle(heart))
        out = Path(facts["folder"]) / f"extracts {repeat}.csv"
        began = time.perf_counter()
        job = run(partial(_write_extracts, project, out), "Write extracts")
        samples["stalls"].append(heart.listen(partial(_has_ended, job), "the report"))
        samples["seconds"].append(time.perf_counter() - began)
    return samples


def while_importing(facts: Facts) -> Samples:
    """Add a folder of PDFs; meanwhile wait, scroll and code by turns."""
    window = open_window(Path(facts["project"]))
    reader, heart = Reader(window), Heartbeat()
    reader.open(facts["document"], page=3)
    settle()
    state = reader.place.state
    samples: Samples = {"idle": [_idle(heart)], "stalls": [], "frames": [], "acts": []}
    window.add_files([facts["folder"]])
    window.go("read")
    wait_until(lambda: bool(tasks.running), "adding")
    settle()
    keys = cycle(sorted(reader.canvas.keys.hot_keys))
    places = fresh_places(state, 3, 30)
    while tasks.running and len(samples["stalls"]) < REPEATS:
        is_over = partial(_is_past, time.perf_counter() + 1.5)
        samples["stalls"].append(heart.listen(is_over, "adding"))
        reader.canvas.go_to_page(5)
        samples["frames"] += reader.scroll(FRAMES // REPEATS * 2, STEP, PACE)
        reader.open(facts["document"], page=3)
        for _act in range(ACTS // REPEATS):
            state.select(next(places))
            settle(0.06)
            began = time.perf_counter()
            reader.code(next(keys))
            samples["acts"].append(time.perf_counter() - began)
    samples["still"] = [float(bool(tasks.running))]
    tasks.stop_all(5000)
    QApplication.processEvents()
    return samples


STALL_MEASUREMENTS: dict[str, Callable[[Facts], Samples]] = {
    measurement.__name__: measurement for measurement in (stall_page, stall_report, while_importing)
}
