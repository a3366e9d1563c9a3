"""Where one was before following a link: back and forward, in the open document."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.ui.reading.place import ReadingPlace

MOST = 100
Position = tuple[int, float]


class History:
    """The feature: remembers places before jumps within a document."""

    def __init__(self, place: "ReadingPlace") -> None:
        """Tie it to the actions."""
        self._place = place
        self._back: list[Position] = []
        self._forward: list[Position] = []
        table = place.window_of_places.actions_table
        table.connect("read.back", self.back)
        table.connect("read.forward", self.forward)
        place.state.document_changed.connect(self._forget)

    @staticmethod
    def of(place: "ReadingPlace") -> "History":
        """Return the one of a place."""
        found = place.features["History"]
        assert isinstance(found, History)
        return found

    def remember(self) -> None:
        """Keep where the view is, before it jumps."""
        self._back = [*self._back, self._place.canvas.position()][-MOST:]
        self._forward.clear()

    def back(self) -> None:
        """Go to where one was before the last jump."""
        self._go(self._back, self._forward)

    def forward(self) -> None:
        """Go to where one was before going back."""
        self._go(self._forward, self._back)

    def _go(self, here: list[Position], there: list[Position]) -> None:
        if here and self._place.state.is_open:
            there.append(self._place.canvas.position())
            self._place.canvas.go_to_page(*here.pop())

    def _forget(self) -> None:
        self._back.clear()
        self._forward.clear()
