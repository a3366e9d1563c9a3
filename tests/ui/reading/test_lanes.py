import itertools

from hypothesis import given
from hypothesis import strategies as st

from app.ui.reading.lanes import assign_lanes, place_labels
from app.ui.reading.margins import FIRST, PITCH, SHAPE, STRIPE, MarginBox, Margins
from app.ui.reading.marks import Mark
from app.ui.reading.page_marks import LEFT, MOST_LANES, RIGHT, Stripe

spans = st.lists(
    st.tuples(st.integers(0, 800), st.integers(1, 120)).map(lambda s: (s[0], s[0] + s[1])),
    max_size=60,
).map(sorted)


@given(spans)
def test_no_two_stripes_of_a_lane_overlap(found: list[tuple[int, int]]) -> None:
    lanes = assign_lanes(found, most=1000)
    for lane in set(lanes):
        of_lane = [span for span, its in zip(found, lanes, strict=True) if its == lane]
        for (_top, bottom), (top, _bottom) in itertools.pairwise(of_lane):
            assert bottom <= top


def test_lanes_are_filled_from_the_paper_outwards() -> None:
    assert assign_lanes([(0, 10), (2, 20), (10, 12), (11, 30)]) == [0, 1, 0, 2]


def test_beyond_the_most_the_last_lane_takes_the_rest() -> None:
    assert assign_lanes([(0, 9)] * 5, most=3) == [0, 1, 2, 2, 2]


@given(
    st.lists(st.floats(0, 900), max_size=50).map(sorted),
    st.floats(0, 100),
)
def test_labels_never_overlap_and_none_is_lost(wanted: list[float], reach: float) -> None:
    places = place_labels(wanted, 24.0, 0.0, 1000.0, reach)
    assert [i for place in places for i in place.members] == list(range(len(wanted)))
    for above, below in itertools.pairwise(places):
        assert below.y - above.y >= 24.0 - 1e-6
    if places:
        assert places[-1].y + 24.0 <= 1000.0 + 1e-6
        assert places[0].y >= -1e-6


def test_labels_are_pushed_down_then_joined() -> None:
    places = place_labels([100, 101, 102, 103, 104], 20, 0, 1000, 45)
    assert [(place.y, place.members) for place in places] == [
        (100, (0,)), (120, (1,)), (140, (2, 3, 4)),
    ]  # fmt: skip


def test_narrow_margins_keep_room_for_the_shapes() -> None:
    box = MarginBox(500, 700, 56, 240)
    for side in (LEFT, RIGHT):
        outermost = FIRST + (box.lanes(side) - 1) * PITCH + STRIPE
        assert outermost + 4 + SHAPE <= box.room(side)
    assert box.lanes(LEFT) < box.lanes(RIGHT)
    assert MarginBox(500, 700, 8, 8).lanes(LEFT) == 1


def test_ten_deep_each_coding_has_a_lane_of_its_own() -> None:
    assert sorted(assign_lanes([(at, 100 - at) for at in range(10)], MOST_LANES)) == list(range(10))
    box = MarginBox(500, 700, 190, 190)
    assert box.lanes(RIGHT, 10) >= 10
    mark = Mark("a", 0, 5, "c", "y", True, "1", "", "Name", "")
    margins = Margins.__new__(Margins)
    stripes = [Stripe(mark, RIGHT, lane, 0, 100) for lane in range(10)]
    rects = [margins.stripe_rect(stripe, box, 1.0, used=10) for stripe in stripes]
    for one, other in itertools.pairwise(rects):
        assert one.right() + 1 < other.left()
    assert rects[-1].right() < 500 + 190 / 2, "more than half is left for the names"
