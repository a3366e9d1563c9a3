"""Clean words for quotes and search, and where each character comes from."""

import time
import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents.cleaning import (
    SOFT_HYPHEN,
    ZERO_WIDTH,
    CleanText,
    clean_text,
    fold,
    search_form,
)


def cleaned(text: str, joins: tuple[int, ...] = ()) -> str:
    return clean_text(text, 0, len(text), (), joins).text


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("the hub\nmet weekly", "the hub met weekly"),
        ("the hub\fmet weekly", "the hub met weekly"),
        ("  the \t hub \n", "the hub"),
        ("multi-\nagency hub", "multi-agency hub"),
        ("pre- and\npost-\nand later", "pre- and post- and later"),
        ("between 2010\u2013\n2015", "between 2010\u20132015"),
        ("it grew \u2013\nslowly", "it grew \u2013 slowly"),
        ("the part\u00ad\nnership", "the partnership"),
        ("the part\u00adnership", "the partnership"),
        ("the part\u00ad nership", "the part nership"),
        ("COVID-\n19", "COVID-19"),
        ("- a point\n- another", "- a point - another"),
        ("p.\u00a012", "p. 12"),
        ("", ""),
        (" \n\f ", ""),
    ],
)
def test_lines_run_on(text: str, clean: str) -> None:
    assert cleaned(text) == clean


def test_a_word_broken_at_a_join_is_put_together_across_a_page() -> None:
    text = "the partner-\nship of com-\fmunities"
    assert cleaned(text, (text.index("-"), text.rindex("-"))) == "the partnership of communities"


def test_a_join_at_the_end_of_the_range_keeps_its_hyphen() -> None:
    assert clean_text("the partner-\nship", 0, 12, (), {11}).text == "the partner-"


def test_furniture_between_words_is_left_out_and_broken_words_still_meet() -> None:
    text = "as the com-\nJournal of Cases 12\f13 Berg\nmunity said\nfoot"
    first = (text.index("Journal"), text.index("\f"))
    second = (text.index("13"), text.index("\nmunity"))
    last = (text.index("foot"), len(text))
    joins = {text.index("-")}
    whole = clean_text(text, 0, len(text), (first, second, last), joins)
    assert whole.text == "as the community said foot"
    only_words = clean_text(text, 0, last[0], (first, second, last), joins)
    assert only_words.text == "as the community said"


def test_furniture_that_is_the_passage_itself_stays() -> None:
    text = "words\nJournal of Cases\fwords"
    start, end = 6, 22
    assert clean_text(text, start, end, ((start, end),), ()).text == "Journal of Cases"
    cut = clean_text(text, 0, start + 7, ((start, end),), ())
    assert cut.text == "words Journal"


def test_offsets_are_those_of_the_document() -> None:
    text = "before\nthe part\u00ad\nnership  met"
    clean = clean_text(text, 7, len(text), (), ())
    assert clean.text == "the partnership met"
    assert clean.offsets.dtype == np.int32
    assert [text[i] for i in clean.offsets] == list(clean.text)
    assert clean.offsets[0] == 7
    assert clean.offsets[-1] == len(text) - 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("e\ufb03cient", "efficient"),
        ("\u201cself\u2013help\u201d", '"self-help"'),
        ("the client\u2019s", "the client's"),
        ("caf\u00e9 \u00b2", "caf\u00e9 2"),
        ("\ufeb7\ufeae", "\u0634\u0631"),
        ("a\u200bb\ufeff", "ab"),
        ("\u2026", "..."),
        ("plain", "plain"),
    ],
)
def test_search_form_folds_what_readers_do_not_type(text: str, found: str) -> None:
    form = search_form(clean_text(text, 0, len(text), (), ()))
    assert form.text == found
    assert len(form.offsets) == len(found)


