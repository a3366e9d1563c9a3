"""Where one was in a document: kept in the user's settings, not in the project."""

from dataclasses import astuple
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from app.ui.reading import left_off
from app.ui.reading.canvas import Canvas
from app.ui.reading.left_off import LeftOff, StandingPage
from app.ui.reading.opening import View
from app.ui.reading.state import ReadingState
from app.ui.settings import ReadingPosition, settings
from app.ui.theme import scale


def view_of(canvas: Canvas, document_id: str, room: int) -> View:
    """Return how a document will be shown if it is opened now, ``room`` wide if nothing is yet."""
    known = settings().reading_position(document_id) or ReadingPosition()
    viewport = canvas.viewport()
    width = viewport.width() if canvas.isVisible() else room
    return View(known.page, max(known.zoom, 0.0), width, viewport.devicePixelRatioF(), scale())


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


def leave(canvas: Canvas, state: ReadingState, project: Path, room: QWidget) -> None:
    """Keep how the pages stand in ``room`` now, so that the next start can show them at once."""
    remember(canvas, state)
    position = settings().reading_position(state.info_id)
    pages = _standing(canvas) if state.is_open and canvas.isVisible() else ()
    if position is None or not pages or not canvas.images.has_pages:
        left_off.forget()
        return
    viewport = canvas.viewport()
    corner = viewport.mapTo(room, QPoint(0, 0))
    ratio = viewport.devicePixelRatioF()
    LeftOff(
        str(project.absolute()),
        state.info_id,
        (room.width(), room.height()),
        (corner.x(), corner.y(), viewport.width(), viewport.height()),
        canvas.layout_.scale * ratio,
        ratio,
        astuple(position),
        pages,
    ).remember()


def _standing(canvas: Canvas) -> tuple[StandingPage, ...]:
    """Return the pages in view, none where one is so large that it comes in tiles."""
    pages = []
    for page in canvas.visible_parts():
        if canvas.images.comes_in_tiles(page):
            return ()
        corner, (_left, _top, width, height) = canvas.page_origin(page), canvas.layout_.rect(page)
        turn = canvas.images.turns.get(page, 0)
        pages.append(StandingPage(page, turn, corner.x(), corner.y(), width, height))
    return tuple(pages)
