"""Steps of the caret that need to know where characters stand."""

from typing import TYPE_CHECKING
from unicodedata import bidirectional

from PySide6.QtCore import QPointF

from app.ui.reading.selection import next_word_end, previous_word_start

if TYPE_CHECKING:
    from app.ui.reading.canvas import Canvas


def word_step(text: str, offset: int, direction: int, *, landing: str) -> int:
    """Return the next "start" or "end" of a word before (-1) or after (1) ``offset``."""
    if landing == "end":
        if direction > 0:
            return next_word_end(text, offset)
        before = previous_word_start(text, offset)
        while before > 0 and not text[before - 1].isalnum():
            before -= 1
        return before
    if direction < 0:
        return previous_word_start(text, offset)
    after = next_word_end(text, offset)
    while after < len(text) and not text[after].isalnum():
        after += 1
    return after


def runs_leftwards(text: str, offset: int) -> bool:
    """Tell whether the words at a caret are written from right to left."""
    for at in (offset, offset - 1, offset + 1):
        kind = bidirectional(text[at]) if 0 <= at < len(text) else ""
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return False


def line_ends(canvas: "Canvas", offset: int) -> tuple[int, int]:
    """Return the offsets at which the caret's line begins and ends."""
    page = canvas.state.page_of(offset)
    lines = canvas.geometries.get(page)
    if lines is None:
        return offset, offset
    first = canvas.state.page_start(page)
    start, end = lines.geometry.line_start_end(offset - first)
    return first + start, first + end


def line_step(
    canvas: "Canvas", offset: int, column: float | None, down: bool
) -> tuple[int, float | None]:
    """Return the offset one line on, across pages, and the column to keep (points)."""
    state = canvas.state
    page = state.page_of(offset)
    lines = canvas.geometries.get(page)
    if lines is None:
        return offset, column
    first = state.page_start(page)
    geometry = lines.geometry
    x = geometry.caret(offset - first)[0] if column is None else column
    step = geometry.offset_below if down else geometry.offset_above
    found = step(offset - first, x)
    if found is not None:
        return first + found, x
    other = page + (1 if down else -1)
    if not 1 <= other <= state.page_count:
        return offset, x
    return _enter_page(canvas, other, x, down), x


def _enter_page(canvas: "Canvas", page: int, x: float, down: bool) -> int:
    """Return the offset of the first line (or the last one) of a page nearest to ``x``."""
    first, length = canvas.state.page_start(page), canvas.state.page_length(page)
    lines = canvas.geometries.get(page)
    if lines is None or not length:
        return first if down else first + length
    geometry = lines.geometry
    start, end = geometry.line_start_end(0 if down else length)
    if start >= end:
        return first + start
    left, right = geometry.caret(start)[0], geometry.caret(end)[0]
    share = (x - left) / (right - left) if right > left else 0.0
    return first + start + round(min(max(share, 0.0), 1.0) * (end - start))


def screen_step(canvas: "Canvas", offset: int, down: bool) -> int:
    """Scroll by most of a screen and return the offset that stands where the caret stood."""
    from app.ui.reading.keys import caret_point

    at = caret_point(canvas, offset)
    view = canvas.viewport().rect()
    if at is None or not view.contains(at.toPoint()):
        at = QPointF(view.width() / 2, view.height() / 3)
    bar = canvas.verticalScrollBar()
    before = bar.value()
    bar.setValue(before + (1 if down else -1) * round(view.height() * 0.9))
    if bar.value() == before:
        return len(canvas.state.bounds.text) if down else 0
    found = canvas.offset_at(at)
    if found is not None:
        return found
    page, _x, y = canvas.to_page(at)
    share = y / canvas.state.text.sizes[page - 1][1] if canvas.state.text else 0.0
    length = canvas.state.page_length(page)
    return canvas.state.page_start(page) + round(min(max(share, 0.0), 1.0) * length)
