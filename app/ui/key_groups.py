"""The keys that are in no menu: those of the page, of valence and stage, and of the codes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.coding.codebook import Codebook, Facet

MOST_STAGES = 9


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


READING = KeyGroup(
    "Reading",
    (
        KeyLine("Select the sentence, then one more", ("S",)),
        KeyLine("One sentence more at the start", ("Shift S",)),
        KeyLine("Select the paragraph, then one more", ("P",)),
        KeyLine("One paragraph more at the start", ("Shift P",)),
        KeyLine("Select letter by letter", ("Shift ←", "Shift →")),
        KeyLine("Select word by word", ("Ctrl Shift ←", "Ctrl Shift →")),
        KeyLine("Code the selection, or open the card", ("Enter",)),
        KeyLine("Next coding of the same words", ("Tab",)),
        KeyLine("Let go of selection and coding", ("Esc",)),
        KeyLine("Coding longer at its end", ("]", "Alt →")),
        KeyLine("Coding shorter at its end", ("Shift ]", "Alt ←")),
        KeyLine("Coding longer at its start", ("[", "Alt Shift ←")),
        KeyLine("Coding shorter at its start", ("Shift [", "Alt Shift →")),
    ),
)
WITHOUT_CODEBOOK = KeyGroup(
    "Valence and stage",
    (
        KeyLine("Valence of the coding", ("+", "-", "*", "~", "?")),
        KeyLine("Stage of the coding", ("Alt 1", "Alt 2", "Alt 3")),
    ),
)


def key_groups(codebook: "Codebook | None") -> tuple[KeyGroup, ...]:
    """Return the groups in the order of the sheet; codes and labels come from the codebook."""
    if codebook is None:
        return READING, WITHOUT_CODEBOOK
    valences, stages = _facet(codebook, "valence"), _facet(codebook, "stage")
    groups = [READING]
    if valences is not None:
        symbols = ((value.label, value.symbol) for value in valences.values)
        groups.append(_group(valences.label, symbols))
    if stages is not None:
        numbered = enumerate(stages.values[:MOST_STAGES], start=1)
        groups.append(_group(stages.label, ((v.label, f"Alt {n}") for n, v in numbered)))
    codes = [(code.name, code.hot_key.upper()) for code in codebook.codes if not code.retired]
    groups.append(_group("Codes", codes))
    return tuple(group for group in groups if group.lines)


def _facet(codebook: "Codebook", key: str) -> "Facet | None":
    return next((facet for facet in codebook.facets if facet.key == key), None)


def _group(title: str, pairs: Iterable[tuple[str, str]]) -> KeyGroup:
    return KeyGroup(title, tuple(KeyLine(text, (cap,)) for text, cap in pairs if cap))
