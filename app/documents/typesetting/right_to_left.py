"""Parts a line of Hebrew into stretches that run leftwards and stretches that run rightwards."""

from itertools import groupby

MIRRORED = str.maketrans("()[]<>«»", ")(][><»«")


def is_hebrew(letter: str) -> bool:
    """Tell whether a letter belongs to the Hebrew block."""
    return "\u0590" <= letter <= "\u05ff"


def stretches(text: str) -> list[tuple[str, bool]]:
    """Return the parts of a right-to-left line in reading order: (letters, runs rightwards).

    A small part of the Unicode bidirectional algorithm: Latin words and numbers run rightwards,
    and what stands between two of them goes with them; everything else runs leftwards, with
    brackets turned round as they are drawn there.
    """
    kinds = ["R" if is_hebrew(c) else "L" if c.isalnum() else "N" for c in text]
    for at, kind in enumerate(kinds):
        if kind == "N":
            kinds[at] = "l" if _between_latin(kinds, at) else "r"
    groups = groupby(range(len(text)), key=lambda at: kinds[at] in "Ll")
    return [(_drawn(text, list(places), latin), latin) for latin, places in groups]


def _drawn(text: str, places: list[int], latin: bool) -> str:
    part = text[places[0] : places[-1] + 1]
    return part if latin else part.translate(MIRRORED)


def _between_latin(kinds: list[str], at: int) -> bool:
    before = next((kind for kind in reversed(kinds[:at]) if kind in "RL"), "R")
    after = next((kind for kind in kinds[at:] if kind in "RL"), "R")
    return before == after == "L"
