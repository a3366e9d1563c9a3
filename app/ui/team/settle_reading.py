"""Keeps the queue of differences current: one document after a decision, all after larger acts."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from app.coding.people import RoundInfo, list_layers, list_rounds
from app.models import Project
from app.models.changes import Changes
from app.ui.bridge import ProjectBridge
from app.ui.tasks import run
from app.ui.team.settle_rows import Queue, Row, load_queue, read_attributes, read_rows

READS_ALL = (
    "round", "document", "code", "code_alias", "cluster", "coder_join", "study", "attribute",
)  # fmt: skip
ONE_DOCUMENT = ("decision", "coding", "anchor_fix", "layer", "coder")
FEW = 2
TITLE = "Gather differences"


class QueueReader(QObject):
    """Holds the queue as it was read last; reading never blocks the window."""

    changed = Signal()
    """Another queue is there."""
    noted = Signal()
    """A note was written."""

    def __init__(self, bridge: ProjectBridge, parent: QObject) -> None:
        """Read from the project that ``bridge`` holds."""
        super().__init__(parent)
        self._bridge = bridge
        self.queue = Queue("")
        self.rounds: tuple[RoundInfo, ...] = ()
        self.unread: set[str] = set()
        """Rows that were decided and not read since."""
        self._round, self._own = "", False
        self._reading, self._again, self._is_stale = 0, False, True
        self.took_back = False
        """True from an undo on until the view has gone back to what is open again."""

    def forget(self) -> None:
        """Let go of the project."""
        self._is_stale, self._round, self._own = True, "", False
        self._reading += 1
        self.unread.clear()
        self.queue, self.rounds = Queue(""), ()
        self.changed.emit()

    def show_round(self, round_id: str) -> None:
        """Read another round."""
        self._round = round_id
        self.read()

    def show_own(self, own: bool) -> None:
        """Read your codings beside the consensus, or the differences of the team."""
        self._own = own
        self.read()

    def catch_up(self) -> None:
        """Read where something has changed since."""
        if self._is_stale:
            self.read()

    def read(self) -> None:
        """Read everything anew."""
        if not self._bridge.is_open:
            return
        self._is_stale, self._again = False, False
        self._reading += 1
        project, wanted, own, number = self._bridge.project, self._round, self._own, self._reading

        def read(_progress: object) -> tuple[int, Queue, tuple[RoundInfo, ...]]:
            rounds = list_rounds(project)
            known = {one.id for one in rounds}
            chosen = wanted if wanted in known else _newest_with_work(project, rounds)
            return number, load_queue(project, chosen, own=own), rounds

        run(read, TITLE, self._take, listed=False)

    def follow(self, changes: Changes, *, seen: bool) -> None:
        """Read what changed; later, while nobody looks."""
        if not seen:
            self._is_stale = True
            return
        if not self._bridge.is_open:
            return
        self.took_back = changes.origin == "undo"
        if changes.everything or changes.touches(*READS_ALL):
            self.read()
        elif changes.touches(*ONE_DOCUMENT):
            if 0 < len(changes.documents) <= FEW and not self.queue.own:
                self._again = True  # what is being read all over may be older than this
                for document_id in changes.documents:
                    self._read_document(document_id)
            elif not changes.touches("attribute_value"):
                self.read()
        if changes.touches("attribute_value", "decision") and not self.queue.own:
            self._read_attributes()
        if changes.touches("memo"):
            self.noted.emit()

    def current(self, row: Row) -> Row | None:
        """Return a row as it stands now; one decided a moment ago is read first."""
        if row.key in self.unread:
            project = self._bridge.project
            if row.attribute is not None:
                self.queue = self.queue.with_attributes(read_attributes(project))
            else:
                rows = read_rows(project, self.queue.round_id, row.document_id)
                self.queue = self.queue.with_document(row.document_id, rows)
            self.unread.discard(row.key)
        return self.queue.row(row.key)

    def mark(self, row: Row, state: str) -> None:
        """Show a row as decided until it is read."""
        self.took_back = False
        self.unread.add(row.key)
        self.queue = self.queue.with_state({row.key}, state)
        self.changed.emit()

    def _take(self, read: tuple[int, Queue, tuple[RoundInfo, ...]]) -> None:
        number, queue, rounds = read
        if number != self._reading or not self._bridge.is_open:
            return
        self.unread.clear()
        self.queue, self.rounds, self._round = queue, rounds, queue.round_id
        self.changed.emit()
        if self._again:
            self.read()

    def _read_document(self, document_id: str) -> None:
        project, round_id = self._bridge.project, self.queue.round_id
        run(
            lambda _progress: read_rows(project, round_id, document_id),
            TITLE,
            lambda rows: self._take_document(round_id, document_id, rows),
            listed=False,
        )

    def _take_document(self, round_id: str, document_id: str, rows: tuple[Row, ...]) -> None:
        if self._bridge.is_open and round_id == self.queue.round_id and not self.queue.own:
            self.queue = self.queue.with_document(document_id, rows)
            self.unread -= {r.key for r in self.queue.rows if r.document_id == document_id}
            self.changed.emit()

    def _read_attributes(self) -> None:
        if not any(row.attribute is not None for row in self.queue.rows):
            return
        project, round_id = self._bridge.project, self.queue.round_id
        run(
            lambda _progress: read_attributes(project),
            TITLE,
            lambda rows: self._take_attributes(round_id, rows),
            listed=False,
        )

    def _take_attributes(self, round_id: str, rows: tuple[Row, ...]) -> None:
        if self._bridge.is_open and round_id == self.queue.round_id and not self.queue.own:
            self.queue = self.queue.with_attributes(rows)
            self.unread -= {row.key for row in rows}
            self.changed.emit()


def _newest_with_work(project: Project, rounds: Sequence[RoundInfo]) -> str:
    """Return the newest round in which anything was submitted, else the newest."""
    submitted = {layer.round_id for layer in list_layers(project) if layer.state == "submitted"}
    found = [one.id for one in rounds if one.id in submitted] or [one.id for one in rounds]
    return found[-1] if found else ""
