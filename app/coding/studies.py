"""Studies, their reports and their documents; reference records matched to PDFs."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.coding.citations import author_year, short_citation
from app.coding.coder_joins import living_coders
from app.coding.reference_matching import (
    MatchResult,
    absorb,
    keep_records,
    match_new_pdfs,
    match_references,
    settle_match,
)
from app.coding.study_naming import INTEGRITY, flag_note_id, free_label, next_position
from app.errors import UserError
from app.models import Project, ids
from app.models.coding import Coding, Memo
from app.models.evidence import Document, Report, Study
from app.models.people import Layer

__all__ = [
    "INTEGRITY",
    "MatchResult",
    "ReportRow",
    "StudyRow",
    "count_codings_by_coder",
    "find_study",
    "free_label",
    "integrity_of",
    "join_studies",
    "keep_records",
    "list_reports",
    "list_studies",
    "match_new_pdfs",
    "match_references",
    "part_report",
    "rename_study",
    "set_integrity",
    "settle_match",
]


@dataclass(frozen=True, slots=True)
class StudyRow:
    """A study as the table shows it; every count names its unit."""

    id: str
    label: str
    title: str
    year: int | None
    flag: str
    report_count: int
    document_count: int
    page_count: int
    coding_count: int
    languages: tuple[str, ...]
    flag_note: str = ""
    position: int = 0


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report with its record; a report without documents still lacks its PDF."""

    id: str
    study_id: str
    citation: str
    title: str
    authors: tuple[str, ...]
    year: int | None
    doi: str
    document_ids: tuple[str, ...]


def list_studies(project: Project) -> tuple[StudyRow, ...]:
    """Return all studies with their counts."""
    with project.read() as session:
        studies = session.scalars(select(Study).order_by(Study.position, Study.label)).all()
        reports: dict[str, list[Report]] = {}
        for report in session.scalars(select(Report).order_by(Report.year, Report.title)):
            reports.setdefault(report.study_id, []).append(report)
        documents: dict[str, list[Document]] = {}
        for document in session.scalars(select(Document)):
            documents.setdefault(document.report_id, []).append(document)
        codings = _codings_by_document(session)
        notes = dict(
            session.execute(
                select(Memo.subject_id, Memo.text).where(
                    Memo.subject_kind == "study", Memo.coder_id.is_(None)
                )
            ).all()
        )
        return tuple(
            _study_row(study, reports.get(study.id, []), documents, codings, notes)
            for study in studies
        )


def find_study(project: Project, id_or_label: str) -> StudyRow:
    """Return the study with this id or label (case does not matter).

    Raises:
        UserError: there is none.
    """
    wanted = id_or_label.strip().casefold()
    for study in list_studies(project):
        if id_or_label == study.id or study.label.casefold() == wanted:
            return study
    raise UserError(
        f"There is no study {id_or_label} in this project.",
        "Use its label as the table of studies shows it, or its id.",
    )


def _codings_by_document(session: Session) -> dict[str, int]:
    question = (
        select(Layer.document_id, func.count(Coding.id))
        .join(Coding, Coding.layer_id == Layer.id)
        .group_by(Layer.document_id)
    )
    return dict(session.execute(question).all())


def _study_row(
    study: Study,
    reports: list[Report],
    documents: dict[str, list[Document]],
    codings: dict[str, int],
    notes: dict[str, str],
) -> StudyRow:
    own = [document for report in reports for document in documents.get(report.id, [])]
    first = reports[0] if reports else None
    return StudyRow(
        id=study.id,
        label=study.label,
        title=first.title if first else "",
        year=first.year if first else None,
        flag=study.flag,
        report_count=len(reports),
        document_count=len(own),
        page_count=sum(document.page_count for document in own),
        coding_count=sum(codings.get(document.id, 0) for document in own),
        languages=tuple(sorted({document.language for document in own if document.language})),
        flag_note=notes.get(study.id, ""),
        position=study.position,
    )


