"""The place Analysis: the network of codes and the table of codes by study, with the passages."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QMenu,
    QStackedLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.analysis.evidence import Evidence
from app.coding.extracts import Extract
from app.errors import UserError
from app.exchange.network_export import WITHOUT_CONSENSUS
from app.ui.bridge import ProjectBridge
from app.ui.place import Window
from app.ui.theme import icon, px
from app.ui.views.analysis_state import AnalysisState, Question
from app.ui.views.analysis_words import FORMATS, HINTS, NETWORK, TABLE
from app.ui.views.code_study_legend import CodeStudyLegend
from app.ui.views.code_study_model import CodeStudyModel
from app.ui.views.code_study_view import CodeStudyTable
from app.ui.views.coding_filters import CodingFilters
from app.ui.views.evidence_source import EvidenceSource
from app.ui.views.extracts_source import ExtractsSource
from app.ui.views.narrow_tools import NarrowTools
from app.ui.views.network_legend import NetworkLegend
from app.ui.views.network_scene import Target
from app.ui.views.network_view import STEP, NetworkView
from app.ui.views.passages import PassageRow, mixed_rows, open_row, pair_rows, single_rows
from app.ui.views.passages_panel import PassagesPanel, Subject, sentences
from app.ui.views.people import people_of
from app.ui.views.studies_rows import count
from app.ui.views.view_place import ViewPlace
from app.ui.views.wiring import wire
from app.ui.widgets import (
    Chip,
    EmptyView,
    FilterRow,
    SegmentedControl,
    button,
    frame,
    icon_button,
    label,
    line,
    tight,
)

LEGEND_FROM = 240  # px at 100 %
KINDS = ("coder", "cluster", "valence", "stage", "study")


class AnalysisPlace(ViewPlace):
    """Two faces of one filtered evidence."""

    key = "analysis"
    title = "Analysis"

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._bridge = window.bridge
        self._source = EvidenceSource.of(window.bridge)
        self._extracts = ExtractsSource.of(window.bridge)
        self.state = AnalysisState()
        self.minimum = 3
        self._cell: tuple[int, int] | None = None
        self.network = NetworkView()
        self.legend = NetworkLegend()
        self.model = CodeStudyModel(self)
        self.table = CodeStudyTable(self.model)
        self.panel = PassagesPanel()
        self._faces = QStackedWidget()
        self._faces.addWidget(self._make_network_face())
        self._faces.addWidget(self._make_table_face())
        self._empty = EmptyView("waypoints", "Nothing to count yet", "")
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._faces)
        self._stack.addWidget(self._empty)
        self._row = FilterRow()
        self.filters_of_codings = CodingFilters(self._bridge, self._row, KINDS)
        self._minimum_chip = Chip("", is_set=True, removable=False)
        self._minimum_chip.set_menu(self._minimum_menu)
        self._minimum_chip.setVisible(False)
        self._row.insert(0, self._minimum_chip)
        self.face = SegmentedControl(((NETWORK, "Network"), (TABLE, "Codes by study")))
        self._export = button("Export", icon=icon("image-down"), tip="Save the network")
        self._export.clicked.connect(self._open_export_menu)
        short = {NETWORK: "Network", TABLE: "Table"}
        self._narrow_tools = NarrowTools(self, self.face, short, self._export)
        self.setFocusProxy(self.network)
        self._connect()

    def tools(self) -> list[QWidget]:
        """Return faces and export."""
        return [self.face, self._export]

    def filters(self) -> QWidget:
        """Return the chips."""
        return self._row

    def side(self) -> QWidget:
        """Return the passages."""
        return self.panel

    def panels(self) -> list[QWidget]:
        """Return what F6 goes through."""
        return [self.network if self.face.key == NETWORK else self.table, self.panel.list]

    def set_project(self, bridge: ProjectBridge) -> None:
        """Count the project's codings."""
        self.refresh_when_seen()

    def refresh(self) -> None:
        """Take up codebook and codings as they are now."""
        if self._bridge.is_open:
            self.filters_of_codings.refresh()
            self.recount()
            self._extracts.when_current(self._fill_panel)

    def recount(self) -> None:
        """Count again and show both faces; what is chosen stays."""
        everything, codebook = self._source.evidence(), self._source.codebook()
        if everything is None or codebook is None:
            return
        if not len(everything):
            self._tell_nothing_coded()
            return
        self.show_surroundings(True)
        self.state.ask(everything, codebook, self._question(everything))
        evidence, figure = self.state.evidence, self.state.figure
        assert evidence is not None
        assert figure is not None
        self._row.show_count(
            f"{count(self.state.studies(), 'study')}, {count(len(evidence), 'coding')}"
        )
        if not len(evidence):
            self._tell_filtered_away()
            return
        self._stack.setCurrentWidget(self._faces)
        numbers = {cluster.id: cluster.number for cluster in evidence.clusters}
        self.network.show_figure(figure, numbers)
        self.legend.show_figure(figure)
        studies = sorted(
            range(len(evidence.studies)), key=lambda at: evidence.studies[at].label.casefold()
        )
        self.table.set_valences(evidence.valences)
        self.model.set_evidence(evidence, studies)
        self._tell_no_ties()
        self._minimum_chip.setVisible(self.face.key == NETWORK)
        self._minimum_chip.show_state(
            f"In {count(self.minimum, 'study')}{' or more' if self.minimum else ''}", True
        )
        self._show_chosen()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the room of the legend to the picture where there is little."""
        super().resizeEvent(event)
        self.legend.setVisible(self.height() >= px(LEGEND_FROM))

    def set_minimum(self, minimum: int) -> None:
        """Draw ties found in at least so many studies."""
        self.minimum = minimum
        self.recount()

    def show_face(self, face: str) -> None:
        """Show the network or the table."""
        self.face.choose(face)
        self._faces.setCurrentIndex(0 if face == NETWORK else 1)
        self.setFocusProxy(self.network if face == NETWORK else self.table)
        self._minimum_chip.setVisible(face == NETWORK and bool(self._minimum_chip.text()))
        self._export.setEnabled(face == NETWORK)
        self._export.setToolTip(
            "Save the network" if face == NETWORK else "Go to the network to save it"
        )
        self._show_chosen()

    def export(self, path: Path) -> None:
        """Write the network as shown, on paper, in the format of the suffix."""
        from app.exchange.network_files import write_network

        figure = self.state.figure
        if figure is None:
            return
        try:
            write_network(figure, path)
        except UserError as problem:
            self.window_of_places.messages.report(problem)
            return
        ties = count(len(figure.ties), "tie")
        self.window_of_places.messages.success(
            f"Network saved as {path.name}.", f"{count(len(figure.nodes), 'code')}, {ties}."
        )

    def _question(self, everything: Evidence) -> Question:
        chips = self.filters_of_codings
        coders = chips.keys("coder")
        names = chips.chips["coder"].words().partition(": ")[2]
        others = tuple(
            chip.words() for kind, chip in chips.chips.items() if chip.is_set and kind != "coder"
        )
        question = Question(
            chips.coders(), chips.keys("cluster"), chips.keys("valence"), chips.keys("stage"),
            chips.keys("study"), self.minimum, words=others,
        )  # fmt: skip
        if coders is None:
            left_out = chips.leaves_consensus_out
            return replace(question, layer=WITHOUT_CONSENSUS) if left_out else question
        return replace(question, layer=names)

    def _choose_target(self, target: Target | None) -> None:
        self._show_chosen()

    def _choose_cell(self, code: int, study: int) -> None:
        self._cell = (code, study)
        self._show_chosen()

    def _show_chosen(self) -> None:
        """Fill the panel as soon as the extracts are read."""
        chosen = self.network.target if self.face.key == NETWORK else self._cell
        if chosen is None:
            self.panel.show_nothing(HINTS[self.face.key])
        else:
            self._extracts.when_current(self._fill_panel)

    def _fill_panel(self) -> None:
        evidence = self.state.evidence
        if evidence is None or not self._extracts.is_current:
            return
        self.panel.list.set_people(people_of(self._bridge))
        if self.face.key == NETWORK:
            if self.network.target is not None:
                self._fill_from_target(evidence, self.network.target)
        elif self._cell is not None:
            self._fill_from_cell(evidence, *self._cell)

    def _fill_from_target(self, evidence: Evidence, target: Target) -> None:
        scene = self.network.scene
        if scene is None or not scene.holds(target):
            self.panel.show_nothing(HINTS[NETWORK])
            return
        first = self._name(evidence, target.code_a)
        names = [first[0]]
        if target.is_tie:
            names.append(self._name(evidence, target.code_b)[0])
        facts = tuple(sentences(scene.describe(target), " – ".join(names)))
        if not target.is_tie:
            place = evidence.code_index(target.code_a)
            rows = single_rows(self._read(self.state.codings_of(place)), first[1])
            self.panel.show_passages(Subject((first,), facts), rows)
            return
        second = self._name(evidence, target.code_b)
        pairs = []
        for one, other in self.state.pairs_of(target.code_a, target.code_b):
            a, b = self._extracts.get(one), self._extracts.get(other)
            if a is not None and b is not None:
                pairs.append((a, b))
        self.panel.show_passages(
            Subject((first, second), facts), pair_rows(pairs, (first[1], second[1]))
        )

    def _fill_from_cell(self, evidence: Evidence, code: int, study: int) -> None:
        found = self._read(self.state.codings_of(code, study))
        names: list[tuple[str, str]] = []
        if code >= 0:
            names.append(self._name(evidence, evidence.codes[code].id))
        where = evidence.studies[study].label if study >= 0 else ""
        studies = len({one.study_id for one in found})
        fact = f"{count(len(found), 'coding')} in {where or count(studies, 'study')}"
        if not found:
            fact = f"Nothing is coded in {where}." if where else "Nothing is coded."
        if not names:
            names.append((where, ""))
        rows: tuple[PassageRow, ...]
        if code >= 0:
            rows = single_rows(found, names[0][1])
        else:
            rows = mixed_rows(found, lambda code_id: self._name(evidence, code_id)[1])
        self.panel.show_passages(Subject(tuple(names), (fact,)), rows)

    def _read(self, coding_ids: list[str]) -> list[Extract]:
        found = [self._extracts.get(coding_id) for coding_id in coding_ids]
        return [one for one in found if one is not None]

    def _name(self, evidence: Evidence, code_id: str) -> tuple[str, str]:
        code = evidence.codes[evidence.code_index(code_id)]
        numbers = {cluster.id: cluster.number for cluster in evidence.clusters}
        return code.name, numbers.get(code.cluster, "")

    def _open(self, row: PassageRow) -> None:
        open_row(self.window_of_places, row)

    def _forget(self) -> None:
        self.state = AnalysisState()
        self._cell = None
        self.network.clear()
        self.model.set_evidence(None)
        self.filters_of_codings.clear()
        self.panel.show_nothing(HINTS[self.face.key])

    def _connect(self) -> None:
        self._bridge.closed.connect(self._forget)
        self._source.changed.connect(self.refresh_when_seen)
        self._extracts.changed.connect(self.refresh_when_seen)
        self.filters_of_codings.changed.connect(self.recount)
        self.network.chosen.connect(self._choose_target)
        self.network.entered.connect(self.panel.list.enter)
        self.table.cell_chosen.connect(self._choose_cell)
        self.table.entered.connect(self.panel.list.enter)
        self.panel.opened.connect(self._open)
        self.face.chosen.connect(self.show_face)
        wire(self.window_of_places, self.key)
        self.window_of_places.actions_table.attach("analysis", self.network)
        self.panel.show_nothing(HINTS[NETWORK])

    def fit(self) -> None:
        """Show the whole network."""
        self.network.fit()

    def enlarge(self) -> None:
        """Enlarge the network by a step."""
        self.network.zoom(STEP)

    def shrink(self) -> None:
        """Shrink the network by a step."""
        self.network.zoom(1 / STEP)

    def ask_export(self, suffix: str = "") -> None:
        """Ask for a file and write the network."""
        names = [name for name, end in FORMATS if not suffix or end == suffix]
        path, kind = QFileDialog.getSaveFileName(
            self, "Export the network", f"network{suffix or '.svg'}", ";;".join(names)
        )
        if path:
            end = dict(FORMATS).get(kind, suffix or ".svg")
            chosen = Path(path)
            self.export(chosen if chosen.suffix else chosen.with_suffix(end))

    def _open_export_menu(self) -> None:
        menu = QMenu(self)
        for name, suffix in FORMATS:
            menu.addAction(f"{name.partition(' (')[0]}…", partial(self.ask_export, suffix))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._export.mapToGlobal(self._export.rect().bottomLeft()))

    def _minimum_menu(self) -> QMenu:
        menu = QMenu(self)
        for minimum in range(1, 11):
            ties = count(self.state.ties_from(minimum), "tie")
            text = f"In {count(minimum, 'study')} or more: {ties}"
            entry = menu.addAction(text, partial(self.set_minimum, minimum))
            entry.setCheckable(True)
            entry.setChecked(minimum == self.minimum)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _make_network_face(self) -> QWidget:
        face = QWidget()
        self._no_ties = frame("notice_info")
        self._no_ties_words = label("", "body", wrap=True)
        self._no_ties_button = button("", "small")
        self._no_ties_button.clicked.connect(self._show_more_ties)
        bar = tight(QHBoxLayout(self._no_ties), 12, (12, 6, 8, 6))
        bar.addWidget(self._no_ties_words, 1)
        bar.addWidget(self._no_ties_button)
        self._no_ties.hide()
        # Over the picture, not above it: its coming and going must not move a code.
        slot = tight(QVBoxLayout(self.network), 0, (16, 8, 16, 8))
        slot.addWidget(self._no_ties)
        slot.addStretch(1)
        foot = tight(QHBoxLayout(), 0, (0, 0, 8, 0))
        foot.addWidget(self.legend, 1)
        for name, words, key, act in (
            ("zoom-out", "Shrink the network", "-", self.shrink),
            ("zoom-in", "Enlarge the network", "+", self.enlarge),
            ("expand", "Show the whole network", "0", self.fit),
        ):
            made = icon_button(icon(name), words, tip=f"{words}  {key}", size=16)
            made.clicked.connect(act)
            foot.addWidget(made)
        column = tight(QVBoxLayout(face))
        column.addWidget(self.network, 1)
        column.addWidget(line())
        column.addLayout(foot)
        return face

    def _make_table_face(self) -> QWidget:
        face = QWidget()
        column = tight(QVBoxLayout(face))
        column.addWidget(self.table, 1)
        column.addWidget(line())
        column.addWidget(CodeStudyLegend())
        return face

    def _tell_no_ties(self) -> None:
        figure = self.state.figure
        lacking = figure is not None and not figure.ties
        self._no_ties.setVisible(lacking)
        if not lacking:
            return
        words = f"No two codes share text in {count(self.minimum, 'study')} or more."
        fewer = self.state.best_minimum(self.minimum)
        if fewer:
            ties = self.state.ties_from(fewer)
            words += f" In {count(fewer, 'study')} or more there would be {count(ties, 'tie')}."
            self._no_ties_button.setText(f"Show from {count(fewer, 'study')}")
        self._no_ties_words.setText(words)
        self._no_ties_button.setVisible(bool(fewer))

    def _show_more_ties(self) -> None:
        fewer = self.state.best_minimum(self.minimum)
        if fewer:
            self.set_minimum(fewer)

    def _tell_nothing_coded(self) -> None:
        self._row.show_count("")
        self.show_surroundings(False)
        self._minimum_chip.setVisible(False)
        self._empty.show_message(
            "waypoints",
            "Nothing to count yet",
            "As soon as passages are coded, this shows which factors are discussed together.",
            (("Go to Read", lambda: self.window_of_places.go("read")),),
        )
        self._stack.setCurrentWidget(self._empty)
        self.panel.show_nothing(HINTS[NETWORK])

    def _tell_filtered_away(self) -> None:
        names = " and ".join(f"“{words}”" for words in self.filters_of_codings.words())
        self._empty.show_message(
            "search-x",
            "No coding passes the filters",
            f"{names} leave nothing to count." if " and " in names else f"{names} leaves nothing.",
            (("Clear all", self.filters_of_codings.clear),),
        )
        self._stack.setCurrentWidget(self._empty)
        self.panel.show_nothing(HINTS[self.face.key])
