"""Promises about the window while something else is at work."""

from functools import cache
from pathlib import Path

from app.ui.bench.material import Material
from app.ui.bench.promise import Measurement, NotMeasured, Promise, median, p95, spoken
from app.ui.bench.windowed import Samples, window


def _stall(found: Samples, what: str) -> Measurement:
    stalls = found["stalls"]
    if not stalls:
        raise NotMeasured("it was over too soon.")
    return Measurement(
        median(stalls) * 1000,
        len(stalls),
        f"longest time for which the window's thread did not answer a timer while {what}, median "
        f"of the repeats; slowest {spoken(max(stalls))}, with nothing to do "
        f"{spoken(median(found['idle']))}",
    )


def measure_stall_page(material: Material) -> Measurement:
    """Draw a page that takes long."""
    found = window("stall_page", project=material.worst.path, document=material.worst.document)
    return _stall(found, f"a page was drawn that takes {spoken(median(found['seconds']))}")


def measure_stall_report(material: Material) -> Measurement:
    """Write a report in the background."""
    folder = material.folder / "reports"
    folder.mkdir(exist_ok=True)
    found = window("stall_report", project=material.coded_corpus, folder=folder)
    return _stall(
        found, f"10,000 extracts were written, which took {spoken(median(found['seconds']))}"
    )


@cache
def _importing(material: Material) -> Samples:
    reading = material.reading
    folder: Path = material.pdfs[0].parent
    return window("while_importing", project=reading.path, document=reading.few, folder=folder)


def measure_stall_import(material: Material) -> Measurement:
    """Add a folder of PDFs."""
    return _stall(_importing(material), "a folder of 46 PDFs was added")


def measure_scroll_import(material: Material) -> Measurement:
    """Scroll while a folder is added."""
    frames = _importing(material)["frames"]
    return Measurement(
        p95(frames) * 1000,
        len(frames),
        f"wall time of {len(frames)} frames of 40 px while a folder of 46 PDFs was added, 95th "
        f"percentile; median {spoken(median(frames))}",
    )


def measure_code_import(material: Material) -> Measurement:
    """Code while a folder is added."""
    acts = _importing(material)["acts"]
    return Measurement(
        p95(acts) * 1000,
        len(acts),
        "wall time from the key press to the page painted again while a folder of 46 PDFs was "
        f"added, 95th percentile of {len(acts)}; median {spoken(median(acts))}",
    )


STALLS = (
    Promise("Longest stall while the worst page renders", "ms", 32, measure_stall_page),
    Promise("Longest stall while a folder is imported", "ms", 32, measure_stall_import),
    Promise("Longest stall while a report runs", "ms", 32, measure_stall_report),
    Promise("Scroll frame p95 during an import, 2,000 codings", "ms", 16, measure_scroll_import),
    Promise("Code a passage p95 during an import, 2,000 codings", "ms", 16, measure_code_import),
)
