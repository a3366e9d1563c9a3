"""The text of a document: what it is, and the order in which its pages are read."""

from app.ui.reading.order_feature import ReadingOrder
from app.ui.reading.place import ReadingPlace
from app.ui.reading.text_feature import TextOfDocument
from app.ui.tour.album import Album
from app.ui.tour.reading import pages_there


def texts(album: Album) -> None:
    """Show the panel about the text, and the numbered blocks of a page."""
    hands = album.hands
    place = album.window.workbench.place
    assert isinstance(place, ReadingPlace)
    hands.step = "text of the document"
    hands.press("Ctrl+Shift+D")
    feature = place.features["TextOfDocument"]
    assert isinstance(feature, TextOfDocument)
    panel = feature.panel
    assert panel is not None
    hands.until(lambda: bool(panel.buttons), "the facts about the text")
    album.take("reading-text")
    hands.step = "reading order"
    hands.press("Ctrl+Shift+O")
    order = place.features["ReadingOrder"]
    assert isinstance(order, ReadingOrder)
    hands.until(lambda: order.is_shown, "the row with the reading order")
    pages_there(hands, place)
    album.take("reading-order")
    hands.press("Esc")
    place.left.show_tab("codes")
    hands.settle()
