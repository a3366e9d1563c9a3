"""Sizes of nodes and outlines with round corners."""

from collections.abc import Sequence
from math import hypot, sqrt

from app.analysis.network_layout import Layout, Point
from app.analysis.network_model import Curves

_LARGE_FROM = 10  # studies


def node_radius(studies: int, top: int, layout: Layout) -> float:
    """Return the radius in mm of a node whose area is proportional to its studies.

    ``top`` studies give the largest node, but no fewer than ten: in a review that has just begun
    one study looks like one study. Very small nodes keep a visible size.
    """
    style = layout.style
    if not studies:
        return style.radius_least * 0.8
    radius = style.radius_most * sqrt(studies / max(top, _LARGE_FROM))
    return round(max(radius, style.radius_least), 3)


def rounded(corners: Sequence[Point], radius: float) -> Curves:
    """Return a closed path through a polygon whose corners are cut by ``radius`` mm and rounded."""
    starts: list[Point] = []
    curves: list[tuple[Point, Point, Point]] = []
    count = len(corners)
    for i, corner in enumerate(corners):
        before = _towards(corner, corners[i - 1], radius)
        after = _towards(corner, corners[(i + 1) % count], radius)
        starts.append(before)
        if i:
            curves.append(_straight(curves[-1][2], before))
        curves.append((_towards(before, corner, 0.55, share=True),
                       _towards(after, corner, 0.55, share=True), after))  # fmt: skip
    curves.append(_straight(curves[-1][2], starts[0]))
    return Curves(starts[0], tuple(curves), closed=True)


def _straight(a: Point, b: Point) -> tuple[Point, Point, Point]:
    return (_towards(a, b, 1 / 3, share=True), _towards(a, b, 2 / 3, share=True), b)


def _towards(a: Point, b: Point, step: float, *, share: bool = False) -> Point:
    """Return the point ``step`` mm (or that share of the way) from a to b, at most half way."""
    length = hypot(b[0] - a[0], b[1] - a[1])
    part = step if share else min(step / length, 0.5) if length else 0.0
    return (round(a[0] + (b[0] - a[0]) * part, 3), round(a[1] + (b[1] - a[1]) * part, 3))
