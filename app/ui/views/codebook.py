"""The place Codebook: all codes at the left, the chosen one in full beside them, its history."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QStackedWidget, QWidget

from app.coding.code_history import changed_here, changed_since, revisions_of, versions
from app.coding.codebook import Codebook
from app.coding.extracts import ExtractFilter
from app.coding.listing import list_codings
from app.coding.rechecks import list_rechecks
from app.models.changes import Changes
from app.ui.bridge import ProjectBridge
from app.ui.dates import spoken_date
from app.ui.place import Window
from app.ui.search import Finding
from app.ui.theme import icon, px, scale, theme
from app.ui.views.code_acts import CodebookActs
from app.ui.views.code_counts import CodeCounts
from app.ui.views.code_group import GroupPage
from app.ui.views.code_making import CodeMaking
from app.ui.views.code_page import CodePage
from app.ui.views.code_side import CodeSide
from app.ui.views.code_tree import CodeTreePanel
from app.ui.views.code_tree_editing import CodebookTree, moved_by_key
from app.ui.views.code_tree_model import CATEGORY, CLUSTER, CODE
from app.ui.views.codebook_doors import CodebookDoors
from app.ui.views.evidence_source import CODEBOOK, EvidenceSource
from app.ui.views.extracts_source import ExtractsSource
from app.ui.views.folding import holds_all_words
from app.ui.views.passages import PassageRow, open_row, single_rows
from app.ui.views.people import people_of
from app.ui.views.studies_rows import count
from app.ui.views.view_place import ViewPlace
from app.ui.views.wiring import wire
from app.ui.widgets import EmptyView, RememberingSplitter, icon_button

LEAST_TREE = 240
CONCERNS = (*CODEBOOK, "code_alias", "recheck", "recheck_mark")


class CodebookPlace(ViewPlace):
    """Tree, page and history; everything is edited where it stands."""

    key = "codebook"
    title = "Codebook"

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._bridge = window.bridge
        self._source = EvidenceSource.of(window.bridge)
        self._extracts = ExtractsSource.of(window.bridge)
        self.counts = CodeCounts(window.bridge)
        self.acts = CodebookActs(window.bridge, window.messages)
        self.tree = CodeTreePanel(window.bridge, tree=CodebookTree)
        self.tree.set_document(None)
        self.tree.tree.set_shows_here(True)
        self.tree.heads.here = "Mine"
        self.tree.heads.setToolTip("Mine: studies in which you used the code. All: of everyone.")
        self.page, self.group, self.side_panel = CodePage(), GroupPage(), CodeSide()
        self.making = CodeMaking(self.tree, self.acts, self._source.codebook)
        self.doors = CodebookDoors(self)
        self._build()
        self._connect()

    def _build(self) -> None:
        add = icon_button(icon("plus"), "New code", tip="New code  Ins")
        add.clicked.connect(self.making.new_code)
        self.tree.top_row.addWidget(add)
        self._middle = QStackedWidget()
        self._middle.addWidget(self.page)
        self._middle.addWidget(self.group)
        self._middle.addWidget(self.doors.preview)
        self._splitter = RememberingSplitter("codebook")
        self._splitter.fill(self.tree, self._middle, sizes=[px(304), px(900)])
        self._splitter.setStretchFactor(0, 0)
        self._splitter.setStretchFactor(1, 1)
        self._scale = scale()
        self._measure()
        self._empty = EmptyView(
            "list-tree",
            "No codebook yet",
            "A codebook holds the factors you code with. Begin one here, or take in a file.",
            (("New cluster", self._begin, "plus"), ("Import…", self.doors.ask_import)),
            primary=True,
        )
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._splitter)
        self._stack.addWidget(self._empty)
        self.setFocusProxy(self.tree.tree)

    def _connect(self) -> None:
        theme.changed.connect(self._measure)
        tree, page, acts, side = self.tree, self.page, self.acts, self.side_panel
        tree.code_chosen.connect(self._show)
        tree.group_chosen.connect(self._show_group)
        tree.code_activated.connect(self._show_extracts)
        tree.tree.clicked.connect(self.hide_preview)
        tree.model.renamed.connect(acts.rename)
        tree.tree.dropped.connect(acts.move)  # type: ignore[attr-defined]
        self.making.made.connect(self._show_made)
        page.code_asked.connect(tree.choose_code)
        page.extracts_asked.connect(self._show_extracts)
        page.edited.connect(lambda code_id, parts: page.tell(acts.edit(code_id, **parts)))
        page.renamed.connect(partial(acts.rename, CODE))
        page.merged.connect(self._merge)
        page.split_asked.connect(self._ask_split)
        page.split.connect(self._split)
        page.retired.connect(acts.retire)
        page.restored.connect(acts.bring_back)
        page.passage_asked.connect(self.doors.open_example)
        self.group.renamed.connect(acts.rename)
        self.group.code_wanted.connect(lambda kind, row: self.making.ask(CODE, (kind, row)))
        self.group.group_wanted.connect(lambda kind, row: self.making.ask(CATEGORY, (kind, row)))
        self.group.removed.connect(acts.remove)
        self.group.version_named.connect(acts.name_version)
        side.revisions.look_again_asked.connect(self._ask_to_look_again)
        side.passage_opened.connect(self._open_row)
        again = side.again
        again.kept.connect(acts.keep)
        again.removed.connect(acts.drop)
        again.recoded.connect(acts.recode)
        again.closed.connect(acts.close_recheck)
        self._source.changed.connect(self.refresh_when_seen)
        self._extracts.changed.connect(self._show_passages)
        self._bridge.changed.connect(self._notice)
        self._bridge.about_to_close.connect(page.record)
        self.window_of_places.actions_table.attach("codebook", tree)
        wire(self.window_of_places, self.key)

    def codebook(self) -> Codebook | None:
        """Return the codebook shown; None while no project is open."""
        return self._source.codebook()

    def show_preview(self, preview: QWidget) -> None:
        """Show in the middle what a file would change."""
        self._stack.setCurrentWidget(self._splitter)
        self._middle.setCurrentWidget(preview)

    def hide_preview(self) -> None:
        """Show the code again."""
        if self._middle.currentWidget() is self.doors.preview:
            self._middle.setCurrentWidget(self.page)
            self.refresh()

    def _turn_to(self, widget: QWidget) -> None:
        """Show the code or group; a file that is looked at stays until it is answered."""
        if self._middle.currentWidget() is not self.doors.preview:
            self._middle.setCurrentWidget(widget)

    # -- what the window asks ----------------------------------------------------------------

    def panels(self) -> list[QWidget]:
        """Return what F6 goes through."""
        return [self.tree.field, self.tree.tree, self.page, self.side_panel.switch]

    def tools(self) -> list[QWidget]:
        """Return import and export."""
        return self.doors.tools()

    def side(self) -> QWidget:
        """Return revisions, passages to look at again, passages."""
        return self.side_panel

    def set_project(self, bridge: ProjectBridge) -> None:
        """Show the codebook of the project."""
        self.refresh_when_seen()

    def show_code(self, code_id: str) -> None:
        """Put the cursor on a code and show it."""
        self.doors.close_preview()
        self.tree.choose_code(code_id)
        self.tree.tree.setFocus()

    def findings(self, query: str) -> list[Finding]:
        """Offer codes by name, also by a name they had."""
        codebook = self._source.codebook()
        if codebook is None:
            return []
        return [
            Finding(
                "Codes",
                code.name,
                codebook.cluster(code.cluster_id).name,
                partial(self.window_of_places.show_code, code.id),
                "tag",
                code.hot_key.upper(),
                codebook.cluster(code.cluster_id).number or "context",
            )
            for code in codebook.codes
            if not code.retired
            and holds_all_words(" ".join((code.name, *code.former_names)), query)
        ][:8]

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what was being written."""
        self.page.record()
        super().hideEvent(event)

    # -- showing -----------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show codebook and counts as they are now."""
        codebook = self._source.codebook()
        if codebook is None:
            return
        has_rows = bool(codebook.clusters)
        self._stack.setCurrentWidget(self._splitter if has_rows else self._empty)
        self.show_surroundings(has_rows)
        tree = self.tree.tree
        assert isinstance(tree, CodebookTree)
        tree.set_codebook(codebook)
        self.tree.set_here_counts(self.counts.my_studies())
        self.tree.refresh()
        self.title_and_fact()
        kind, chosen = self.tree.chosen()
        if kind == CODE:
            self._show(chosen)
        elif kind in (CATEGORY, CLUSTER):
            self._show_group(kind, chosen)
        elif codebook.codes:
            tree.choose_first()
        elif has_rows:
            tree.setCurrentIndex(self.tree.proxy.index(0, 0))

    def title_and_fact(self) -> None:
        """Name codebook and version in the header."""
        codebook = self._source.codebook()
        if codebook is None or not codebook.codes:
            self.fact = ""
        else:
            codes = count(self.tree.model.counts(CODE), "code")
            categories = self.tree.model.counts(CATEGORY)
            self.fact = (
                f"{codebook.title}, version {codebook.version}: {codes} in {categories} categories"
            )
        self.title_changed.emit()

    def _notice(self, changes: Changes) -> None:
        if changes.touches(*CONCERNS):
            self.refresh_when_seen()

    def _show(self, code_id: str) -> None:
        codebook = self._source.codebook()
        if codebook is None or not any(code.id == code_id for code in codebook.codes):
            return
        code = codebook.code(code_id)
        self._turn_to(self.page)
        revisions = revisions_of(self._bridge.project, code_id)
        self.page.show_code(codebook, code, self.counts.uses(code), len(revisions) + 1)
        rechecks = list_rechecks(self._bridge.project, code_id)
        waiting = sum(len(one.open_codings) for one in rechecks)
        self.side_panel.revisions.show_revisions(
            revisions, self.counts.coded_before(code, revisions)
        )
        self.side_panel.show_waiting(waiting)
        self.page.mark_proposal(code_id in changed_here(self._bridge.project))
        self._show_passages()

    def _show_group(self, kind: str, row_id: str) -> None:
        codebook = self._source.codebook()
        if codebook is None:
            return
        groups = codebook.clusters if kind == CLUSTER else codebook.categories
        if any(group.id == row_id for group in groups):
            self.page.record()
            self.group.show_group(codebook, kind, row_id)
            self._show_changes(codebook, kind, row_id)
            self._turn_to(self.group)

    def _show_changes(self, codebook: Codebook, kind: str, row_id: str) -> None:
        """Show what changed in a group since the codebook got its version."""
        known = versions(self._bridge.project)
        version, since = known[0] if known else ("", "")
        names = {
            code.id: code.name
            for code in codebook.codes
            if row_id == (code.cluster_id if kind == CLUSTER else code.category_id)
        }
        changed = changed_since(self._bridge.project, since)
        found = [one for one in changed if one.code_id in names]
        head = f"Changes here since version {version or '1'}, {spoken_date(since)}"
        self.side_panel.show_group(found, names, f"{head}." if found else f"{head}: none.")
        self.group.show_version(version)

    def _show_passages(self) -> None:
        """Fill the lists beside the code, as soon as the extracts are read."""
        if self.isVisible() and self._bridge.is_open:
            self._extracts.when_current(self._fill_passages)

    def _fill_passages(self) -> None:
        codebook, code_id = self._source.codebook(), self.page.code_id
        is_shown = self._middle.currentWidget() is self.page
        if codebook is None or not self._bridge.is_open or not is_shown:
            return
        known = next((code for code in codebook.codes if code.id == code_id), None)
        if known is None:
            return
        number = codebook.cluster(known.cluster_id).number
        people = people_of(self._bridge)
        found = [one for one in self._extracts.extracts() if one.code_id == code_id]
        self.side_panel.passages.set_people(people)
        self.side_panel.passages.show_rows(single_rows(found, number))
        rechecks = list_rechecks(self._bridge.project, code_id)
        open_ones = [one for one in rechecks if one.open_codings] or list(rechecks)

        def row_of(coding_id: str) -> PassageRow | None:
            extract = self._extracts.get(coding_id)
            return single_rows([extract], number)[0] if extract is not None else None

        recheck = open_ones[0] if open_ones else None
        self.side_panel.again.show_recheck(recheck, codebook, people, row_of)
        self.side_panel.refresh_tab()

    # -- acting ------------------------------------------------------------------------------

    def new_code(self) -> None:
        """Ask for the name of a code beside the one the cursor is on."""
        self.making.new_code()

    def new_category(self) -> None:
        """Ask for the name of a category in the cluster the cursor is in."""
        self.making.new_category()

    def new_cluster(self) -> None:
        """Ask for the name of a cluster."""
        self._begin()

    def ask_import(self) -> None:
        """Ask for a codebook file and show what it would change."""
        self.doors.ask_import()

    def ask_export(self) -> None:
        """Ask where to write the codebook, and write it."""
        self.doors.ask_export()

    def rename(self) -> None:
        """Write another name over the row the cursor is on."""
        index = self.tree.tree.currentIndex()
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.tree.tree.edit(index)

    def retire(self) -> None:
        """Retire the code the cursor is on, or remove the empty group."""
        kind, row_id = self.tree.chosen()
        if kind in (CODE, CATEGORY, CLUSTER):
            self.acts.remove(kind, row_id)

    def move_chosen(self, by: int) -> None:
        """Put the row the cursor is on one place up (-1) or down (1)."""
        codebook = self._source.codebook()
        kind, row_id = self.tree.chosen()
        move = moved_by_key(codebook, kind, row_id, by) if codebook and row_id else None
        if move is not None:
            self.acts.move(move)

    def merge(self) -> None:
        """Ask into which code the one shown goes."""
        if self._middle.currentWidget() is self.page:
            self.page.open_merge()

    def split(self) -> None:
        """Ask for the code to be parted from the one shown."""
        if self._middle.currentWidget() is self.page:
            self._ask_split(self.page.code_id)

    def look_again(self) -> None:
        """Go to the passages to look at again."""
        self.side_panel.show_tab("again")
        self.side_panel.again.list.enter()

    def _begin(self) -> None:
        self._stack.setCurrentWidget(self._splitter)
        self.making.new_cluster()

    def _show_made(self, row_id: str) -> None:
        self.refresh()
        self.show_code(row_id)

    def _merge(self, code_id: str, into: str) -> None:
        if self.acts.merge(code_id, into):
            self.page.merge_panel.hide()
            self.show_code(into)

    def _ask_split(self, code_id: str) -> None:
        codebook = self._source.codebook()
        if codebook is None or not code_id:
            return
        codings = list_codings(self._bridge.project, code_id=code_id)
        actor = self._bridge.project.actor_id
        read = {c.id: self._extracts.get(c.id) for c in codings if c.coder_id == actor}
        words = {c.id: " ".join(c.quote.split()) for c in codings}
        own = [(one, extract.clean if extract else words[one]) for one, extract in read.items()]
        self.page.merge_panel.hide()
        self.page.split_panel.ask(codebook.code(code_id), own, len(codings) - len(own))

    def _split(self, code_id: str, name: str, coding_ids: list[str]) -> None:
        made = self.acts.split(code_id, name, coding_ids)
        if made:
            self.page.split_panel.hide()
            self.show_code(made)

    def _ask_to_look_again(self, reason: str) -> None:
        self.acts.ask_to_look_again(self.page.code_id, reason)
        self.look_again()

    def _open_row(self, row: PassageRow) -> None:
        open_row(self.window_of_places, row)

    def _show_extracts(self, code_id: str, valence: str = "") -> None:
        self.window_of_places.show_extracts(
            ExtractFilter(
                code_ids=frozenset({code_id}),
                valences=frozenset({valence}) if valence else None,
            )
        )

    # -- the size of things ------------------------------------------------------------------

    def _measure(self) -> None:
        """Let the panel of codes follow the size of text."""
        self._keep_balance()
        if scale() != self._scale:
            ratio, self._scale = scale() / self._scale, scale()
            left, right = self._splitter.sizes()
            grown = min(round(left * ratio), (left + right) // 2)
            self._splitter.setSizes([grown, left + right - grown])

    def _keep_balance(self) -> None:
        """Leave at least half of the width to the page of the code."""
        self.tree.setMinimumWidth(min(px(LEAST_TREE), self.width() * 2 // 5))
        left, right = self._splitter.sizes()
        if left > right > 0:
            half = (left + right) // 2
            self._splitter.setSizes([half, left + right - half])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share a new width out."""
        super().resizeEvent(event)
        self._keep_balance()
