"""The figure says what it draws, draws what it says, and holds still under filters."""

import re
from itertools import combinations

import numpy as np
import pytest

from app.analysis.cooccurrence import cooccurrence
from app.analysis.evidence import Evidence
from app.analysis.network_figure import build_network, readable_ties, settled_layout
from app.analysis.network_legend import legend_steps
from app.analysis.network_model import Curves, NetworkFigure, TextLine
from app.analysis.network_routes import curve_points, obstacles, route
from app.analysis.network_shapes import node_radius
from app.analysis.network_words import CaptionFacts
from app.analysis.palette import BETWEEN, CLUSTERS, CONTEXT
from app.analysis.text_metrics import text_width
from tests.analysis.paper_measure import font_width
from tests.analysis.synthetic import CLUSTERS as CLUSTER_KEYS
from tests.analysis.synthetic import evidence_of, review, some_codes

FACTS = CaptionFacts(
    layer="consensus",
    codebook="Implementation factors",
    codebook_version="1.3",
    app_version="0.1.0",
    date="2026-11-23",
    filters=("stage: delivery", "setting: custody"),
    note="Invented text.",
)


def figure_of(evidence: Evidence, **options: object) -> NetworkFigure:
    return build_network(evidence, cooccurrence(evidence), facts=FACTS, **options)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def evidence() -> Evidence:
    return review(some_codes(52))


@pytest.fixture(scope="module")
def figure(evidence: Evidence) -> NetworkFigure:
    return figure_of(evidence)


def words_of(figure: NetworkFigure) -> list[TextLine]:
    return [
        *(hull.heading for hull in figure.hulls),
        *(line for node in figure.nodes for line in node.label),
        *figure.legend.words,
        *figure.key,
        *figure.caption_lines,
    ]


@pytest.mark.parametrize("count", [33, 52, 70, 80])
@pytest.mark.parametrize("width", [85, 130, 180])
def test_all_words_are_on_the_page_and_large_enough(width: int, count: int) -> None:
    figure = figure_of(review(some_codes(count)), width=width)
    assert figure.width == width
    for line in words_of(figure):
        wide = font_width(line.text, line.size, line.bold)
        left = {"left": 0.0, "middle": wide / 2, "right": wide}[line.align]
        assert line.x - left >= 0, line
        assert line.x - left + wide <= width, line
        assert 0 < line.y < figure.height
        assert line.size >= 6
    lowest = max(line.y for line in figure.caption_lines)
    assert max(hull.heading.y for hull in figure.hulls) < figure.layout.bottom < lowest


@pytest.mark.parametrize("count", [33, 52, 70, 80])
def test_no_two_label_boxes_overlap_and_none_covers_a_node(count: int) -> None:
    nodes = figure_of(review(some_codes(count))).nodes
    for a, b in combinations(nodes, 2):
        x0, y0, x1, y1 = a.label_box
        u0, v0, u1, v1 = b.label_box
        assert x1 <= u0 or u1 <= x0 or y1 <= v0 or v1 <= y0, (a.name, b.name)
        assert np.hypot(a.x - b.x, a.y - b.y) > a.radius + b.radius
        for node, box in ((a, b.label_box), (b, a.label_box)):
            dx = max(box[0] - node.x, 0, node.x - box[2])
            dy = max(box[1] - node.y, 0, node.y - box[3])
            assert np.hypot(dx, dy) >= node.radius


def test_filters_move_no_node(evidence: Evidence, figure: NetworkFigure) -> None:
    for fewer in (
        evidence.where(studies={"s1", "s2", "s3"}),
        evidence.where(valences={"barrier"}),
        evidence.where(codes={"code-0"}),
        evidence.where(coders=()),
    ):
        filtered = figure_of(fewer, minimum_studies=1)
        assert [(n.code_id, n.x, n.y) for n in filtered.nodes] == [
            (n.code_id, n.x, n.y) for n in figure.nodes
        ]
        assert [hull.path for hull in filtered.hulls] == [hull.path for hull in figure.hulls]


