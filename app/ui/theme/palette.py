"""The palette: everything a style sheet need not say."""

from PySide6.QtGui import QColor, QPalette

from app.ui.theme.tokens import Tokens


def palette(tokens: Tokens) -> QPalette:
    """Return all roles in the groups Active, Inactive and Disabled."""
    role = QPalette.ColorRole
    active = {
        role.Window: tokens.window,
        role.WindowText: tokens.text,
        role.Base: tokens.base,
        role.AlternateBase: tokens.window,
        role.Text: tokens.text,
        role.BrightText: tokens.on_accent,
        role.Button: tokens.raised,
        role.ButtonText: tokens.text,
        role.ToolTipBase: tokens.raised,
        role.ToolTipText: tokens.text,
        role.PlaceholderText: tokens.text_3,
        role.Highlight: tokens.text_selection,
        role.HighlightedText: tokens.on_text_selection,
        role.Accent: tokens.accent,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.Light: tokens.raised,
        role.Midlight: tokens.hover,
        role.Mid: tokens.line_strong,
        role.Dark: tokens.control,
        role.Shadow: tokens.text_3,
    }
    disabled = {
        **active,
        role.WindowText: tokens.off,
        role.Text: tokens.off,
        role.ButtonText: tokens.off,
        role.PlaceholderText: tokens.off,
        role.Highlight: tokens.selected_idle,
        role.HighlightedText: tokens.off,
        role.Accent: tokens.off,
    }
    group = QPalette.ColorGroup
    result = QPalette()
    for which, colours in (
        (group.Active, active),
        (group.Inactive, active),
        (group.Disabled, disabled),
    ):
        for name, value in colours.items():
            result.setColor(which, name, QColor(value))
    return result
