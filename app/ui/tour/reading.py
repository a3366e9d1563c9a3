"""Finding a study and coding in it."""

from math import isclose

from PySide6.QtCore import QPoint

from app.documents import boundaries
from app.ui.reading.keys import caret_point
from app.ui.reading.place import ReadingPlace
from app.ui.tour.album import Album
from app.ui.tour.hands import PATIENCE, Hands, TourError
from app.ui.views.studies import StudiesPlace

STUDY = "Pakenham"
MEMO = "Said of one site only. Compare with the interviews."


def studies(album: Album) -> None:
    """Show the list of studies, with one of them in the panel, and find another."""
    hands, window = album.hands, album.window
    hands.step = "studies"
    place = window.go("studies")
    assert isinstance(place, StudiesPlace)
    hands.settle()
    hands.click_row(place.table, place.table.model().index(4, 0))
    album.take("studies")
    hands.step = "finding a study"
    hands.click(place.bar.field)
    hands.type(STUDY)
    hands.press("Return", "Down")
    album.take("studies-filtered")
    hands.step = "opening a study"
    hands.press("Return")
    hands.until(lambda: window.workbench.shown == "read", "the reading view")


def read(album: Album) -> None:
    """Show codings, select and code a passage, write a memo, show the other coder's layer."""
    hands, window = album.hands, album.window
    place = window.workbench.place
    assert isinstance(place, ReadingPlace)
    hands.step = "reading"
    pages_there(hands, place)
    if window.actions_table["read.others"].isChecked():
        hands.press("Ctrl+L")
    for _ in range(6):
        hands.press("Alt+Down")
        pages_there(hands, place)
    hands.until(lambda: place.state.active is not None, "a coding")
    album.take("reading")
    hands.step = "selecting a passage"
    hands.click(place.canvas.viewport(), free_sentence(place))
    hands.press("S")
    hands.until(lambda: not place.state.selection.empty, "a selected sentence")
    hands.press("/")
    hands.until(place.overlays.palette.isVisible, "the palette")
    hands.type("trust")
    album.take("reading-code-palette")
    hands.step = "coding a passage"
    before = len(place.state.codings)
    hands.press("+", "Return")
    hands.until(lambda: len(place.state.codings) == before + 1, "one more coding")
    hands.step = "memo on a coding"
    hands.press("Ctrl+M")
    hands.until(place.overlays.card.isVisible, "the card of the coding")
    hands.type(MEMO)
    album.take("reading-memo")
    hands.press("Esc")
    hands.step = "another coder's layer"
    hands.press("Ctrl+L")
    pages_there(hands, place)
    album.take("reading-other-layer")
    hands.step = "panel about the coding"
    hands.press("Ctrl+I")
    hands.until(place.about.isVisible, "the panel about the coding")
    pages_there(hands, place)
    album.take("reading-about-coding")
    hands.press("Ctrl+I")
    pages_there(hands, place)


def pages_there(hands: Hands, place: ReadingPlace, *, seconds: float = PATIENCE) -> None:
    """Wait for images and characters of the pages in view, and for stillness."""

    def there() -> bool:
        pages = list(place.canvas.visible_parts())
        scale = place.canvas.layout_.scale * place.images.device_pixel_ratio
        images = {key[0] for key in place.images.cache if isclose(key[1], scale, rel_tol=1e-6)}
        flashes = place.canvas.painter.overlay.flash is not None
        return (
            bool(pages)
            and not flashes
            and all(page in images and place.geometries.get(page) is not None for page in pages)
        )

    hands.until(there, "the pages in view", seconds=seconds)
    hands.settle()


def free_sentence(place: ReadingPlace) -> QPoint:
    """Return a point inside a sentence of the page that nobody has coded, high in the view."""
    state, canvas = place.state, place.canvas
    assert state.text is not None
    start, end = state.text.page_range(canvas.page)
    view, words = canvas.viewport().rect(), state.text.text
    upper = view.adjusted(0, view.height() // 8, 0, -view.height() // 2)
    at = start
    while at < end:
        first, last = boundaries.sentence_at(words, at)
        at = max(last, at) + 1
        if last - first < 60 or words[last - 1] != "." or state.marks.at(first, last):
            continue
        found = caret_point(canvas, first + 3)
        if found is not None and upper.contains(found.toPoint()):
            return found.toPoint()
    raise TourError("No sentence on the page is free to be coded.")
