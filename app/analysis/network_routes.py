"""The way of a tie across the page: a cubic curve that avoids labels and other nodes.

A way depends on the layout alone, so it is worked out once per pair of codes.
"""

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from app.analysis.network_layout import Layout, Point, heading
from app.analysis.text_metrics import line_height

Floats = NDArray[np.float64]

BUNDLING = 0.28  # how far curves between clusters lean to the midpoint of the two clusters
_SAMPLES = 24
_BENDS = np.array([-0.55, -0.36, -0.22, -0.1, 0.0, 0.1, 0.22, 0.36, 0.55])
_NODE_COST = 3.0  # a tie through a foreign node reads as two ties
_OWN_COST = 0.9
_BEND_COST = 0.10
_OUTSIDE_COST = 6.0
_CELL = 0.25  # mm


@lru_cache(maxsize=8192)
def route(layout: Layout, code_a: int, code_b: int) -> tuple[Point, Point]:
    """Return the two control points of the curve from code a to code b, in millimetres.

    Tries curves bent to either side at either end and takes the one with the least length under
    label boxes and nodes, plus a little for bending; between clusters the unbent curve already
    leans to the midpoint of the two clusters, which gathers ties between the same two.
    """
    if code_a > code_b:
        second, first = route(layout, code_b, code_a)
        return first, second
    a, b = layout.slots[code_a], layout.slots[code_b]
    p0, p3 = np.array([a.x, a.y]), np.array([b.x, b.y])
    line = p3 - p0
    distance = float(np.hypot(*line)) or 1.0
    normal = np.array([-line[1], line[0]]) / distance
    bases = np.stack([p0 + line * 0.33, p0 + line * 0.67])
    if a.region != b.region:
        middle = np.add(layout.regions[a.region].centre, layout.regions[b.region].centre) / 2
        bases = bases + BUNDLING * (middle - bases)
    bend_a, bend_b = (grid.ravel() for grid in np.meshgrid(_BENDS, _BENDS, indexing="ij"))
    c1 = bases[0] + normal * (bend_a * distance)[:, None]
    c2 = bases[1] + normal * (bend_b * distance)[:, None]
    cost = _blocked(layout, code_a, code_b, curve_points(p0, c1, c2, p3, _SAMPLES))
    # A short tie may bend far, a long one must not wander over the page.
    cost += _BEND_COST * distance * (np.abs(bend_a) + np.abs(bend_b))
    cost += _BEND_COST * 0.8 * distance * np.abs(bend_a - bend_b)
    best = int(cost.round(4).argmin())
    return (_point(c1[best]), _point(c2[best]))


def curve_points(p0: Floats, c1: Floats, c2: Floats, p3: Floats, samples: int) -> Floats:
    """Return points along cubic curves: curves x samples x 2, ends left out."""
    t = ((np.arange(samples) + 1) / (samples + 1))[None, :, None]
    c1, c2 = np.atleast_2d(c1)[:, None, :], np.atleast_2d(c2)[:, None, :]
    rest = 1 - t
    points = rest**3 * p0 + 3 * rest**2 * t * c1 + 3 * rest * t**2 * c2 + t**3 * p3
    return np.asarray(points, dtype=np.float64)


def _blocked(layout: Layout, code_a: int, code_b: int, points: Floats) -> Floats:
    """Return for each curve the millimetres that run where they should not, weighted."""
    labels, nodes = _maps(layout)
    step = np.hypot(*np.diff(points, axis=1).transpose(2, 0, 1)).mean(axis=1)
    column = np.clip((points[..., 0] / _CELL).astype(np.int64), 0, labels.shape[1] - 1)
    row = np.clip((points[..., 1] / _CELL).astype(np.int64), 0, labels.shape[0] - 1)
    label, node = labels[row, column], nodes[row, column]
    own_label = (label == code_a) | (label == code_b)
    own_node = (node == code_a) | (node == code_b)
    cost = np.where(own_label, _OWN_COST, 1.0) * (label >= 0)
    cost = np.where(own_node, 0.0, cost + _NODE_COST * (node >= 0))
    box = _room(layout, code_a, code_b)
    outside = ((points[..., 0] < box[0]) | (points[..., 0] > box[2])
               | (points[..., 1] < box[1]) | (points[..., 1] > box[3]))  # fmt: skip
    return np.asarray(step * (cost.sum(axis=1) + _OUTSIDE_COST * outside.sum(axis=1)))


def _room(layout: Layout, code_a: int, code_b: int) -> tuple[float, float, float, float]:
    """Return where a tie may run: its cluster, or between clusters what both span together."""
    one, other = (layout.regions[layout.slots[code].region].box for code in (code_a, code_b))
    return (min(one[0], other[0]), min(one[1], other[1]),
            max(one[2], other[2]), max(one[3], other[3]))  # fmt: skip


@lru_cache(maxsize=16)
def _maps(layout: Layout) -> tuple[NDArray[np.int16], NDArray[np.int16]]:
    """Return two maps of the page in small cells: whose label, whose node lies there, or -1."""
    labels, centres, radius = obstacles(layout)
    shape = (math.ceil((layout.bottom + 2) / _CELL), math.ceil(layout.style.width / _CELL))
    label_map = np.full(shape, -1, dtype=np.int16)
    node_map = np.full(shape, -1, dtype=np.int16)
    for index, (x0, y0, x1, y1) in enumerate(np.maximum(labels / _CELL, 0).round().astype(int)):
        label_map[y0:y1, x0:x1] = index
    reach = radius + 0.5
    for index, (x, y) in enumerate(centres):
        x0, y0, x1, y1 = (
            max(int(v / _CELL), 0) for v in (x - reach, y - reach, x + reach, y + reach)
        )
        rows, columns = np.mgrid[y0 : y1 + 1, x0 : x1 + 1]
        disc = ((columns + 0.5) * _CELL - x) ** 2 + ((rows + 0.5) * _CELL - y) ** 2 < reach**2
        node_map[y0 : y1 + 1, x0 : x1 + 1][disc] = index
    return label_map, node_map


@lru_cache(maxsize=16)
def obstacles(layout: Layout) -> tuple[Floats, Floats, float]:
    """Return boxes of words (m x 4), node centres (n x 2) and the radius of a common node in mm.

    The headings of the clusters follow the labels of the codes. Labels hang right under their
    node, whatever its size, so a box reaches from a small node's edge to where a large node's
    label ends.
    """
    style = layout.style
    radius = 0.75 * style.radius_most
    labels = []
    for slot in layout.slots:
        half = slot.label_width / 2 + 0.5
        top = slot.y + style.radius_least + style.label_gap
        bottom = slot.y + style.radius_most + style.label_gap
        bottom += len(slot.lines) * line_height(style.label_size)
        labels.append((slot.x - half, top, slot.x + half, bottom))
    centres = [(slot.x, slot.y) for slot in layout.slots]
    for region in layout.regions:
        x0, y0, x1, _ = region.box
        width = layout.measure(heading(region.cluster), style.heading_size, True) + 1.0
        x0, x1 = (x1 - width, x1) if region.align == "right" else (x0, x0 + width)
        labels.append((x0, y0, x1, y0 + style.heading_height))
    return np.array(labels).reshape(-1, 4), np.array(centres).reshape(-1, 2), radius


def _point(values: Floats) -> Point:
    return (round(float(values[0]), 3), round(float(values[1]), 3))
