"""Find in document: as one types, marked everywhere, and the place selected at the end."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.coding.documents import list_documents
from app.ui.reading.find_bar_feature import FindInDocument
from app.ui.reading.page_numbers import PageNumbers
from app.ui.tasks import tasks
from tests.ui.reading.pages import SHIFT_KEY, Reader

Key = Qt.Key


def finder(reader: Reader) -> FindInDocument:
    found = reader.place.features["FindInDocument"]
    assert isinstance(found, FindInDocument)
    return found


def look_for(reader: Reader, words: str) -> FindInDocument:
    """Open the row with its action and type."""
    find = finder(reader)
    reader.trigger("read.find")
    assert find.bar is not None
    find.bar.field.clear()
    QTest.keyClicks(find.bar.field, words)
    settled(reader, find)
    return find


def settled(reader: Reader, find: FindInDocument) -> None:
    """Wait until what was typed last has been looked for and shown."""
    reader.qtbot.waitUntil(lambda: not find._soon.isActive() and not tasks._endings)


def words_of(reader: Reader, find: FindInDocument) -> list[str]:
    return [" ".join(reader.text[start:end].split()).casefold() for start, end in find.hits]


def test_typing_finds_marks_and_counts(reader: Reader) -> None:
    find = look_for(reader, "the panel stopped")
    assert words_of(reader, find) == ["the panel stopped"] * 4
    assert find.bar.count.text() == "1 of 4"
    assert len(reader.place.minimap.ticks) == 4
    page = reader.state.page_of(find.hits[0][0])
    assert page == 2
    assert page in reader.canvas.visible_parts()
    reader.settle()
    assert len(find._on_page(2, 1.0)) == 4
    QTest.keyClicks(find.bar.field, " never")
    settled(reader, find)
    assert find.bar.count.text() == "Not found"
    assert not reader.place.minimap.ticks


def test_stepping_and_leaving_with_the_place_selected(reader: Reader) -> None:
    find = look_for(reader, "the panel stopped")
    QTest.keyClick(find.bar.field, Key.Key_Return)
    assert find.bar.count.text() == "2 of 4"
    QTest.keyClick(find.bar.field, Key.Key_Return, SHIFT_KEY)
    QTest.keyClick(find.bar.field, Key.Key_Return, SHIFT_KEY)
    assert find.bar.count.text() == "4 of 4"
    reader.trigger("read.find_next")
    reader.trigger("read.find_next")
    assert find.bar.count.text() == "2 of 4"
    second = find.hits[1]
    QTest.keyClick(find.bar.field, Key.Key_Escape)
    assert not find.is_open
    assert not find.hits
    assert (reader.state.selection.start, reader.state.selection.end) == second
    assert reader.canvas.hasFocus()
    reader.press_hot_key()
    (coding,) = reader.stored()
    assert (coding.start, coding.end) == second


def test_whole_words_and_case(reader: Reader) -> None:
    find = look_for(reader, "panel")
    many = len(find.hits)
    QTest.mouseClick(find.bar.case, Qt.MouseButton.LeftButton)
    find.bar.field.setText("Panel")
    settled(reader, find)
    reader.qtbot.waitUntil(lambda: not find.hits)
    QTest.mouseClick(find.bar.case, Qt.MouseButton.LeftButton)
    find.bar.field.setText("pane")
    reader.qtbot.waitUntil(lambda: len(find.hits) == many)
    QTest.mouseClick(find.bar.whole, Qt.MouseButton.LeftButton)
    reader.qtbot.waitUntil(lambda: not find.hits)


def test_the_selection_is_looked_for_and_the_nearest_place_comes_first(reader: Reader) -> None:
    start, end = reader.find("asked why.")
    third = [i for i in range(len(reader.text)) if reader.text.startswith("drawer", i)][2]
    reader.canvas.go_to_page(2)
    reader.settle()
    reader.drag(third, third + len("drawer"))
    find = finder(reader)
    reader.trigger("read.find")
    reader.qtbot.waitUntil(lambda: bool(find.hits))
    assert find.bar.field.text() == "drawer"
    assert find.bar.count.text() == "3 of 4"
    assert start < end


def test_another_document_is_searched_for_the_same_words(reader: Reader) -> None:
    find = look_for(reader, "panel")
    assert find.hits
    scan = next(d for d in list_documents(reader.window.bridge.project) if "Scan" in d.file_name)
    reader.open(scan.id)
    reader.qtbot.waitUntil(lambda: find.bar.count.text() == "Not found")
    assert not find.hits


def test_rows_above_the_pages_take_each_others_place(reader: Reader) -> None:
    find = look_for(reader, "panel")
    assert find.bar is not None
    numbers = reader.place.features["PageNumbers"]
    assert isinstance(numbers, PageNumbers)
    reader.trigger("read.page_numbers")
    assert numbers.numbers is not None
    assert numbers.numbers.isVisible()
    assert numbers.numbers.field.hasFocus()
    assert not find.bar.isVisible()
    assert not find.hits
    reader.trigger("read.find")
    assert find.bar.isVisible()
    assert find.bar.field.hasFocus()
    assert not numbers.numbers.isVisible()
