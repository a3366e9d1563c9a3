"""The place "Read": opens documents and ties pages, panels, palette and verbs together."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.coding.documents import list_documents
from app.coding.people import CoderInfo, list_coders
from app.errors import UserError
from app.models.changes import Changes
from app.ui.bridge import ProjectBridge
from app.ui.place import Place, Window
from app.ui.reading import where
from app.ui.reading.accessible import make_accessible
from app.ui.reading.acts import CodingActs
from app.ui.reading.areas_view import reveal_place
from app.ui.reading.canvas import Canvas
from app.ui.reading.card import AboutPanel
from app.ui.reading.codings_list import CodingsList
from app.ui.reading.commands import Commands
from app.ui.reading.context_menu import open_context_menu
from app.ui.reading.features import make_features
from app.ui.reading.gone_document import GoneDocument
from app.ui.reading.left_panel import LeftPanel
from app.ui.reading.minimap import Minimap
from app.ui.reading.notices import NoticeBars, say_empty
from app.ui.reading.one_bar import OneBar
from app.ui.reading.opening import OpenedDocument, Opening, open_document, quotation
from app.ui.reading.overlays import Overlays
from app.ui.reading.page_geometry import PageGeometries
from app.ui.reading.page_images import PageImages
from app.ui.reading.place_actions import connect_actions, enable_actions, give_way
from app.ui.reading.selection import Selection
from app.ui.reading.state import ReadingState
from app.ui.reading.tools import ReadingTools
from app.ui.reading.turning import shown_geometry
from app.ui.settings import settings
from app.ui.tasks import run
from app.ui.views.code_tree import CodeTreePanel
from app.ui.views.evidence_source import EvidenceSource
from app.ui.widgets import EmptyView, RememberingSplitter, frame, tight

CODEBOOK = ("codebook", "cluster", "category", "code", "facet", "facet_value", "code_alias")
PEOPLE = ("coder", "round", "layer")
REMEMBER_AFTER_MS = 800
TREE_AFTER_MS = 60
"""The tree of codes follows a moment later: first the page is painted."""


class ReadingPlace(Place):
    """Shows one document at a time; ``open_passage`` is how everyone else gets here."""

    title = "Read"

    def __init__(self, window: Window) -> None:
        """Build the widgets; nothing is loaded before the place is shown."""
        super().__init__(window)
        bridge = window.bridge
        self.bridge = bridge
        self.state = ReadingState(self)
        self.images = PageImages(lambda: bridge.reader, self)
        self.geometries = PageGeometries(self)
        self.canvas = Canvas(self.state, self.images, self.geometries)
        self.acts = CodingActs(self.state, bridge, window.messages)
        self.overlays = Overlays(self.canvas, self.acts, window.messages)
        self.codes = CodeTreePanel(bridge, key="/")
        self.codings = CodingsList(self.state)
        self.left = LeftPanel(self.codes, self.codings)
        self.about = AboutPanel()
        self.minimap = Minimap(self.canvas)
        self._coders: dict[str, CoderInfo] = {}
        self._opened: OpenedDocument | None = None
        self._opening: Opening | None = None
        self._wanted: tuple[str, int, int] | None = None
        self._wanted_coding = ""
        self._gone = GoneDocument(self)
        self._tools = ReadingTools(self.state, window.actions_table)
        self._remember = QTimer(self, singleShot=True, interval=REMEMBER_AFTER_MS)
        self._remember.timeout.connect(self.remember_position)
        self._tree_soon = QTimer(self, singleShot=True, interval=TREE_AFTER_MS)
        self._tree_soon.timeout.connect(self._follow_in_tree)
        self._build()
        self._connect()
        self.commands = Commands(self)
        connect_actions(self)
        self.features = make_features(self)

    def _build(self) -> None:
        self.canvas.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._bars = NoticeBars(
            lambda: self.window_of_places.actions_table.trigger("file.add_pdfs"),
            lambda: self.window_of_places.actions_table.trigger("read.text"),
        )
        pages = tight(QHBoxLayout())
        pages.addWidget(self.canvas, 1)
        pages.addWidget(self.minimap)
        self._middle = frame("well")
        column = tight(QVBoxLayout(self._middle))
        column.addWidget(self._bars)
        self._bar_column, self._one_bar = column, OneBar(self)
        column.addLayout(pages, 1)
        self.empty = EmptyView("book-open-text", "Nothing open yet", "Choose a study in the list.")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._middle)
        self.splitter = RememberingSplitter("read", Qt.Orientation.Horizontal)
        self.splitter.fill(self.left, self._stack, self.about, sizes=[304, 1000, 320])
        self.splitter.setStretchFactor(0, 0)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setStretchFactor(2, 0)
        self.left.setMinimumWidth(220)
        self.about.hide()
        tight(QVBoxLayout(self)).addWidget(self.splitter)

    def _connect(self) -> None:
        self.bridge.changed.connect(self._follow)
        self.bridge.closed.connect(self.close_document)
        make_accessible(self.canvas)
        canvas, state = self.canvas, self.state
        canvas.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        canvas.customContextMenuRequested.connect(lambda at: open_context_menu(self, at))
        canvas.resized_coding.connect(self.acts.resize)
        canvas.page_changed.connect(self._tools.show_page)
        canvas.zoom_changed.connect(self._tools.show_zoom)
        canvas.scrolled.connect(self._remember.start)
        state.active_changed.connect(lambda _spans: self._show_active())
        state.marks_changed.connect(lambda _spans: self._show_active())
        EvidenceSource.of(self.bridge).changed.connect(self._count_here)
        self.codes.code_activated.connect(self._code_from_tree)
        self.codes.field.left.connect(canvas.setFocus)
        self.left.coding_chosen.connect(self.show_coding)
        self.overlays.use_panel(self.about)
        self.about.form.left.connect(canvas.setFocus)
        self._tools.coder_toggled.connect(self._toggle_coder)

    def add_bar(self, bar: QWidget) -> None:
        """Put a bar above the pages, below the notices; it is shown and hidden by its feature."""
        self._bar_column.insertWidget(self._bar_column.count() - 1, bar)
        self._one_bar.watch(bar)

    # -- what the window calls ---------------------------------------------------------------

    def tools(self) -> list[QWidget]:
        """Return page, zoom, people and panel buttons."""
        return [self._tools]

    def panels(self) -> list[QWidget]:
        """Return what F6 goes through."""
        return [self.left, self.canvas, self.about]

    def show_people(self) -> None:
        """Offer the layers of those who code in this project."""
        self._tools.show_coders(self._coders.values())

    def set_project(self, bridge: ProjectBridge) -> None:
        """Start anew with the project that is open now."""
        self.close_document()
        if bridge.is_open:
            self._load_people()
            self._load_codebook()
        if self.isVisible():
            self._open_last()

    def status(self) -> tuple[str, str]:
        """Say whose layers are shown."""
        if not self.state.is_open:
            return "", ""
        shown = [
            coder.initials
            for coder in self._coders.values()
            if coder.id != self.state.coder_id and coder.id not in self.state.hidden_coders
        ]
        others = f"{', '.join(shown)} shown" if shown else "others hidden"
        return ("Own layer" if len(self._coders) < 2 else f"Own layer, {others}"), ""

    def open_passage(self, document_id: str, start: int = 0, end: int = 0) -> None:
        """Show a passage; with ``end`` 0 the document where you were in it last."""
        self._wanted = (document_id, start, end)
        if self.state.info is not None and self.state.info.id == document_id:
            self._show_wanted()
            return
        if self._opening is not None and self._opening.is_of(document_id):
            return  # asked for a moment ago; a second time would lead back to its first page
        self.remember_position()
        self._open(document_id)

    def open_coding(self, document_id: str, coding_id: str) -> None:
        """Show a coding and make it the active one."""
        self._wanted_coding = coding_id
        self.open_passage(document_id)

    @property
    def is_opening(self) -> bool:
        """True while a document is asked for that is not shown yet."""
        return self._wanted is not None and not self.state.is_open

    def _open(self, document_id: str) -> None:
        self._wanted = self._wanted or (document_id, 0, 0)
        project, engine = self.bridge.project, self.bridge.reader
        room = self._stack.width() - self.minimap.sizeHint().width()
        view = where.view_of(self.canvas, document_id, room)
        job = run(
            lambda _progress: open_document(project, engine, document_id, view),
            "Open document",
            self._take,
            self._failed_to_open,
            listed=False,
        )
        self._opening = Opening(document_id, job)

    # -- documents ---------------------------------------------------------------------------

    def close_document(self) -> None:
        """Let go of the document."""
        self.remember_position()
        self._remember.stop()
        self.images.open("", ())
        self.geometries.open(None, ())
        self._opened = self._wanted = self._opening = None
        self.state.open(None, None)
        self.title, self.fact = "Read", ""
        self._stack.setCurrentWidget(self.empty)

    def _take(self, opened: OpenedDocument) -> None:
        if not self.bridge.is_open or self._wanted is None or self._wanted[0] != opened.info.id:
            return
        self._opened = opened
        project, engine, text = self.bridge.project, self.bridge.reader, opened.text.shown()
        self.geometries.open(
            lambda page: shown_geometry(project, engine, opened, page),
            tuple(width for width, _height in text.sizes),
        )
        self.images.turns = text.turns
        self.images.open(opened.key, text.sizes, opened.first)
        self._stack.setCurrentWidget(self._middle)
        with self.canvas.arriving():
            self.state.open(opened.info, text, two_columns=opened.two_columns)
            where.go_where_you_were(self.canvas, self.state, opened.info.id)
        self.state.set_codings(opened.codings)
        self.codes.tree.set_shows_here(True)
        self._bars.show_document(opened.info)
        info = opened.info
        self.title = info.study_label or info.citation or info.file_name
        self.fact = info.title or info.file_name
        settings().remember(f"read.document.{project.id}", info.id)
        self._show_wanted()
        self.title_changed.emit()
        if self.isVisible():
            self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def opened(self) -> OpenedDocument | None:
        """The document that is shown."""
        return self._opened

    def show_anew(self, opened: OpenedDocument, *, labels_only: bool = False) -> None:
        """Show the open document again, its pages turned or with other labels."""
        if labels_only:
            self._opened = opened
            self._tools.show_page(self.canvas.page)
        else:
            self._wanted = (opened.info.id, 0, 0)
            self._take(opened)

    def _failed_to_open(self, problem: BaseException) -> None:
        self.window_of_places.messages.report(problem)
        self._say_empty()

    def _show_wanted(self) -> None:
        if self._wanted is None or self.state.info is None:
            return
        _document_id, start, end = self._wanted
        coding_id, self._wanted_coding = self._wanted_coding, ""
        if coding_id:
            self.show_coding(coding_id)
        elif end > start:
            self.state.select(Selection(start, start))
            self.canvas.reveal(start, end)

    def remember_position(self) -> None:
        """Keep where you are in the document."""
        where.remember(self.canvas, self.state)

    def _open_last(self) -> None:
        """Open the document of last time, else the first, where none is open or asked for."""
        if not self.bridge.is_open or self.state.is_open or self._wanted is not None:
            return
        last = settings().value(f"read.document.{self.bridge.project.id}", "")
        known = [document.id for document in list_documents(self.bridge.project)]
        self._say_empty(has_documents=bool(known))
        if known:
            self.open_passage(last if last in known else known[0])

    def _say_empty(self, *, has_documents: bool | None = None) -> None:
        if has_documents is None:
            has_documents = self.bridge.is_open and bool(list_documents(self.bridge.project))
        say_empty(self.empty, self.window_of_places, has_documents=has_documents)

    # -- keeping up --------------------------------------------------------------------------

    def _follow(self, changes: Changes) -> None:
        if not self.bridge.is_open:
            return
        if changes.touches(*PEOPLE):
            self._load_people()
        if changes.touches(*CODEBOOK):
            self._load_codebook()
        self._gone.follow(changes)
        if changes.touches("document"):
            self._look_for_pdf()

    def _look_for_pdf(self) -> None:
        """Show the open document again once its PDF is in the project, or with another text."""
        info = self.state.info
        if info is None:
            self._say_empty()
            return
        now = next((d for d in list_documents(self.bridge.project) if d.id == info.id), info)
        text_of = (now.text_layer_id, now.sha256)
        if (now.has_pdf and not info.has_pdf) or text_of != (info.text_layer_id, info.sha256):
            self.remember_position()
            self._open(info.id)

    def _load_people(self) -> None:
        coders = list_coders(self.bridge.project)
        self._coders = {coder.id: coder for coder in coders}
        self.overlays.coders = self._coders
        before = (self.state.coder_id, self.state.initials)
        now = (self.bridge.project.actor_id, {c.id: c.initials for c in coders})
        if before != now:
            self.state.set_people(*now)
            self.state.remake_marks()
            self.show_people()
            self.title_changed.emit()

    def _load_codebook(self) -> None:
        try:
            self.state.codebook = EvidenceSource.of(self.bridge).codebook()
        except UserError:
            self.state.codebook = None
        self.overlays.set_codebook()
        self.state.remake_marks()

    def _count_here(self) -> None:
        """Show how often each code stands here, from what is loaded: no reading at each key."""
        self.codes.set_here_counts(self.state.counts_here())

    def _follow_in_tree(self) -> None:
        self._count_here()
        mark, searching = self.state.active, bool(self.codes.field.text())
        if mark is not None and not searching and self.codes.code_id() != mark.code_id:
            self.codes.choose_code(mark.code_id)

    def _show_active(self) -> None:
        mark, coding = self.state.active, self.state.active_coding
        self._tree_soon.start()
        if not self.about.isVisible():
            return
        if mark is None or coding is None:
            self.about.show_nothing()
            return
        self.about.form.show_coding(coding, mark, self.state.codebook, self._coders)
        self.about.show_code(self.state.codebook, coding.code_id)

    # -- acts --------------------------------------------------------------------------------

    def _code_from_tree(self, code_id: str) -> None:
        if self.acts.code(code_id) is not None:
            self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def recode(self) -> None:
        """Give the active coding another code."""
        if self.state.active_id is not None:
            self.overlays.open_recode(self.state.active_id)

    def walk(self, direction: int) -> None:
        """Go to the next (1) or previous (-1) coding in the text."""
        found = self.state.neighbour(direction)
        if found is not None:
            self.show_coding(found.id)

    def show_coding(self, coding_id: str) -> None:
        """Go to a coding and make it the active one."""
        mark = self.state.marks.get(coding_id)
        if mark is not None:
            self.state.select(Selection(mark.start, mark.start), follow=False)
            self.state.set_active(mark.id)
            reveal_place(self.canvas, self.state.place_of(mark))
            self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def copy(self) -> None:
        """Copy the selected words, clean, with their source."""
        span = self.state.target()
        if span is not None and self.state.text is not None and self.state.info is not None:
            words = quotation(self.state.text, self.state.info, *span)
            QGuiApplication.clipboard().setText(words)

    def select_page(self) -> None:
        """Select all text of the page in view."""
        if self.state.text is not None and self.canvas.page:
            start, end = self.state.text.page_range(self.canvas.page)
            self.state.select(Selection(start, end))

    # -- layers and panels -------------------------------------------------------------------

    def show_others(self, shown: bool) -> None:
        """Show or hide the layers of all other coders."""
        others = [coder for coder in self._coders if coder != self.state.coder_id]
        self.state.hide_coders(() if shown else others)
        self.title_changed.emit()

    def _toggle_coder(self, coder_id: str) -> None:
        self.state.hide_coders(self.state.hidden_coders ^ {coder_id})
        others = {coder for coder in self._coders if coder != self.state.coder_id}
        action = self.window_of_places.actions_table["read.others"]
        action.setChecked(not others <= self.state.hidden_coders)
        self.title_changed.emit()

    def show_left(self, shown: bool) -> None:
        """Show or hide the panel with codes and codings."""
        self.left.setVisible(shown)
        settings().remember("read.left", shown)

    def show_right(self, shown: bool) -> None:
        """Show or hide the panel about the active coding."""
        give_way(self, shown)
        self.about.setVisible(shown)
        settings().remember("read.right", shown)
        if shown:
            self.overlays.card.close_card()
            self._show_active()

    # -- events ------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Go on where you were."""
        super().showEvent(event)
        enable_actions(self)
        self._open_last()

    def hideEvent(self, event: QHideEvent) -> None:
        """Remember where you are."""
        self.remember_position()
        enable_actions(self, "This works while you read a document.")
        super().hideEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let hot keys work from the panels too."""
        if not self.canvas.keys.press(event):
            super().keyPressEvent(event)
