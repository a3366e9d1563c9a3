"""Finishing a document: submit it, see that it is frozen, open it again."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.coding.roster import SUBMITTED, own_work, reopen_documents, submit_documents
from app.errors import UserError
from app.models.changes import Changes
from app.ui.tasks import run
from app.ui.widgets import NoticeBar, clear, tight
from app.ui.widgets.notices import Notice

if TYPE_CHECKING:
    from app.models import Project
    from app.ui.reading.place import ReadingPlace

SOON_MS = 80
"""The pages are painted first."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How your work on the open document stands in the newest round."""

    document_id: str
    round_id: str
    round_name: str
    layer_id: str
    state: str
    submitted: int
    assigned: int

    def list_words(self) -> str:
        """Return "Your list: 12 of 20 submitted.", "" where nothing is on it."""
        if not self.assigned:
            return ""
        return f"Your list: {self.submitted} of {self.assigned} submitted."


class SubmitDocument:
    """The feature; ``standing`` is None while no document is open or nobody has said who codes."""

    def __init__(self, place: "ReadingPlace") -> None:
        """Tie it to the table of actions and to changes of the project."""
        self._place = place
        self.standing: Standing | None = None
        self.bar: NoticeBar | None = None
        self._holder = QWidget()
        self._column = tight(QVBoxLayout(self._holder), 0, (16, 8, 16, 8))
        self._holder.hide()
        place.add_bar(self._holder)
        self._closed_for = ""
        self._soon = QTimer(place, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self.refresh)
        table = place.window_of_places.actions_table
        table.connect("read.submit", self.submit, enabled=False)
        table.connect("read.reopen", self.reopen, enabled=False)
        table.connect("code.history", self.show_history)
        place.state.document_changed.connect(self._document_changed)
        place.bridge.changed.connect(self._follow)

    def submit(self) -> None:
        """Say that you are finished with this document; undo opens it again."""
        now = self.standing
        if now is None or now.state == SUBMITTED:
            return
        project, messages = self._place.bridge.project, self._place.window_of_places.messages
        try:
            submit_documents(project, [now.document_id], round_id=now.round_id)
        except UserError as problem:
            messages.report(problem)
            return
        self._closed_for = ""
        self.refresh(tell=True)

    def reopen(self) -> None:
        """Open your submitted document again; the log keeps that."""
        if self.standing is None or self.standing.state != SUBMITTED:
            return
        try:
            reopen_documents(self._place.bridge.project, [self.standing.layer_id])
        except UserError as problem:
            self._place.window_of_places.messages.report(problem)

    def show_history(self) -> None:
        """Show in the log what was done to the coding that is looked at."""
        active = self._place.state.active
        if active is None:
            return
        log = self._place.window_of_places.go("team").show_view("log")  # type: ignore[attr-defined]
        log.show_history(frozenset({active.id}), f"“{active.name}”")

    def refresh(self, *, tell: bool = False) -> None:
        """Look again how your work stands, off the window's thread."""
        info = self._place.state.info
        if info is None or not self._place.bridge.is_open:
            self._take(None)
            return
        project, document_id = self._place.bridge.project, info.id

        def done(found: Standing | None) -> None:
            if self._place.state.info_id == document_id:
                self._take(found)
                if tell and found is not None:
                    self._tell(found)

        run(lambda _progress: _look(project, document_id), "Look at your list", done, listed=False)

    def _tell(self, found: Standing) -> None:
        self._place.window_of_places.messages.success(
            f"Submitted in {found.round_name}.", found.list_words(), undo=True
        )

    def _take(self, found: Standing | None) -> None:
        self.standing = found
        table = self._place.window_of_places.actions_table
        done = found is not None and found.state == SUBMITTED
        why = "Open a document and say who you are first." if found is None else ""
        table.enable("read.submit", found is not None and not done, why or "It is submitted.")
        table.enable("read.reopen", done, why or "It has not been submitted.")
        shown = done and found is not None and self._closed_for != found.document_id
        if shown != (self.bar is not None):
            self._show_bar(found if shown else None)

    def _show_bar(self, found: Standing | None) -> None:
        clear(self._column)
        self.bar = None
        if found is not None:
            self.bar = NoticeBar(
                Notice(
                    "info",
                    f"Submitted in {found.round_name}.",
                    f"Its codings are frozen. {found.list_words()}".strip(),
                    (("Open again", self.reopen),),
                )
            )
            self.bar.closed.connect(self._close)
            self._column.addWidget(self.bar)
        self._holder.setVisible(found is not None)

    def _close(self) -> None:
        if self.standing is not None:
            self._closed_for = self.standing.document_id
        QTimer.singleShot(0, self._holder, lambda: self._show_bar(None))

    def _document_changed(self) -> None:
        self._closed_for = ""
        self._take(None)
        self._soon.start()

    def _follow(self, changes: Changes) -> None:
        if changes.touches("layer", "assignment", "round", "coder", "coder_join"):
            self._soon.start()


def _look(project: "Project", document_id: str) -> Standing | None:
    if project.actor_id is None:
        return None
    found = own_work(project, document_id)
    return None if found is None else Standing(document_id, *found)
