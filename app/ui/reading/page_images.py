"""Page images from the worker process: asked for early, painted when there, never waited for."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, QSizeF, Signal
from PySide6.QtGui import QImage, QPainter

from app.documents.engine import Clip, PdfEngine, RenderedPage
from app.ui.reading.image_cache import WHOLE, ImageCache, Key
from app.ui.reading.paper import Rgb, darkened, to_image
from app.ui.reading.troubles import Troubles

USUAL_BUDGET, BUDGET = 64 * 1024 * 1024, 128 * 1024 * 1024
"""Bytes of images that are kept: the first, and up to the second where pages are that large."""
IN_VIEW_AND_AROUND = 6
"""Two pages in view, three around them, and one stand-in of another zoom."""
TILE = 768
"""Edge of a tile in device pixels."""
MOST_PIXELS = 5_000_000
"""Larger pages come in tiles: what is in view and asked for around it fits into the budget."""
LEAST_TILED = 4_000_000
"""Pages of fewer device pixels always come in one piece."""
UNSEEN = 0.75
"""Logical pixels by which the far edge of a page may stand off before its image is scaled."""
PREVIEW_PIXELS = 1_000_000
AHEAD, BEHIND = 2, 1

_decoder = ThreadPoolExecutor(1, thread_name_prefix="page-image")
"""Turns bytes into images for all views; one thread, so that the window keeps the other core."""


@dataclass(frozen=True, slots=True)
class EarlyPage:
    """A whole page that was asked for before its document is shown."""

    page: int
    scale: float
    future: "Future[RenderedPage]"


def ask_early(
    engine: PdfEngine, key: str, page: int, sizes: Sequence[tuple[float, float]], scale: float
) -> EarlyPage | None:
    """Ask for a page, unless it is so large that it would come in tiles."""
    width, height = sizes[page - 1]
    if width * height * scale**2 > LEAST_TILED:
        return None
    return EarlyPage(page, scale, engine.render(key, page, scale, generation=None))


class PageImages(QObject):
    """The images of one document at one scale, and what is left of other scales."""

    arrived = Signal(int)
    """A page looks different now."""
    failed = Signal(int, str)
    """A page could not be rendered, and why."""
    worker_changed = Signal()
    """The worker process is another one than before."""
    device_pixel_ratio = 1.0
    _ready = Signal(object, object, object)

    def __init__(
        self, engine: Callable[[], PdfEngine], parent: QObject | None = None, budget: int = BUDGET
    ) -> None:
        """Ask the engine that ``engine`` returns; keep at most ``budget`` bytes."""
        super().__init__(parent)
        self._engine = engine
        self._budget = budget
        self.cache: ImageCache[QImage] = ImageCache(min(budget, USUAL_BUDGET))
        self._key = ""
        self._sizes: Sequence[tuple[float, float]] = ()
        self.turns: Mapping[int, int] = {}
        """Degrees clockwise by which pages are shown turned, by page."""
        self._scale = 1.0
        self._tile_above = LEAST_TILED
        self._dark: tuple[Rgb, Rgb] | None = None
        self._generation = 0
        self._pending: dict[Key, Future[RenderedPage]] = {}
        self._early: EarlyPage | None = None
        self._wanted: frozenset[Key] = frozenset()
        self._last_wish: tuple[dict[int, QRectF], int, bool] = ({}, 0, True)
        self._troubles = Troubles()
        self._refused: dict[int, float] = {}
        """Scale at which a page was refused as too large to be rendered in one piece."""
        self._process: int | None = None
        self._ready.connect(self._take)

    def open(
        self, key: str, sizes: Sequence[tuple[float, float]], first: EarlyPage | None = None
    ) -> None:
        """Show another document; ``key`` is what the engine knows it by, "" for none.

        The engine lets go of the one before, whose bytes it held. ``first`` is used if that page
        is wanted first, at that scale.
        """
        self._drop_early()
        self._early = first
        if self._key not in ("", key):
            self._engine().forget(self._key)
        self._key, self._sizes = key, sizes
        self._troubles.clear()
        self._refused.clear()
        self._last_wish = ({}, 0, True)
        self.forget_all()

    @property
    def broken(self) -> Mapping[int, str]:
        """Pages that could not be rendered, and why."""
        return self._troubles.why

    def kind_of(self, page: int) -> str:
        """Return why a page could not be rendered in a word, such as "password"; "" if it could."""
        return self._troubles.kind_of(page)

    def retry(self, page: int) -> None:
        """Ask for a page again that could not be rendered."""
        self._troubles.retry(page)
        self.want(*self._last_wish)

    @property
    def has_pages(self) -> bool:
        """False where there is no PDF to make images from."""
        return bool(self._key)

    def forget_all(self) -> None:
        """Let go of every image and request (another document, another paper colour)."""
        self._new_generation()
        self.cache.clear()

    def set_paper(self, dark: tuple[Rgb, Rgb] | None) -> None:
        """Show pages as printed, or with inverted lightness between (paper, ink)."""
        if dark != self._dark:
            self._dark = dark
            self.forget_all()

    def set_scale(self, scale: float, viewport: QSize) -> None:
        """Take device pixels per point and the viewport's size in device pixels."""
        pixels = 4 * viewport.width() * viewport.height()
        self._tile_above = min(max(pixels, LEAST_TILED), MOST_PIXELS)
        largest = max((width * height for width, height in self._sizes), default=0.0) * scale**2
        at_once = IN_VIEW_AND_AROUND * 4 * min(largest, self._tile_above)
        self.cache.budget = min(max(round(at_once), USUAL_BUDGET), self._budget)
        if abs(scale - self._scale) > 1e-6:
            self._scale = scale
            self._troubles.new_scale()
            self._new_generation()

    def close(self) -> None:
        """Stop; nothing arrives after this."""
        self._new_generation()
        self._key = ""

    def want(self, visible: dict[int, QRectF], count: int, downwards: bool) -> None:
        """Ask for what is missing of the visible pages, then of those around them.

        ``visible`` holds the visible part of each page in points. What was asked for and is no
        longer wanted is taken back where it has not begun.
        """
        self._last_wish = (visible, count, downwards)
        if not self._key or not visible:
            return
        self._note_worker()
        first, last = min(visible), max(visible)
        before, after = (BEHIND, AHEAD) if downwards else (AHEAD, BEHIND)
        after_pages = range(last + 1, min(last + after, count) + 1)
        before_pages = range(first - 1, max(first - before, 1) - 1, -1)
        around = [*after_pages, *before_pages] if downwards else [*before_pages, *after_pages]
        keys = [key for page, part in visible.items() for key in self._keys(page, part)]
        keys += [(page, self._whole_scale(page), *WHOLE) for page in around]
        self._wanted = frozenset(keys)
        for key in [key for key in self._pending if key not in self._wanted]:
            if self._pending[key].cancel():
                self._pending.pop(key, None)
        for key in keys:
            self._ask(key)
        self._drop_early()

    def covers(self, page: int, target: QRectF) -> bool:
        """Tell whether an image will cover all of ``target``, so that no paper need be painted."""
        found = self.cache.nearest(page, self._stretch(page, target) * self.device_pixel_ratio)
        if found is None:
            return False
        scale, image = found
        drawn = QSizeF(image.size()) * self._pixel(page, target, scale) + QSizeF(1e-3, 1e-3)
        return drawn.width() >= target.width() and drawn.height() >= target.height()

    def paint(self, painter: QPainter, page: int, target: QRectF, exposed: QRectF) -> bool:
        """Paint the best there is of a page into ``target``, scaled where it is of another zoom.

        False where there is nothing yet.
        """
        found = self.cache.nearest(page, self._stretch(page, target) * self.device_pixel_ratio)
        if found is not None:
            scale, image = found
            pixel = self._pixel(page, target, scale)
            corner = self._prepare(painter, target.topLeft(), pixel)
            painter.drawImage(QRectF(corner, QSizeF(image.size()) * pixel), image)
        if self.comes_in_tiles(page):
            self._paint_tiles(painter, page, target, exposed)
        return found is not None or page in self._troubles

    def _paint_tiles(self, painter: QPainter, page: int, target: QRectF, exposed: QRectF) -> None:
        points = 1 / self._stretch(page, target)
        part = exposed.translated(-target.topLeft())
        seen = QRectF(
            part.x() * points, part.y() * points, part.width() * points, part.height() * points
        )
        pixel = self._pixel(page, target, self._scale)
        corner = self._prepare(painter, target.topLeft(), pixel)
        for key in self._tile_keys(page, seen):
            image = self.cache.get(key)
            if image is not None:
                edge = TILE * pixel
                place = corner + QPointF(key[2] * edge, key[3] * edge)
                painter.drawImage(QRectF(place, QSizeF(image.size()) * pixel), image)

    def _prepare(self, painter: QPainter, corner: QPointF, pixel: float) -> QPointF:
        """Choose how pixels are drawn; return where those of the right size begin exactly."""
        sharp = pixel == 1 / self.device_pixel_ratio
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not sharp)
        if not sharp:
            return corner
        # Between two pixels of the screen, as at 150 %, letters would be smeared.
        matrix = painter.deviceTransform()
        at = matrix.map(corner)
        return corner + QPointF(
            (round(at.x()) - at.x()) / matrix.m11(), (round(at.y()) - at.y()) / matrix.m22()
        )

    def _stretch(self, page: int, target: QRectF) -> float:
        """Return logical pixels per point; the longer side is the more exact one."""
        width, height = self._sizes[page - 1]
        longer = target.height() / height if height >= width else target.width() / width
        return max(longer, 1e-6)

    def _pixel(self, page: int, target: QRectF, scale: float) -> float:
        """Return how large a pixel of an image of ``scale`` is painted, in logical pixels."""
        stretch, sharp = self._stretch(page, target), 1 / self.device_pixel_ratio
        off = abs(scale * sharp - stretch) * max(self._sizes[page - 1])
        return sharp if off <= UNSEEN else stretch / scale

    def comes_in_tiles(self, page: int) -> bool:
        """Tell whether a page is too large at this scale to be drawn in one piece."""
        width, height = self._sizes[page - 1]
        refused = self._refused.get(page, float("inf"))
        return width * height * self._scale**2 > self._tile_above or self._scale >= refused

    def _whole_scale(self, page: int) -> float:
        """Return the scale of the whole page's image: the true one, or a preview's."""
        return self._preview_scale(page) if self.comes_in_tiles(page) else self._scale

    def _preview_scale(self, page: int) -> float:
        width, height = self._sizes[page - 1]
        return min(self._scale, (PREVIEW_PIXELS / max(width * height, 1.0)) ** 0.5)

    def _keys(self, page: int, part: QRectF) -> list[Key]:
        keys: list[Key] = [(page, self._whole_scale(page), *WHOLE)]
        return [*keys, *self._tile_keys(page, part)] if self.comes_in_tiles(page) else keys

    def _tile_keys(self, page: int, part: QRectF) -> Iterable[Key]:
        edge = TILE / self._scale
        width, height = self._sizes[page - 1]
        part = part.intersected(QRectF(0, 0, width - 1e-3, height - 1e-3))
        if part.isEmpty():
            return []
        columns = range(int(part.left() / edge), int(part.right() / edge) + 1)
        rows = range(int(part.top() / edge), int(part.bottom() / edge) + 1)
        return [(page, self._scale, column, row) for row in rows for column in columns]

    def _ask(self, key: Key) -> None:
        page, scale, column, row = key
        if key in self.cache or key in self._pending or page in self._troubles:
            return
        clip = None
        if (column, row) != WHOLE:
            edge = TILE / scale
            width, height = self._sizes[page - 1]
            # A little inside the edge: rounding must not begin a pixel too early.
            clip = (
                column * edge + 0.01 / scale,
                row * edge + 0.01 / scale,
                min((column + 1) * edge, width),
                min((row + 1) * edge, height),
            )
        future = self._request(key, clip)
        self._pending[key] = future
        ticket = (self._generation, key)
        dark = self._dark
        future.add_done_callback(lambda done: self._decode(ticket, dark, done))

    def _request(self, key: Key, clip: Clip | None) -> "Future[RenderedPage]":
        """Take the page that was asked for early where it is the one, else ask the engine."""
        page, scale, early = key[0], key[1], self._early
        whole = early is not None and clip is None and early.page == page
        if early is not None and whole and abs(early.scale - scale) < 1e-6:
            self._early = None
            return early.future
        turned = {"turn": self.turns[page]} if page in self.turns else {}
        generation = self._generation
        return self._engine().render(self._key, page, scale, clip, generation=generation, **turned)

    def _drop_early(self) -> None:
        if self._early is not None:
            self._early.future.cancel()
            self._early = None

    def _decode(
        self, ticket: tuple[int, Key], dark: tuple[Rgb, Rgb] | None, done: "Future[RenderedPage]"
    ) -> None:
        """Hand the finished render to the decoding thread; called on the engine's thread."""
        if done.cancelled() or ticket[0] != self._generation:
            return
        with suppress(RuntimeError):  # the program is ending
            _decoder.submit(self._decoded, ticket, dark, done)

    def _decoded(
        self, ticket: tuple[int, Key], dark: tuple[Rgb, Rgb] | None, done: "Future[RenderedPage]"
    ) -> None:
        try:
            page = done.result()
            rows = (page.pixels, page.width, page.height, page.stride)
            image = darkened(*rows, *dark) if dark else to_image(*rows)
        except CancelledError:
            return
        except Exception as problem:
            self._ready.emit(ticket, None, problem)
            return
        self._ready.emit(ticket, image, None)

    def _take(self, ticket: tuple[int, Key], image: QImage | None, problem: Exception) -> None:
        generation, key = ticket
        if generation != self._generation:
            return
        self._pending.pop(key, None)
        page = key[0]
        if image is not None:
            self._troubles.came(page, key)
            self.cache.put(key, image)
            self.arrived.emit(page)
        elif getattr(problem, "kind", "") == "too_large" and self._can_be_cut(key):
            self._refused[page] = min(key[1], self._refused.get(page, key[1]))
            self.want(*self._last_wish)
        elif self._troubles.note(page, problem, key):
            if key in self._wanted:
                self._ask(key)
        else:
            self.failed.emit(page, self._troubles.why[page])

    def _can_be_cut(self, key: Key) -> bool:
        return key[2:] == WHOLE and key[1] > self._preview_scale(key[0])

    def _note_worker(self) -> None:
        process = self._engine().process_id
        if process is None or process == self._process:
            return
        before, self._process = self._process, process
        if before is not None:
            self._troubles.new_worker()
            self.worker_changed.emit()

    def _new_generation(self) -> None:
        self._generation += 1
        if self._pending:
            self._engine().drop_stale(self._generation)
        self._pending = {}
