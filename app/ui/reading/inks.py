"""Colours and brushes of codings on the page; the theme decides, this only remembers."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QImage

from app.ui.reading.page_marks import SEVERAL
from app.ui.theme import theme

SEVERAL_OPACITY = 0.11
DASH, GAP = 4, 2


class Inks:
    """Brushes by tint; ``forget`` after the theme changed."""

    def __init__(self) -> None:
        """Start with nothing remembered."""
        self._brushes: dict[tuple[str, str], QBrush] = {}

    def forget(self) -> None:
        """Take the colours of another theme."""
        self._brushes.clear()

    def colour(self, tint: str) -> QColor:
        """Return the full-strength colour of a tint."""
        if tint == SEVERAL:
            return theme.token("text_3")
        return QColor(tint) if tint.startswith("#") else theme.cluster(tint)

    def fill(self, tint: str) -> QBrush:
        """Return the translucent brush of a passage's fill."""
        return self._remember("fill", tint)

    def solid(self, tint: str) -> QBrush:
        """Return the brush of your own stripes."""
        return self._remember("solid", tint)

    def dashed(self, tint: str, *, vertical: bool = False) -> QBrush:
        """Return the brush of other coders' underlines and stripes."""
        return self._remember("dashed-down" if vertical else "dashed-along", tint)

    @property
    def fills_pages(self) -> bool:
        """False where passages are underlined instead of filled (high contrast)."""
        return theme.tokens.passage_fill > 0

    def _remember(self, kind: str, tint: str) -> QBrush:
        brush = self._brushes.get((kind, tint))
        if brush is None:
            brush = self._brushes[kind, tint] = self._make(kind, tint)
        return brush

    def _make(self, kind: str, tint: str) -> QBrush:
        colour = self.colour(tint)
        if kind == "fill":
            opacity = SEVERAL_OPACITY if tint == SEVERAL else theme.tokens.passage_fill
            colour = QColor(colour)
            colour.setAlphaF(opacity)
            return QBrush(colour)
        if kind == "solid":
            return QBrush(colour)
        down = kind == "dashed-down"
        width, height = (1, DASH + GAP) if down else (DASH + GAP, 1)
        texture = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
        texture.fill(Qt.GlobalColor.transparent)
        for i in range(DASH):
            texture.setPixelColor(0 if down else i, i if down else 0, colour)
        return QBrush(texture)
