"""Where each character of a page stands: read or made off the window's thread, kept for a while."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import CancelledError, ThreadPoolExecutor

from PySide6.QtCore import QObject, Signal

from app.documents.geometry import PageGeometry
from app.ui.reading.page_marks import PageLines
from app.ui.reading.troubles import Troubles

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
    _ready = Signal(int, int, object, object)

    def __init__(self, parent: QObject | None = None, kept: int = KEPT) -> None:
        """Keep the geometry of at most ``kept`` pages."""
        super().__init__(parent)
        self._kept = kept
        self._pages: OrderedDict[int, PageLines] = OrderedDict()
        self._asked: set[int] = set()
        self._wanted: frozenset[int] = frozenset()
        self._troubles = Troubles()
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
        self._wanted = frozenset()
        self._troubles.clear()

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

    @property
    def broken(self) -> Mapping[int, str]:
        """Pages whose geometry could not be had, and why."""
        return self._troubles.why

    def retry(self, page: int) -> None:
        """Ask for a page again that could not be had."""
        self._troubles.retry(page)
        self._ask(page)

    def new_worker(self) -> None:
        """Take note that the worker is another one; it may manage what stopped the old one."""
        self._troubles.new_worker()

    def _ask(self, page: int) -> None:
        known = page in self._pages or page in self._asked or page in self._troubles
        if self._load is None or known or not 1 <= page <= len(self._widths):
            return
        self._asked.add(page)
        _worker.submit(self._fetch, self._generation, page, self._load, self._widths[page - 1])

    def _fetch(self, generation: int, page: int, load: Load, width: float) -> None:
        if generation != self._generation:
            return
        if page not in self._wanted:
            self._ready.emit(generation, page, None, None)
            return
        try:
            lines = PageLines.of(load(page), width)
        except CancelledError:
            return  # the engine is closed, there will be nothing more
        except Exception as problem:
            self._ready.emit(generation, page, None, problem)
            return
        self._ready.emit(generation, page, lines, None)

    def _take(
        self, generation: int, page: int, lines: PageLines | None, problem: Exception | None
    ) -> None:
        if generation != self._generation:
            return
        self._asked.discard(page)
        if lines is not None:
            self._keep(page, lines)
        elif problem is None or self._troubles.note(page, problem):
            # Let go on the way there, and wanted again meanwhile; or worth a second try.
            if page in self._wanted:
                self._ask(page)
        else:
            self.failed.emit(page, self._troubles.why[page])

    def _keep(self, page: int, lines: PageLines) -> None:
        self._troubles.came(page)
        self._pages[page] = lines
        while len(self._pages) > self._kept:
            self._pages.popitem(last=False)
        self.arrived.emit(page)
