"""The links on a page: to a place in the document, or to an address outside."""

from dataclasses import dataclass
from typing import Any

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link: its box in display space; a 1-based page and place on it, or else an address."""

    box: Box
    page: int = 0
    top: float = 0.0
    address: str = ""


def read_links(page: Any) -> list[PageLink]:
    """Return the links of a page; those that lead nowhere are left out."""
    try:
        links = page.get_links()
    except Exception:  # damaged annotations fail in many ways; the page is read without links
        return []
    found = []
    for link in links:
        made = _link(page.parent, link)
        if made.page or made.address:
            found.append(made)
    return found


def _link(document: Any, link: dict[str, Any]) -> PageLink:
    rect = link["from"]
    box = (float(rect.x0), float(rect.y0), float(rect.x1), float(rect.y1))
    address = str(link.get("uri") or link.get("file") or "").strip()
    if address:
        return PageLink(box, address=address)
    target, point = link.get("page"), link.get("to")
    if not isinstance(target, int) or target < 0:
        named = _named(document, str(link.get("nameddest") or link.get("name") or ""))
        target, point = named.get("page", -1), None
    if not isinstance(target, int) or not 0 <= target < document.page_count:
        return PageLink(box)
    top = max(float(point.y), 0.0) if point is not None else 0.0
    return PageLink(box, target + 1, top)


def _named(document: Any, name: str) -> dict[str, Any]:
    if not name:
        return {}
    try:
        found = document.resolve_names().get(name, {})
    except Exception:  # a damaged name tree; the link then leads nowhere
        return {}
    return found if isinstance(found, dict) else {}
