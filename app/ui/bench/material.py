"""What is measured on: typeset PDFs, and projects with as many codings as a promise names."""

import hashlib
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from random import Random
from textwrap import wrap

from app.coding.adding import add_pdfs, store_document
from app.coding.codebooks import install_codebook, load_codebook
from app.coding.documents import DocumentText, load_text
from app.coding.passages import PassageEntry, code_passages
from app.coding.people import add_coder, choose_coder
from app.documents.engine import PdfEngine
from app.documents.raw_timing import count_pages
from app.documents.text_layer import ExtractedDocument, ExtractedPage
from app.documents.typesetting import Manuscript, Paragraph, typeset
from app.exchange.codebook_files import find_codebook
from app.exchange.sample_review.plan import plan_review
from app.models import Project, ids

STUDIES = 46
PAGES = 40
FEW, MANY = 2_000, 10_000
CODEBOOK = "case-management"
CODER = "Amina Rahman"
LINES_PER_PAGE, LINE_LENGTH = 106, 54
SIZE = (595.0, 842.0)
STROKES = 25_000


@dataclass(frozen=True, slots=True)
class ReadingProject:
    """A project with three 40-page documents; the names say how many codings each has."""

    path: Path
    few: str
    many: str
    none: str
    pdf: bytes
    """The PDF of the document without codings."""
    start: Path
    """A project with the first document alone, as someone would open it in the morning."""


@dataclass(frozen=True, slots=True)
class WorstProject:
    """A project with one document whose only page takes long to draw."""

    path: Path
    document: str


