"""Pop-ups inside the window: raised, rounded, with a soft shadow painted once for each size."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from app.ui.theme import px, theme

SHADOW = 32
DROP = 8
STEPS = 20


class Popup(QWidget):
    """A raised panel; its margins of ``shadow_margin()`` hold the shadow, so lay out inside."""

    def __init__(self, parent: QWidget) -> None:
        """Stand above ``parent``'s other children; hidden at first."""
        super().__init__(parent)
        self.host = parent
        self._shadow: tuple[tuple[int, int, float], QPixmap] | None = None
        self._fit_shadow()
        theme.changed.connect(self._fit_shadow)
        self.hide()

    def panel(self) -> QRectF:
        """Return the raised panel without its shadow."""
        margin = shadow_margin()
        return QRectF(self.rect()).adjusted(margin, margin, -margin, -margin)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint shadow, panel and line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not theme.tokens.framed:
            painter.drawPixmap(QPointF(0, 0), self._cached_shadow())
        painter.setBrush(theme.token("raised"))
        painter.setPen(QPen(theme.token("line_strong"), 2 if theme.tokens.framed else 1))
        painter.drawRoundedRect(self.panel().adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)

    def _fit_shadow(self) -> None:
        """Keep the margins that hold the shadow at the size of text."""
        margin = shadow_margin()
        self.setContentsMargins(margin, margin, margin, margin)
        self.update()

    def _cached_shadow(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        key = (self.width(), self.height(), ratio)
        if self._shadow is None or self._shadow[0] != key:
            self._shadow = (key, self._draw_shadow(ratio))
        return self._shadow[1]

    def _draw_shadow(self, ratio: float) -> QPixmap:
        pixmap = QPixmap(self.size() * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        depth = 0.30 if theme.tokens.is_dark else 0.11
        for step in range(STEPS):
            reach = px(SHADOW - DROP) * (1 - step / STEPS)
            # The steps grow denser towards the panel, as the edge of a blurred shadow does.
            opacity = depth * 2 * (step + 1) / (STEPS * (STEPS + 1))
            painter.setBrush(theme.shadow(opacity))
            box = self.panel().adjusted(-reach, -reach, reach, reach).translated(0, px(DROP))
            painter.drawRoundedRect(box, 10 + reach, 10 + reach)
        painter.end()
        return pixmap


def shadow_margin() -> int:
    """Return the room that the shadow takes on each side, in pixels."""
    return px(SHADOW)
