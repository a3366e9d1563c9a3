"""The menu under the right mouse button: what can be done with what is pointed at."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtWidgets import QMenu

from app.ui.reading.selection import Selection

if TYPE_CHECKING:
    from app.ui.reading.place import ReadingPlace

ON_TEXT = ("code.find", "read.attribute", "read.copy", "", "read.select_page")
ON_CODING = (
    "code.recode",
    "code.memo",
    "code.remove",
    "",
    "code.edit",
    "code.example",
    "code.history",
    "",
)


def open_context_menu(place: "ReadingPlace", at: QPoint) -> QMenu:
    """Open the menu for a point of the viewport and return it."""
    _point_at(place, QPointF(at))
    table = place.window_of_places.actions_table
    menu = QMenu(place.canvas)
    menu.setToolTipsVisible(True)
    active = place.state.active
    own = active is not None and active.own
    for action_id in (*(ON_CODING if own else ()), *ON_TEXT):
        if action_id:
            menu.addAction(table[action_id])
        else:
            menu.addSeparator()
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(place.canvas.viewport().mapToGlobal(at))
    return menu


def _point_at(place: "ReadingPlace", at: QPointF) -> None:
    """Make the coding pointed at active, unless the point lies in the selection."""
    state, marks = place.state, place.canvas.hit_margin(at)
    if marks:
        state.set_active(marks[0].id)
        return
    offset = place.canvas.offset_at(at)
    inside = offset is not None and state.selection.start <= offset <= state.selection.end
    if offset is not None and (state.selection.empty or not inside):
        state.select(Selection(offset, offset))
