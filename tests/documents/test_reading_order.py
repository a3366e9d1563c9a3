from dataclasses import dataclass

import pymupdf
import pytest

from app.documents.page_lines import read_page
from app.documents.reading_order import row_jumps, segment_order
from app.documents.text_layer import SEGMENT, STREAM
from tests.documents.making import column, make_pdf
from tests.shared_data import shared_data


@dataclass
class Line:
    text: str
    box: tuple[float, float, float, float]
    level: bool = True


def columns_in_rows(rows: int) -> list[Line]:
    lines = []
    for row in range(rows):
        top = 100.0 + 12 * row
        for side, x in (("left", 50.0), ("right", 320.0)):
            lines.append(Line(f"{side} {row:02d} with enough prose", (x, top, x + 220, top + 11)))
    return lines


def column_by_column(lines: list[Line]) -> list[str]:
    return [line.text for line in lines[::2]] + [line.text for line in lines[1::2]]


def test_prose_stored_row_by_row_is_put_in_column_order() -> None:
    lines = columns_in_rows(20)
    assert row_jumps(lines) == 20
    order = segment_order(lines, lambda: column_by_column(lines))
    assert order == [*range(0, 40, 2), *range(1, 40, 2)]


def test_prose_stored_column_by_column_is_left_alone_and_not_segmented() -> None:
    lines = columns_in_rows(20)
    lines = lines[::2] + lines[1::2]
    assert segment_order(lines, lambda: pytest.fail("asked for the slow order")) is None


def test_cells_of_a_table_stay_row_by_row() -> None:
    lines = [Line(line.text[:8], line.box) for line in columns_in_rows(20)]
    assert segment_order(lines, lambda: pytest.fail("asked for the slow order")) is None


def test_an_order_that_does_not_help_is_not_taken() -> None:
    lines = columns_in_rows(20)
    assert segment_order(lines, lambda: [line.text for line in lines]) is None


def test_an_order_with_other_lines_is_not_taken() -> None:
    lines = columns_in_rows(20)
    assert segment_order(lines, lambda: ["something else"] * 40) is None


def test_lines_with_equal_text_are_all_kept() -> None:
    lines = columns_in_rows(10)
    for line in lines[:6]:
        line.text = "the very same words on each line"
    order = segment_order(lines, lambda: column_by_column(lines))
    assert sorted(order or []) == list(range(20))


def interleaved_page() -> bytes:
    left, right = column("left", x=50), column("right", x=330)
    return make_pdf([[piece for row in zip(left, right, strict=True) for piece in row]])


def test_a_page_records_the_order_it_was_read_in_and_can_be_read_so_again() -> None:
    with pymupdf.open(stream=interleaved_page()) as document:
        page = document[0]
        reading = read_page(page)
        assert reading.order == SEGMENT
        assert reading.text.index("left 11") < reading.text.index("right 00")
        assert read_page(page, order=SEGMENT, with_boxes=True).text == reading.text
        stream = read_page(page, order=STREAM)
        assert stream.order == STREAM
        assert stream.text.index("right 00") < stream.text.index("left 01")


def test_columns_of_a_real_paper_come_one_after_the_other() -> None:
    with pymupdf.open(shared_data("pdfs/pj_tracemonkey.pdf")) as document:
        for page in document:
            reading = read_page(page)
            assert row_jumps(reading.lines) <= 0.05 * len(reading.lines)
