"""Adding PDFs: each is read in the worker process and committed on its own."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from app.coding.citations import label_from_file_name, year_from_file_name
from app.coding.indexing import index_document
from app.coding.passwords import keep_for_session
from app.coding.reading_ahead import ReadAhead, ReadFile
from app.coding.reference_matching import match_new_pdfs
from app.coding.references import Match, Unsure
from app.coding.study_naming import free_label
from app.documents.engine import PdfEngine
from app.documents.text_layer import ExtractedDocument
from app.models import Changes, Project, ids
from app.models.evidence import Document, FileBytes, Page, Report, Study, TextLayer


@dataclass(frozen=True, slots=True)
class Problem:
    """A file that could not be added: ``kind`` such as ``password`` or ``damaged``, and why."""

    file: str
    kind: str
    why: str


@dataclass(frozen=True, slots=True)
class AddResult:
    """What became of the files: ids of documents added, file names present, problems."""

    added: tuple[str, ...]
    present: tuple[str, ...]
    problems: tuple[Problem, ...]
    cancelled: bool = False
    matched: tuple[Match, ...] = ()
    """PDFs that went to a record that waited for them."""
    unsure: tuple[Unsure, ...] = ()


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What became of one file: ``state`` is ``added``, ``present`` or ``problem``."""

    file: str
    state: str
    document_id: str = ""
    kind: str = ""
    why: str = ""


def _ignore(*_arguments: object) -> None:
    """Report to nobody."""


def add_pdfs(
    project: Project,
    engine: PdfEngine,
    paths: Iterable[Path],
    *,
    progress: Callable[[int, int, str], None] = _ignore,
    outcome: Callable[[FileOutcome], None] = _ignore,
    cancelled: Callable[[], bool] = lambda: False,
    passwords: Mapping[str, str] | None = None,
    remember_passwords: bool = False,
    time_limit: float = 120.0,
) -> AddResult:
    """Add PDFs and folders of PDFs; each is committed on its own and all undo as one.

    At the end they are matched to the records that wait for a PDF, if there are any.

    ``progress`` hears (files done, files in all, name of the next one), ``outcome`` what became of
    each file once it is safe on disk. ``passwords`` maps file names to passwords;
    they are kept while the program runs, and in the project file only with ``remember_passwords``.
    ``time_limit``
    is in seconds per file.
    """
    group = ids.new_id()
    files, missing = find_pdfs(paths)
    outcomes: list[FileOutcome] = []
    for name in missing:
        outcomes.append(FileOutcome(name, "problem", kind="missing", why="It is not there."))
        outcome(outcomes[-1])
    stopped = False
    with ReadAhead(
        engine,
        files,
        known=_known_contents(project),
        passwords=passwords or {},
        time_limit=time_limit,
    ) as ahead:
        for number, path in enumerate(files):
            if cancelled():
                stopped = True
                break
            progress(number, len(files), path.name)
            read = ahead.take(cancelled)
            if read is None:
                stopped = True
                break
            if read.password and read.sha256:
                keep_for_session(project, read.sha256, read.password)
            stored = read.password if remember_passwords else None
            outcomes.append(_add_one(project, ahead, read, group, stored))
            outcome(outcomes[-1])
    if not stopped:
        progress(len(files), len(files), "")
    added = tuple(o.document_id for o in outcomes if o.state == "added")
    matching = match_new_pdfs(project, added, group)
    return AddResult(
        added=added,
        present=tuple(o.file for o in outcomes if o.state == "present"),
        problems=tuple(Problem(o.file, o.kind, o.why) for o in outcomes if o.state == "problem"),
        cancelled=stopped,
        matched=matching.matched,
        unsure=matching.unsure,
    )


def find_pdfs(paths: Iterable[Path]) -> tuple[list[Path], list[str]]:
    """Return the PDFs named or inside the folders named, and the names that are not there."""
    files: dict[Path, None] = {}
    missing: list[str] = []
    for path in paths:
        if path.is_dir():
            inside = (p for p in path.rglob("*") if p.suffix.lower() == ".pdf" and p.is_file())
            files.update(dict.fromkeys(sorted(inside)))
        elif path.is_file():
            files[path] = None
        else:
            missing.append(str(path))
    return list(files), missing


def _known_contents(project: Project) -> set[str]:
    with project.read() as session:
        return set(session.scalars(select(Document.sha256)))


def _add_one(
    project: Project, ahead: ReadAhead, read: ReadFile, group: str, password: str | None
) -> FileOutcome:
    name = read.path.name
    present = _present(project, read.sha256, read.data, password) if read.sha256 else ""
    if present:
        return FileOutcome(name, "present", document_id=present)
    if read.extracted is None and not read.problem:  # it was here when reading began
        read = ahead.read(read.path, although_known=True)
    if read.extracted is None:
        return FileOutcome(name, "problem", kind=read.problem, why=read.why)
    document_id = store_document(project, name, read.data, read.extracted, group, password)
    return FileOutcome(name, "added", document_id=document_id, why=read.extracted.text_note)


def _present(project: Project, sha256: str, data: bytes, password: str | None) -> str:
    """Return the document of this PDF, or ""; a PDF that was left out of a hand-out is taken in."""
    with project.read() as session:
        found = session.scalar(select(Document.id).where(Document.sha256 == sha256))
        known = session.get(Document, ids.document_id(sha256))  # it may have another copy by now
        document_id = found or (known.id if known else "")
        if not document_id:
            return ""
        has_bytes = (
            session.scalar(select(FileBytes.sha256).where(FileBytes.sha256 == sha256)) is not None
        )
    if not has_bytes:
        with project.cache() as session:
            session.add(FileBytes(sha256=sha256, data=data, password=password or ""))
        document = frozenset({document_id})
        project.tell(Changes(frozenset({"document"}), document, document, "Add PDFs"))
    return document_id


def store_document(
    project: Project,
    file_name: str,
    data: bytes,
    extracted: ExtractedDocument,
    group: str,
    password: str | None = None,
) -> str:
    """Write a document with its text, bytes and search index in one transaction."""
    document_id = ids.document_id(extracted.sha256)
    text = extracted.text
    text_sha256 = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    layer_id = ids.text_layer_id(document_id, text_sha256)
    with project.change("Add PDFs", group=group) as session:
        report_id = _new_report(session, document_id, file_name, extracted)
        session.add(
            Document(
                id=document_id,
                report_id=report_id,
                file_name=file_name,
                sha256=extracted.sha256,
                text_layer_id=layer_id,
                page_count=len(extracted.pages),
                character_count=len(text),
                title=extracted.title,
                doi=extracted.doi,
                language=extracted.language,
                text_state=extracted.text_state,
                text_note=extracted.text_note,
            )
        )
        if session.get(FileBytes, extracted.sha256) is None:
            session.add(FileBytes(sha256=extracted.sha256, data=data, password=password or ""))
        if session.get(TextLayer, layer_id) is None:
            session.add(
                TextLayer(
                    id=layer_id,
                    document_id=document_id,
                    device_id=project.device.id,
                    text=text,
                    text_sha256=text_sha256,
                    extractor=extracted.extractor,
                    extractor_version=extracted.extractor_version,
                    flags=extracted.flags,
                )
            )
            session.flush()
            session.execute(insert(Page), _pages(layer_id, extracted))
        index_document(session, document_id, text, _Places(extracted), layer_id)
    return document_id


class _Places:
    """The places of an extracted document in document offsets."""

    def __init__(self, extracted: ExtractedDocument) -> None:
        self.page_starts = extracted.page_starts
        pages = list(zip(extracted.page_starts, extracted.pages, strict=True))
        self.furniture = tuple((at + a, at + b) for at, p in pages for a, b in p.furniture)
        self.joins = frozenset(at + offset for at, page in pages for offset in page.joins)


def _pages(layer_id: str, extracted: ExtractedDocument) -> list[dict[str, object]]:
    return [
        {
            "text_layer_id": layer_id,
            "page": number,
            "start": start,
            "label": page.label,
            "width": page.width,
            "height": page.height,
            "rotation": page.rotation,
            "reading_order": page.order,
            "blocks": [start + offset for offset in page.blocks],
            "furniture": [start + offset for pair in page.furniture for offset in pair],
            "joins": [start + offset for offset in page.joins],
        }
        for number, (start, page) in enumerate(
            zip(extracted.page_starts, extracted.pages, strict=True), start=1
        )
    ]


def _new_report(
    session: Session, document_id: str, file_name: str, extracted: ExtractedDocument
) -> str:
    """Make a report, and a study of its own, for a document that no record is known of yet."""
    study_id = ids.agreed_id("study of", document_id)
    report_id = ids.agreed_id("report of", document_id)
    if session.get(Study, study_id) is None:
        position = session.scalar(select(func.count()).select_from(Study)) or 0
        session.add(
            Study(
                id=study_id,
                label=free_label(session, label_from_file_name(file_name), study_id),
                flag="",
                position=position,
            )
        )
    if session.get(Report, report_id) is None:
        session.add(
            Report(
                id=report_id,
                study_id=study_id,
                title=extracted.title,
                doi=extracted.doi,
                year=year_from_file_name(file_name),
                language=extracted.language,
                authors=[],
                raw={},
            )
        )
    return report_id
