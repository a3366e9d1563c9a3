"""The place Memos: all memos of the project, found, sorted and written where they stand."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from app.errors import UserError
from app.ui.bridge import ProjectBridge
from app.ui.place import Window
from app.ui.tasks import Progress, run
from app.ui.theme import icon, px
from app.ui.views.choice_chip import Choice, ChoiceChip
from app.ui.views.folding import holds_all_words
from app.ui.views.memo_list import MemoList, MemoModel
from app.ui.views.memo_page import MemoPage
from app.ui.views.people import people_of
from app.ui.views.studies_rows import count
from app.ui.views.view_place import ViewPlace
from app.ui.views.wiring import wire
from app.ui.widgets import (
    EmptyView,
    FilterRow,
    RememberingSplitter,
    SearchField,
    SegmentedControl,
    button,
    fix,
    tight,
)
from app.ui.widgets.rich_text_links import go_to

if TYPE_CHECKING:
    from app.coding.memos import MemoInfo, Subject
    from app.models.changes import Changes

KINDS = ("project", "code", "study", "document", "coding")
WORDS = ("Project", "Code", "Study", "Document", "Passage")
NEWEST, BY_SUBJECT = "newest", "subject"
FILTER = "Word document (*.docx);;Table (*.csv);;Markdown (*.md)"
SUFFIXES = {"docx": ".docx", "csv": ".csv", "md": ".md"}


class MemosPlace(ViewPlace):
    """A list at the left; at the right what the memo is on, and its words."""

    key = "memos"
    title = "Memos"

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._bridge = window.bridge
        self._all: tuple[MemoInfo, ...] = ()
        self._wanted = ""
        self._number = 0
        self.model = MemoModel()
        self.list = MemoList(self.model)
        self.page = MemoPage()
        self._empty = EmptyView("sticky-note", "", "")
        self._right = QStackedWidget()
        self._right.addWidget(self.page)
        self._right.addWidget(QWidget())
        self._splitter = RememberingSplitter("memos", Qt.Orientation.Horizontal)
        self._splitter.fill(self.list, self._right, sizes=[px(440), px(760)])
        self.list.setMinimumWidth(px(260))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._splitter)
        self._stack.addWidget(self._empty)
        tight(QVBoxLayout(self)).addWidget(self._stack)
        self._row = FilterRow()
        self.field = fix(SearchField("Find words"), width=180)
        self.kinds = ChoiceChip("On")
        self.coders = ChoiceChip("Coder", icon="users")
        self.order = SegmentedControl(((NEWEST, "Newest first"), (BY_SUBJECT, "By subject")))
        for widget in (self.field, self.kinds, self.coders):
            self._row.add(widget)
        self.about = button("Memo on the project", icon=icon("pencil"))
        self._export = button("Export", icon=icon("download"), tip="Save the memos shown")
        self._soon = QTimer(self, singleShot=True, interval=120)
        self._soon.timeout.connect(self.refresh_when_seen)
        self.setFocusProxy(self.list)
        self._connect()

    def tools(self) -> list[QWidget]:
        """Return the tools of the header."""
        return [self.order, self.about, self._export]

    def filters(self) -> QWidget:
        """Return search field and chips."""
        return self._row

    def panels(self) -> list[QWidget]:
        """Return what F6 goes through."""
        return [self.field, self.list, self.page]

    def set_project(self, bridge: ProjectBridge) -> None:
        """Show the memos of the project as soon as they are read."""
        self.refresh_when_seen()

    def refresh(self) -> None:
        """Read all memos again, in the background."""
        if not self._bridge.is_open:
            return
        project = self._bridge.project
        self._number += 1
        number = self._number

        def work(_progress: Progress) -> "tuple[MemoInfo, ...]":
            from app.coding.memos import list_memos

            return list_memos(project)

        def done(memos: "tuple[MemoInfo, ...]") -> None:
            if number == self._number and self._bridge.is_open:
                self._take(memos)

        run(work, "Read memos", done, listed=False)

    def show_memo(self, memo_id: str) -> None:
        """Put the cursor on a memo; filters that hide it are taken away."""
        self._wanted = memo_id
        self._clear()
        self.refresh_when_seen()

    def shown(self) -> "tuple[MemoInfo, ...]":
        """Return the memos shown, in their order."""
        return self.model.memos

    def write_on_project(self) -> None:
        """Put the cursor into your memo on the project."""
        if not self._bridge.is_open:
            return
        from app.coding.memos import find_subjects, project_subject

        key = project_subject(self._bridge.project)
        subject = find_subjects(self._bridge.project, {"project": [key]})["project", key]
        self._stack.setCurrentWidget(self._splitter)
        self.list.clearSelection()
        self.list.setCurrentIndex(self.model.index(-1, 0))
        self._show_subject(subject)
        self._write_soon()

    def remove(self) -> None:
        """Remove your memo on what is shown; undo brings it back."""
        memo = self._own_memo()
        if memo is None:
            return
        from app.coding.memos import remove_memos

        self.page.box.memo.keep()
        remove_memos(self._bridge.project, [memo.id])
        self.window_of_places.messages.removed(f"Removed the memo on “{memo.subject.name}”.")

    def ask_export(self) -> None:
        """Ask for a file and save the memos shown."""
        path, chosen = QFileDialog.getSaveFileName(self, "Export memos", "memos.docx", FILTER)
        if path:
            suffix = next((s for s in SUFFIXES.values() if f"*{s}" in chosen), ".docx")
            target = Path(path)
            self.export(target if target.suffix in SUFFIXES.values() else Path(f"{path}{suffix}"))

    def export(self, path: Path) -> None:
        """Save the memos shown, in the form that the name asks for."""
        from app.exchange.memos_export import write_memos

        project, memos = self._bridge.project, self.shown()

        def done(_nothing: object) -> None:
            self.window_of_places.messages.success(
                f"{count(len(memos), 'memo')} saved as {path.name}."
            )

        run(lambda _progress: write_memos(project, memos, path), "Export memos", done)

    def _connect(self) -> None:
        self._bridge.changed.connect(self._notice)
        self._bridge.closed.connect(self._forget)
        self.field.textChanged.connect(lambda _text: self._filter())
        self.field.entered.connect(self._enter)
        self.kinds.changed.connect(self._filter)
        self.coders.changed.connect(self._filter)
        self.order.chosen.connect(lambda _key: self._filter())
        self.list.chosen.connect(self._show_current)
        self.list.entered.connect(self._write_soon)
        self.list.deleted.connect(self.remove)
        self.page.go_asked.connect(self._go)
        self.page.remove_asked.connect(self.remove)
        self.page.box.memo.left.connect(self.list.setFocus)
        self.about.clicked.connect(self.write_on_project)
        self._export.clicked.connect(self.ask_export)
        wire(self.window_of_places, self.key)

    def _notice(self, changes: "Changes") -> None:
        if changes.touches("memo", "code", "study", "document", "coding", "coder"):
            self._soon.start()

    def _forget(self) -> None:
        self._number += 1
        self._clear()
        self.model.show(())
        self._all, self._subject = (), None

    def _take(self, memos: "tuple[MemoInfo, ...]") -> None:
        self._all = memos
        used = {memo.subject.kind for memo in memos}
        kinds = [Choice(k, w) for k, w in zip(KINDS, WORDS, strict=True) if k in used]
        self.kinds.set_choices(kinds)
        writers = {memo.coder_id for memo in memos}
        people = people_of(self._bridge).values()
        self.coders.set_choices([Choice(p.id, p.name) for p in people if p.id in writers])
        self._filter()

    def _filter(self) -> None:
        text = self.field.text()
        found = [
            memo
            for memo in self._all
            if (not self.kinds.keys or memo.subject.kind in self.kinds.keys)
            and (not self.coders.keys or memo.coder_id in self.coders.keys)
            and holds_all_words(
                f"{memo.words} {memo.subject.name} {memo.subject.detail} {memo.coder}", text
            )
        ]
        if self.order.key == BY_SUBJECT:
            found.sort(key=lambda memo: (
                KINDS.index(memo.subject.kind) if memo.subject.kind in KINDS else 9,
                memo.subject.name.casefold(), memo.subject.detail,
            ))  # fmt: skip
        before = self._wanted or getattr(self.list.current(), "id", "")
        writing = self.page.box.memo.hasFocus()
        self.list.blockSignals(True)
        self.model.show(found)
        row = self.model.row_of(before)
        if row >= 0:
            self._wanted = ""
        if row < 0 and not writing:
            row = 0
        if found and row >= 0:
            self.list.choose(row)
        self.list.blockSignals(False)
        self._count(found)
        if not writing:
            self._show_current()

    def _count(self, found: "list[MemoInfo]") -> None:
        self._row.show_count(count(len(found), "memo"))
        self._export.setEnabled(bool(found))
        self.show_surroundings(bool(self._all))
        if found or self.page.box.memo.hasFocus():
            self._stack.setCurrentWidget(self._splitter)
            return
        self._stack.setCurrentWidget(self._empty)
        if self._all:
            self._empty.show_message(
                "search-x", "No memo matches", "Filters hide every memo.",
                (("Clear all", self._clear),),
            )  # fmt: skip
        else:
            self._empty.show_message(
                "sticky-note",
                "No memos yet",
                "Memos on passages, codes and studies are written where those stand; all of them "
                "are listed here.",
                (("Write on the project", self.write_on_project),),
            )

    def _clear(self) -> None:
        self.field.clear()
        self.kinds.choose(())
        self.coders.choose(())

    def _enter(self) -> None:
        self.list.setFocus()

    def _show_current(self) -> None:
        memo = self.list.current()
        if memo is not None:
            self._show_subject(memo.subject)
        self.page.remove.setVisible(self._own_memo() is not None)

    def _show_subject(self, subject: "Subject") -> None:
        self._subject = subject
        self.page.show_subject(subject)

    _subject: "Subject | None" = None

    def _own_memo(self) -> "MemoInfo | None":
        subject = self._subject
        return next(
            (
                memo
                for memo in self._all
                if memo.is_own and subject is not None and memo.subject.id == subject.id
            ),
            None,
        )

    def _write_soon(self) -> None:
        self.page.box.memo.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go(self) -> None:
        if self._subject is None:
            return
        try:
            go_to(self.window_of_places, self._subject)
        except UserError as problem:
            self.window_of_places.messages.report(problem)
