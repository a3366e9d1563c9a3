"""Makes new texts of a document: read again, recognised, repaired, reordered, from another copy.

Nothing here writes: what is made is previewed and put in place by ``text_layers``. Every function
may take long and hears of cancelling between two pages.
"""

import contextlib
import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from sqlalchemy import select

from app.coding.documents import DocumentText, load_text, pdf_bytes
from app.coding.passwords import pdf_password
from app.coding.text_layers import present_pages
from app.documents.engine import PdfEngine
from app.documents.furniture import furniture_and_joins
from app.documents.geometry import PageGeometry
from app.documents.letters import LetterMap, learn_glyph_step, learn_letters
from app.documents.new_text import (
    COPY,
    DIGITS,
    LETTERS,
    OCR,
    ORDER,
    READ_AGAIN,
    NewText,
    from_extraction,
    from_pages,
)
from app.documents.ocr import EXTRACTOR, MISSING, find_tesseract, languages_for
from app.documents.placed_lines import PlacedLine, PlacedPage
from app.documents.reordering import order_from_stream, permuted, reordered
from app.documents.text_layer import OCR as OCR_ORDER
from app.documents.text_layer import SHIFT, STREAM, ExtractedPage
from app.documents.words import count_words
from app.errors import UserError
from app.models import Project
from app.models.evidence import Document, Geometry, TextLayer

Report = Callable[[int, int, str], object]
_SAMPLE = 8
_PAGE_LIMIT = 120.0
_READ_LIMIT = 300.0
_SPLIT_GAP = 0.9
_USABLE = 0.1


def _silent(*_told: object) -> None:
    """Report to nobody."""


def _never() -> bool:
    return False


def read_again(project: Project, engine: PdfEngine, document_id: str) -> NewText:
    """Read the PDF anew with the PDF engine of this version.

    Raises:
        UserError: the PDF is not here or cannot be read.
    """
    data, password = pdf_bytes(project, document_id), pdf_password(project, document_id)
    extracted = engine.extract(data, password=password, time_limit=_READ_LIMIT)
    return from_extraction(READ_AGAIN, extracted)


