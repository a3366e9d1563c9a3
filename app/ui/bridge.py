"""The open project as the window sees it."""

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.documents.engine import PdfEngine
    from app.models import Project

POLL_EVERY_MS = 1500
HELD_UP_AFTER_MS = 1500


class ProjectBridge(QObject):
    """Holds the open project, passes its changes on, and owns the two PDF engines.

    ``about_to_close`` comes while the project can still be read, ``closed`` when it is gone.
    ``changed`` carries a ``models.Changes`` and is always emitted on the GUI thread: at once for
    an act of the GUI thread, queued for one of a worker.
    """

    changed = Signal(object)
    opened = Signal()
    about_to_close = Signal()
    closed = Signal()
    unreadable = Signal(object)
    """Looking for changes has failed (the exception); told once until it works again."""
    readable_again = Signal()
    saving = Signal(int)
    """So many acts are done but not written yet."""
    refused = Signal(object)
    """An undo or redo that waited for its turn could not be done; carries the exception."""
    held_up = Signal(bool)
    """Acts wait for another program to let go of the file, or no longer."""
    _from_elsewhere = Signal(object)
    _acts_moved = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        """Start without a project; nothing below the window is imported yet."""
        super().__init__(parent)
        self._project: Project | None = None
        self._unsubscribe: Callable[[], object] | None = None
        self._engines: dict[str, PdfEngine] = {}
        self._engine_lock = threading.Lock()
        self._from_elsewhere.connect(self.changed)
        self._acts_moved.connect(self._note_acts)
        self._long = QTimer(self, singleShot=True, interval=HELD_UP_AFTER_MS)
        self._long.timeout.connect(lambda: self.held_up.emit(True))
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_EVERY_MS)
        self._timer.timeout.connect(self._poll)
        self._is_readable = True

    @property
    def project(self) -> "Project":
        """The open project; LookupError where none is open."""
        if self._project is None:
            raise LookupError("no project is open")
        return self._project

    @property
    def is_open(self) -> bool:
        """True while a project is open."""
        return self._project is not None

    @property
    def reader(self) -> "PdfEngine":
        """The engine that renders for the reading view."""
        return self._engine("reader")

    @property
    def importer(self) -> "PdfEngine":
        """The engine that reads new files, so that adding never delays a page."""
        return self._engine("importer")

    def use_reader(self, engine: "PdfEngine") -> None:
        """Take an engine for the reading view that was started before the window."""
        with self._engine_lock:
            self._engines["reader"] = engine

    def open(self, path: str | Path) -> None:
        """Open a project in place of the one that is open; UserError where it cannot be opened."""
        self.reader.start()  # the process gets ready while the rest is imported and read
        from app.models import Project

        self.adopt(Project.open(Path(path)))

    def adopt(self, project: "Project") -> None:
        """Take a project that is open already, such as one made just now."""
        self.close()
        self._project = project
        project.hurry()
        project.acts.on_change = self._acts_moved.emit
        self._unsubscribe = project.subscribe(self._receive)
        self._is_readable = True
        self._timer.start()
        self.opened.emit()

    def close(self) -> None:
        """Close the open project, if there is one; ``closed`` is emitted when it is gone."""
        if self._project is None:
            return
        self.about_to_close.emit()
        self._timer.stop()
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None
        project, self._project = self._project, None
        project.acts.on_change = None
        self.closed.emit()
        project.close()

    def settle(self) -> bool:
        """See that every act is written; False where one was refused, which has been told."""
        if self._project is None:
            return True
        refused = self._project.acts.refused
        self._project.acts.wait()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.MetaCall.value)
        return self._project.acts.refused == refused

    def shut_down(self) -> None:
        """Close the project and end both engines; for the end of the program."""
        self.close()
        self._end_engine("importer")
        self._end_engine("reader")

    def stop_importing(self) -> None:
        """End the importing engine and the file it is at; the next import has a new one."""
        self._end_engine("importer")

    @property
    def undo_text(self) -> str:
        """What undo would take back ("Code passage"), or ""."""
        return (self._project.undo_label or "") if self._project is not None else ""

    @property
    def redo_text(self) -> str:
        """What redo would do again, or ""."""
        return (self._project.redo_label or "") if self._project is not None else ""

    def undo(self) -> str:
        """Take the last act back; return its label, "" where there was none or it is done later."""
        return self._step("undo")

    def redo(self) -> str:
        """Do again what was taken back last; return its label as ``undo`` does."""
        return self._step("redo")

    def _step(self, kind: str) -> str:
        """Undo or redo; in the queue of acts where the window would have to wait for its turn."""
        if not self.is_open:
            return ""
        step: Callable[[], str | None] = getattr(self.project, kind)
        if not self.project.busy:
            return step() or ""
        self.project.acts.put(step, self.refused.emit)
        return ""

    def _engine(self, name: str) -> "PdfEngine":
        from app.documents.engine import PdfEngine

        with self._engine_lock:
            if name not in self._engines:
                self._engines[name] = PdfEngine()
            return self._engines[name]

    def _end_engine(self, name: str) -> None:
        with self._engine_lock:
            engine = self._engines.pop(name, None)
        if engine is not None:
            engine.close()

    def _note_acts(self, acts: int) -> None:
        if acts and not self._long.isActive():
            self._long.start()
        elif not acts:
            self._long.stop()
            self.held_up.emit(False)
        self.saving.emit(acts)

    def _receive(self, changes: Any) -> None:
        if QThread.currentThread() == self.thread():
            self.changed.emit(changes)
        else:
            self._from_elsewhere.emit(changes)

    def _poll(self) -> None:
        if self._project is None:
            return
        try:
            self._project.poll()
        except Exception as problem:
            if self._is_readable:
                self._is_readable = False
                self.unreadable.emit(problem)
            return
        if not self._is_readable:
            self._is_readable = True
            self.readable_again.emit()
