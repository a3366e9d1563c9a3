"""Between the look that settings keep and the theme that shows it."""

from app.ui.settings import Look
from app.ui.theme import theme


def current_look() -> Look:
    """Return the look that the theme has now."""
    return Look(
        theme.setting, theme.font_percent, theme.compact, theme.system_font, theme.white_paper,
        theme.still,
    )  # fmt: skip


def apply_look(look: Look) -> None:
    """Let the theme follow a look."""
    theme.choose(
        look.theme,
        font_percent=look.font_percent,
        compact=look.compact,
        system_font=look.system_font,
        white_paper=look.white_paper,
        still=look.reduced_motion,
    )