def test_settled_places_hold_still_too(evidence: Evidence) -> None:
    layout = settled_layout(evidence)
    fewer = evidence.where(valences={"barrier"})
    figures = [figure_of(kept, layout=layout) for kept in (evidence, fewer)]
    places = [[(node.code_id, node.x, node.y) for node in figure.nodes] for figure in figures]
    assert places[0] == places[1]
    assert settled_layout(evidence) == layout
    assert "changed places once" in figures[0].caption


def test_it_repeats(evidence: Evidence, figure: NetworkFigure) -> None:
    assert figure_of(evidence) == figure


def test_drawn_ties_are_the_strongest_that_meet_the_rule(
    evidence: Evidence, figure: NetworkFigure
) -> None:
    result = cooccurrence(evidence)
    index = {code.id: i for i, code in enumerate(evidence.codes)}
    assert len(figure.ties) == readable_ties(52) == 47
    assert len(figure.table) == int((np.triu(result.studies, 1) >= 3).sum()) > len(figure.ties)
    for tie in figure.ties:
        assert tie.studies == result.studies[index[tie.code_a], index[tie.code_b]] >= 3
        assert str(tie.studies) in tie.description
    left_out = {(row.code_a, row.code_b) for row in figure.table} - {
        (tie.code_a, tie.code_b) for tie in figure.ties
    }
    weakest = min(tie.studies for tie in figure.ties)
    assert max(result.studies[index[a], index[b]] for a, b in left_out) <= weakest


def test_wider_ties_have_more_studies(figure: NetworkFigure) -> None:
    by_studies = sorted((tie.studies, tie.width) for tie in figure.ties)
    assert [width for _, width in by_studies] == sorted(tie.width for tie in figure.ties)
    assert 0 < by_studies[0][1] < by_studies[-1][1] <= 1.5


def test_ties_have_the_colour_of_their_cluster_or_are_black(figure: NetworkFigure) -> None:
    cluster = {node.code_id: node.cluster_id for node in figure.nodes}
    fills = {"c1": CLUSTERS[0].fill, "c2": CLUSTERS[1].fill, "c3": CLUSTERS[2].fill,
             "ctx": CONTEXT.fill}  # fmt: skip
    kinds = set()
    for tie in figure.ties:
        within = cluster[tie.code_a] == cluster[tie.code_b]
        assert tie.kind == (cluster[tie.code_a] if within else "between")
        assert tie.colour == (fills[tie.kind] if within else BETWEEN)
        kinds.add(within)
    assert kinds == {True, False}


def test_ties_end_at_their_nodes_and_stay_on_the_page(figure: NetworkFigure) -> None:
    place = {node.code_id: (node.x, node.y) for node in figure.nodes}
    for tie in figure.ties:
        ((c1, c2, end),) = tie.path.curves
        assert tie.path.start == place[tie.code_a]
        assert end == place[tie.code_b]
        points = curve_points(
            np.array(tie.path.start), np.array(c1), np.array(c2), np.array(end), 40
        )
        assert points.min() >= 0
        assert points[..., 0].max() <= figure.width
        assert points[..., 1].max() <= figure.layout.bottom + 3


def test_routes_avoid_labels_better_than_straight_lines(figure: NetworkFigure) -> None:
    layout = figure.layout
    labels = obstacles(layout)[0][: len(layout.slots)]

    def covered(a: int, b: int, c1: object, c2: object) -> int:
        ends = [np.array((layout.slots[i].x, layout.slots[i].y)) for i in (a, b)]
        if c1 is None:
            c1, c2 = ends[0] + (ends[1] - ends[0]) / 3, ends[0] + (ends[1] - ends[0]) * 2 / 3
        x, y = curve_points(ends[0], np.array(c1), np.array(c2), ends[1], 50)[0].T[:, :, None]
        others = np.delete(labels, [a, b], axis=0)
        return int(
            ((x > others[:, 0]) & (x < others[:, 2]) & (y > others[:, 1]) & (y < others[:, 3]))
            .any(axis=1)
            .sum()
        )

    index = {slot.code_id: i for i, slot in enumerate(layout.slots)}
    pairs = [(index[tie.code_a], index[tie.code_b]) for tie in figure.ties]
    routed = sum(covered(a, b, *route(layout, a, b)) for a, b in pairs)
    straight = sum(covered(a, b, None, None) for a, b in pairs)
    assert routed < 0.5 * straight


