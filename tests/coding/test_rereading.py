"""Real PDFs read anew, recognised, repaired, reordered; through the worker and the commands."""

import json

import pymupdf
import pytest

from app.cli import main
from app.coding import rereading
from app.coding.adding import add_pdfs
from app.coding.documents import list_documents, load_geometry, load_text
from app.coding.ligatures import repaired_words, repairs_of
from app.coding.search import search
from app.coding.text_layers import preview_text, replace_text, text_facts
from app.documents import ocr
from app.documents.engine import PdfEngine
from app.documents.find import find_some, prepare
from app.documents.geometry import PageGeometry
from app.errors import UserError
from app.models import Project
from tests.documents.making import column, lines, make_pdf

DAMAGED = (
    "The confdential ofce kept difcult cases of great beneft to efcient staf.",
    "Tese signifcant fndings were identifed by a qualifed team of the ofce.",
)


def scan() -> bytes:
    printed = lines("Nobody had told them", "where it ended")
    words = pymupdf.open(stream=make_pdf([printed], size=18))
    picture = words[0].get_pixmap(dpi=150)
    document = pymupdf.open()
    page = document.new_page()
    page.insert_image(page.rect, pixmap=picture)
    return document.tobytes()


@pytest.fixture(scope="module")
def engine():
    made = PdfEngine()
    yield made
    made.close()


@pytest.fixture(scope="module")
def made(tmp_path_factory, engine):
    folder = tmp_path_factory.mktemp("rereading")
    columns = column("Left", x=72, count=4) + column("Right", x=320, count=4)
    (folder / "columns.pdf").write_bytes(make_pdf([columns, lines("The second page stays.")]))
    (folder / "damaged.pdf").write_bytes(make_pdf([lines(*DAMAGED)]))
    (folder / "scan.pdf").write_bytes(scan())
    project = Project.create(folder / "made.cofactor", title="Rereading")
    add_pdfs(project, engine, [folder])
    project.close()
    return folder


@pytest.fixture
def project(made, tmp_path):
    path = tmp_path / "review.cofactor"
    path.write_bytes((made / "made.cofactor").read_bytes())
    opened = Project.open(path, back_up=False)
    yield opened
    opened.close()


def the(project, name):
    return next(d.id for d in list_documents(project) if d.file_name == name)


def put(project, document, new):
    preview = preview_text(project, document, new)
    replace_text(project, preview)
    return load_text(project, document)


def test_reading_again_with_the_same_version_changes_nothing(project, engine):
    document = the(project, "columns.pdf")
    preview = preview_text(project, document, rereading.read_again(project, engine, document))
    assert preview.is_same


def test_a_page_is_put_in_another_order_with_its_boxes(project, engine):
    document = the(project, "columns.pdf")
    before = load_text(project, document)
    lines_before = before.text[: before.page_range(1)[1]].split("\n")
    new = rereading.reordered_text(project, engine, document, {1: "rows"})
    assert new.reason == "Reading order of page 1"
    text = put(project, document, new)
    page = text.text[: text.page_range(1)[1]]
    assert page.split("\n")[:2] == [lines_before[0], lines_before[4]]
    assert text.orders == ("rows", before.orders[1])
    assert text.text.endswith("The second page stays.")
    boxes = PageGeometry.unpack(load_geometry(project, text.text_layer_id, 1), page).boxes
    at = page.index("Right 00")
    assert boxes[0, 0] < 80 < 300 < boxes[at, 0]
    assert boxes[0, 1] == pytest.approx(boxes[at, 1], abs=1)
    turned = rereading.reordered_text(project, engine, document, {1: [7, 6, 5, 4, 3, 2, 1, 0]})
    assert turned.pages[0].text.split("\n") == page.split("\n")[::-1]
    assert turned.pages[0].order.startswith("lines:")
    assert text_facts(project, document).reordered_pages == (1,)


def test_words_are_recognised_only_where_there_are_none(project, engine):
    if ocr.find_tesseract() is None:
        pytest.skip("Tesseract is not installed here: nothing can be recognised")
    with pytest.raises(UserError, match="Every page"):
        rereading.recognised(project, engine, the(project, "columns.pdf"))
    document = the(project, "scan.pdf")
    assert text_facts(project, document).empty_pages == (1,)
    told = []
    new = rereading.recognised(
        project, engine, document, progress=lambda *facts: told.append(facts)
    )
    assert told[0] == (0, 1, "Recognising page 1")
    text = put(project, document, new)
    assert text.text == "Nobody had told them\nwhere it ended"
    assert text_facts(project, document).layer.extractor == "tesseract"
    assert PageGeometry.unpack(load_geometry(project, text.text_layer_id, 1), text.text)
    assert search(project, "nobody")
    stopped = rereading.recognised(project, engine, document, pages=[1], cancelled=lambda: True)
    assert stopped is None


