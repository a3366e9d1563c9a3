"""Does acts on codings at once for the eye and a moment later for the file.

A coding is shown as it will be from what is known already; a queue writes it while the page is
painted, and whoever looks at the project waits for that queue (``models.act_queue``). What was
written is read back by the queue too, so that the window's thread touches no file. What cannot be
written is taken back and said.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.coding.areas import code_area
from app.coding.documents import DocumentText
from app.coding.passages import Coding, code_passage, list_codings
from app.coding.planned import planned_area, planned_coding
from app.errors import UserError
from app.models.changes import Changes
from app.ui.bridge import ProjectBridge
from app.ui.messages import Messages
from app.ui.reading.marks import Span
from app.ui.reading.selection import Selection
from app.ui.reading.state import ReadingState

AFTER_PAINTING_MS = 16


@dataclass(slots=True)
class Flight:
    """A coding with acts that are not written yet, and as the file holds it."""

    stored: Coding | None
    acts: int = 0


class LaterActs(QObject):
    """Puts codings into the state of the reading view and into the project's queue."""

    _refused = Signal(object, object, object)
    _written = Signal(object, object)
    outdated = Signal()
    """What was shown may not be what the file holds."""

    def __init__(self, state: ReadingState, bridge: ProjectBridge, messages: Messages) -> None:
        """Act for the document that ``state`` holds."""
        super().__init__(state)
        self._state, self._bridge, self._messages = state, bridge, messages
        self.flights: dict[str, Flight] = {}
        """The codings that are shown otherwise than they are written, by id."""
        self._refused.connect(self._take_back)
        self._written.connect(self._take)
        bridge.closed.connect(self.flights.clear)

    def covers(self, changes: Changes) -> bool:
        """Tell whether a change is one of these acts, which are read back by themselves."""
        return changes.origin == "act" and not self.flights.keys().isdisjoint(changes.ids)

    def may_change(self, coding_id: str) -> bool:
        """Tell whether it is your own coding, which can be shown changed before that is written."""
        mark = self._state.marks.get(coding_id)
        actor = self._bridge.project.actor_id
        return mark is not None and mark.own and bool(actor) and actor == self._state.coder_id

    def code(self, span: Span, code_id: str, *, group: str | None, **says: Any) -> str | None:
        """Show a coding and let it be written; None where that must be asked of the project.

        That is where the act would not simply add a coding: the same one is there already, the
        code is not in use, or nobody has said who they are.
        """
        state, project = self._state, self._bridge.project
        text = self._text_for(code_id)
        if text is None or state.marks.exactly(*span, code_id):
            return None
        planned = planned_coding(project, text, *span, code_id, **says)

        def write() -> str:
            return code_passage(
                project,
                text.document_id,
                *span,
                code_id,
                coding_id=planned.id,
                group=group,
                **says,
            )

        self.do(
            write, [planned], refused=lambda was_active: self._select_again(planned, was_active)
        )
        return planned.id

    def code_area(
        self, page: int, area: tuple[float, ...], code_id: str, *, group: str | None, **says: Any
    ) -> str | None:
        """Do the same for an area of a page."""
        state, project = self._state, self._bridge.project
        text = self._text_for(code_id)
        if text is None:
            return None
        try:
            planned = planned_area(project, text, page, area, code_id, **says)
        except UserError:
            return None
        same = (planned.page_first, planned.area, code_id)
        if any((c.page_first, c.area, c.code_id) == same for c in state.codings.values()):
            return None

        def write() -> str:
            return code_area(
                project,
                text.document_id,
                page,
                area,
                code_id,
                coding_id=planned.id,
                group=group,
                **says,
            )

        self.do(write, [planned])
        return planned.id

    def do(
        self,
        write: Callable[[], object],
        planned: Iterable[Coding],
        gone: Collection[str] = (),
        *,
        refused: Callable[[bool], object] | None = None,
    ) -> None:
        """Show codings as they will be, or be gone, and let ``write`` do that to the file.

        ``refused`` is called, with whether the coding is the active one, before it is taken back.
        """
        planned, project = tuple(planned), self._bridge.project
        ids = frozenset([*(coding.id for coding in planned), *gone])
        for coding_id in ids:
            known = self.flights.setdefault(coding_id, Flight(self._state.codings.get(coding_id)))
            known.acts += 1
        self._state.update_codings(planned, gone)

        def act() -> None:
            made = write()
            touched = ids | {made} if isinstance(made, str) else ids
            self._written.emit(ids, list_codings(project, coding_ids=touched))

        project.acts.put(act, lambda why: self._refused.emit(ids, why, refused), hold=True)
        QTimer.singleShot(AFTER_PAINTING_MS, project.acts.release)

    def _text_for(self, code_id: str) -> DocumentText | None:
        """Return the open text where you can code in it with this code."""
        state, actor = self._state, self._bridge.project.actor_id
        if not actor or actor != state.coder_id or not self._is_in_use(code_id):
            return None
        return state.text

    def _is_in_use(self, code_id: str) -> bool:
        try:
            code = self._state.codebook.code(code_id) if self._state.codebook else None
        except KeyError:
            return False
        return code is not None and code.id == code_id and not code.retired

    def _landed(self, ids: Collection[str]) -> dict[str, Flight]:
        """Note that one act on each of these has ended; return those without any other."""
        ended = {}
        for coding_id in ids:
            flight = self.flights.get(coding_id)
            if flight is None:
                continue
            flight.acts -= 1
            if flight.acts == 0:
                ended[coding_id] = self.flights.pop(coding_id)
        return ended

    def _take(self, ids: Collection[str], codings: Iterable[Coding]) -> None:
        """Take what the file holds now, but not where a later act is already shown."""
        found = {coding.id: coding for coding in codings}
        for coding_id in ids:
            if coding_id in self.flights:
                self.flights[coding_id].stored = found.get(coding_id)
        self._landed(ids)
        here = self._state.info_id
        settled = [
            coding
            for coding in found.values()
            if coding.id not in self.flights and coding.document_id == here
        ]
        gone = [one for one in ids if one not in found and one not in self.flights]
        self._state.update_codings(settled, gone)

    def _take_back(
        self, ids: Collection[str], why: BaseException, refused: Callable[[bool], object] | None
    ) -> None:
        was_active = self._state.active_id in ids
        here = self._state.info_id
        back, gone = [], []
        for coding_id, flight in self._landed(ids).items():
            if flight.stored is None:
                gone.append(coding_id)
            elif flight.stored.document_id == here:
                back.append(flight.stored)
        self._state.update_codings(back, gone)
        if refused is not None:
            refused(was_active)
        self._messages.report(why)
        self.outdated.emit()

    def _select_again(self, planned: Coding, was_active: bool) -> None:
        state = self._state
        if state.info_id == planned.document_id and was_active and state.selection.empty:
            state.select(Selection(planned.start, planned.end), follow=False)
