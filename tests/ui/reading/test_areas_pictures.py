"""Pictures of coded areas, and the extracts that show them and lead to the area."""

import pymupdf
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.coding.adding import add_pdfs
from app.coding.areas import code_area
from app.coding.codebooks import load_codebook
from app.coding.document_views import turn_page
from app.coding.listing import list_codings
from app.coding.people import choose_coder, list_coders
from app.ui.main_window import MainWindow
from app.ui.reading.areas_pictures import AreaPictures, make_pictures
from app.ui.reading.place import ReadingPlace
from app.ui.views.extracts import ExtractsPlace
from app.ui.views.extracts_model import ExtractRole

TABLE = (100.0, 200.0, 300.0, 260.0)


@pytest.fixture
def document(window: MainWindow, project_path, tmp_path) -> str:
    """The id of a PDF with a dark table on a page that is turned, coded as an area."""
    pdf = pymupdf.open()
    for _ in range(2):
        pdf.new_page(width=595, height=842).insert_text((72, 72), "Words above a table")
    pdf[1].draw_rect(pymupdf.Rect(*TABLE), fill=(0.8, 0.1, 0.1), color=None)
    pdf[1].set_rotation(90)
    path = tmp_path / "Table 2020.pdf"
    path.write_bytes(pdf.tobytes())
    assert window.open_project(project_path)
    project = window.bridge.project
    choose_coder(project, list_coders(project)[0].id)
    (added,) = add_pdfs(project, window.bridge.importer, [path]).added
    code_area(project, added, 2, TABLE, load_codebook(project).codes[0].id)
    return added


def test_a_picture_shows_the_area_whatever_turns_the_page(window: MainWindow, document) -> None:
    project, key = window.bridge.project, (document, 2, TABLE)
    for turn in (0, 90):
        if turn:
            turn_page(project, document, 2, turn)
        image = make_pictures(project, window.bridge.reader, document, [(key, 1.0)])[key]
        assert image is not None
        assert image.height() > image.width()  # the page is shown on its side
        corners = [(3, 3), (image.width() - 4, image.height() - 4)]
        assert all(image.pixelColor(*at).red() > 180 for at in corners)
        assert all(image.pixelColor(*at).green() < 60 for at in corners)


def test_an_area_of_a_cropped_page_shows_what_stands_there(
    window: MainWindow, project_path, tmp_path
) -> None:
    pdf = pymupdf.open()
    page = pdf.new_page(width=595, height=842)
    page.insert_text((172, 272), "Words above a table")
    page.draw_rect(pymupdf.Rect(150, 300, 350, 400), fill=(0.8, 0.1, 0.1), color=None)
    page.set_cropbox(pymupdf.Rect(100, 200, 500, 700))
    path = tmp_path / "Cropped 2020.pdf"
    path.write_bytes(pdf.tobytes())
    assert window.open_project(project_path)
    project = window.bridge.project
    choose_coder(project, list_coders(project)[0].id)
    (added,) = add_pdfs(project, window.bridge.importer, [path]).added
    shown = (50.0, 100.0, 250.0, 200.0)
    code_area(project, added, 1, shown, load_codebook(project).codes[0].id)
    key = (added, 1, shown)
    image = make_pictures(project, window.bridge.reader, added, [(key, 1.0)])[key]
    assert image is not None
    corners = [(3, 3), (image.width() - 4, image.height() - 4)]
    assert all(image.pixelColor(*at).red() > 180 for at in corners)
    assert all(image.pixelColor(*at).green() < 60 for at in corners)
    assert list_codings(project)[0].area == shown


def test_an_area_that_cannot_be_drawn_has_no_picture(window: MainWindow, document) -> None:
    key = (document, 9, TABLE)
    made = make_pictures(window.bridge.project, window.bridge.reader, document, [(key, 1.0)])
    assert made == {key: None}


def test_extracts_show_the_area_and_lead_to_it(window: MainWindow, document, qtbot: QtBot) -> None:
    place = window.go("extracts")
    assert isinstance(place, ExtractsPlace)
    qtbot.waitUntil(lambda: len(place.model.extracts()) == 1)
    (extract,) = place.model.extracts()
    assert extract.clean == "(area on p. 2)"
    pictures = AreaPictures.of(window.bridge)
    qtbot.waitUntil(lambda: pictures.get((document, 2, TABLE)) is not None)
    place.list.enter()
    index = place.list.currentIndex()
    assert index.data(ExtractRole.ROW) == extract
    image = pictures.get((document, 2, TABLE))
    row = place.list.visualRect(index)
    assert row.height() > image.height() / image.devicePixelRatio()
    qtbot.keyClick(place.list, Qt.Key.Key_Return)
    reading = window.workbench.place
    assert isinstance(reading, ReadingPlace)
    qtbot.waitUntil(lambda: reading.state.active_id == extract.coding_id)
    assert 2 in reading.canvas.visible_parts()
