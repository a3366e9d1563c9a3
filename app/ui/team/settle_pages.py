"""The page of a difference: the pages of the reading view, to look at, with lanes beside them."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.coding.documents import DocumentText
from app.ui.place import Window
from app.ui.reading.accessible import make_accessible
from app.ui.reading.areas_box import PageBox
from app.ui.reading.areas_view import reveal_place
from app.ui.reading.canvas import Canvas
from app.ui.reading.opening import OpenedDocument, open_document
from app.ui.reading.page_geometry import PageGeometries
from app.ui.reading.page_images import PageImages
from app.ui.reading.page_layout import PIXELS_PER_POINT, Sides
from app.ui.reading.selection import Selection
from app.ui.reading.state import ReadingState
from app.ui.reading.turning import shown_geometry
from app.ui.tasks import run
from app.ui.team.settle_lanes import HEAD, Lanes
from app.ui.team.settle_paint import DifferencePainter
from app.ui.widgets import fix, frame, tight
from app.ui.widgets.elided import ElidedLabel

EDGES = Sides(24, 8)
LEAST_ZOOM, MOST_ZOOM = 0.4, 1.6
SELECTING = (
    "page.sentence", "page.sentence_before", "page.paragraph", "page.paragraph_before",
)  # fmt: skip
SHOWN_IN = "/settle"
Place = tuple[int, int] | PageBox


class SettleCanvas(Canvas):
    """Pages that fill the view: what is coded stands in the lanes, not in margins."""

    def minimumSizeHint(self) -> QSize:
        """Leave the room to the words beside it where there is little."""
        return QSize(160, 120)

    def _sides(self) -> Sides:
        return EDGES

    def _fitting_zoom(self) -> float:
        widths = sorted(width for width, _height in self._sizes())
        if not widths:
            return 1.0
        room = self.viewport().width() - EDGES.both
        zoom = room / (widths[len(widths) // 2] * PIXELS_PER_POINT)
        return min(max(zoom, LEAST_ZOOM), MOST_ZOOM)


class SettlePages(QWidget):
    """Shows places of documents one after another; opening one never blocks the window."""

    opened = Signal()
    """Another document is shown now."""
    failed = Signal(object)
    taken = Signal(int, int)
    """Enter was pressed on a passage that was selected while its ends are set."""
    left = Signal()
    """Esc was pressed while the ends of a passage are set."""

    def __init__(self, window: Window) -> None:
        """Build it, empty."""
        super().__init__()
        bridge = window.bridge
        self._window, self._bridge = window, bridge
        self.state = ReadingState(self)
        self.images = PageImages(lambda: bridge.reader, self)
        self.geometries = PageGeometries(self)
        self.canvas = SettleCanvas(self.state, self.images, self.geometries)
        self.canvas.setAccessibleName("Page of the difference")
        self.canvas.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.canvas.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        make_accessible(self.canvas)
        self.marks = DifferencePainter(self.canvas)
        self.canvas.painter.extras.append(self.marks)
        self.lanes = Lanes(self.canvas)
        self.title = ElidedLabel("", "small_name", "text")
        self.is_adjusting = False
        self._wanted = ""
        self._place: Place | None = None
        self._build()
        self.use_keys()
        window.actions_table.keys_changed.connect(self.use_keys)
        self.canvas.keys.listeners.append(self._key)
        self.geometries.arrived.connect(self._arrived)

    def _build(self) -> None:
        self.head = tight(QHBoxLayout(), 8, (16, 0, 8, 0))
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.head.addWidget(self.title, 1)
        head = fix(frame("well"), height=HEAD)
        head.setLayout(self.head)
        pages = tight(QVBoxLayout())
        pages.addWidget(head)
        pages.addWidget(self.canvas, 1)
        row = tight(QHBoxLayout(self))
        row.addLayout(pages, 1)
        row.addWidget(self.lanes)

    def use_keys(self) -> None:
        """Leave only the keys that select to the page; the others decide."""
        table = self._window.actions_table
        self.canvas.keys.use({name: table.key_names(name) for name in SELECTING})

    @property
    def text(self) -> DocumentText | None:
        """The text that is shown, as its pages are turned."""
        return self.state.text

    def show_place(self, document_id: str, place: Place | None) -> None:
        """Show a place of a document, opened first where another one is shown."""
        self._place = place
        if self.state.info_id == document_id:
            self._reveal()
            return
        self._wanted = document_id
        project, engine = self._bridge.project, self._bridge.reader
        run(
            lambda _progress: open_document(project, engine, document_id, shown_in=SHOWN_IN),
            "Open document",
            self._take,
            self.failed.emit,
            listed=False,
        )

    def close_document(self) -> None:
        """Let go of the document."""
        self._wanted, self._place, self.is_adjusting = "", None, False
        self.images.open("", ())
        self.geometries.open(None, ())
        self.state.open(None, None)

    def set_place(self, place: Place | None) -> None:
        """Say where the difference stands in the document that has come; it is shown at once."""
        self._place = place
        self._reveal()

    def adjust(self, start: int, end: int) -> None:
        """Let the ends of a passage be set by selecting it."""
        self.is_adjusting = True
        self.state.select(Selection(start, end), follow=False)
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def end_adjusting(self) -> None:
        """Take the selection away."""
        self.is_adjusting = False
        head = self.state.selection.start
        self.state.select(Selection(head, head), follow=False)

    def take_selection(self) -> None:
        """Tell the ends that were set."""
        span = self.state.target()
        if self.is_adjusting and span is not None:
            self.taken.emit(*span)

    def page_label(self, offset: int, place: Place | None) -> str:
        """Return the printed number of the page of a place."""
        text = self.state.text
        if text is None:
            return ""
        page = place.page if isinstance(place, PageBox) else text.page_of(offset)
        return text.label_of(page)

    def _take(self, opened: OpenedDocument) -> None:
        if not self._bridge.is_open or opened.info.id != self._wanted:
            return
        self._wanted = ""
        project, engine, text = self._bridge.project, self._bridge.reader, opened.text.shown()
        self.geometries.open(
            lambda page: shown_geometry(project, engine, opened, page),
            tuple(width for width, _height in text.sizes),
        )
        self.images.turns = text.turns
        self.images.open(opened.key, text.sizes)
        with self.canvas.arriving():
            self.state.open(opened.info, text, two_columns=opened.two_columns)
        self.opened.emit()
        self._reveal()

    def _reveal(self) -> None:
        if self._place is not None and self.state.is_open:
            reveal_place(self.canvas, self._place)

    def _arrived(self, page: int) -> None:
        """Go there once more when it is known where the words stand."""
        place = self._place
        if isinstance(place, tuple) and self.state.page_of(place[0]) == page:
            self.canvas.reveal(*place)

    def _key(self, event: QKeyEvent) -> bool:
        if not self.is_adjusting:
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take_selection()
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return True
        return False
