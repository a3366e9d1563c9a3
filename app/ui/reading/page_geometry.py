"""Where each character of a page stands: read or made off the window's thread, kept for a while."""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

from PySide6.QtCore import QObject, Signal

from app.documents.geometry import PageGeometry
from app.ui.reading.page_marks import PageLines

KEPT = 48
"""Pages whose geometry stays in memory (20 bytes per character)."""

Load = Callable[[int], PageGeometry]

_worker = ThreadPoolExecutor(1, thread_name_prefix="page-geometry")


class PageGeometries(QObject):
    """Lines and boxes of the pages of one document."""

    arrived = Signal(int)
    """The geometry of a page is there now."""
    failed = Signal(int, str)
    """A page's geometry could not be had, and why."""
    _ready = Signal(int, int, object, str)

    def __init__(self, parent: QObject | None = None, kept: int = KEPT) -> None:
        """Keep the geometry of at most ``kept`` pages."""
        super().__init__(parent)
        self._kept = kept
        self._pages: OrderedDict[int, PageLines] = OrderedDict()
        self._asked: set[int] = set()
        self._wanted: frozenset[int] = frozenset()
        self._failed: set[int] = set()
        self._load: Load | None = None
        self._widths: tuple[float, ...] = ()
        self._generation = 0
        self._ready.connect(self._take)

    def open(self, load: Load | None, widths: tuple[float, ...]) -> None:
        """Show another document; ``load`` gets a page's geometry and may block or raise."""
        self._generation += 1
        self._load, self._widths = load, widths
        self._pages.clear()
        self._asked.clear()
        self._failed.clear()

    def get(self, page: int) -> PageLines | None:
        """Return a page if it is there, and note that it was used."""
        lines = self._pages.get(page)
        if lines is not None:
            self._pages.move_to_end(page)
        return lines

    def want(self, pages: Iterable[int]) -> None:
        """Ask for these pages; others that were asked for and have not begun are let go."""
        wanted = tuple(pages)
        self._wanted = frozenset(wanted)
        for page in wanted:
            self._ask(page)

    def has_failed(self, page: int) -> bool:
        """Tell whether the page's geometry could not be had."""
        return page in self._failed

    def _ask(self, page: int) -> None:
        known = page in self._pages or page in self._asked or page in self._failed
        if self._load is None or known or not 1 <= page <= len(self._widths):
            return
        self._asked.add(page)
        _worker.submit(
            self._fetch, self._generation, page, self._load, self._widths[page - 1]
        )

    def _fetch(self, generation: int, page: int, load: Load, width: float) -> None:
        if generation != self._generation:
            return
        if page not in self._wanted:
            self._ready.emit(generation, page, None, "")
            return
        try:
            lines = PageLines.of(load(page), width)
        except Exception as problem:
            self._ready.emit(generation, page, None, str(problem) or type(problem).__name__)
            return
        self._ready.emit(generation, page, lines, "")

    def _take(self, generation: int, page: int, lines: PageLines | None, problem: str) -> None:
        if generation != self._generation:
            return
        self._asked.discard(page)
        if lines is None and not problem:
            return
        if lines is None:
            self._failed.add(page)
            self.failed.emit(page, problem)
            return
        self._pages[page] = lines
        while len(self._pages) > self._kept:
            self._pages.popitem(last=False)
        self.arrived.emit(page)
