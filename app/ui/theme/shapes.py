"""Shapes that carry meaning: directions, people, key caps, swatches, tags.

Every painter here reads the theme when it paints and leaves the QPainter as it found it.
"""

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from app.ui.theme.current import theme
from app.ui.theme.fonts import font, px

KEY_CAP_HEIGHT = 17
TAG_HEIGHT = 19


def paint_valence(painter: QPainter, rect: QRectF, valence_key: str) -> None:
    """Paint the shape of a direction, centred in the largest square of ``rect``.

    Keys: facilitator (disc, plus), barrier (square, minus), mixed (split diamond),
    moderates (hexagon outline, tilde), unclear (dashed ring, dot). "" paints nothing.
    """
    if not valence_key:
        return
    side = min(rect.width(), rect.height())
    box = QRectF(0, 0, side, side)
    box.moveCenter(rect.center())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    _SHAPES.get(valence_key, _unclear)(painter, box)
    painter.restore()


def _facilitator(painter: QPainter, box: QRectF) -> None:
    painter.setBrush(theme.token("facilitator"))
    painter.drawEllipse(box)
    painter.setPen(_ink_pen(box))
    reach = box.width() * 0.22
    _stroke(painter, box.center(), -reach, 0, reach, 0)
    _stroke(painter, box.center(), 0, -reach, 0, reach)


def _barrier(painter: QPainter, box: QRectF) -> None:
    painter.setBrush(theme.token("barrier"))
    inner = box.adjusted(box.width() * 0.04, box.width() * 0.04, -box.width() * 0.04, 0)
    inner.setHeight(inner.width())
    painter.drawRoundedRect(inner, box.width() * 0.14, box.width() * 0.14)
    painter.setPen(_ink_pen(box))
    reach = box.width() * 0.22
    _stroke(painter, inner.center(), -reach, 0, reach, 0)


def _mixed(painter: QPainter, box: QRectF) -> None:
    top, bottom = QPointF(box.center().x(), box.top()), QPointF(box.center().x(), box.bottom())
    painter.setBrush(theme.token("facilitator"))
    painter.drawPolygon(QPolygonF([top, QPointF(box.left(), box.center().y()), bottom]))
    painter.setBrush(theme.token("barrier"))
    painter.drawPolygon(QPolygonF([top, QPointF(box.right(), box.center().y()), bottom]))


def _moderates(painter: QPainter, box: QRectF) -> None:
    width = box.width()
    pen = QPen(theme.token("moderates"), max(1.2, width * 0.1))
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    half, third, centre = width * 0.43, width * 0.25, box.center()
    corners = [(0, -half * 1.08), (half, -third), (half, third), (0, half * 1.08)]
    corners += [(-half, third), (-half, -third)]
    painter.drawPolygon(QPolygonF([centre + QPointF(x, y) for x, y in corners]))
    tilde = QPainterPath(centre + QPointF(-width * 0.2, width * 0.06))
    tilde.cubicTo(
        centre + QPointF(-width * 0.07, -width * 0.2),
        centre + QPointF(width * 0.07, width * 0.2),
        centre + QPointF(width * 0.2, -width * 0.06),
    )
    painter.drawPath(tilde)


def _unclear(painter: QPainter, box: QRectF) -> None:
    width = box.width()
    pen_width = max(1.2, width * 0.1)
    pen = QPen(theme.token("unclear"), pen_width)
    radius = (width - pen_width) / 2
    # Eight dashes: the gap is a little wider than the dash so that the ring never looks closed.
    dash = 2 * 3.14159 * radius / 8 / pen_width
    pen.setDashPattern([dash * 0.5, dash * 0.5])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(box.center(), radius, radius)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.token("unclear"))
    painter.drawEllipse(box.center(), width * 0.11, width * 0.11)


_SHAPES = {
    "facilitator": _facilitator,
    "barrier": _barrier,
    "mixed": _mixed,
    "moderates": _moderates,
    "unclear": _unclear,
}


def _ink_pen(box: QRectF) -> QPen:
    pen = QPen(theme.token("on_accent" if theme.tokens.is_dark else "base"))
    pen.setWidthF(max(1.4, box.width() * 0.13))
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def _stroke(painter: QPainter, centre: QPointF, x0: float, y0: float, x1: float, y1: float) -> None:
    painter.drawLine(centre + QPointF(x0, y0), centre + QPointF(x1, y1))