def test_a_route_is_the_same_both_ways(figure: NetworkFigure) -> None:
    assert route(figure.layout, 3, 30) == route(figure.layout, 30, 3)[::-1]


def test_node_areas_count_studies(figure: NetworkFigure) -> None:
    top = max(node.studies for node in figure.nodes)
    for node in figure.nodes:
        assert node.radius == node_radius(node.studies, top, figure.layout)
    quarter = node_radius(10, 40, figure.layout) / node_radius(40, 40, figure.layout)
    assert quarter == pytest.approx(0.5, abs=0.01)
    assert node_radius(1, 1, figure.layout) == node_radius(1, 10, figure.layout)
    assert node_radius(0, 1, figure.layout) < node_radius(1, 40, figure.layout)


def test_pies_are_shares_of_studies(evidence: Evidence, figure: NetworkFigure) -> None:
    for node in figure.nodes:
        total = node.facilitator + node.unclear + node.barrier
        assert total == pytest.approx(0.0 if node.faded else 1.0)
        assert node.faded == (node.studies == 0)
        used = evidence.where(codes={node.code_id})
        assert node.studies == len(set(used.study.tolist()))
        assert node.codings == len(used)


def test_unused_codes_are_drawn_small_and_pale(evidence: Evidence, figure: NetworkFigure) -> None:
    faded = [node for node in figure.nodes if node.faded]
    used = set(evidence.code.tolist())
    assert [n.code_id for n in faded] == [
        code.id for i, code in enumerate(evidence.codes) if i not in used
    ]
    assert faded
    smallest = min(node.radius for node in figure.nodes if not node.faded)
    assert all(node.radius < smallest and node.label for node in faded)
    fills = {colours.fill for colours in (*CLUSTERS, CONTEXT)}
    assert not fills & {node.colour for node in faded}


def test_without_ties_all_codes_are_there() -> None:
    figure = figure_of(evidence_of([], codes=33))
    assert len(figure.nodes) == 33
    assert figure.ties == ()
    assert "No two codes overlap" in figure.caption
    assert "0 codings" in figure.caption
    assert "No drawn tie joins two clusters" in figure.alt_text


def test_an_empty_codebook_is_a_page_with_a_caption() -> None:
    figure = figure_of(evidence_of([], codes=0))
    assert figure.nodes == ()
    assert figure.caption_lines


def test_the_caption_has_every_parameter_and_n(evidence: Evidence, figure: NetworkFigure) -> None:
    drawn, found = len(figure.ties), len(figure.table)
    between = sum(tie.kind == "between" for tie in figure.ties)
    unused = 52 - len(set(evidence.code.tolist()))
    for words in (
        "Unit of count: studies", f"n = 46 studies, 2,900 codings, 52 codes ({unused} not used",
        "overlap by at least one character", f"the {drawn} strongest of {found} ties",
        "in 3 or more studies", "of 1,326 possible", f"{between} between clusters (black)",
        f"{drawn - between} within a cluster", "Layer: consensus",
        "Filters: stage: delivery; setting: custody", "Implementation factors, version 1.3",
        "Cofactor 0.1.0, 2026-11-23", "Invented text.",
    ):  # fmt: skip
        assert words in figure.caption, words
    assert " ".join(line.text for line in figure.caption_lines) == figure.caption
    assert figure.ties_possible == 52 * 51 // 2
    assert len(evidence) == 2900


def test_all_ties_drawn_are_said_to_be_all() -> None:
    rows = [row for s in range(4) for row in ((0, s, s, 0, 9, 0), (1, s, s, 5, 20, 0))]
    figure = figure_of(evidence_of(rows))
    assert len(figure.ties) == 1
    assert "Drawn: 1 tie found in 3 or more studies of 15 possible" in figure.caption
    only = figure_of(evidence_of(rows[:2]), minimum_studies=1)
    assert "found in at least one study" in only.caption
    assert "n = 1 study (3 more without codings), 2 codings" in only.caption


