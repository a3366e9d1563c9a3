"""Makes the whole sample review: PDFs, reference list, and a coded project."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.coding.adding import add_pdfs
from app.coding.codebooks import install_codebook
from app.coding.documents import list_documents
from app.coding.studies import join_studies, list_reports, match_references
from app.documents.engine import PdfEngine
from app.exchange.codebook_files import find_codebook
from app.exchange.ris import read_ris
from app.exchange.sample_review.coding import code_review
from app.exchange.sample_review.files import write_pdfs, write_ris
from app.exchange.sample_review.notes import lay_notes
from app.exchange.sample_review.plan import SEED, plan_review
from app.exchange.sample_review.records import ANALYSTS, SamplePlan
from app.exchange.sample_review.team import lay_team_work
from app.models import Project
from app.models.device import DeviceIdentity
from app.models.ids import agreed_id

CODEBOOK = "case-management"
TITLE = "Case management review (sample, invented text)"
# Made on a computer of its own, so that undo on the user's computer starts with the user's acts.
SAMPLE_DEVICE = DeviceIdentity(agreed_id("sample review device"), "Sample computer")
Step = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class SampleResult:
    """Where everything is, and how much of it: counts by unit."""

    project_path: Path
    ris_path: Path
    pdf_folder: Path
    counts: dict[str, int]


def make_sample_review(folder: Path, progress: Step, *, seed: int = SEED) -> SampleResult:
    """Make the sample review in a folder and close its project again.

    ``progress`` hears (what is being done, done, in all). A project that is there already stays;
    the new one gets the next free name.

    Raises:
        UserError: the folder cannot be written.
    """
    plan = plan_review(seed)
    pdf_folder, ris_path = folder / "pdfs", folder / "references.ris"
    paths = write_pdfs(plan, pdf_folder, _told(progress, "Setting PDFs"))
    write_ris(plan, ris_path)
    project_path = _free_name(folder)
    project = Project.create(project_path, title=TITLE, device=SAMPLE_DEVICE)
    engine = PdfEngine(low_priority=True)
    try:
        install_codebook(project, find_codebook(CODEBOOK))
        add_pdfs(project, engine, paths, progress=_told(progress, "Reading PDFs"))
        match_references(project, read_ris(ris_path))
        _join_reports(project, plan)
        coded = code_review(project, plan, _told(progress, "Coding passages"))
        progress("Laying out the team's work", 0, len(plan.reports))
        team = lay_team_work(project)
        progress("Noting attributes and memos", 0, len(plan.reports))
        notes = lay_notes(project)
    finally:
        engine.close()
        project.close()
    counts = {
        "studies": plan.study_count,
        "reports": len(plan.reports),
        "codings": coded.coding_count,
        "passages not found": len(coded.missed),
        "coders": len(ANALYSTS),
        "documents on lists": team.assigned,
        "submitted": team.submitted,
        "decisions": team.decisions,
        "values of attributes": notes.values,
        "memos": notes.memos,
    }
    return SampleResult(project_path, ris_path, pdf_folder, counts)


def _told(progress: Step, what: str) -> Callable[[int, int, str], None]:
    return lambda done, total, _name: progress(what, done, total)


def _free_name(folder: Path) -> Path:
    path, number = folder / "sample-review.cofactor", 2
    while path.exists():
        path = folder / f"sample-review {number}.cofactor"
        number += 1
    return path


def _join_reports(project: Project, plan: SamplePlan) -> None:
    """Say which reports belong to one study."""
    documents = {one.file_name: one.id for one in list_documents(project)}
    study_of = {
        document_id: report.study_id
        for report in list_reports(project)
        for document_id in report.document_ids
    }
    together: dict[int, list[str]] = {}
    for report in plan.reports:
        together.setdefault(report.study, []).append(study_of[documents[report.file_name]])
    for studies in together.values():
        if len(set(studies)) > 1:
            join_studies(project, list(dict.fromkeys(studies)))
