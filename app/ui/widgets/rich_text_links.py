"""Links of a memo: choosing what to link to, saying what is gone, going there."""

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QListView, QVBoxLayout, QWidget

from app.ui.finding_rows import FindingDelegate, FindingModel
from app.ui.search import Finding
from app.ui.search_source import SearchSource
from app.ui.tasks import Progress, run
from app.ui.theme import px
from app.ui.widgets.layout import label, line, tight
from app.ui.widgets.popup import Popup, shadow_margin
from app.ui.widgets.rich_text import RichMemo
from app.ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from app.coding.finding import Found, Group
    from app.coding.memos import Subject

WIDTH, MOST_HEIGHT = 480, 340
MOST_RECENT, MOST_EACH = 8, 6
HEADS = {"quotes": "Coded passages", "codes": "Codes", "studies": "Studies"}
ADDRESSES = {"quotes": "passage", "codes": "code", "studies": "study"}


class MemoLinks(QObject):
    """Gives a memo its links; finds the window by itself once the memo stands in one."""

    def __init__(self, memo: RichMemo) -> None:
        """Belong to ``memo``."""
        super().__init__(memo)
        self._memo = memo
        self.picker: LinkPicker | None = None
        self._subjects: dict[str, Subject] = {}
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._look_up)
        memo.links_changed.connect(self._soon.start)
        memo.link_wanted.connect(self.ask)
        memo.link_opened.connect(self.open)

    @property
    def host(self) -> Any:
        """The window, where it is one that holds a project; else None."""
        window = self._memo.window()
        return window if hasattr(window, "bridge") and window.bridge.is_open else None

    def ask(self) -> None:
        """Let somebody choose what to link to."""
        if self.host is not None:
            self.picker = LinkPicker(self.host, self._memo)
            self.picker.open()

    def open(self, address: str) -> None:
        """Go where a link leads; where that is gone, say so."""
        host = self.host
        if host is None:
            return
        from app.coding.memos import subjects_of_links

        subject = subjects_of_links(host.bridge.project, [address])[address]
        if subject.is_gone:
            from app.errors import UserError

            sentence = f"This link leads to a {subject.kind_word} that is no longer there."
            host.messages.report(UserError(sentence, "The words of the link stay in the memo."))
        else:
            go_to(host, subject)

    def _look_up(self) -> None:
        host, addresses = self.host, self._memo.links()
        if host is None or not addresses:
            return
        project = host.bridge.project

        def work(_progress: Progress) -> "dict[str, Subject]":
            from app.coding.memos import subjects_of_links

            return subjects_of_links(project, addresses)

        run(work, "Read links", self._take, listed=False)

    def _take(self, subjects: "dict[str, Subject]") -> None:
        names = {
            address: ", ".join(part for part in (one.name, one.detail) if part)
            for address, one in subjects.items()
        }
        gone = [address for address, one in subjects.items() if one.is_gone]
        self._memo.show_links(names, gone)


def go_to(window: Any, subject: "Subject") -> None:
    """Show in the window what a memo is on or a link leads to."""
    if subject.kind == "coding":
        window.open_passage(subject.document_id, subject.start, subject.end)
    elif subject.kind == "code":
        window.show_code(subject.id)
    elif subject.kind == "study":
        window.show_study(subject.id)
    elif subject.kind == "document":
        window.open_passage(subject.document_id)
    else:
        window.go("memos")


