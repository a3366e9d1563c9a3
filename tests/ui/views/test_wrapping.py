import pytest

from app.ui.theme import font
from app.ui.views.wrapping import Wrapper

TEXT = "The agreement was two pages and everyone had signed it before the first case came in."


@pytest.fixture
def wrapper(look) -> Wrapper:
    return Wrapper(font("quotation"))


@pytest.mark.parametrize("width", [90, 160, 333, 2000])
def test_lines_hold_the_whole_text_and_fit(wrapper: Wrapper, width: int) -> None:
    lines = wrapper.lines(TEXT, width)
    assert " ".join(line.text for line in lines) == TEXT
    for line in lines:
        assert TEXT[line.start :].startswith(line.text)
        assert wrapper.metrics.horizontalAdvance(line.text) <= width + 1


def test_the_last_line_that_has_room_ends_in_an_ellipsis(wrapper: Wrapper) -> None:
    lines = wrapper.lines(TEXT, 160, 2)
    assert len(lines) == 2
    assert lines[-1].text.endswith("…")
    assert wrapper.metrics.horizontalAdvance(lines[-1].text) <= 161


def test_a_word_wider_than_the_line_is_cut(wrapper: Wrapper) -> None:
    (first, second) = wrapper.lines("Donaudampfschifffahrtsgesellschaftskapitän spoke", 120)
    assert first.text.endswith("…")
    assert wrapper.metrics.horizontalAdvance(first.text) <= 121
    assert second.text == "spoke"


def test_nothing_is_one_empty_line(wrapper: Wrapper) -> None:
    assert [line.text for line in wrapper.lines("", 100)] == [""]
