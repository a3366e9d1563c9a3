"""Memos on one thing, ready to stand in any panel: yours to write, those of others to read."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.errors import UserError
from app.ui.dates import spoken_date
from app.ui.widgets import Person, clear, label, set_look, tight
from app.ui.widgets.rich_text import RichMemo
from app.ui.widgets.rich_text_links import MemoLinks
from app.ui.widgets.rich_text_tools import MemoTools

if TYPE_CHECKING:
    from app.coding.memos import MemoInfo
    from app.models.changes import Changes

PLACEHOLDERS = {
    "coding": "Why this code here?",
    "code": "How do you use this code?",
    "study": "Notes on this study",
    "document": "Notes on this PDF",
    "project": "Decisions, doubts and plans",
}
GROWS = (76, 420)


class MemoBox(QWidget):
    """Shows the memos on ``kind`` ("code", "study", "document", "project", "coding") and its id.

    It finds the window by itself, keeps itself up to date, and keeps what is typed.
    """

    resized = Signal()

    def __init__(
        self, kind: str = "", subject_id: str = "", *, title: str = "Memo",
        grows: tuple[int, int] = GROWS,
    ) -> None:  # fmt: skip
        """``grows`` are the least and greatest height of your memo (px at 100 %)."""
        super().__init__()
        self.kind, self.subject_id = kind, subject_id
        self.memo = RichMemo(PLACEHOLDERS.get(kind, "Memo"), grows=grows)
        self.links = MemoLinks(self.memo)
        self.tools = MemoTools(self.memo)
        self._title = label(title, "small_group", "text_2")
        self._others = tight(QVBoxLayout(), 8)
        column = tight(QVBoxLayout(self), 4)
        head = tight(QHBoxLayout(), 8)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self.tools)
        column.addLayout(head)
        column.addWidget(self.memo)
        column.addLayout(self._others)
        self._bridge: Any = None
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._load)
        self.memo.grown.connect(self.resized)
        self.memo.written.connect(self._write)
        self._writable = True

    def show_subject(self, kind: str, subject_id: str) -> None:
        """Show the memos on something else; what was typed is kept first."""
        if (kind, subject_id) == (self.kind, self.subject_id):
            return
        self.memo.keep()
        self.memo.sitting = ""
        self.kind, self.subject_id = kind, subject_id
        self.memo.setPlaceholderText(PLACEHOLDERS.get(kind, "Memo"))
        self.memo.clear_memo()
        clear(self._others)
        self._load()

    def let_write(self, writable: bool) -> None:
        """Offer a memo of your own, or only show those of others."""
        self._writable = writable
        self._show_parts()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what there is."""
        super().showEvent(event)
        self._load()

    @property
    def _host(self) -> Any:
        window = self.window()
        return window if hasattr(window, "bridge") and window.bridge.is_open else None

    def _load(self) -> None:
        host = self._host
        if host is None or not self.subject_id or not self.isVisible():
            return
        if self._bridge is None:
            self._bridge = host.bridge
            self._bridge.changed.connect(self._notice)
            self._bridge.about_to_close.connect(self.memo.keep)
            self._bridge.closed.connect(self._forget)
        from app.coding.memos import memos_on

        self._show(memos_on(host.bridge.project, self.kind, self.subject_id))

    def _show(self, memos: "tuple[MemoInfo, ...]") -> None:
        own = next((memo for memo in memos if memo.is_own), None)
        self.memo.set_markup(own.text if own else "")
        others = [memo for memo in memos if not memo.is_own]
        clear(self._others)
        for memo in others:
            self._others.addWidget(_OthersMemo(memo))
        self._show_parts()
        self.resized.emit()

    def _show_parts(self) -> None:
        self.memo.setVisible(self._writable)
        self.tools.setVisible(self._writable)
        self._title.setVisible(bool(self._title.text()) and (self._writable or self._has_others))

    @property
    def _has_others(self) -> bool:
        return self._others.count() > 0

    def _write(self, text: str, sitting: str) -> None:
        # The box may be on its way out of the window: what was typed is kept all the same.
        host = self._host or (self._bridge and self._bridge.parent())
        if host is None or not host.bridge.is_open or not self.subject_id:
            return
        from app.coding.memos import write_memo

        try:
            write_memo(host.bridge.project, self.kind, self.subject_id, text, group=sitting)
        except UserError as problem:
            host.messages.report(problem)

    def _forget(self) -> None:
        """Show nothing of a project that was closed: in the next one a code may have its id."""
        self.kind = self.subject_id = ""
        self.memo.clear_memo()
        clear(self._others)

    def _notice(self, changes: "Changes") -> None:
        if changes.touches("memo", "coder"):
            self._soon.start()


class _OthersMemo(QWidget):
    """Somebody else's memo: who, when, and the words with their links."""

    def __init__(self, memo: "MemoInfo") -> None:
        super().__init__()
        column = tight(QVBoxLayout(self), 2, (0, 4, 0, 0))
        who = tight(QHBoxLayout(), 8)
        if memo.coder:
            initials = "".join(word[0] for word in memo.coder.split()[:2]).upper()
            who.addWidget(Person(initials, "other", memo.coder))
        when = spoken_date(memo.changed_at)
        whose = memo.coder or memo.subject.detail  # nobody's: the reason of a mark
        words = " · ".join(part for part in (whose, when) if part)
        who.addWidget(label(words, "small", "text_2"), 1)
        column.addLayout(who)
        text = RichMemo(grows=(20, 2000))
        text.setReadOnly(True)
        set_look(text, "bare")
        text.document().setDocumentMargin(0)
        text.setAccessibleName(f"Memo of {memo.coder}" if memo.coder else whose)
        self.links = MemoLinks(text)
        text.set_markup(memo.text)
        column.addWidget(text)
