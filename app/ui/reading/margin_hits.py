"""What stands beside a page at a point of the view."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

from app.ui.reading.margins import MarginBox
from app.ui.reading.marks import Mark
from app.ui.reading.page_views import PageView

if TYPE_CHECKING:
    from app.ui.reading.canvas import Canvas


def marks_at(canvas: "Canvas", at: QPointF) -> tuple[Mark, ...]:
    """Return the marks whose stripe or label is at a point of the viewport."""
    found = _place(canvas, at)
    if found is None or 0 <= found[2].x() <= found[1].width:
        return ()
    return canvas.painter.margins.hit(*found[:2], canvas.layout_.scale, found[2])


def names_at(canvas: "Canvas", at: QPointF) -> tuple[str, ...]:
    """Return the full names behind a label that is cut or stands for several codings."""
    found = _place(canvas, at)
    return canvas.painter.margins.cut_names(*found, canvas.state.active) if found else ()


def _place(canvas: "Canvas", at: QPointF) -> tuple[PageView, MarginBox, QPointF] | None:
    """Return what is painted on the page nearest to a point, its box, and the point on it."""
    page, _x, _y = canvas.to_page(at)
    view = canvas.views.get(page) if page else None
    if view is None:
        return None
    _left, _top, width, height = canvas.layout_.rect(page)
    box = MarginBox(width, height, *canvas.layout_.room_beside(page))
    return view, box, at - canvas.page_origin(page)
