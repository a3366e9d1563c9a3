"""Working on the pages themselves: an area of a page, finding words."""

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from app.ui.reading.areas import DRAW
from app.ui.reading.place import ReadingPlace
from app.ui.tour.album import Album
from app.ui.tour.hands import LEFT, Hands
from app.ui.tour.reading import pages_there

NO_BUTTON = Qt.MouseButton.NoButton
AREA = (0.09, 0.36, 0.48, 0.56)
"""Shares of the page's width and height."""


def pages(album: Album) -> None:
    """Draw and code an area, and find words in the document."""
    hands, window = album.hands, album.window
    place = window.workbench.place
    assert isinstance(place, ReadingPlace)
    area(album, hands, place)
    find(album, hands, place)


def area(album: Album, hands: Hands, place: ReadingPlace) -> None:
    """Code an area of the page in view, then take it back."""
    hands.step = "drawing an area"
    draw_area(hands, place)
    hands.until(lambda: place.state.area is not None, "an area")
    hands.press("/")
    hands.until(place.overlays.palette.isVisible, "the palette")
    hands.type("shared goals")
    album.take("reading-area-palette")
    before = len(place.state.codings)
    hands.press("-", "Return")
    hands.until(lambda: len(place.state.codings) == before + 1, "a coded area")
    pages_there(hands, place)
    album.take("reading-area")
    hands.until(lambda: not place.bridge.project.acts.pending, "the area on the disk")
    hands.press("Ctrl+Z")
    hands.until(lambda: len(place.state.codings) == before, "the end of the coded area")


def find(album: Album, hands: Hands, place: ReadingPlace) -> None:
    """Find a word in the document."""
    hands.step = "finding words"
    hands.press("Ctrl+F")
    hands.type("coordinat")
    feature = place.features["FindInDocument"]
    hands.until(lambda: feature.hits, "places with the word")  # type: ignore[attr-defined]
    hands.press("Return", "Return")
    pages_there(hands, place)
    album.take("reading-find")
    hands.press("Esc")
    hands.press("Esc")
    pages_there(hands, place)


def draw_area(hands: Hands, place: ReadingPlace) -> None:
    """Drag over the page in view with Alt and Shift held."""
    canvas, page = place.canvas, place.canvas.page
    canvas.go_to_page(page)
    pages_there(hands, place)
    _left, _top, width, height = canvas.layout_.rect(page)
    corner = canvas.page_origin(page)
    first = (corner + QPointF(width * AREA[0], height * AREA[1])).toPoint()
    last = (corner + QPointF(width * AREA[2], height * AREA[3])).toPoint()
    _send(place, QEvent.Type.MouseButtonPress, first)
    _send(place, QEvent.Type.MouseMove, (first + last) / 2)
    _send(place, QEvent.Type.MouseMove, last)
    _send(place, QEvent.Type.MouseButtonRelease, last)
    QApplication.processEvents()


def _send(place: ReadingPlace, kind: QEvent.Type, at: QPoint) -> None:
    viewport = place.canvas.viewport()
    held = NO_BUTTON if kind == QEvent.Type.MouseButtonRelease else LEFT
    button = NO_BUTTON if kind == QEvent.Type.MouseMove else LEFT
    here = QPointF(at)
    there = QPointF(viewport.mapToGlobal(at))
    QApplication.sendEvent(viewport, QMouseEvent(kind, here, there, button, held, DRAW))
