"""Reference records matched to the PDFs of a project, whichever of the two came first."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.coding.attribute_values import move_values
from app.coding.citations import author_year, label_from_file_name
from app.coding.folding import fold, fold_doi
from app.coding.references import (
    Match,
    Matching,
    PdfCandidate,
    ReferenceRecord,
    Unsure,
    match_records,
)
from app.coding.study_naming import LETTERS, flag_note_id, free_label, next_position
from app.models import Project, ids
from app.models.coding import Memo
from app.models.evidence import Document, Report, Study, TextLayer


@dataclass(frozen=True, slots=True)
class MatchResult:
    """What became of a reference list."""

    matched: tuple[Match, ...]
    unsure: tuple[Unsure, ...]
    records_without_pdf: tuple[ReferenceRecord, ...]
    pdfs_without_record: tuple[str, ...]
    studies: tuple[tuple[ReferenceRecord, str], ...] = ()
    """The id of the study that each record went to; unsure ones that were not kept have none."""


def match_references(
    project: Project,
    records: Sequence[ReferenceRecord],
    *,
    keep_unsure: bool = False,
    dry_run: bool = False,
    group: str | None = None,
) -> MatchResult:
    """Match a reference list to the PDFs: by DOI, then title, then file name.

    Sure matches get their record; records without a PDF are kept as reports that still lack one,
    and PDFs that come later are matched to them; unsure ones, unless ``keep_unsure`` keeps them
    like these, and PDFs without a record are only listed. Importing a list again adds nothing;
    ``dry_run`` writes nothing; acts with the same ``group`` undo as one.
    """
    candidates = _candidates(project)
    matching = match_records(records, candidates)
    studies = [] if dry_run else _write(project, matching, keep_unsure, group)
    named = {candidate.document_id: candidate.file_name for candidate in candidates}
    return MatchResult(
        matching.matched,
        matching.unsure,
        matching.records_without_pdf,
        tuple(named[document_id] for document_id in matching.pdfs_without_record),
        tuple(studies),
    )


def _write(
    project: Project, matching: Matching, keep_unsure: bool, group: str | None
) -> list[tuple[ReferenceRecord, str]]:
    """Write what was matched; return the study that each record went to."""
    studies: list[tuple[ReferenceRecord, str]] = []
    without = list(matching.records_without_pdf)
    if keep_unsure:
        without += [unsure.record for unsure in matching.unsure]
    with project.change("Add reference list", group=group) as session:
        for match in matching.matched:
            report = _report_of(session, match.document_id)
            _take_record(session, report, match.record)
            studies.append((match.record, report.study_id))
        return studies + _keep(session, without)


def keep_records(project: Project, records: Sequence[ReferenceRecord]) -> None:
    """Keep records that nobody matched as studies that still need their PDF."""
    with project.change("Keep records without PDF") as session:
        _keep(session, records)


def settle_match(project: Project, document_id: str, record: ReferenceRecord) -> str:
    """Give a document the record that a person chose for it; return its study."""
    with project.change("Match record to PDF") as session:
        report = _report_of(session, document_id)
        _take_record(session, report, record)
        return report.study_id


def match_new_pdfs(
    project: Project, document_ids: Collection[str], group: str | None = None
) -> MatchResult:
    """Match PDFs that have just come in to the records that wait for one.

    A matched PDF goes to the waiting report, with all that is known of its study already.
    ``group`` is that of the changes it is to be undone with.
    """
    waiting = _waiting(project)
    if not waiting or not document_ids:
        return MatchResult((), (), (), ())
    candidates = _candidates(project, frozenset(document_ids))
    matching = match_records(waiting, candidates)
    if matching.matched:
        with project.change("Add PDFs", group=group) as session:
            for match in matching.matched:
                _hand_over(session, match.document_id, waiting[match.record])
    named = {candidate.document_id: candidate.file_name for candidate in candidates}
    return MatchResult(
        matching.matched,
        matching.unsure,
        (),
        tuple(named[document_id] for document_id in matching.pdfs_without_record),
    )


def _waiting(project: Project) -> dict[ReferenceRecord, str]:
    """Return the records without a PDF, with their reports."""
    with project.read() as session:
        with_pdf = set(session.scalars(select(Document.report_id)))
        reports = session.scalars(select(Report).order_by(Report.id)).all()
        return {record_of(row): row.id for row in reports if row.id not in with_pdf}


def record_of(report: Report) -> ReferenceRecord:
    """Return the record that a report was filled from."""
    return ReferenceRecord(
        type=report.type,
        title=report.title,
        authors=tuple(report.authors),
        year=report.year,
        container=report.container,
        volume=report.volume,
        issue=report.issue,
        pages=report.pages,
        doi=report.doi,
        url=report.url,
        language=report.language,
        abstract=report.abstract,
        file_names=tuple(report.raw.get("files", ())),
        key=str(report.raw.get("key", "")),
        raw=str(report.raw.get("record", "")),
    )


def list_records(project: Project) -> tuple[ReferenceRecord, ...]:
    """Return the records of all reports, in the order of their studies, for a reference list."""
    with project.read() as session:
        rows = session.scalars(
            select(Report)
            .join(Study, Study.id == Report.study_id)
            .order_by(Study.position, Study.label, Report.year, Report.title)
        )
        return tuple(record_of(row) for row in rows)


def _hand_over(session: Session, document_id: str, report_id: str) -> None:
    """Move a new document to the report that waited for it, and drop the one made for it."""
    document = session.get_one(Document, document_id)
    made = session.get_one(Report, document.report_id)
    document.report_id = report_id
    report = session.get_one(Report, report_id)
    report.language = report.language or made.language
    report.doi = report.doi or made.doi
    session.flush()
    _drop_report(session, made, report.study_id)


def _drop_report(session: Session, report: Report, heir: str) -> None:
    """Remove a report that holds nothing, and its study when that was all of it."""
    study_id = report.study_id
    session.delete(report)
    session.flush()
    if session.scalar(select(Report.id).where(Report.study_id == study_id).limit(1)) is None:
        absorb(session, study_id, heir)


def absorb(session: Session, study_id: str, heir: str) -> None:
    """Remove a study without reports; what is known of it goes to another."""
    study, other = session.get_one(Study, study_id), session.get_one(Study, heir)
    move_values(session, study_id, heir)
    other.flag = other.flag or study.flag
    for memo in session.scalars(select(Memo).where(Memo.subject_id == study_id)).all():
        kept = ids.agreed_id("memo", memo.subject_kind, heir, memo.coder_id or "")
        kept = kept if memo.coder_id else flag_note_id(heir)
        there = session.get(Memo, kept)
        if there is not None:
            there.text = f"{there.text}\n\n{memo.text}"
        else:
            session.add(
                Memo(
                    id=kept,
                    subject_kind=memo.subject_kind,
                    subject_id=heir,
                    coder_id=memo.coder_id,
                    text=memo.text,
                )
            )
        session.delete(memo)
    session.flush()
    session.delete(study)
    session.flush()


def _take_record(session: Session, report: Report, record: ReferenceRecord) -> None:
    _fill(report, record)
    study = session.get_one(Study, report.study_id)
    study.flag = study.flag or record.flag
    _relabel(session, report)
    _drop_waiting(session, report)


def _candidates(
    project: Project, document_ids: Collection[str] | None = None
) -> list[PdfCandidate]:
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
        if document_ids is None or row[0] in document_ids
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
    if record.file_names:
        report.raw["files"] = list(record.file_names)


def _relabel(session: Session, report: Report) -> None:
    """Name a study after its first record, unless a person named it."""
    study = session.get_one(Study, report.study_id)
    files = session.scalars(select(Document.file_name).where(Document.report_id == report.id))
    label = author_year(report.authors, report.year)
    given = {f"{label_from_file_name(name)}{letter}" for name in files for letter in LETTERS}
    if label and study.label in given:
        study.label = free_label(session, label, study.id)


def _keep(
    session: Session, records: Sequence[ReferenceRecord]
) -> list[tuple[ReferenceRecord, str]]:
    """Keep records as studies that lack their PDF; return the study of each, new or known."""
    known = {
        _work(report.doi, report.title, report.year): report.study_id
        for report in session.scalars(select(Report))
    }
    studies = []
    for record in records:
        work = _work(record.doi, record.title, record.year)
        if work not in known:
            known[work] = _new_study(session, record)
        studies.append((record, known[work]))
    return studies


def _new_study(session: Session, record: ReferenceRecord) -> str:
    study_id, report_id = ids.new_id(), ids.new_id()
    label = author_year(record.authors, record.year) or record.title or "Study"
    session.add(
        Study(
            id=study_id,
            label=free_label(session, label, study_id),
            flag=record.flag,
            position=next_position(session),
        )
    )
    report = Report(id=report_id, study_id=study_id, authors=[], raw={})
    _fill(report, record)
    session.add(report)
    session.flush()
    return study_id


def _drop_waiting(session: Session, found: Report) -> None:
    """Remove the report that stood in for this one while its PDF was missing."""
    work = _work(found.doi, found.title, found.year)
    with_pdf = set(session.scalars(select(Document.report_id)))
    for report in session.scalars(select(Report)).all():
        if report.id in with_pdf or _work(report.doi, report.title, report.year) != work:
            continue
        _drop_report(session, report, found.study_id)


def _work(doi: str, title: str, year: int | None) -> tuple[str, int | None]:
    """Return what tells one publication from another: its DOI, or title and year."""
    return (fold_doi(doi), None) if doi else (fold(title), year)
