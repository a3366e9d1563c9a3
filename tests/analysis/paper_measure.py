"""Measures words with the shipped font itself, as a painter does."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from app.paths import resource

MM_PER_POINT = 25.4 / 72


@cache
def _font(bold: bool) -> Any:
    from matplotlib.ft2font import FT2Font

    path = Path(resource("fonts", "Inter-SemiBold.ttf" if bold else "Inter-Regular.ttf"))
    if not path.exists():
        pytest.skip("the paper font is not among the resources")
    return FT2Font(str(path))


def font_width(text: str, size: float, bold: bool = False) -> float:
    """Return the width in millimetres as the font file has it, without hinting."""
    from matplotlib.ft2font import LoadFlags

    font = _font(bold)
    font.set_size(size, 72 * 16)
    font.set_text(text, flags=LoadFlags.NO_HINTING)
    return float(font.get_width_height()[0] / 64 / 16 * MM_PER_POINT)
