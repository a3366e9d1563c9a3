"""Memos with their links, everything that a search finds, and coding all of it."""

from app.ui.tour.album import Album
from app.ui.views.memo_place import MemosPlace
from app.ui.views.search_place import SearchPlace


def memos(album: Album) -> None:
    """Write on the project, with a list and a link, and look at all memos."""
    hands, window = album.hands, album.window
    hands.step = "memos"
    hands.press("Ctrl+7")
    place = window.workbench.place
    assert isinstance(place, MemosPlace)
    hands.settle()
    hands.click(place.about)
    memo = place.page.box.memo
    hands.until(memo.hasFocus, "the memo on the project")
    hands.press("Ctrl+B")
    hands.type("Settled on Friday.")
    hands.press("Ctrl+B", "Return")
    hands.type("- One site is not two. See ")
    hands.press("Ctrl+L")
    picker = place.page.box.links.picker
    assert picker is not None
    hands.type("supervision")
    hands.until(picker.findings, "something to link to")
    hands.settle()
    album.take("memo-link")
    hands.press("Return", "Esc")
    hands.until(lambda: any("](" in memo.text for memo in place.shown()), "the link")
    hands.settle()
    album.take("memos")


def search(album: Album) -> None:
    """Search everything in full, and look through what would be coded."""
    hands, window = album.hands, album.window
    hands.step = "searching in full"
    hands.press("Ctrl+Shift+F")
    place = window.workbench.place
    assert isinstance(place, SearchPlace)
    hands.settle()
    hands.type("supervision team")
    hands.until(place.model.findings, "results")
    hands.settle()
    album.take("search")
    hands.step = "coding all of these"
    hands.click(place.code_button)
    hands.until(lambda: bool(place.preview.model.proposals), "places to code")
    hands.settle()
    hands.press("Down", "Down", "Space")
    album.take("search-code-all")
    hands.press("Esc")
    hands.until(lambda: place._stack.currentWidget() is place.list, "the results again")