def another_copy(engine: PdfEngine, path: Path, password: str | None = None) -> NewText:
    """Read another copy of a document: the publisher's, one with a cover page or a watermark.

    Raises:
        UserError: the file cannot be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UserError(f"{path.name} could not be read.", "Check the name and folder.") from error
    extracted = engine.extract(data, password=password, time_limit=_READ_LIMIT)
    return replace(
        from_extraction(COPY, extracted),
        pdf=data,
        sha256=hashlib.sha256(data).hexdigest(),
        file_name=path.name,
        password=password or "",
    )


# -- words from pictures -----------------------------------------------------------------------


def pages_to_recognise(text: DocumentText, *, all_pages: bool) -> tuple[int, ...]:
    """Return the pages (1-based) without text, or all of them where the text is of no use."""
    pages = range(1, len(text.page_starts) + 1)
    if all_pages:
        return tuple(pages)
    return tuple(n for n in pages if not text.text[slice(*text.page_range(n))].strip())


def recognised(
    project: Project,
    engine: PdfEngine,
    document_id: str,
    *,
    pages: Sequence[int] | None = None,
    progress: Report = _silent,
    cancelled: Callable[[], bool] = _never,
) -> NewText | None:
    """Recognise the words in the pictures of pages; ``None`` when cancelled.

    Without ``pages`` these are the pages without text, or all where the whole text is unreadable:
    usable text is never recognised again unless its pages are named.

    Raises:
        UserError: Tesseract is not installed, the PDF is not here, or no page needs it.
    """
    found = find_tesseract()
    if found is None:
        raise UserError(*MISSING.split(" Install it ", 1))
    text = load_text(project, document_id)
    with project.read() as session:
        document = session.get_one(Document, document_id)
        language, state = document.language, document.text_state
    if pages is None:
        pages = pages_to_recognise(text, all_pages=state == "unreadable")
    if not pages:
        raise UserError(
            "Every page of this document has text.", "Name the pages that are to be recognised."
        )
    order = OCR_ORDER + languages_for(found, language)
    geometries: dict[int, PageGeometry] = {}
    with _opened(project, engine, document_id) as key:
        for done, page in enumerate(pages):
            if cancelled():
                return None
            progress(done, len(pages), f"Recognising page {page}")
            geometries[page] = _geometry(engine, key, page, order)
    progress(len(pages), len(pages), "")
    made = _with_recognised(text, geometries, order)
    packed = {page: geometry.pack() for page, geometry in geometries.items()}
    before = _extractor(project, text)
    whole = len(geometries) == len(made)
    name = EXTRACTOR if whole else f"{before[0]}; {EXTRACTOR} on {len(geometries)} pages"
    return from_pages(OCR, made, name, found.version, 0, packed)


def _with_recognised(
    text: DocumentText, geometries: Mapping[int, PageGeometry], order: str
) -> list[ExtractedPage]:
    made = []
    placed = []
    for number, page in enumerate(present_pages(text), 1):
        geometry = geometries.get(number)
        if geometry is not None:
            page = replace(
                page,
                text=geometry.text,
                order=order,
                blocks=_block_starts(geometry),
                furniture=(),
                joins=(),
                has_images=True,
            )
        made.append(page)
        lines = _placed_lines(geometry) if geometry is not None else []
        placed.append(PlacedPage(lines, page.width, page.height))
    counts = count_words(page.text for page in made)
    furniture, joins = furniture_and_joins(placed, counts)
    return [
        replace(page, furniture=ranges, joins=hyphens) if number in geometries else page
        for number, (page, ranges, hyphens) in enumerate(
            zip(made, furniture, joins, strict=True), 1
        )
    ]


def _placed_lines(geometry: PageGeometry) -> list[PlacedLine]:
    placed, at = [], 0
    for words, (x0, y0, x1, y1) in zip(
        geometry.text.split("\n"), geometry.line_boxes.tolist(), strict=True
    ):
        if words:
            placed.append(PlacedLine(words, at, (x0, y0, x1, y1), True))
        at += len(words) + 1
    return placed


def _block_starts(geometry: PageGeometry) -> tuple[int, ...]:
    """Return where paragraphs begin: after a wide gap, or where the text goes up again."""
    starts: list[int] = []
    before: PlacedLine | None = None
    for line in _placed_lines(geometry):
        height = line.box[3] - line.box[1]
        gap = line.box[1] - before.box[3] if before else 0.0
        if before is None or gap > _SPLIT_GAP * height or gap < -height:
            starts.append(line.start)
        before = line
    return tuple(starts)


# -- letters -----------------------------------------------------------------------------------


def letters_on_offer(project: Project, document_id: str) -> LetterMap | None:
    """Return the letters that can be repaired from the stored text alone."""
    return learn_letters(load_text(project, document_id).text)


def with_letters(
    project: Project,
    engine: PdfEngine,
    document_id: str,
    *,
    progress: Report = _silent,
    cancelled: Callable[[], bool] = _never,
) -> NewText | None:
    """Put the letters that are meant in the place of those stored wrongly; ``None``: cancelled.

    Raises:
        UserError: nothing was learnt, or the PDF is needed and not here.
    """
    text = load_text(project, document_id)
    found = learn_letters(text.text)
    if found is None:
        return _with_glyph_letters(project, engine, document_id, text, progress, cancelled)
    pages = [replace(page, text=found.apply(page.text)) for page in present_pages(text)]
    reason = DIGITS if found.kind == "digits" else LETTERS
    name, version, flags = _extractor(project, text)
    with project.read() as session:
        known = session.execute(
            select(Geometry.page, Geometry.packed).where(
                Geometry.text_layer_id == text.text_layer_id
            )
        )
        packed = {page: boxes for page, boxes in known}
    return from_pages(reason, pages, f"{name}; {reason.lower()}", version, flags, packed)


def _with_glyph_letters(
    project: Project,
    engine: PdfEngine,
    document_id: str,
    text: DocumentText,
    progress: Report,
    cancelled: Callable[[], bool],
) -> NewText | None:
    damaged = [
        n
        for n in range(1, len(text.page_starts) + 1)
        if "\ufffd" in text.text[slice(*text.page_range(n))]
    ]
    with _opened(project, engine, document_id) as key:
        step = _learn_step(engine, key, text, damaged) if damaged else None
        if step is None:
            raise UserError(
                "The letters of this document follow no rule that can be learnt.",
                "Recognise its words in the pictures of its pages (OCR).",
            )
        pages = list(present_pages(text))
        for done, page in enumerate(damaged):
            if cancelled():
                return None
            progress(done, len(damaged), f"Reading the letters of page {page}")
            order = f"{SHIFT}{step}|{text.orders[page - 1]}"
            words = _geometry(engine, key, page, order).text
            pages[page - 1] = _same_lines(pages[page - 1], words, order)
    progress(len(damaged), len(damaged), "")
    name, version, flags = _extractor(project, text)
    return from_pages(LETTERS, pages, f"{name}; letters repaired", version, flags)


def _learn_step(
    engine: PdfEngine, key: str, text: DocumentText, damaged: Sequence[int]
) -> int | None:
    glyphs: Counter[str] = Counter()
    for page in damaged[:_SAMPLE]:
        known = Counter(text.text[slice(*text.page_range(page))])
        glyphs += Counter(_geometry(engine, key, page, f"{SHIFT}0|{STREAM}").text) - known
    return learn_glyph_step(glyphs)


def _same_lines(page: ExtractedPage, words: str, order: str) -> ExtractedPage:
    """Return a page with other letters; what is known of its places is kept where lines agree."""
    before, after = page.text.split("\n"), words.split("\n")
    if [len(line) for line in before] == [len(line) for line in after]:
        return replace(page, text=words, order=order)
    starts = tuple(_line_starts(after))
    return replace(page, text=words, order=order, blocks=starts, furniture=(), joins=())


def _line_starts(lines: Sequence[str]) -> Iterator[int]:
    at = 0
    for line in lines:
        yield at
        at += len(line) + 1


# -- reading order -----------------------------------------------------------------------------


def reordered_text(
    project: Project,
    engine: PdfEngine,
    document_id: str,
    orders: Mapping[int, str | Sequence[int]],
    *,
    progress: Report = _silent,
    cancelled: Callable[[], bool] = _never,
) -> NewText | None:
    """Read pages (1-based) in another order; ``None`` when cancelled.

    An order is "stream" (as stored), "segment" (by columns), "rows", or the present lines in the
    order that is wanted.

    Raises:
        UserError: a page does not hold the same lines any more, or the PDF is not here.
    """
    text = load_text(project, document_id)
    pages = list(present_pages(text))
    packed: dict[int, bytes] = {}
    with _opened(project, engine, document_id) as key:
        for done, (number, wanted) in enumerate(sorted(orders.items())):
            if cancelled():
                return None
            progress(done, len(orders), f"Ordering page {number}")
            page = pages[number - 1]
            if isinstance(wanted, str):
                geometry = _geometry(engine, key, number, wanted)
                lines, name = _lines_for(page.text, geometry.text, number), wanted
            else:
                lines = list(wanted)
                stream = _geometry(engine, key, number, STREAM).text
                present = page.text.split("\n")
                now = "\n".join(present[line] for line in lines)
                name = order_from_stream(stream, now) or page.order
                boxes = _geometry(engine, key, number, page.order).aligned_to(page.text)
                geometry = permuted(boxes, lines)
            pages[number - 1] = reordered(page, lines, name)
            packed[number] = geometry.pack()
    name, version, flags = _extractor(project, text)
    numbers = ", ".join(str(number) for number in sorted(orders))
    where = f"of page{'' if len(orders) == 1 else 's'} {numbers}"
    made = from_pages(f"{ORDER} {where}", pages, f"{name}; order {where}", version, flags, packed)
    return made


def _lines_for(present: str, wanted: str, page: int) -> list[int]:
    order = order_from_stream(present, wanted)
    if order is None:
        raise UserError(
            f"Page {page} holds other lines than when it was read.",
            "Read the document again first.",
        )
    from app.documents.reading_order import chosen_order

    count = present.count("\n") + 1
    return list(range(count)) if order == STREAM else chosen_order(order, count) or []


# -- shared ------------------------------------------------------------------------------------


@contextlib.contextmanager
def _opened(project: Project, engine: PdfEngine, document_id: str) -> Iterator[str]:
    key = f"reread/{project.id}/{document_id}"
    engine.open(key, pdf_bytes(project, document_id), pdf_password(project, document_id))
    try:
        yield key
    finally:
        engine.forget(key)


def _geometry(engine: PdfEngine, key: str, page: int, order: str) -> PageGeometry:
    words, packed = engine.geometry(key, page, order, time_limit=_PAGE_LIMIT).result()
    return PageGeometry.unpack(packed, words)


def _extractor(project: Project, text: DocumentText) -> tuple[str, str, int]:
    with project.read() as session:
        layer = session.get_one(TextLayer, text.text_layer_id)
        return layer.extractor, layer.extractor_version, layer.flags
