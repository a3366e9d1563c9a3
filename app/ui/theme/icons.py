"""Lucide icons as QIcons that take their colour from the theme each time they are painted."""

import re
from functools import cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.paths import resource
from app.ui.theme.current import theme
from app.ui.theme.fonts import px

STROKE = 1.75
_images: dict[tuple[str, str, int, int], QImage] = {}


@cache
def _source(name: str) -> str:
    text = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    return re.sub(r'stroke-width="[\d.]+"', f'stroke-width="{STROKE}"', text, count=1)


def svg(name: str, colour: str) -> bytes:
    """Return the SVG of an icon in one colour; OSError where there is no such icon."""
    return _source(name).replace("currentColor", colour).encode()


def _image(name: str, colour: str, width: int, height: int) -> QImage:
    """Return the icon in device pixels; the cache is small, since names and sizes are few."""
    key = (name, colour, width, height)
    if key not in _images:
        image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        QSvgRenderer(QByteArray(svg(name, colour))).render(painter, QRectF(0, 0, width, height))
        painter.end()
        _images[key] = image
    return _images[key]


def paint_icon(painter: QPainter, rect: QRectF | QRect, name: str, token: str = "text_2") -> None:
    """Paint an icon into a rectangle, sharp at the painter's device pixel ratio."""
    device = painter.device()
    ratio = device.devicePixelRatioF() if device else 1.0
    box = QRectF(rect)
    colour = theme.token(token).name()
    image = _image(name, colour, round(box.width() * ratio), round(box.height() * ratio))
    painter.drawImage(box, image)


class TokenIconEngine(QIconEngine):
    """Paints one icon; disabled icons take the token "off"."""

    def __init__(self, name: str, token: str, checked: str, size: int) -> None:
        """Keep the icon's name, its tokens when unchecked and checked, and its size."""
        super().__init__()
        self._name, self._token, self._checked, self._size = name, token, checked, size

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Paint in the colour that the theme has now."""
        token = self._checked if state == QIcon.State.On else self._token
        if mode == QIcon.Mode.Disabled:
            token = "off"
        side = min(rect.width(), rect.height())
        # A size wider than high keeps the rest as a gap between icon and words.
        top = rect.top() + (rect.height() - side) // 2
        box = QRect(rect.left(), top, side, side)
        paint_icon(painter, box, self._name, token)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return the icon as a pixmap of a size in device pixels."""
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        """Return the icon as a pixmap of ``size`` device pixels for a screen of that ratio."""
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return pixmap

    def actualSize(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QSize:
        """Return the size asked for: an SVG has every size."""
        return size

    def clone(self) -> QIconEngine:
        """Return a copy, which Qt asks for when a QIcon is detached."""
        return TokenIconEngine(self._name, self._token, self._checked, self._size)


def icon(name: str, token: str = "text_2", size: int = 16, *, checked: str = "") -> QIcon:
    """Return a Lucide icon that follows the theme.

    ``token`` is the colour, ``checked`` the colour on a checked button; ``size`` is in pixels at
    100 % and is a hint for ``icon_size``. OSError where resources/icons has no such file.
    """
    _source(name)
    return QIcon(TokenIconEngine(name, token, checked or token, size))


def icon_size(size: int = 16) -> QSize:
    """Return the size of an icon at the user's font size (14, 16, 18 or 20 at 100 %)."""
    return QSize(px(size), px(size))


def beside_text(size: int = 16) -> QSize:
    """Return the size of an icon that stands before words, with the gap that Qt leaves out."""
    return QSize(px(size) + px(4), px(size))
