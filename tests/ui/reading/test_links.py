"""The contents of a document, its links, and the way back."""

from pathlib import Path

import pymupdf
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from app.coding.adding import add_pdfs
from app.documents.engine import PdfEngine
from app.documents.links import read_links
from app.documents.outline import OutlineEntry, read_outline, section_at
from app.ui.reading.links import Links
from app.ui.reading.outline import NO_OUTLINE, Outline
from tests.ui.reading.pages import CONTROL_KEY, Reader
from tests.ui.reading.test_areas import on_page

OUTSIDE = "https://example.org/paper"


def linked_pdf(rotation: int = 0) -> bytes:
    """Return four pages with contents, a link to page 3 and one to an address."""
    document = pymupdf.open()
    for number in range(4):
        document.new_page(width=600, height=800).insert_text((72, 100), f"Page {number + 1} words")
    first = document[0]
    goto = {"kind": pymupdf.LINK_GOTO, "page": 2, "to": pymupdf.Point(0, 400)}
    first.insert_link({**goto, "from": pymupdf.Rect(70, 88, 110, 104)})
    first.insert_link(
        {"kind": pymupdf.LINK_URI, "from": pymupdf.Rect(70, 188, 130, 204), "uri": OUTSIDE}
    )
    there = {"kind": pymupdf.LINK_GOTO, "page": 2, "to": pymupdf.Point(0, 400)}
    document.set_toc([[1, "One", 1], [2, "Within  three", 3, there], [1, "Lost", -1]])
    for page in document:
        page.set_rotation(rotation)
    return document.tobytes()


@pytest.fixture
def linked(reader: Reader, engine: PdfEngine, tmp_path: Path) -> Reader:
    """The reading view with a document that has links and contents."""
    path = tmp_path / "Linked 2020.pdf"
    path.write_bytes(linked_pdf())
    added = add_pdfs(reader.window.bridge.project, engine, [path]).added
    reader.open(added[0])
    return reader


def links(reader: Reader) -> Links:
    found = reader.place.features["Links"]
    assert isinstance(found, Links)
    return found


def outline(reader: Reader) -> Outline:
    found = reader.place.features["Outline"]
    assert isinstance(found, Outline)
    return found


def known_link(reader: Reader, at: QPoint) -> None:
    reader.qtbot.waitUntil(lambda: links(reader).at(QPointF(at)) is not None)


@pytest.mark.parametrize("rotation", [0, 90])
def test_what_the_file_says(rotation: int) -> None:
    document = pymupdf.open(stream=linked_pdf(rotation), filetype="pdf")
    entries = read_outline(document)
    assert [(e.level, e.title, e.page) for e in entries] == [
        (1, "One", 1), (2, "Within three", 3),
    ]  # fmt: skip
    inside, outside = read_links(document[0])
    assert (inside.page, inside.address) == (3, "")
    assert (outside.page, outside.address) == (0, OUTSIDE)
    assert inside.box == ((70, 88, 110, 104) if not rotation else (696, 70, 712, 110))


def test_the_section_of_a_place() -> None:
    entries = [OutlineEntry(1, "A", 1, 50), OutlineEntry(2, "B", 3, 400)]
    assert [section_at(entries, *at) for at in ((1, 0), (1, 60), (3, 399), (3, 400))] == [
        -1, 0, 0, 1,
    ]  # fmt: skip


def test_contents_are_shown_followed_and_gone_to(linked: Reader) -> None:
    feature = outline(linked)
    linked.trigger("read.contents")
    linked.qtbot.waitUntil(lambda: len(feature.panel.model.entries) == 2)
    assert feature.panel.list.currentIndex().data() == "One"
    row = feature.panel.model.index(1, 0)
    spoken = row.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Within three, level 2, page 3"
    linked.qtbot.keyClick(feature.panel.list, Qt.Key.Key_Down)
    linked.qtbot.keyClick(feature.panel.list, Qt.Key.Key_Return)
    page, share = linked.canvas.position()
    assert page == 3
    assert share == pytest.approx((400 - 24) / 800, abs=0.02)
    linked.canvas.go_to_page(1)
    linked.qtbot.waitUntil(lambda: feature.panel.list.currentIndex().data() == "One")


def test_a_document_without_contents_says_so(reader: Reader) -> None:
    feature = outline(reader)
    reader.trigger("read.contents")
    reader.qtbot.waitUntil(lambda: feature.panel.words.text() == NO_OUTLINE)


def test_a_link_is_followed_with_control_and_back_and_forward(linked: Reader) -> None:
    at = on_page(linked, 1, 80, 96)
    known_link(linked, at)
    linked.click(at)
    assert linked.canvas.position()[0] == 1
    tip = QHelpEvent(QEvent.Type.ToolTip, at, linked.canvas.viewport().mapToGlobal(at))
    QApplication.sendEvent(linked.canvas.viewport(), tip)
    assert QToolTip.text() == "Ctrl and click: go to p. 3"
    linked.click(at, modifiers=CONTROL_KEY)
    assert linked.canvas.position()[0] == 3
    linked.trigger("read.back")
    assert linked.canvas.position()[0] == 1
    linked.trigger("read.forward")
    assert linked.canvas.position()[0] == 3


def test_words_of_a_link_can_be_selected(linked: Reader) -> None:
    known_link(linked, on_page(linked, 1, 80, 96))
    linked.select("Page 1")
    assert linked.selected == "Page 1"


def test_the_caret_follows_its_link(linked: Reader) -> None:
    start, _end = linked.find("Page 1")
    linked.click(linked.point(start + 2))
    linked.trigger("read.follow_link")
    linked.qtbot.waitUntil(lambda: linked.canvas.position()[0] == 3)
    linked.canvas.go_to_page(4)
    linked.settle()
    linked.click(linked.point(linked.find("Page 4")[0] + 2))
    linked.trigger("read.follow_link")
    linked.qtbot.waitUntil(lambda: any("no link" in words for words in linked.notices()))


def test_an_address_outside_is_only_offered(linked: Reader) -> None:
    at = on_page(linked, 1, 80, 196)
    known_link(linked, at)
    linked.click(at, modifiers=CONTROL_KEY)
    bar = next(bar for bar in linked.bars() if OUTSIDE in bar.notice.detail)
    assert [words for words, _act in bar.notice.buttons] == [
        "Copy the address", "Open in the browser",
    ]  # fmt: skip
    bar.notice.buttons[0][1]()
    assert QGuiApplication.clipboard().text() == OUTSIDE
