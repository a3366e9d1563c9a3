"""The open document is taken out of the project: close it, say so, offer the way back."""

from typing import TYPE_CHECKING

from app.coding.documents import list_documents
from app.models.changes import Changes
from app.ui.reading.notices import GONE, gone_notice

if TYPE_CHECKING:
    from app.ui.reading.place import ReadingPlace


class GoneDocument:
    """Remembers which document was closed because it was removed."""

    def __init__(self, place: "ReadingPlace") -> None:
        """Watch over the document that ``place`` shows."""
        self._place = place
        self._id = ""
        place.bridge.closed.connect(self._forget)

    def follow(self, changes: Changes) -> None:
        """Close the document where a change removed it; open it where one brings it back."""
        place = self._place
        if changes.origin != "outside":
            # From now on the notice's button would take back another change.
            place.window_of_places.messages.clear(GONE)
        shown = place.state.info.id if place.state.info is not None else self._id
        concerned = changes.everything or shown in changes.ids
        if not shown or not concerned or not changes.touches("document"):
            return
        there = any(document.id == shown for document in list_documents(place.bridge.project))
        if place.state.is_open and not there:
            self._close(shown, changes.origin)
        elif there and not place.state.is_open and not place.is_opening:
            place.open_passage(shown)

    def _close(self, document_id: str, origin: str) -> None:
        place = self._place
        notice = gone_notice(place.title, origin, place.window_of_places)
        place.close_document()
        self._id = document_id
        place.title_changed.emit()
        place.window_of_places.messages.show(notice)

    def _forget(self) -> None:
        self._id = ""
