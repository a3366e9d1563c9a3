"""Codings of several coders gathered into items to be settled."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from app.analysis.disagreements import KINDS, Piece, find_items, iou, with_gain


def piece(coder, code, start, end, valence="", stages=(), **more):
    name = f"{coder}{code}{start}-{end}{more.get('page', '')}"
    return Piece(name, coder, code, start, end, valence, tuple(stages), **more)


def kinds(*pieces, coders=("A", "B")):
    return [item.kind for item in find_items(pieces, coders)]


def test_each_kind_has_its_name():
    assert kinds(piece("A", "x", 0, 10), piece("B", "x", 0, 10)) == ["identical"]
    assert kinds(piece("A", "x", 0, 10, "barrier"), piece("B", "x", 0, 10)) == ["facets"]
    assert kinds(piece("A", "x", 0, 10), piece("B", "x", 5, 15)) == ["boundary"]
    assert kinds(piece("A", "x", 0, 20), piece("B", "x", 5, 15)) == ["nested"]
    assert kinds(piece("A", "x", 0, 20), piece("B", "x", 0, 5), piece("B", "x", 10, 20)) == [
        "split"
    ]
    assert kinds(piece("A", "x", 0, 10), piece("B", "y", 1, 10)) == ["other_code"]
    assert kinds(piece("A", "x", 0, 10), piece("B", "y", 9, 30)) == ["one_sided", "one_sided"]
    assert kinds(piece("A", "x", 0, 10)) == ["one_sided"]
    assert kinds(piece("A", "x", 0, 10), piece("B", "x", 10, 20)) == ["one_sided", "one_sided"]


def test_what_differs_beside_the_ends_is_told():
    (item,) = find_items(
        [piece("A", "x", 0, 10, "barrier", ["delivery"]), piece("B", "x", 0, 12, "facilitator")],
        ["A", "B"],
    )
    assert (item.kind, item.differs_in, item.weight) == ("boundary", ("valence", "stage"), 2)


def test_one_coders_overlapping_codings_of_a_code_are_one_passage():
    assert kinds(piece("A", "x", 0, 12), piece("A", "x", 8, 20), piece("B", "x", 0, 20)) == [
        "identical"
    ]


def test_three_coders_and_one_who_did_not_finish():
    pieces = [piece("A", "x", 0, 10), piece("B", "x", 0, 10), piece("D", "x", 0, 30)]
    (item,) = find_items(pieces, ["A", "B", "C"])
    assert (item.kind, item.missing, item.weight) == ("one_sided", ("C",), 20)
    assert find_items(pieces, ["A"]) == ()
    (agreed,) = find_items(pieces, ["A", "B"])
    assert agreed.is_agreed


def test_areas_meet_on_their_page_only():
    box, moved, far = (0, 0, 100, 50), (1, 0, 101, 50), (0, 40, 100, 90)
    same = [piece("A", "x", 0, 0, page=1, area=box), piece("B", "x", 0, 0, page=1, area=moved)]
    assert kinds(*same) == ["identical"]
    other_page = [same[0], piece("B", "x", 0, 0, page=2, area=box)]
    assert kinds(*other_page) == ["one_sided", "one_sided"]
    overlapping = [same[0], piece("B", "x", 0, 0, page=1, area=far)]
    assert kinds(*overlapping) == ["boundary"]
    assert iou(*overlapping) == 1000 / 9000
    assert kinds(same[0], piece("B", "x", 0, 10, page=1)) == ["one_sided", "one_sided"]


def test_gain_is_weight_over_what_chance_would_give():
    (item,) = with_gain(
        find_items([piece("A", "x", 0, 10), piece("B", "x", 0, 16)], ["A", "B"]), lambda code: 60.0
    )
    assert item.gain == 0.1
    (none,) = with_gain(find_items([piece("A", "x", 0, 10)], ["A", "B"]), lambda code: 0.0)
    assert none.gain == 0.0


PIECES = st.lists(
    st.tuples(
        st.sampled_from("ABC"), st.sampled_from("xyz"), st.integers(0, 60), st.integers(1, 25),
        st.sampled_from(["", "barrier"]), st.sampled_from([None, 1, 2]),
    ),
    max_size=25,
    unique_by=lambda t: (t[:4], t[5]),
)  # fmt: skip


@given(PIECES)
def test_each_coding_is_in_one_item_and_the_order_does_not_matter(rows):
    pieces = [
        Piece(str(n), coder, code, start, start + length, valence)
        if page is None
        else Piece(str(n), coder, code, 0, 0, valence, (), page, (start, 0, start + length, 9))
        for n, (coder, code, start, length, valence, page) in enumerate(rows)
    ]
    items = find_items(pieces, "ABC")
    assert Counter(i for item in items for i in item.ids) == Counter(p.id for p in pieces)
    assert find_items(pieces[::-1], "ABC") == items
    shapes = [(item.kind, item.ids, item.weight) for item in items]
    turned = [(item.kind, item.ids, item.weight) for item in find_items(pieces, "CBA")]
    assert sorted(shapes, key=str) == sorted(turned, key=str)
    assert all(item.kind in (*KINDS, "identical") for item in items)
