"""The view Differences: the queue, the page with its lanes, what was coded, one key a decision."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QStackedWidget, QVBoxLayout, QWidget

from app.coding.listing import Coding, list_codings
from app.coding.memos import DECISION, write_memo
from app.coding.reconciling import accept_agreed, decide_each
from app.errors import UserError
from app.models import Project
from app.ui.place import Window
from app.ui.settings import settings
from app.ui.tasks import run
from app.ui.team.settle_actions import connect_actions, enable_acts
from app.ui.team.settle_bulk import SettleBulk
from app.ui.team.settle_choices import outcome, state_after
from app.ui.team.settle_deciding import Deciding
from app.ui.team.settle_facts import Facts, decision_of, load_facts
from app.ui.team.settle_pages import SettlePages
from app.ui.team.settle_queue import SettleQueue
from app.ui.team.settle_reading import QueueReader
from app.ui.team.settle_rows import NEXT_UP, TO_SETTLE, Queue, Row
from app.ui.team.settle_side import SettleSide
from app.ui.team.settle_stage import Stage
from app.ui.theme import icon, px, theme
from app.ui.views.team import TeamView
from app.ui.widgets import EmptyView, RememberingSplitter, button, tight

HIDES_NAMES = "team.settle.hide_names"
BULK, WORDS_FROM = "Settle in bulk", 480
"""From this width of the page and its lanes on (pixels at 100 %) the button says what it is."""
NOTHING = "Differences stand here once two coders have submitted the same study."


class SettleView(TeamView):
    """Holds the queue as it was read last; reads a document again after each decision on it."""

    def __init__(self, window: Window) -> None:
        """Build the three panels."""
        super().__init__(window)
        self.bridge = window.bridge
        self.reader = QueueReader(window.bridge, self)
        self.left = SettleQueue()
        self.pages = SettlePages(window)
        self.side = SettleSide(window.actions_table)
        self.bulk = SettleBulk()
        self.stage = Stage(self.pages)
        self.stage.hides_names = bool(settings().value(HIDES_NAMES, False))
        self.names_box = QCheckBox("Hide names")
        self.bulk_button = button(BULK, "small", icon=icon("copy-check"))
        self.bulk_button.setAccessibleName(BULK)
        self.empty = EmptyView("users", "Nothing to settle yet", NOTHING)
        self._decided: list[str] = []
        self._reading, self._own_note = 0, ""
        self._aside = ""
        """A difference that is shown though the filters hide it."""
        self._build()
        self.deciding_acts = Deciding(self, self.stage, self.side)
        self._connect()
        connect_actions(self)

    def _build(self) -> None:
        self.names_box.setChecked(self.stage.hides_names)
        self.names_box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.pages.head.addWidget(self.names_box)
        self.pages.head.addWidget(self.bulk_button)
        self._right = QStackedWidget()
        self._right.addWidget(self.side)
        self._right.addWidget(self.bulk)
        self.splitter = RememberingSplitter("team.settle", Qt.Orientation.Horizontal)
        self.splitter.fill(self.left, self.pages, self._right, sizes=[px(276), px(760), px(348)])
        for place, stretches in enumerate((0, 1, 0)):
            self.splitter.setStretchFactor(place, stretches)
        self._trim()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.splitter)
        tight(QVBoxLayout(self)).addWidget(self._stack)

    def _connect(self) -> None:
        self.bridge.changed.connect(
            lambda changes: self.reader.follow(changes, seen=self.isVisible())
        )
        self.reader.changed.connect(self._take_queue)
        self.reader.noted.connect(lambda: self._show_row(self.stage.row))
        self.left.list.chosen.connect(self._show_chosen)
        self.left.filtered.connect(self._show_rows)
        self.left.round_wanted.connect(self.reader.show_round)
        self.left.own_wanted.connect(self.show_own)
        self.left.accept_wanted.connect(self.accept)
        self.pages.opened.connect(self.stage.draw)
        self.pages.opened.connect(self._place_again)
        self.pages.failed.connect(self.window_of_places.messages.report)
        self.pages.lanes.picked.connect(self.go_to)
        self.side.gone_to.connect(self.go_to)
        self.side.noted.connect(self._note)
        self.names_box.toggled.connect(self.hide_names)
        self.bulk_button.clicked.connect(self.open_bulk)
        self.bulk.changed.connect(self._show_rows)
        self.bulk.wanted.connect(self.settle_bulk)
        self.bulk.left.connect(self.close_bulk)
        theme.changed.connect(self._trim)
        self.splitter.splitterMoved.connect(lambda _position, _index: self._trim())
        self.deciding_acts.acts_changed.connect(lambda acts: enable_acts(self, acts))

    # -- reading -----------------------------------------------------------------------------

    @property
    def project(self) -> Project:
        """The open project."""
        return self.bridge.project

    def panels(self) -> list[QWidget]:
        """Return what F6 goes through."""
        return [self.left.list, self.pages.canvas, self._right]

    @property
    def queue(self) -> Queue:
        """The queue as it was read last."""
        return self.reader.queue

    def refresh(self) -> None:
        """Read the queue where something has changed since."""
        self.reader.catch_up()

    def forget(self) -> None:
        """Let go of the project."""
        self._decided.clear()
        self._aside = ""
        self.left.own.set_on(False)
        self.reader.forget()
        self.pages.close_document()

    def show_own(self, own: bool) -> None:
        """Show your codings beside the consensus, or the differences of the team."""
        self.close_bulk()
        self.reader.show_own(own)

    def _take_queue(self) -> None:
        queue = self.stage.queue = self.reader.queue
        fact = next((r.name for r in self.reader.rounds if r.id == queue.round_id), "")
        if fact != self.fact:
            self.fact = fact
            self.fact_changed.emit()
        before = self._stack.currentWidget()
        self._stack.setCurrentWidget(self.splitter if queue.rows or queue.own else self.empty)
        self._show_queue()
        if self.reader.took_back and self._back_to_undone():
            self.reader.took_back = False
        if before is self.empty and queue.rows and self.isVisible():
            self.take_focus()

    def _show_queue(self) -> None:
        names = self.stage.names()
        self.left.show_queue(self.queue, self.reader.rounds, list(names.items()))
        if self._right.currentWidget() is self.bulk:
            self.bulk.offer([row.entry for row in self.queue.rows if row.entry is not None])
        self._show_rows()

    def _show_rows(self) -> None:
        """Show the rows that pass; the one with the cursor stays, or the next one comes."""
        before = self.left.list.differences.rows
        current = self.left.list.row() or self.stage.row
        filters = self.left.filters()
        in_bulk = self._right.currentWidget() is self.bulk
        if in_bulk:
            keys = self.bulk.keys()
            rows = [row for row in self.queue.rows if row.key in keys]
        elif self.queue.own:
            rows = [row for row in self.queue.rows if row.counts]
        else:
            rows = [row for row in self.queue.rows if filters.passes(row)]
        aside = self.queue.row(self._aside) if self._aside else None
        if aside is not None:
            self.left.show_rows(rows, "")
            self._show_row(aside)
            return
        key = _stay_or_next(current, before, rows)
        self._say_empty(bool(rows))
        self.left.show_rows(rows, key)
        self._show_row(self.left.list.row())

    def _say_empty(self, found: bool) -> None:
        if found:
            return
        say = self.left.empty.show_message
        open_ones = any(row.state in TO_SETTLE and row.counts for row in self.queue.rows)
        if self.queue.own:
            say("check", "As the consensus", "No passage of yours differs from it.")
        elif open_ones:
            clear = (("Clear filters", self.left.clear_filters),)
            told = "Differences are left, but the filters hide them."
            say("search-x", "None passes", told, clear)
        else:
            say("check", "All settled", "The consensus holds what was decided.")

    def _back_to_undone(self) -> bool:
        """Go to the difference whose decision was taken back; False while it is not known."""
        row = self.queue.row(self._decided[-1]) if self._decided else None
        if row is None or row.state not in TO_SETTLE:
            return False
        return self.left.list.choose(self._decided.pop())

    # -- one difference ----------------------------------------------------------------------

    def _show_chosen(self, row: Row | None) -> None:
        self._aside = ""
        self._show_row(row)

    def _show_row(self, row: Row | None, *, anew: bool = False) -> None:
        """Show a row; what is being asked of it goes on where it is still the same."""
        before = self.stage.row
        if row is not None and before is not None and row.key == before.key:
            self.stage.row = row
            self.stage.draw()
            anew = anew or row != before
        else:
            self.stage.show(row)
            anew = True
        if anew:
            self.deciding_acts.offer(row)
        if row is None:
            self.side.show_nothing()
            return
        if not self.bridge.is_open:
            return
        project = self.project
        self._reading += 1
        number = self._reading

        def read(_progress: object) -> tuple[int, Facts, tuple[Coding, ...]]:
            codings: tuple[Coding, ...] = ()
            if row.document_id:
                codings = list_codings(project, document_id=row.document_id)
            return number, load_facts(project, row), codings

        run(read, "Read a difference", self._take_facts, listed=False)

    def _take_facts(self, read: tuple[int, Facts, tuple[Coding, ...]]) -> None:
        number, facts, codings = read
        row = self.stage.row
        if row is None or number != self._reading or not self.bridge.is_open:
            return
        self.stage.codings = {coding.id: coding for coding in codings}
        self.stage.draw()
        names = self.stage.names()
        earlier = [(one, outcome(decision_of(one))) for one in self.queue.precedents(row)]
        self.side.show_difference(row, facts, self.stage.cards(row), earlier, names)
        self._own_note = facts.own_note

    def _place_again(self) -> None:
        row = self.stage.row
        if row is not None:
            self.pages.set_place(self.stage.place(row))

    def go_to(self, key: str) -> None:
        """Show a difference, also one that the filters hide."""
        row = self.queue.row(key)
        if row is not None and not self.left.list.choose(key):
            self._aside = key
            self.left.list.choose_none()
            self._show_row(row)

    def walk(self, direction: int) -> None:
        """Go to the next (1) or previous (-1) difference in the list."""
        rows = self.left.list.differences.rows
        if rows:
            place = self.left.list.currentIndex().row() + direction
            self.left.list.choose(rows[min(max(place, 0), len(rows) - 1)].key)

    # -- deciding ----------------------------------------------------------------------------

    def want(self, name: str) -> None:
        """Decide so, as its button does."""
        self.deciding_acts.want(name)

    def deciding(self, row: Row) -> Row | None:
        """Return a row as it stands now."""
        now = self.reader.current(row)
        self.stage.queue = self.queue
        return now

    def decided(self, row: Row, name: str, words: str) -> None:
        """Show the next difference that is open; say what was done and how to take it back."""
        self._decided.append(row.key)
        self._aside = ""
        upcoming = self._next_open(row)
        if upcoming:
            self.left.list.choose(upcoming, quiet=True)
        self.reader.mark(row, state_after(name))
        self.window_of_places.messages.removed(f"{words}.")
        self.take_focus()

    def _next_open(self, row: Row) -> str:
        rows = self.left.list.differences.rows
        place = self.left.list.differences.place_of(row.key)
        for other in (*rows[place + 1 :], *rows[: max(place, 0)]):
            if other.state in NEXT_UP:
                return other.key
        return ""

    def report(self, problem: UserError) -> None:
        """Say what is in the way."""
        self.window_of_places.messages.report(problem)

    def take_focus(self) -> None:
        """Give the keys to the queue."""
        self.left.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def accept(self) -> None:
        """Take everything that all coders agree on into the consensus, in one act."""
        project, entries = self.project, self.queue.agreed
        self._settle_many(lambda: accept_agreed(project, entries), "Accept what is agreed")

    def _settle_many(self, settle: object, title: str) -> None:
        assert callable(settle)
        run(lambda _progress: settle(), title, lambda made: self._told_many(len(made)))

    def _told_many(self, number: int) -> None:
        self.window_of_places.messages.removed(f"Settled {number:,}.")

    def open_bulk(self) -> None:
        """Show what can be settled in bulk."""
        self._right.setCurrentWidget(self.bulk)
        self._show_queue()
        self.bulk.apart.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_bulk(self) -> None:
        """Go back to one difference at a time."""
        if self._right.currentWidget() is self.bulk:
            self._right.setCurrentWidget(self.side)
            self._show_rows()
            self.take_focus()

    def settle_bulk(self) -> None:
        """Settle what the bulk panel has found, in one act."""
        project, choices = self.project, self.bulk.choices
        number = len(choices)
        self.close_bulk()
        label = f"Settle {number} differences in bulk"
        self._settle_many(lambda: decide_each(project, choices, label=label), label)

    def hide_names(self, hidden: bool) -> None:
        """Show "Coder 1" instead of a name, or names again; kept for next time."""
        self.stage.hides_names = hidden
        settings().remember(HIDES_NAMES, hidden)
        self._show_queue()
        self._show_row(self.stage.row, anew=True)

    def _note(self, words: str) -> None:
        row = self.stage.row
        decision = decision_of(row) if row is not None else None
        if decision is not None:
            before = f"{self._own_note}\n" if self._own_note else ""
            try:
                write_memo(self.project, DECISION, decision.id, before + words)
            except UserError as problem:
                self.report(problem)

    def _trim(self) -> None:
        """Keep room for the words of both panels, as far as the window has it."""
        for panel, length, share in ((self.left, 232, 0.28), (self._right, 320, 0.36)):
            panel.setMinimumWidth(min(px(length), round(self.width() * share)))
        roomy = self.pages.width() >= px(WORDS_FROM)
        self.bulk_button.setText(BULK if roomy else "")
        self.bulk_button.setToolTip("" if roomy else BULK)

    # -- events ------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the panels what they may have of the new width."""
        super().resizeEvent(event)
        self._trim()

    def showEvent(self, event: QShowEvent) -> None:
        """Let the keys of the view work, and catch up."""
        super().showEvent(event)
        enable_acts(self, self.deciding_acts.acts)
        self.refresh()
        self.take_focus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave the keys to others."""
        enable_acts(self, ())
        super().hideEvent(event)


def _stay_or_next(current: Row | None, before: Sequence[Row], rows: Sequence[Row]) -> str:
    """Return the key of the row that the cursor is to stand on."""
    keys = [row.key for row in rows]
    if not keys:
        return ""
    if current is None:
        return keys[0]
    if current.key in keys:
        return current.key
    old = [row.key for row in before]
    place = old.index(current.key) if current.key in old else 0
    following = [key for key in old[place:] if key in keys]
    return following[0] if following else keys[min(place, len(keys) - 1)]