def test_alternative_text_names_the_five_strongest_ties_between_clusters(
    figure: NetworkFigure,
) -> None:
    names = {node.code_id: node.name for node in figure.nodes}
    between = [tie for tie in figure.ties if tie.kind == "between"]
    for tie in between[:5]:
        words = f"{names[tie.code_a]} and {names[tie.code_b]} ({tie.studies} of 46 studies)"
        assert words in figure.alt_text
    assert figure.alt_text.count(" of 46 studies)") == 5


def test_bridges_are_bold(figure: NetworkFigure) -> None:
    bold = [node for node in figure.nodes if node.emphasis]
    assert bold
    assert len(bold) < len(figure.nodes) / 2
    assert all(line.bold == node.emphasis for node in figure.nodes for line in node.label)
    for node in bold:
        mine = [tie for tie in figure.ties if node.code_id in (tie.code_a, tie.code_b)]
        assert len(mine) >= 3
        assert any(tie.kind == "between" for tie in mine)


def test_the_narrow_page_lists_every_name_in_a_key(evidence: Evidence) -> None:
    figure = figure_of(evidence, width=85)
    words = " ".join(line.text for line in figure.key)
    for number, code in enumerate(evidence.codes, start=1):
        assert f"{number} {code.name}" in words
    assert [node.label[0].text for node in figure.nodes] == [str(i + 1) for i in range(52)]
    assert "key below" in figure.caption


def test_the_legend_shows_sizes_and_widths_that_are_in_the_figure(figure: NetworkFigure) -> None:
    top = max(node.studies for node in figure.nodes)
    sizes = [mark.radius for mark in figure.legend.marks if mark.kind == "size"]
    assert sizes == [node_radius(n, top, figure.layout) for n in legend_steps(top)]
    widths = [mark.width for mark in figure.legend.marks if mark.kind == "tie"]
    assert set(widths) <= {tie.width for tie in figure.ties}
    assert [mark.kind for mark in figure.legend.marks][3:6] == ["facilitator", "unclear", "barrier"]


def test_legend_steps() -> None:
    assert legend_steps(0) == ()
    assert legend_steps(2) == (1, 2)
    assert legend_steps(40) == (5, 20, 40)
    assert all(sorted(set(s)) == list(s) and s[-1] == n for n in range(1, 99)
               for s in [legend_steps(n)])  # fmt: skip


def test_table_rows_carry_their_studies(evidence: Evidence, figure: NetworkFigure) -> None:
    labels = {study.label for study in evidence.studies}
    for row in figure.table:
        assert len(row.study_labels) == row.studies
        assert set(row.study_labels) <= labels
        assert 0 < row.jaccard <= min(row.a_given_b, row.b_given_a) <= 1
        assert 0 < row.largest_share <= 1
        assert re.match(r"(1 Sys|2 Rel|3 Sta|Context)", row.cluster_a)


def test_hulls_are_closed_paths(figure: NetworkFigure) -> None:
    for hull in figure.hulls:
        path: Curves = hull.path
        assert path.closed
        assert path.curves[-1][2] == path.start
    assert [hull.dashed for hull in figure.hulls] == [c.is_context for c in CLUSTER_KEYS]


def test_a_measuring_function_of_the_painter_is_used(evidence: Evidence) -> None:
    def wide(text: str, size: float, bold: bool = False) -> float:
        return 1.2 * text_width(text, size, bold)

    boxes = [n.label_box for n in figure_of(evidence, measure=wide).nodes]
    plain = [n.label_box for n in figure_of(evidence).nodes]
    assert boxes != plain


def test_a_tie_says_of_itself_what_a_reader_understands(
    evidence: Evidence, figure: NetworkFigure
) -> None:
    result = cooccurrence(evidence)
    index = {code.id: i for i, code in enumerate(evidence.codes)}
    tie = figure.ties[0]
    a, b = index[tie.code_a], index[tie.code_b]
    studies = len(evidence.studies)
    given = result.given()
    assert f"share text in {tie.studies} of {studies} studies" in tie.description
    assert f"have the two together; of those with “{evidence.codes[b].name}”" in tie.description
    assert f"{given[b, a]:.0%}".replace("%", " %") in tie.description
    assert tie.description.endswith(f"{given[a, b]:.0%}".replace("%", " %"))
    assert "P(" not in tie.description
