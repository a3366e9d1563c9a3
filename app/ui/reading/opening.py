"""Reads what the reading view needs of a document; every function here may block."""

import logging
from dataclasses import dataclass

from app.coding.documents import (
    DocumentInfo,
    DocumentText,
    find_document,
    load_geometry,
    load_text,
    pdf_bytes,
    pdf_password,
    store_geometry,
)
from app.coding.passages import Coding, list_codings
from app.documents.engine import PdfEngine
from app.documents.geometry import PageGeometry
from app.errors import UserError
from app.models import Project

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class OpenedDocument:
    """A document ready to be shown; ``key`` is what the engine knows it by, "" without a PDF."""

    info: DocumentInfo
    text: DocumentText
    codings: tuple[Coding, ...]
    key: str


def open_document(project: Project, engine: PdfEngine, document_id: str) -> OpenedDocument:
    """Read a document and make its PDF known to the engine.

    Raises:
        UserError: there is no such document.
    """
    info = find_document(project, document_id)
    text = load_text(project, info.id)
    codings = list_codings(project, document_id=info.id)
    key = ""
    if info.has_pdf:
        key = f"{project.id}/{info.id}"
        engine.open(key, pdf_bytes(project, info.id), pdf_password(project, info.id))
    return OpenedDocument(info, text, codings, key)


def page_geometry(
    project: Project, engine: PdfEngine, opened: OpenedDocument, page: int
) -> PageGeometry:
    """Return a page's geometry: the frozen one, else made now and frozen.

    A project that cannot be read or written at this moment does not keep a page from being read:
    the geometry is made again next time.

    Raises:
        UserError: there is neither a frozen geometry nor a PDF to make it from.
    """
    text = opened.text
    start, end = text.page_range(page)
    words = text.text[start:end]
    frozen = _frozen(project, opened, page, words)
    if frozen is not None:
        return frozen
    if not opened.key:
        raise UserError("The PDF of this document is not in this project.")
    found, packed = engine.geometry(opened.key, page, text.orders[page - 1]).result()
    geometry = PageGeometry.unpack(packed, found)
    if found != words:
        geometry = geometry.aligned_to(words)
        packed = geometry.pack()
    try:
        store_geometry(project, text.text_layer_id, page, packed)
    except Exception:
        _log.warning("the geometry of page %d was not kept", page, exc_info=True)
    return geometry


def _frozen(project: Project, opened: OpenedDocument, page: int, words: str) -> PageGeometry | None:
    try:
        packed = load_geometry(project, opened.text.text_layer_id, page)
        return PageGeometry.unpack(packed, words) if packed is not None else None
    except Exception:
        if not opened.key:
            raise
        _log.warning("the kept geometry of page %d was not read", page, exc_info=True)
        return None


def quotation(opened_text: DocumentText, info: DocumentInfo, start: int, end: int) -> str:
    """Return the clean words of a span with their source: “…” (Okafor 2021, p. 112)."""
    words = opened_text.clean(start, end)
    first = opened_text.label_of(opened_text.page_of(start))
    last = opened_text.label_of(opened_text.page_of(max(end - 1, start)))
    pages = f"p. {first}" if first == last else f"pp. {first}–{last}"
    return f"“{words}” ({info.citation or info.study_label}, {pages})"
