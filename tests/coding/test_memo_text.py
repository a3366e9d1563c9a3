import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.coding.memo_text import Line, Run, link, links, parse, plain, write

SIGNS = st.text(st.sampled_from("ab *_[]().-\\1 x:é"), max_size=14)
RUNS = st.builds(
    Run, SIGNS, st.booleans(), st.booleans(), st.sampled_from(["", "", "code:a-1", "passage:b2"])
)
LINES = st.builds(
    Line, st.lists(RUNS, max_size=4).map(tuple), st.sampled_from(["", "bullet", "number"])
)


def test_the_markup_is_read():
    first, second, third = parse(
        "See **the *other* site** first\n- one [Okafor](passage:0a-b)\n2. x"
    )
    assert first.runs == (
        Run("See "), Run("the ", bold=True), Run("other", bold=True, italic=True),
        Run(" site", bold=True), Run(" first"),
    )  # fmt: skip
    assert (second.point, second.runs[1]) == ("bullet", Run("Okafor", link="passage:0a-b"))
    assert (third.point, third.text) == ("number", "x")


@pytest.mark.parametrize(
    "text",
    [
        "p < 0.05*",
        "a * b * c",
        "see [1] and [2](there)",
        "snake_case_name",
        "**",
        "2 ** 3",
        "C:\\new",
    ],
)
def test_what_is_no_markup_is_what_it_looks_like(text):
    (line,) = parse(text)
    assert line.runs == (Run(text),)
    assert plain(text) == text


@settings(max_examples=60)
@given(st.lists(LINES, min_size=1, max_size=3))
@example([Line((Run("a", italic=True), Run("b", bold=True, italic=True)))])
@example([Line((Run("- no point"),))])
@example([Line((Run("3. no point"),))])
def test_no_words_are_lost_or_added_by_writing(lines):
    again = parse(write(lines))
    assert [line.text for line in again] == [line.text for line in lines]
    assert [line.point for line in again] == [line.point for line in lines]
    assert parse(write(again)) == again


def test_ordinary_looks_come_back_as_they_were():
    lines = (
        Line((Run("We ask "), Run("whose", italic=True), Run(" remit", bold=True), Run("."))),
        Line((Run("Both", bold=True, italic=True), Run(", then "), Run("p. 3", link="passage:x1"))),
        Line((Run("un"), Run("believ", italic=True), Run("able"))),
        Line((Run("point"),), "bullet"),
    )
    assert parse(write(lines))[1:] == lines[1:]
    # White space at the end of emphasised words stands outside.
    assert write(lines[:1]) == "We ask *whose* **remit**."


def test_links_and_plain_words():
    text = f"1. {link('Lind [2019]', 'study', 'ab-1')}\n1. **two**"
    assert links(text) == (Run("Lind [2019]", link="study:ab-1"),)
    assert plain(text) == "1. Lind [2019]\n2. two"
