"""Runs one measurement of the window and prints its samples as JSON, in seconds or megabytes."""

import json
import sys
import time
from collections.abc import Callable, Mapping
from itertools import cycle
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.ui.application import make_application
from app.ui.bench.driving import Reader, fresh_places, open_window, settle
from app.ui.bench.memory import resident_megabytes
from app.ui.bench.stalls import STALL_MEASUREMENTS
from app.ui.memory_care import give_back
from app.ui.views.analysis import AnalysisPlace
from app.ui.views.analysis_words import NETWORK, TABLE
from app.ui.views.evidence_source import EvidenceSource

Facts = Mapping[str, str]
Samples = dict[str, list[float]]

STRETCHES = 5
FRAMES = 60
STEP = 40
PACE = 1 / 60
OPENINGS = 7
ACTS = 60


def first_page(facts: Facts) -> Samples:
    """Open the document and draw its first page, by turns with MuPDF alone."""
    from app.documents.raw_timing import first_page_seconds  # the window itself has no MuPDF

    reader = Reader(open_window(Path(facts["project"])))
    pdf = Path(facts["pdf"]).read_bytes()
    reader.open(facts["document"])
    scale = reader.canvas.layout_.scale * reader.canvas.viewport().devicePixelRatioF()
    opened, raw = [], []
    for _repeat in range(OPENINGS):
        settle()  # until the pages after the first are drawn, too
        raw.append(first_page_seconds(pdf, scale))
        reader.close()
        began = time.perf_counter()
        reader.open(facts["document"])
        opened.append(time.perf_counter() - began)
    return {"opened": opened, "raw": raw}


def scroll(facts: Facts) -> Samples:
    """Scroll through five stretches of a document."""
    reader = Reader(open_window(Path(facts["project"])))
    frames = []
    for stretch in range(STRETCHES):
        reader.open(facts["document"], _first_page_of(stretch))
        settle()
        frames += reader.scroll(FRAMES, STEP, PACE)
    return {"frames": frames}


def compare(facts: Facts) -> Samples:
    """Scroll through the same stretches of two documents by turns."""
    reader = Reader(open_window(Path(facts["project"])))
    frames: Samples = {"many": [], "none": []}
    for stretch in range(STRETCHES):
        for name, taken in frames.items():
            reader.open(facts[name], _first_page_of(stretch))
            settle()
            taken += reader.scroll(FRAMES, STEP, PACE)
    return frames


def _first_page_of(stretch: int) -> int:
    return 1 + stretch * 7


def code(facts: Facts) -> Samples:
    """Select a passage and press the key of a code, again and again."""
    window = open_window(Path(facts["project"]))
    reader = Reader(window)
    reader.open(facts["document"], page=3)
    settle()
    state, project = reader.place.state, window.bridge.project
    commits: list[float] = []
    began = 0.0
    tell = project.tell

    def told(changes: object) -> None:
        commits.append(time.perf_counter() - began)
        tell(changes)  # type: ignore[arg-type]

    project.tell = told  # type: ignore[method-assign, assignment]
    keys = cycle(sorted(reader.canvas.keys.hot_keys))
    places = fresh_places(state, 3, 40)
    acts: list[float] = []
    for _act in range(ACTS):
        state.select(next(places))
        settle(0.06)  # the act before is written by then
        began = time.perf_counter()
        reader.code(next(keys))
        acts.append(time.perf_counter() - began)
    return {"acts": acts, "commits": commits}


def filters(facts: Facts) -> Samples:
    """Set and clear a filter in Analysis, with each of its two faces shown."""
    window = open_window(Path(facts["project"]))
    place = window.go("analysis")
    assert isinstance(place, AnalysisPlace)
    settle()
    chips = place.filters_of_codings
    evidence = EvidenceSource.of(window.bridge).evidence()
    values = evidence.valences if evidence is not None else ()
    samples: Samples = {}
    for face, widget in ((NETWORK, place.network), (TABLE, place.table)):
        place.show_face(face)
        settle()
        taken = samples[face] = []
        for chosen in (values[:1], values[1:2], (), values[:2], values[2:3], (), values[:1], ()):
            began = time.perf_counter()
            chips.chips["valence"].choose(chosen)
            widget.repaint()
            QApplication.processEvents()
            taken.append(time.perf_counter() - began)
            settle(0.05)
    return {"network": samples[NETWORK], "table": samples[TABLE]}


def memory(facts: Facts) -> Samples:
    """Open a document and show every page of it."""
    reader = Reader(open_window(Path(facts["project"])))
    samples: Samples = {"start": resident_megabytes()}
    reader.open(facts["document"])
    settle()
    samples["opened"] = resident_megabytes()
    for page in range(1, reader.place.state.page_count + 1):
        reader.open(facts["document"], page)
    settle()
    give_back()  # as the program does every 20 seconds
    samples["read"] = resident_megabytes()
    return samples


MEASUREMENTS: dict[str, Callable[[Facts], Samples]] = {
    measurement.__name__: measurement
    for measurement in (first_page, scroll, compare, code, filters, memory)
} | STALL_MEASUREMENTS


def main(what: str, facts: str) -> int:
    """Measure and print."""
    application = make_application(["cofactor"])
    samples = MEASUREMENTS[what](json.loads(facts))
    for widget in application.topLevelWidgets():
        widget.close()
    print(json.dumps(samples), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