class LinkPicker(Popup):
    """A field and what it finds: coded passages, codes, studies; at first the passages of late."""

    def __init__(self, window: Any, memo: RichMemo) -> None:
        """Stand in the window, below the cursor of ``memo``."""
        super().__init__(window)
        self.setAccessibleName("Link")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._window, self._memo = window, memo
        self._source = SearchSource.of(window.bridge)
        self.field = SearchField("Passage, code or study")
        self._model = FindingModel()
        self.list = QListView()
        self.list.setProperty("look", "raised")
        self.list.setModel(self._model)
        self.list.setItemDelegate(FindingDelegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("What to link to")
        self.list.clicked.connect(lambda index: self._do(index.row()))
        self._none = label("", "small", "text_2", wrap=True)
        column = tight(QVBoxLayout(self), 8, (8, 8, 8, 8))
        column.addWidget(self.field)
        column.addWidget(line())
        column.addWidget(self.list, 1)
        column.addWidget(self._none)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._search)

    def open(self) -> None:
        """Show it with the passages coded last."""
        edge = shadow_margin()
        at = self._memo.mapTo(self._window, self._memo.cursorRect().bottomLeft())
        width = px(WIDTH)
        left = max(8, min(at.x(), self._window.width() - width - 8))
        below, above = self._window.height() - at.y() - px(14), at.y() - px(32)
        height = min(px(MOST_HEIGHT), max(below, above))
        top = at.y() + px(6) if below >= height else at.y() - px(24) - height
        self.setGeometry(left - edge, top - edge, width + 2 * edge, height + 2 * edge)
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)
        self._search("")

    def findings(self) -> list[Finding]:
        """Return what is listed now."""
        return self._model.findings()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the field move in the list; Esc and a click elsewhere close."""
        kind = event.type()
        if kind == QEvent.Type.KeyPress and watched is self.field and isinstance(event, QKeyEvent):
            return self._key(event)
        if kind == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget):
            outside = watched is not self and not self.isAncestorOf(watched)
            if outside and watched.window() is self.window():
                self._leave()
        return False

    def closeEvent(self, event: object) -> None:
        """Stop watching."""
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        self._source.drop("link")
        super().closeEvent(event)  # type: ignore[arg-type]

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self._leave()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._do(self.list.currentIndex().row())
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._step(1 if key == Qt.Key.Key_Down else -1)
        else:
            return False
        return True

    def _step(self, by: int) -> None:
        row, count = self.list.currentIndex().row(), self._model.rowCount()
        for _ in range(count):
            row = (row + by) % count
            if self._model.finding(row) is not None:
                self.list.setCurrentIndex(self._model.index(row))
                return

    def _search(self, query: str) -> None:
        if query.strip():
            self._source.ask("link", query, self._show_groups, kinds=HEADS, limit=MOST_EACH)
        else:
            self._source.drop("link")
            self._show_recent()

    def _show_recent(self) -> None:
        project, active = self._window.bridge.project, self._active()

        def work(_progress: Progress) -> "list[Subject]":
            from app.coding.memos import recent_passages

            return recent_passages(project, MOST_RECENT, active)

        def done(subjects: "list[Subject]") -> None:
            if self.isVisible() and not self.field.text().strip():
                self._show(
                    [
                        Finding(
                            "Coded last", one.quote or one.name, one.name,
                            partial(self._put, f"passage:{one.id}", one.detail),
                            icon="quote", place=one.detail, is_passage=True,
                        )
                        for one in subjects
                    ]
                )  # fmt: skip

        run(work, "Read codings", done, listed=False)

    def _active(self) -> str:
        """Return the coding that is active in the reading view, or ""."""
        workbench = getattr(self._window, "workbench", None)
        places = workbench.places() if workbench is not None else ()
        states: list[Any] = [getattr(place, "state", None) for place in places]
        return next((state.active_id or "" for state in states if hasattr(state, "active_id")), "")

    def _show_groups(self, groups: "tuple[Group, ...]") -> None:
        order = list(HEADS)
        found = [
            self._finding(group.kind, one)
            for group in sorted(groups, key=lambda group: order.index(group.kind))
            for one in group.found
        ]
        self._show(found)

    def _finding(self, kind: str, found: "Found") -> Finding:
        entry = found.entry
        address = f"{ADDRESSES[kind]}:{entry.id}"
        if kind == "quotes":
            return Finding(
                HEADS[kind], found.snippet, entry.name,
                lambda: self._put(address, entry.detail), icon="quote", place=entry.detail,
                marks=found.marks, is_passage=True,
            )  # fmt: skip
        mark = "tag" if kind == "codes" else "library"
        return Finding(
            HEADS[kind], entry.name, entry.detail, lambda: self._put(address, entry.name), icon=mark
        )

    def _show(self, findings: list[Finding]) -> None:
        if not self.isVisible():
            return
        self._model.show(findings)
        self.list.setVisible(bool(findings))
        self._none.setVisible(not findings)
        query = self.field.text().strip()
        self._none.setText(
            f"No coded passage, code or study holds “{query}”."
            if query
            else "Nothing is coded yet. Type the name of a code or a study."
        )
        self.list.setCurrentIndex(self._model.index(self._model.row_of(None)))

    def _do(self, row: int) -> None:
        finding = self._model.finding(row)
        if finding is not None:
            finding.run()

    def _put(self, address: str, words: str) -> None:
        memo = self._memo
        self._leave()
        memo.insert_link(address, words)

    def _leave(self) -> None:
        self.close()
        self._memo.setFocus(Qt.FocusReason.PopupFocusReason)
