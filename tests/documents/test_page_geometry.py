import re
from pathlib import Path
from typing import Any

import numpy as np
import pymupdf
import pytest

from app.documents.geometry import PageGeometry
from app.documents.page_geometry import read_geometry
from app.documents.page_lines import read_page
from tests.documents.making import column, lines, make_pdf
from tests.shared_data import shared_data

SCALE = 2
CONTRAST = 40  # of 255


def words_without_ink(page: Any) -> list[str]:
    """Words of a page whose stored rectangles hold nothing but paper."""
    geometry = read_geometry(page, read_page(page).order)
    geometry = PageGeometry.unpack(geometry.pack(), geometry.text)
    matrix = pymupdf.Matrix(SCALE, SCALE)
    pixmap = page.get_pixmap(matrix=matrix, colorspace=pymupdf.csGRAY, alpha=False)
    paper = np.frombuffer(pixmap.samples, np.uint8).reshape(pixmap.height, pixmap.stride)
    empty = []
    for word in re.finditer(r"\S+", geometry.text):
        for rect in geometry.rects(*word.span()):
            x0, y0, x1, y1 = (round(float(edge) * SCALE) for edge in rect)
            part = paper[max(0, y0) : y1 + 1, max(0, x0) : x1 + 1]
            if not part.size or int(part.max()) - int(part.min()) < CONTRAST:
                empty.append(word[0])
    return empty


def readable_pages(path: Path) -> list[Any]:
    try:
        document = pymupdf.open(path)
        count = 0 if document.needs_pass else document.page_count
    except Exception:
        return []
    pages = []
    for index in range(count):
        try:
            pages.append(document.load_page(index))
        except Exception:
            continue
    return pages


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_boxes_stand_where_the_ink_is_on_turned_and_cropped_pages(rotation: int) -> None:
    data = make_pdf([[*column("left", x=150), *lines("right of it", x=420)]], rotation=rotation)
    with pymupdf.open(stream=data) as document:
        page = document[0]
        page.set_cropbox(pymupdf.Rect(100, 60, 560, 800))
        page = document.reload_page(page)
        geometry = read_geometry(page, read_page(page).order)
        assert words_without_ink(page) == []
        assert geometry.boxes[:, ::2].max() <= page.rect.width
        assert geometry.boxes[:, 1::2].max() <= page.rect.height


def test_neighbouring_letters_touch_and_do_not_overlap() -> None:
    with pymupdf.open(stream=make_pdf([lines("AVATAR To Wave, and on")])) as document:
        boxes = read_geometry(document[0], "stream").boxes
    assert np.allclose(boxes[1:, 0], boxes[:-1, 2])


def test_the_last_line_break_is_not_part_of_the_text() -> None:
    with pymupdf.open(stream=make_pdf([lines("one", "two"), []])) as document:
        assert read_geometry(document[0], "stream").text == "one\ntwo"
        assert read_geometry(document[1], "stream").text == ""


@pytest.mark.parametrize(
    "name",
    [
        "pj_rotation",
        "mu_test-2812",
        "pl_senate-expenditures",
        "pj_issue14415",
        "pl_issue-1054-example",
        "mu_test_4435",
        "pj_160F-2019",
        "mu_test-E_A",
    ],
)
def test_every_word_of_turned_and_cropped_real_pages_has_ink_under_it(name: str) -> None:
    for page in readable_pages(shared_data(f"pdfs/{name}.pdf")):
        assert words_without_ink(page) == []


@pytest.mark.slow
@pytest.mark.parametrize("folder", ["pdfs", "studies", "corpus46"])
def test_text_at_import_and_text_with_boxes_agree_on_every_page(folder: str) -> None:
    paths = sorted(shared_data(folder).glob("*.pdf"))
    for path in paths[::6] if folder == "corpus46" else paths:
        for page in readable_pages(path):
            reading = read_page(page)
            geometry = read_geometry(page, reading.order)
            assert geometry.text == reading.text, (path.name, page.number)
            unpacked = PageGeometry.unpack(geometry.pack(), geometry.text)
            assert np.abs(unpacked.boxes - geometry.boxes).max(initial=0) <= 0.5


@pytest.mark.slow
def test_a_character_takes_less_than_a_byte() -> None:
    packed = characters = 0
    for path in sorted(shared_data("corpus46").glob("*.pdf"))[::12]:
        for page in readable_pages(path)[::4]:
            geometry = read_geometry(page, "stream")
            packed += len(geometry.pack())
            characters += len(geometry.text)
    assert packed / characters < 1
