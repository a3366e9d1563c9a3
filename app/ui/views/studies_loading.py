"""Reads what the table of studies shows and puts it into rows."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.analysis.evidence import Evidence
from app.coding.attribute_values import AttributeCell, read_cells
from app.coding.attributes import AttributeInfo, list_attributes
from app.coding.documents import DocumentInfo, list_documents
from app.coding.people import LayerInfo, list_layers, list_rounds
from app.coding.roster import list_work, progress_of
from app.coding.studies import ReportRow, StudyRow, list_reports, list_studies
from app.models import Project
from app.ui.settings import settings
from app.ui.views.people import Person
from app.ui.views.studies_rows import (
    DOCUMENT,
    REPORT,
    STUDY,
    Note,
    Progress,
    TableRow,
    count,
    language_name,
)

TEXT_NOTES = {
    "none": Note("No text layer", "warning", "scan-text"),
    "unreadable": Note("Unreadable text", "warning", "file-warning"),
    "partly": Note("Text on some pages only", "warning", "file-warning"),
}
NO_PDF = Note(
    "Needs PDF", "warning", "file-question-mark", "There is a record but no PDF of this yet."
)
LEFT_OUT = Note(
    "PDF left out", "neutral", "file-question-mark",
    "The text is here, the PDF is not. Add your own copy; it is recognised by its content.",
)  # fmt: skip
FLAGS = {
    "retracted": Note("Retracted", "error", "circle-alert", "This study has been retracted."),
    "concern": Note("Concern", "warning", "triangle-alert", "The publisher has expressed concern."),
    "corrected": Note("Corrected", "neutral", "info", "The publisher has corrected it."),
}


@dataclass(frozen=True, slots=True)
class StudyTable:
    """The rows of the table and what hangs on them."""

    rows: tuple[TableRow, ...] = ()
    coders: tuple[Person, ...] = ()
    documents: Mapping[str, DocumentInfo] | None = None
    reports: Mapping[str, ReportRow] | None = None
    attributes: tuple[AttributeInfo, ...] = ()
    own_list: str = ""
    """In a hand-out "Your list: 12 of 20 submitted"."""

    def with_cells(self, cells: Mapping[str, Mapping[str, AttributeCell]]) -> "StudyTable":
        """Return the same table with other values of attributes."""
        rows = tuple(replace(row, cells=cells.get(row.id, {})) for row in self.rows)
        return replace(self, rows=rows)

    def document(self, document_id: str) -> DocumentInfo | None:
        """Return a document by id."""
        return (self.documents or {}).get(document_id)

    def fact(self) -> str:
        """Return all counts with their units."""
        reports = sum(row.reports for row in self.rows)
        pdfs = sum(row.pdfs for row in self.rows)
        parts = (count(len(self.rows), "study"), count(reports, "report"), count(pdfs, "PDF"))
        return ", ".join(parts)


def load_table(
    project: Project,
    evidence: Evidence | None,
    counted: Sequence[str],
    people: Mapping[str, Person],
) -> StudyTable:
    """Read studies, reports, documents and every coder's progress.

    ``counted`` are the document ids that ``Evidence.document`` points into; documents that came
    in since have no progress yet.
    """
    # Studies first: what is added while we read is then never named without being known.
    studies = list_studies(project)
    reports = list_reports(project)
    documents = {document.id: document for document in list_documents(project)}
    coders = tuple(person for person in people.values() if person.kind != "consensus")
    progress = _progress(documents, evidence, counted, list_layers(project), coders)
    cells = load_cells(project)
    by_study: dict[str, list[ReportRow]] = defaultdict(list)
    for report in reports:
        by_study[report.study_id].append(report)
    rows = tuple(
        _study(study, by_study[study.id], documents, progress, len(coders), cells)
        for study in studies
    )
    known = {report.id: report for report in reports}
    attributes = list_attributes(project)
    return StudyTable(rows, coders, documents, known, attributes, _own_list(project))


def _own_list(project: Project) -> str:
    if project.kind != "handout":
        return ""
    progress = progress_of(list_work(project, list_rounds(project)[-1].id))
    assigned = sum(one.assigned for one in progress)
    submitted = sum(one.submitted for one in progress)
    return f"Your list: {submitted} of {assigned} submitted" if assigned else ""


def load_cells(project: Project) -> dict[str, dict[str, AttributeCell]]:
    """Return what is known of attributes, by study and attribute."""
    found: dict[str, dict[str, AttributeCell]] = defaultdict(dict)
    for (study_id, attribute_id), cell in read_cells(project).items():
        found[study_id][attribute_id] = cell
    return found


def _progress(
    documents: Mapping[str, DocumentInfo],
    evidence: Evidence | None,
    counted: Sequence[str],
    layers: Sequence[LayerInfo],
    coders: Sequence[Person],
) -> dict[str, tuple[Progress, ...]]:
    """Return one Progress per coder for each document."""
    place = {document_id: number for number, document_id in enumerate(counted)}
    shape = (len(coders), len(counted) + 1)  # the last column stands for what is new
    codings, reached = np.zeros(shape, dtype=np.int64), np.zeros(shape)
    if evidence is not None and len(counted):
        known = [documents.get(document_id) for document_id in counted]
        lengths = np.array([max(d.character_count, 1) if d else 1 for d in known])
        for number, coder in enumerate(coders):
            if coder.id not in evidence.coders:
                continue
            mine = evidence.coder == evidence.coders.index(coder.id)
            own = evidence.document[mine]
            codings[number] = np.bincount(own, minlength=shape[1])
            np.maximum.at(reached[number], own, evidence.end[mine] / lengths[own])
    submitted = {
        (layer.document_id, layer.coder_id) for layer in layers if layer.state == "submitted"
    }
    return {
        document_id: tuple(
            Progress(
                int(codings[number, column]),
                int((document_id, coder.id) in submitted),
                1,
                float(reached[number, column]),
                read_to(document_id) if coder.kind == "you" else 0,
            )
            for number, coder in enumerate(coders)
        )
        for document_id in documents
        for column in (place.get(document_id, len(counted)),)
    }


def read_to(document_id: str) -> int:
    """Return the page where you were last in a document, 0 where you have not read on."""
    position = settings().reading_position(document_id)
    return position.page if position is not None and position.page > 1 else 0


def _study(
    study: StudyRow,
    reports: Sequence[ReportRow],
    documents: Mapping[str, DocumentInfo],
    progress: Mapping[str, tuple[Progress, ...]],
    coders: int,
    cells: Mapping[str, Mapping[str, AttributeCell]],
) -> TableRow:
    below = tuple(_report(report, documents, progress, coders) for report in reports)
    own = [documents[one] for report in reports for one in report.document_ids if one in documents]
    flag = FLAGS.get(study.flag)
    notes = [] if flag is None else [replace(flag, why=f"{flag.why} {study.flag_note}".strip())]
    if study.report_count > 1:
        notes.append(Note(count(study.report_count, "report")))
    if not own:
        notes.append(NO_PDF)
    elif any(not report.document_ids for report in reports):
        notes.append(replace(NO_PDF, text="A report needs its PDF"))
    notes += _document_notes(own)
    children = below if len(below) > 1 else below[0].children if below else ()
    return TableRow(
        kind=STUDY,
        id=study.id,
        study_id=study.id,
        label=study.label,
        title=study.title,
        year=str(study.year or ""),
        reports=study.report_count,
        pdfs=study.document_count,
        pages=study.page_count,
        language=", ".join(language_name(code) for code in study.languages),
        progress=_sum([row.progress for row in below], coders),
        notes=tuple(notes),
        document_id=own[0].id if own else "",
        children=children,
        cells=cells.get(study.id, {}),
        flag=study.flag,
        flag_note=study.flag_note,
    )


def _report(
    report: ReportRow,
    documents: Mapping[str, DocumentInfo],
    progress: Mapping[str, tuple[Progress, ...]],
    coders: int,
) -> TableRow:
    own = [documents[one] for one in report.document_ids if one in documents]
    files = tuple(_document(document, progress) for document in own)
    return TableRow(
        kind=REPORT,
        id=report.id,
        study_id=report.study_id,
        label=report.citation,
        title=report.title,
        year=str(report.year or ""),
        pdfs=len(own),
        pages=sum(document.page_count for document in own),
        language=", ".join(dict.fromkeys(language_name(d.language) for d in own if d.language)),
        progress=_sum([row.progress for row in files], coders),
        notes=() if own else (NO_PDF,),
        document_id=own[0].id if own else "",
        children=files if len(files) > 1 else (),
    )


def _document(document: DocumentInfo, progress: Mapping[str, tuple[Progress, ...]]) -> TableRow:
    return TableRow(
        kind=DOCUMENT,
        id=document.id,
        study_id=document.study_id,
        label=document.file_name,
        pdfs=1,
        pages=document.page_count,
        language=language_name(document.language),
        progress=progress[document.id],
        notes=tuple(_document_notes([document])),
        document_id=document.id,
    )


def _document_notes(documents: Sequence[DocumentInfo]) -> list[Note]:
    notes: dict[str, Note] = {}
    for document in documents:
        note = TEXT_NOTES.get(document.text_state)
        if note is not None:
            notes[note.text] = replace(note, why=document.text_note or note.text)
        if not document.has_pdf:
            notes[LEFT_OUT.text] = LEFT_OUT
    return list(notes.values())


def _sum(parts: Sequence[tuple[Progress, ...]], coders: int) -> tuple[Progress, ...]:
    return tuple(sum((part[number] for part in parts), Progress()) for number in range(coders))
