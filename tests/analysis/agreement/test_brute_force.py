"""The sweep against counting every character, matching against an exact matching, and so on."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.agreement.areas import tiles
from app.analysis.agreement.coefficients import cohen, rate
from app.analysis.agreement.intervals import paragraphs, sweep, unite, whole_texts
from app.analysis.agreement.label_sets import character_sets, set_alpha
from app.analysis.agreement.layers import AreaCoding, Layers
from app.analysis.agreement.report import Settings, make_report
from app.analysis.agreement.segments import match
from tests.analysis.agreement.making import characters, layers_of, u_alpha_by_character

QUICK = Settings(replicates=20)
LENGTHS = (40, 25, 1)


@st.composite
def team_work(draw: st.DrawFn) -> Layers:
    """Some texts, two to four coders, two codes, missing assignments, overlaps of one coder."""
    coders = draw(st.integers(2, 4))
    missing = draw(st.sets(st.tuples(st.integers(0, 2), st.integers(0, coders - 1)), max_size=4))
    rows = []
    for _ in range(draw(st.integers(0, 14))):
        text, coder = draw(st.integers(0, 2)), draw(st.integers(0, coders - 1))
        if (text, coder) in missing:
            continue
        start = draw(st.integers(0, LENGTHS[text] - 1))
        end = draw(st.integers(start + 1, min(start + 15, LENGTHS[text])))
        rows.append((text, draw(st.integers(0, 1)), coder, start, end))
    return layers_of(rows, LENGTHS, coders=coders, codes=2, missing=sorted(missing))


def close(one: float | None, other: float | None) -> bool:
    return one is other is None or (
        one is not None and other is not None and one == pytest.approx(other, abs=1e-9)
    )


@settings(max_examples=40, deadline=None)
@given(team_work())
def test_numbers_on_characters_equal_those_counted_one_by_one(layers):
    report = make_report(layers, QUICK)
    for number, code in enumerate(report.codes):
        items = [
            item for item in characters(layers, number) if sum(v is not None for v in item) > 1
        ]
        text = code.text
        assert text.size == len(items)
        said = [[v for v in item if v is not None] for item in items]
        assert text.both == sum(all(item) for item in said)
        assert text.some == sum(1 < sum(item) < len(item) for item in said)
        assert sum(text.only.values()) == sum(sum(item) == 1 for item in said)
        assert text.neither == sum(not any(item) for item in said)
        found = rate(items)
        if not any(any(item) for item in said):
            assert text.alpha is text.percent is text.gwet_ac1 is text.u_alpha_binary is None
            continue
        assert close(text.percent, found.percent)
        assert close(text.alpha, found.alpha)
        assert close(text.fleiss_kappa, found.fleiss_kappa)
        assert close(text.gwet_ac1, found.gwet_ac1)
        assert close(text.s, found.s)
        assert close(text.u_alpha_binary, u_alpha_by_character(layers, number))


@settings(max_examples=25, deadline=None)
@given(team_work())
def test_sets_of_codes_on_characters_equal_those_counted_one_by_one(layers):
    both = zip(characters(layers, 0), characters(layers, 1), strict=True)
    items = [
        [None if a is None else frozenset(n for n, on in enumerate((a, b)) if on)
         for a, b in zip(one, other, strict=True)]
        for one, other in both
    ]  # fmt: skip
    found = character_sets(layers.comparable(), unite(layers.comparable()))
    assert close(found.everywhere, set_alpha(items))
    coded = [[value or None for value in item] for item in items]
    assert close(found.coded, set_alpha(coded))


@settings(max_examples=25, deadline=None)
@given(team_work())
def test_numbers_of_pairs_equal_those_counted_one_by_one(layers):
    report = make_report(layers, QUICK)
    for pair in report.pairs:
        places = [int(coder[1:]) for coder in pair.coders]
        for number, row in enumerate(pair.codes):
            said = [[item[p] for p in places] for item in characters(layers, number)]
            both = [item for item in said if None not in item]
            assert row.text.size == len(both)
            if any(map(any, both)):
                assert close(row.text.cohen_kappa, cohen(both))
            assert row.text.only == {
                pair.coders[0]: sum(item == [True, False] for item in both),
                pair.coders[1]: sum(item == [False, True] for item in both),
            }


@settings(max_examples=25, deadline=None)
@given(team_work(), st.lists(st.integers(1, 39), max_size=6))
def test_cutting_texts_into_paragraphs_changes_no_sum(layers, cuts):
    cut = layers_of(
        [
            (int(layers.continuum[r]), int(layers.code[r]), int(layers.coder[r]),
             int(layers.start[r]), int(layers.end[r]))
            for r in range(len(layers.coding_ids))
        ],
        LENGTHS, coders=len(layers.coders), codes=2, paragraphs=[tuple(cuts)] * 3,
    )  # fmt: skip
    units = unite(cut)
    whole, parts = sweep(cut, units, whole_texts(cut)), sweep(cut, units, paragraphs(cut))
    assert whole.length.sum() == parts.length.sum()
    assert (parts.piece < len(paragraphs(cut).start)).all()
    one = dict.fromkeys(zip(whole.code.tolist(), whole.mask.tolist(), strict=True), 0)
    other = dict(one)
    for code, mask, length in zip(whole.code.tolist(), whole.mask.tolist(), whole.length.tolist(),
                                  strict=True):  # fmt: skip
        one[code, mask] += length
    for code, mask, length in zip(parts.code.tolist(), parts.mask.tolist(), parts.length.tolist(),
                                  strict=True):  # fmt: skip
        other[code, mask] += length
    assert one == other


@settings(max_examples=40, deadline=None)
@given(
    team_work(), st.sampled_from([0.01, 0.3, 0.5, 0.8, 1.0]), st.sampled_from(["longer", "union"])
)
def test_as_many_passages_are_matched_as_can_be(layers, threshold, measure):
    units = unite(layers)
    found = match(layers, units, threshold, measure)
    for a in range(len(layers.coders)):
        for b in range(a + 1, len(layers.coders)):
            graph = nx.Graph()
            for i in np.flatnonzero(units.coder == a).tolist():
                for j in np.flatnonzero(units.coder == b).tolist():
                    same = units.continuum[i] == units.continuum[j]
                    common = min(units.end[i], units.end[j]) - max(units.start[i], units.start[j])
                    sizes = units.end[i] - units.start[i], units.end[j] - units.start[j]
                    whole = max(sizes) if measure == "longer" else sum(sizes) - common
                    same = same and units.code[i] == units.code[j] and common > 0
                    if same and common >= threshold * whole - 1e-9:
                        graph.add_edge(i, j)
            best = len(nx.max_weight_matching(graph, maxcardinality=True))
            ours = (units.coder[found.first] == a) & (units.coder[found.second] == b)
            assert int(ours.sum()) == best
            assert len(set(found.first[ours].tolist())) == best


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 2), st.integers(0, 9), st.integers(0, 9), st.integers(1, 6),
            st.integers(1, 6),
        ),
        max_size=8,
    )
)  # fmt: skip
def test_the_surface_of_areas_equals_that_of_a_raster(boxes):
    areas = [
        AreaCoding(f"a{n}", 0, 0, coder, 1, (x, y, x + width, y + height))
        for n, (coder, x, y, width, height) in enumerate(boxes)
    ]
    raster = np.zeros((16, 16), dtype=np.int64)
    for coder, x, y, width, height in boxes:
        raster[y : y + height, x : x + width] |= 1 << coder
    found = tiles(layers_of([], coders=3, areas=areas))
    masks = {int(m): 0.0 for m in found.mask}
    for mask, surface in zip(found.mask.tolist(), found.surface.tolist(), strict=True):
        masks[mask] += surface
    assert masks == {m: int((raster == m).sum()) for m in np.unique(raster[raster > 0]).tolist()}
