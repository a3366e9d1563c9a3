"""Widths match the shipped font; names break at good places and lose no letter."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.text_metrics import break_name, fit_name, text_width, wrap_text
from tests.analysis.paper_measure import font_width
from tests.analysis.synthetic import LONGEST


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("words", ["Passing on knowledge", "Café – “quoted” …", LONGEST, "0123.5"])
def test_the_table_is_that_of_the_font(words: str, bold: bool) -> None:
    assert text_width(words, 7, bold) == pytest.approx(font_width(words, 7, bold), rel=0.05)


def test_accents_take_no_room() -> None:
    assert text_width("é", 7) == text_width("e", 7)


def test_the_longest_name_breaks_evenly() -> None:
    lines = break_name(LONGEST, 3, 6.4, text_width, cap=40)
    assert lines == ("Conflict-affected or", "low-infrastructure", "context")


def test_equally_narrow_breakings_are_evened_out() -> None:
    name = "Passing on knowledge and institutional memory"
    lines = break_name(name, 3, 6, text_width, cap=40)
    assert lines == ("Passing on", "knowledge and", "institutional memory")


def test_a_short_name_stays_on_one_line() -> None:
    assert fit_name("Supervision", 30, 3, 6, text_width, cap=30) == ("Supervision",)


def test_what_does_not_fit_ends_in_an_ellipsis() -> None:
    lines = break_name("one two three four five six seven eight nine", 2, 10, text_width, cap=16)
    assert len(lines) == 2
    assert lines[-1].endswith("…")


names = st.lists(
    st.text("abcdefghijklmnoéW-/", min_size=1, max_size=14), min_size=1, max_size=7
).map(" ".join)


@settings(max_examples=60)
@given(names, st.floats(8, 30))
def test_names_lose_no_letter_and_stay_under_the_cap(name: str, limit: float) -> None:
    lines = fit_name(name, limit, 3, 6, text_width, cap=limit)
    assert 1 <= len(lines) <= 3
    assert max(text_width(line, 6, True) for line in lines) <= limit + 1e-6
    whole = "".join("".join(lines).split())
    if "…" in whole:
        assert name.replace(" ", "").startswith(whole.rstrip("…"))
    else:
        assert whole == name.replace(" ", "")


@settings(max_examples=40)
@given(names, st.floats(20, 60))
def test_running_text_keeps_its_words_and_its_width(text: str, width: float) -> None:
    lines = wrap_text(text, width, 6, text_width)
    assert " ".join(lines) == text
    assert all(text_width(line, 6) <= width or " " not in line for line in lines)


def test_no_text_gives_no_lines() -> None:
    assert wrap_text("", 10, 6, text_width) == ()
    assert break_name("", 2, 6, text_width, cap=10) == ("",)
