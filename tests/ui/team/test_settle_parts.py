"""What Differences is made of, without a window: stretches, decisions on offer, filters."""

from dataclasses import replace

import pytest

from app.analysis.disagreements import Piece, find_items
from app.coding.disagreements import QueueEntry
from app.ui.team.settle_choices import acts_of, previewed, take_name
from app.ui.team.settle_paint import ShownPiece, Stretch, stretches
from app.ui.team.settle_rows import Filters, Queue, Row, kind_words, pairs_of, signs


def row_of(*pieces: Piece, coders: tuple[str, ...]) -> Row:
    (item,) = find_items(pieces, coders)
    entry = QueueEntry("d", "r", item, "open", None, {})
    return Row(
        " ".join(sorted(item.ids)), "Title", "1", "Study", item.kind, kind_words(entry, coders),
        "open", 0.5, "d", item.codes, coders, entry=entry,
    )  # fmt: skip


def test_text_is_cut_where_a_coder_begins_or_ends():
    found = stretches([ShownPiece(0, 5, 20, "1"), ShownPiece(1, 10, 30, "2"),
                       ShownPiece(2, 10, 20, "1")])  # fmt: skip
    assert found == (
        Stretch(5, 10, frozenset({0}), "1"),
        Stretch(10, 20, frozenset({0, 1, 2}), "several"),
        Stretch(20, 30, frozenset({1}), "2"),
    )
    assert stretches([]) == ()


def test_three_coders_have_digits_and_two_have_letters():
    assert signs(2) == ("A", "B")
    row = row_of(Piece("1", "x", "c", 0, 9), Piece("2", "z", "c", 0, 12), coders=("x", "y", "z"))
    acts = {act.name: act for act in acts_of(row, ("Ann", "Bo", "Cy"))}
    assert [acts[take_name(n)].action_id for n in range(3)] == [
        "settle.take_1", "settle.take_2", "settle.take_3",
    ]  # fmt: skip
    assert acts[take_name(1)].why == "Bo coded nothing here."
    assert not acts["union"].why
    assert row.kind_words == "Only 1, 3"
    assert pairs_of(row.coders) == {"x y", "x z", "y z"}


@pytest.mark.parametrize(
    ("pieces", "refused"),
    [
        ((Piece("1", "x", "c", 0, 9),), {"take 1", "union", "intersection", "both"}),
        (
            (Piece("1", "x", "c", 0, 9), Piece("2", "y", "e", 0, 9)),
            {"union", "intersection"},
        ),
        (
            (Piece("1", "x", "c", 0, 0, area=(0, 0, 9, 9)),
             Piece("2", "y", "c", 0, 0, area=(4, 4, 12, 12))),
            {"adjust"},
        ),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_not_offered(pieces, refused):
    row = row_of(*pieces, coders=("x", "y"))
    acts = acts_of(row, ("Ann", "Bo"))
    assert {act.name for act in acts if act.why} == refused
    for act in acts:
        if not act.why and act.name in ("take 0", "union", "both", "intersection"):
            assert previewed(row, act.name), act.name


def test_filters_let_through_what_is_to_be_settled_unless_a_state_is_chosen():
    row = row_of(Piece("1", "x", "c", 0, 9), Piece("2", "y", "c", 0, 12), coders=("x", "y"))
    assert Filters().passes(row)
    assert not Filters().passes(replace(row, state="settled"))
    assert Filters(states=frozenset({"settled"})).passes(replace(row, state="settled"))
    assert not Filters(codes=frozenset({"e"})).passes(row)
    assert Filters(pairs=frozenset({"x y"})).passes(row)
    assert not Filters(meaning_changed=True).passes(row)
    assert Filters(meaning_changed=True).passes(replace(row, meaning_changed=True))


def test_a_document_read_anew_keeps_places_and_effects():
    one = row_of(Piece("1", "x", "c", 0, 9), Piece("2", "y", "c", 0, 12), coders=("x", "y"))
    other = replace(one, key="other", document_id="e", gain=0.2)
    queue = Queue("r", (one, other))
    fresh = replace(one, state="settled", gain=0.01)
    after = queue.with_document("d", [fresh])
    assert [(r.key, r.state, r.gain) for r in after.rows] == [
        (one.key, "settled", 0.5), ("other", "open", 0.2),
    ]  # fmt: skip
    assert (after.settled, after.total) == (1, 2)
    assert queue.with_document("d", []).rows == (other,)
