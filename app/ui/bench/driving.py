"""Drives the real window for the measurements: opens documents, waits, counts what is painted."""

import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.garbage import Garbage
from app.ui.main_window import MainWindow
from app.ui.reading.canvas import Canvas
from app.ui.reading.place import ReadingPlace
from app.ui.reading.selection import Selection
from app.ui.reading.state import ReadingState

PATIENCE = 20.0  # seconds
LOOK_EVERY_MS = 2
SIZE = (1440, 900)


class TookTooLong(RuntimeError):
    """Something that was waited for did not happen."""


class Paints(QObject):
    """Counts how often a widget was painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.count = 0
        self._widget = widget
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count after the paint event, which the widget gets when this returns."""
        if event.type() == QEvent.Type.Paint:
            self.count += 1
        return False


def wait_until(happened: Callable[[], bool], what: str) -> None:
    """Let the window work until something has happened.

    Raises:
        TookTooLong: it did not within 20 seconds.
    """
    ends = time.perf_counter() + PATIENCE
    waker = QTimer(interval=LOOK_EVERY_MS)
    waker.setTimerType(Qt.TimerType.PreciseTimer)
    waker.start()
    while not happened():
        # Asleep between events, as the program is: a busy loop would slow the other processes.
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        if time.perf_counter() > ends:
            raise TookTooLong(f"{what} took longer than {PATIENCE:g} seconds")


def settle(seconds: float = 0.3) -> None:
    """Let the window work for a while."""
    ends = time.perf_counter() + seconds
    while time.perf_counter() < ends:
        QApplication.processEvents()
        time.sleep(0.001)


def open_window(project: Path) -> MainWindow:
    """Show the window with a project, in front and with the keyboard."""
    window = MainWindow()
    window.resize(*SIZE)
    window.show()
    window.activateWindow()
    if not window.open_project(project):
        raise TookTooLong("the project could not be opened")
    settle()
    Garbage(window)  # as the program does once it stands
    return window


def fresh_places(state: ReadingState, page: int, step: int) -> Iterator[Selection]:
    """Yield passages of 90 characters that no earlier row has coded in this project.

    Coding a passage again with its code changes the coding that is there, and adds none.
    """
    first, _end = state.text.page_range(page) if state.text else (0, 0)
    first += 7 * (len(state.codings) // 50) % 37
    for start in count(first, step):
        yield Selection(start, start + 90)


class Reader:
    """The place Read of a window, with one document after another."""

    def __init__(self, window: MainWindow) -> None:
        """Go to Read and let the worker process start."""
        place = window.go("read")
        assert isinstance(place, ReadingPlace)
        self.window, self.place = window, place
        self.canvas: Canvas = place.canvas
        self.paints = Paints(self.canvas.viewport())
        self._paints_at_arrival: dict[int, int] = {}
        self.canvas.images.arrived.connect(self._note_arrival)
        window.bridge.reader.start()

    def _note_arrival(self, page: int) -> None:
        self._paints_at_arrival[page] = self.paints.count

    def open(self, document_id: str, page: int = 1) -> None:
        """Open a document and wait until a page is painted sharp."""
        self._paints_at_arrival.clear()
        if self.place.state.info is None or self.place.state.info.id != document_id:
            self.place.open_passage(document_id)
            wait_until(lambda: self._shows(document_id), "opening a document")
        self.canvas.go_to_page(page)
        self.wait_for_page(page)

    def close(self) -> None:
        """Let go of the document, as if it had not been open."""
        self.place.close_document()
        settle(0.05)

    def _shows(self, document_id: str) -> bool:
        info = self.place.state.info
        return info is not None and info.id == document_id and self.place.state.is_open

    def is_sharp(self, page: int) -> bool:
        """Tell whether the true image of a page is there."""
        return self.canvas.images.covers(page, QRectF(*self.canvas.layout_.rect(page)))

    def wait_for_page(self, page: int) -> None:
        """Wait until the true image of a page has been painted."""
        wait_until(lambda: self.is_sharp(page), f"page {page}")
        if page not in self._paints_at_arrival:
            self.repainted()
            return
        arrival = self._paints_at_arrival[page]
        wait_until(lambda: self.paints.count > arrival, "painting")

    def repainted(self) -> None:
        """Wait until what was asked to be painted is painted."""
        before = self.paints.count
        self.canvas.viewport().update()
        wait_until(lambda: self.paints.count > before, "painting")

    def scroll(self, frames: int, step: int, pace: float) -> list[float]:
        """Scroll so many frames of ``step`` pixels and return the seconds that each took.

        ``pace`` is the time from frame to frame in seconds; what arrives from other threads in
        between is dealt with in the next frame, as in use.
        """
        bar, taken = self.canvas.verticalScrollBar(), []
        for _frame in range(frames):
            began = time.perf_counter()
            bar.setValue(bar.value() + step)
            QApplication.processEvents()
            took = time.perf_counter() - began
            taken.append(took)
            time.sleep(max(0.0, pace - took))
        return taken

    def press(self, character: str) -> None:
        """Press and release a key on the page."""
        key = Qt.Key(ord(character.upper()))
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, character)
            QApplication.sendEvent(self.canvas, event)

    def code(self, character: str) -> None:
        """Press the key of a code and wait until the coding is there and the page painted."""
        painted, known = self.paints.count, len(self.place.state.codings)
        self.press(character)

        def is_shown() -> bool:
            return len(self.place.state.codings) > known and self.paints.count > painted

        wait_until(is_shown, "coding a passage")
