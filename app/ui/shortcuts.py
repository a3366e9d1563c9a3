"""Which key may belong to which action: pressed keys as text, and what stands in the way."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from app.ui.actions import Actions, cap_text, key_sequences

PORTABLE = QKeySequence.SequenceFormat.PortableText
NATIVE = QKeySequence.SequenceFormat.NativeText
Key = Qt.Key
MODIFIERS = {Key.Key_Shift, Key.Key_Control, Key.Key_Alt, Key.Key_Meta, Key.Key_AltGr}
KEPT = {
    Key.Key_Return, Key.Key_Enter, Key.Key_Tab, Key.Key_Backtab, Key.Key_Left, Key.Key_Right,
    Key.Key_Up, Key.Key_Down, Key.Key_Home, Key.Key_End, Key.Key_PageUp, Key.Key_PageDown,
    Key.Key_Space,
}  # fmt: skip
"""Keys that move, choose and tick in every program; alone or with Shift they stay as they are."""
COMMAND = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a key cannot be taken; ``owners`` are the actions it could be taken from."""

    text: str
    owners: tuple[str, ...] = ()


def key_of(event: QKeyEvent) -> str:
    """Return a pressed key as portable text ("Ctrl+K", "S", "?"); "" for Shift and the like."""
    if event.key() in MODIFIERS or event.key() in (0, Key.Key_unknown):
        return ""
    text, modifiers = event.text(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    sign = len(text) == 1 and text.isprintable() and not text.isalnum() and not text.isspace()
    if sign and not modifiers & COMMAND:
        return text
    combined = QKeySequence(int(modifiers.value) | int(event.key()))
    return combined.toString(PORTABLE)


def shown(key: str) -> str:
    """Return a key as a cap shows it."""
    return cap_text(key_sequences(key)[0].toString(NATIVE))


def obstacle(
    actions: Actions, action_id: str, event: QKeyEvent, of_codebook: Mapping[str, str]
) -> Obstacle | None:
    """Return what keeps an action from getting the pressed key, None where nothing does.

    ``of_codebook`` says in words what the codebook does with a key ("A").
    """
    key = key_of(event)
    if event.key() in KEPT and not event.modifiers() & COMMAND:
        return Obstacle("Enter, Tab, Space and the keys that move keep their meaning everywhere.")
    meaning = of_codebook.get(key.upper())
    if meaning and actions.rows[action_id].scope in ("window", "reading", "page"):
        return Obstacle(f"{shown(key)} {meaning} The keys of the codebook come first.")
    owners = rivals(actions, action_id, key)
    if not owners:
        return None
    fixed = [owner for owner in owners if actions.rows[owner].fixed]
    names = " and ".join(f"“{actions.rows[owner].text.rstrip('…')}”" for owner in fixed or owners)
    if fixed:
        return Obstacle(f"{shown(key)} always means {names}.")
    return Obstacle(f"{shown(key)} is the key of {names} already.", tuple(owners))


def rivals(actions: Actions, action_id: str, key: str) -> list[str]:
    """Return the other actions that have a key where this action would have it too."""
    wanted, scope = set(_texts(key)), actions.rows[action_id].scope
    return [
        row.id
        for row in actions.rows.values()
        if row.id != action_id
        and _meet(scope, row.scope)
        and any(wanted & set(_texts(name)) for name in actions.key_names(row.id))
    ]


def without(actions: Actions, action_id: str, key: str) -> tuple[str, ...]:
    """Return the keys of an action but for one that another action takes."""
    taken = set(_texts(key))
    return tuple(name for name in actions.key_names(action_id) if not taken & set(_texts(name)))


def _texts(key: str) -> list[str]:
    return [sequence.toString(PORTABLE) for sequence in key_sequences(key)]


def _meet(one: str, other: str) -> bool:
    return one == other or "window" in (one, other) or {one, other} == {"page", "reading"}
