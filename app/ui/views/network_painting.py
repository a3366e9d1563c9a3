"""Paints the network in the colours of the window; places come from the scene."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from app.ui.theme import font, px, theme
from app.ui.views.network_scene import (
    BOLD_ROLE,
    HEADING_ROLE,
    LABEL_ROLE,
    NetworkScene,
    PlacedHull,
    PlacedNode,
    PlacedTie,
    Target,
)

DIM, HALO, TINT = 0.2, 0.85, 0.6
AROUND = ((-0.8, -0.8), (0.8, -0.8), (-0.8, 0.8), (0.8, 0.8))
PALE, STRONG = 0.34, 0.6


class NetworkPainter:
    """Draws one scene at a zoom; ``numbers`` give the cluster number of a cluster id."""

    def __init__(
        self, scene: NetworkScene, numbers: Mapping[str, str], zoom: float, origin: QPointF
    ) -> None:
        self._scene, self._numbers = scene, numbers
        self._zoom, self._origin = zoom, origin

    def paint(self, painter: QPainter, chosen: Target | None, *, focused: bool = False) -> None:
        """Paint everything; what does not belong to ``chosen`` is dimmed."""
        near = self._scene.codes_near(chosen) if chosen is not None else None
        self._enter(painter)
        for hull in self._scene.hulls:
            self._hull(painter, hull)
        if chosen is not None and chosen.is_tie:
            self._halo(painter, chosen, "accent", STRONG if focused else PALE)
        for tie in self._scene.ties:
            self._tie(painter, tie, dim=not _belongs(tie, chosen))
        nodes = [
            (node, near is not None and code_id not in near)
            for code_id, node in self._scene.nodes.items()
        ]
        for node, _ in nodes:
            if chosen is not None and chosen.is_tie and _is(node, chosen):
                self._plate(painter, node)
        crossing = self._path_of(chosen)
        for hull in self._scene.hulls:
            self._heading(painter, hull, crossing)
        for node, dim in nodes:
            self._node(painter, node, dim=dim)
        for node, dim in nodes:
            self._label(painter, node, bold=node.node.emphasis or _is(node, chosen), dim=dim)
        painter.restore()

    def paint_pointed(self, painter: QPainter, target: Target, *, focused: bool) -> None:
        """Paint the outline of what is pointed at or holds the focus."""
        self._enter(painter)
        if target.is_tie:
            self._halo(painter, target, "accent" if focused else "text_3", PALE)
        else:
            node = self._scene.nodes[target.code_a]
            painter.setPen(QPen(theme.token("accent" if focused else "text_2"), 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            reach = node.radius + 3.5
            painter.drawEllipse(QPointF(node.x, node.y), reach, reach)
        painter.restore()

    def _enter(self, painter: QPainter) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(self._origin)
        painter.scale(self._zoom, self._zoom)

    def _hull(self, painter: QPainter, placed: PlacedHull) -> None:
        number = placed.hull.number
        line = QColor(theme.cluster(number))
        line.setAlphaF(0.75)
        pen = QPen(line, 1.0)
        if placed.hull.dashed:
            pen.setDashPattern([5, 4])
        painter.setPen(pen)
        painter.setBrush(region_colour(number))
        painter.drawPath(placed.path)

    def _path_of(self, chosen: Target | None) -> QPainterPath:
        """Return the way of the chosen tie; an empty path where none is chosen."""
        if chosen is None or not chosen.is_tie:
            return QPainterPath()
        return self._scene.tie_of[chosen.code_a, chosen.code_b].path

    def _heading(self, painter: QPainter, placed: PlacedHull, crossing: QPainterPath) -> None:
        face, words = font(HEADING_ROLE), placed.hull.heading.text
        at = QPointF(placed.anchor)
        if placed.right:
            at.setX(at.x() - QFontMetricsF(face).horizontalAdvance(words))
        ink = theme.cluster(placed.hull.number, "text")
        box = QFontMetricsF(face).boundingRect(words).translated(at)
        if crossing.intersects(box):
            painter.fillRect(box.adjusted(-px(2), 0, px(2), px(1)), theme.token("base"))
        _write(painter, face, [(at, words)], ink, theme.token("base"))

    def _halo(self, painter: QPainter, target: Target, token: str, strength: float) -> None:
        placed = self._scene.tie_of.get((target.code_a, target.code_b))
        if placed is None:
            return
        colour = QColor(theme.token(token))
        colour.setAlphaF(strength)
        pen = QPen(colour, placed.width + 7.0)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(placed.path)

    def _tie(self, painter: QPainter, placed: PlacedTie, *, dim: bool) -> None:
        kind = placed.tie.kind
        between = kind == "between"
        colour = QColor(
            theme.token("text") if between else theme.cluster(self._numbers.get(kind, ""))
        )
        colour.setAlphaF(DIM if dim else 0.88)
        pen = QPen(colour, placed.width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(placed.path)

    def _plate(self, painter: QPainter, placed: PlacedNode) -> None:
        """Lift the name of a chosen end above the chosen tie, which passes behind it."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(region_colour(self._numbers.get(placed.node.cluster_id, "")))
        painter.drawRoundedRect(placed.box.adjusted(-px(2), 0, px(2), px(1)), px(4), px(4))

    def _node(self, painter: QPainter, placed: PlacedNode, *, dim: bool) -> None:
        node = placed.node
        painter.setOpacity(0.3 if dim else 0.55 if node.faded else 1.0)
        colour = theme.cluster(self._numbers.get(node.cluster_id, ""))
        side = 2 * placed.radius
        box = QRectF(placed.x - placed.radius, placed.y - placed.radius, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.token("base"))
        painter.drawEllipse(box)
        at = 90.0
        parts = ((node.facilitator, colour), (node.unclear, theme.token("line_strong")))
        for share, paint in parts:
            if share > 0:
                painter.setBrush(QBrush(paint))
                painter.drawPie(box, round(at * 16), -round(share * 5760))
                at -= share * 360
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 1.4))
        painter.drawEllipse(box)
        painter.setOpacity(1.0)

    def _label(self, painter: QPainter, placed: PlacedNode, *, bold: bool, dim: bool) -> None:
        face = font(BOLD_ROLE if bold else LABEL_ROLE)
        metrics = QFontMetricsF(face)
        halo = region_colour(self._numbers.get(placed.node.cluster_id, ""))
        step = (placed.box.height() - px(1)) / max(len(placed.lines), 1)
        base = placed.box.top() + metrics.ascent()
        words = []
        for line in placed.lines:
            words.append((QPointF(placed.x - metrics.horizontalAdvance(line) / 2, base), line))
            base += step
        ink = theme.token("text_2" if dim or placed.node.faded else "text")
        _write(painter, face, words, ink, halo)


