"""The place Search: everything a query finds, with filters, and the way to code it."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView, QMenu, QStackedWidget, QVBoxLayout, QWidget

from app.ui.bridge import ProjectBridge
from app.ui.finding_rows import FindingDelegate, FindingModel
from app.ui.place import Window
from app.ui.search_findings import HEADS, rows_of
from app.ui.search_source import SearchSource
from app.ui.settings import settings
from app.ui.theme import icon, theme
from app.ui.views.choice_chip import Choice, ChoiceChip
from app.ui.views.code_all import CodeAllPage
from app.ui.views.row_keys import took_row_key
from app.ui.views.studies_rows import count
from app.ui.views.view_place import ViewPlace
from app.ui.views.wiring import wire
from app.ui.widgets import Chip, EmptyView, FilterRow, SearchField, button, fix, tight

if TYPE_CHECKING:
    from app.coding.finding import Group
    from app.models.changes import Changes

PAUSE, LIMIT, MOST_KEPT = 90, 100, 20
HISTORY = "search.history"
HINT = "Words in quotes stand together, as in “case conference”. The last word may be a beginning."


class SearchPlace(ViewPlace):
    """Results by group; ``code_all`` shows the passages found as a list that can be coded."""

    key = "search"
    title = "Search"

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._bridge = window.bridge
        self._source = SearchSource.of(window.bridge)
        self._shown_query = ""
        self.model = FindingModel()
        self.list = ResultList(self.model)
        self.preview = CodeAllPage(window)
        self._empty = EmptyView("search", "", "")
        self._stack = QStackedWidget()
        for page in (self._empty, self.list, self.preview):
            self._stack.addWidget(page)
        tight(QVBoxLayout(self)).addWidget(self._stack)
        self._row = FilterRow()
        self.field = fix(SearchField("Search everything"), width=320)
        self.kinds = ChoiceChip("In")
        self.kinds.set_choices([Choice(kind, words) for kind, words in HEADS.items()])
        self.studies = ChoiceChip("Study", icon="library")
        self.history = Chip("Earlier searches", icon="history")
        self.history.set_menu(self._history_menu)
        for widget in (self.field, self.kinds, self.studies, self.history):
            self._row.add(widget)
        self.code_button = button("Code all of these", icon=icon("copy-check"))
        self._soon = QTimer(self, singleShot=True, interval=PAUSE)
        self._soon.timeout.connect(self._ask)
        self.setFocusProxy(self.field)
        self._connect()
        self._say_nothing_asked()

    def tools(self) -> list[QWidget]:
        """Return the tools of the header."""
        return [self.code_button]

    def filters(self) -> QWidget:
        """Return field and chips."""
        return self._row

    def panels(self) -> list[QWidget]:
        """Return what F6 goes through."""
        return [self.field, self._stack.currentWidget() or self.list]

    def set_project(self, bridge: ProjectBridge) -> None:
        """Offer the studies of the project."""
        self.refresh_when_seen()

    def refresh(self) -> None:
        """Search again, with the studies of now."""
        if not self._bridge.is_open:
            return
        from app.coding.studies import list_studies

        studies = [Choice(study.id, study.label) for study in list_studies(self._bridge.project)]
        self.studies.set_choices(sorted(studies, key=lambda one: one.label.casefold()))
        self.history.setEnabled(bool(_history()))
        self._ask()

    def show_query(self, query: str = "") -> None:
        """Search for this; without words, leave the last query to be changed."""
        if query:
            self._leave_preview()
            self.field.setText(query)
        self.field.setFocus()
        self.field.selectAll()

    def code_all(self) -> None:
        """Show all places in the texts as passages that can be coded in one act."""
        query = self.field.text().strip()
        if not query or not self._bridge.is_open:
            self.field.setFocus()
            return
        self._keep_query()
        self._stack.setCurrentWidget(self.preview)
        self.code_button.setEnabled(False)
        self.preview.show_query(query, self.studies.keys or None)

    def _connect(self) -> None:
        self._bridge.closed.connect(self._forget)
        self._bridge.changed.connect(self._notice)
        self.field.textChanged.connect(self._typed)
        self.field.entered.connect(self._enter)
        self.field.left.connect(self._enter)
        self.kinds.changed.connect(self._soon.start)
        self.studies.changed.connect(self._filter_studies)
        self.list.opened.connect(self._keep_query)
        self.code_button.clicked.connect(self.code_all)
        self.preview.left.connect(self._leave_preview)
        wire(self.window_of_places, self.key)

    def _notice(self, changes: "Changes") -> None:
        if changes.touches("memo", "coding", "code", "study", "document", "report"):
            if self.isVisible():
                self._soon.setInterval(400)
                self._soon.start()
            else:
                self.refresh_when_seen()

    def _typed(self, _text: str) -> None:
        if self._stack.currentWidget() is self.preview:
            self._leave_preview()
        self._soon.setInterval(PAUSE)
        self._soon.start()

    def _filter_studies(self) -> None:
        if self._stack.currentWidget() is self.preview:
            self.preview.show_query(self.field.text().strip(), self.studies.keys or None)
        else:
            self._soon.start()

    def _ask(self) -> None:
        query = self.field.text().strip()
        if not self._bridge.is_open:
            return
        if self._stack.currentWidget() is self.preview:
            self.preview.look_for_coded()
            return
        if not query:
            self._source.drop("search")
            self._say_nothing_asked()
            return
        self._source.ask(
            "search", self.field.text(), lambda groups: self._show(query, groups),
            kinds=self.kinds.keys or None, study_ids=self.studies.keys or None, limit=LIMIT,
        )  # fmt: skip

    def _show(self, query: str, groups: "tuple[Group, ...]") -> None:
        rows, totals = rows_of(groups, self.window_of_places)
        kept = self.list.currentIndex().row() if query == self._shown_query else -1
        self._shown_query = query
        self.model.show(rows, totals)
        self.code_button.setEnabled("Passages" in totals)
        number = sum(totals.values())
        self._row.show_count(count(number, "result") if rows else "")
        if self._stack.currentWidget() is self.preview:
            return
        if rows:
            self._stack.setCurrentWidget(self.list)
            row = kept if self.model.finding(kept) is not None else self.model.row_of(None)
            self.list.setCurrentIndex(self.model.index(row))
        else:
            self._say_nothing_found(query)

    def _say_nothing_asked(self) -> None:
        self.model.show(())
        self._row.show_count("")
        self.code_button.setEnabled(False)
        if self._stack.currentWidget() is not self.preview:
            self._stack.setCurrentWidget(self._empty)
        self._empty.show_message(
            "search",
            "Search everything",
            f"Texts, memos, codes and studies are searched as you type. {HINT}",
        )

    def _say_nothing_found(self, query: str) -> None:
        self._stack.setCurrentWidget(self._empty)
        narrowed = bool(self.kinds.keys or self.studies.keys)
        actions = (("Search everywhere", self._clear_filters),) if narrowed else ()
        sentence = "Filters are on." if narrowed else HINT
        self._empty.show_message("search-x", f"Nothing holds “{query}”", sentence, actions)

    def _clear_filters(self) -> None:
        self.kinds.choose(())
        self.studies.choose(())

    def _leave_preview(self) -> None:
        self._stack.setCurrentWidget(self.list if self.model.rowCount() else self._empty)
        self._ask()
        self.field.setFocus()

    def _enter(self) -> None:
        self._keep_query()
        if self._stack.currentWidget() is self.preview:
            self.preview.list.setFocus()
        elif self.model.rowCount():
            self.list.setFocus()

    def _forget(self) -> None:
        self._source.drop("search")
        self.preview.forget()
        self.field.clear()
        self._clear_filters()
        self._stack.setCurrentWidget(self._empty)
        self._say_nothing_asked()

    def _keep_query(self) -> None:
        query = self.field.text().strip()
        if query:
            kept = [query, *(one for one in _history() if one != query)]
            settings().remember(HISTORY, kept[:MOST_KEPT])
            self.history.setEnabled(True)

    def _history_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for query in _history():
            menu.addAction(query, partial(self.show_query, query))
        menu.addSeparator()
        menu.addAction("Forget these", self._forget_history)
        return menu

    def _forget_history(self) -> None:
        settings().remember(HISTORY, [])
        self.history.setEnabled(False)


class ResultList(QListView):
    """The results; Enter and a double click open, ``opened`` tells that one was."""

    opened = Signal()

    def __init__(self, model: FindingModel) -> None:
        super().__init__()
        self._source = model
        self.setModel(model)
        self.setItemDelegate(FindingDelegate(self))
        self.setMouseTracking(True)
        self.setAccessibleName("Results")
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.doubleClicked.connect(lambda index: self._open(index.row()))
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; letters stay free for keys of the window."""
        if not took_row_key(event, lambda: self._open(self.currentIndex().row())):
            super().keyPressEvent(event)

    def _open(self, row: int) -> None:
        finding = self._source.finding(row)
        if finding is not None:
            self.opened.emit()
            finding.run()


def _history() -> list[str]:
    found = settings().value(HISTORY, [])
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []
