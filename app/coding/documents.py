"""The documents of a project: their facts, text, bytes and geometry."""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from threading import Lock

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.coding.citations import short_citation
from app.documents.cleaning import clean_text
from app.documents.labels import corrected_labels
from app.documents.turning import turned_size
from app.errors import UserError
from app.models import Project
from app.models.evidence import (
    Document,
    DocumentView,
    FileBytes,
    Geometry,
    Page,
    Report,
    Study,
    TextLayer,
)
from app.models.people import Layer


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """A document as lists show it; ``text_state`` is good, partly, unreadable or none."""

    id: str
    file_name: str
    title: str
    study_id: str
    study_label: str
    report_id: str
    citation: str
    page_count: int
    character_count: int
    language: str
    text_state: str
    text_note: str
    has_pdf: bool
    text_layer_id: str
    sha256: str


@dataclass(frozen=True, slots=True)
class DocumentText:
    """The frozen text of a document; all offsets are document offsets in code points."""

    document_id: str
    text_layer_id: str
    text: str
    page_starts: tuple[int, ...]
    labels: tuple[str, ...]
    sizes: tuple[tuple[float, float], ...]
    orders: tuple[str, ...]
    blocks: tuple[int, ...]
    furniture: tuple[tuple[int, int], ...]
    joins: frozenset[int]
    rotations: tuple[int, ...] = ()
    """By how many degrees clockwise each page is shown turned."""
    turns: Mapping[int, int] = field(default_factory=dict)
    """Degrees clockwise by which a person has turned pages further; see ``shown``."""

    def shown(self) -> "DocumentText":
        """Return the text with the sizes and rotations of pages as a person has turned them."""
        if not self.turns:
            return self
        sizes, rotations = list(self.sizes), list(self.rotations)
        for page, degrees in self.turns.items():
            sizes[page - 1] = turned_size(sizes[page - 1], degrees)
            rotations[page - 1] = (self.rotation_of(page) + degrees) % 360
        return replace(self, sizes=tuple(sizes), rotations=tuple(rotations))

    def page_of(self, offset: int) -> int:
        """Return the 1-based page that holds an offset."""
        return max(1, bisect_right(self.page_starts, offset))

    def page_range(self, page: int) -> tuple[int, int]:
        """Return the start and end of a 1-based page, without the form feed."""
        start = self.page_starts[page - 1]
        last = page == len(self.page_starts)
        return start, len(self.text) if last else self.page_starts[page] - 1

    def rotation_of(self, page: int) -> int:
        """Return by how many degrees clockwise a 1-based page is shown turned."""
        return self.rotations[page - 1] if page <= len(self.rotations) else 0

    def label_of(self, page: int) -> str:
        """Return the printed label of a 1-based page, or its number."""
        return self.labels[page - 1] or str(page)

    def clean(self, start: int, end: int) -> str:
        """Return the words for quoting: joined at line ends, without running heads."""
        return clean_text(self.text, start, end, self.furniture, self.joins).text


def list_documents(project: Project) -> tuple[DocumentInfo, ...]:
    """Return all documents in the order of their studies."""
    with project.read() as session:
        present = set(session.scalars(select(FileBytes.sha256)))
        found = session.execute(
            select(Document, Report, Study)
            .join(Report, Report.id == Document.report_id)
            .join(Study, Study.id == Report.study_id)
            .order_by(Study.position, Study.label, Document.position, Document.file_name)
        )
        return tuple(_info(*row, present) for row in found)


def _info(document: Document, report: Report, study: Study, present: set[str]) -> DocumentInfo:
    return DocumentInfo(
        id=document.id,
        file_name=document.file_name,
        title=report.title or document.title,
        study_id=study.id,
        study_label=study.label,
        report_id=report.id,
        citation=short_citation(report.authors, report.year, report.title or document.title),
        page_count=document.page_count,
        character_count=document.character_count,
        language=document.language,
        text_state=document.text_state,
        text_note=document.text_note,
        has_pdf=document.sha256 in present,
        text_layer_id=document.text_layer_id,
        sha256=document.sha256,
    )


def find_document(project: Project, id_or_file_name: str) -> DocumentInfo:
    """Return the document with this id or file name (the ending may be left out).

    Raises:
        UserError: there is none, or several have that name.
    """
    documents = list_documents(project)
    wanted = id_or_file_name.strip()
    found = [d for d in documents if wanted in (d.id, d.file_name)] or [
        d
        for d in documents
        if wanted.casefold()
        in (d.file_name.casefold(), d.file_name.casefold().removesuffix(".pdf"))
    ]
    if len(found) == 1:
        return found[0]
    if found:
        raise UserError(
            f"Several documents are called {wanted}.",
            f"Use an id: {', '.join(document.id for document in found)}.",
        )
    raise UserError(
        f"There is no document {wanted} in this project.",
        "Use a file name as shown in the studies table, or an id.",
    )


def load_text(project: Project, document_id: str) -> DocumentText:
    """Return a document's text.

    Raises:
        UserError: there is no such document.
    """
    with project.read() as session:
        return text_of(session, document_id)


def text_of(session: Session, document_id: str) -> DocumentText:
    """Return a document's text within a session.

    Raises:
        UserError: there is no such document.
    """
    layer_id = session.scalar(select(Document.text_layer_id).where(Document.id == document_id))
    if layer_id is None:
        raise UserError("This document is no longer in the project.", "Undo its removal.")
    return _as_viewed(session, recent_text_layer(session, document_id, layer_id))


