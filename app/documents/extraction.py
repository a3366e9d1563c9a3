"""From PDF bytes to an ExtractedDocument."""

import hashlib
from typing import Any

from app.documents.furniture import furniture_and_joins
from app.documents.labels import page_labels
from app.documents.language import language_of
from app.documents.mupdf import pymupdf
from app.documents.normalising import canonical_line
from app.documents.opening import damaged, open_document, reason
from app.documents.page_lines import FLAGS, PageReading, read_page
from app.documents.placed_lines import PlacedLine, PlacedPage
from app.documents.quality import PageSample, judge_text
from app.documents.text_layer import STREAM, ExtractedDocument, ExtractedPage
from app.documents.titles import find_doi, guess_title
from app.documents.words import count_words

EXTRACTOR = "mupdf"
_A4 = (595.0, 842.0)
_PAGES_WITH_DOI = 2
_LITTLE_TEXT = 200  # characters
_TAIL = 2048  # bytes in which the end mark of a complete file stands


class _Page:
    """What is read from one page before the document as a whole is looked at."""

    def __init__(self, document: Any, index: int) -> None:
        """Read the page; raises whatever the PDF engine raises on a damaged one."""
        page = document.load_page(index)
        self.width, self.height = float(page.rect.width), float(page.rect.height)
        self.rotation = int(page.rotation)
        reading = read_page(page)
        self.text, self.order = reading.text, reading.order
        self.title_lines = reading.lines if index == 0 else []
        self.placed, self.blocks = _place(reading)
        self.has_images = _has_images(document, page, self.text)


def extract_document(data: bytes, password: str | None = None) -> ExtractedDocument:
    """Read the whole PDF.

    A page that fails is kept with empty text and its reason in ``page_problems``; raises
    DocumentProblem when the file as a whole cannot be read.
    """
    document = open_document(data, password)
    try:
        pages, problems = _read_pages(document)
        if document.is_repaired and b"%%EOF" not in data[-_TAIL:]:
            problems += _cut_off(pages)
        return _assemble(document, data, pages, problems)
    finally:
        document.close()


def _read_pages(document: Any) -> tuple[list[_Page | None], list[tuple[int, str]]]:
    pages: list[_Page | None] = []
    problems: list[tuple[int, str]] = []
    for index in range(document.page_count):
        try:
            pages.append(_Page(document, index))
        except Exception as error:  # a hostile page fails in many shapes; the others still count
            if "page tree" in str(error):
                # Which page is which cannot be told any more, and quotes are cited by page.
                raise damaged(error) from error
            pages.append(None)
            problems.append((index + 1, f"This page could not be read ({reason(error)})."))
    return pages, problems


def _cut_off(pages: list[_Page | None]) -> list[tuple[int, str]]:
    """Name the pages that a file without its end has lost."""
    lost = [n for n, page in enumerate(pages, 1) if page and not page.text and not page.has_images]
    if lost:
        return [(n, "This page is empty because the file is cut off.") for n in lost]
    return [(len(pages), "The file is cut off; pages after this one may be missing.")]


def _assemble(
    document: Any, data: bytes, pages: list[_Page | None], problems: list[tuple[int, str]]
) -> ExtractedDocument:
    labels = page_labels(document)
    placed = [_placed(page) for page in pages]
    counts = count_words(page.text for page in pages if page)
    furniture, joins = furniture_and_joins(placed, counts)
    extracted = tuple(
        _extracted_page(page, label, ranges, hyphens)
        for page, label, ranges, hyphens in zip(pages, labels, furniture, joins, strict=True)
    )
    samples = [PageSample(_body(page), page.has_images) for page in extracted]
    state, note = judge_text(samples, counts)
    return ExtractedDocument(
        sha256=hashlib.sha256(data).hexdigest(),
        byte_count=len(data),
        pages=extracted,
        title=_title(document, pages),
        doi=_doi(document, extracted),
        language=language_of(counts) if state != "unreadable" else "",
        text_state=state,
        text_note=note,
        extractor=EXTRACTOR,
        extractor_version=str(pymupdf.mupdf_version),
        flags=FLAGS,
        page_problems=tuple(problems),
    )


def _place(reading: PageReading) -> tuple[list[PlacedLine], tuple[int, ...]]:
    placed: list[PlacedLine] = []
    blocks: list[int] = []
    offset, block = 0, -1
    for line in reading.lines:
        if line.block != block:
            blocks.append(offset)
            block = line.block
        placed.append(PlacedLine(line.text, offset, line.box, line.level))
        offset += len(line.text) + 1
    return placed, tuple(blocks)


def _placed(page: _Page | None) -> PlacedPage:
    return PlacedPage(page.placed, page.width, page.height) if page else PlacedPage([], *_A4)


def _extracted_page(
    page: _Page | None,
    label: str,
    furniture: tuple[tuple[int, int], ...],
    joins: tuple[int, ...],
) -> ExtractedPage:
    if page is None:
        width, height = _A4
        return ExtractedPage("", label, width, height, 0, STREAM, (), (), (), False)
    return ExtractedPage(
        text=page.text,
        label=label,
        width=page.width,
        height=page.height,
        rotation=page.rotation,
        order=page.order,
        blocks=page.blocks,
        furniture=furniture,
        joins=joins,
        has_images=page.has_images,
    )


def _has_images(document: Any, page: Any, text: str) -> bool:
    # A page's resources may list images of other pages and leave out inline ones. Looking at what
    # is drawn takes as long as the text, so only pages with little text get that.
    if len(text) < _LITTLE_TEXT:
        return bool(page.get_image_info())
    return bool(document.get_page_images(page.number))


def _body(page: ExtractedPage) -> str:
    kept, position = [], 0
    for start, end in page.furniture:
        kept.append(page.text[position:start])
        position = end
    return "".join([*kept, page.text[position:]])


def _title(document: Any, pages: list[_Page | None]) -> str:
    stored = canonical_line(str((document.metadata or {}).get("title") or ""))
    first = pages[0] if pages else None
    return guess_title(stored, first.title_lines if first else [])


def _doi(document: Any, pages: tuple[ExtractedPage, ...]) -> str:
    try:
        described = canonical_line(document.get_xml_metadata() or "")
    except Exception:  # damaged metadata is no reason to refuse the document
        described = ""
    return find_doi([*(page.text for page in pages[:_PAGES_WITH_DOI]), described])
