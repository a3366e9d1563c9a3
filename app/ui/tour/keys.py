"""Filters, the card, what a key needs, and the list in which keys are changed."""

from app.ui.reading.filter_feature import FilterFeature
from app.ui.reading.filters import MarkFilter
from app.ui.reading.place import ReadingPlace
from app.ui.shortcuts_view import ShortcutsDialog
from app.ui.tour.album import Album
from app.ui.tour.reading import pages_there


def filters_and_keys(album: Album) -> None:
    """Show them in the reading view; leave it as it was."""
    hands, window = album.hands, album.window
    place = window.workbench.place
    assert isinstance(place, ReadingPlace)
    _card(album, place)
    _filters(album, place)
    hands.step = "changing a key"
    window.actions_table.trigger("help.change_keys")
    dialog = window._window_actions.dialog
    assert isinstance(dialog, ShortcutsDialog)
    hands.until(dialog.isVisible, "the list of keys")
    hands.type("code")
    dialog.choose("code.find")
    dialog.wait()
    hands.press("Ctrl+L")
    album.take("change-shortcuts")
    hands.press("Esc", "Esc")
    hands.until(lambda: not dialog.isVisible(), "the end of the list")


def _card(album: Album, place: ReadingPlace) -> None:
    hands = album.hands
    hands.step = "the card of a coding"
    place.canvas.setFocus()
    hands.press("Esc", "Alt+Down")
    hands.until(lambda: place.state.active is not None, "a coding")
    pages_there(hands, place)
    hands.press("Return")
    hands.until(place.overlays.card.isVisible, "the card")
    album.take("reading-card")
    hands.press("Esc")


def _filters(album: Album, place: ReadingPlace) -> None:
    hands = album.hands
    filters = place.features["FilterFeature"]
    assert isinstance(filters, FilterFeature)
    hands.step = "filtering codings"
    hands.press("Ctrl+Shift+L")
    hands.until(lambda: filters.bar.isVisible(), "the filters")
    filters.choose(MarkFilter(valences=("barrier",)))
    pages_there(hands, place)
    place.canvas.setFocus()
    place.state.set_active(None)
    hands.press("Home")
    place.state.set_active(None)
    hands.press("]")
    album.take("reading-filters")
    filters.clear()
    hands.press("Ctrl+Shift+L")
    pages_there(hands, place)
