"""Paints the network in the colours of the window; places come from the scene."""

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen

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

DIM = 0.2


class NetworkPainter:
    """Draws one scene at a zoom; ``numbers`` give the cluster number of a cluster id."""

    def __init__(
        self, scene: NetworkScene, numbers: Mapping[str, str], zoom: float, origin: QPointF
    ) -> None:
        self._scene, self._numbers = scene, numbers
        self._zoom, self._origin = zoom, origin

    def paint(self, painter: QPainter, chosen: Target | None) -> None:
        """Paint everything; what does not belong to ``chosen`` is dimmed."""
        near = self._scene.codes_near(chosen) if chosen is not None else None
        self._enter(painter)
        for hull in self._scene.hulls:
            self._hull(painter, hull)
        if chosen is not None and chosen.is_tie:
            self._halo(painter, chosen, "accent")
        for tie in self._scene.ties:
            self._tie(painter, tie, dim=not _belongs(tie, chosen))
        nodes = [
            (node, near is not None and code_id not in near)
            for code_id, node in self._scene.nodes.items()
        ]
        for node, dim in nodes:
            self._ground(painter, node, dim=dim)
        for node, dim in nodes:
            self._node(painter, node, dim=dim)
        for node, dim in nodes:
            self._label(painter, node, bold=node.node.emphasis or _is(node, chosen), dim=dim)
        painter.restore()

    def paint_pointed(self, painter: QPainter, target: Target, *, focused: bool) -> None:
        """Paint the outline of what is pointed at or holds the focus."""
        self._enter(painter)
        if target.is_tie:
            self._halo(painter, target, "accent" if focused else "text_3")
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
        fill = QColor(theme.cluster(number, "tint"))
        fill.setAlphaF(0.6)
        line = QColor(theme.cluster(number))
        line.setAlphaF(0.75)
        pen = QPen(line, 1.0)
        if placed.hull.dashed:
            pen.setDashPattern([5, 4])
        painter.setPen(pen)
        painter.setBrush(fill)
        painter.drawPath(placed.path)
        face = font(HEADING_ROLE)
        painter.setFont(face)
        painter.setPen(theme.cluster(number, "text"))
        words = placed.hull.heading.text
        at = QPointF(placed.anchor)
        if placed.right:
            at.setX(at.x() - QFontMetricsF(face).horizontalAdvance(words))
        painter.drawText(at, words)

    def _halo(self, painter: QPainter, target: Target, token: str) -> None:
        placed = self._scene.tie_of.get((target.code_a, target.code_b))
        if placed is None:
            return
        colour = QColor(theme.token(token))
        colour.setAlphaF(0.34)
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

    def _ground(self, painter: QPainter, placed: PlacedNode, *, dim: bool) -> None:
        number = self._numbers.get(placed.node.cluster_id, "")
        fill = QColor(theme.cluster(number, "tint"))
        fill.setAlphaF(0.3 if dim else 0.86)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawRoundedRect(placed.box, 3, 3)

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
        colour = QColor(theme.token("text_2" if placed.node.faded else "text"))
        if dim:
            colour.setAlphaF(0.4)
        painter.setFont(face)
        painter.setPen(colour)
        step = (placed.box.height() - px(1)) / max(len(placed.lines), 1)
        base = placed.box.top() + metrics.ascent()
        for line in placed.lines:
            width = metrics.horizontalAdvance(line)
            painter.drawText(QPointF(placed.x - width / 2, base), line)
            base += step


def _belongs(placed: PlacedTie, chosen: Target | None) -> bool:
    if chosen is None:
        return True
    pair = (placed.tie.code_a, placed.tie.code_b)
    if chosen.is_tie:
        return pair == (chosen.code_a, chosen.code_b)
    return chosen.code_a in pair


def _is(placed: PlacedNode, chosen: Target | None) -> bool:
    return chosen is not None and placed.node.code_id in (chosen.code_a, chosen.code_b)
