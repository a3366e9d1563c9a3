"""Search everything (Ctrl+K): actions, documents, studies, codes, words in the studies."""

import re
import unicodedata
from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.ui.search import Finding
from app.ui.theme import (
    font,
    key_cap_size,
    paint_icon,
    paint_key_cap,
    paint_swatch,
    px,
    theme,
)
from app.ui.widgets.counts import KeyCap
from app.ui.widgets.layout import label, line, tight
from app.ui.widgets.popup import Popup, shadow_margin
from app.ui.widgets.rows import RowDelegate

WIDTH, ROW, MOST_ROWS = 560, 34, 11
MOST_EACH = 8
Index = QModelIndex | QPersistentModelIndex
Source = Callable[[str], Sequence[Finding]]


def folded(text: str) -> str:
    """Return a text for comparing: lower case, without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def rank(finding: Finding, words: Sequence[str]) -> int | None:
    """Return how well a finding fits (0 is best), or None where a word is missing."""
    name, rest = folded(finding.text), folded(f"{finding.text} {finding.detail}")
    if not all(word in rest for word in words):
        return None
    if not words or name.startswith(words[0]):
        return 0
    starts = re.findall(r"\w+", name)
    if all(any(start.startswith(word) for start in starts) for word in words):
        return 1
    return 2 if all(word in name for word in words) else 3


def best(findings: Sequence[Finding], query: str) -> list[Finding]:
    """Return the findings that fit, best first within each kind, at most eight of a kind."""
    words = folded(query).split()
    ranked: dict[str, list[tuple[int, int, Finding]]] = {}
    for place, finding in enumerate(findings):
        how_well = 0 if finding.kind == "Passages" else rank(finding, words)
        if how_well is not None:
            ranked.setdefault(finding.kind, []).append((how_well, place, finding))
    return [
        finding
        for kind in ranked.values()
        for _, _, finding in sorted(kind, key=lambda entry: entry[:2])[:MOST_EACH]
    ]


class _Rows(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.findings: list[Finding] = []

    def show(self, findings: list[Finding]) -> None:
        self.beginResetModel()
        self.findings = findings
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.findings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        finding = self.findings[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return finding.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            key = f", key {finding.key}" if finding.key else ""
            return f"{finding.text}, {finding.kind}, {finding.detail}{key}"
        if role == Qt.ItemDataRole.UserRole:
            return finding
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        finding = self.findings[index.row()]
        able = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        return able if finding.enabled else Qt.ItemFlag.NoItemFlags


class _Delegate(RowDelegate):
    def paint_content(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, box: QRectF
    ) -> None:
        finding: Finding = index.data(Qt.ItemDataRole.UserRole)
        right = box.right() - px(8)
        if finding.key:
            width = key_cap_size(finding.key).width()
            cap = QRectF(right - width, box.top(), width, box.height())
            paint_key_cap(painter, cap, finding.key, enabled=finding.enabled)
            right -= width + px(8)
        left = box.left() + px(8)
        side = px(16)
        glyph = QRectF(left, box.center().y() - side / 2, side, side)
        if finding.cluster:
            paint_swatch(painter, glyph.adjusted(px(3), px(3), -px(3), -px(3)), finding.cluster)
        elif finding.icon:
            paint_icon(painter, glyph, finding.icon, "text_2" if finding.enabled else "off")
        left += px(28)
        room = right - left
        painter.setFont(font("name"))
        painter.setPen(theme.token("text" if finding.enabled else "off"))
        metrics = painter.fontMetrics()
        wanted = metrics.horizontalAdvance(finding.text)
        given = min(wanted, room * (0.66 if finding.detail else 1))
        shown = metrics.elidedText(finding.text, Qt.TextElideMode.ElideRight, int(given) + 1)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(left, box.top(), given + 2, box.height()), middle, shown)
        painter.setFont(font("small"))
        painter.setPen(theme.token("text_2" if finding.enabled else "off"))
        rest = QRectF(left + given + px(12), box.top(), room - given - px(12), box.height())
        detail = painter.fontMetrics().elidedText(
            finding.detail, Qt.TextElideMode.ElideRight, max(0, int(rest.width()))
        )
        painter.drawText(rest, middle | Qt.AlignmentFlag.AlignRight, detail)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, px(ROW))


class CommandPalette(Popup):
    """Stands below the header's search at the right; Esc and a click elsewhere close it."""

    closed = Signal()
    _timer: QTimer | None = None

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._sources: list[Source] = []
        self._slow: Callable[[str, Callable[[Sequence[Finding]], None]], None] | None = None
        self.field = QLineEdit()
        self.field.setProperty("look", "bare")
        self.field.setPlaceholderText("Codes, studies, documents, actions, words in the studies")
        self.field.setAccessibleName("Search everything")
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self._model = _Rows()
        self.list = QListView()
        self.list.setProperty("look", "raised")
        self.list.setModel(self._model)
        self.list.setItemDelegate(_Delegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(lambda index: self._do(index.row()))
        self._none = label("", "body", "text_2")
        self._timer = QTimer(self, singleShot=True, interval=200)
        self._timer.timeout.connect(self._search_slowly)
        self._lay_out()

    def _lay_out(self) -> None:
        column = tight(QVBoxLayout(self), 0)
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
        column.addLayout(foot)

    def add_source(self, source: Source) -> None:
        """Ask ``source(query)`` for findings; it is called for each letter, so it must be quick."""
        self._sources.append(source)

    def set_slow_source(
        self, source: Callable[[str, Callable[[Sequence[Finding]], None]], None]
    ) -> None:
        """Let ``source(query, deliver)`` add findings a little later (words in the studies)."""
        self._slow = source

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
        return list(self._model.findings)

    def place(self) -> None:
        """Put it under the header's search, as high as its rows need."""
        window, margin = self.host, shadow_margin()
        rows = max(1, min(MOST_ROWS, self._model.rowCount()))
        self.list.setFixedHeight(rows * px(ROW))
        width = min(px(WIDTH), window.width() - px(32))
        self.setFixedWidth(width + 2 * margin)
        self.adjustSize()
        top = getattr(window, "palette_top", lambda: px(48))()
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
            if self._model.findings[row].enabled:
                self.list.setCurrentIndex(self._model.index(row))
                return

    def _search(self, query: str) -> None:
        named = {
            (finding.kind, finding.text): finding
            for source in self._sources
            for finding in source(query)
        }
        found = list(named.values())
        self._show(best(found, query), query)
        if self._slow is not None and self._timer is not None and len(query.strip()) >= 3:
            self._timer.start()

    def _search_slowly(self) -> None:
        query = self.field.text()

        def deliver(found: Sequence[Finding]) -> None:
            if self.isVisible() and self.field.text() == query and found:
                row = self.list.currentIndex().row()
                self._show([*self._model.findings, *list(found)[:MOST_EACH]], query)
                if row >= 0:
                    self.list.setCurrentIndex(self._model.index(row))

        if self._slow is not None and self.isVisible():
            self._slow(query, deliver)

    def _show(self, findings: list[Finding], query: str) -> None:
        self._model.show(findings)
        self.list.setVisible(bool(findings))
        self._none.setVisible(not findings)
        self._none.setText(f"Nothing is called “{query}”.")
        for row, finding in enumerate(findings):
            if finding.enabled:
                self.list.setCurrentIndex(self._model.index(row))
                break
        self.place()

    def _do(self, row: int) -> None:
        if 0 <= row < self._model.rowCount() and self._model.findings[row].enabled:
            finding = self._model.findings[row]
            self.hide()
            finding.run()


class _Mark(QWidget):
    def sizeHint(self) -> QSize:
        return QSize(px(16), px(30))

    def paintEvent(self, event: object) -> None:
        side = px(16)
        paint_icon(QPainter(self), QRectF(0, (self.height() - side) / 2, side, side), "search")
