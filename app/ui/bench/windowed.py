"""Promises about the window; each is measured in a process of its own, off screen."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from app.paths import ROOT
from app.ui.bench.material import Material
from app.ui.bench.promise import Measurement, NotMeasured, Promise, median, p95, spoken

REPEATS = 5
TIME_LIMIT = 150  # seconds for one process
Samples = dict[str, list[float]]


def in_process(module: str, *arguments: str, scale: int = 1) -> Samples:
    """Run a module in a fresh process and return the samples it printed, by name.

    Raises:
        NotMeasured: there is no Qt, or the process failed.
    """
    with tempfile.TemporaryDirectory(prefix="cofactor-bench-home-") as folder:
        # Settings of its own: where one process left off reading must not change the next one.
        home = shutil.copytree(os.environ["COFACTOR_HOME"], Path(folder) / "home")
        return _samples([sys.executable, "-m", module, *arguments], home, scale)


def _samples(command: Sequence[str], home: Path | None, scale: int) -> Samples:
    environment = {
        **os.environ,
        "COFACTOR_HOME": str(home or os.environ["COFACTOR_HOME"]),
        "QT_QPA_PLATFORM": "offscreen",
        "QT_SCALE_FACTOR": str(scale),
        "PYTHONPATH": str(ROOT),
        "PYTHONWARNINGS": "ignore",
    }
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=TIME_LIMIT,
        )
    except subprocess.TimeoutExpired:
        raise NotMeasured(f"the window took longer than {TIME_LIMIT} seconds.") from None
    if done.returncode or not done.stdout.strip():
        told = done.stderr.strip().splitlines()
        raise NotMeasured(f"the window failed ({told[-1] if told else 'it said nothing'}).")
    samples: Samples = json.loads(done.stdout.strip().splitlines()[-1])
    return samples


def window(what: str, **facts: Any) -> Samples:
    """Run one measurement of ``window_rows``; ``scale`` is the device pixel ratio."""
    scale = int(facts.pop("scale", 1))
    told: Mapping[str, str] = {name: str(value) for name, value in facts.items()}
    return in_process("app.ui.bench.window_rows", what, json.dumps(told), scale=scale)


def measure_first_page(material: Material) -> Measurement:
    """Open a document again and again, each time beside MuPDF alone."""
    reading = material.reading
    pdf = material.folder / "first page.pdf"
    pdf.write_bytes(reading.pdf)
    found = window("first_page", project=reading.path, document=reading.none, pdf=pdf)
    ratios = [o / r for o, r in zip(found["opened"], found["raw"], strict=True)]
    return Measurement(
        median(ratios),
        len(ratios),
        "wall time from asking for a 40-page document to its first page painted sharp in the "
        "running window, over MuPDF alone opening and drawing that page at the same scale, median; "
        f"{spoken(median(found['opened']))} against {spoken(median(found['raw']))}",
    )


def _measure_start(material: Material, *, to_page: bool) -> Measurement:
    arguments = [str(material.reading.start)] if to_page else []
    times, complete = [], []
    if to_page:
        # Read twice, so that the project is opened where it was left, as on any other morning: the
        # first window has no size to remember, and the second is fitted to the screen.
        for _morning in range(2):
            _samples([sys.executable, "-m", "app.ui.bench.start_probe", *arguments], None, 1)
    for _repeat in range(REPEATS):
        began = time.monotonic()
        found = in_process("app.ui.bench.start_probe", *arguments)
        times.append(found["page" if to_page else "window"][0] - began)
        complete += [moment - began for moment in found.get("open", ())]
    what = "the start view is painted"
    if to_page:
        what = (
            "the first page of a project with 2,000 codings, left in Read, is painted sharp (until "
            f"its text and codings are there and it can be worked with: {spoken(median(complete))})"
        )
    return Measurement(
        median(times),
        REPEATS,
        f"wall time from starting a fresh Python process until {what}, median; fastest "
        f"{spoken(min(times))}, slowest {spoken(max(times))}",
    )


def measure_start(material: Material) -> Measurement:
    """Start the program without a project."""
    return _measure_start(material, to_page=False)


def measure_start_to_page(material: Material) -> Measurement:
    """Start the program with a project and go on reading."""
    return _measure_start(material, to_page=True)


def _measure_scroll(material: Material, scale: int, *, many: bool = False) -> Measurement:
    reading = material.reading
    document = reading.many if many else reading.few
    frames = window("scroll", project=reading.path, document=document, scale=scale)["frames"]
    return Measurement(
        p95(frames) * 1000,
        REPEATS,
        f"wall time of {len(frames)} frames of 40 px at 60 a second in five stretches, from the "
        f"scroll to the painted view, 95th percentile; median {spoken(median(frames))}",
    )


def measure_scroll(material: Material) -> Measurement:
    """Scroll through a document with 2,000 codings."""
    return _measure_scroll(material, 1)


def measure_scroll_sharp(material: Material) -> Measurement:
    """Scroll through it at two device pixels per pixel."""
    return _measure_scroll(material, 2)


def measure_scroll_many(material: Material) -> Measurement:
    """Scroll through a document with 10,000 codings."""
    return _measure_scroll(material, 1, many=True)


def measure_scroll_many_sharp(material: Material) -> Measurement:
    """Scroll through it at two device pixels per pixel."""
    return _measure_scroll(material, 2, many=True)


def measure_many_against_none(material: Material) -> Measurement:
    """Scroll by turns through documents with 10,000 codings and with none."""
    reading = material.reading
    found = window("compare", project=reading.path, many=reading.many, none=reading.none)
    many, none = found["many"], found["none"]
    return Measurement(
        median(many) / median(none),
        REPEATS,
        f"medians of {len(many)} frames each in five stretches by turns: {spoken(median(many))} "
        f"against {spoken(median(none))}; 95th percentiles {spoken(p95(many))} and "
        f"{spoken(p95(none))}",
    )


def _measure_coding(material: Material, scale: int, *, many: bool) -> Measurement:
    reading = material.reading
    document = reading.many if many else reading.few
    found = window("code", project=reading.path, document=document, scale=scale)
    acts, commits = found["acts"], found["commits"]
    return Measurement(
        p95(acts) * 1000,
        len(acts),
        f"wall time from the key press to the page painted again, 95th percentile of {len(acts)}; "
        f"median {spoken(median(acts))}; until it was on the disk {spoken(median(commits))} (95th "
        f"percentile {spoken(p95(commits))})",
    )


def measure_coding(material: Material) -> Measurement:
    """Press the key of a code with a passage selected."""
    return _measure_coding(material, 1, many=True)


def measure_coding_sharp(material: Material) -> Measurement:
    """Do so at two device pixels per pixel."""
    return _measure_coding(material, 2, many=True)


def measure_coding_few(material: Material) -> Measurement:
    """Do so in a document with 2,000 codings."""
    return _measure_coding(material, 1, many=False)


def measure_filters(material: Material) -> Measurement:
    """Change a filter in Analysis, with the network and with the table shown."""
    found = window("filters", project=material.coded_corpus)
    network, table = found["network"], found["table"]
    return Measurement(
        max(median(network), median(table)) * 1000,
        len(network),
        "wall time from the filter to the painted view, median of the slower face; network "
        f"{spoken(median(network))}, table {spoken(median(table))}",
    )


def measure_memory(material: Material) -> Measurement:
    """Read a document from the first page to the last."""
    reading = material.reading
    found = window("memory", project=reading.path, document=reading.few)
    if not found["read"]:
        raise NotMeasured("this system does not tell how much memory a process has.")
    return Measurement(
        found["read"][0],
        1,
        "resident memory of the window's process after every page of the document was shown; "
        f"{found['opened'][0]:.0f} MB when it was opened, {found['start'][0]:.0f} MB before",
    )


WINDOWED = (
    Promise("First page / raw MuPDF open and render", "x", 2, measure_first_page),
    Promise("Start to window", "s", 0.5, measure_start),
    Promise("Start to first page", "s", 0.8, measure_start_to_page),
    Promise("Scroll frame p95, 2,000 codings", "ms", 8, measure_scroll),
    Promise("Scroll frame p95, 2,000 codings, pixel ratio 2", "ms", 16, measure_scroll_sharp),
    Promise("Scroll frame p95, 10,000 codings", "ms", 16, measure_scroll_many),
    Promise("Scroll frame p95, 10,000 codings, pixel ratio 2", "ms", 16, measure_scroll_many_sharp),
    Promise("Frame with 10,000 codings / with none", "x", 3, measure_many_against_none),
    Promise("Code a passage p95, 2,000 codings", "ms", 16, measure_coding_few),
    Promise("Code a passage p95, 10,000 codings", "ms", 16, measure_coding),
    Promise("Code a passage p95, 10,000 codings, pixel ratio 2", "ms", 16, measure_coding_sharp),
    Promise("Network and table after a filter, 10,000 codings", "ms", 50, measure_filters),
    Promise("Resident memory, 40 pages, 2,000 codings", "MB", 300, measure_memory),
)
