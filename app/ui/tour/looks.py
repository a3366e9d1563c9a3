"""The main screens again: dark, high contrast, large text."""

from functools import partial

from app.ui.reading.place import ReadingPlace
from app.ui.settings_view import SettingsDialog
from app.ui.tour.album import Album
from app.ui.tour.reading import free_sentence, pages_there
from app.ui.views.studies import StudiesPlace

PLACES = (
    ("Ctrl+1", "studies"), ("Ctrl+2", "read"), ("Ctrl+3", "codebook"), ("Ctrl+4", "extracts"),
    ("Ctrl+5", "team"), ("Ctrl+6", "analysis"),
)  # fmt: skip


def all_looks(album: Album) -> None:
    """Show every place in every look, then the start view."""
    for theme in ("dark", "contrast"):
        choose(album, theme=theme)
        places(album, theme)
    choose(album, theme="light", percent="150")
    places(album, "large-text")
    album.hands.press("Ctrl+W")
    album.hands.until(lambda: album.window.at_start, "the start view")
    album.take("start-large-text")
    for theme in ("contrast", "dark"):
        choose(album, theme=theme, percent="100")
        album.take(f"start-{theme}")


def places(album: Album, name: str) -> None:
    """Show each place in the look that is set."""
    hands, window = album.hands, album.window
    for key, place in PLACES:
        hands.step = f"{place}, {name}"
        hands.press(key)
        hands.until(partial(_shows, album, place), "the place")
        hands.settle()
        shown = window.workbench.place
        if isinstance(shown, StudiesPlace):
            show_everything(album, shown)
        if isinstance(shown, ReadingPlace):
            open_palette(album, shown)
            album.take(f"reading-{name}")
            hands.press("Esc", "Esc")
        else:
            album.take(f"{place}-{name}")


def _shows(album: Album, place: str) -> bool:
    return album.window.workbench.shown == place


def show_everything(album: Album, place: StudiesPlace) -> None:
    """Take the search away that led to a study."""
    hands = album.hands
    if place.bar.field.text():
        hands.click(place.bar.field)
        hands.press("Ctrl+A", "Del", "Return", "Down")
        hands.settle()


def open_palette(album: Album, place: ReadingPlace) -> None:
    """Select a sentence and look for a code."""
    hands = album.hands
    pages_there(hands, place)
    hands.click(place.canvas.viewport(), free_sentence(place))
    hands.press("S", "/")
    hands.until(place.overlays.palette.isVisible, "the palette")
    hands.type("shar")


def choose(album: Album, *, theme: str, percent: str = "") -> None:
    """Choose a theme and a size of text in the settings."""
    hands, window = album.hands, album.window
    hands.step = f"choosing {theme}"
    hands.press("Ctrl+,")
    dialog = window._window_actions.dialog
    assert isinstance(dialog, SettingsDialog)
    hands.click(dialog.theme.segment(theme))
    if percent:
        hands.click(dialog.font_size.segment(percent))
    hands.press("Esc")
    hands.until(lambda: not dialog.isVisible(), "the end of the settings")
