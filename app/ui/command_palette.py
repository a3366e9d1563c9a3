"""Search everything (Ctrl+K): codes, studies, memos, words in the studies, actions."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from app.ui.finding_rows import FindingDelegate, FindingModel
from app.ui.search import MOST_EACH, Finding, best, group_rank
from app.ui.theme import paint_icon, px, theme
from app.ui.widgets.counts import KeyCap
from app.ui.widgets.layout import label, line, tight
from app.ui.widgets.popup import Popup, shadow_margin

WIDTH, MOST_HEIGHT = 600, 520
PAUSE = 90
CROWDED, MOST_OF_MANY = 3, 5  # with so many groups each shows fewer
Source = Callable[[str], Sequence[Finding]]
SlowSource = Callable[[str, Callable[..., None]], None]


class CommandPalette(Popup):
    """Stands below the header's search at the right; Esc and a click elsewhere close it."""

    closed = Signal()
    _timer: QTimer | None = None

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._sources: list[Source] = []
        self._slow: SlowSource | None = None
        self._more: Callable[[str], object] | None = None
        self._quick: list[Finding] = []
        self.field = QLineEdit()
        self.field.setProperty("look", "bare")
        self.field.setPlaceholderText("Codes, studies, memos, passages, actions")
        self.field.setAccessibleName("Search everything")
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self._model = FindingModel()
        self.list = QListView()
        self.list.setProperty("look", "raised")
        self.list.setModel(self._model)
        self.list.setItemDelegate(FindingDelegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(lambda index: self._do(index.row()))
        self._none = label("", "body", "text_2")
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self._search_slowly)
        theme.changed.connect(self._refit)
        self._lay_out()

    def _lay_out(self) -> None:
        # The list must not cover the line round the panel.
        column = tight(QVBoxLayout(self), 0, (2, 0, 2, 0))
        top = tight(QHBoxLayout(), 8, (16, 6, 16, 6))
        mark = _Mark()
        top.addWidget(mark)
        top.addWidget(self.field, 1)
        column.addLayout(top)
        column.addWidget(line())
        column.addSpacing(px(4))
        column.addWidget(self.list, 1)
        self._none.setContentsMargins(px(16), px(12), px(16), px(12))
        column.addWidget(self._none)
        column.addSpacing(px(4))
        column.addWidget(line())
        foot = tight(QHBoxLayout(), 6, (16, 8, 16, 8))
        for key, words in (("↑ ↓", "Choose"), ("Enter", "Go"), ("Esc", "Close")):
            foot.addWidget(KeyCap(key))
            foot.addWidget(label(words, "small", "text_2"))
            foot.addSpacing(px(10))
        foot.addStretch(1)
        self._all = [KeyCap("Ctrl Enter"), label("All results", "small", "text_2")]
        for part in self._all:
            part.hide()
            foot.addWidget(part)
        column.addLayout(foot)

    def add_source(self, source: Source) -> None:
        """Ask ``source(query)`` for findings; it is called for each letter, so it must be quick."""
        self._sources.append(source)

    def set_slow_source(self, source: SlowSource) -> None:
        """Let ``source(query, deliver)`` add findings a little later (words in the studies).

        ``deliver(findings, totals)`` may say, by group, how many there are in all.
        """
        self._slow = source

    def set_more(self, show: Callable[[str], object]) -> None:
        """Let Ctrl+Enter show all results of a query where there is room for them."""
        self._more = show

    def open(self) -> None:
        """Open, empty, with the cursor in the field."""
        self.field.clear()
        self._search("")
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def findings(self) -> list[Finding]:
        """Return what is listed now."""
        return self._model.findings()

    def place(self) -> None:
        """Put it under the header's search, as high as its rows need."""
        window, margin = self.host, shadow_margin()
        top = getattr(window, "palette_top", lambda: px(48))()
        room = window.height() - top - px(112)
        width = min(px(WIDTH), window.width() - px(32))
        wanted = self._model.height(width - 4)
        self.list.setFixedHeight(max(px(32), min(px(MOST_HEIGHT), room, wanted)))
        self.setFixedWidth(width + 2 * margin)
        self.adjustSize()
        self.move(window.width() - self.width() + margin - px(16), top - margin)

    def hideEvent(self, event: object) -> None:
        """Stop listening and say so."""
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        if self._timer is not None:
            self._timer.stop()
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the field move in the list; a click elsewhere closes."""
        if watched is self.field and isinstance(event, QKeyEvent):
            return event.type() == QEvent.Type.KeyPress and self._key(event)
        if (
            event.type() == QEvent.Type.MouseButtonPress
            and isinstance(watched, QWidget)
            and watched is not self
            and not self.isAncestorOf(watched)
        ):
            self.hide()
        return False

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier and self._offers_more():
                self._show_more()
            else:
                self._do(self.list.currentIndex().row())
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._step(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            return False
        return True

    def _step(self, by: int) -> None:
        count = self._model.rowCount()
        row = self.list.currentIndex().row()
        for _ in range(count):
            row = (row + by) % count
            finding = self._model.finding(row)
            if finding is not None and finding.enabled:
                self._choose(row)
                return

    def _search(self, query: str) -> None:
        named: dict[tuple[str, str], Finding] = {}
        for source in self._sources:
            for finding in source(query):
                # The window's own word on a code or study stands before that of a place.
                named.setdefault((finding.kind, finding.text), finding)
        self._quick = best(list(named.values()), query)
        self._show(self._quick, query)
        for part in self._all:
            part.setVisible(self._offers_more())
        if self._slow is not None and self._timer is not None and len(query.strip()) >= 2:
            self._timer.start()

    def _search_slowly(self) -> None:
        query = self.field.text()

        def deliver(found: Sequence[Finding], totals: Mapping[str, int] | None = None) -> None:
            if self.isVisible() and self.field.text() == query and found:
                self._show(self._together(found), query, totals)

        if self._slow is not None and self.isVisible():
            self._slow(query, deliver)

    def _together(self, found: Sequence[Finding]) -> list[Finding]:
        """Join what was found by name with what came later; nothing stands there twice."""
        known = {each.what for each in self._quick}
        groups: dict[str, list[Finding]] = {}
        for each in (*self._quick, *(each for each in found if each.what not in known)):
            groups.setdefault(each.kind, []).append(each)
        most = MOST_EACH if len(groups) < CROWDED else MOST_OF_MANY
        return [each for kind in sorted(groups, key=group_rank) for each in groups[kind][:most]]

    def _offers_more(self) -> bool:
        return self._more is not None and bool(self.field.text().strip())

    def _show_more(self) -> None:
        query = self.field.text()
        self.hide()
        if self._more is not None:
            self._more(query)

    def _show(
        self, findings: list[Finding], query: str, totals: Mapping[str, int] | None = None
    ) -> None:
        chosen = self._model.finding(self.list.currentIndex().row())
        self._model.show(findings, totals)
        self.list.setVisible(bool(findings))
        self._none.setVisible(not findings)
        self._none.setText(f"Nothing is called “{query}”.")
        self.place()
        self._choose(self._model.row_of(chosen))

    def _choose(self, row: int) -> None:
        if row > 0 and self._model.finding(row - 1) is None:
            self.list.scrollTo(self._model.index(row - 1))
        self.list.setCurrentIndex(self._model.index(row))

    def _refit(self) -> None:
        self.list.doItemsLayout()
        if self.isVisible():
            self.place()

    def _do(self, row: int) -> None:
        finding = self._model.finding(row)
        if finding is not None and finding.enabled:
            self.hide()
            finding.run()


class _Mark(QWidget):
    def sizeHint(self) -> QSize:
        return QSize(px(16), px(30))

    def paintEvent(self, event: object) -> None:
        side = px(16)
        paint_icon(QPainter(self), QRectF(0, (self.height() - side) / 2, side, side), "search")
