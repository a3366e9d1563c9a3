"""Log: who did what when, filtered, opened, and written to a file."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QDate, QModelIndex, Qt, QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QFileDialog,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.coding.audit import (
    HAND_INS,
    TOPICS,
    AuditEntry,
    AuditFilter,
    count_audit,
    list_audit,
    rows_of_change,
)
from app.coding.people import list_coders
from app.coding.row_words import RowWords
from app.ui.dates import counted
from app.ui.place import Window
from app.ui.tasks import run
from app.ui.team.log_list import LogList
from app.ui.team.log_model import LogModel, Role, spoken_time
from app.ui.theme import icon, px
from app.ui.views.choice_chip import Choice, ChoiceChip
from app.ui.views.team import TeamView
from app.ui.widgets import (
    EmptyView,
    FilterRow,
    RememberingSplitter,
    SearchField,
    button,
    clear,
    fix,
    frame,
    label,
    line,
    tight,
)
from app.ui.widgets.elided import ElidedLabel

PAGE = 200
FILTER = "Table (*.csv);;Workbook (*.xlsx)"
ANY, TODAY, WEEK, MONTH, DATES = "any", "today", "week", "month", "dates"
WHEN = ((ANY, "Any time"), (TODAY, "Today"), (WEEK, "Last 7 days"), (MONTH, "Last 30 days"),
        (DATES, "From – to"))  # fmt: skip
DAYS = {TODAY: 0, WEEK: 6, MONTH: 29}


class LogView(TeamView):
    """A list of acts, the newest first; beside it what the chosen one touched."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._bridge = window.bridge
        self._ticket, self._total, self._rows = 0, 0, frozenset[str]()
        self._reading_more = False
        self.model = LogModel(self)
        self.list = LogList()
        self.list.setModel(self.model)
        self.details: tuple[RowWords, ...] = ()
        self.field = fix(SearchField("Find words"), width=180)
        self.coders, self.topics = ChoiceChip("Who", icon="users"), ChoiceChip("About")
        self.topics.set_choices([Choice(t, t) for t in (*TOPICS, HAND_INS)])
        self.when = QComboBox()
        for key, words in WHEN:
            self.when.addItem(words, key)
        self.when.setAccessibleName("When")
        self.since, self.until = QDateEdit(), QDateEdit()
        self.history = button("", "small", icon=icon("x"))
        self._soon = QTimer(self, singleShot=True, interval=150)
        self._soon.timeout.connect(self.refresh)
        self._build()
        self._connect()

    def refresh(self) -> None:
        """Read the first acts that the filters let through, off the window's thread."""
        if not self._bridge.is_open:
            return
        project, wanted = self._bridge.project, self.wanted()
        self._ticket += 1
        ticket = self._ticket

        def work(_progress: object) -> tuple[tuple[AuditEntry, ...], int, list[Choice]]:
            people = [Choice(c.id, c.name) for c in list_coders(project)]
            return list_audit(project, wanted, limit=PAGE), count_audit(project, wanted), people

        def done(found: tuple[tuple[AuditEntry, ...], int, list[Choice]]) -> None:
            if ticket == self._ticket and self._bridge.is_open:
                self._take(*found)

        run(work, "Read the log", done, listed=False)

    def forget(self) -> None:
        """Let go of the project."""
        self._ticket += 1
        self._rows = frozenset()
        self.model.show_entries(())

    def panels(self) -> list[QWidget]:
        """Return filters and list."""
        return [self._row, self.list]

    def wanted(self) -> AuditFilter:
        """Return what the filters ask for."""
        since, until = self._times()
        return AuditFilter(
            coder_ids=frozenset(self.coders.keys),
            topics=frozenset(self.topics.keys),
            words=self.field.text(),
            since=since,
            until=until,
            row_ids=self._rows,
        )

    def show_history(self, row_ids: frozenset[str], title: str) -> None:
        """Show only the acts that touched these rows."""
        self._rows = row_ids
        self.history.setText(f"History of {title}")
        self.history.setVisible(bool(row_ids))
        self.refresh()

    def open_entry(self, index: QModelIndex) -> None:
        """Go to what an act was about."""
        entry = index.data(Role.ENTRY) if index.isValid() else None
        if entry is None:
            return
        project = self._bridge.project

        def done(rows: tuple[RowWords, ...]) -> None:
            target = next((r for r in rows if r.document_id or r.code_id or r.study_id), None)
            if target is None:
                self.window_of_places.messages.success("This act is about nothing to go to.")
            else:
                self.go_to(target)

        run(lambda _p: rows_of_change(project, entry.change_id), "Look", done, listed=False)

    def go_to(self, row: RowWords) -> None:
        """Show the passage, code or study that a row stands for."""
        window = self.window_of_places
        if row.document_id:
            window.open_passage(row.document_id, row.start, row.end)
        elif row.code_id:
            window.show_code(row.code_id)
        elif row.study_id:
            window.show_study(row.study_id)

    def ask_export(self) -> None:
        """Ask for a file and write the acts that the filters let through."""
        path, chosen = QFileDialog.getSaveFileName(self, "Export the log", "log.csv", FILTER)
        if path:
            suffix = ".xlsx" if "xlsx" in chosen else ".csv"
            target = Path(path)
            self.export(target if target.suffix in (".csv", ".xlsx") else Path(f"{path}{suffix}"))

    def export(self, path: Path) -> None:
        """Write the acts that the filters let through."""
        from app.exchange.audit_files import write_audit

        project, wanted = self._bridge.project, self.wanted()

        def done(number: int) -> None:
            words = counted(number, "act", "acts")
            self.window_of_places.messages.success(f"{words} saved as {path.name}.")

        run(lambda _p: write_audit(project, path, wanted), "Export the log", done)

    # -- inside ------------------------------------------------------------------------------

    def _take(self, entries: tuple[AuditEntry, ...], total: int, people: list[Choice]) -> None:
        before = self.list.currentIndex().data(Role.ENTRY)
        self._total = total
        self.coders.set_choices(people)
        self.model.show_entries(entries)
        at = next((n for n, e in enumerate(entries) if before and e.change_id == before.change_id),
                  0)  # fmt: skip
        if entries:
            self.list.setCurrentIndex(self.model.index(at, 0))
        self._row.show_count(counted(total, "act", "acts"))
        self.fact = counted(total, "act", "acts")
        self.fact_changed.emit()
        self._export.setEnabled(total > 0)
        self._stack.setCurrentWidget(self._splitter if total else self.empty)

    def _more(self, value: int) -> None:
        """Read older acts when the end of the list comes into view."""
        bar = self.list.verticalScrollBar()
        shown = len(self.model.entries)
        if self._reading_more or shown >= self._total or value < bar.maximum() - px(400):
            return
        self._reading_more = True
        project, wanted, ticket = self._bridge.project, self.wanted(), self._ticket

        def done(entries: tuple[AuditEntry, ...]) -> None:
            self._reading_more = False
            if ticket == self._ticket:
                self.model.add_entries(entries)

        run(
            lambda _p: list_audit(project, wanted, limit=PAGE, offset=shown),
            "Read more of the log",
            done,
            listed=False,
        )

    def _show_current(self) -> None:
        entry = self.list.currentIndex().data(Role.ENTRY)
        if entry is None or not self._bridge.is_open:
            clear(self._side)
            return
        project = self._bridge.project

        def done(rows: tuple[RowWords, ...]) -> None:
            current = self.list.currentIndex().data(Role.ENTRY)
            if current is not None and current.change_id == entry.change_id:
                self._fill_side(entry, rows)

        run(lambda _p: rows_of_change(project, entry.change_id), "Look", done, listed=False)

    def _fill_side(self, entry: AuditEntry, rows: tuple[RowWords, ...]) -> None:
        self.details = rows
        clear(self._side)
        self._side.addWidget(label(entry.label, "heading", wrap=True))
        by = " on ".join(part for part in (entry.coder, entry.device) if part)
        for words in (spoken_time(entry.at), by):
            self._side.addWidget(label(words, "small", "text_2", wrap=True))
        if entry.source:
            state = " (taken back since)" if entry.withdrawn else ""
            words = f"Came with {entry.source}{state}"
            self._side.addWidget(ElidedLabel(words, "small", "text_2"))
        for row in rows[:30]:
            self._side.addSpacing(8)
            if row.document_id or row.code_id or row.study_id:
                door = button(_short(row.title), "link", tip=f"Go to {row.title}")
                door.clicked.connect(lambda _checked=False, row=row: self.go_to(row))
                self._side.addWidget(door, 0, Qt.AlignmentFlag.AlignLeft)
            else:
                self._side.addWidget(label(row.title, "body", wrap=True))
            if row.where:
                self._side.addWidget(label(row.where, "small", "text_2", wrap=True))
            if row.words:
                quoted = f"“{row.words}”" if row.kind == "coding" else row.words
                self._side.addWidget(label(quoted, "small", wrap=True))
            for name, value in row.details:
                self._side.addWidget(label(f"{name}: {value}", "small", "text_2", wrap=True))
        self._side.addStretch(1)

    def _times(self) -> tuple[str, str]:
        key = self.when.currentData()
        if key == ANY:
            return "", ""
        if key in DAYS:
            day = datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
            return _utc(day - timedelta(days=DAYS[key])), ""
        last = _midnight(self.until.date().addDays(1)) - timedelta(milliseconds=1)
        return _utc(_midnight(self.since.date())), _utc(last)

    def _choose_when(self) -> None:
        custom = self.when.currentData() == DATES
        self.since.setVisible(custom)
        self.until.setVisible(custom)
        self._soon.start()

    def _clear(self) -> None:
        self.field.clear()
        self.coders.choose(())
        self.topics.choose(())
        self.when.setCurrentIndex(0)
        self.show_history(frozenset(), "")

    def _connect(self) -> None:
        for signal in (self.field.textChanged, self.since.dateChanged, self.until.dateChanged):
            signal.connect(lambda *_: self._soon.start())
        self.coders.changed.connect(self._soon.start)
        self.topics.changed.connect(self._soon.start)
        self.when.currentIndexChanged.connect(lambda _at: self._choose_when())
        self.history.clicked.connect(lambda: self.show_history(frozenset(), ""))
        self.field.entered.connect(self.list.setFocus)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show_current())
        self.model.modelReset.connect(self._show_current)
        self.list.doubleClicked.connect(self.open_entry)
        self.list.entered_row.connect(self.open_entry)
        self.list.verticalScrollBar().valueChanged.connect(self._more)

    def _build(self) -> None:
        self._row = FilterRow()
        self._export = button("Export", icon=icon("download"), tip="Save the acts shown")
        self._export.clicked.connect(self.ask_export)
        today = QDate.currentDate()
        for field, name, day in (
            (self.since, "From", today.addDays(-30)), (self.until, "To", today),
        ):  # fmt: skip
            field.setCalendarPopup(True)
            field.setDisplayFormat("d MMM yyyy")
            field.setDate(day)
            field.setAccessibleName(name)
            field.hide()
        self.history.setToolTip("Show the whole log again")
        self.history.hide()
        for widget in (
            self.field, self.coders, self.topics, self.when, self.since, self.until, self.history,
            self._export,
        ):  # fmt: skip
            self._row.add(widget)
        ground = frame("window")
        self._side = tight(QVBoxLayout(ground), 4, (16, 16, 16, 16))
        area = QScrollArea()
        area.setWidget(ground)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._splitter = RememberingSplitter("team.log", Qt.Orientation.Horizontal)
        self._splitter.fill(self.list, area, sizes=[px(900), px(320)])
        area.setMinimumWidth(px(240))
        self.empty = EmptyView(
            "search-x", "Nothing in the log", "No act passes these filters.",
            (("Clear all", self._clear),),
        )  # fmt: skip
        self._stack = QStackedWidget()
        self._stack.addWidget(self._splitter)
        self._stack.addWidget(self.empty)
        whole = tight(QVBoxLayout(self))
        whole.addWidget(self._row)
        whole.addWidget(line())
        whole.addWidget(self._stack, 1)


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def _midnight(day: QDate) -> datetime:
    return datetime(day.year(), day.month(), day.day()).astimezone()


def _short(text: str) -> str:
    return text if len(text) <= 34 else f"{text[:32].rstrip()} …"
