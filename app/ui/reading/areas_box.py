"""An area on a page as it is shown, and how keys and mouse change it; no Qt."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from app.coding.areas import unturned_size
from app.coding.documents import DocumentText
from app.documents.turning import Box, Size, turn_back, turn_box

LEAST = 6.0
"""Points that an area has at least in each direction."""
CORNERS = {"top left": (0, 1), "top right": (2, 1), "bottom left": (0, 3), "bottom right": (2, 3)}
"""Which edges of (left, top, right, bottom) each corner moves."""


@dataclass(frozen=True, slots=True)
class PageBox:
    """A rectangle on a 1-based page, in points of the page as it is shown."""

    page: int
    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def between(cls, page: int, a: tuple[float, float], b: tuple[float, float], size: Size) -> Self:
        """Return the box between two points, as far as it lies on the page."""
        (x0, x1), (y0, y1) = sorted((a[0], b[0])), sorted((a[1], b[1]))
        width, height = size
        return cls(page, max(x0, 0.0), max(y0, 0.0), min(x1, width), min(y1, height))

    @property
    def edges(self) -> Box:
        """Left, top, right, bottom."""
        return self.left, self.top, self.right, self.bottom

    @property
    def size(self) -> Size:
        """Width and height."""
        return self.right - self.left, self.bottom - self.top

    @property
    def is_large_enough(self) -> bool:
        """False for what is rather a click than an area."""
        return min(self.size) >= LEAST

    def moved(self, dx: float, dy: float, page: Size) -> "PageBox":
        """Return the box moved, but not off the page."""
        dx = min(max(dx, -self.left), page[0] - self.right)
        dy = min(max(dy, -self.top), page[1] - self.bottom)
        return PageBox(self.page, self.left + dx, self.top + dy, self.right + dx, self.bottom + dy)

    def grown(self, dx: float, dy: float, page: Size) -> "PageBox":
        """Return the box wider and higher (or less) at its right and lower edge."""
        right = min(max(self.right + dx, self.left + LEAST), page[0])
        bottom = min(max(self.bottom + dy, self.top + LEAST), page[1])
        return PageBox(self.page, self.left, self.top, right, bottom)

    def pulled(self, corner: str, x: float, y: float, page: Size) -> "PageBox":
        """Return the box with one corner at a point."""
        edges = list(self.edges)
        across, down = CORNERS[corner]
        edges[across] = min(max(x, 0.0), page[0])
        edges[down] = min(max(y, 0.0), page[1])
        return PageBox.between(self.page, (edges[0], edges[1]), (edges[2], edges[3]), page)

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point lies in it."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def overlaps(self, other: "PageBox") -> bool:
        """Tell whether two boxes share surface."""
        across = min(self.right, other.right) > max(self.left, other.left)
        down = min(self.bottom, other.bottom) > max(self.top, other.top)
        return self.page == other.page and across and down


def shown_box(text: DocumentText, page: int, area: Sequence[float]) -> PageBox:
    """Return a stored area as it stands on the page as it is shown."""
    x0, y0, x1, y1 = area
    box = turn_box((x0, y0, x1, y1), unturned_size(text, page), text.rotation_of(page))
    return PageBox(page, *box)


def stored_area(text: DocumentText, box: PageBox) -> Box:
    """Return a box of the shown page in points of the unturned page."""
    return turn_back(box.edges, text.sizes[box.page - 1], text.rotation_of(box.page))