def test_search_form_maps_back_to_the_document() -> None:
    text = "an e\ufb03cient\nx\u0304 hub"
    form = search_form(clean_text(text, 0, len(text), (), ()))
    at = form.text.index("hub")
    assert form.offsets[at] == text.index("hub")
    inside = form.text.index("fi")
    assert form.offsets[inside] == text.index("\ufb03")


_TEXT = st.text(
    alphabet=st.one_of(st.sampled_from("ab1-\u00ad \n\f\u2010\u00a0"), st.characters()),
    max_size=60,
)


@st.composite
def _documents(draw: st.DrawFn) -> tuple[str, int, int, list[tuple[int, int]], set[int]]:
    text = draw(_TEXT)
    place = st.integers(0, len(text))
    start, end = sorted((draw(place), draw(place)))
    ranges = draw(st.lists(st.tuples(place, place).map(lambda r: (min(r), max(r))), max_size=3))
    return text, start, end, ranges, draw(st.sets(place, max_size=5))


@given(_documents())
def test_clean_offsets_increase_and_point_at_the_same_characters(
    document: tuple[str, int, int, list[tuple[int, int]], set[int]],
) -> None:
    text, start, end, furniture, joins = document
    clean = clean_text(text, start, end, furniture, joins)
    assert len(clean.offsets) == len(clean.text)
    assert np.all(np.diff(clean.offsets) > 0)
    covered = {i for first, last in furniture for i in range(first, last)}
    for char, offset in zip(clean.text, clean.offsets.tolist(), strict=True):
        assert start <= offset < end
        if char == " ":
            assert text[offset].isspace() or offset in covered
        else:
            assert text[offset] == char
    assert clean.text == clean.text.strip()
    assert "  " not in clean.text
    assert SOFT_HYPHEN not in clean.text


@given(_TEXT, _TEXT)
def test_nothing_but_gaps_and_hyphens_is_lost_without_furniture(left: str, right: str) -> None:
    text = left + right
    clean = cleaned(text, tuple(range(len(text))))
    kept = [c for c in text if not c.isspace() and c not in "-\u2010\u00ad"]
    wanted = iter(clean)
    assert all(char in wanted for char in kept if char.isalnum())


@given(_TEXT)
def test_search_form_is_nfkc_and_maps_back(text: str) -> None:
    clean = CleanText(text, np.arange(7, 7 + len(text), dtype=np.int32))
    form = search_form(clean)
    assert len(form.offsets) == len(form.text)
    assert np.all(np.diff(form.offsets) >= 0)
    assert all(7 <= offset < 7 + len(text) for offset in form.offsets)
    assert not set(form.text) & set(ZERO_WIDTH + SOFT_HYPHEN + "\u2019\u201c\u2013")
    again, _ = fold(form.text)
    assert again == form.text
    for char, offset in zip(form.text, form.offsets.tolist(), strict=True):
        if char.isascii() and char.isalnum() and text[offset - 7].isascii():
            assert text[offset - 7] == char


@given(st.text(alphabet=st.characters(categories=["L", "N", "M"]), max_size=30))
def test_search_form_of_letters_is_their_nfkc(text: str) -> None:
    kept = "".join(char for char in text if char not in ZERO_WIDTH)
    assert fold(kept)[0] == unicodedata.normalize("NFKC", kept)


def test_a_whole_document_is_cleaned_in_time() -> None:
    line = "social workers ques\u00adtioned the panel \u2013 and the e\ufb00ort of part-\n"
    text = (line * 4000)[:260_000]
    joins = frozenset(i for i, char in enumerate(text) if text[i : i + 2] == "-\n")
    furniture = [(i, i + 10) for i in range(5000, 255_000, 3000)]

    def once() -> float:
        began = time.perf_counter()
        clean_text(text, 0, len(text), furniture, joins)
        return time.perf_counter() - began

    # Five times the promise: this catches a quadratic step, not a busy machine.
    assert min(once() for _ in range(5)) < 0.4
