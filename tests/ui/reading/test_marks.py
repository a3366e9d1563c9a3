import numpy as np
import pytest

from app.documents.geometry import PageGeometry
from app.ui.reading.marks import Mark, MarkTable
from app.ui.reading.page_marks import (
    LEFT,
    RIGHT,
    SEVERAL,
    PageLines,
    flat_rects,
    span_rects,
    stripes_of,
)


def mark(name: str, start: int, end: int, *, own: bool = True, code: str = "a") -> Mark:
    tint = {"a": "1", "b": "2"}.get(code, "3")
    return Mark(name, start, end, code, "me" if own else "other", own, tint, "", code, "")


def geometry(lines: list[tuple[str, float, float]]) -> PageGeometry:
    """Return letters of 10 x 12 points; each line begins at (x, y)."""
    text = "\n".join(line for line, _x, _y in lines)
    boxes = []
    for line, x, y in lines:
        boxes += [(x + 10 * i, y, x + 10 * i + 10, y + 12) for i in range(len(line))]
        boxes.append((0, 0, 0, 0))
    return PageGeometry(text, np.array(boxes[:-1], dtype=np.float32))


ONE_COLUMN = geometry([("abcdefghij" * 4, 20, 10), ("klmnopqrst" * 4, 20, 20)])
TWO_COLUMNS = geometry(
    [("leftleftleft", 20, 10), ("leftleftleft", 20, 30), ("rightrightri", 220, 10)]
)


def test_marks_are_found_by_offset_own_and_shortest_first() -> None:
    table = MarkTable((0, 100))
    table.replace_all([mark("long", 0, 50), mark("short", 10, 20), mark("o", 5, 15, own=False)])
    assert [found.id for found in table.at(12)] == ["short", "long", "o"]
    assert [found.id for found in table.at(20)] == ["long"]
    assert table.at(60) == []


def test_a_mark_across_pages_stands_on_both() -> None:
    table = MarkTable((0, 100, 200))
    assert table.put(mark("x", 90, 210)) == {(90, 210)}
    assert [len(table.on_page(page)) for page in (1, 2, 3)] == [1, 1, 1]
    assert table.put(mark("x", 90, 100)) == {(90, 210), (90, 100)}
    assert table.pages_among({(90, 210)}) == {1, 2, 3}
    assert table.pages_among({(90, 100), (200, 201)}) == {1, 3}
    assert [len(table.on_page(page)) for page in (1, 2, 3)] == [1, 0, 0]
    assert table.drop("x") == {(90, 100)}
    assert len(table) == 0


def test_hidden_coders_are_not_shown() -> None:
    table = MarkTable((0,))
    table.replace_all([mark("x", 0, 5), mark("y", 0, 5, own=False)])
    table.hide_coders({"other"})
    assert [found.id for found in table.at(2)] == ["x"]
    assert [found.id for found in table.on_page(1)] == ["x"]
    assert len(table) == 2


def test_fills_never_lie_upon_each_other() -> None:
    lines = PageLines.of(ONE_COLUMN, 460)
    marks = [mark("x", 0, 20), mark("y", 10, 30, code="b"), mark("z", 0, 10)]
    rects = flat_rects(lines, marks, 0, None)
    assert rects["1"].tolist() == [[20, 10, 120, 21]]
    assert rects[SEVERAL].tolist() == [[120, 10, 220, 21]]
    assert rects["2"].tolist() == [[220, 10, 320, 21]]


def test_the_active_coding_shows_its_own_colour() -> None:
    lines = PageLines.of(ONE_COLUMN, 460)
    first, second = mark("x", 0, 20), mark("y", 10, 30, code="b")
    rects = flat_rects(lines, [first, second], 0, second)
    assert SEVERAL not in rects
    assert rects["2"].tolist() == [[120, 10, 320, 21]]


def test_the_page_start_is_taken_off_and_spans_are_cut_at_the_page() -> None:
    lines = PageLines.of(ONE_COLUMN, 460)
    count = len(ONE_COLUMN.text)
    rects = flat_rects(lines, [mark("x", 900, 1003), mark("y", 1000 + count - 2, 2000)], 1000, None)
    assert rects["1"].shape == (2, 4)
    assert rects["1"][0].tolist() == [20, 10, 50, 21]


def test_overlapping_rows_are_cut_half_way() -> None:
    rects = span_rects(PageLines.of(ONE_COLUMN, 460), 0, len(ONE_COLUMN.text))
    assert rects[0][3] == rects[1][1] == pytest.approx(21)


def test_stripes_of_two_columns_stand_on_their_sides() -> None:
    lines = PageLines.of(TWO_COLUMNS, 360)
    assert lines.two_columns
    across = mark("x", 13, 30)
    stripes = stripes_of(lines, [across, mark("y", 0, 20)], 0)
    assert [(s.mark.id, s.side, s.lane, s.first) for s in stripes] == [
        ("y", LEFT, 0, True), ("x", LEFT, 1, True), ("x", RIGHT, 0, False),
    ]  # fmt: skip


def test_stripes_of_one_column_stand_at_the_right() -> None:
    stripes = stripes_of(PageLines.of(ONE_COLUMN, 460), [mark("x", 0, 50)], 0)
    assert [(s.side, s.top, s.bottom) for s in stripes] == [(RIGHT, 10, 32)]


def test_a_page_without_text_has_nothing() -> None:
    lines = PageLines.of(PageGeometry("", np.empty((0, 4), np.float32)), 400)
    assert flat_rects(lines, [mark("x", 0, 4)], 0, None) == {}
    assert stripes_of(lines, [mark("x", 0, 4)], 0) == ()
    assert len(span_rects(lines, 0, 4)) == 0
