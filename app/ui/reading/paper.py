"""Turns rendered bytes into images for the screen; runs off the window's thread."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QImage

if TYPE_CHECKING:
    import numpy as np

Rgb = tuple[int, int, int]


def rgb(colour: QColor) -> Rgb:
    """Return the three channels of a colour."""
    return colour.red(), colour.green(), colour.blue()


def to_image(pixels: bytes, width: int, height: int, stride: int) -> QImage:
    """Return an own 32-bit copy of RGB888 rows (the fastest format to paint)."""
    view = QImage(pixels, width, height, stride, QImage.Format.Format_RGB888)
    return view.convertToFormat(QImage.Format.Format_RGB32)


def darkened(pixels: bytes, width: int, height: int, stride: int, paper: Rgb, ink: Rgb) -> QImage:
    """Return the page with its lightness inverted: white becomes ``paper``, black ``ink``.

    Hue and chroma stay: each channel becomes c + 255 - max - min, which swaps the lightness
    of the HSL model and nothing else, and is then scaled between paper and ink.
    """
    import numpy as np  # pages as printed do without, and come sooner at a start

    rows = np.frombuffer(pixels, dtype=np.uint8).reshape(height, stride)[:, : width * 3]
    channels = rows.reshape(height, width, 3)
    red, green, blue = channels[..., 0], channels[..., 1], channels[..., 2]
    result = np.empty((height, width, 4), dtype=np.uint8)
    result[..., 3] = 255
    ramps = [_ramp(low, high) for low, high in zip(paper, ink, strict=True)]
    if np.array_equal(red, green) and np.array_equal(red, blue):
        inverted = 255 - red
        for place, ramp in zip((2, 1, 0), ramps, strict=True):
            result[..., place] = ramp[inverted]
    else:
        highest = np.maximum(np.maximum(red, green), blue)
        lowest = np.minimum(np.minimum(red, green), blue)
        # Modulo 256 both terms wrap alike, and the true sum always lies in 0..255.
        shift = np.uint8(255) - highest - lowest
        for place, channel, ramp in zip((2, 1, 0), (red, green, blue), ramps, strict=True):
            result[..., place] = ramp[channel + shift]
    image = QImage(result.data, width, height, width * 4, QImage.Format.Format_RGB32)
    return image.copy()


def _ramp(low: int, high: int) -> "np.ndarray":
    import numpy as np

    return np.rint(np.linspace(low, high, 256)).astype(np.uint8)
