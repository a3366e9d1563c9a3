"""The place Extracts: every coded passage, narrowed by filters, with its way back to the page."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFileDialog, QListView, QStackedLayout, QWidget

from app.coding.extracts import Extract, ExtractFilter
from app.ui.bridge import ProjectBridge
from app.ui.place import Window
from app.ui.reading.areas_pictures import AreaPictures
from app.ui.tasks import run
from app.ui.theme import icon, theme
from app.ui.views.coding_filters import CodingFilters
from app.ui.views.evidence_source import EvidenceSource
from app.ui.views.extracts_delegate import ExtractsDelegate
from app.ui.views.extracts_model import (
    BY_CODE,
    BY_STUDY,
    FLAT,
    ExtractRole,
    ExtractsModel,
    as_table,
)
from app.ui.views.extracts_source import ExtractsSource
from app.ui.views.narrow_tools import NarrowTools
from app.ui.views.people import people_of, short_names
from app.ui.views.row_keys import took_row_key
from app.ui.views.studies_rows import count
from app.ui.views.view_place import ViewPlace
from app.ui.views.wiring import wire
from app.ui.widgets import EmptyView, FilterRow, SearchField, SegmentedControl, button, fix

if TYPE_CHECKING:
    from app.exchange.extracts_csv import Flavour


class ExtractsPlace(ViewPlace):
    """The list with its filters."""

    key = "extracts"
    title = "Extracts"

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._bridge = window.bridge
        self._evidence = EvidenceSource.of(window.bridge)
        self._source = ExtractsSource.of(window.bridge)
        self.model = ExtractsModel(self)
        self.list = ExtractsList(self.model)
        self.list.use_pictures(AreaPictures.of(window.bridge))
        self._empty = EmptyView("quote", "Nothing coded yet", "")
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)
        self._row = FilterRow()
        self.field = SearchField("Find words")
        fix(self.field, width=180)
        self._row.add(self.field)
        self.filters_of_codings = CodingFilters(self._bridge, self._row)
        self.grouping = SegmentedControl(
            ((BY_STUDY, "By study"), (BY_CODE, "By code"), (FLAT, "In one list"))
        )
        self._export = button("Export", icon=icon("download"), tip="Save these extracts")
        short = {BY_STUDY: "Study", BY_CODE: "Code", FLAT: "List"}
        self._narrow_tools = NarrowTools(self, self.grouping, short, self._export)
        self.setFocusProxy(self.list)
        self._connect()

    def tools(self) -> list[QWidget]:
        """Return the buttons of the header."""
        return [self.grouping, self._export]

    def filters(self) -> QWidget:
        """Return search field and chips."""
        return self._row

    def panels(self) -> list[QWidget]:
        """Return what F6 goes through."""
        return [self.field, self.list]

    def set_project(self, bridge: ProjectBridge) -> None:
        """Show the extracts of the project as soon as they are read."""
        self.refresh_when_seen()

    def refresh(self) -> None:
        """Read filters and extracts again; the chosen extract stays."""
        if self._bridge.is_open:
            self.filters_of_codings.refresh()
            self._source.when_current(self.show_extracts)

    def show_filter(self, extract_filter: ExtractFilter) -> None:
        """Show what this filter lets through."""
        self.field.setText(extract_filter.text)
        self.filters_of_codings.show_filter(extract_filter)

    def shown(self) -> tuple[Extract, ...]:
        """Return the extracts shown, in their order."""
        return self.model.extracts()

    def show_extracts(self) -> None:
        """Filter, order and show."""
        codebook = self._evidence.codebook()
        if codebook is None:
            return
        wanted = self.filters_of_codings.extract_filter(self.field.text())
        found = [one for one in self._source.extracts() if wanted.passes(one)]
        numbers = {cluster.id: cluster.number for cluster in codebook.clusters}
        number_of = {code.id: numbers.get(code.cluster_id, "") for code in codebook.codes}
        order = {code.id: place for place, code in enumerate(codebook.codes)}
        chosen = self.list.chosen_id()
        delegate = self.list.delegate
        delegate.grouping, delegate.numbers = self.grouping.key, number_of
        delegate.people = people_of(self._bridge)
        delegate.short_names = short_names(tuple(delegate.people.values()))
        self.model.set_extracts(
            found,
            self.grouping.key,
            lambda code_id: number_of.get(code_id, ""),
            lambda code_id: order.get(code_id, len(order)),
        )
        if chosen:
            self.list.choose(chosen)
        self._count(found)

    def export(self, path: Path, flavour: str) -> None:
        """Save the extracts shown as a table; ``flavour`` is tidy or excel."""
        from app.exchange.extracts_csv import write_extracts

        messages, shown = self.window_of_places.messages, tuple(self.shown())
        form: Flavour = "excel" if flavour == "excel" else "tidy"
        saved = f"{count(len(shown), 'extract')} saved as {path.name}."
        run(
            lambda _progress: write_extracts(shown, path, flavour=form),
            "Save extracts",
            lambda notes: messages.success(saved, " ".join(notes)),
            messages.report,
        )

    def ask_export(self) -> None:
        """Ask for a file and save the extracts shown."""
        tidy, excel = "Table for R or Python (*.csv)", "Table for Excel (*.csv)"
        path, kind = QFileDialog.getSaveFileName(
            self, "Export extracts", "extracts.csv", f"{excel};;{tidy}"
        )
        if path:
            self.export(Path(path), "tidy" if kind == tidy else "excel")

    def copy(self) -> None:
        """Put the chosen extracts on the clipboard, tab-separated with heads."""
        chosen = self.list.chosen()
        if chosen:
            QGuiApplication.clipboard().setText(as_table(chosen))

    def _forget(self) -> None:
        self.field.clear()
        self.filters_of_codings.clear()
        self.model.set_extracts((), FLAT, str, lambda _code_id: 0)

    def _connect(self) -> None:
        self._bridge.closed.connect(self._forget)
        self._source.changed.connect(self.refresh_when_seen)
        self._evidence.changed.connect(self.filters_of_codings.refresh)
        self.filters_of_codings.changed.connect(self._filter)
        self.field.textChanged.connect(lambda _text: self._filter())
        self.field.entered.connect(self.list.enter)
        self.grouping.chosen.connect(lambda _key: self._filter())
        self._export.clicked.connect(self.ask_export)
        self.list.opened.connect(self._open)
        wire(self.window_of_places, self.key)
        self.window_of_places.actions_table.attach("extracts", self.list)

    def _filter(self) -> None:
        if self._bridge.is_open:
            self._source.when_current(self.show_extracts)

    def _open(self, extract: Extract) -> None:
        if extract.area:
            reading = self.window_of_places.go("read")
            reading.open_coding(extract.document_id, extract.coding_id)  # type: ignore[attr-defined]
            return
        self.window_of_places.open_passage(extract.document_id, extract.start, extract.end)

    def _count(self, found: list[Extract]) -> None:
        studies = len({one.study_id for one in found})
        left_out = self.filters_of_codings.leaves_consensus_out
        told = f"{count(len(found), 'extract')}, {count(studies, 'study')}"
        self._row.show_count(f"{told}, without the consensus" if left_out else told)
        self._export.setEnabled(bool(found))
        self.show_surroundings(bool(self._source.extracts()))
        if found:
            self._stack.setCurrentWidget(self.list)
            return
        self._stack.setCurrentWidget(self._empty)
        if not self._source.extracts():
            self._empty.show_message(
                "quote",
                "Nothing coded yet",
                "Select a passage in a study and press a hot key; it will stand here.",
                (("Go to Read", lambda: self.window_of_places.go("read")),),
            )
        else:
            self._name_filter()

    def _name_filter(self) -> None:
        """Say which single filter stands in the way, and offer to remove it."""
        text = self.field.text().strip()
        kinds = self.filters_of_codings.set_kinds()
        number = len(kinds) + bool(text)
        best, most = "", 0
        for kind in [*kinds, *(["text"] if text else [])]:
            passing = self._without(kind, text)
            if passing > most:
                best, most = kind, passing
        clear = ("Clear all", self._clear_all)
        if not best:
            words = "One filter is on." if number == 1 else f"{number} filters are on."
            self._empty.show_message("search-x", "No passage matches", words, (clear,))
            return
        name = f"“{text}”"
        if best != "text":
            name = f"“{self.filters_of_codings.chips[best].words()}”"
        one = number == 1
        sentence = (
            f"{name} lets none through."
            if one
            else f"{number} filters are on. Without {name} there are {count(most, 'extract')}."
        )
        remove = ("Remove that filter", lambda: self._remove_filter(best))
        actions = (remove,) if one else (remove, clear)
        self._empty.show_message("search-x", "No passage matches", sentence, actions)

    def _without(self, kind: str, text: str) -> int:
        wanted = self.filters_of_codings.extract_filter("" if kind == "text" else text)
        fields = {
            "code": "code_ids", "cluster": "cluster_ids", "valence": "valences",
            "stage": "stages", "study": "study_ids", "coder": "coder_ids",
        }  # fmt: skip
        if kind in fields:
            wanted = replace(wanted, **{fields[kind]: None})  # type: ignore[arg-type]
        return sum(wanted.passes(one) for one in self._source.extracts())

    def _remove_filter(self, kind: str) -> None:
        if kind == "text":
            self.field.clear()
        else:
            self.filters_of_codings.clear(kind)

    def _clear_all(self) -> None:
        self.field.clear()
        self.filters_of_codings.clear()


class ExtractsList(QListView):
    """The list itself: rows of their own height, Enter and double click open."""

    opened = Signal(object)

    def __init__(self, model: ExtractsModel) -> None:
        super().__init__()
        self._source = model
        self.delegate = ExtractsDelegate(self)
        self.setModel(model)
        self.setItemDelegate(self.delegate)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setAccessibleName("Extracts")
        self.doubleClicked.connect(self._open)
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    def use_pictures(self, pictures: AreaPictures) -> None:
        """Show pictures of coded areas below their words."""
        self.delegate.pictures = pictures
        pictures.arrived.connect(self.viewport().update)

    def chosen(self) -> list[Extract]:
        """Return the chosen extracts from top to bottom."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        found = [self._source.row(row) for row in rows]
        return [row for row in found if isinstance(row, Extract)]

    def chosen_id(self) -> str:
        """Return the coding id of the current extract."""
        row = self.currentIndex().data(ExtractRole.ROW) if self.currentIndex().isValid() else None
        return row.coding_id if isinstance(row, Extract) else ""

    def choose(self, coding_id: str) -> None:
        """Put the cursor on an extract."""
        place = self._source.place_of(coding_id)
        if place >= 0:
            self.setCurrentIndex(self._source.index(place, 0))

    def enter(self) -> None:
        """Take the focus, with the cursor on the first extract."""
        # Before the focus comes: Qt then makes a row current without choosing it.
        if not self.chosen() and self._source.extracts():
            self.choose(self._source.extracts()[0].coding_id)
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; single letters stay free for keys of the window."""
        if not took_row_key(event, lambda: self._open(self.currentIndex())):
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        row = index.data(ExtractRole.ROW) if index.isValid() else None
        if isinstance(row, Extract):
            self.opened.emit(row)