def list_reports(project: Project) -> tuple[ReportRow, ...]:
    """Return all reports in the order of their studies."""
    with project.read() as session:
        documents: dict[str, list[str]] = {}
        for document in session.scalars(select(Document).order_by(Document.position)):
            documents.setdefault(document.report_id, []).append(document.id)
        rows = session.execute(
            select(Report, Study)
            .join(Study, Study.id == Report.study_id)
            .order_by(Study.position, Study.label, Report.year, Report.title)
        )
        return tuple(
            ReportRow(
                report.id,
                study.id,
                short_citation(report.authors, report.year, report.title or study.label),
                report.title,
                tuple(report.authors),
                report.year,
                report.doi,
                tuple(documents.get(report.id, ())),
            )
            for report, study in rows
        )


def count_codings_by_coder(project: Project) -> dict[tuple[str, str], int]:
    """Return the number of codings by (document id, coder id)."""
    question = (
        select(Layer.document_id, Layer.coder_id, func.count(Coding.id))
        .join(Coding, Coding.layer_id == Layer.id)
        .group_by(Layer.document_id, Layer.coder_id)
    )
    found: dict[tuple[str, str], int] = {}
    with project.read() as session:
        person = living_coders(session).of
        for document, coder, number in session.execute(question):
            key = (document, person(coder))
            found[key] = found.get(key, 0) + number
    return found


def rename_study(project: Project, study_id: str, label: str) -> None:
    """Give a study another label.

    Raises:
        UserError: the label is empty.
    """
    if not label.strip():
        raise UserError("A study needs a label.", "Author and year are usual.")
    with project.change("Rename study") as session:
        session.get_one(Study, study_id).label = " ".join(label.split())


def join_studies(project: Project, study_ids: Sequence[str]) -> str:
    """Make several studies one, which keeps the first one's label and has all their reports."""
    first, *others = study_ids
    with project.change("Join reports into one study") as session:
        for other in others:
            for report in session.scalars(select(Report).where(Report.study_id == other)):
                report.study_id = first
            session.flush()
            absorb(session, other, first)
    return first


def part_report(project: Project, report_id: str) -> str:
    """Give a report a study of its own and return that study's id.

    Raises:
        UserError: it is the study's only report.
    """
    with project.change("Part report from study") as session:
        report = session.get_one(Report, report_id)
        siblings = session.scalar(
            select(func.count()).select_from(Report).where(Report.study_id == report.study_id)
        )
        if siblings == 1:
            raise UserError("This is the only report of its study.", "There is nothing to part.")
        study_id = ids.new_id()
        label = author_year(report.authors, report.year) or report.title or "Study"
        session.add(
            Study(
                id=study_id,
                label=free_label(session, label, study_id),
                position=next_position(session),
            )
        )
        report.study_id = study_id
    return study_id


def integrity_of(project: Project, study_id: str) -> tuple[str, str]:
    """Return the mark of one study and the note on it; empty ones where there is none."""
    with project.read() as session:
        study = session.get(Study, study_id)
        memo = session.get(Memo, flag_note_id(study_id)) if study and study.flag else None
        return (study.flag if study else "", memo.text if memo else "")


def set_integrity(
    project: Project,
    study_id: str,
    flag: str,
    note: str | None = None,
    *,
    group: str | None = None,
) -> None:
    """Mark a study as retracted, corrected or under an expression of concern; "" takes it away.

    A ``note`` of None leaves the reason that is there, unless the mark goes. Marks with the same
    ``group`` undo as one.

    Raises:
        UserError: there is no such mark.
    """
    if flag not in INTEGRITY:
        known = ", ".join(key for key in INTEGRITY if key)
        raise UserError(f"There is no mark {flag}.", f"Marks: {known}; none takes it away.")
    label = "Mark study" if flag else "Take mark from study"
    with project.change(label, group=group) as session:
        session.get_one(Study, study_id).flag = flag
        memo_id = flag_note_id(study_id)
        memo = session.get(Memo, memo_id)
        if note is None:
            note = memo.text if memo is not None else ""
        note = note.strip() if flag else ""
        if memo is not None and not note:
            session.delete(memo)
        elif memo is not None:
            memo.text = note
        elif note:
            session.add(Memo(id=memo_id, subject_kind="study", subject_id=study_id, text=note))
