"""All extracts of the open project, read in the background and shared by the places."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from app.coding.extracts import Extract, load_extracts
from app.models import Project
from app.models.changes import Changes
from app.ui.bridge import ProjectBridge
from app.ui.tasks import Job, run
from app.ui.views.evidence_source import CODINGS, PAUSE


class ExtractsSource(QObject):
    """Extracts by coding id; ``changed`` tells that there are new ones to show."""

    changed = Signal()

    def __init__(self, bridge: ProjectBridge) -> None:
        super().__init__(bridge)
        self._bridge = bridge
        self._extracts: tuple[Extract, ...] = ()
        self._by_id: dict[str, Extract] = {}
        self._is_current = False
        self._has_moved_on = False  # while it was being read
        self._job: Job | None = None
        self._waiting: list[Callable[[], object]] = []
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.changed)
        bridge.changed.connect(self._notice)
        bridge.opened.connect(self._forget)
        bridge.closed.connect(self._forget)

    @staticmethod
    def of(bridge: ProjectBridge) -> "ExtractsSource":
        """Return the one source that belongs to this bridge."""
        known = bridge.findChild(ExtractsSource)
        return known if isinstance(known, ExtractsSource) else ExtractsSource(bridge)

    @property
    def is_current(self) -> bool:
        """Whether what is held is what the project holds."""
        return self._is_current

    def extracts(self) -> tuple[Extract, ...]:
        """Return what was read last, by study, document and place."""
        return self._extracts

    def get(self, coding_id: str) -> Extract | None:
        """Return the extract of a coding, when it was read."""
        return self._by_id.get(coding_id)

    def when_current(self, act: Callable[[], object]) -> None:
        """Call ``act`` at once, or as soon as the extracts are read."""
        if self._is_current:
            act()
            return
        self._waiting.append(act)
        if self._job is None and self._bridge.is_open:
            self._read()

    def _read(self) -> None:
        project = self._bridge.project
        self._has_moved_on = False
        self._job = run(
            lambda _progress: load_extracts(project),
            "Read extracts",
            lambda extracts: self._take(project, extracts),
            lambda error: self._fail(project, error),
            listed=False,
        )

    def _take(self, project: Project, extracts: tuple[Extract, ...]) -> None:
        self._job = None
        if not self._bridge.is_open:
            self._waiting.clear()
            return
        if self._has_moved_on or self._bridge.project is not project:
            self._read()
            return
        self._is_current = True
        self._extracts = extracts
        self._by_id = {one.coding_id: one for one in extracts}
        waiting, self._waiting = self._waiting, []
        for act in waiting:
            act()

    def _fail(self, project: Project, error: BaseException) -> None:
        self._job = None
        self._is_current = False
        if self._bridge.is_open and self._bridge.project is project:
            self._waiting.clear()
            raise error
        if self._waiting and self._bridge.is_open:
            self._read()

    def _notice(self, changes: Changes) -> None:
        if changes.touches("memo", "document_view", *CODINGS):
            self._is_current, self._has_moved_on = False, True
            self._pause.start()

    def _forget(self) -> None:
        self._is_current = False
        self._extracts, self._by_id = (), {}
        self._waiting.clear()
        self.changed.emit()
