"""Fonts by role, as multiples of the application font."""

from typing import NamedTuple

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QGuiApplication

from app.paths import resource

BASE_PIXELS = 13
FONT_STEPS = (100, 110, 125, 150, 175, 200)
MOST = 2.0
"""Up to this size of text every view is usable."""
SANS = "Inter"
SERIF = "Source Serif 4"
FILES = (
    "Inter-Regular.ttf",
    "Inter-Medium.ttf",
    "Inter-SemiBold.ttf",
    "Inter-Italic.ttf",
    "SourceSerif4-Regular.ttf",
    "SourceSerif4-Italic.ttf",
)


class Role(NamedTuple):
    """Size in pixels at 100 %, weight, serif or not, italic or not."""

    pixels: float
    weight: int
    serif: bool = False
    italic: bool = False


ROLES: dict[str, Role] = {
    "display": Role(24, 600),
    "title": Role(22, 600),
    "heading": Role(16, 600),
    "body": Role(13, 400),
    "name": Role(13, 500),
    "group": Role(13, 600),
    "small": Role(12, 400),
    "small_name": Role(12, 500),
    "small_group": Role(12, 600),
    "tiny": Role(11, 500),
    "tiny_group": Role(11, 600),
    "quotation": Role(13.5, 400, serif=True),
    "quotation_italic": Role(13.5, 400, serif=True, italic=True),
}

_known: set[str] = set()
_system: list[QFont] = []


def load_fonts() -> bool:
    """Make the bundled fonts known to Qt; False where none could be read."""
    if not _known:
        for name in FILES:
            identifier = QFontDatabase.addApplicationFont(str(resource("fonts", name)))
            if identifier >= 0:
                _known.update(QFontDatabase.applicationFontFamilies(identifier))
    return bool(_known)


def application_font(percent: int = 100, *, system: bool = False) -> QFont:
    """Return the font that the application is to have; ``percent`` is the user's step."""
    if not _system:
        _system.append(QGuiApplication.font())
    chosen = QFont(_system[0])
    if not system and load_fonts():
        chosen.setFamilies([SANS, *_system[0].families()])
    chosen.setPixelSize(round(BASE_PIXELS * min(percent / 100 * system_factor(), MOST)))
    chosen.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return chosen


def system_factor() -> float:
    """Return by how much the system's own font is larger than usual; 1 for 9 pt or 13 px."""
    if not _system:
        _system.append(QGuiApplication.font())
    pixels = QFontInfo(_system[0]).pixelSize()
    return pixels / BASE_PIXELS if pixels > BASE_PIXELS + 0.5 else 1.0


_scale: list[float] = []


def scale() -> float:
    """Return the size of the application font as a multiple of 13 px."""
    if not _scale:
        pixels = QGuiApplication.font().pixelSize()
        if pixels <= 0:
            pixels = QFontInfo(QGuiApplication.font()).pixelSize()
        _scale.append(pixels / BASE_PIXELS)
    return _scale[0]


def forget_scale() -> None:
    """Take note that the application has another font: it is asked for thousands of times."""
    _scale.clear()


def px(length: float) -> int:
    """Return a length of the 4 px grid, grown with the user's font size, in pixels."""
    return round(length * scale())


def role_pixels(role: str) -> float:
    """Return the size of a role in pixels at the user's font size."""
    return ROLES[role].pixels * scale()


def font(role: str = "body", *, tabular: bool = False) -> QFont:
    """Return the font of a role; ``tabular`` makes all figures equally wide."""
    wanted = ROLES[role]
    chosen = QFont(QGuiApplication.font())
    if wanted.serif and load_fonts():
        chosen.setFamilies([SERIF, *chosen.families()])
    _set_pixels(chosen, wanted.pixels * scale())
    chosen.setWeight(QFont.Weight(wanted.weight))
    chosen.setItalic(wanted.italic)
    if tabular:
        chosen.setFeature(QFont.Tag("tnum"), 1)
    return chosen


def fixed_font() -> QFont:
    """Return the system's font of equal widths, for reports and code."""
    chosen = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    _set_pixels(chosen, 12 * scale())
    return chosen


def _set_pixels(chosen: QFont, pixels: float) -> None:
    """Set a size that may have a fraction, which setPixelSize cannot hold."""
    if abs(pixels - round(pixels)) < 0.01:
        chosen.setPixelSize(round(pixels))
        return
    screen = QGuiApplication.primaryScreen()
    chosen.setPointSizeF(pixels * 72 / (screen.logicalDotsPerInchY() if screen else 96))
