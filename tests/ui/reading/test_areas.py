"""Areas of pages: drawn, coded, sized, removed and shown, with the mouse and with keys."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt

from app.coding.areas import code_area
from app.coding.documents import list_documents
from app.coding.people import list_coders
from app.ui.reading.areas import DRAW
from app.ui.reading.areas_view import box_rect
from tests.ui.reading.pages import CONTROL_KEY, SHIFT_KEY, Reader

Key = Qt.Key


def on_page(reader: Reader, page: int, x: float, y: float) -> QPoint:
    """Return where a point of a page (points, as shown) is in the viewport."""
    corner = reader.canvas.page_origin(page)
    return (corner + QPointF(x, y) * reader.canvas.layout_.scale).toPoint()


def draw(reader: Reader, page: int, box: tuple[float, float, float, float]) -> None:
    reader.canvas.go_to_page(page)
    reader.settle()
    x0, y0, x1, y1 = box
    reader.pull(on_page(reader, page, x0, y0), on_page(reader, page, x1, y1), DRAW)


def near(stored: tuple[float, ...], wanted: tuple[float, ...]) -> bool:
    return stored == pytest.approx(wanted, abs=1.5)


def test_an_area_is_drawn_coded_with_a_hot_key_and_undone(reader: Reader) -> None:
    draw(reader, 1, (60, 420, 260, 560))
    assert reader.state.area is not None
    assert reader.state.selection.empty
    reader.press_hot_key()
    (coding,) = reader.stored()
    assert near(coding.area, (60, 420, 260, 560))
    assert (coding.page_first, coding.quote, coding.code_id) == (1, "", reader.hot_code.id)
    assert reader.state.area is None
    assert reader.state.active_id == coding.id
    reader.type("+")
    reader.key(Key.Key_1, Qt.KeyboardModifier.AltModifier)
    (coding,) = reader.stored()
    assert coding.valence == "facilitator"
    assert len(coding.stages) == 1
    stripes = [stripe.mark.id for stripe in reader.view(1).stripes]
    labels = [mark.id for label in reader.view(1).labels for mark in label.marks]
    assert stripes == labels == [coding.id]
    for _ in range(3):
        reader.trigger("edit.undo")
    assert not reader.stored()
    assert not reader.view(1).stripes
    reader.trigger("edit.redo")
    assert near(reader.stored()[0].area, (60, 420, 260, 560))


def test_the_palette_codes_an_area_and_the_card_shows_it(reader: Reader) -> None:
    draw(reader, 1, (60, 420, 260, 560))
    reader.key(Key.Key_Return)
    assert reader.overlays.palette.isVisible()
    assert not reader.overlays.palette.panel().intersects(
        box_rect(reader.canvas, reader.state.area).toAlignedRect()
    )
    reader.qtbot.keyClick(reader.overlays.palette.field, Key.Key_Return)
    (coding,) = reader.stored()
    reader.key(Key.Key_Return)
    assert reader.overlays.card.isVisible()
    assert reader.overlays.card.form.coding_id == coding.id
    reader.canvas.setFocus()
    reader.overlays.close_all()
    reader.trigger("code.remove")
    assert not reader.stored()


def test_areas_on_a_turned_page_are_kept_in_the_unturned_one(reader: Reader) -> None:
    draw(reader, 3, (100, 50, 300, 250))
    reader.press_hot_key()
    (coding,) = reader.stored()
    # The page is 595 x 842 and shown turned by 90 degrees: its left edge is at the top.
    assert near(coding.area, (50, 842 - 300, 250, 842 - 100))
    mark = reader.state.active
    assert mark is not None
    assert mark.area is not None
    assert near(mark.area.edges, (100, 50, 300, 250))


def test_corners_are_pulled_and_keys_size_a_coded_area(reader: Reader) -> None:
    draw(reader, 1, (60, 420, 260, 560))
    reader.press_hot_key()
    reader.pull(on_page(reader, 1, 260, 560), on_page(reader, 1, 300, 600))
    assert near(reader.stored()[0].area, (60, 420, 300, 600))
    reader.type("]")
    assert near(reader.stored()[0].area, (60, 420, 308, 600))
    reader.type("[")
    assert near(reader.stored()[0].area, (60, 420, 308, 608))
    reader.trigger("edit.undo")
    reader.trigger("edit.undo")
    assert near(reader.stored()[0].area, (60, 420, 300, 600))


def test_a_coded_area_is_moved_by_its_edge_and_text_inside_stays_selectable(
    reader: Reader,
) -> None:
    draw(reader, 1, (60, 420, 260, 560))
    reader.press_hot_key()
    reader.pull(on_page(reader, 1, 160, 420), on_page(reader, 1, 190, 470))
    assert near(reader.stored()[0].area, (90, 470, 290, 610))
    reader.pull(on_page(reader, 1, 120, 500), on_page(reader, 1, 200, 500))
    assert near(reader.stored()[0].area, (90, 470, 290, 610))
    reader.trigger("edit.undo")
    assert near(reader.stored()[0].area, (60, 420, 260, 560))


def test_a_scan_is_coded_by_keyboard_alone(reader: Reader) -> None:
    scan = next(d for d in list_documents(reader.window.bridge.project) if "Scan" in d.file_name)
    reader.open(scan.id)
    assert any("Code areas" in notice.notice.detail for notice in reader.bars())
    reader.trigger("read.area")
    box = reader.state.area
    assert box is not None
    assert reader.place.features["Areas"].hint.isVisible()
    reader.key(Key.Key_Right)
    reader.key(Key.Key_Down, SHIFT_KEY)
    reader.key(Key.Key_Down, SHIFT_KEY | CONTROL_KEY)
    moved = reader.state.area
    assert moved.left == pytest.approx(box.left + 8)
    assert moved.bottom == pytest.approx(box.bottom + 9)
    reader.press_hot_key()
    (coding,) = reader.stored()
    assert near(coding.area, moved.edges)
    assert not reader.place.features["Areas"].hint.isVisible()
    reader.trigger("read.area")
    reader.key(Key.Key_Left, SHIFT_KEY)
    reader.key(Key.Key_Return)
    assert near(reader.stored()[0].area, (moved.left, moved.top, moved.right - 8, moved.bottom))
    reader.trigger("read.area")
    reader.key(Key.Key_Escape)
    assert reader.state.area is None
    assert reader.state.active_id == coding.id


def test_tab_goes_through_overlapping_areas_and_a_click_picks_the_smallest(reader: Reader) -> None:
    draw(reader, 1, (60, 420, 260, 560))
    reader.press_hot_key(0)
    large = reader.state.active_id
    draw(reader, 1, (100, 450, 200, 500))
    reader.press_hot_key(1)
    small = reader.state.active_id
    reader.key(Key.Key_Tab)
    assert reader.state.active_id == large
    reader.key(Key.Key_Tab)
    assert reader.state.active_id == small
    reader.key(Key.Key_Escape)
    reader.click(on_page(reader, 1, 150, 475))
    assert reader.state.active_id == small
    reader.click(on_page(reader, 1, 80, 430))
    assert reader.state.active_id == large


def test_an_area_of_another_coder_is_shown_and_cannot_be_pulled(reader: Reader) -> None:
    project, info = reader.window.bridge.project, reader.state.info
    other = list_coders(project)[1].id
    made = code_area(project, info.id, 1, (60, 420, 260, 560), reader.hot_code.id, coder_id=other)
    reader.qtbot.waitUntil(lambda: made in reader.state.codings)
    reader.canvas.go_to_page(1)
    reader.settle()
    reader.click(on_page(reader, 1, 80, 430))
    assert reader.state.active_id == made
    reader.pull(on_page(reader, 1, 260, 560), on_page(reader, 1, 300, 600))
    assert reader.stored()[0].area == (60, 420, 260, 560)


def test_areas_stand_in_the_list_and_the_minimap_and_text_stays_selectable(reader: Reader) -> None:
    draw(reader, 1, (50, 70, 300, 300))
    reader.press_hot_key()
    reader.place.left.show_tab("codings")
    reader.place.codings.refresh()
    index = reader.place.codings.model.index(0)
    assert "(area on p. 1)" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    blocks = reader.place.minimap._blocks(1, 0, 842)
    ((_key, (block,)),) = blocks.items()
    assert (block.top(), block.bottom()) == pytest.approx((70, 300), abs=2)
    reader.select("Minutes were kept")
    assert reader.selected.split() == ["Minutes", "were", "kept"]
    reader.press_hot_key(1)
    assert {" ".join(c.quote.split()) for c in reader.stored()} == {"", "Minutes were kept"}


def test_a_click_with_the_keys_of_drawing_leaves_nothing(reader: Reader) -> None:
    reader.click(on_page(reader, 1, 100, 500), modifiers=DRAW)
    assert reader.state.area is None
