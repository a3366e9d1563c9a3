"""Colours of paper: every exported figure uses them, whatever the theme of the window.

A cluster is told by place, outline, number and colour, never by colour alone. Fills are too light
for small type in two cases, so words have a darker twin.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ClusterColours:
    """sRGB colours of one cluster: shapes, words, and the pale ground behind its codes."""

    fill: str
    text: str
    tint: str


PAPER = "#FFFFFF"
INK = "#1B1F23"
SECOND_INK = "#505862"
RULE = "#CFD4DA"
BETWEEN = "#1B1F23"  # ties that join two clusters: the answer the eye should find first
UNCLEAR = "#BFBFBF"  # the part of a node that is neither filled nor open

CONTEXT = ClusterColours("#868686", "#626262", "#EEEEEE")
CLUSTERS = (
    ClusterColours("#004C99", "#004C99", "#E3ECF6"),
    ClusterColours("#A97C00", "#765600", "#F8F0DA"),
    ClusterColours("#93164E", "#93164E", "#F6E5EC"),
    ClusterColours("#4D9353", "#2F6B36", "#E6F2E7"),
    ClusterColours("#693717", "#693717", "#F3EAE3"),
)


def cluster_colours(position: int, *, is_context: bool = False) -> ClusterColours:
    """Return the colours of the cluster at a position (0 for the first); the context is grey.

    Five colours are distinct under every colour vision; a sixth cluster begins again, told apart by
    place, outline and number.
    """
    return CONTEXT if is_context else CLUSTERS[position % len(CLUSTERS)]


def mix(colour: str, ground: str, share: float) -> str:
    """Return ``share`` of a colour over a ground, both ``#RRGGBB``."""
    parts = [
        round(int(colour[i : i + 2], 16) * share + int(ground[i : i + 2], 16) * (1 - share))
        for i in (1, 3, 5)
    ]
    return "#" + "".join(f"{part:02X}" for part in parts)
