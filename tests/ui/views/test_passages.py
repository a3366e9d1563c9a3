from dataclasses import replace

import pytest

from app.coding.extracts import Extract
from app.ui.views.passages import joined, mixed_rows, pair_rows, single_rows

TEXT = "Three coordinators said that nobody had told them where their remit ended."


def extract(start: int, end: int, **facts) -> Extract:
    made = Extract(
        coding_id=f"c{start}-{end}", study="Okafor 2021", study_id="s1", report="", document="a",
        document_id="d1", page=1, page_label="112", start=start, end=end, code="Mandate",
        code_id="x1", code_key="", category="", cluster="", cluster_id="c1", valence="barrier",
        valence_label="Barrier", stages=(), stage_labels=(), coder="Amina", coder_id="a",
        round="", round_id="", quote=TEXT[start:end], clean=TEXT[start:end], memo="",
        condition="", anchor_state="exact", made_at="",
    )  # fmt: skip
    return replace(made, **facts)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((0, 40), (19, 74)),
        ((19, 74), (0, 40)),
        ((0, 74), (29, 35)),
        ((29, 35), (0, 74)),
        ((5, 30), (5, 60)),
        ((5, 30), (5, 30)),
    ],
)
def test_two_overlapping_passages_read_as_one_with_the_place_of_each(first, second) -> None:
    a, b = extract(*first), extract(*second)
    text, place_a, place_b = joined(a, b)
    assert text == TEXT[min(a.start, b.start) : max(a.end, b.end)]
    assert text[slice(*place_a)] == a.clean
    assert text[slice(*place_b)] == b.clean


def test_where_cleaning_broke_the_seam_both_passages_are_shown() -> None:
    a = extract(0, 40, clean="Three coordinators said")
    b = extract(30, 74, clean="nobody had told them")
    text, place_a, place_b = joined(a, b)
    assert text == "Three coordinators said … nobody had told them"
    assert text[slice(*place_b)] == b.clean
    assert text[slice(*place_a)] == a.clean


def test_the_same_passage_of_two_coders_is_one_row() -> None:
    rows = single_rows([extract(0, 18), extract(0, 18, coder_id="b"), extract(19, 40)], "1")
    assert [row.coder_ids for row in rows] == [("a", "b"), ("a",)]


def test_pairs_name_both_codes_and_join_their_memos() -> None:
    a = extract(0, 40, memo="one")
    b = extract(19, 74, code="Trust", code_id="x2", coder_id="b", memo="two")
    (row,) = pair_rows([(a, b), (a, b)], ("1", "2"))
    assert [mark.code for mark in row.marks] == ["Mandate", "Trust"]
    assert (row.start, row.end, row.memo, row.coder_ids) == (0, 74, "one / two", ("a", "b"))
    assert row.spoken().startswith("Okafor 2021, page 112. Three coordinators")


def test_passages_of_several_codes_follow_the_text() -> None:
    rows = mixed_rows(
        [extract(19, 40), extract(0, 18, code="Trust", code_id="x2")], {"x1": "1", "x2": "2"}.get
    )
    assert [row.marks[0].number for row in rows] == ["2", "1"]
