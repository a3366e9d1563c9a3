"""The network figure laid out for a screen, in a form that answers to the pointer and to keys.

The figure knows the places of the codes on paper. On screen the page is stretched to the shape of
the view, and names are broken anew at a size that can be read; which code stands beside which
never changes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QFontMetricsF, QPainterPath

from app.analysis.network_model import Curves, Hull, NetworkFigure, Node, Tie
from app.analysis.text_metrics import fit_name
from app.ui.theme import font, px, role_pixels, theme

LEAST_SIZE = (820, 600)  # px at 100 %: below it the picture may shrink as a whole
ZOOMS = (1.0, 0.92, 0.84, 0.76, 0.68)
MOST_STRETCH = 2.8
LABEL_LINES = 3
ROW_REACH = 34  # px at 100 %: what counts as beside
COMPACT_LABEL, WIDEST_LABEL = 130, 220
SAMPLES = 24
LABEL_ROLE, BOLD_ROLE, HEADING_ROLE = "tiny", "tiny_group", "group"
TIE_WIDTH = 4.2  # px per mm of the figure's tie widths


@dataclass(frozen=True, slots=True)
class Target:
    """What can be chosen: a node (``code_b`` is "") or a tie."""

    code_a: str
    code_b: str = ""

    @property
    def is_tie(self) -> bool:
        """Say whether two codes are meant."""
        return bool(self.code_b)


@dataclass(frozen=True, slots=True)
class PlacedNode:
    """A code on screen; lengths in pixels at zoom 1."""

    node: Node
    x: float
    y: float
    radius: float
    lines: tuple[str, ...]
    box: QRectF


@dataclass(frozen=True, slots=True)
class PlacedTie:
    """A tie on screen."""

    tie: Tie
    path: QPainterPath
    width: float
    samples: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PlacedHull:
    """A cluster on screen; ``anchor`` is where its heading begins, or ends when ``right``."""

    hull: Hull
    path: QPainterPath
    anchor: QPointF
    right: bool


def fitted(figure: NetworkFigure, view: QSizeF) -> tuple["NetworkScene", float]:
    """Return the scene that fills a view, and its zoom: 1 where the names have room enough.

    In a small view the picture is drawn for a larger page and shrunk; no further than needed for
    names that do not lie on each other, because shrunk names are hard to read.
    """
    least = min(view.width() / px(LEAST_SIZE[0]), view.height() / px(LEAST_SIZE[1]), 1.0)
    smallest = NetworkScene(figure, view / least)
    if least == 1.0:
        return smallest, 1.0
    allowed = smallest.crowding
    for zoom in ZOOMS:
        if zoom <= least:
            break
        scene = NetworkScene(figure, view / zoom)
        if scene.crowding <= allowed:
            return scene, zoom
    return smallest, least


class NetworkScene:
    """Places on screen and the order of keys for one figure in a view of ``size`` pixels."""

    def __init__(self, figure: NetworkFigure, size: QSizeF) -> None:
        self.figure = figure
        self.size = QSizeF(size)
        self._fit_page()
        self.hulls = tuple(self._place_hull(hull) for hull in figure.hulls)
        self.nodes = self._place_nodes()
        # Weak ties first, so that strong ones lie on top.
        self.ties = tuple(self._place_tie(tie) for tie in reversed(figure.ties))
        self.tie_of = {(one.tie.code_a, one.tie.code_b): one for one in reversed(self.ties)}
        self.order = self._order()

    @property
    def crowding(self) -> int:
        """How many names are cut, or lie on another name or disc."""
        nodes = list(self.nodes.values())
        discs = np.array([(node.x, node.y, node.radius) for node in nodes])
        return sum(
            node.lines[-1].endswith("…")
            or _touches(node.box, np.delete(discs, at, axis=0))
            or any(node.box.intersects(other.box) for other in nodes[at + 1 :])
            for at, node in enumerate(nodes)
        )

    def node_at(self, x: float, y: float, slack: float) -> PlacedNode | None:
        """Return the node whose disc or label holds a point."""
        gaps = [
            (float(np.hypot(node.x - x, node.y - y)) - node.radius, node)
            for node in self.nodes.values()
        ]
        gap, nearest = min(gaps, key=lambda entry: entry[0], default=(np.inf, None))
        if nearest is not None and gap <= slack:
            return nearest
        return next((node for _, node in gaps if node.box.contains(x, y)), None)

    def tie_at(self, x: float, y: float, slack: float) -> PlacedTie | None:
        """Return the tie that passes nearest to a point, within ``slack``."""
        gaps = [(_distance(one.samples, x, y) - one.width / 2, one) for one in self.ties]
        gap, nearest = min(gaps, key=lambda entry: entry[0], default=(np.inf, None))
        return nearest if gap <= slack else None

    def target_at(self, x: float, y: float, slack: float) -> Target | None:
        """Return what a click at a point means."""
        node = self.node_at(x, y, slack / 2)
        if node is not None:
            return Target(node.node.code_id)
        found = self.tie_at(x, y, slack)
        return Target(found.tie.code_a, found.tie.code_b) if found is not None else None

    def describe(self, target: Target) -> str:
        """Return what a node or tie says of itself; "" where it is not drawn."""
        if target.is_tie:
            tie = self.tie_of.get((target.code_a, target.code_b))
            return tie.tie.description if tie is not None else ""
        node = self.nodes.get(target.code_a)
        return node.node.description if node is not None else ""

    def place_of(self, target: Target) -> QPointF:
        """Return where a node, or the middle of a tie, stands."""
        if target.is_tie:
            samples = self.tie_of[target.code_a, target.code_b].samples
            return QPointF(*samples[len(samples) // 2])
        node = self.nodes[target.code_a]
        return QPointF(node.x, node.y)

    def holds(self, target: Target | None) -> bool:
        """Say whether a target is part of this figure."""
        if target is None:
            return False
        if target.is_tie:
            return (target.code_a, target.code_b) in self.tie_of
        return target.code_a in self.nodes

    def next_target(self, current: Target | None, step: int) -> Target | None:
        """Return the next one by strength; None past either end."""
        if not self.order:
            return None
        if current not in self.order:
            return self.order[0] if step > 0 else self.order[-1]
        place = self.order.index(current) + step
        return self.order[place] if 0 <= place < len(self.order) else None

    def neighbours(self, target: Target) -> list[Target]:
        """Return the ties of a node, strongest first, or the two ends of a tie."""
        if target.is_tie:
            return [Target(target.code_a), Target(target.code_b)]
        return [Target(a, b) for a, b in self.tie_of if target.code_a in (a, b)]

    def codes_near(self, target: Target) -> set[str]:
        """Return the codes that belong to a target: itself and what it is tied to."""
        if target.is_tie:
            return {target.code_a, target.code_b}
        return {target.code_a}.union(*(pair for pair in self.tie_of if target.code_a in pair))

    def _fit_page(self) -> None:
        """Set the stretch that fills the view with what is on the page."""
        page = QRectF()
        for hull in self.figure.hulls:
            page = page.united(_path(hull.path, 1, 1, 0, 0).boundingRect())
        edge, head = px(16), px(24)
        wide = (self.size.width() - 2 * edge) / max(page.width(), 1)
        high = (self.size.height() - 2 * edge - head) / max(page.height(), 1)
        self.across = min(wide, high * MOST_STRETCH)
        self.down = min(high, wide * MOST_STRETCH)
        centre = page.center()
        self._left = self.size.width() / 2 - centre.x() * self.across
        self._top = (self.size.height() + head) / 2 - centre.y() * self.down

    def _at(self, x: float, y: float) -> QPointF:
        return QPointF(x * self.across + self._left, y * self.down + self._top)

    def _mapped(self, curves: Curves) -> QPainterPath:
        return _path(curves, self.across, self.down, self._left, self._top)

    def _place_hull(self, hull: Hull) -> PlacedHull:
        path = self._mapped(hull.path)
        anchor = self._at(hull.heading.x, hull.heading.y)
        # The heading stands on the outline whatever the stretch.
        anchor.setY(path.boundingRect().top() - px(6))
        return PlacedHull(hull, path, anchor, hull.heading.align == "right")

    def _place_nodes(self) -> dict[str, PlacedNode]:
        figure = self.figure
        scale = min(self.across, self.down)
        points = [self._at(node.x, node.y) for node in figure.nodes]
        radii = [max(node.radius * scale, px(4)) for node in figure.nodes]
        floors = {hull.hull.cluster_id: hull.path.boundingRect().bottom() for hull in self.hulls}
        discs = np.array([(p.x(), p.y(), r) for p, r in zip(points, radii, strict=True)])
        rooms = _rooms(points)
        placed = {}
        for at, node in enumerate(figure.nodes):
            others = np.delete(discs, at, axis=0)
            floor = floors.get(node.cluster_id, self.size.height())
            lines, box = _label(node.name, points[at], radii[at], rooms[at], others, floor)
            x, y = points[at].x(), points[at].y()
            placed[node.code_id] = PlacedNode(node, x, y, radii[at], lines, box)
        return placed

    def _place_tie(self, tie: Tie) -> PlacedTie:
        path = self._mapped(tie.path)
        samples = _samples(tie.path) * (self.across, self.down) + (self._left, self._top)
        return PlacedTie(tie, path, max(px(TIE_WIDTH * 10) / 10 * tie.width, 1.0), samples)

    def _order(self) -> list[Target]:
        nodes = sorted(
            (node for node in self.figure.nodes if node.studies), key=lambda node: -node.studies
        )
        ties = [Target(tie.code_a, tie.code_b) for tie in self.figure.ties]
        return [*ties, *(Target(node.code_id) for node in nodes)]


def _path(curves: Curves, across: float, down: float, left: float, top: float) -> QPainterPath:
    def at(point: tuple[float, float]) -> QPointF:
        return QPointF(point[0] * across + left, point[1] * down + top)

    path = QPainterPath(at(curves.start))
    for one, other, end in curves.curves:
        path.cubicTo(at(one), at(other), at(end))
    if curves.closed:
        path.closeSubpath()
    return path


def _measure(text: str, _size: float, bold: bool) -> float:
    """Return the width of a label's line in pixels; the size is that of the theme's role."""
    role = BOLD_ROLE if bold else LABEL_ROLE
    return _width(text, role, role_pixels(role), theme.system_font)


@lru_cache(maxsize=4096)
def _width(text: str, role: str, _pixels: float, _system: bool) -> float:
    return _metrics(role, _pixels, _system).horizontalAdvance(text)


@lru_cache(maxsize=16)
def _metrics(role: str, _pixels: float, _system: bool) -> QFontMetricsF:
    return QFontMetricsF(font(role))


def _line_step() -> float:
    return _metrics(BOLD_ROLE, role_pixels(BOLD_ROLE), theme.system_font).height() * 0.96


def _label(
    name: str,
    at: QPointF,
    radius: float,
    room: float,
    others: NDArray[np.float64],
    floor: float,
) -> tuple[tuple[str, ...], QRectF]:
    """Break a name under its disc so that it is whole, touches no other disc, and is compact."""
    step = _line_step()
    # In steps, so that a window that grows by a pixel does not break every name anew.
    limit = max(min(room - px(6), px(WIDEST_LABEL)) // 4 * 4, px(40))
    best: tuple[float, tuple[str, ...], QRectF] | None = None
    for most in range(1, LABEL_LINES + 1):
        lines = fit_name(name, limit, most, 0.0, _measure, cap=limit)
        width = max(_measure(line, 0.0, True) for line in lines) + px(4)
        top = at.y() + radius + px(1)
        box = QRectF(at.x() - width / 2, top, width, len(lines) * step + px(1))
        fault = (
            8 * lines[-1].endswith("…")
            + 4 * _touches(box, others)
            + 2 * (box.bottom() > floor - px(2))
            + 1 * (width > px(COMPACT_LABEL))
        )
        if best is None or fault < best[0]:
            best = (fault, lines, box)
    assert best is not None
    return best[1], best[2]


def _touches(box: QRectF, discs: NDArray[np.float64]) -> bool:
    if not len(discs):
        return False
    x = np.clip(discs[:, 0], box.left(), box.right()) - discs[:, 0]
    y = np.clip(discs[:, 1], box.top(), box.bottom()) - discs[:, 1]
    return bool((np.hypot(x, y) < discs[:, 2]).any())


def _rooms(points: Sequence[QPointF]) -> list[float]:
    """Return how wide the name of each code may be: the way to the nearest code in its row."""
    if not points:
        return []
    xs = np.array([point.x() for point in points])
    ys = np.array([point.y() for point in points])
    across = np.abs(xs[:, None] - xs[None, :])
    beside = (np.abs(ys[:, None] - ys[None, :]) < px(ROW_REACH)) & (across > 1)
    widest: list[float] = np.where(beside, across, 1e6).min(axis=1).tolist()
    return widest


@lru_cache(maxsize=512)
def _samples(curves: Curves) -> NDArray[np.float64]:
    """Return points along a path of the figure, in its own units."""
    share = np.linspace(0, 1, SAMPLES + 1)[:, None]
    start, parts = np.array(curves.start), []
    for curve in curves.curves:
        one, other, end = (np.array(point) for point in curve)
        parts.append(
            (1 - share) ** 3 * start
            + 3 * (1 - share) ** 2 * share * one
            + 3 * (1 - share) * share**2 * other
            + share**3 * end
        )
        start = end
    return np.concatenate(parts)


def _distance(points: NDArray[np.float64], x: float, y: float) -> float:
    """Return the distance from a point to the line through the samples."""
    start, step = points[:-1], np.diff(points, axis=0)
    length = np.maximum((step**2).sum(axis=1), 1e-12)
    along = np.clip(((np.array([x, y]) - start) * step).sum(axis=1) / length, 0, 1)
    nearest = start + step * along[:, None]
    return float(np.sqrt(((nearest - [x, y]) ** 2).sum(axis=1)).min())
