"""Every code has a place of its own, and nothing but the codebook decides where."""

from itertools import combinations

import numpy as np
import pytest
import yaml

from app.analysis.cooccurrence import cooccurrence
from app.analysis.evidence import ClusterKey, CodeKey
from app.analysis.network_layout import (
    PAGE_STYLES,
    Box,
    Layout,
    Point,
    convex_hull,
    heading,
    place_codes,
)
from app.analysis.network_regions import row_sizes
from app.analysis.text_metrics import Measure, text_width
from tests.analysis.paper_measure import font_width
from tests.analysis.synthetic import CLUSTERS, LONGEST, review, some_codes
from tests.shared_data import shared_data

COUNTS = (33, 52, 70, 80)


def apart(a: Box, b: Box) -> bool:
    return a[2] <= b[0] + 1e-6 or b[2] <= a[0] + 1e-6 or a[3] <= b[1] + 1e-6 or b[3] <= a[1] + 1e-6


def inside(point: Point, outline: tuple[Point, ...]) -> bool:
    """Tell whether a point lies in a convex polygon, its edge included."""
    turns = [
        (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0])
        for a, b in zip(outline, outline[1:] + outline[:1], strict=True)
    ]
    return min(turns) >= -1e-2 or max(turns) <= 1e-2


def check(layout: Layout) -> None:
    for a, b in combinations(layout.slots, 2):
        assert apart(a.box, b.box), (a, b)
    for a, b in combinations(layout.regions, 2):
        assert apart(a.box, b.box)
    for slot in layout.slots:
        region = layout.regions[slot.region]
        x0, y0, x1, y1 = slot.box
        assert 0 <= x0 < x1 <= layout.style.width
        assert 0 <= y0 < y1 <= layout.bottom
        assert slot.label_width <= x1 - x0
        for corner in ((x0, y0), (x0, y1), (x1, y0), (x1, y1)):
            assert inside(corner, region.outline), (slot, region)
    for region in layout.regions:
        for x, y in region.outline:
            assert region.box[0] - 1e-2 <= x <= region.box[2] + 1e-2
            assert region.box[1] - 1e-2 <= y <= region.box[3] + 1e-2


@pytest.mark.parametrize("measure", [text_width, font_width])
@pytest.mark.parametrize("width", PAGE_STYLES)
@pytest.mark.parametrize("count", COUNTS)
def test_nothing_overlaps_or_leaves_the_page(count: int, width: int, measure: Measure) -> None:
    codes = some_codes(count)
    assert any(LONGEST in code.name for code in codes)
    layout = place_codes(codes, CLUSTERS, width=width, measure=measure)
    assert [slot.code_id for slot in layout.slots] == [code.id for code in codes]
    assert len({(slot.x, slot.y) for slot in layout.slots}) == count
    check(layout)


def test_the_draft_codebook_has_room() -> None:
    draft = yaml.safe_load(shared_data("codebook_draft.yaml").read_text(encoding="utf-8"))
    clusters = [
        ClusterKey(c["id"], c["name"], "" if c["id"] == "context" else c["id"],
                   c["id"] == "context")
        for c in draft["clusters"]
    ]  # fmt: skip
    codes = [CodeKey(c["id"], c["name"], c["cluster"], c["family"]) for c in draft["codes"]]
    layout = place_codes(codes, clusters)
    check(layout)
    assert len(layout.slots) == 70
    assert layout.bottom < 225
    assert all("…" not in line for slot in layout.slots for line in slot.lines)


@pytest.mark.parametrize("width", PAGE_STYLES)
def test_labels_have_few_lines_and_readable_type(width: int) -> None:
    layout = place_codes(some_codes(80), CLUSTERS, width=width)
    assert max(len(slot.lines) for slot in layout.slots) <= 3
    style = layout.style
    assert min(style.label_size, style.small_size) >= 6


