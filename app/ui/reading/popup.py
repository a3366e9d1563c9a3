"""A raised panel on the page with a soft shadow, for the palette and the card."""

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from app.ui.theme import THEMES, px, theme
from app.ui.widgets import tight

SHADOW = 16
RADIUS = 10
APART = 8
"""Pixels between a popup and what it belongs to."""


class Popup(QWidget):
    """Child of the viewport; paints itself, so that keys and focus stay in the view."""

    def __init__(self, parent: QWidget) -> None:
        """Start hidden."""
        super().__init__(parent)
        self._wish = 0
        self.column = tight(QVBoxLayout(self))
        self._trim()
        theme.changed.connect(self._trim)
        self.hide()

    def _trim(self) -> None:
        edge = px(SHADOW)
        self.column.setContentsMargins(edge, edge, edge, edge)
        self.update()

    def panel(self) -> QRect:
        """Return the panel without its shadow, in the parent's coordinates."""
        edge = px(SHADOW)
        return self.geometry().adjusted(edge, edge, -edge, -edge)

    def place_by(self, anchor: QRect) -> None:
        """Stand below ``anchor``, or above it where there is no room; never upon it."""
        edge, gap = px(SHADOW), px(APART)
        self.fit()
        view = self._view()
        width, height = self.width() - 2 * edge, self.height() - 2 * edge
        left = min(max(anchor.left() - gap, gap), max(view.width() - width - gap, gap))
        below, above = anchor.bottom() + gap, anchor.top() - gap - height
        fits = below + height <= view.height() - gap or above < gap
        top = below if fits else above
        # Where there is no room on either side, the page is covered rather than the panel cut.
        top = max(min(top, view.height() - height - gap), min(top, gap))
        self.move(QPoint(left - edge, top - edge))

    def room_below(self, anchor: QRect) -> int:
        """Return by how many pixels the page must go up for the panel to fit; 0 if it does."""
        self.fit()
        height = self.height() - 2 * px(SHADOW)
        view, gap = self._view(), px(APART)
        if anchor.top() - gap - height >= gap:
            return 0
        return max(anchor.bottom() + 2 * gap + height - view.height(), 0)

    def fit(self) -> None:
        """Take the height that the contents need now at the fixed width."""
        for inner in self.findChildren(QLayout):
            inner.invalidate()
            owner = inner.parentWidget()
            if owner is not None and owner is not self:
                owner.updateGeometry()
        self.column.activate()
        wraps = self.column.hasHeightForWidth()
        width = self._narrowed()
        height = self.column.totalHeightForWidth(width) if wraps else self.sizeHint().height()
        self.resize(width, height)

    def wish(self, width: int) -> None:
        """Be so many pixels wide, with the shadow, as far as the view is."""
        self._wish = width
        self.setFixedWidth(self._narrowed())

    def _narrowed(self) -> int:
        """Return the width as far as there is room for it, and take it."""
        room = self._view().width() - 2 * px(APART) + 2 * px(SHADOW)
        width = min(self._wish, room) if room > self._wish // 3 else self._wish
        if width != self.minimumWidth():
            self.setFixedWidth(width)
        return width

    def _view(self) -> QRect:
        parent = self.parentWidget()
        return parent.rect() if parent is not None else QRect()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint shadow and panel."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = px(SHADOW)
        panel = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        if not theme.tokens.framed:
            self._paint_shadow(painter, panel, edge)
        painter.setPen(QPen(theme.token("line_strong"), 1))
        painter.setBrush(theme.token("raised"))
        painter.drawRoundedRect(panel.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)

    def _paint_shadow(self, painter: QPainter, panel: QRectF, edge: int) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        shade = QColor(THEMES["light"].ink)
        steps = max(edge // 2, 1)
        for step in range(steps):
            shade.setAlphaF(0.18 / steps * (step + 1) / steps * 1.6)
            painter.setBrush(shade)
            out = edge * (1 - step / steps) * 0.9
            grown = panel.adjusted(-out, -out + 6, out, out)
            painter.drawRoundedRect(grown, RADIUS + out, RADIUS + out)
