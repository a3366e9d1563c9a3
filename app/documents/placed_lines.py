"""Lines of print with their place on the page and in its text."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line of a page with its offset in the page text and its box in display space."""

    text: str
    start: int
    box: tuple[float, float, float, float]
    level: bool

    @property
    def middle(self) -> float:
        """Height of the line's middle, points from the top of the page."""
        return (self.box[1] + self.box[3]) / 2


@dataclass(frozen=True, slots=True)
class PlacedPage:
    """What furniture and joins need to know about a page (points, display space)."""

    lines: Sequence[PlacedLine]
    width: float
    height: float
