"""The look of the window: the only place that holds colours, fonts and style sheets.

Views ask for a token by name and repaint on ``theme.changed``::

    from app.ui.theme import font, icon, paint_valence, px, theme
    theme.token("accent"); theme.cluster("2", "tint"); theme.row("tree"); px(8); font("small")
"""

from app.ui.theme.current import CHOICES, Theme, theme
from app.ui.theme.fonts import (
    FONT_STEPS,
    ROLES,
    fixed_font,
    font,
    load_fonts,
    px,
    role_pixels,
    scale,
)
from app.ui.theme.icons import beside_text, icon, icon_size, paint_icon
from app.ui.theme.palette import palette
from app.ui.theme.shapes import (
    key_cap_size,
    paint_key_cap,
    paint_mark,
    paint_person,
    paint_swatch,
    paint_tag,
    paint_valence,
    tag_size,
)
from app.ui.theme.sheet import sheet
from app.ui.theme.tokens import CLUSTERS, THEMES, VALENCES, Tokens

__all__ = [
    "CHOICES",
    "CLUSTERS",
    "FONT_STEPS",
    "ROLES",
    "THEMES",
    "VALENCES",
    "Theme",
    "Tokens",
    "apply",
    "beside_text",
    "fixed_font",
    "font",
    "icon",
    "icon_size",
    "key_cap_size",
    "load_fonts",
    "paint_icon",
    "paint_key_cap",
    "paint_mark",
    "paint_person",
    "paint_swatch",
    "paint_tag",
    "paint_valence",
    "palette",
    "px",
    "role_pixels",
    "scale",
    "sheet",
    "tag_size",
    "theme",
]

apply = theme.apply
