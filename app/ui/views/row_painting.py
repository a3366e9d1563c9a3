"""What every list, tree and table of the places paints alike: grounds, cut texts, bars."""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from app.ui.theme import theme
from app.ui.widgets import paint_row_background

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
TRACK = 0.16
CENTRE = Qt.AlignmentFlag.AlignCenter


def paint_ground(
    painter: QPainter, option: QStyleOptionViewItem, rect: QRectF, radius: float = 0.0
) -> None:
    """Paint what shows that a row is chosen or pointed at; paler without the focus."""
    shown = QStyleOptionViewItem(option)
    view = option.widget
    if view is not None and not view.hasFocus():
        shown.state &= ~QStyle.StateFlag.State_Active
    paint_row_background(painter, shown, rect, radius=radius)


def paint_row_part(
    painter: QPainter, option: QStyleOptionViewItem, rect: QRectF, *, first: bool, last: bool
) -> None:
    """Paint ground and rule of one cell; a frame of the theme goes round the whole row."""
    if not theme.tokens.framed or not option.state & QStyle.StateFlag.State_Selected:
        paint_ground(painter, option, rect)
        paint_rule(painter, rect)
        return
    view = option.widget
    active = view is not None and view.hasFocus()
    painter.fillRect(rect, theme.token("selected" if active else "selected_idle"))
    ink, thick = theme.token("text" if active else "off"), 2.0
    painter.fillRect(QRectF(rect.left(), rect.top(), rect.width(), thick), ink)
    painter.fillRect(QRectF(rect.left(), rect.bottom() - thick, rect.width(), thick), ink)
    if first:
        painter.fillRect(QRectF(rect.left(), rect.top(), thick, rect.height()), ink)
    if last:
        painter.fillRect(QRectF(rect.right() - thick, rect.top(), thick, rect.height()), ink)


def paint_rule(painter: QPainter, rect: QRectF, token: str = "line") -> None:
    """Paint a line of one device pixel along the bottom of a rectangle."""
    device = painter.device()
    thick = 1.0 / (device.devicePixelRatioF() if device else 1.0)
    painter.fillRect(
        QRectF(rect.left(), rect.bottom() - max(thick, 1.0), rect.width(), max(thick, 1.0)),
        theme.token(token),
    )


@lru_cache(maxsize=8192)
def _cut(text: str, key: str, width: int) -> str:
    face = QFont()
    face.fromString(key)
    return QFontMetricsF(face).elidedText(text, Qt.TextElideMode.ElideRight, width)


def paint_text(
    painter: QPainter,
    rect: QRectF,
    text: str,
    face: QFont,
    token: str,
    alignment: Qt.AlignmentFlag = LEFT,
) -> None:
    """Paint one line of text, cut with an ellipsis where it does not fit."""
    if rect.width() <= 0 or not text:
        return
    painter.setFont(face)
    painter.setPen(theme.token(token))
    painter.drawText(rect, alignment, _cut(text, face.toString(), int(rect.width()) + 1))


def paint_coloured(
    painter: QPainter, rect: QRectF, text: str, face: QFont, colour: QColor
) -> float:
    """Paint one line of text in the colour of a cluster; return its width in pixels."""
    shown = _cut(text, face.toString(), int(rect.width()) + 1)
    painter.setFont(face)
    painter.setPen(colour)
    painter.drawText(rect, LEFT, shown)
    return QFontMetricsF(face).horizontalAdvance(shown)


def paint_bar(painter: QPainter, rect: QRectF, share: float, token: str = "accent") -> None:
    """Paint a progress bar; ``share`` is 0 to 1."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    radius = rect.height() / 2
    # Seen on every ground, also that of a chosen row.
    track = QColor(theme.token("text"))
    track.setAlphaF(TRACK)
    painter.setBrush(track)
    painter.drawRoundedRect(rect, radius, radius)
    if share > 0:
        filled = QRectF(rect)
        filled.setWidth(max(rect.height(), rect.width() * min(share, 1.0)))
        painter.setBrush(theme.token(token))
        painter.drawRoundedRect(filled, radius, radius)
    painter.restore()


def paint_chevron(painter: QPainter, rect: QRectF, *, is_open: bool, colour: QColor) -> None:
    """Paint the arrow of a row that can be opened."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(colour, 1.5)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    centre, reach = rect.center(), rect.width() * 0.28
    ends = ((-reach, -reach / 2), (0.0, reach / 2), (reach, -reach / 2))
    if not is_open:
        ends = ((-reach / 2, -reach), (reach / 2, 0.0), (-reach / 2, reach))
    points = [centre + QPointF(x, y) for x, y in ends]
    painter.drawPolyline(points)
    painter.restore()
