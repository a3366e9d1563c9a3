from dataclasses import replace
from itertools import combinations
from types import MappingProxyType

import numpy as np
import pytest
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QColor, QImage, QPainter

from app.analysis.cooccurrence import cooccurrence
from app.analysis.evidence import ClusterKey, CodeKey, Evidence, StudyKey
from app.analysis.network_figure import build_network, settled_layout
from app.analysis.network_words import CaptionFacts
from app.exchange.codebook_files import find_codebook
from app.ui.look import apply_look, current_look
from app.ui.theme import theme
from app.ui.views.network_legend import NetworkLegend
from app.ui.views.network_painting import NetworkPainter, region_colour
from app.ui.views.network_scene import NetworkScene, Target, fitted

FACTS = CaptionFacts("all coders", "Case management", "1.0", "0", "2026-01-01")


def evidence_of_the_whole_codebook() -> Evidence:
    """Three thousand codings of 70 codes in 46 studies, at places drawn from one seed."""
    book = find_codebook("case-management")
    chance = np.random.default_rng(7)
    n = 3000
    start = chance.integers(0, 90_000, n)
    return Evidence(
        coding_ids=tuple(f"c{i}" for i in range(n)),
        code=chance.integers(0, len(book.codes), n).astype(np.int32),
        study=(document := chance.integers(0, 46, n).astype(np.int32)),
        document=document,
        start=start.astype(np.int64),
        end=(start + chance.integers(40, 900, n)).astype(np.int64),
        coder=chance.integers(0, 2, n).astype(np.int32),
        valence=chance.integers(-1, 2, n).astype(np.int8),
        stage_mask=np.zeros(n, dtype=np.int64),
        codes=tuple(CodeKey(c.id, c.name, c.cluster_id, c.category_id) for c in book.codes),
        clusters=tuple(ClusterKey(c.id, c.name, c.number, c.is_context) for c in book.clusters),
        studies=tuple(StudyKey(f"s{i}", f"Study {i}") for i in range(46)),
        coders=("a", "b"),
        valences=("facilitator", "barrier"),
        stages=(),
    )


@pytest.fixture(scope="module")
def figure():
    evidence = evidence_of_the_whole_codebook()
    return build_network(
        evidence, cooccurrence(evidence), facts=FACTS, layout=settled_layout(evidence)
    )


@pytest.fixture
def scene(look, figure) -> NetworkScene:
    return NetworkScene(figure, QSizeF(1030, 700))


def test_no_name_covers_another_name_or_a_disc(scene) -> None:
    nodes = list(scene.nodes.values())
    assert len(nodes) == 70
    covered = [
        (one.node.name, other.node.name)
        for one, other in combinations(nodes, 2)
        if one.box.adjusted(2, 1, -2, -1).intersects(other.box.adjusted(2, 1, -2, -1))
    ]
    assert covered == []
    for node in nodes:
        words = node.box.adjusted(2, 2, -2, -2)  # without the ground round the words
        for other in nodes:
            if other is not node:
                x = max(words.left(), min(other.x, words.right()))
                y = max(words.top(), min(other.y, words.bottom()))
                gap = np.hypot(x - other.x, y - other.y) - other.radius
                assert gap > -2, (node.node.name, other.node.name)


def test_every_name_is_whole_and_inside_the_view(scene) -> None:
    for node in scene.nodes.values():
        assert "".join(" ".join(node.lines).split()) == "".join(node.node.name.split())
        assert node.box.left() >= 0
        assert node.box.right() <= scene.size.width()
        assert node.box.bottom() <= scene.size.height()


def test_codes_keep_their_neighbours_whatever_the_shape_of_the_view(look, figure) -> None:
    wide = NetworkScene(figure, QSizeF(1300, 640)).nodes
    high = NetworkScene(figure, QSizeF(860, 900)).nodes
    for one, other in combinations(list(wide), 2):
        across = (wide[one].x - wide[other].x) * (high[one].x - high[other].x)
        down = (wide[one].y - wide[other].y) * (high[one].y - high[other].y)
        assert across >= -1e-6
        assert down >= -1e-6


def test_a_point_on_a_tie_or_a_name_finds_it(scene) -> None:
    hits = 0
    for (a, b), placed in list(scene.tie_of.items())[:20]:
        x, y = placed.samples[len(placed.samples) // 2]
        found = scene.target_at(float(x), float(y), 6)
        assert found is not None
        hits += found == Target(a, b)
    assert hits >= 10  # the others pass under a name or a stronger tie at that point
    node = next(iter(scene.nodes.values()))
    centre = node.box.center()
    assert scene.target_at(centre.x(), centre.y(), 6) == Target(node.node.code_id)
    assert scene.target_at(-50, -50, 6) is None


def test_paints_quickly_and_without_warnings(scene) -> None:
    image = QImage(1030, 700, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    numbers = MappingProxyType({hull.hull.cluster_id: hull.hull.number for hull in scene.hulls})
    painter = QPainter(image)
    from PySide6.QtCore import QPointF

    drawing = NetworkPainter(scene, numbers, 1.0, QPointF())
    drawing.paint(painter, scene.order[0])
    drawing.paint_pointed(painter, scene.order[-1], focused=True)
    painter.end()
    node = next(iter(scene.nodes.values()))
    rim = image.pixelColor(round(node.x), round(node.y - node.radius))
    assert rim.name() != "#ffffff"


def test_a_small_view_is_filled_and_names_do_not_lie_on_each_other(look, figure) -> None:
    scene, zoom = fitted(figure, QSizeF(1000, 420))
    assert 0.5 < zoom < 1
    assert scene.size.width() * zoom == pytest.approx(1000)
    assert scene.size.height() * zoom == pytest.approx(420)
    assert scene.crowding <= NetworkScene(figure, QSizeF(1000, 600)).crowding
    assert fitted(figure, QSizeF(1000, 700))[1] == 1.0


@pytest.mark.parametrize("scheme", ["light", "dark", "contrast"])
def test_names_can_be_read_on_their_region_also_when_they_are_not_meant(look, scheme) -> None:
    before = current_look()
    apply_look(replace(before, theme=scheme))
    try:
        for number in ("1", "2", "3", ""):
            ground = region_colour(number)
            for token in ("text", "text_2"):
                assert contrast(QColor(theme.token(token)), ground) >= 4.5
    finally:
        apply_look(before)


def test_the_legend_keeps_all_groups_in_as_many_lines_as_it_needs(look, figure) -> None:
    legend = NetworkLegend()
    legend.show_figure(figure)
    groups = len(legend._groups())
    assert len(legend._lines(2000)) == 1
    for width in (900, 500, 260):
        assert sum(len(line) for line in legend._lines(width)) == groups
    assert legend.heightForWidth(400) > legend.heightForWidth(2000)


def contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: QColor) -> float:
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
             for c in (colour.redF(), colour.greenF(), colour.blueF())]  # fmt: skip
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
