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
    store_geometry,
)
from app.coding.passages import Coding, list_codings
from app.coding.passwords import pdf_password
from app.documents.engine import PdfEngine
from app.documents.geometry import PageGeometry
from app.errors import UserError
from app.models import Project
from app.ui.reading.columns import is_two_column
from app.ui.reading.page_images import EarlyPage, ask_early
from app.ui.reading.page_layout import PIXELS_PER_POINT, fitting_zoom
from app.ui.tasks import Job

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class OpenedDocument:
    """A document ready to be shown; ``key`` is what the engine knows it by, "" without a PDF."""

    info: DocumentInfo
    text: DocumentText
    codings: tuple[Coding, ...]
    key: str
    two_columns: bool = False
    first: EarlyPage | None = None
    """The page that will be seen first, asked for while the rest was read."""


@dataclass(frozen=True, slots=True)
class Opening:
    """The work of opening a document."""

    document_id: str
    job: Job

    def is_of(self, document_id: str) -> bool:
        """Tell whether this document is being opened now."""
        return self.document_id == document_id and self.job.running


@dataclass(frozen=True, slots=True)
class View:
    """How a document will be shown: enough to ask for its first page before it is open.

    ``zoom`` 0 fits the width of the viewport (logical pixels); ``ratio`` is device pixels per
    logical pixel.
    """

    page: int
    zoom: float
    width: int
    ratio: float
    text_scale: float = 1.0

    def scale(self, text: DocumentText, *, two_columns: bool) -> float:
        """Return device pixels per point."""
        zoom = self.zoom or fitting_zoom(
            text.sizes, self.width, two_columns=two_columns, text_scale=self.text_scale
        )
        return zoom * PIXELS_PER_POINT * self.ratio


def open_document(
    project: Project,
    engine: PdfEngine,
    document_id: str,
    view: View | None = None,
    *,
    shown_in: str = "",
) -> OpenedDocument:
    """Read a document and make its PDF known to the engine; with ``view`` ask for a page too.

    ``shown_in`` keeps apart the views that show the same document and let go of it by themselves.

    Raises:
        UserError: there is no such document.
    """
    info = find_document(project, document_id)
    text = load_text(project, info.id)
    two_columns = is_two_column(text)
    key, first = "", None
    if info.has_pdf:
        key = f"{project.id}/{info.id}{shown_in}"
        engine.open(key, pdf_bytes(project, info.id), pdf_password(project, info.id))
        if view is not None and text.sizes and not text.turns:
            page = min(view.page, len(text.sizes))
            first = ask_early(
                engine, key, page, text.sizes, view.scale(text, two_columns=two_columns)
            )
    codings = list_codings(project, document_id=info.id)
    return OpenedDocument(info, text, codings, key, two_columns, first)


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