def test_without_tesseract_the_way_to_it_is_told(project, engine, monkeypatch):
    monkeypatch.setattr(rereading, "find_tesseract", lambda: None)
    with pytest.raises(UserError, match="not installed") as told:
        rereading.recognised(project, engine, the(project, "scan.pdf"))
    assert "apt install tesseract-ocr" in told.value.hint


def test_words_with_lost_ligatures_are_found_and_quoted_as_meant(project):
    document = the(project, "damaged.pdf")
    (hit,) = search(project, "confidential")
    text = load_text(project, document).text
    assert text[hit.start : hit.end] == "confdential", "the text keeps what the file says"
    assert search(project, '"difficult cases of great benefit"')
    start = text.index("The confdential")
    assert repaired_words(project, document, start, start + 20).startswith("The confidential")
    (spelt,) = search(project, "confdential")
    assert (spelt.start, spelt.end) == (hit.start, hit.end)
    repairs = repairs_of(project, document)
    prepared = prepare(text, (), frozenset(), repairs=repairs)
    for words in ("confidential office", "confdential", "difficult CASES"):
        ((first, last),) = find_some(prepared, words)
        assert text[first:last].split()[0] in ("confdential", "difcult")
    other = the(project, "columns.pdf")
    assert repairs_of(project, other) == {}
    assert repaired_words(project, other, 0, 20) == ""


def test_letters_that_follow_no_rule_are_not_guessed(project, engine):
    with pytest.raises(UserError, match="no rule"):
        rereading.with_letters(project, engine, the(project, "columns.pdf"))


def test_the_commands_preview_replace_and_say_so(made, tmp_path, capsys):
    path = tmp_path / "commands.cofactor"
    path.write_bytes((made / "made.cofactor").read_bytes())
    assert main(["reread", str(path), "columns.pdf", "--order", "rows", "--pages", "1",
                 "--dry-run"]) == 0  # fmt: skip
    assert "Nothing was changed." in capsys.readouterr().err
    assert main(["reread", str(path), "columns.pdf", "--order", "rows", "--pages", "1",
                 "--json"]) == 0  # fmt: skip
    assert json.loads(capsys.readouterr().out)["replaced"] is True
    assert main(["text-layers", str(path), "columns.pdf", "--json"]) == 0
    (facts,) = json.loads(capsys.readouterr().out)
    assert len(facts["layers"]) == 2
    assert main(["reread", str(path), "columns.pdf", "--layer", facts["layers"][1]["id"]]) == 0
    assert main(["text-layers", str(path)]) == 0
    assert "columns.pdf: mupdf" in capsys.readouterr().out
    assert main(["reread", str(path), "columns.pdf", "--order", "rows", "--pages", "9"]) == 1
    assert main(["reread", str(path), "columns.pdf", "--ocr", "--letters"]) == 2
    copy = tmp_path / "copy.pdf"
    document = pymupdf.open(made / "columns.pdf")
    document.new_page(0).insert_text((72, 120), "A cover page of the library.")
    document.save(copy)
    assert main(["reread", str(path), "columns.pdf", "--copy", str(copy)]) == 0
    assert "3 pages instead of 2." in capsys.readouterr().err
    assert main(["pages", str(path), "copy.pdf", "--printed", "2=87", "--cover", "1",
                 "--turn", "3=90", "--json"]) == 0  # fmt: skip
    told = json.loads(capsys.readouterr().out)
    assert [(one["page"], one["printed"]) for one in told][1:] == [(2, "87"), (3, "88")]
    assert (told[0]["cover"], told[2]["turned"]) == (True, 90)
    assert main(["pages", str(path), "copy.pdf", "--as-in-file", "--cover", "none"]) == 0
    assert "cover page" not in capsys.readouterr().out
    assert main(["pages", str(path), "copy.pdf", "--printed", "two"]) == 1
    assert main(["pages", str(path), "copy.pdf", "--turn", "3=45"]) == 1
