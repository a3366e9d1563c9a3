"""The panel about the text, the queue of codings to place, and the reading order: by keys."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from app.coding.anchor_review import count_anchors
from app.coding.areas import code_area
from app.coding.documents import list_documents, load_text
from app.coding.passages import code_passage
from app.coding.text_layers import present_pages, preview_text, replace_text
from app.documents.new_text import from_pages
from app.documents.ocr import Tesseract
from app.ui.reading.order_feature import ReadingOrder
from app.ui.reading.review_feature import AnchorReview
from app.ui.reading.text_feature import TextOfDocument, recogniser
from tests.ui.reading.pages import SHIFT_KEY, Reader

Key = Qt.Key
KEPT = "Two of the five sites had no housing partner"
CHANGED = "Minutes were kept and actions were named"
GONE = "Most members described the panel"


def words_in(widget: QWidget) -> str:
    return " ".join(found.text() for found in widget.findChildren(QLabel) if not found.isHidden())


def texts(reader: Reader) -> TextOfDocument:
    found = reader.place.features["TextOfDocument"]
    assert isinstance(found, TextOfDocument)
    return found


def review(reader: Reader) -> AnchorReview:
    found = reader.place.features["AnchorReview"]
    assert isinstance(found, AnchorReview)
    return found


def layer(reader: Reader) -> str:
    assert reader.state.text is not None
    return reader.state.text.text_layer_id


def put_other_text(reader: Reader) -> None:
    """Give the document a text in which one coding is unsure and one is gone."""
    project, document = reader.window.bridge.project, reader.state.info_id
    assert reader.state.codebook is not None
    code = reader.state.codebook.codes[0].id
    for words in (KEPT, CHANGED, GONE):
        start, end = reader.find(words)
        code_passage(project, document, start, end, code)
    pages = list(present_pages(load_text(project, document)))
    text = " ".join(pages[0].text.split())
    text = text.replace("Minutes were kept and actions", "Mimutes werc kepl amd actioms")
    lost = text.index("the place where")
    pages[0] = replace(
        pages[0], text="Nobody said so. " + text[lost:], furniture=(), joins=(), blocks=(0,)
    )
    preview = preview_text(project, document, from_pages("Read again", pages, "test", "2", 0))
    assert preview is not None
    assert (preview.kept, preview.review + preview.orphan) == (1, 2)
    before = layer(reader)
    replace_text(project, preview)
    reader.qtbot.waitUntil(lambda: layer(reader) != before)
    reader.settle()


def test_the_panel_says_what_the_text_is_and_previews_another(reader: Reader) -> None:
    feature = texts(reader)
    reader.trigger("read.text")
    panel = feature.panel
    assert panel is not None
    # Labels put into a panel that is open are shown a moment later.
    reader.qtbot.waitUntil(lambda: "Read by MuPDF" in words_in(panel))
    assert panel.isVisible()
    assert not panel.buttons["letters"].isEnabled()
    assert "No letters" in panel.buttons["letters"].accessibleDescription()
    QTest.keyClick(panel.buttons["again"], Key.Key_Space)
    reader.qtbot.waitUntil(lambda: feature.preview is not None)
    assert "nothing would change" in words_in(panel)
    assert panel.use is None, "the same text is not offered"
    QTest.keyClick(panel, Key.Key_Escape)
    assert feature.preview is None
    QTest.keyClick(panel, Key.Key_Escape)
    assert not panel.isVisible()
    assert reader.canvas.hasFocus()


def test_a_bad_text_leads_to_the_panel(reader: Reader) -> None:
    scan = next(
        d.id for d in list_documents(reader.window.bridge.project) if d.text_state == "none"
    )
    reader.open(scan)
    (bar,) = (bar for bar in reader.bars() if bar.notice.key == "text")
    button = next(b for b in bar.findChildren(QPushButton) if b.text() == "See what can be done")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    panel = texts(reader).panel
    assert panel is not None
    reader.qtbot.waitUntil(lambda: "no text" in words_in(panel))
    assert words_in(panel).lower().count("no text") == 1


def test_the_order_of_blocks_is_changed_by_keys_previewed_and_undone(reader: Reader) -> None:
    order = reader.place.features["ReadingOrder"]
    assert isinstance(order, ReadingOrder)
    before, stored = layer(reader), reader.text
    reader.trigger("read.order")
    assert order.bar is not None
    assert len(order.blocks(1)) == 2
    reader.canvas.grab()  # numbers and arrows are painted
    QTest.keyClick(order.bar, Key.Key_Down)
    QTest.keyClick(order.bar, Key.Key_Up, SHIFT_KEY)
    assert order.order(1) == [1, 0]
    QTest.keyClick(order.bar, Key.Key_Return)
    feature = texts(reader)
    reader.qtbot.waitUntil(lambda: feature.preview is not None)
    assert feature.panel is not None
    assert "The words of page 1 change." in words_in(feature.panel)
    assert feature.panel.use is not None
    QTest.keyClick(feature.panel.use, Key.Key_Space)
    reader.qtbot.waitUntil(lambda: layer(reader) != before)
    assert reader.text.startswith("No handover")
    assert reader.text.index("Most members") > 0
    reader.settle()
    reader.trigger("edit.undo")
    reader.qtbot.waitUntil(lambda: layer(reader) == before)
    assert reader.text == stored
    QTest.keyClick(order.bar, Key.Key_Escape)
    assert not order.is_shown


def test_codings_are_placed_by_keys_one_after_the_other(reader: Reader) -> None:
    feature = review(reader)
    put_other_text(reader)
    reader.qtbot.waitUntil(lambda: len(feature.queue) == 2)
    assert any("have to be placed" in told for told in reader.notices())
    reader.trigger("read.to_place")
    panel = feature.panel
    assert panel is not None
    reader.qtbot.waitUntil(lambda: "1 of 2 codings to place" in words_in(panel))
    reader.canvas.grab()  # the likeliest place is painted
    if feature.one is not None and feature.one.state == "orphan":
        QTest.keyClick(panel, Key.Key_Down)
    one = feature.one
    assert one is not None
    assert one.state == "review"
    assert one.quote.replace("\n", " ") == CHANGED
    QTest.keyClick(panel, Key.Key_Return)
    reader.qtbot.waitUntil(lambda: len(feature.queue) == 1)
    project = reader.window.bridge.project
    assert (count_anchors(project).open, count_anchors(project).settled) == (1, 1)
    reader.qtbot.waitUntil(lambda: reader.state.codings[one.coding_id].anchor_state == "moved")
    assert "Nothing like it was found" in words_in(panel)
    QTest.keyClick(panel, Key.Key_Return)
    assert count_anchors(project).open == 1, "nothing is selected yet"
    reader.select("Nobody said so")
    QTest.keyClick(panel, Key.Key_Return)
    reader.qtbot.waitUntil(lambda: not feature.queue)
    assert "Nothing to place" in words_in(panel)
    reader.trigger("edit.undo")
    reader.qtbot.waitUntil(lambda: len(feature.queue) == 1)
    QTest.keyClick(panel, Key.Key_Delete)
    reader.qtbot.waitUntil(lambda: not feature.queue)
    assert project.undo_label == "Coding is not in this text"
    QTest.keyClick(panel, Key.Key_Escape)
    assert not feature.is_shown


@pytest.mark.parametrize("action", ["read.text", "read.order", "read.to_place"])
def test_without_a_document_nothing_opens(reader: Reader, action: str) -> None:
    reader.place.close_document()
    reader.window.actions_table[action].trigger()
    assert not texts(reader).is_shown
    assert not review(reader).is_shown


def test_an_area_is_placed_on_the_page_in_view(reader: Reader) -> None:
    project, feature = reader.window.bridge.project, review(reader)
    assert reader.state.text is not None
    assert reader.state.info is not None
    code_area(project, reader.state.info.id, 2, (60, 100, 200, 200), reader.hot_code.id)
    pages = present_pages(reader.state.text)
    other = "Wholly other words stand on this page, and there are enough of them to be known. " * 3
    changed = [pages[0], replace(pages[1], text=other), replace(pages[2], text=other[::-1])]
    plain = [replace(page, furniture=(), joins=(), blocks=(0,)) for page in changed]
    new = from_pages("Read again", plain, "test", "2", 0)
    before = layer(reader)
    replace_text(project, preview_text(project, reader.state.info.id, new))
    reader.qtbot.waitUntil(lambda: layer(reader) != before)
    reader.settle()
    reader.qtbot.waitUntil(lambda: len(feature.queue) == 1, timeout=10000)
    reader.trigger("read.to_place")
    panel = feature.panel
    assert panel is not None
    reader.qtbot.waitUntil(lambda: "An area of a page" in words_in(panel))
    reader.canvas.go_to_page(3)
    reader.settle()
    QTest.keyClick(panel, Key.Key_Return)
    reader.qtbot.waitUntil(lambda: not feature.queue)
    (coding,) = reader.stored()
    assert (coding.page_first, coding.anchor_state) == (3, "exact")


def test_the_recogniser_is_told_with_the_languages_that_it_knows() -> None:
    found = Tesseract("tesseract", "5.3.0", ("eng",))
    assert recogniser(found, "en") == "Tesseract 5.3.0 is installed; it reads English."
    assert "For German its language data have to be installed first." in recogniser(found, "de")
