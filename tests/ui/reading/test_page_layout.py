import numpy as np
import pytest

from app.ui.reading.page_layout import (
    GAP,
    PIXELS_PER_POINT,
    ZOOM_STEPS,
    PageLayout,
    Sides,
    fit_width,
    fitting_zoom,
    next_zoom,
)

BOTH = Sides(56, 56)
RIGHT_SIDE = Sides(24, 88, 320)
SIZES = ((595.0, 842.0), (842.0, 595.0), (300.0, 400.0))


def test_pages_follow_each_other_and_are_centred() -> None:
    layout = PageLayout.build(SIZES, 0.75, 1400, BOTH)
    assert layout.widths.tolist() == [595, 842, 300]
    assert layout.tops.tolist() == [GAP, 2 * GAP + 842, 3 * GAP + 842 + 595]
    assert layout.height == 4 * GAP + 842 + 595 + 400
    assert np.all(abs(2 * layout.lefts + layout.widths - layout.width) <= 1)


def test_wide_pages_keep_their_margins() -> None:
    layout = PageLayout.build(SIZES, 3.0, 800, BOTH)
    assert layout.width == round(842 * 3 * PIXELS_PER_POINT) + 112
    assert layout.lefts.min() == 56


def test_visible_pages_touch_the_band() -> None:
    layout = PageLayout.build(SIZES, 0.75, 1000, BOTH)
    assert list(layout.visible(0, 100)) == [1]
    assert list(layout.visible(850, 900)) == [1, 2]
    assert list(layout.visible(842 + GAP, 842 + 2 * GAP)) == []
    assert list(layout.visible(0, 10_000)) == [1, 2, 3]


def test_a_point_goes_to_the_nearest_page_and_back() -> None:
    layout = PageLayout.build(SIZES, 1.3, 1000, BOTH)
    for page in (1, 2, 3):
        x, y = layout.from_page(page, 30.0, 60.0)
        assert layout.to_page(x, y) == pytest.approx((page, 30.0, 60.0))
    bottom = layout.tops[0] + layout.heights[0]
    assert layout.to_page(0, bottom + 2)[0] == 1
    assert layout.to_page(0, bottom + GAP - 2)[0] == 2


def test_no_pages() -> None:
    layout = PageLayout.build((), 1.0, 500, BOTH)
    assert (layout.count, layout.height, layout.page_at(3)) == (0, 0, 0)
    assert layout.to_page(1, 1) == (0, 0.0, 0.0)
    assert fit_width((), 1000, 400) == 1.0


def test_fit_width_goes_by_the_usual_page() -> None:
    sizes = [(600.0, 800.0)] * 5 + [(1200.0, 800.0)]
    assert fit_width(sizes, 1200, 400) == pytest.approx(1.0)


def test_zoom_steps_go_on_from_any_zoom() -> None:
    assert next_zoom(1.0, 1) == 1.1
    assert next_zoom(1.04, -1) == 1.0
    assert next_zoom(ZOOM_STEPS[-1], 1) == ZOOM_STEPS[-1]
    assert next_zoom(0.1, -1) == ZOOM_STEPS[0]


def test_larger_text_gets_more_room_beside_the_page_but_not_more_than_the_page() -> None:
    sizes = [(595.0, 842.0)]
    for two_columns in (False, True):
        for width in (880, 1000, 1600):
            plain = fitting_zoom(sizes, width, two_columns=two_columns)
            large = fitting_zoom(sizes, width, two_columns=two_columns, text_scale=1.5)
            page = large * 595 * 96 / 72
            assert large <= plain
            assert page >= 0.5 * width or large == plain
    assert fitting_zoom(sizes, 1600, two_columns=False, text_scale=1.5) == pytest.approx(
        (1600 - 432) / (595 * 96 / 72)
    )
