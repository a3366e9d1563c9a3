"""Turning a page in the view, such as one with a table on its side; nothing else is changed."""

from dataclasses import replace
from typing import TYPE_CHECKING

from app.coding.document_views import turn_page
from app.coding.documents import load_text
from app.documents.engine import PdfEngine
from app.documents.geometry import PageGeometry
from app.documents.turning import turn_boxes
from app.models import Project
from app.models.changes import Changes
from app.ui.reading.opening import OpenedDocument, page_geometry

if TYPE_CHECKING:
    from app.ui.reading.place import ReadingPlace

VIEW = "document_view"


def shown_geometry(
    project: Project, engine: PdfEngine, opened: OpenedDocument, page: int
) -> PageGeometry:
    """Return where the characters of a page stand as it is shown; may block.

    Raises:
        UserError: see ``page_geometry``.
    """
    geometry = page_geometry(project, engine, opened, page)
    degrees = opened.text.turns.get(page, 0)
    if not degrees:
        return geometry
    boxes = turn_boxes(geometry.boxes, opened.text.sizes[page - 1], degrees)
    return PageGeometry(geometry.text, boxes)


class TurnPages:
    """The feature: turns the page in view, and follows what anyone says of the pages."""

    def __init__(self, place: "ReadingPlace") -> None:
        """Tie it to the actions and to what changes."""
        self._place = place
        table = place.window_of_places.actions_table
        table.connect("read.turn_right", lambda: self.turn(90))
        table.connect("read.turn_left", lambda: self.turn(-90))
        place.bridge.changed.connect(self._follow)

    def turn(self, degrees: int) -> None:
        """Turn the page in view clockwise by so many more degrees."""
        place = self._place
        if place.state.info is not None and place.canvas.page:
            place.acts.attempt(
                lambda: turn_page(
                    place.bridge.project, place.state.info_id, place.canvas.page, degrees
                )
            )

    def _follow(self, changes: Changes) -> None:
        opened = self._place.opened
        if opened is None or not self._place.bridge.is_open or not changes.touches(VIEW):
            return
        text = load_text(self._place.bridge.project, opened.info.id)
        if text.turns != opened.text.turns:
            self._show_turned(replace(opened, text=text, first=None))
        elif text.labels != opened.text.labels:
            self._place.state.text = text.shown()
            self._place.show_anew(replace(opened, text=text), labels_only=True)
            self._place.state.marks_changed.emit(None)

    def _show_turned(self, opened: OpenedDocument) -> None:
        place, state = self._place, self._place.state
        active, selection = state.active_id, state.selection
        place.remember_position()
        place.show_anew(replace(opened, codings=tuple(state.codings.values())))
        state.select(selection, follow=False)
        state.set_active(active)
