"""What the tests do with the reading view: point at words, drag, press keys."""

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.coding.codebook import Code
from app.coding.documents import list_documents
from app.coding.passages import Coding, list_codings
from app.ui.reading.keys import caret_point
from app.ui.reading.page_views import PageView
from app.ui.widgets import NoticeBar
from tests.ui.reading.stand import Stand

NO_BUTTON = Qt.MouseButton.NoButton
NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton
SHIFT_KEY = Qt.KeyboardModifier.ShiftModifier
CONTROL_KEY = Qt.KeyboardModifier.ControlModifier


class Reader:
    """Mouse and keyboard on the pages of one document."""

    def __init__(self, stand: Stand, qtbot: QtBot) -> None:
        self.window, self.place, self.qtbot = stand, stand.place, qtbot
        self.canvas, self.state = stand.place.canvas, stand.place.state
        self._time = 10_000
        self.acts, self.overlays = stand.place.acts, stand.place.overlays

    def open(self, document_id: str) -> None:
        self.place.open_passage(document_id)
        self.wait_for(document_id)

    def wait_for(self, document_id: str) -> None:
        """Wait until a document that was asked for is shown."""
        self.qtbot.waitUntil(
            lambda: self.state.info is not None and self.state.info.id == document_id
        )
        self.settle()

    def settle(self) -> None:
        """Wait until everything in view is there."""
        self.qtbot.waitUntil(self._all_there, timeout=10000)

    def _all_there(self) -> bool:
        pages = list(self.canvas.visible_parts())
        images = {key[0] for key in self.place.images.cache}
        return bool(pages) and all(
            page in images and self.place.geometries.get(page) is not None for page in pages
        )

    # Words

    @property
    def text(self) -> str:
        return self.state.bounds.text

    @property
    def selected(self) -> str:
        return self.text[self.state.selection.start : self.state.selection.end]

    def find(self, words: str) -> tuple[int, int]:
        """Return the span of words, whatever line breaks stand between them."""
        flat = self.text.replace("\n", " ")
        start = flat.index(words)
        return start, start + len(words)

    def point(self, offset: int) -> QPoint:
        """Bring the page of an offset into view and return where the caret would stand."""
        page = self.state.page_of(offset)
        if self.place.geometries.get(page) is None or page not in self.canvas.visible_parts():
            self.canvas.go_to_page(page)
            self.settle()
        found = caret_point(self.canvas, offset)
        assert found is not None
        if not self.canvas.viewport().rect().contains(found.toPoint()):
            self.canvas.reveal(offset, offset + 1, flash=False)
            found = caret_point(self.canvas, offset)
            assert found is not None
        return found.toPoint()

    def middle(self, words: str) -> QPoint:
        """Return a point inside the first letter of words."""
        start, _end = self.find(words)
        return (self.point(start) + self.point(start + 1)) / 2

    # Mouse and keys

    def drag(self, start: int, end: int, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Press at one offset, move, release at another."""
        self.pull(self.point(start), self.point(end), modifiers)

    def pull(self, first: QPoint, last: QPoint, modifiers: Qt.KeyboardModifier = NONE) -> None:
        self._time += 5000
        self._send(QEvent.Type.MouseButtonPress, first, modifiers)
        for at in ((first + last) / 2, last):
            self._send(QEvent.Type.MouseMove, at, modifiers)
        self._send(QEvent.Type.MouseButtonRelease, last, modifiers)

    def select(self, words: str) -> tuple[int, int]:
        span = self.find(words)
        self.drag(*span)
        return span

    def click(self, at: QPoint, times: int = 1, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Click quickly, as a person's double click comes: press, release, double, release."""
        self._time += 5000
        for number in range(times):
            kind = QEvent.Type.MouseButtonDblClick if number % 2 else QEvent.Type.MouseButtonPress
            for event_type in (kind, QEvent.Type.MouseButtonRelease):
                self._send(event_type, at, modifiers)
                self._time += 40

    def hover(self, at: QPoint) -> None:
        """Move the pointer without a button."""
        place = QPointF(at)
        everywhere = QPointF(self.canvas.viewport().mapToGlobal(at))
        event = QMouseEvent(QEvent.Type.MouseMove, place, everywhere, NO_BUTTON, NO_BUTTON, NONE)
        QApplication.sendEvent(self.canvas.viewport(), event)

    def _send(self, kind: QEvent.Type, at: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        viewport = self.canvas.viewport()
        held = NO_BUTTON if kind == QEvent.Type.MouseButtonRelease else LEFT
        place = QPointF(at)
        everywhere = QPointF(viewport.mapToGlobal(at))
        button = NO_BUTTON if kind == QEvent.Type.MouseMove else LEFT
        event = QMouseEvent(kind, place, everywhere, button, held, modifiers)
        event.setTimestamp(self._time)
        QApplication.sendEvent(viewport, event)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self.canvas, key, modifiers)

    def type(self, text: str) -> None:
        QTest.keyClicks(self.canvas, text)

    def wheel(self, at: QPoint, notches: int, modifiers: Qt.KeyboardModifier = NONE) -> None:
        viewport = self.canvas.viewport()
        event = QWheelEvent(
            QPointF(at), QPointF(viewport.mapToGlobal(at)), QPoint(), QPoint(0, 120 * notches),
            NO_BUTTON, modifiers, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(viewport, event)

    def trigger(self, action_id: str) -> None:
        """Do what a menu entry does, once it can be done."""
        action = self.window.actions_table[action_id]
        self.qtbot.waitUntil(action.isEnabled)
        action.trigger()

    def bars(self) -> list[NoticeBar]:
        """Return the notice bars in the window."""
        return self.window.findChildren(NoticeBar)

    def notices(self) -> list[str]:
        """Return what the bars in the window say."""
        return [bar.notice.text for bar in self.window.findChildren(NoticeBar)]

    # The project

    def document_ids(self) -> list[str]:
        """Return the ids of all documents."""
        return [document.id for document in list_documents(self.window.bridge.project)]

    def view(self, page: int) -> PageView:
        """Return what is painted of the codings of a page."""
        found = self.canvas.views.get(page)
        assert found is not None
        return found

    @property
    def hot_codes(self) -> list[Code]:
        """The codes that have a hot key."""
        assert self.state.codebook is not None
        return [code for code in self.state.codebook.codes if code.hot_key]

    @property
    def hot_code(self) -> Code:
        return self.hot_codes[0]

    def press_hot_key(self, number: int = 0) -> None:
        self.type(self.hot_codes[number].hot_key.lower())

    def stored(self) -> tuple[Coding, ...]:
        """Return the codings of the file, also with what a busy computer has yet to write."""
        assert self.state.info is not None
        project = self.window.bridge.project
        project.acts.wait()
        return list_codings(project, document_id=self.state.info.id)
