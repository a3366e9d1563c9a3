"""The table of contents that a PDF carries, as plain entries."""

from dataclasses import dataclass
from typing import Any

from app.documents.normalising import canonical_line


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """One entry: ``level`` from 1, the 1-based page, and where on it in points from its top."""

    level: int
    title: str
    page: int
    top: float = 0.0


def read_outline(document: Any) -> list[OutlineEntry]:
    """Return the entries that lead to a page; none where the list cannot be read."""
    try:
        entries = document.get_toc(simple=False)
    except Exception:  # damaged lists fail in many ways, and a document is read without one
        return []
    found = []
    for level, title, page, target in entries:
        words = " ".join(canonical_line(title).split())
        if 1 <= page <= document.page_count and words:
            found.append(OutlineEntry(int(level), words, int(page), _top(target)))
    return found


def _top(target: dict[str, Any]) -> float:
    point = target.get("to")
    return max(float(point.y), 0.0) if point is not None else 0.0


def section_at(entries: list[OutlineEntry] | tuple[OutlineEntry, ...], page: int, y: float) -> int:
    """Return the index of the last entry that begins at or before a place; -1 before the first."""
    last = -1
    for index, entry in enumerate(entries):
        if (entry.page, entry.top) <= (page, y):
            last = index
    return last
