"""The groups of the sheet of keys: the page's, those of valence, stage and codes, then the menus'.

All come from the one table of actions; the codebook adds its own keys and names.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence

from app.ui.actions import MENUS, Actions, cap_text, key_sequences
from app.ui.reading.page_keys import PAGE_ACTIONS, RECENT_ACTIONS, STAGE_ACTIONS

if TYPE_CHECKING:
    from app.coding.codebook import Codebook, Facet

NATIVE = QKeySequence.SequenceFormat.NativeText
MOST_CAPS = 2


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One line of the sheet: what is done, and the caps of the keys that do it."""

    text: str
    caps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """Lines under one head."""

    title: str
    lines: tuple[KeyLine, ...]


def key_groups(
    actions: Actions, codebook: "Codebook | None" = None, recent: Mapping[str, int] | None = None
) -> tuple[KeyGroup, ...]:
    """Return the groups in the order of the sheet.

    ``recent`` are the digits, from 1, of the codes used last, by code id.
    """
    found = [*_page_groups(actions), *_codebook_groups(actions, codebook, recent or {})]
    for menu in MENUS:
        rows = (row for row in actions.rows.values() if row.menu.partition("/")[0] == menu)
        found.append(_group(menu, ((row.text.rstrip("…"), caps(actions, row.id)) for row in rows)))
    return tuple(group for group in found if group.lines)


def caps(actions: Actions, action_id: str) -> tuple[str, ...]:
    """Return the keys of an action as caps show them, at most two."""
    names = actions.key_names(action_id)
    shown = [cap_text(key.toString(NATIVE)) for name in names for key in key_sequences(name)]
    return tuple(dict.fromkeys(shown))[:MOST_CAPS]


def _page_groups(actions: Actions) -> Iterable[KeyGroup]:
    for title in dict.fromkeys(row.group for row in PAGE_ACTIONS):
        rows = (row for row in PAGE_ACTIONS if row.group == title)
        yield _group(title, ((row.text, caps(actions, row.id)) for row in rows))


def _codebook_groups(
    actions: Actions, codebook: "Codebook | None", recent: Mapping[str, int]
) -> Iterable[KeyGroup]:
    recent_keys = [caps(actions, row.id) for row in RECENT_ACTIONS]
    stage_keys = [caps(actions, row.id) for row in STAGE_ACTIONS]
    if codebook is None:
        stages = tuple(cap for keys in stage_keys[:3] for cap in keys)
        digits = tuple(cap for keys in recent_keys[:3] for cap in keys)
        yield _group(
            "Valence and stage",
            (
                ("Valence of the coding", ("+", "-", "*", "~", "?")),
                ("Stage of the coding", stages),
                ("Codes used last", digits),
            ),
        )
        return
    valences, stage = _facet(codebook, "valence"), _facet(codebook, "stage")
    if valences is not None:
        symbols = (
            (value.label, (value.symbol,) if value.symbol else ()) for value in valences.values
        )
        yield _group(valences.label, symbols)
    if stage is not None:
        labels = (value.label for value in stage.values)
        yield _group(stage.label, zip(labels, stage_keys, strict=False))
    names = {code.id: code.name for code in codebook.codes}
    ordered = sorted(recent.items(), key=lambda pair: pair[1])
    yield _group(
        "Codes used last",
        [(names[code], recent_keys[number - 1]) for code, number in ordered if code in names]
        or [("The codes you use, in their turn", (*recent_keys[0], *recent_keys[-1]))],
    )
    keyed = ((code.name, (code.hot_key.upper(),)) for code in codebook.codes
             if code.hot_key and not code.retired)  # fmt: skip
    yield _group("Codes", keyed)


def _facet(codebook: "Codebook", key: str) -> "Facet | None":
    return next((facet for facet in codebook.facets if facet.key == key), None)


def _group(title: str, pairs: Iterable[tuple[str, tuple[str, ...]]]) -> KeyGroup:
    return KeyGroup(title, tuple(KeyLine(text, keys) for text, keys in pairs if keys))
