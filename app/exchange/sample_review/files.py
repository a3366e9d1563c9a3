"""Writes the PDFs and the reference list of the sample review."""

from collections.abc import Callable
from pathlib import Path

from app.documents.typesetting import scanned, typeset
from app.exchange.atomic import replace_file
from app.exchange.ris import write_ris as ris_text
from app.exchange.sample_review.records import SamplePlan, SampleReport

Progress = Callable[[int, int, str], None]


def pdf_of(report: SampleReport) -> bytes:
    """Return a report as PDF; the same report always gives the same bytes."""
    data = typeset(report.manuscript, report.layout)
    return scanned(data, report.seed) if report.scanned else data


def write_pdfs(plan: SamplePlan, folder: Path, progress: Progress) -> tuple[Path, ...]:
    """Write one PDF for each report into a folder, which is made when missing."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for done, report in enumerate(plan.reports):
        progress(done, len(plan.reports), report.file_name)
        path = folder / report.file_name
        path.write_bytes(pdf_of(report))
        written.append(path)
    progress(len(plan.reports), len(plan.reports), "")
    return tuple(written)


def write_ris(plan: SamplePlan, path: Path) -> None:
    """Write the records of all reports as one RIS file."""
    with replace_file(path) as temporary:
        text = ris_text(report.record for report in plan.reports)
        temporary.write_text(text, encoding="utf-8", newline="\n")
