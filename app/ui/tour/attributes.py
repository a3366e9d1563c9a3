"""Attributes of studies: typed into the table, defined in their card; the example list."""

from app.coding.attributes import STARTERS, add_attributes
from app.coding.people import list_coders
from app.ui.tour.album import Album
from app.ui.views.studies import StudiesPlace

VALUES = ("Community\tVoluntary", "Custody\tMandated")
MORE = ("Setting", "Participation")
STEPS = ("Paste 4 values", "Add 2 attributes")


def attributes(album: Album) -> None:
    """Fill a few values, look at the card of attributes, and at the example list."""
    hands, window = album.hands, album.window
    hands.step = "attributes"
    place = window.go("studies")
    assert isinstance(place, StudiesPlace)
    hands.settle()
    project = window.bridge.project
    before = place.table.current_row()
    if project.actor_id is None:
        project.choose_actor(list_coders(project)[0].id)
    ids = add_attributes(project, [one for one in STARTERS if one.name in MORE])
    hands.settle()
    first = place.proxy.index(0, place.model.column_of(f"attribute.{ids[0]}"))
    place.table.setCurrentIndex(first)
    place.table.setFocus()
    window_clipboard(VALUES)
    place.paste()
    hands.settle()
    album.take("studies-attributes")
    hands.step = "attributes and columns"
    place.show_columns()
    hands.press("Down", "Down", "Down", "Down", "Down")
    album.take("studies-columns")
    place.attributes.hide()
    hands.step = "example list"
    place.show_example()
    hands.settle()
    album.take("studies-example-list")
    place.references.card.hide()
    while project.undo_label in STEPS:
        project.undo()
    hands.settle()
    if before is not None:
        place.show_study(before.id)
    place.table.horizontalScrollBar().setValue(0)


def window_clipboard(lines: tuple[str, ...]) -> None:
    """Put tab-separated text on the clipboard, as a spreadsheet does."""
    from PySide6.QtGui import QGuiApplication

    QGuiApplication.clipboard().setText("\n".join(lines))
