"""Words recognised in pictures: Tesseract's table, finding it, and a real page where it is."""

import subprocess
import sys

import pymupdf
import pytest

from app.documents import ocr
from app.documents.page_geometry import read_geometry
from app.documents.problems import DocumentProblem
from tests.documents.making import lines, make_pdf

HEAD = (
    "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
)
ROWS = (
    "1\t1\t0\t0\t0\t0\t0\t0\t1000\t1000\t-1\t",
    "5\t1\t1\t1\t1\t1\t100\t50\t80\t20\t96.5\tThe",
    "5\t1\t1\t1\t1\t2\t200\t50\t100\t20\t91\tpanel",
    '5\t1\t1\t1\t2\t1\t100\t90\t60\t20\t88\t"met',
    "5\t1\t1\t1\t2\t2\t170\t90\t60\t20\t4\t~~",
    "5\t1\t2\t1\t1\t1\t100\t400\t60\t20\t88\tOver",
)


def test_the_table_becomes_lines_with_a_box_for_each_letter() -> None:
    geometry = ocr.geometry_of("\n".join((HEAD, *ROWS)), 0.5, 0.5)
    assert geometry.text == 'The panel\n"met\nOver', "what was hardly read is left out"
    assert geometry.boxes[0].tolist() == pytest.approx([50, 25, 50 + 40 / 3, 35], abs=0.1)
    assert geometry.boxes[4].tolist() == pytest.approx([100, 25, 110, 35], abs=0.1)
    assert geometry.boxes[3, 2] == pytest.approx(100, abs=0.1), "the space fills its gap"
    assert geometry.unpack(geometry.pack(), geometry.text).text == geometry.text
    assert ocr.geometry_of(HEAD, 1, 1).text == ""


def test_the_language_is_the_document_s_where_tesseract_knows_it() -> None:
    found = ocr.Tesseract("tesseract", "5.3.0", ("deu", "eng"))
    assert ocr.languages_for(found, "de") == "deu"
    assert ocr.languages_for(found, "vi") == "eng"
    assert ocr.languages_for(ocr.Tesseract("t", "5", ("fra",)), "") == "fra"
    assert found.sentence == "Tesseract 5.3.0 is installed; it reads deu, eng."


def test_without_tesseract_there_is_none_and_a_page_says_so(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(ocr, "_USUAL_PLACES", ())
    assert ocr.find_tesseract() is None
    document = pymupdf.open(stream=make_pdf([lines("Words")]))
    with pytest.raises(DocumentProblem, match="not installed"):
        read_geometry(document[0], "ocr:eng")


@pytest.mark.skipif(sys.platform == "win32", reason="makes a shell script")
def test_a_program_that_does_not_answer_is_none(monkeypatch, tmp_path) -> None:
    script = tmp_path / "tesseract"
    script.write_text("#!/bin/sh\nexit 3\n")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert ocr.find_tesseract() is None
    with pytest.raises(subprocess.CalledProcessError):
        ocr._run([str(script)], 5.0)


def test_the_words_of_a_picture_are_read_where_they_stand() -> None:
    if ocr.find_tesseract() is None:
        pytest.skip("Tesseract is not installed here: nothing can be recognised")
    words = pymupdf.open(
        stream=make_pdf([lines("Nobody had told them", "where it ended")], size=18)
    )
    picture = words[0].get_pixmap(dpi=150)
    scan = pymupdf.open()
    page = scan.new_page()
    page.insert_image(page.rect, pixmap=picture)
    geometry = read_geometry(page, "ocr:eng")
    assert geometry.text.split("\n") == ["Nobody had told them", "where it ended"]
    printed = words[0].search_for("told")[0]
    at = geometry.text.index("told")
    read = geometry.boxes[at : at + 4]
    assert read[0, 0] == pytest.approx(printed.x0, abs=4)
    assert read[3, 2] == pytest.approx(printed.x1, abs=4)