def _write(
    painter: QPainter,
    face: QFont,
    lines: Sequence[tuple[QPointF, str]],
    ink: QColor,
    ground: QColor,
) -> None:
    """Write lines with an edge of the ground, which keeps ties off the letters without a box.

    The edge is the words written around their place: stroking their outlines takes ten times as
    long, and this is done for each name at each filter change.
    """
    halo = QColor(ground)
    halo.setAlphaF(HALO)
    painter.setFont(face)
    painter.setPen(halo)
    for across, down in AROUND:
        shift = QPointF(px(2) * across, px(2) * down)
        for at, line in lines:
            painter.drawText(at + shift, line)
    painter.setPen(ink)
    for at, line in lines:
        painter.drawText(at, line)


def region_colour(number: str) -> QColor:
    """Return the ground of a cluster's region: its tint, thinned so that marks stand out."""
    base, tint = QColor(theme.token("base")), QColor(theme.cluster(number, "tint"))
    return QColor(
        _mixed(base.red(), tint.red()),
        _mixed(base.green(), tint.green()),
        _mixed(base.blue(), tint.blue()),
    )


def _mixed(under: int, over: int) -> int:
    return round(under + (over - under) * TINT)


def _belongs(placed: PlacedTie, chosen: Target | None) -> bool:
    if chosen is None:
        return True
    pair = (placed.tie.code_a, placed.tie.code_b)
    if chosen.is_tie:
        return pair == (chosen.code_a, chosen.code_b)
    return chosen.code_a in pair


def _is(placed: PlacedNode, chosen: Target | None) -> bool:
    return chosen is not None and placed.node.code_id in (chosen.code_a, chosen.code_b)
