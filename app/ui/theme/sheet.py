"""The one style sheet: only what a palette cannot say.

Selectors are a type and at most one property, never chains, so that applying it stays cheap.
Variants: ``look`` on buttons, fields, frames and labels, ``role`` (font) and ``tone`` (colour)
on labels. Change them with ``app.ui.widgets.layout.set_look``.
"""

import tempfile
from functools import cache
from pathlib import Path
from string import Template

from app.ui.theme.fonts import ROLES, SANS, SERIF
from app.ui.theme.tokens import Tokens

_TEMPLATE = Path(__file__).with_name("sheet.qss")
_TONES = (
    "text", "text_2", "text_3", "off", "accent", "on_accent", "error", "warning", "success", "info",
    "on_toast", "cluster_1_text", "cluster_2_text", "cluster_3_text", "cluster_4_text",
    "cluster_5_text", "cluster_context_text",
)  # fmt: skip


def sheet(tokens: Tokens, scale: float) -> str:
    """Return the style sheet; lengths are those of the template times ``scale``."""
    values = dict(tokens.colours())
    values |= {f"px{length}": f"{round(length * scale)}px" for length in range(1, 61)}
    for height in (24, 26, 30, 44):
        values[f"in{height}"] = f"{round(height * scale) - 2}px"
        values[f"focus{height}"] = f"{round(height * scale) - 4}px"
    values |= _images(tokens)
    values["selected_border"] = (
        f"2px solid {tokens.text}" if tokens.framed else f"2px solid {tokens.selected}"
    )
    values["rail_border"] = f"2px solid {tokens.text if tokens.framed else 'transparent'}"
    values["search_border"] = tokens.line if tokens.framed else tokens.hover
    text = Template(_TEMPLATE.read_text(encoding="utf-8")).substitute(values)
    return text + _role_rules(scale) + _tone_rules(tokens)


def _role_rules(scale: float) -> str:
    rules = []
    for name, role in ROLES.items():
        family = f'font-family: "{SERIF}", "{SANS}";' if role.serif else ""
        italic = "font-style: italic;" if role.italic else ""
        pixels = f"{role.pixels * scale:.1f}".removesuffix(".0")
        size = f"{pixels}px" if "." not in pixels else f"{role.pixels * scale * 0.75:.2f}pt"
        rules.append(
            f'QLabel[role="{name}"] {{ font-size: {size}; font-weight: {role.weight};'
            f" {family}{italic} }}\n"
        )
    return "".join(rules)


def _tone_rules(tokens: Tokens) -> str:
    colours = tokens.colours()
    return "".join(f'QLabel[tone="{tone}"] {{ color: {colours[tone]}; }}\n' for tone in _TONES)


@cache
def _image_folder() -> "tempfile.TemporaryDirectory[str]":
    return tempfile.TemporaryDirectory(prefix="cofactor-look-")


def _images(tokens: Tokens) -> dict[str, str]:
    """Write the few pictures that a sheet can only take from files; return their paths."""
    folder = Path(_image_folder().name)
    stroke = 'fill="none" stroke-linecap="round" stroke-linejoin="round"'
    drawings = {
        "check": f'<path d="M4 8.5l2.8 2.8L12 5.5" {stroke} stroke-width="1.8" stroke="INK"/>',
        "check_menu": f'<path d="M4 8.5l2.8 2.8L12 5.5" {stroke} stroke-width="1.4" stroke="INK"/>',
        "dash": f'<path d="M4.5 8h7" {stroke} stroke-width="1.8" stroke="INK"/>',
        "dot": '<circle cx="8" cy="8" r="2.6" fill="INK"/>',
        "down": f'<path d="M4 6l4 4 4-4" {stroke} stroke-width="1.25" stroke="INK"/>',
        "up": f'<path d="M4 10l4-4 4 4" {stroke} stroke-width="1.25" stroke="INK"/>',
        "right": f'<path d="M6 4l4 4-4 4" {stroke} stroke-width="1.25" stroke="INK"/>',
    }
    inks = {"check": tokens.on_accent, "dash": tokens.on_accent, "dot": tokens.on_accent}
    paths = {}
    for name, drawing in drawings.items():
        for suffix, ink in (("", inks.get(name, tokens.text_2)), ("_off", tokens.off)):
            path = folder / f"{tokens.name}-{name}{suffix}.svg"
            if not path.exists():
                body = drawing.replace("INK", ink)
                path.write_text(
                    '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" '
                    f'viewBox="0 0 16 16">{body}</svg>',
                    encoding="utf-8",
                )
            paths[f"image_{name}{suffix}"] = path.as_posix()
    return paths
