"""The lines of a page in another order, with all that is known about its places."""

import numpy as np
import pymupdf
import pytest

from app.documents.extraction import extract_document
from app.documents.geometry import PageGeometry
from app.documents.page_geometry import read_geometry
from app.documents.page_lines import read_page
from app.documents.reading_order import chosen_order, order_name
from app.documents.reordering import (
    blocks_of,
    lines_of_blocks,
    order_from_stream,
    permuted,
    reordered,
)
from app.documents.text_layer import ExtractedPage
from tests.documents.making import column, make_pdf

TWO_COLUMNS = [column("Left", x=72, count=4) + column("Right", x=320, count=4)]


@pytest.fixture(scope="module")
def page():
    document = pymupdf.open(stream=make_pdf(TWO_COLUMNS))
    yield document[0]
    document.close()


def test_a_page_is_read_row_by_row_or_in_a_chosen_order(page) -> None:
    stored = read_page(page, order="stream").text.split("\n")
    rows = read_page(page, order="rows").text.split("\n")
    assert rows == [line for pair in zip(stored[:4], stored[4:], strict=True) for line in pair]
    chosen = read_page(page, order="lines:4-7,0-3")
    assert chosen.text.split("\n") == stored[4:] + stored[:4]
    assert chosen.order == "lines:4-7,0-3"
    assert read_page(page, order="lines:4-7").text.split("\n") == stored, "lines are never lost"


def test_geometry_follows_the_order(page) -> None:
    stored, right = read_geometry(page, "stream"), read_geometry(page, "lines:4-7,0-3")
    assert right.text.startswith("Right 00")
    at = stored.text.index("Right 00")
    assert np.allclose(right.boxes[:8], stored.boxes[at : at + 8])
    again = permuted(stored, [4, 5, 6, 7, 0, 1, 2, 3])
    assert again.text == right.text
    assert np.allclose(again.boxes, right.boxes)


def test_orders_have_a_short_name() -> None:
    assert order_name([0, 1, 2]) == "stream"
    assert order_name([4, 0, 1, 3, 2]) == "lines:4,0-1,3,2"
    assert chosen_order("lines:4,0-1,3,2", 5) == [4, 0, 1, 3, 2]
    assert chosen_order("lines:0,1", 5) is None
    assert order_from_stream("a\nb\na", "b\na\na") == "lines:1,0,2"
    assert order_from_stream("a\nb", "a\nc") is None


def test_places_move_with_their_lines() -> None:
    text = "Head 7\nco-\nordinated work\nwell-\nBeing of all"
    page = ExtractedPage(
        text, "7", 595, 842, 0, "stream", (0, 7, 26), ((0, 6),), (text.index("co-") + 2,), False
    )
    moved = reordered(page, [3, 4, 1, 2, 0], "lines:3-4,1-2,0")
    assert moved.text == "well-\nBeing of all\nco-\nordinated work\nHead 7"
    start, end = moved.furniture[0]
    assert moved.text[start:end] == "Head 7"
    assert [moved.text[at : at + 4] for at in moved.blocks] == ["well", "co-\n", "Head"]
    assert [moved.text[at - 2 : at + 1] for at in moved.joins] == ["co-"]
    assert reordered(page, [1, 0, 2, 3, 4], "x").joins == (), "what follows is another word"
    with pytest.raises(ValueError, match="every line"):
        reordered(page, [0, 0], "x")


def test_blocks_are_boxed_and_put_in_another_order(page) -> None:
    read = extract_document(make_pdf(TWO_COLUMNS)).pages[0]
    geometry = read_geometry(page, "stream")
    blocks = blocks_of(geometry, read.blocks)
    assert sum(block.last_line - block.first_line + 1 for block in blocks) == 8
    assert all(block.box[0] < block.box[2] for block in blocks)
    turned = lines_of_blocks(blocks, list(reversed(range(len(blocks)))))
    assert sorted(turned) == list(range(8))
    assert blocks_of(PageGeometry("", np.empty((0, 4), np.float32)), ()) == ()


def test_other_letters_in_the_same_lines_keep_their_boxes(page) -> None:
    geometry = read_geometry(page, "stream")
    other = geometry.aligned_to(geometry.text.upper().replace("E", "\u0435"))
    assert np.allclose(other.boxes, geometry.boxes)
