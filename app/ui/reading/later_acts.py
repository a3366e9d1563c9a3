"""Codes a passage at once for the eye and a moment later for the file.

A coding is painted from what is known already; a queue writes it while the page is painted, and
whoever looks at the project waits for that queue (``models.act_queue``). What cannot be written
is taken back, said, and its passage selected again.
"""

from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.coding.passages import Coding, code_passage
from app.coding.planned import planned_coding
from app.ui.bridge import ProjectBridge
from app.ui.messages import Messages
from app.ui.reading.marks import Span
from app.ui.reading.selection import Selection
from app.ui.reading.state import ReadingState

AFTER_PAINTING_MS = 16


class LaterActs(QObject):
    """Puts codings into the state of the reading view and into the project's queue."""

    _refused = Signal(object, object)
    _merged = Signal(object)

    def __init__(self, state: ReadingState, bridge: ProjectBridge, messages: Messages) -> None:
        """Act for the document that ``state`` holds."""
        super().__init__(state)
        self._state, self._bridge, self._messages = state, bridge, messages
        self._refused.connect(self._take_back)
        self._merged.connect(self._forget)

    def code(
        self, span: Span, code_id: str, *, group: str | None = None, **says: Any
    ) -> str | None:
        """Show a coding and let it be written; None where that must be asked of the project.

        That is where the act would not simply add a coding: the same one is there already, the
        code is not in use, or nobody has said who they are.
        """
        state, text, project = self._state, self._state.text, self._bridge.project
        if text is None or not project.actor_id or project.actor_id != state.coder_id:
            return None
        if not self._is_in_use(code_id) or state.marks.exactly(*span, code_id):
            return None
        planned = planned_coding(project, text, *span, code_id, **says)
        state.update_codings([planned])

        def write() -> None:
            made = code_passage(
                project, text.document_id, *span, code_id,
                coding_id=planned.id, group=group, **says,
            )  # fmt: skip
            if made != planned.id:  # the same coding came from elsewhere a moment ago
                self._merged.emit(planned)

        project.acts.put(write, lambda why: self._refused.emit(planned, why), hold=True)
        QTimer.singleShot(AFTER_PAINTING_MS, project.acts.release)
        return planned.id

    def _is_in_use(self, code_id: str) -> bool:
        try:
            code = self._state.codebook.code(code_id) if self._state.codebook else None
        except KeyError:
            return False
        return code is not None and code.id == code_id and not code.retired

    def _forget(self, planned: Coding) -> None:
        self._state.update_codings((), [planned.id])

    def _take_back(self, planned: Coding, why: BaseException) -> None:
        state = self._state
        was_active = state.active_id == planned.id
        self._forget(planned)
        here = state.info is not None and state.info.id == planned.document_id
        if here and was_active and state.selection.empty:
            state.select(Selection(planned.start, planned.end), follow=False)
        self._messages.report(why)
