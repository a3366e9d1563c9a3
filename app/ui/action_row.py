"""One row of the table of actions."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ActionRow:
    """What there is to know about an action before anything can do it.

    ``keys`` are portable texts such as "Ctrl+K" or names of ``QKeySequence.StandardKey``
    ("Copy"); the first one is shown. ``menu`` is "Edit" or "View/Zoom", "" keeps it out of the
    menus; a ``group`` change draws a separator. ``scope`` "window" works everywhere in the
    window, any other word ("reading") where ``Actions.attach`` has tied it to a widget; the keys of
    scope "page" are read by the page itself, which tells letters, codes and words apart.
    """

    id: str
    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    menu: str = ""
    tooltip: str = ""
    scope: str = "window"
    group: str = ""
    checkable: bool = False
    listed: bool = True
    """False keeps it out of the command palette (an action that needs the pointer's place)."""
    fixed: bool = False
    """True where the keys are those of every program (Enter, Esc, arrows) and stay as they are."""