def _as_viewed(session: Session, text: DocumentText) -> DocumentText:
    """Return a text with the page labels and turns that a person has given."""
    view = session.execute(
        select(
            DocumentView.numbered,
            DocumentView.label_offset,
            DocumentView.cover_pages,
            DocumentView.turns,
        ).where(DocumentView.document_id == text.document_id)
    ).first()
    if view is None:
        return text
    numbered, offset, covers, turns = view
    labels = corrected_labels(text.labels, numbered=numbered, offset=offset, covers=covers)
    last = len(text.sizes)
    degrees = {int(page): turn for page, turn in turns.items() if int(page) <= last}
    return replace(text, labels=labels, turns=degrees)


class _RecentTexts:
    """The text layers used last: they never change, and coding a passage needs one each time."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._lock = Lock()
        self._texts: OrderedDict[tuple[str, str], DocumentText] = OrderedDict()

    def get(self, key: tuple[str, str]) -> DocumentText | None:
        with self._lock:
            if key in self._texts:
                self._texts.move_to_end(key)
            return self._texts.get(key)

    def put(self, key: tuple[str, str], text: DocumentText) -> None:
        with self._lock:
            self._texts[key] = text
            while len(self._texts) > self._size:
                self._texts.popitem(last=False)


_recent = _RecentTexts(4)


def recent_text_layer(session: Session, document_id: str, text_layer_id: str) -> DocumentText:
    """Return the text of one text layer, from memory when it was used just now.

    Raises:
        UserError: the file lacks it.
    """
    file = session.connection().engine.url.database or ""
    text = _recent.get((file, text_layer_id))
    if text is None or text.document_id != document_id:
        text = load_text_layer(session, document_id, text_layer_id)
        _recent.put((file, text_layer_id), text)
    return text


def load_text_layer(session: Session, document_id: str, text_layer_id: str) -> DocumentText:
    """Return the text of one text layer as the file holds it.

    Raises:
        UserError: the file lacks it.
    """
    layer = session.get(TextLayer, text_layer_id)
    if layer is None:
        raise UserError(
            "The text of this document is missing from the project.", "Add its PDF again."
        )
    pages = session.execute(
        select(
            Page.start,
            Page.label,
            Page.width,
            Page.height,
            Page.rotation,
            Page.reading_order,
            Page.blocks,
            Page.furniture,
            Page.joins,
        )
        .where(Page.text_layer_id == text_layer_id)
        .order_by(Page.page)
    ).all()
    return DocumentText(
        document_id=document_id,
        text_layer_id=text_layer_id,
        text=layer.text,
        page_starts=tuple(page.start for page in pages),
        labels=tuple(page.label for page in pages),
        sizes=tuple((page.width, page.height) for page in pages),
        rotations=tuple(page.rotation for page in pages),
        orders=tuple(page.reading_order for page in pages),
        blocks=tuple(offset for page in pages for offset in page.blocks),
        furniture=tuple(
            pair
            for page in pages
            for pair in zip(page.furniture[::2], page.furniture[1::2], strict=True)
        ),
        joins=frozenset(offset for page in pages for offset in page.joins),
    )


def pdf_bytes(project: Project, document_id: str) -> bytes:
    """Return the PDF.

    Raises:
        UserError: the project holds the text but not the PDF (a hand-out without PDFs).
    """
    with project.read() as session:
        data = session.scalar(
            select(FileBytes.data)
            .join(Document, Document.sha256 == FileBytes.sha256)
            .where(Document.id == document_id)
        )
    if data is None:
        raise UserError(
            "The PDF of this document is not in this project.",
            "Add your own copy of the PDF; it is recognised by its content.",
        )
    return data


def load_geometry(project: Project, text_layer_id: str, page: int) -> bytes | None:
    """Return the packed geometry of a page, when it was frozen already."""
    with project.read() as session:
        return session.scalar(
            select(Geometry.packed).where(
                Geometry.text_layer_id == text_layer_id, Geometry.page == page
            )
        )


def store_geometry(project: Project, text_layer_id: str, page: int, packed: bytes) -> None:
    """Freeze the geometry of a page; the first one stays."""
    with project.cache() as session:
        if session.get(Geometry, (text_layer_id, page)) is None:
            session.add(Geometry(text_layer_id=text_layer_id, page=page, packed=packed))


def remove_documents(project: Project, document_ids: list[str]) -> None:
    """Take documents out, with reports and studies that hold nothing else; undo brings them back.

    Raises:
        UserError: someone has coded in one of them.
    """
    with project.change("Remove documents") as session:
        for document_id in document_ids:
            document = session.get_one(Document, document_id)
            if session.scalar(select(Layer.id).where(Layer.document_id == document_id).limit(1)):
                raise UserError(
                    f"{document.file_name} has been coded.", "Remove its codings first, or keep it."
                )
            session.delete(document)
            session.flush()
            _remove_empty(session, document.report_id)


def _remove_empty(session: Session, report_id: str) -> None:
    report = session.get_one(Report, report_id)
    others = select(Document.id).where(Document.report_id == report_id).limit(1)
    if session.scalar(others) is None and not report.raw:
        session.delete(report)
        session.flush()
        if session.scalar(select(Report.id).where(Report.study_id == report.study_id)) is None:
            session.delete(session.get_one(Study, report.study_id))
