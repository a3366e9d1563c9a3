"""Selecting words by mouse and keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from app.ui.reading.selection import Selection
from tests.ui.reading.pages import Reader

SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
PANEL = "Most members described the panel"


def test_drag_selects_characters_in_a_word_and_words_beyond_it(reader: Reader) -> None:
    start, _ = reader.find("described")
    reader.drag(start + 2, start + 6)
    assert reader.selected == "scri"
    reader.drag(start + 2, reader.find("panel")[0] + 2)
    assert reader.selected.replace("\n", " ") == "described the panel"


def test_alt_drag_is_exact(reader: Reader) -> None:
    start, _ = reader.find("described the")
    reader.drag(start + 2, start + 11, ALT)
    assert reader.selected.replace("\n", " ") == "scribed t"


def test_drag_across_columns_and_pages_follows_reading_order(reader: Reader) -> None:
    start, end = reader.find("remit ended.")[0], reader.find("No handover")[1]
    reader.drag(start, end)
    assert reader.selected.split()[0] == "remit"
    assert reader.selected.split()[-2:] == ["No", "handover"]


@pytest.mark.parametrize(
    ("clicks", "expected"),
    [
        (2, "Minutes"),
        (3, "Minutes were kept and actions were named."),
    ],
)
def test_clicks_pick_word_and_sentence(reader: Reader, clicks: int, expected: str) -> None:
    reader.click(reader.middle("Minutes were kept"), clicks)
    assert reader.selected.replace("\n", " ") == expected


def test_fourth_click_picks_the_paragraph(reader: Reader) -> None:
    reader.click(reader.middle("Minutes were kept"), 4)
    assert "Minutes were kept" in reader.selected.replace("\n", " ")
    assert len(reader.selected) > len("Minutes were kept and actions were named.")


def test_shift_click_extends(reader: Reader) -> None:
    reader.select(PANEL)
    reader.click(reader.point(reader.find("began to move")[1]), 1, SHIFT)
    assert reader.selected.replace("\n", " ").endswith("cases began to move")
    assert reader.selected.startswith("Most")


def test_keyboard_moves_the_caret_and_extends(reader: Reader) -> None:
    start, _ = reader.find("Minutes")
    reader.click(reader.point(start))
    reader.key(Qt.Key.Key_Right, SHIFT)
    reader.key(Qt.Key.Key_Right, SHIFT)
    assert reader.selected == "Mi"
    reader.key(Qt.Key.Key_Right, SHIFT | CONTROL)
    assert reader.selected == "Minutes"
    reader.key(Qt.Key.Key_Escape)
    assert reader.state.selection.empty
    reader.key(Qt.Key.Key_Home)
    first = reader.state.selection.head
    reader.key(Qt.Key.Key_Down)
    assert reader.state.selection.head > first
    reader.key(Qt.Key.Key_Up)
    assert reader.state.selection.head == first
    reader.key(Qt.Key.Key_End)
    assert reader.text[reader.state.selection.head] == "\n"


def test_s_and_p_extend_by_sentence_and_paragraph(reader: Reader) -> None:
    reader.click(reader.middle("actions were named"))
    reader.type("s")
    assert reader.selected.replace("\n", " ") == "Minutes were kept and actions were named."
    reader.type("s")
    assert reader.selected.replace("\n", " ").endswith("had no housing partner.")
    reader.key(Qt.Key.Key_S, SHIFT)
    assert reader.selected.startswith("Most members")
    reader.key(Qt.Key.Key_Escape)
    reader.type("p")
    assert "Referrals waited" in reader.selected.replace("\n", " ")


def test_page_down_scrolls_and_down_crosses_pages(reader: Reader) -> None:
    reader.click(reader.middle("Most members"))
    reader.key(Qt.Key.Key_PageDown)
    assert reader.canvas.verticalScrollBar().value() > 0
    reader.canvas.go_to_page(1)
    last = reader.find("Caseloads were small")[0]
    reader.state.select(Selection(last, last))
    reader.settle()
    for _ in range(4):
        reader.key(Qt.Key.Key_Down)
    assert reader.state.page_of(reader.state.selection.head) == 2


def test_rotated_page_selects_what_is_under_the_pointer(reader: Reader) -> None:
    reader.click(reader.middle("table stands"), 2)
    assert reader.selected == "table"
    assert reader.state.page_of(reader.state.selection.start) == 3
    width, height = reader.state.text.sizes[2] if reader.state.text else (0, 0)
    assert width > height
    box = reader.canvas.span_rect(reader.state.selection.start, reader.state.selection.end)
    assert box.width() > box.height()


def test_copy_gives_clean_words_with_source(reader: Reader) -> None:
    reader.select("Two of the five sites had no housing partner.")
    reader.trigger("read.copy")
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("“Two of the five sites had no housing partner.” (")
    assert copied.endswith("p. 1)")