def paint_person(painter: QPainter, rect: QRectF, initials: str, kind: str = "you") -> None:
    """Paint a coder: "you" a filled disc, "other" a dashed ring, "consensus" an accent square."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    ink = theme.token("base")
    if kind == "consensus":
        painter.setBrush(theme.token("accent"))
        painter.drawRoundedRect(rect, 3, 3)
        ink = theme.token("on_accent")
    elif kind == "you":
        painter.setBrush(theme.token("text_2"))
        painter.drawEllipse(rect)
    else:
        pen = QPen(theme.token("text_2"), 1)
        pen.setDashPattern([3, 2])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(rect.adjusted(0.5, 0.5, -0.5, -0.5))
        ink = theme.token("text_2")
    letters = font("tiny_group")
    letters.setPixelSize(max(8, round(rect.height() * (0.5 if len(initials) < 3 else 0.4))))
    painter.setFont(letters)
    painter.setPen(ink)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, initials)
    painter.restore()


def paint_mark(painter: QPainter, rect: QRectF) -> None:
    """Paint the product mark: three joined dots in the cluster colours."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.topLeft())
    painter.scale(rect.width() / 64, rect.height() / 64)
    dots = (("1", QPointF(19, 22), 15), ("2", QPointF(49, 16), 12), ("3", QPointF(36, 49), 13))
    pen = QPen(theme.token("text_3"), 4)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolygon(QPolygonF([centre for _, centre, _ in dots]))
    painter.setPen(Qt.PenStyle.NoPen)
    for number, centre, radius in dots:
        painter.setBrush(theme.cluster(number))
        painter.drawEllipse(centre, radius, radius)
    painter.restore()


def key_cap_size(text: str) -> QSizeF:
    """Return the size of a key cap in pixels."""
    height = px(KEY_CAP_HEIGHT)
    width = QFontMetricsF(font("tiny")).horizontalAdvance(text) + px(8)
    return QSizeF(max(height, round(width)), height)


def paint_key_cap(
    painter: QPainter, rect: QRectF, text: str, *, on: str = "raised", enabled: bool = True
) -> None:
    """Paint a key cap of ``key_cap_size`` centred in ``rect``.

    ``on`` is "raised" (filled, for rows and fields), "accent" (on a primary button) or "toast".
    """
    size = key_cap_size(text)
    box = QRectF(0, 0, size.width(), size.height())
    box.moveCenter(rect.center())
    box.moveTo(round(box.left()), round(box.top()))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ink = {"accent": "on_accent", "toast": "on_toast"}.get(on, "text_2")
    colour = theme.token(ink if enabled else "off")
    if on == "accent":
        fill = QColor(colour)
        fill.setAlphaF(0.22)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
    elif on == "toast":
        painter.setPen(QPen(theme.token("toast_line"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
    else:
        painter.setPen(QPen(theme.token("line_strong"), 1))
        painter.setBrush(theme.token("base" if theme.tokens.is_dark else "raised"))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setPen(colour)
    painter.setFont(font("tiny"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


def paint_swatch(painter: QPainter, rect: QRectF, number: str, colour: str = "") -> None:
    """Paint a cluster's square; a code's own ``colour`` leaves the cluster at the left edge."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    radius = rect.width() * 0.28
    painter.setBrush(QColor(colour) if colour else theme.cluster(number))
    painter.drawRoundedRect(rect, radius, radius)
    if colour:
        edge = QPainterPath()
        edge.addRoundedRect(rect, radius, radius)
        painter.setClipPath(edge)
        painter.fillRect(
            QRectF(rect.left(), rect.top(), rect.width() * 0.4, rect.height()),
            theme.cluster(number),
        )
    painter.restore()


def tag_size(text: str, *, with_icon: bool = False) -> QSizeF:
    """Return the size of a tag in pixels."""
    width = QFontMetricsF(font("tiny")).horizontalAdvance(text) + px(14)
    return QSizeF(round(width + (px(16) if with_icon else 0)), px(TAG_HEIGHT))


def paint_tag(
    painter: QPainter, rect: QRectF, text: str, kind: str = "plain", icon_name: str = ""
) -> QRectF:
    """Paint a tag at the left of ``rect`` and return the room it took.

    ``kind``: "plain", "error", "warning", "success", "info", or a cluster: its number or
    "context".
    """
    from app.ui.theme.icons import paint_icon

    if kind == "context" or kind.isdecimal():
        tint, ink = theme.cluster_token(kind, "tint"), theme.cluster_token(kind, "text")
    elif kind == "plain":
        tint, ink = "hover", "text_2"
    else:
        tint, ink = f"{kind}_tint", kind
    size = tag_size(text, with_icon=bool(icon_name))
    box = QRectF(rect.left(), 0, size.width(), size.height())
    box.moveCenter(QPointF(box.center().x(), rect.center().y()))
    box.moveTo(round(box.left()), round(box.top()))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(theme.token(tint))
    painter.setPen(QPen(theme.token(ink), 1) if theme.tokens.framed else Qt.PenStyle.NoPen)
    edge = 0.5 if theme.tokens.framed else 0.0
    painter.drawRoundedRect(box.adjusted(edge, edge, -edge, -edge), 4, 4)
    words = box.adjusted(px(7), 0, -px(7), 0)
    if icon_name:
        glyph = QRectF(words.left(), 0, px(12), px(12))
        glyph.moveCenter(QPointF(glyph.center().x(), box.center().y()))
        paint_icon(painter, glyph, icon_name, ink)
        words.setLeft(glyph.right() + px(4))
    painter.setFont(font("tiny"))
    painter.setPen(theme.token(ink))
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
    painter.restore()
    return box
