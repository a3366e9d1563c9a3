"""Searching the open project in the background, for the palette, the search and links of memos."""

import threading
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.ui.bridge import ProjectBridge
from app.ui.tasks import Progress, run

if TYPE_CHECKING:
    from app.coding.finding import Group, Library
    from app.models import Project
    from app.models.changes import Changes

KINDS = (
    "memo", "coding", "layer", "study", "report", "document", "code", "code_alias", "category",
    "cluster", "coder",
)  # fmt: skip
Deliver = Callable[[tuple["Group", ...]], object]


class SearchSource(QObject):
    """Keeps what can be found beside the text of the studies until the project changes.

    Who asks again before the answer has come gets only the newer answer.
    """

    def __init__(self, bridge: ProjectBridge) -> None:
        """Belong to the bridge; nothing is read before the first question."""
        super().__init__(bridge)
        self._bridge = bridge
        self._version = 0
        self._held: tuple[int, Library] | None = None
        self._lock = threading.Lock()
        self._asked: dict[str, int] = {}
        bridge.changed.connect(self._notice)
        bridge.opened.connect(self._forget)
        bridge.closed.connect(self._forget)

    @staticmethod
    def of(bridge: ProjectBridge) -> "SearchSource":
        """Return the one source that belongs to this bridge."""
        known = bridge.findChild(SearchSource)
        return known if isinstance(known, SearchSource) else SearchSource(bridge)

    def ask(
        self,
        who: str,
        query: str,
        deliver: Deliver,
        *,
        kinds: Collection[str] | None = None,
        study_ids: Collection[str] | None = None,
        limit: int = 50,
    ) -> None:
        """Search in the background; ``who`` tells the askers apart."""
        if not self._bridge.is_open:
            return
        number = self._asked[who] = self._asked.get(who, 0) + 1
        project, version = self._bridge.project, self._version

        def work(_progress: Progress) -> "tuple[Group, ...] | None":
            from app.coding.finding import GROUPS, find

            if self._asked.get(who) != number:
                return None
            library = self._library(project, version)
            return find(
                project, library, query, kinds=kinds or GROUPS, study_ids=study_ids, limit=limit
            )

        def done(groups: "tuple[Group, ...] | None") -> None:
            if groups is not None and self._asked.get(who) == number:
                deliver(groups)

        run(work, "Search", done, listed=False)

    def drop(self, who: str) -> None:
        """Want no answer any more."""
        self._asked[who] = self._asked.get(who, 0) + 1

    def _library(self, project: "Project", version: int) -> "Library":
        from app.coding.finding import load_library

        with self._lock:
            if self._held is None or self._held[0] < version:
                self._held = version, load_library(project)
            return self._held[1]

    def _notice(self, changes: "Changes") -> None:
        if changes.touches(*KINDS):
            self._version += 1

    def _forget(self) -> None:
        self._version += 1
        self._asked.clear()
        self._held = None
