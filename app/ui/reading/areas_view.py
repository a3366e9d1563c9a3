"""Where passages and areas stand in the view, and how they come into it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QTimer

from app.ui.reading.areas_box import PageBox
from app.ui.theme import theme

if TYPE_CHECKING:
    from app.ui.reading.canvas import Canvas

FLASH_MS = 600
Place = tuple[int, int] | PageBox
"""What a code goes to: a span of the text, or an area of a page."""


def box_rect(canvas: "Canvas", box: PageBox) -> QRectF:
    """Return the rectangle of an area in the viewport."""
    return page_rect(box, canvas.layout_.scale).translated(canvas.page_origin(box.page))


def page_rect(box: PageBox, scale: float) -> QRectF:
    """Return the rectangle of an area in whole pixels of its page."""
    left, top, right, bottom = (round(edge * scale) for edge in box.edges)
    return QRectF(left, top, right - left, bottom - top)


def place_rect(canvas: "Canvas", place: Place) -> QRectF:
    """Return the box round a passage or area in the viewport; empty where nothing is known."""
    return box_rect(canvas, place) if isinstance(place, PageBox) else canvas.span_rect(*place)


def reveal_place(canvas: "Canvas", place: Place, *, flash: bool = True) -> None:
    """Bring a passage or area into view unless it is in view already."""
    if not isinstance(place, PageBox):
        canvas.reveal(*place, flash=flash)
        return
    scroll_to(canvas, box_rect(canvas, place), canvas.state.page_start(place.page))
    if flash and not theme.reduced_motion:
        canvas.painter.overlay.flash_box = place
        QTimer.singleShot(FLASH_MS, canvas, lambda: _end_flash(canvas))
        canvas.viewport().update()


def scroll_to(canvas: "Canvas", box: QRectF, start: int) -> None:
    """Bring a box of the viewport into view, a third down from the top, unless it is there.

    Where nothing is known of it, go to the share of its page at which the text begins.
    """
    bar, third = canvas.verticalScrollBar(), canvas.viewport().height() / 3
    view = QRectF(canvas.viewport().rect()).adjusted(0, 24, 0, -24)
    if box.isNull():
        state = canvas.state
        page = state.page_of(start)
        share = (start - state.page_start(page)) / max(state.page_length(page), 1)
        _left, top, _width, height = canvas.layout_.rect(page)
        bar.setValue(round(top + share * height - third))
    elif not (view.top() <= box.top() and min(box.bottom(), box.top() + 200) <= view.bottom()):
        bar.setValue(round(bar.value() + box.top() - third))


def _end_flash(canvas: "Canvas") -> None:
    canvas.painter.overlay.flash_box = None
    canvas.viewport().update()


def point_on(canvas: "Canvas", page: int, at: QPointF) -> tuple[float, float]:
    """Return a point of the viewport in points of one page; it may lie outside."""
    here = (at - canvas.page_origin(page)) / canvas.layout_.scale
    return here.x(), here.y()
