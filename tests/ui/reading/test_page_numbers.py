"""Going to a page by its number, correcting numbers, turning pages."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from app.coding.document_views import view_of
from app.documents.labels import page_of_label
from app.ui.reading.page_numbers import PageNumbers
from tests.ui.reading.pages import Reader
from tests.ui.reading.test_areas import draw, near, on_page

Key = Qt.Key


def numbers(reader: Reader) -> PageNumbers:
    found = reader.place.features["PageNumbers"]
    assert isinstance(found, PageNumbers)
    return found


def go_to(reader: Reader, words: str) -> None:
    reader.trigger("read.go_to_page")
    goer = numbers(reader).goer
    assert goer is not None
    goer.field.setText(words)
    QTest.keyClick(goer.field, Key.Key_Return)


def test_which_page_is_asked_for() -> None:
    labels = ("i", "ii", "", "5", "i")
    asked = {"I": 1, " ii ": 2, "3": 3, "5": 4, "#5": 5, "# 2": 2, "#6": None, "4": None, "": None}
    assert {words: page_of_label(labels, words) for words in asked} == asked


def test_going_to_a_page_and_to_none(reader: Reader) -> None:
    go_to(reader, "4")
    assert reader.canvas.position()[0] == 4
    assert not numbers(reader).goer.isVisible()
    assert reader.canvas.hasFocus()
    go_to(reader, "99")
    assert "No page is numbered 99" in numbers(reader).goer.told.text()
    QTest.keyClick(numbers(reader).goer.field, Key.Key_Escape)
    go_to(reader, "#2")
    assert reader.canvas.position()[0] == 2


def test_numbers_are_corrected_shown_and_undone(reader: Reader) -> None:
    go_to(reader, "2")
    reader.trigger("read.page_numbers")
    bar = numbers(reader).numbers
    assert bar.question.text() == "Page 2 of 6 is printed as"
    bar.field.setText("x")
    QTest.keyClick(bar.field, Key.Key_Return)
    assert "Type the number" in bar.told.text()
    bar.field.setText("867")
    QTest.keyClick(bar.field, Key.Key_Return)
    assert reader.state.text.label_of(2) == "867"
    assert reader.place._tools._pages.text() == "Page 867 (2 of 6)"
    go_to(reader, "866")
    assert reader.canvas.position()[0] == 1
    reader.trigger("read.page_numbers")
    QTest.mouseClick(bar.cover, Qt.MouseButton.LeftButton)
    assert reader.state.text.label_of(1) == "cover"
    reader.select("Minutes were kept")
    reader.place.copy()
    assert QGuiApplication.clipboard().text().endswith("p. cover)")
    QTest.keyClick(bar, Key.Key_Escape)
    assert not bar.isVisible()
    reader.trigger("edit.undo")
    reader.trigger("edit.undo")
    assert reader.state.text.label_of(2) == "2"
    reader.trigger("read.page_numbers")
    assert not bar.file.isEnabled()


def test_a_turned_page_keeps_its_codings_in_place(reader: Reader) -> None:
    reader.select("Minutes were kept")
    reader.press_hot_key(0)
    draw(reader, 1, (60, 420, 260, 560))
    reader.press_hot_key(1)
    area_id = reader.state.active_id
    before = {coding.id: (coding.start, coding.end, coding.area) for coding in reader.stored()}
    reader.trigger("read.turn_right")
    reader.settle()
    assert view_of(reader.window.bridge.project, reader.state.info_id).turns == {1: 90}
    assert reader.state.text.sizes[0] == (842, 595)
    assert reader.state.active_id == area_id
    assert near(reader.state.active.area.edges, (842 - 560, 60, 842 - 420, 260))
    assert {c.id: (c.start, c.end, c.area) for c in reader.stored()} == before
    # Words are found where they are seen now: ink under the point that geometry gives.
    start, end = reader.find("Minutes were kept")
    reader.canvas.reveal(start, end, flash=False)
    box = reader.canvas.span_rect(start, start + 7).toAlignedRect()
    assert box.height() > box.width()
    image = reader.canvas.viewport().grab(box).toImage()
    inked = sum(
        image.pixelColor(x, y).lightness() < 120
        for x in range(image.width())
        for y in range(image.height())
    )
    assert inked > 20
    assert reader.canvas.offset_at(box.center().toPointF()) in range(start, start + 8)
    draw(reader, 1, (300, 300, 400, 380))
    reader.press_hot_key(0)
    made = next(c for c in reader.stored() if c.id not in before and c.area)
    assert near(made.area, (300, 842 - 400, 380, 842 - 300))
    reader.trigger("edit.undo")
    reader.trigger("edit.undo")
    assert reader.state.text.sizes[0] == (595, 842)
    reader.settle()
    reader.click(on_page(reader, 1, 80, 430))
    assert reader.state.active_id == area_id
