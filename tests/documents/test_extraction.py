import hashlib
import json
from pathlib import Path

import pymupdf
import pytest

from app.documents.cleaning import clean_text
from app.documents.extraction import extract_document
from app.documents.problems import DocumentProblem
from app.documents.text_layer import ExtractedDocument
from tests.documents.making import lines, make_pdf
from tests.shared_data import shared_data

PASSWORD_NEEDED = {
    "pj_issue15893_reduced",
    "pm_encryption_aes-128",
    "py_encryption_r3-user-password",
    "py_encryption_r6-user-password",
}
BEYOND_READING = {"pj_Pages-tree-refs", "pj_poppler-67295-0", "pj_poppler-742-0-fuzzed"}


def extract(name: str) -> ExtractedDocument:
    return extract_document(shared_data(name).read_bytes())


def clean(document: ExtractedDocument, start: int, end: int) -> str:
    starts = document.page_starts
    pages = list(zip(starts, document.pages, strict=True))
    furniture = [(s + a, s + b) for s, page in pages for a, b in page.furniture]
    joins = frozenset(s + offset for s, page in pages for offset in page.joins)
    return clean_text(document.text, start, end, furniture, joins).text


def test_a_small_file_completely() -> None:
    body = [
        "The case managers said that the support",
        "of the team was one of the reasons to stay in it.",
    ]
    data = make_pdf(
        [lines(*body), lines("See doi 10.1234/ABC.5, page 2.")],
        title="What helps case managers",
        labels=[{"startpage": 0, "prefix": "", "style": "r", "firstpagenum": 1}],
    )
    document = extract_document(data)
    assert [page.text for page in document.pages] == [
        "\n".join(body),
        "See doi 10.1234/ABC.5, page 2.",
    ]
    assert [page.label for page in document.pages] == ["i", "ii"]
    assert [page.order for page in document.pages] == ["stream", "stream"]
    assert (document.pages[0].width, document.pages[0].height) == (595, 842)
    assert document.pages[0].blocks[0] == 0
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert document.byte_count == len(data)
    assert document.title == "What helps case managers"
    assert document.doi == "10.1234/abc.5"
    assert document.language == "en"
    assert (document.text_state, document.text_note) == ("good", "")
    assert document.extractor == "mupdf"
    assert document.page_problems == ()


def test_ligatures_are_taken_apart_and_unmapped_glyphs_are_told() -> None:
    flags = extract_document(make_pdf([lines("x")])).flags
    assert not flags & pymupdf.TEXT_PRESERVE_LIGATURES
    assert not flags & pymupdf.TEXT_CID_FOR_UNKNOWN_UNICODE


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 a word file", "not_pdf"),
        (b"%PDF-1.7\nnothing else", "damaged"),
    ],
)
def test_what_is_no_pdf_is_told(data: bytes, kind: str) -> None:
    with pytest.raises(DocumentProblem) as problem:
        extract_document(data)
    assert problem.value.kind == kind
    assert problem.value.hint


def test_passwords() -> None:
    data = make_pdf([lines("hidden")], password="open")
    for wrong in (None, "", "close"):
        with pytest.raises(DocumentProblem) as problem:
            extract_document(data, wrong)
        assert problem.value.kind == "password"
    assert extract_document(data, "open").text == "hidden"


def test_a_page_of_images_only() -> None:
    document = pymupdf.open()
    pixmap = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 20, 20), False)
    document.new_page().insert_image(pymupdf.Rect(50, 50, 300, 300), pixmap=pixmap)
    nothing_else = extract_document(document.tobytes())
    assert nothing_else.text_state == "none"
    assert nothing_else.pages[0].has_images
    document.new_page().insert_text((72, 100), "Some words of the second page")
    assert extract_document(document.tobytes()).text_note.startswith("Page 1 has no text")


def test_a_file_that_is_cut_off_goes_in_with_what_is_left() -> None:
    pages = [lines(*(f"page {n} line {i}" for i in range(40))) for n in range(30)]
    data = make_pdf(pages)
    document = extract_document(data[: int(0.6 * len(data))])
    assert document.pages[0].text.startswith("page 0 line 0")
    empty = [number for number, page in enumerate(document.pages, 1) if not page.text]
    assert 30 in empty
    assert [number for number, _ in document.page_problems] == empty
    assert all("cut off" in why for _, why in document.page_problems)


def test_a_page_that_fails_does_not_take_the_others_along(monkeypatch: pytest.MonkeyPatch) -> None:
    load_page = pymupdf.Document.load_page

    def fail_on_second(document: object, index: int) -> object:
        if index == 1:
            raise RuntimeError("code=7: broken stream\nmore")
        return load_page(document, index)

    monkeypatch.setattr(pymupdf.Document, "load_page", fail_on_second)
    document = extract_document(make_pdf([lines("one"), lines("two"), lines("three")]))
    assert [page.text for page in document.pages] == ["one", "", "three"]
    assert document.page_problems == ((2, "This page could not be read (broken stream)."),)


