"""Overview: rounds, who codes what, how far everybody is, files that go out."""

from pathlib import Path

from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.coding.coder_joins import join_coders
from app.coding.people import add_round
from app.coding.roster import (
    SUBMITTED,
    assign_pairs,
    rename_round,
    reopen_documents,
    unassign_pairs,
)
from app.errors import UserError
from app.ui.dates import counted
from app.ui.place import Window
from app.ui.tasks import run
from app.ui.team.overview_data import Loaded, load
from app.ui.team.progress_rows import ProgressRows
from app.ui.team.roster_cards import HandOutCard, RoundCard, ShareCard, submission_name
from app.ui.team.roster_table import RosterTable, can_assign, can_unassign
from app.ui.theme import icon, px
from app.ui.views.team import TeamView
from app.ui.widgets import EmptyView, NoticeBar, button, clear, icon_button, line, tight
from app.ui.widgets.notices import Notice

ON_CELLS = ("team.assign", "team.unassign", "team.reopen", "team.show_codings")
HANDIN_FILTER = "Hand-ins (*.cofactor-handin)"


class OverviewView(TeamView):
    """The dashboard of one round."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._bridge = window.bridge
        self.loaded: Loaded | None = None
        self._round_id, self._ticket, self._only = "", 0, ""
        self.rounds = QComboBox()
        self.rounds.setAccessibleName("Round")
        self.rounds.setMinimumWidth(px(160))
        self.rounds.activated.connect(self._choose_round)
        self.table = RosterTable(self._bridge, window.actions_table)
        self.progress = ProgressRows()
        self._notices = tight(QVBoxLayout(), 8)
        self.empty = EmptyView("users", "", "")
        self._cards: dict[str, QWidget] = {}
        self._build()
        self._connect()

    def refresh(self) -> None:
        """Read the round again, off the window's thread."""
        if not self._bridge.is_open:
            return
        project, round_id = self._bridge.project, self._round_id
        self._ticket += 1
        ticket = self._ticket

        def done(loaded: Loaded) -> None:
            if ticket == self._ticket and self._bridge.is_open:
                self._take(loaded)

        run(lambda _progress: load(project, round_id), "Read the roster", done, listed=False)

    def forget(self) -> None:
        """Let go of the project."""
        self._ticket += 1
        self.loaded, self._round_id, self._only = None, "", ""
        self.table.roster.show_rows((), ())

    def panels(self) -> list[QWidget]:
        """Return table and tools."""
        return [self._tools, self.table]

    # -- what the actions do -----------------------------------------------------------------

    def new_round(self) -> None:
        """Ask for a new round."""
        card = self._round_card()
        card.act = lambda: self._add_round(card)
        card.begin()

    def rename(self) -> None:
        """Ask for another name of the round."""
        if self.loaded is not None:
            card = self._round_card()
            card.act = lambda: self._rename(card)
            card.begin(self.loaded.round)

    def share(self) -> None:
        """Ask how the chosen documents, or all, are to be put on lists."""
        if self.loaded is None:
            return
        card = self._cards.get("share")
        if not isinstance(card, ShareCard):
            card = self._cards["share"] = ShareCard(self)
        chosen = self.table.chosen_documents()
        every = [row.document_id for row in self.loaded.rows]
        wanted = chosen if len(chosen) > 1 else every
        card.act = lambda: self._share(card)
        card.begin(wanted, self.loaded.coders, len(every))

    def assign(self) -> None:
        """Put the chosen cells on the lists; where all are on them, take them off."""
        works = self.table.chosen_work()
        if works and not can_assign(works):
            self.unassign()
            return
        pairs = [(w.document_id, w.coder_id) for w in works if not w.assigned]
        if pairs:
            self._do(lambda: assign_pairs(self._bridge.project, self._shown_round(), pairs))

    def unassign(self) -> None:
        """Take the chosen cells off the lists."""
        works = [w for w in self.table.chosen_work() if w.assigned]
        pairs = [(w.document_id, w.coder_id) for w in works]
        if pairs:
            self._do(lambda: unassign_pairs(self._bridge.project, self._shown_round(), pairs))

    def reopen(self) -> None:
        """Open the chosen submitted documents again; the log keeps that."""
        layers = [w.layer_id for w in self.table.chosen_work() if w.state == SUBMITTED]
        if layers and self._do(lambda: reopen_documents(self._bridge.project, layers)):
            many = counted(len(layers), "document is", "documents are")
            self.window_of_places.messages.success(f"{many} open again.", undo=True)

    def read(self) -> None:
        """Open the document of the row."""
        document_id = self.table.current_document()
        if document_id:
            self.window_of_places.open_passage(document_id)

    def show_codings(self) -> None:
        """Show the codings of the chosen cells as extracts."""
        works = self.table.chosen_work()
        if works:
            self._extracts(
                frozenset(w.coder_id for w in works),
                frozenset(w.document_id for w in works),
            )

    def hand_out(self, coder_id: str = "") -> None:
        """Ask for whom a blind copy is to be made."""
        if self.loaded is None:
            return
        card = self._cards.get("hand out")
        if not isinstance(card, HandOutCard):
            card = self._cards["hand out"] = HandOutCard(self)
        card.act = lambda: self._ask_hand_out(card)
        you = self._bridge.project.actor_id or ""
        card.begin(self.loaded.coders, self.loaded.rounds, coder_id, you)

    def write_hand_out(
        self, coder_id: str, round_id: str | None, path: Path, *, with_pdfs: bool
    ) -> None:
        """Write a blind copy in the background and say what is in it."""
        from app.coding.team_files import hand_out

        project, messages = self._bridge.project, self.window_of_places.messages

        def done(report: object) -> None:
            documents = counted(report.documents, "document", "documents")  # type: ignore[attr-defined]
            size = _size(report.byte_count)  # type: ignore[attr-defined]
            pdfs = "with PDFs" if with_pdfs else "without PDFs"
            messages.success(f"Handed out as {path.name}.", f"{documents}, {pdfs}, {size}.")

        run(
            lambda _p: hand_out(project, coder_id, path, round_=round_id, with_pdfs=with_pdfs),
            "Write hand-out",
            done,
        )

    def ask_send_back(self) -> None:
        """Ask where the file for the lead is to be."""
        if self.loaded is None:
            return
        you = self._bridge.project.actor_id
        name = next((c.name for c in self.loaded.coders if c.id == you), "work")
        folder = Path(self._bridge.project.path).parent
        proposed = submission_name(name, self.loaded.round.name, folder)
        path, _ = QFileDialog.getSaveFileName(self, "Send back", str(proposed), HANDIN_FILTER)
        if path:
            self.send_back(Path(path))

    def send_back(self, path: Path) -> None:
        """Write what you did for the lead, and say what is in it."""
        from app.coding.team_files import submit

        project, messages = self._bridge.project, self.window_of_places.messages

        def done(report: object) -> None:
            codings = counted(report.codings, "coding", "codings")  # type: ignore[attr-defined]
            size = _size(report.byte_count)  # type: ignore[attr-defined]
            messages.success(
                f"Saved as {path.name}: {codings}, {size}.", "Send this file to the team lead."
            )

        run(lambda _p: submit(project, path), "Write hand-in", done)

    # -- inside ------------------------------------------------------------------------------

    def _take(self, loaded: Loaded) -> None:
        self.loaded, self._round_id = loaded, loaded.round.id
        self.rounds.clear()
        for round_ in loaded.rounds:
            kind = "" if round_.kind == "coding" else f" ({round_.kind})"
            self.rounds.addItem(f"{round_.name}{kind}", round_.id)
        self.rounds.setCurrentIndex(self.rounds.findData(loaded.round.id))
        you = self._bridge.project.actor_id
        self.progress.show_progress(loaded.progress, loaded.coders, you)
        rows = [
            row
            for row in loaded.rows
            if not self._only
            or (row.work[self._only].assigned and row.work[self._only].state != SUBMITTED)
        ]
        self.table.roster.show_rows(rows, loaded.coders)
        self._send.setVisible(loaded.is_handout)
        for widget in (self._new, self._rename_button, self._share_button, self._hand_out):
            widget.setVisible(not loaded.is_handout)
        self._tell(loaded)
        self._say_fact(loaded)
        empty = not loaded.rows
        self._stack.setCurrentWidget(self.empty if empty else self._full)
        if empty:
            self._say_empty(loaded)
        self._dress()

    def _say_fact(self, loaded: Loaded) -> None:
        done = sum(p.submitted for p in loaded.progress)
        on_lists = sum(p.assigned for p in loaded.progress)
        words = f"{done} of {max(done, on_lists)} submitted" if on_lists or done else ""
        self.fact = f"Your list: {words}" if loaded.is_handout and words else words
        self.fact_changed.emit()

    def _tell(self, loaded: Loaded) -> None:
        clear(self._notices)
        if self._only:
            name = next((c.name for c in loaded.coders if c.id == self._only), "")
            self._notice(
                f"Shown is what {name} has not finished.", "", (("Show all", self._show_all),)
            )
        for offer in loaded.offers[:2]:
            same = offer.name == offer.into_name
            self._notice(
                f"{offer.name} is here under two ids."
                if same
                else f"{offer.name} and {offer.into_name} may be one person.",
                "Joined, their work counts together; this can be undone.",
                (("Join", lambda o=offer: self._join(o.coder_id, o.into_id)),),
            )

    def _notice(self, text: str, detail: str, buttons: tuple) -> None:  # type: ignore[type-arg]
        made = NoticeBar(Notice("info", text, detail, buttons))
        made.closed.connect(made.hide)
        self._notices.addWidget(made)

    def _join(self, coder_id: str, into_id: str) -> None:
        self._do(lambda: join_coders(self._bridge.project, coder_id, into_id))

    def _say_empty(self, loaded: Loaded) -> None:
        table = self.window_of_places.actions_table
        if not loaded.coders:
            self.empty.show_message(
                "user-plus",
                "Nobody codes here yet",
                "Add the people who code; then documents can be put on their lists.",
                (("Add a coder", lambda: table.trigger("team.add_coder")),),
                primary=True,
            )
        else:
            self.empty.show_message(
                "file-plus-2",
                "No documents yet",
                "Add the PDFs of your studies; here you see who codes which of them.",
                (("Add PDFs", lambda: table.trigger("file.add_pdfs")),),
                primary=True,
            )

    def _shown_round(self) -> str:
        return self.loaded.round.id if self.loaded is not None else ""

    def _choose_round(self, at: int) -> None:
        self._round_id, self._only = str(self.rounds.itemData(at)), ""
        self.refresh()

    def _only_open(self, coder_id: str) -> None:
        self._only = coder_id
        self.refresh()

    def _show_all(self) -> None:
        self._only = ""
        self.refresh()

    def _extracts(self, coders: frozenset[str], documents: frozenset[str] | None = None) -> None:
        from app.coding.extracts import ExtractFilter

        wanted = ExtractFilter(coder_ids=coders, document_ids=documents)
        self.window_of_places.show_extracts(wanted)

    def _round_card(self) -> RoundCard:
        card = self._cards.get("round")
        if not isinstance(card, RoundCard):
            card = self._cards["round"] = RoundCard(self)
        return card

    def _add_round(self, card: RoundCard) -> None:
        self._round_id = add_round(self._bridge.project, card.name.text(), kind=card.kind.key)
        card.hide()
        self.refresh()

    def _rename(self, card: RoundCard) -> None:
        rename_round(self._bridge.project, self._shown_round(), card.name.text())
        card.hide()

    def _share(self, card: ShareCard) -> None:
        pairs = card.pairs()
        made = assign_pairs(
            self._bridge.project, self._shown_round(), pairs, label="Put documents on lists"
        )
        card.hide()
        many = counted(made, "entry", "entries")
        self.window_of_places.messages.success(f"{many} put on lists.", undo=made > 0)

    def _ask_hand_out(self, card: HandOutCard) -> None:
        folder = Path(self._bridge.project.path).parent
        proposed = folder / card.file_name(self._bridge.project.title)
        path, _ = QFileDialog.getSaveFileName(
            self, "Hand out", str(proposed), "Cofactor projects (*.cofactor)"
        )
        if path:
            card.hide()
            self.write_hand_out(
                card.coder.currentData(),
                card.round.currentData(),
                Path(path),
                with_pdfs=card.with_pdfs.isChecked(),
            )

    def _do(self, act: object) -> bool:
        try:
            act()  # type: ignore[operator]
        except UserError as problem:
            self.window_of_places.messages.report(problem)
            return False
        return True

    def _dress(self) -> None:
        works = self.table.chosen_work() if self.loaded is not None else []
        table = self.window_of_places.actions_table
        none = "Choose documents in the overview first."
        leads = self.loaded is not None and not self.loaded.is_handout
        table.enable("team.assign", leads and bool(works), none)
        table.enable("team.unassign", leads and can_unassign(works), none)
        done = any(w.state == SUBMITTED for w in works)
        table.enable("team.reopen", done, "None of these has been submitted.")
        table.enable("team.show_codings", any(w.codings for w in works), none)
        table.enable("team.read", bool(self.table.current_document()), none)

    def _connect(self) -> None:
        self.table.picked.connect(self._dress)
        self.table.opened.connect(self.window_of_places.open_passage)
        self.progress.submitted_asked.connect(self._only_open)
        self.progress.codings_asked.connect(lambda coder: self._extracts(frozenset({coder})))
        connect = self.window_of_places.actions_table.connect
        for action_id, act in (
            ("team.assign", self.assign), ("team.unassign", self.unassign),
            ("team.reopen", self.reopen), ("team.read", self.read),
            ("team.show_codings", self.show_codings),
        ):  # fmt: skip
            connect(action_id, act, enabled=False)

    def _build(self) -> None:
        self._tools = QWidget()
        row = tight(QHBoxLayout(self._tools), 8, (16, 12, 16, 12))
        self._new = button("New round", icon=icon("plus"))
        self._rename_button = icon_button(icon("pencil"), "Rename this round")
        self._share_button = button("Put on lists…", icon=icon("list"))
        self._hand_out = button("Hand out…", "primary", icon=icon("download", "on_accent"))
        self._send = button("Send back…", "primary", icon=icon("download", "on_accent"))
        for made, act in (
            (self._new, self.new_round), (self._rename_button, self.rename),
            (self._share_button, self.share), (self._hand_out, lambda: self.hand_out()),
            (self._send, self.ask_send_back),
        ):  # fmt: skip
            made.clicked.connect(lambda _checked=False, act=act: act())
        for widget in (self.rounds, self._rename_button, self._new):
            row.addWidget(widget)
        row.addStretch(1)
        for widget in (self._share_button, self._hand_out, self._send):
            row.addWidget(widget)
        self._full = QWidget()
        column = tight(QVBoxLayout(self._full))
        above = tight(QVBoxLayout(), 8, (16, 4, 16, 12))
        above.addWidget(self.progress)
        above.addLayout(self._notices)
        column.addLayout(above)
        column.addWidget(line())
        column.addWidget(self.table, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._full)
        self._stack.addWidget(self.empty)
        whole = tight(QVBoxLayout(self))
        whole.addWidget(self._tools)
        whole.addWidget(line())
        whole.addWidget(self._stack, 1)


def _size(number: int) -> str:
    return f"{number / 1_000_000:.1f} MB" if number >= 1_000_000 else f"{number // 1000 + 1} kB"
