"""Where one was in a document: kept in the user's settings, not in the project."""

from app.ui.reading.canvas import Canvas
from app.ui.reading.opening import View
from app.ui.reading.state import ReadingState
from app.ui.settings import ReadingPosition, settings


def view_of(canvas: Canvas, document_id: str, room: int) -> View:
    """Return how a document will be shown if it is opened now, ``room`` wide if nothing is yet."""
    known = settings().reading_position(document_id) or ReadingPosition()
    viewport = canvas.viewport()
    width = viewport.width() if canvas.isVisible() else room
    return View(known.page, max(known.zoom, 0.0), width, viewport.devicePixelRatioF())


def go_where_you_were(canvas: Canvas, state: ReadingState, document_id: str) -> None:
    """Show a document as it was shown last."""
    known = settings().reading_position(document_id) or ReadingPosition()
    if known.zoom > 0:
        canvas.set_zoom(known.zoom)
    else:
        canvas.fit_width()
    if (known.page, known.share) != (1, 0.0):
        canvas.go_to_page(min(known.page, state.page_count), known.share)


def remember(canvas: Canvas, state: ReadingState) -> None:
    """Keep where you are in the document; a zoom of 0 means that it fits the width."""
    if state.info is not None and state.is_open:
        page, share = canvas.position()
        zoom = 0.0 if canvas.fits_width else canvas.zoom
        settings().remember_reading_position(state.info.id, ReadingPosition(page, share, zoom))