class Material:
    """Makes each thing when it is first needed, in a folder that the caller removes."""

    def __init__(self, folder: Path, progress: Callable[[str], None]) -> None:
        """Tell ``progress`` what takes a moment."""
        self.folder, self._progress = folder, progress

    @cached_property
    def pdfs(self) -> tuple[Path, ...]:
        """46 two-column PDFs of about 40 pages."""
        self._progress(f"Setting {STUDIES} PDFs of {PAGES} pages")
        folder = self.folder / "pdfs"
        folder.mkdir()
        paths = []
        for number in range(STUDIES):
            paths.append(folder / f"{number + 1:02}_Study_{2000 + number % 25}.pdf")
            paths[-1].write_bytes(self._pdf(number))
        return tuple(paths)

    @cached_property
    def reading(self) -> ReadingProject:
        """The project that the reading view is measured with."""
        self._progress(f"Making three documents with {FEW:,}, {MANY:,} and no codings")
        data = [self._pdf(100 + number, exactly=True) for number in range(3)]
        paths = [self.folder / f"reading {number}.pdf" for number in range(3)]
        for path, pdf in zip(paths, data, strict=True):
            path.write_bytes(pdf)
        project = new_project(self.folder / "reading.cofactor")
        engine = PdfEngine()
        try:
            (few,) = add_pdfs(project, engine, paths[:1]).added
            code_many(project, (few,), FEW)
            start = self.folder / "start.cofactor"
            shutil.copy(project.path, start)
            many, none = add_pdfs(project, engine, paths[1:]).added
        finally:
            engine.close()
        code_many(project, (many,), MANY)
        project.close()
        return ReadingProject(project.path, few, many, none, data[2], start)

    @cached_property
    def worst(self) -> WorstProject:
        """A page of more lines than any journal prints."""
        self._progress("Making a page that takes long to draw")
        path = self.folder / "worst.pdf"
        path.write_bytes(_slow_page())
        project = new_project(self.folder / "worst.cofactor")
        engine = PdfEngine()
        try:
            (document,) = add_pdfs(project, engine, [path]).added
        finally:
            engine.close()
            project.close()
        return WorstProject(project.path, document)

    @cached_property
    def corpus(self) -> Path:
        """A project with the text of 46 studies of 40 pages, searchable, without PDFs."""
        self._progress(f"Storing the text of {STUDIES} studies of {PAGES} pages")
        project = new_project(self.folder / "corpus.cofactor")
        for number in range(STUDIES):
            document = self._text(number)
            store_document(project, f"{number + 1:02}_Study.pdf", b"", document, ids.new_id())
        project.close()
        return project.path

    @cached_property
    def coded_corpus(self) -> Path:
        """The same with 10,000 codings that overlap as those of people do."""
        path = self.folder / "coded.cofactor"
        path.write_bytes(self.corpus.read_bytes())
        self._progress(f"Coding {MANY:,} passages")
        project = Project.open(path, back_up=False)
        documents = self.document_ids()
        code_many(project, documents, MANY)
        project.close()
        return path

    def document_ids(self) -> tuple[str, ...]:
        """Return the ids of the documents of the corpus."""
        return tuple(ids.document_id(_sha256(number)) for number in range(STUDIES))

    @cached_property
    def _paragraphs(self) -> tuple[str, ...]:
        """The running text of the sample review's English studies."""
        return tuple(
            block.text
            for report in plan_review().reports
            if report.manuscript.language == "en"
            for block in report.manuscript.body
            if isinstance(block, Paragraph) and len(block.text) > 200
        )

    @cached_property
    def _manuscript(self) -> Manuscript:
        reports = plan_review().reports
        return next(r.manuscript for r in reports if r.layout == "two_column")

    @cached_property
    def _paragraphs_for_all_pages(self) -> int:
        """How many paragraphs fill 40 pages."""
        trial = count_pages(self._set(0, 200))
        return round(200 * PAGES / trial)

    def _shuffled(self, number: int) -> list[str]:
        texts, random = list(self._paragraphs), Random(f"bench {number}")
        random.shuffle(texts)
        return texts

    def _set(self, number: int, count: int) -> bytes:
        texts = self._shuffled(number)
        many = [texts[at % len(texts)] for at in range(count)]
        title = f"What was said about case management, part {number + 1}"
        body = tuple(Paragraph(text) for text in many)
        return typeset(replace(self._manuscript, title=title, body=body), "two_column")

    def _pdf(self, number: int, *, exactly: bool = False) -> bytes:
        count = self._paragraphs_for_all_pages
        data = self._set(number, count)
        for _attempt in range(20 if exactly else 0):
            pages = count_pages(data)
            if pages == PAGES:
                break
            count += (PAGES - pages) * max(1, count // PAGES // 2)
            data = self._set(number, count)
        return data

    @cached_property
    def _wrapped(self) -> dict[str, list[str]]:
        return {text: wrap(text, LINE_LENGTH) for text in self._paragraphs}

    def _text(self, number: int) -> ExtractedDocument:
        """Return pages of text as the worker would, without setting and reading a PDF."""
        wanted = PAGES * LINES_PER_PAGE
        lines: list[str] = []
        while len(lines) < wanted:
            for text in self._shuffled(number):
                lines += self._wrapped[text]
        pages = tuple(
            _page("\n".join(lines[at : at + LINES_PER_PAGE]), at // LINES_PER_PAGE + 1)
            for at in range(0, wanted, LINES_PER_PAGE)
        )
        return ExtractedDocument(
            sha256=_sha256(number),
            byte_count=0,
            pages=pages,
            title=f"Study {number + 1}",
            doi="",
            language="en",
            text_state="good",
            text_note="",
            extractor="bench",
            extractor_version="1",
            flags=0,
            page_problems=(),
        )


def new_project(path: Path) -> Project:
    """Make a project with a codebook and someone who codes."""
    project = Project.create(path, title="Measurements")
    install_codebook(project, find_codebook(CODEBOOK))
    choose_coder(project, add_coder(project, CODER, role="lead"))
    return project


def code_many(
    project: Project, documents: Sequence[str], count: int, *, coder_id: str | None = None
) -> None:
    """Code passages of one to three sentences' length, about half of them at the same places."""
    random = Random(f"codings {count} {coder_id is None}")
    codebook = load_codebook(project)
    codes = [code.id for code in codebook.codes]
    valences = [value.key for value in codebook.facet("valence").values]
    stages = [value.key for value in codebook.facet("stage").values]
    share = [count // len(documents)] * len(documents)
    for extra in range(count % len(documents)):
        share[extra] += 1
    for document_id, wanted in zip(documents, share, strict=True):
        text = load_text(project, document_id)
        places = _places(text, wanted, random)
        entries = [
            PassageEntry(
                document_id,
                start,
                end,
                code,
                {"valence": [random.choice(valences)], "stage": [random.choice(stages)]},
            )
            for (start, end), code in zip(places, _cycled(codes, wanted, random), strict=True)
        ]
        code_passages(project, entries, coder_id=coder_id)


def _places(text: DocumentText, count: int, random: Random) -> list[tuple[int, int]]:
    """Return different places, every second one over the one before it."""
    last = len(text.text) - 500
    found: dict[tuple[int, int], None] = {}
    start = 0
    while len(found) < count:
        if len(found) % 2 == 0:
            start = random.randrange(last)
        place = (start + random.randrange(40), start + random.randrange(80, 420))
        if not any(text.text[at].isspace() for at in (place[0], place[1] - 1)):
            found[place] = None
    return list(found)


def _cycled(codes: Sequence[str], count: int, random: Random) -> list[str]:
    return [random.choice(codes) for _ in range(count)]


def _slow_page() -> bytes:
    """Return a PDF with one page full of curves."""
    random = Random("the worst page")
    strokes = []
    for _stroke in range(STROKES):
        x, y = random.uniform(40, 555), random.uniform(40, 800)
        ends = " ".join(f"{value + random.uniform(-60, 60):.1f}" for value in (x, y) * 3)
        strokes.append(f"{x:.1f} {y:.1f} m {ends} c S")
    content = "0.3 w\n" + "\n".join(strokes)
    words = "BT /F1 12 Tf 60 810 Td (A figure of many lines) Tj ET\n"
    parts = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(words + content)} >>\nstream\n{words}{content}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    data, places = "%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{part}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(parts) + 1
    data += (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\n"
        f"startxref\n{len(data)}\n%%EOF\n"
    )
    return data.encode("ascii")


def _sha256(number: int) -> str:
    return hashlib.sha256(f"bench {number}".encode()).hexdigest()


def _page(text: str, number: int) -> ExtractedPage:
    return ExtractedPage(
        text=text,
        label=str(number),
        width=SIZE[0],
        height=SIZE[1],
        rotation=0,
        order="stream",
        blocks=(0,),
        furniture=(),
        joins=(),
        has_images=False,
    )
