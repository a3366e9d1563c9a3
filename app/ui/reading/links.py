"""Links on the page: followed with Ctrl and a click, so that plain clicks still select words."""

from concurrent.futures import CancelledError
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication, QMouseEvent

from app.documents.links import PageLink
from app.documents.problems import DocumentProblem
from app.documents.turning import turn_box
from app.ui.reading.keys import CONTROL, caret_point
from app.ui.reading.links_history import History
from app.ui.reading.outline import go_to
from app.ui.tasks import run
from app.ui.widgets.notices import Notice

if TYPE_CHECKING:
    from app.ui.reading.place import ReadingPlace

OPENED = ("http", "https", "mailto")
"""What may be handed to the browser or mail program, once the person says so."""
KEY = "read.link"


class Links(QObject):
    """The feature: knows the links of pages that were pointed at."""

    arrived = Signal(int)
    """The links of a page are known now."""

    def __init__(self, place: "ReadingPlace") -> None:
        """Tie it to mouse, tooltips and actions."""
        super().__init__(place)
        self._place, self._canvas, self._state = place, place.canvas, place.state
        self._pages: dict[int, tuple[PageLink, ...]] = {}
        self._asked: set[int] = set()
        self._pressed: PageLink | None = None
        self._ticket = 0
        pointer = self._canvas.pointer
        pointer.tools.append(self)
        pointer.cursors.append(self._cursor)
        pointer.tips.append(self._tip)
        self._state.document_changed.connect(self._forget)
        place.window_of_places.actions_table.connect("read.follow_link", self.follow_at_caret)

    # -- mouse -------------------------------------------------------------------------------

    def press(self, event: QMouseEvent) -> bool:
        """Take a press with Ctrl on a link."""
        with_control = bool(event.modifiers() & CONTROL)
        self._pressed = self.at(event.position()) if with_control else None
        return self._pressed is not None

    def move(self, event: QMouseEvent) -> None:
        """Nothing follows the mouse."""

    def release(self, event: QMouseEvent) -> None:
        """Follow the link where the mouse is still on it."""
        pressed, self._pressed = self._pressed, None
        if pressed is not None and self.at(event.position()) == pressed:
            self.follow(pressed)

    def _cursor(self, at: QPointF) -> Qt.CursorShape | None:
        link = self.at(at)
        held = QGuiApplication.keyboardModifiers() & CONTROL
        return Qt.CursorShape.PointingHandCursor if link is not None and held else None

    def _tip(self, at: QPointF) -> str:
        link = self.at(at)
        return f"Ctrl and click: {self._says(link)}" if link is not None else ""

    def _says(self, link: PageLink) -> str:
        text = self._state.text
        if link.address or text is None:
            return link.address
        return f"go to p. {text.label_of(link.page)}"

    # -- what there is -----------------------------------------------------------------------

    def at(self, at: QPointF) -> PageLink | None:
        """Return the link at a point of the viewport; links of a page are asked for first."""
        page, x, y = self._canvas.to_page(at)
        text = self._state.text
        if not page or text is None:
            return None
        known = self._pages.get(page)
        if known is None:
            self._ask(page)
            return None
        turn = text.turns.get(page, 0)
        before = (text.sizes[page - 1][1], text.sizes[page - 1][0])
        size = before if turn % 180 else text.sizes[page - 1]
        for link in known:
            left, top, right, bottom = turn_box(link.box, size, turn)
            if left <= x <= right and top <= y <= bottom:
                return link
        return None

    def _ask(self, page: int) -> None:
        opened = self._place.opened
        if opened is None or not opened.key or page in self._asked:
            return
        self._asked.add(page)
        engine, key, ticket = self._place.bridge.reader, opened.key, self._ticket

        def read(_progress: object) -> tuple[PageLink, ...]:
            try:
                return engine.links(key, page).result()
            except (DocumentProblem, CancelledError, KeyError):
                return ()  # the page says so itself where it cannot be read

        run(read, "Read links", lambda links: self._take(ticket, page, links), listed=False)

    def _take(self, ticket: int, page: int, links: tuple[PageLink, ...]) -> None:
        if ticket == self._ticket:
            self._pages[page] = links
            self.arrived.emit(page)

    def _forget(self) -> None:
        self._ticket += 1
        self._pages.clear()
        self._asked.clear()
        self._place.window_of_places.messages.clear(KEY)

    # -- following ---------------------------------------------------------------------------

    def follow_at_caret(self) -> None:
        """Follow the link in which the caret stands."""
        if not self._state.is_open:
            return
        point = caret_point(self._canvas, self._state.selection.head)
        if point is None:
            return
        page = self._canvas.to_page(point)[0]
        if page in self._pages:
            self._follow_near(point)
        else:
            self.arrived.connect(
                lambda _page: self._follow_near(point), Qt.ConnectionType.SingleShotConnection
            )
            self._ask(page)

    def _follow_near(self, point: QPointF) -> None:
        for aside in (1.0, -1.0):
            link = self.at(point + QPointF(aside, 0))
            if link is not None:
                self.follow(link)
                return
        self._place.window_of_places.messages.show(
            Notice("info", "There is no link at the caret.", "Put the caret into one.", key=KEY)
        )

    def follow(self, link: PageLink) -> None:
        """Go to a place of this document; an address outside is only shown and offered."""
        if link.address:
            self._offer(link.address)
            return
        History.of(self._place).remember()
        go_to(self._place, link.page, link.top)

    def _offer(self, address: str) -> None:
        copy = ("Copy the address", lambda: QGuiApplication.clipboard().setText(address))
        open_ = ("Open in the browser", lambda: QDesktopServices.openUrl(QUrl(address)))
        known = QUrl(address).scheme().lower() in OPENED
        notice = Notice(
            "info",
            "This link leads out of Cofactor:",
            address,
            (copy, open_) if known else (copy,),
            key=KEY,
            place="read",
        )
        self._place.window_of_places.messages.show(notice)
