"""Promises that need no window: importing, searching, taking in a coder's work."""

import shutil
import time
from collections.abc import Sequence
from pathlib import Path

from app.coding.adding import add_pdfs
from app.coding.people import add_coder
from app.coding.search import search
from app.coding.team_files import hand_in, hand_out, submit
from app.documents.engine import PdfEngine
from app.documents.raw_timing import count_pages, text_seconds
from app.exchange.exports import export
from app.models import Project
from app.models.device import DeviceIdentity
from app.ui.bench.agreement import measure_agreement
from app.ui.bench.material import MANY, Material, code_many, new_project
from app.ui.bench.promise import Measurement, NotMeasured, Promise, median, spoken

REPEATS = 5
HITS = 50
QUERIES = ("the", "case management", "information", '"case management"', "police or trust")
COLLEAGUE = "Jonas Weller"


def measure_import(material: Material) -> Measurement:
    """Import the corpus in five parts, each beside MuPDF's own text of the same files."""
    paths = material.pdfs
    data = [path.read_bytes() for path in paths]
    project = new_project(material.folder / "import.cofactor")
    engine = PdfEngine()
    ratios, ours, raw = [], 0.0, 0.0
    try:
        engine.extract(data[0])
        for part in range(REPEATS):
            chosen = range(part, len(paths), REPEATS)
            floor = sum(text_seconds(data[at]) for at in chosen)
            took = _seconds_to_add(project, engine, [paths[at] for at in chosen])
            ratios.append(took / floor)
            ours, raw = ours + took, raw + floor
    finally:
        engine.close()
        project.close()
    pages = sum(map(count_pages, data))
    return Measurement(
        median(ratios),
        REPEATS,
        f"wall time of adding {len(paths)} PDFs ({pages:,} pages) in five parts over MuPDF's plain "
        f"text of the same part, median; {ours:.3g} s against {raw:.3g} s in all",
    )


def _seconds_to_add(project: Project, engine: PdfEngine, paths: Sequence[Path]) -> float:
    began = time.perf_counter()
    result = add_pdfs(project, engine, paths)
    took = time.perf_counter() - began
    if len(result.added) != len(paths):
        raise NotMeasured(f"{len(result.added)} of {len(paths)} files went in.")
    return took


def measure_search(material: Material) -> Measurement:
    """Ask several questions in turn; the slowest question counts."""
    project = Project.open(material.corpus, back_up=False)
    times: dict[str, list[float]] = {query: [] for query in QUERIES}
    try:
        for query in QUERIES:
            found = len(search(project, query, limit=HITS))
            if found < HITS:
                raise NotMeasured(f"{query} has only {found} hits.")
        for _repeat in range(REPEATS):
            for query, taken in times.items():
                began = time.perf_counter()
                search(project, query, limit=HITS)
                taken.append(time.perf_counter() - began)
    finally:
        project.close()
    slowest = max(times, key=lambda query: median(times[query]))
    return Measurement(
        median(times[slowest]) * 1000,
        REPEATS,
        f"wall time, median of the slowest of {len(QUERIES)} questions ({slowest}) in 46 texts of "
        "40 pages",
    )


def measure_hand_in(material: Material) -> Measurement:
    """Let a colleague code 10,000 passages and take that in, each time into a fresh copy."""
    lead = material.folder / "lead.cofactor"
    shutil.copy(material.corpus, lead)
    submission = _submission(material, lead)
    times, copy = [], material.folder / "lead copy.cofactor"
    for _repeat in range(REPEATS):
        shutil.copy(lead, copy)
        project = Project.open(copy, back_up=False)
        try:
            began = time.perf_counter()
            (report,) = hand_in(project, [submission])
            times.append(time.perf_counter() - began)
        finally:
            project.close()
        if report.added.get("coding") != MANY:
            raise NotMeasured(f"the hand-in {report.sentence()}.")
    return Measurement(
        median(times),
        REPEATS,
        f"wall time, median; fastest {spoken(min(times))}, slowest {spoken(max(times))}",
    )


def _submission(material: Material, lead: Path) -> Path:
    handout, submission = material.folder / "handout.cofactor", material.folder / "back.cofactor"
    project = Project.open(lead, back_up=False)
    coder = add_coder(project, COLLEAGUE)
    hand_out(project, coder, handout, with_pdfs=False)
    project.close()
    theirs = Project.open(
        handout, device=DeviceIdentity("colleague", "Another computer"), back_up=False
    )
    code_many(theirs, material.document_ids(), MANY, coder_id=coder)
    submit(theirs, submission)
    theirs.close()
    return submission


def measure_extracts(material: Material) -> Measurement:
    """Read and write all extracts of 46 studies, as ``main.py export`` does."""
    project = Project.open(material.coded_corpus, back_up=False)
    times, out = [], material.folder / "extracts.csv"
    try:
        for _repeat in range(REPEATS):
            began = time.perf_counter()
            export(project, "extracts", out)
            times.append(time.perf_counter() - began)
    finally:
        project.close()
    return Measurement(
        median(times),
        REPEATS,
        "wall time of reading them from the project and writing the file, median; fastest "
        f"{spoken(min(times))}, slowest {spoken(max(times))}",
    )


HEADLESS = (
    Promise(
        "Agreement report, 46 documents x 6 coders x 60 codes x 100,000 codings, with intervals",
        "s",
        1,
        measure_agreement,
    ),
    Promise("Import and index 46 PDFs / MuPDF's own text time", "x", 3, measure_import),
    Promise("Search of 46 studies, 50 ranked snippets", "ms", 30, measure_search),
    Promise("10,000 extracts to CSV", "s", 1, measure_extracts),
    Promise("Hand-in of 10,000 codings", "s", 3, measure_hand_in),
)
