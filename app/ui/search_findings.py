"""What a search has found, as rows that lead to their place."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from app.ui.search import Finding

if TYPE_CHECKING:
    from app.coding.finding import Entry, Found, Group

HEADS = {
    "codes": "Codes",
    "studies": "Studies",
    "memos": "Memos",
    "quotes": "Coded passages",
    "text": "Passages",
}
ICONS = {
    "codes": "tag",
    "studies": "library",
    "memos": "sticky-note",
    "quotes": "quote",
    "text": "text-search",
}


def rows_of(groups: "Iterable[Group]", window: Any) -> tuple[list[Finding], dict[str, int]]:
    """Return the rows of groups, and by head how many there are in all."""
    groups = tuple(groups)
    rows = [row_of(group.kind, found, window) for group in groups for found in group.found]
    return rows, {HEADS[group.kind]: group.total for group in groups}


def row_of(kind: str, found: "Found", window: Any) -> Finding:
    """Return the row of one result."""
    entry = found.entry
    act = door(kind, entry, window)
    if kind in ("codes", "studies") and (found.name_marks or not found.marks):
        detail = entry.detail if kind == "codes" else found.snippet
        return Finding(HEADS[kind], entry.name, detail, act, icon=ICONS[kind], about=entry.id)
    place = f"p. {found.page_label}" if found.page_label else ""
    detail = entry.name
    if entry.detail and kind != "text":
        detail = f"{entry.name}, {entry.detail}"
    return Finding(
        HEADS[kind], found.snippet or entry.name, detail, act, icon=ICONS[kind], place=place,
        marks=found.marks, about=entry.id or f"{entry.document_id} {entry.start}",
        is_passage=True, in_serif=kind in ("quotes", "text"),
    )  # fmt: skip


def door(kind: str, entry: "Entry", window: Any) -> Callable[[], object]:
    """Return what shows a result at its place."""
    if kind == "codes":
        return partial(window.show_code, entry.id)
    if kind == "studies":
        return partial(window.show_study, entry.id)
    if kind == "memos":
        return lambda: window.go("memos").show_memo(entry.id)
    return partial(window.open_passage, entry.document_id, entry.start, entry.end)
