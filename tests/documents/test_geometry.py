import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from app.documents.geometry import PageGeometry


def typeset(*lines: tuple[float, float, str], width: float = 6, height: float = 12) -> PageGeometry:
    """A page of lines given as left edge, top edge and text, every letter of one width."""
    boxes: list[tuple[float, float, float, float]] = []
    for left, top, text in lines:
        for k in range(len(text)):
            boxes.append((left + width * k, top, left + width * (k + 1), top + height))
        boxes.append((0, 0, 0, 0))
    text = "\n".join(text for _, _, text in lines)
    return PageGeometry(text, np.array(boxes[:-1], np.float32))


TWO_COLUMNS = typeset(
    (50, 100, "left one"), (50, 112, "left two"), (300, 100, "right one"), (300, 112, "right two")
)
OVERLAPPING = typeset((50, 100, "first line"), (50, 110, "second line"), (50, 120, "third"))


def test_lines_and_line_ends() -> None:
    assert TWO_COLUMNS.line_of.tolist()[:10] == [0] * 9 + [1]
    assert_allclose(TWO_COLUMNS.line_boxes[2], (300, 100, 354, 112))
    assert_allclose(TWO_COLUMNS.boxes[8], (98, 100, 98, 112))
    assert TWO_COLUMNS.line_start_end(8) == (0, 8)
    assert TWO_COLUMNS.line_start_end(9) == (9, 17)


@pytest.mark.parametrize(
    ("x", "y", "offset"),
    [
        (50, 105, 0),
        (52, 105, 0),
        (54, 105, 1),
        (97, 105, 8),
        (160, 105, 8),  # in the gutter, nearer to the left column
        (290, 105, 18),  # in the gutter, nearer to the right column
        (50, 500, 9),
        (0, 0, 0),
        (900, 119, 37),
    ],
)
def test_the_nearest_caret_offset(x: float, y: float, offset: int) -> None:
    assert TWO_COLUMNS.offset_at(x, y) == offset


def test_a_point_below_a_short_column_does_not_jump_to_the_long_one() -> None:
    page = typeset((50, 100, "short column"), *((300, 100 + 12 * k, "tall") for k in range(20)))
    assert page.line_of[min(page.offset_at(60, 200), len(page.text) - 1)] == 0
    assert page.line_of[page.offset_at(280, 200)] > 1


def test_the_character_under_a_point() -> None:
    assert TWO_COLUMNS.char_at(57, 105) == 1
    assert TWO_COLUMNS.char_at(200, 105) is None


def test_overlapping_rows_are_cut_half_way_and_leave_no_seam() -> None:
    rects = OVERLAPPING.rects(0, len(OVERLAPPING.text))
    assert_allclose(rects[:, 1], (100, 111, 121))
    assert_allclose(rects[:, 3], (111, 121, 132))
    assert_allclose(OVERLAPPING.rects(2, 5), [(62, 100, 80, 111)])


def test_a_range_gives_one_rectangle_per_touched_line() -> None:
    rects = TWO_COLUMNS.rects(5, 21)
    assert_allclose(rects, [(80, 100, 98, 112), (50, 112, 98, 124), (300, 100, 318, 112)])
    assert len(TWO_COLUMNS.rects(8, 9)) == 0
    assert len(TWO_COLUMNS.rects(5, 5)) == 0
    assert len(TWO_COLUMNS.rects(-5, 500)) == 4


def test_the_caret_stands_between_characters_and_at_line_ends() -> None:
    assert TWO_COLUMNS.caret(0) == (50, 100, 112)
    assert TWO_COLUMNS.caret(8) == (98, 100, 112)
    assert TWO_COLUMNS.caret(9) == (50, 112, 124)
    assert TWO_COLUMNS.caret(len(TWO_COLUMNS.text)) == (354, 112, 124)


def test_up_and_down_stay_in_the_column() -> None:
    assert TWO_COLUMNS.offset_below(2, 62) == 11
    assert TWO_COLUMNS.offset_above(11, 62) == 2
    assert TWO_COLUMNS.offset_below(20, 312) == 30
    assert TWO_COLUMNS.offset_above(20, 312) is None
    assert TWO_COLUMNS.offset_below(11, 62) is None


def test_right_to_left_lines_end_at_the_left() -> None:
    boxes = np.array([(100 - 6 * k, 50, 106 - 6 * k, 62) for k in range(5)], np.float32)
    page = PageGeometry("שלומי", boxes)
    assert page.offset_at(110, 55) == 0
    assert page.offset_at(60, 55) == 5
    assert page.caret(0)[0] == 106
    assert page.caret(5)[0] == 76
    assert_allclose(page.rects(1, 3), [(88, 50, 100, 62)])


