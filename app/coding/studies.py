"""Studies, their reports and their documents; reference records matched to PDFs."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.coding.citations import author_year, label_from_file_name, short_citation
from app.coding.folding import fold, fold_doi
from app.coding.references import Match, PdfCandidate, ReferenceRecord, Unsure, match_records
from app.errors import UserError
from app.models import Project, ids
from app.models.coding import Coding
from app.models.evidence import Document, Report, Study, TextLayer
from app.models.people import Layer

LETTERS = ("", *"bcdefghijklmnopqrstuvwxyz")


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


@dataclass(frozen=True, slots=True)
class MatchResult:
    """What became of a reference list."""

    matched: tuple[Match, ...]
    unsure: tuple[Unsure, ...]
    records_without_pdf: tuple[ReferenceRecord, ...]
    pdfs_without_record: tuple[str, ...]


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
        return tuple(
            _study_row(study, reports.get(study.id, []), documents, codings) for study in studies
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
    with project.read() as session:
        return {(document, coder): number for document, coder, number in session.execute(question)}


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
            session.delete(session.get_one(Study, other))
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
                position=_next_position(session),
            )
        )
        report.study_id = study_id
    return study_id


def match_references(project: Project, records: Sequence[ReferenceRecord]) -> MatchResult:
    """Match a reference list to the PDFs: by DOI, then title, then file name.

    Sure matches get their record; records without a PDF are kept as reports that still lack one;
    unsure ones and PDFs without a record are only listed. Importing a list again adds nothing.
    """
    candidates = _candidates(project)
    matching = match_records(records, candidates)
    with project.change("Add reference list") as session:
        for match in matching.matched:
            report = _report_of(session, match.document_id)
            _fill(report, match.record)
            _relabel(session, report)
            _drop_waiting(session, report)
        _keep_records_without_pdf(session, matching.records_without_pdf)
    named = {candidate.document_id: candidate.file_name for candidate in candidates}
    return MatchResult(
        matching.matched,
        matching.unsure,
        matching.records_without_pdf,
        tuple(named[document_id] for document_id in matching.pdfs_without_record),
    )


def settle_match(project: Project, document_id: str, record: ReferenceRecord) -> None:
    """Give a document the record that a person chose for it."""
    with project.change("Match record to PDF") as session:
        report = _report_of(session, document_id)
        _fill(report, record)
        _relabel(session, report)


def _candidates(project: Project) -> list[PdfCandidate]:
    with project.read() as session:
        rows = session.execute(
            select(
                Document.id,
                Document.file_name,
                Document.title,
                Document.doi,
                func.substr(TextLayer.text, 1, 4000),
                Report.year,
            )
            .join(Report, Report.id == Document.report_id)
            .outerjoin(TextLayer, TextLayer.id == Document.text_layer_id)
            .order_by(Document.file_name)
        ).all()
    return [
        PdfCandidate(
            document_id=row[0],
            file_name=row[1],
            title=row[2],
            doi=row[3],
            first_page_text=row[4] or "",
            year=row[5],
        )
        for row in rows
    ]


def _report_of(session: Session, document_id: str) -> Report:
    return session.get_one(Report, session.get_one(Document, document_id).report_id)


def _fill(report: Report, record: ReferenceRecord) -> None:
    report.type, report.title = record.type, record.title or report.title
    report.authors, report.year = list(record.authors), record.year or report.year
    report.container, report.volume, report.issue = record.container, record.volume, record.issue
    report.pages, report.doi, report.url = record.pages, record.doi or report.doi, record.url
    report.language, report.abstract = record.language or report.language, record.abstract
    report.raw = {"key": record.key, "record": record.raw}


def _relabel(session: Session, report: Report) -> None:
    """Name a study after its first record, unless a person named it."""
    study = session.get_one(Study, report.study_id)
    files = session.scalars(select(Document.file_name).where(Document.report_id == report.id))
    label = author_year(report.authors, report.year)
    given = {f"{label_from_file_name(name)}{letter}" for name in files for letter in LETTERS}
    if label and study.label in given:
        study.label = free_label(session, label, study.id)


def free_label(session: Session, label: str, study_id: str) -> str:
    """Return the label, with a letter when another study has it: Okafor 2021, Okafor 2021b."""
    taken = set(session.scalars(select(Study.label).where(Study.id != study_id)))
    return next((f"{label}{x}" for x in LETTERS if f"{label}{x}" not in taken), label)


def _next_position(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Study)) or 0


def _keep_records_without_pdf(session: Session, records: Sequence[ReferenceRecord]) -> None:
    known = {
        _work(report.doi, report.title, report.year) for report in session.scalars(select(Report))
    }
    for record in records:
        work = _work(record.doi, record.title, record.year)
        if work in known:
            continue
        known.add(work)
        study_id, report_id = ids.new_id(), ids.new_id()
        label = author_year(record.authors, record.year) or record.title or "Study"
        session.add(
            Study(
                id=study_id,
                label=free_label(session, label, study_id),
                flag="",
                position=_next_position(session),
            )
        )
        report = Report(id=report_id, study_id=study_id, authors=[], raw={})
        _fill(report, record)
        session.add(report)
        session.flush()


def _drop_waiting(session: Session, found: Report) -> None:
    """Remove the report that stood in for this one while its PDF was missing."""
    work = _work(found.doi, found.title, found.year)
    with_pdf = set(session.scalars(select(Document.report_id)))
    for report in session.scalars(select(Report)).all():
        if report.id in with_pdf or _work(report.doi, report.title, report.year) != work:
            continue
        study_id = report.study_id
        session.delete(report)
        session.flush()
        if session.scalar(select(Report.id).where(Report.study_id == study_id).limit(1)) is None:
            session.delete(session.get_one(Study, study_id))


def _work(doi: str, title: str, year: int | None) -> tuple[str, int | None]:
    """Return what tells one publication from another: its DOI, or title and year."""
    return (fold_doi(doi), None) if doi else (fold(title), year)
