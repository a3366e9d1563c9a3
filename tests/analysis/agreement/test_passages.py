"""Every number names the passages behind it."""

from collections import Counter

import pytest

from app.analysis.agreement.layers import AreaCoding
from app.analysis.agreement.passages import disagreements, items
from app.analysis.agreement.report import Settings, make_report
from tests.analysis.agreement.making import layers_of

CASES = {
    "identical": [(0, 0, 0, 10, 20), (0, 0, 1, 10, 20)],
    "boundary": [(0, 0, 0, 10, 20), (0, 0, 1, 12, 25)],
    "nested": [(0, 0, 0, 10, 40), (0, 0, 1, 12, 25)],
    "split": [(0, 0, 0, 10, 40), (0, 0, 1, 12, 20), (0, 0, 1, 25, 30)],
    "one_sided": [(0, 0, 0, 10, 40)],
    "other_code": [(0, 0, 0, 10, 40), (0, 1, 1, 15, 30)],
}


@pytest.mark.parametrize(("kind", "rows"), CASES.items(), ids=CASES)
def test_places_are_told_by_kind(kind, rows):
    found = items(layers_of(rows, codes=2), code="c0")
    assert [item.kind for item in found] == [kind]
    (item,) = found
    assert (item.start, item.end) == (10, max(row[4] for row in rows))
    assert item.agrees == (kind == "identical")
    named = {i for ids in item.coding_ids.values() for i in ids}
    assert named == {f"x{n}" for n, row in enumerate(rows) if row[1] == 0}
    assert item.instead == ({"p1": ("x1",)} if kind == "other_code" else {})


def test_the_same_passage_with_another_valence_is_a_disagreement():
    rows = [(0, 0, 0, 10, 20), (0, 0, 1, 10, 20), (0, 0, 0, 50, 60), (0, 0, 1, 50, 60)]
    found = disagreements(layers_of(rows, valences=[0, 1, 0, 0]))
    assert [(item.start, item.kind, item.facets) for item in found] == [
        (10, "identical", ("valence",))
    ]


def test_places_of_a_pair_leave_out_the_others():
    rows = [(0, 0, 0, 10, 20), (0, 0, 1, 10, 20), (0, 0, 2, 60, 70)]
    layers = layers_of(rows, coders=3)
    assert disagreements(layers, coders=("p0", "p1")) == ()
    assert {item.kind for item in disagreements(layers)} == {"one_sided"}
    assert [item.start for item in items(layers, coders=("p0", "p2"))] == [10, 60]


def test_a_text_of_one_coder_has_no_places_and_documents_narrow():
    rows = [(0, 0, 0, 10, 20), (1, 0, 0, 30, 40)]
    layers = layers_of(rows, (100, 100), missing=[(1, 1)])
    assert [item.document for item in items(layers)] == ["d0"]
    assert items(layers, document="d1") == ()


def test_differing_characters_add_up_to_those_of_the_report():
    rows = [(0, 0, 0, 10, 40), (0, 0, 1, 12, 20), (0, 0, 1, 25, 30), (0, 0, 2, 80, 90),
            (1, 0, 0, 5, 9), (1, 0, 1, 7, 15)]  # fmt: skip
    layers = layers_of(rows, (100, 100), coders=3, missing=[(1, 2)])
    (code,) = make_report(layers, Settings(replicates=10)).codes
    differing = sum(item.differing for item in disagreements(layers))
    assert differing == code.text.some + sum(code.text.only.values())


def test_areas_are_places_too():
    boxes = [(0, 1, (0, 0, 9, 9)), (1, 1, (0, 0, 9, 8)), (0, 2, (0, 0, 9, 9)),
             (1, 2, (20, 20, 30, 30)), (0, 3, (1, 1, 2, 2)), (1, 3, (1, 1, 2, 2))]  # fmt: skip
    areas = [AreaCoding(f"a{n}", 0, 0, c, page, box) for n, (c, page, box) in enumerate(boxes)]
    found = items(layers_of([], areas=areas))
    assert Counter((item.page, item.kind) for item in found) == {
        (1, "boundary"): 1, (2, "one_sided"): 2, (3, "identical"): 1
    }  # fmt: skip
    assert found[0].coding_ids == {"p0": ("a0",), "p1": ("a1",)}