def test_the_narrow_page_numbers_its_codes() -> None:
    layout = place_codes(some_codes(33), CLUSTERS, width=85)
    assert [slot.lines for slot in layout.slots] == [(str(i + 1),) for i in range(33)]


def test_a_cluster_is_one_region_and_the_context_comes_last() -> None:
    codes = some_codes(52)
    layout = place_codes(codes, CLUSTERS)
    assert [heading(region.cluster) for region in layout.regions] == [
        "1 Systems and structures", "2 Relational processes", "3 Staff training and support",
        "Context and moderators",
    ]  # fmt: skip
    for code, slot in zip(codes, layout.slots, strict=True):
        assert layout.regions[slot.region].cluster.id == code.cluster


def test_places_repeat_and_come_without_evidence() -> None:
    assert place_codes(some_codes(52), CLUSTERS) == place_codes(list(some_codes(52)), CLUSTERS)


def test_weights_move_codes_only_among_the_places_of_their_cluster() -> None:
    codes = some_codes(52)
    weights = cooccurrence(review(codes, CLUSTERS)).studies
    plain = place_codes(codes, CLUSTERS)
    moved = place_codes(codes, CLUSTERS, weights=weights)
    check(moved)
    assert moved == place_codes(codes, CLUSTERS, weights=weights.copy())
    assert moved.regions == plain.regions
    assert moved.swapped
    places = [{(s.region, s.x, s.y) for s in layout.slots} for layout in (plain, moved)]
    assert places[0] == places[1]
    assert length(moved, weights) < 0.8 * length(plain, weights)


def length(layout: Layout, weights: np.ndarray) -> float:
    places = np.array([(slot.x, slot.y) for slot in layout.slots])
    gaps = np.linalg.norm(places[:, None] - places[None], axis=2)
    return float((weights**1.5 * gaps).sum())


@pytest.mark.parametrize("count", [0, 1, 2, 3, 7])
def test_few_codes_have_places_too(count: int) -> None:
    layout = place_codes(some_codes(count), CLUSTERS)
    check(layout)
    assert len(layout.slots) == count


def test_codes_without_a_cluster_get_a_region_of_their_own() -> None:
    codes = (*some_codes(12), CodeKey("x", "Nowhere yet", "", ""), CodeKey("y", "Gone", "old", ""))
    layout = place_codes(codes, CLUSTERS)
    check(layout)
    assert heading(layout.regions[-1].cluster) == "Other codes"
    assert {slot.code_id for slot in layout.slots if slot.region == len(layout.regions) - 1} == {
        "x", "y"}  # fmt: skip


def test_a_monstrous_name_is_cut_and_stays_on_the_page() -> None:
    codes = (*some_codes(20), CodeKey("x", "Donaudampfschifffahrt" * 8, "c1", ""))
    layout = place_codes(codes, CLUSTERS)
    check(layout)
    assert layout.slots[-1].lines[-1].endswith("…")


@pytest.mark.parametrize("clusters", [1, 2, 5, 10])
def test_other_numbers_of_clusters(clusters: int) -> None:
    keys = [ClusterKey(f"k{i}", f"Domain {i + 1}", str(i + 1), False) for i in range(clusters)]
    codes = [CodeKey(f"c{i}", f"Code number {i}", f"k{i % clusters}", "") for i in range(40)]
    layout = place_codes(codes, keys)
    check(layout)
    assert len(layout.regions) == clusters


def test_row_sizes_hold_every_code_and_differ_by_one() -> None:
    for count in range(1, 60):
        for rows in range(1, count + 1):
            sizes = row_sizes(count, rows)
            assert sum(sizes) == count
            assert len(sizes) == rows
            assert max(sizes) - min(sizes) <= 1


def test_convex_hull() -> None:
    points = [(0.0, 0.0), (4.0, 0.0), (4.0, 3.0), (0.0, 3.0), (2.0, 1.0), (2.0, 0.0)]
    assert set(convex_hull(points)) == {(0.0, 0.0), (4.0, 0.0), (4.0, 3.0), (0.0, 3.0)}
