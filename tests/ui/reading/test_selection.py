import pytest

from app.documents import boundaries
from app.ui.reading.caret import word_step
from app.ui.reading.selection import Bounds, Selection, Unit, drag, extend_to, grow, trimmed

TEXT = "Minutes were kept, and\nactions were named. Two sites had none.\fThe rest did."


def bounds(text: str = TEXT) -> Bounds:
    return Bounds(
        text,
        lambda offset: boundaries.word_at(text, offset),
        lambda offset: boundaries.sentence_at(text, offset),
        lambda offset: boundaries.paragraph_at(text, offset),
    )


def words(selection: Selection) -> str:
    return TEXT[selection.start : selection.end]


@pytest.mark.parametrize(
    ("origin", "current", "expected"),
    [
        (1, 4, "inu"),
        (4, 1, "inu"),
        (2, 9, "Minutes were"),
        (9, 2, "Minutes were"),
        (7, 10, "were"),
        (8, 18, "were kept,"),
        (12, 14, "kept"),
        (20, 25, "and\nactions"),
        (3, 7, "utes"),
        (3, 8, "Minutes"),
    ],
)
def test_drag_is_by_characters_in_a_word_and_by_words_beyond(
    origin: int, current: int, expected: str
) -> None:
    assert words(drag(bounds(), origin, current, Unit.CHARACTER)) == expected


def test_exact_drag() -> None:
    assert drag(bounds(), 2, 9, Unit.CHARACTER, exact=True) == Selection(2, 9)


def test_drag_goes_on_in_the_clicked_unit() -> None:
    assert words(drag(bounds(), 1, 14, Unit.WORD)) == "Minutes were kept"
    assert words(drag(bounds(), 14, 1, Unit.WORD)) == "Minutes were kept"
    backwards = drag(bounds(), 50, 3, Unit.SENTENCE)
    assert backwards.head < backwards.anchor
    assert words(backwards) == TEXT[: TEXT.index("\f")]


def test_shift_click_snaps_to_words_from_a_fixed_anchor() -> None:
    start = Selection(0, 7)
    assert words(extend_to(bounds(), start, 14)) == "Minutes were kept"
    assert words(extend_to(bounds(), extend_to(bounds(), start, 14), 10)) == "Minutes were"


def test_growing_by_sentences_in_both_directions() -> None:
    first = grow(bounds(), Selection(30, 30), Unit.SENTENCE, 1)
    assert words(first) == "Minutes were kept, and\nactions were named."
    more = grow(bounds(), first, Unit.SENTENCE, 1)
    assert words(more).endswith("Two sites had none.")
    assert words(grow(bounds(), more, Unit.SENTENCE, 1)).endswith("The rest did.")
    last = grow(bounds(), Selection(TEXT.index("rest"), TEXT.index("rest")), Unit.SENTENCE, -1)
    assert words(last) == "The rest did."
    assert words(grow(bounds(), last, Unit.SENTENCE, -1)) == "Two sites had none.\fThe rest did."


def test_growing_stops_at_the_ends() -> None:
    whole = Selection(0, len(TEXT))
    assert grow(bounds(), whole, Unit.SENTENCE, 1) == whole
    assert words(grow(bounds(), whole, Unit.PARAGRAPH, -1)) == TEXT


def test_word_steps_land_where_asked() -> None:
    assert word_step(TEXT, 0, 1, landing="end") == 7
    assert word_step(TEXT, 7, -1, landing="start") == 0
    assert word_step(TEXT, 17, -1, landing="end") == 12
    assert word_step(TEXT, 0, 1, landing="start") == 8
    assert word_step(TEXT, len(TEXT), 1, landing="end") == len(TEXT)
    assert word_step(TEXT, 0, -1, landing="start") == 0


def test_trimming() -> None:
    assert trimmed("  a b ", 0, 6) == (2, 5)
    assert trimmed("   ", 0, 3) == (3, 3)