def test_quotes_go_past_running_heads_and_put_broken_words_together() -> None:
    pages = []
    for number in range(6):
        pages.append(
            [
                (72, 40, "Journal of Careful Work 12"),
                *lines(
                    f"Paragraph {'abcdef'[number]} is about an inter-",
                    f"vention in team {'uvwxyz'[number]}.",
                ),
                (290, 810, str(number + 31)),
            ]
        )
    document = extract_document(make_pdf([*pages, lines("The intervention")]))
    quote = clean(document, 0, document.page_starts[2] - 1)
    start = quote.index("Paragraph a")
    assert quote[start:].startswith("Paragraph a is about an intervention in team u. Paragraph b")


@pytest.mark.parametrize("name", sorted(PASSWORD_NEEDED | BEYOND_READING))
def test_real_files_that_cannot_go_in(name: str) -> None:
    with pytest.raises(DocumentProblem) as problem:
        extract(f"pdfs/{name}.pdf")
    assert problem.value.kind == ("password" if name in PASSWORD_NEEDED else "damaged")
    assert str(problem.value).count("(") == (0 if name in PASSWORD_NEEDED else 1)


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("studies/vi_udhr_wrongmap.pdf", "unreadable"),
        ("studies/ru_mvd_crime_2011_04_wrongmap.pdf", "unreadable"),
        ("pdfs/pj_TAMReview.pdf", "unreadable"),
        ("pdfs/pj_issue5874.pdf", "unreadable"),
        ("pdfs/mu_test_4090.pdf", "none"),
        ("pdfs/pj_issue7229.pdf", "none"),
        ("pdfs/mu_test_3863.pdf", "none"),
        ("studies/en_heiss_discourse_oldstylefigures.pdf", "partly"),
        ("studies/de_plenarprotokoll_1949_ocr.pdf", "partly"),
        ("studies/ar_rdr2018_brief.pdf", "good"),
        ("pdfs/pl_senate-expenditures.pdf", "good"),
        ("pdfs/ok_protected.pdf", "good"),
    ],
)
def test_how_far_real_text_can_be_trusted(name: str, state: str) -> None:
    document = extract(name)
    assert document.text_state == state
    assert bool(document.text_note) == (state != "good")


def test_stamps_and_heads_of_real_articles_are_furniture() -> None:
    page = extract("studies/en_wiley_microservices_interviews.pdf").pages[3]
    furniture = [page.text[start:end] for start, end in page.furniture]
    assert "793" in furniture
    assert "FRITZSCH et al." in furniture
    assert any(text.startswith("1097024x, 2023, 3, Downloaded from") for text in furniture)
    assert len(furniture) == 3


def test_soft_hyphens_of_a_real_record_are_joined() -> None:
    document = extract("studies/de_plenarprotokoll_19_96.pdf")
    page = document.pages[10]
    ends = [
        i for i, c in enumerate(page.text) if c == "\u00ad" and page.text[i + 1 : i + 2] == "\n"
    ]
    assert len(ends) > 10
    assert set(page.joins) >= set(ends[:-1])
    assert document.language == "de"


@pytest.mark.slow
@pytest.mark.parametrize(("folder", "read"), [("pdfs", 32), ("studies", 21)])
def test_all_other_real_files_go_in(folder: str, read: int) -> None:
    paths = sorted(shared_data(folder).glob("*.pdf"))
    good = [p for p in paths if p.stem not in PASSWORD_NEEDED | BEYOND_READING]
    assert len([extract_document(path.read_bytes()) for path in good]) == read


def five_word_sequences(text: str) -> list[tuple[str, ...]]:
    words = text.split()
    return [tuple(words[i : i + 5]) for i in range(len(words) - 4)]


def fidelity(path: Path, document: ExtractedDocument) -> tuple[int, int]:
    """How many of the true text's sequences of five words are found in clean quotes."""
    found = set(five_word_sequences(clean(document, 0, len(document.text))))
    truth = (path.parent / "truth" / f"{path.name[:2]}.txt").read_text(encoding="utf-8")
    wanted = five_word_sequences(truth)
    return sum(sequence in found for sequence in wanted), len(wanted)


@pytest.mark.slow
def test_generated_papers_have_every_page_and_title_and_quotes_as_written() -> None:
    folder = shared_data("corpus46")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert len(manifest) == len(list(folder.glob("*.pdf"))) == 46
    pages = right = wanted = 0
    for entry in manifest:
        path = folder / entry["file"]
        extracted = extract_document(path.read_bytes())
        assert len(extracted.pages) == entry["pages"]
        assert extracted.text_state == "good"
        assert extracted.title == entry["title"]
        pages += len(extracted.pages)
        found, sought = fidelity(path, extracted)
        right, wanted = right + found, wanted + sought
    assert pages == 1829
    assert right / wanted >= 0.999
