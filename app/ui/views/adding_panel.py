"""The card that shows PDFs being added: how far, what became of each file, stop, passwords."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from app.coding.adding import AddResult, FileOutcome, add_pdfs
from app.coding.documents import list_documents
from app.models import Project
from app.ui.bridge import ProjectBridge
from app.ui.tasks import Job, Progress, run, tasks
from app.ui.theme import icon as theme_icon
from app.ui.theme import px, theme
from app.ui.views.adding_delegate import AddingDelegate
from app.ui.views.adding_model import PROBLEMS, AddingModel, FileLine, state_of, told_apart
from app.ui.views.card import Card
from app.ui.views.studies_rows import count
from app.ui.widgets import ProgressBar, button, fix, icon_button, label, line, tight
from app.ui.widgets.elided import ElidedLabel
from app.ui.widgets.layout import set_look

WIDTH, HEIGHT = 720, 440
WRONG_PASSWORD = "That password does not open it."


class AddingPanel(Card):
    """Adds files in the background and says what became of each; it never holds up the window."""

    finished = Signal()
    matched = Signal(object)
    """The AddResult, once everything is in: PDFs may have gone to records that waited."""
    _told = Signal(object)

    def __init__(self, bridge: ProjectBridge, parent: QWidget) -> None:
        super().__init__(parent, "Adding PDFs", WIDTH, HEIGHT)
        self._bridge = bridge
        self.job: Job | None = None
        self.show_me: Callable[[], object] | None = None
        self._paths: dict[str, Path] = {}
        self._pages: dict[str, int] = {}
        self._queue: list[tuple[list[Path], Mapping[str, str]]] = []
        self._project: Project | None = None
        self._tried: set[str] = set()
        self.model = AddingModel(self)
        self._build()
        tasks.changed.connect(self._show_count)
        self._told.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def add(self, paths: list[Path], passwords: Mapping[str, str] | None = None) -> None:
        """Add PDFs and folders; a second lot waits for the first."""
        if not paths:
            return
        if self.job is not None and self.job.running:
            self._queue.append((paths, passwords or {}))
            return
        if not passwords:
            self.model.clear()
            self._paths.clear()
            self._pages.clear()
            self._tried.clear()
            self._page_fact.setText("")
            folders = [path.name for path in paths if path.is_dir()]
            self._from.setText(f"From the folder “{folders[0]}”" if folders else "")
            self._from.setVisible(bool(folders))
        self._remember(paths)
        self._start(paths, passwords or {})
        self.open()

    def forget(self) -> None:
        """Put the card away: its project is closed, and what still arrives belongs to no one."""
        self._project = None
        self._queue.clear()
        self.hide()
        self.model.clear()

    def _start(self, paths: list[Path], passwords: Mapping[str, str]) -> None:
        project, engine = self._bridge.project, self._bridge.importer
        self._project, remember = project, self._keep_password.isChecked()

        def work(progress: Progress) -> AddResult:
            return add_pdfs(
                project,
                engine,
                paths,
                progress=lambda done, total, name: self._report(progress, done, total, name),
                outcome=self._told.emit,
                cancelled=progress.is_cancelled,
                passwords=passwords,
                remember_passwords=remember,
            )

        self.job = run(work, "Adding PDFs", self._done, self._failed, show=self.show_me)
        self._dress(running=True)
        self._bar.show_share(0, 0)
        self._headline.setText("Reading the list of files")

    def _report(self, progress: Progress, done: int, total: int, name: str) -> None:
        progress.report(done, total, name)
        self._told.emit((done, total, name))

    def _take(self, told: object) -> None:
        if not self._is_current():
            return
        if isinstance(told, FileOutcome):
            self._take_outcome(told)
        elif isinstance(told, tuple):
            name = told[2]
            if name:
                self.model.put(FileLine(name, "reading"))
        if self.job is not None and self.job.running:
            self.list.scrollToBottom()

    def _is_current(self) -> bool:
        """Say whether the project that files are being added to is still the one that is open."""
        return self._bridge.is_open and self._bridge.project is self._project

    def _show_count(self) -> None:
        """Show how far the work is, by the same numbers as the strip below."""
        job = self.job
        if job is None or not job.running or not job.total or not self._is_current():
            return
        self._bar.show_share(job.done, job.total)
        words = f"{job.done:,} of {count(job.total, 'file')}"
        left = job.remaining()
        self._headline.setText(", ".join(part for part in (words, left) if part))

    def _take_outcome(self, told: FileOutcome) -> None:
        state = state_of(told.state, told.kind, told.why)
        why, technical = told_apart(told.why)
        if state == "password":
            why = WRONG_PASSWORD if told.file in self._tried else "It is protected by a password."
        fact = ""
        if told.state == "added":
            pages = self._page_count(told.document_id)
            fact = count(pages, "page") if pages else ""
        path = self._paths.get(told.file)
        self.model.put(FileLine(told.file, state, why, fact, path, technical))
        self._page_fact.setText(count(sum(self._pages.values()), "page") if self._pages else "")

    def _page_count(self, document_id: str) -> int:
        for document in list_documents(self._bridge.project):
            if document.id == document_id:
                self._pages[document_id] = document.page_count
                return document.page_count
        return 0

    def _done(self, result: AddResult) -> None:
        if not self._is_current():
            if self.job is not None:
                self.job.outcome = f"{count(len(result.added), 'PDF')} added"
            return
        self.model.drop_unread()
        self._dress(running=False)
        self._headline.setText(_summary(self.model, cancelled=result.cancelled))
        self._bar.show_share(1, 1)
        if self.job is not None:
            self.job.outcome = self._headline.text()
        first = self.model.first_of(*PROBLEMS)
        if first.isValid():
            self.list.scrollTo(first, QAbstractItemView.ScrollHint.PositionAtTop)
        self.finished.emit()
        self.matched.emit(result)
        if self._queue:
            self._start(*self._queue.pop(0))
        elif not self.model.count("weak", *PROBLEMS):
            self._hint.setText("All files are in. Undo takes them out again.")
        if result.matched and not self._queue:
            waited = count(len(result.matched), "PDF")
            verb = "was" if len(result.matched) == 1 else "were"
            self._hint.setText(f"{waited} {verb} matched to records that waited for one.")

    def _failed(self, error: BaseException) -> None:
        if not self._is_current():
            raise error
        self.model.drop_unread()
        self._dress(running=False)
        self._headline.setText("Adding PDFs has ended early. What was added stays.")
        raise error

    def _remember(self, paths: list[Path]) -> None:
        for path in paths:
            inside = path.rglob("*") if path.is_dir() else [path]
            self._paths.update({file.name: file for file in inside})

    def _stop(self) -> None:
        if self.job is not None:
            self.job.cancel()
            self._stop_button.setEnabled(False)

    def _try_password(self) -> None:
        locked = self.model.locked()
        text = self._password.text()
        if not locked or not text:
            return
        current = locked[0]
        self._password.clear()
        self._tried.add(current.file)
        if current.path is not None:
            self.model.put(FileLine(current.file, "reading", path=current.path))
            self.add([current.path], {current.file: text})

    def _dress(self, *, running: bool) -> None:
        """Show what can be done while it runs, or what is left to do afterwards."""
        locked = self.model.locked()
        self._stop_button.setVisible(running)
        self._stop_button.setEnabled(True)
        self._later.setText("Go on in background" if running else "Done")
        asks = not running and bool(locked)
        self._password_row.setVisible(asks)
        set_look(self._later, "" if asks else "primary")
        if asks:
            name = locked[0].file
            self._password_label.setText(f"Password for {name}")
            wrong = name in self._tried
            self._password.setAccessibleDescription(WRONG_PASSWORD if wrong else "")
            self._hint.setText(
                f"{WRONG_PASSWORD} Mind capitals, and try again."
                if wrong
                else "A file that is not opened stays out; you can add it later."
            )
            set_look(self._hint, "error" if wrong else "text_2", "tone")
            self._password.setFocus()
        elif running:
            self._hint.setText("You can go on working. Files already added stay if you stop.")
        else:
            self._hint.setText("")
        if not asks:
            set_look(self._hint, "text_2", "tone")

    def _relayout(self) -> None:
        self.list.scheduleDelayedItemsLayout()

    def _build(self) -> None:
        self._title = label("Adding PDFs", "heading")
        self._from = label("", "body", "text_2")
        self._headline = label("", "name")
        self._page_fact = label("", "small", "text_2")
        self._bar = ProgressBar()
        close = icon_button(theme_icon("x"), "Close this list", size=16)
        close.clicked.connect(self.hide)
        self.list = QListView()
        self.list.setProperty("look", "raised")
        self.list.setModel(self.model)
        self.list.setItemDelegate(AddingDelegate(self.list))
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.changed.connect(self._relayout)
        self.list.setMouseTracking(True)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setAccessibleName("Files")
        self._hint = label("", "small", "text_2", wrap=True)
        self._stop_button = button("Stop after this file")
        self._stop_button.clicked.connect(self._stop)
        self._later = button("Go on in background", "primary")
        self._later.clicked.connect(self.hide)
        head = tight(QVBoxLayout(), 4, (24, 20, 24, 16))
        top = tight(QHBoxLayout(), 8)
        top.addWidget(self._title, 1)
        top.addWidget(close)
        state = tight(QHBoxLayout(), 8)
        state.addWidget(self._headline, 1)
        state.addWidget(self._page_fact)
        head.addLayout(top)
        head.addWidget(self._from)
        head.addSpacing(px(8))
        head.addLayout(state)
        head.addSpacing(px(4))
        head.addWidget(self._bar)
        foot = tight(QHBoxLayout(), 8, (24, 12, 24, 16))
        foot.addWidget(self._hint, 1)
        foot.addWidget(self._stop_button)
        foot.addWidget(self._later)
        column = tight(QVBoxLayout(self), 0, (1, 1, 1, 1))
        column.addLayout(head)
        column.addWidget(line())
        column.addWidget(self.list, 1)
        column.addWidget(line())
        column.addWidget(self._make_password_row())
        column.addLayout(foot)

    def _make_password_row(self) -> QWidget:
        self._password_row = QWidget()
        self._password_label = ElidedLabel("", "name")
        self._password = QLineEdit()
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._keep_password = QCheckBox("Remember in this project")
        self._keep_password.setToolTip(
            "Whoever has the project file can then read the PDF; else you are asked each time"
        )
        self._password.setAccessibleName("Password")
        fix(self._password, width=200)
        self._password.returnPressed.connect(self._try_password)
        unlock = button("Add with password", "primary")
        unlock.clicked.connect(self._try_password)
        row = tight(QHBoxLayout(self._password_row), 8, (24, 12, 24, 0))
        row.addWidget(self._password_label, 1)
        row.addWidget(self._password)
        row.addWidget(self._keep_password)
        row.addWidget(unlock)
        return self._password_row


def _summary(model: AddingModel, *, cancelled: bool) -> str:
    added = model.count("added", "weak")
    parts = [f"{count(added, 'PDF')} added"]
    if present := model.count("present"):
        parts.append(f"{present} already there")
    locked = model.count("password")
    if locked:
        parts.append(f"{locked} {'needs' if locked == 1 else 'need'} a password")
    if failed := model.count(*PROBLEMS) - locked:
        parts.append(f"{failed} not added")
    text = ", ".join(parts)
    return f"Stopped. {text}" if cancelled else text
