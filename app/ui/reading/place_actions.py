"""Ties the reading view to the table of actions."""

from typing import TYPE_CHECKING

from app.ui.reading.actions import READING_ACTIONS
from app.ui.reading.page_keys import PAGE_ACTIONS
from app.ui.settings import settings
from app.ui.theme import px

if TYPE_CHECKING:
    from app.ui.reading.place import ReadingPlace

ROOM_FOR_BOTH = 860
"""Width of the place in which both panels and a page fit."""


def enable_actions(place: "ReadingPlace", why: str = "") -> None:
    """Enable the actions, or disable them where there is a reason ``why``."""
    table = place.window_of_places.actions_table
    for row in (*READING_ACTIONS, *PAGE_ACTIONS):
        table.enable(row.id, not why, why)
    place.show_people()


def give_way(place: "ReadingPlace", right: bool) -> None:
    """Let the left panel go while the right one is shown, where both leave the page no room."""
    action = place.window_of_places.actions_table["read.left_panel"]
    if right and action.isChecked() and place.isVisible() and place.width() < px(ROOM_FOR_BOTH):
        action.setChecked(False)
        place.left.hide()  # for now: what is remembered stays
        place.about.setProperty("took_room", True)
    elif not right and place.about.property("took_room"):
        place.about.setProperty("took_room", False)
        action.setChecked(True)
        place.left.show()


def connect_actions(place: "ReadingPlace") -> None:
    """Give every row of ``READING_ACTIONS`` something to do."""
    table, canvas, overlays = place.window_of_places.actions_table, place.canvas, place.overlays
    table.attach("reading", place)
    table.connect("read.copy", place.copy)
    table.connect("read.select_page", place.select_page)
    table.connect("read.next_page", lambda: canvas.go_to_page(canvas.page + 1))
    table.connect("read.previous_page", lambda: canvas.go_to_page(max(canvas.page - 1, 1)))
    table.connect("read.zoom_in", lambda: canvas.step_zoom(1))
    table.connect("read.zoom_out", lambda: canvas.step_zoom(-1))
    table.connect("read.zoom_whole", lambda: canvas.set_zoom(1.0))
    table.connect("read.zoom_width", canvas.fit_width)
    table.connect("read.others", place.show_others)
    table.connect("read.left_panel", place.show_left)
    table.connect("read.right_panel", place.show_right)
    table.connect("code.find", place.commands.find_code)
    table.connect("code.recode", place.recode)
    table.connect("code.memo", overlays.open_memo)
    table.connect("code.remove", place.acts.remove)
    table.connect("code.next", lambda: place.walk(1))
    table.connect("code.previous", lambda: place.walk(-1))
    table["read.others"].setChecked(True)
    left, right = bool(settings().value("read.left", True)), bool(settings().value("read.right"))
    table["read.left_panel"].setChecked(left)
    table["read.right_panel"].setChecked(right)
    place.left.setVisible(left)
    place.about.setVisible(right)
