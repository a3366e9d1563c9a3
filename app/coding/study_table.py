"""The table of studies as it is written to files: records, counts, marks, attributes."""

from dataclasses import dataclass

from app.coding.attribute_values import AttributeCell, ValueInfo, read_cells
from app.coding.attributes import AttributeInfo, list_attributes
from app.coding.documents import list_documents
from app.coding.people import list_coders
from app.coding.studies import INTEGRITY, ReportRow, StudyRow, list_reports, list_studies
from app.models import Project

HEADS = (
    "study", "title", "authors", "year", "doi", "languages", "reports", "pdfs", "pages",
    "codings", "integrity", "integrity_note",
)  # fmt: skip
VALUE_HEADS = (
    "study", "attribute", "coder", "settled", "value", "note", "passage", "document", "page",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class StudyTable:
    """``rows`` has one row for each study below ``heads``, ``values`` one for each value given."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str | int | float, ...], ...]
    values: tuple[tuple[str | int, ...], ...]


def study_table(project: Project) -> StudyTable:
    """Return what is known of all studies; the settled value stands before anyone's own."""
    attributes, cells = list_attributes(project), read_cells(project)
    reports: dict[str, list[ReportRow]] = {}
    for report in list_reports(project):
        reports.setdefault(report.study_id, []).append(report)
    rows, values = [], []
    names = {coder.id: coder.name for coder in list_coders(project)}
    files = {document.id: document.file_name for document in list_documents(project)}
    for study in list_studies(project):
        known = {one.id: cells.get((study.id, one.id), AttributeCell()) for one in attributes}
        shown = tuple(_typed(one, known[one.id]) for one in attributes)
        rows.append((*_facts(study, reports.get(study.id, [])), *shown))
        for attribute in attributes:
            cell = known[attribute.id]
            for value in (cell.settled, cell.own, *cell.others):
                if value is not None:
                    settled = value is cell.settled
                    values.append(_value(study, attribute, value, names, files, settled))
    heads = (*HEADS, *(attribute.head for attribute in attributes))
    return StudyTable(heads, tuple(rows), tuple(values))


def _facts(study: StudyRow, reports: list[ReportRow]) -> tuple[str | int, ...]:
    return (
        study.label,
        study.title,
        "; ".join(reports[0].authors) if reports else "",
        study.year or "",
        "; ".join(report.doi for report in reports if report.doi),
        "; ".join(study.languages),
        study.report_count,
        study.document_count,
        study.page_count,
        study.coding_count,
        INTEGRITY.get(study.flag, study.flag) if study.flag else "",
        study.flag_note,
    )


def _typed(attribute: AttributeInfo, cell: AttributeCell) -> str | int | float:
    text = cell.shown.text if cell.shown is not None else ""
    if attribute.kind in ("number", "year") and text:
        try:
            return float(text) if "." in text else int(text)
        except ValueError:
            return text
    return text


def _value(
    study: StudyRow,
    attribute: AttributeInfo,
    value: ValueInfo,
    names: dict[str, str],
    files: dict[str, str],
    settled: bool,
) -> tuple[str | int, ...]:
    return (
        study.label,
        attribute.name,
        names.get(value.coder_id, ""),
        "yes" if settled else "",
        value.text,
        value.note,
        " ".join(value.quote.split()),
        files.get(value.document_id, ""),
        value.page or "",
    )