def test_a_number_in_a_right_to_left_line_reads_forwards() -> None:
    places = [94, 88, 82, 64, 70, 76, 58, 52]  # the line reads: three letters, 123, two letters
    boxes = np.array([(x, 50, x + 6, 62) for x in places], np.float32)
    page = PageGeometry("אבג123דה", boxes)
    assert page.offset_at(65, 55) == 3
    assert page.offset_at(69, 55) == 4
    assert page.offset_at(83, 55) == 3
    assert page.offset_at(87, 55) == 2
    assert page.caret(3)[0] == 64
    assert page.caret(8)[0] == 52


def test_lines_that_run_upwards() -> None:
    boxes = np.array([(40, 300 - 6 * k, 52, 306 - 6 * k) for k in range(6)], np.float32)
    page = PageGeometry("upward", boxes)
    assert page.offset_at(45, 310) == 0
    assert page.offset_at(45, 200) == 6
    assert_allclose(page.rects(0, 2), [(40, 294, 52, 306)])
    unpacked = PageGeometry.unpack(page.pack(), page.text)
    assert_allclose(unpacked.boxes, page.boxes, atol=0.5)


def test_an_empty_page_answers_too() -> None:
    page = PageGeometry.unpack(PageGeometry("", np.empty((0, 4), np.float32)).pack(), "")
    assert page.offset_at(10, 10) == 0
    assert page.char_at(10, 10) is None
    assert page.caret(0) == (0, 0, 0)
    assert page.rects(0, 5).shape == (0, 4)
    assert page.offset_below(0, 0) is None


def test_geometry_is_aligned_to_a_text_that_differs_a_little() -> None:
    page = typeset((50, 100, "a fine day"), (50, 112, "for all"))
    aligned = page.aligned_to("a ﬁne day\nfor all!")
    assert aligned.text == "a ﬁne day\nfor all!"
    assert_allclose(aligned.boxes[4:8], page.boxes[5:9])
    assert_allclose(aligned.boxes[-1][[0, 2]], page.boxes[-1][2])
    assert aligned.boxes[-1][1] == 112
    assert page.aligned_to(page.text) is page


def test_boxes_must_fit_the_text() -> None:
    with pytest.raises(ValueError, match="as many boxes"):
        PageGeometry("abc", np.zeros((2, 4), np.float32))
    with pytest.raises(ValueError, match="characters"):
        PageGeometry.unpack(TWO_COLUMNS.pack(), TWO_COLUMNS.text + "x")
    with pytest.raises(ValueError, match="damaged"):
        PageGeometry.unpack(TWO_COLUMNS.pack()[:-6], TWO_COLUMNS.text)


COORDINATE = st.floats(-50, 15_000, width=32)
EXTENT = st.floats(0, 400, width=32)


@st.composite
def any_page(draw: st.DrawFn) -> PageGeometry:
    text = draw(st.text(st.sampled_from("abcאב \n"), max_size=40))
    boxes = []
    for _ in text:
        x, y, width, height = (draw(kind) for kind in (COORDINATE, COORDINATE, EXTENT, EXTENT))
        boxes.append((x, y, x + width, y + height))
    return PageGeometry(text, np.array(boxes, np.float32).reshape(-1, 4))


@given(any_page())
@settings(max_examples=150, deadline=None)
def test_packing_keeps_every_box_to_half_a_point(page: PageGeometry) -> None:
    unpacked = PageGeometry.unpack(page.pack(), page.text)
    solid = [i for i, character in enumerate(page.text) if character != "\n"]
    assert_allclose(unpacked.boxes[solid], page.boxes[solid], atol=0.5)


@st.composite
def typeset_page(draw: st.DrawFn) -> PageGeometry:
    texts = draw(st.lists(st.text(st.sampled_from("abc de"), min_size=1), min_size=1, max_size=8))
    step = draw(st.floats(8, 16))
    width = draw(st.floats(2, 9))
    return typeset(*((50, 80 + step * k, text) for k, text in enumerate(texts)), width=width)


@given(typeset_page(), st.data())
@settings(max_examples=100, deadline=None)
def test_every_caret_is_found_again_at_its_place(page: PageGeometry, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(page.text)))
    x, top, bottom = page.caret(offset)
    assert page.offset_at(x, (top + bottom) / 2) == offset


@given(typeset_page(), st.data())
@settings(max_examples=100, deadline=None)
def test_rectangles_of_parts_cover_the_rectangles_of_the_whole(
    page: PageGeometry, data: st.DataObject
) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(page.text)), min_size=3, max_size=3)))
    start, middle, end = cuts

    def area(rects: np.ndarray) -> float:
        return float(((rects[:, 2] - rects[:, 0]) * (rects[:, 3] - rects[:, 1])).sum())

    whole = area(page.rects(start, end))
    parts = area(page.rects(start, middle)) + area(page.rects(middle, end))
    assert parts == pytest.approx(whole, rel=1e-4, abs=1e-2)
