"""What a place of the rail has to offer, and what it may ask of its window.

A place is one QWidget class. The window makes it when it is first gone to, by the module path in
``app.ui.places.PLACES``; ``Place(window)`` must therefore be cheap, and so must ``set_project``:
load in ``showEvent`` or with ``app.ui.tasks.run`` what takes longer than a blink.
"""

from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from app.ui.actions import Actions
    from app.ui.bridge import ProjectBridge
    from app.ui.messages import Messages
    from app.ui.search import Finding


class Window(Protocol):
    """What a place may use of the window it stands in (``self.window_of_places``)."""

    actions_table: "Actions"
    bridge: "ProjectBridge"
    messages: "Messages"

    def go(self, place: str) -> QWidget:
        """Show a place: "studies", "read", "codebook", "extracts", "memos" ...; return it."""

    def open_passage(self, document_id: str, start: int = 0, end: int = 0) -> None:
        """Show a passage (document offsets) in the reading view."""

    def show_extracts(self, extract_filter: Any) -> None:
        """Show the extracts that a ``coding.extracts.ExtractFilter`` lets through."""

    def show_code(self, code_id: str) -> None:
        """Show a code in the codebook."""

    def show_study(self, study_id: str) -> None:
        """Show a study in the list of studies."""

    def add_files(self, paths: list[str]) -> None:
        """Add PDFs and folders of PDFs as background work."""


class Place(QWidget):
    """Base of all places. ``title`` and ``fact`` stand in the header; emit ``title_changed``.

    Optional methods that the window calls when a place has them:
    ``open_passage(document_id, start, end)`` (read), ``show_filter(extract_filter)`` (extracts),
    ``show_code(code_id)`` (codebook), ``show_study(study_id)`` and ``add_files(paths)`` (studies).
    """

    title_changed = Signal()
    """Title, fact, tools or filters are no longer what the header shows."""
    key = ""
    title = ""
    fact = ""

    def __init__(self, window: Window) -> None:
        """Keep the window; build the widgets here, without data."""
        super().__init__()
        self.window_of_places = window
        # So that going to a place takes the focus without showing a ring anywhere.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def tools(self) -> list[QWidget]:
        """Return the view tools of the header, left to right; made once, kept by the place."""
        return []

    def filters(self) -> QWidget | None:
        """Return the filter row (``widgets.filters.FilterRow``), or None for no row."""
        return None

    def side(self) -> QWidget | None:
        """Return a panel for the right edge, as high as the window, or None; made once.

        It stands beside filter row and notices, keeps its width, and is a toggle below 1180 px.
        """
        return None

    def set_project(self, bridge: "ProjectBridge") -> None:
        """Show the project that the bridge holds now; called when made and after each opening.

        A place lives as long as the window. ``bridge.closed`` tells that a project is gone.

        Connect to ``bridge.changed`` once in ``__init__`` (``window.bridge.changed``), not here.
        """

    def status(self) -> tuple[str, str]:
        """Return the texts of the strip for layer and round; "" keeps the window's own text."""
        return "", ""

    def panels(self) -> list[QWidget]:
        """Return the panels that F6 goes through, in reading order."""
        return [self]

    def findings(self, query: str) -> "list[Finding]":
        """Return what the command palette is to offer from this place for a query."""
        return []
