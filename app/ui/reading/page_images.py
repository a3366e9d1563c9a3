"""Page images from the worker process: asked for early, painted when there, never waited for."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import suppress

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Signal
from PySide6.QtGui import QColor, QImage, QPainter

from app.documents.engine import PdfEngine, RenderedPage
from app.ui.reading.image_cache import WHOLE, ImageCache, Key
from app.ui.reading.paper import Rgb, darkened, to_image

BUDGET = 256 * 1024 * 1024
TILE = 768
"""Edge of a tile in device pixels."""
MOST_PIXELS = 32_000_000
PREVIEW_PIXELS = 1_000_000
AHEAD, BEHIND = 2, 1

_decoder = ThreadPoolExecutor(1, thread_name_prefix="page-image")
"""Turns bytes into images for all views; one thread, so that the window keeps the other core."""


class PageImages(QObject):
    """The images of one document at one scale, and what is left of other scales."""

    arrived = Signal(int)
    """A page looks different now."""
    failed = Signal(int, str)
    """A page could not be rendered, and why."""
    device_pixel_ratio = 1.0
    _ready = Signal(object, object, object)

    def __init__(
        self, engine: Callable[[], PdfEngine], parent: QObject | None = None, budget: int = BUDGET
    ) -> None:
        """Ask the engine that ``engine`` returns; keep at most ``budget`` bytes."""
        super().__init__(parent)
        self._engine = engine
        self.cache: ImageCache[QImage] = ImageCache(budget)
        self._key = ""
        self._sizes: Sequence[tuple[float, float]] = ()
        self._scale = 1.0
        self._tile_above = 4_000_000
        self._dark: tuple[Rgb, Rgb] | None = None
        self._generation = 0
        self._pending: dict[Key, Future[RenderedPage]] = {}
        self.broken: dict[int, str] = {}
        """Pages that could not be rendered, and why."""
        self._ready.connect(self._take)

    def open(self, key: str, sizes: Sequence[tuple[float, float]]) -> None:
        """Show another document; ``key`` is what the engine knows it by, "" for none."""
        self._key, self._sizes = key, sizes
        self.broken = {}
        self.forget_all()

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
        self._tile_above = min(max(pixels, 4_000_000), MOST_PIXELS)
        if abs(scale - self._scale) > 1e-6:
            self._scale = scale
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
        if not self._key or not visible:
            return
        first, last = min(visible), max(visible)
        before, after = (BEHIND, AHEAD) if downwards else (AHEAD, BEHIND)
        after_pages = range(last + 1, min(last + after, count) + 1)
        before_pages = range(first - 1, max(first - before, 1) - 1, -1)
        around = [*after_pages, *before_pages] if downwards else [*before_pages, *after_pages]
        keys = [key for page, part in visible.items() for key in self._keys(page, part)]
        keys += [(page, self._whole_scale(page), *WHOLE) for page in around]
        wanted = set(keys)
        for key in [key for key in self._pending if key not in wanted]:
            if self._pending[key].cancel():
                self._pending.pop(key, None)
        for key in keys:
            self._ask(key)

    def covers(self, page: int, target: QRectF) -> bool:
        """Tell whether an image will cover all of ``target``, so that no paper need be painted."""
        image = self.cache.get((page, self._whole_scale(page), *WHOLE))
        if image is None:
            return False
        size = image.deviceIndependentSize()
        return size.width() >= target.width() and size.height() >= target.height()

    def paint(self, painter: QPainter, page: int, target: QRectF, exposed: QRectF) -> bool:
        """Paint the best there is of a page into ``target``; False where there is nothing yet."""
        key = (page, self._whole_scale(page), *WHOLE)
        image = self.cache.get(key)
        if image is not None and not self._tiled(page):
            painter.drawImage(target.topLeft(), image)
            return True
        rough = image or self.cache.nearest(page, self._scale)
        if rough is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(target, rough)
        if self._tiled(page):
            self._paint_tiles(painter, page, target, exposed)
        return rough is not None

    def _paint_tiles(
        self, painter: QPainter, page: int, target: QRectF, exposed: QRectF
    ) -> None:
        ratio = self._ratio(target, page)
        part = exposed.translated(-target.topLeft())
        points = QRectF(
            part.x() * ratio, part.y() * ratio, part.width() * ratio, part.height() * ratio
        )
        for key in self._tile_keys(page, points):
            image = self.cache.get(key)
            if image is not None:
                edge = TILE / image.devicePixelRatio()
                corner = QPointF(key[2] * edge, key[3] * edge)
                painter.drawImage(target.topLeft() + corner, image)

    def _ratio(self, target: QRectF, page: int) -> float:
        return self._sizes[page - 1][0] / max(target.width(), 1.0)

    def _tiled(self, page: int) -> bool:
        width, height = self._sizes[page - 1]
        return width * height * self._scale**2 > self._tile_above

    def _whole_scale(self, page: int) -> float:
        """Return the scale of the whole page's image: the true one, or a preview's."""
        if not self._tiled(page):
            return self._scale
        width, height = self._sizes[page - 1]
        return min(self._scale, (PREVIEW_PIXELS / max(width * height, 1.0)) ** 0.5)

    def _keys(self, page: int, part: QRectF) -> list[Key]:
        keys: list[Key] = [(page, self._whole_scale(page), *WHOLE)]
        return [*keys, *self._tile_keys(page, part)] if self._tiled(page) else keys

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
        if key in self.cache or key in self._pending or page in self.broken:
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
        future = self._engine().render(
            self._key, page, scale, clip, generation=self._generation
        )
        self._pending[key] = future
        ticket = (self._generation, key)
        dark = self._dark
        future.add_done_callback(lambda done: self._decode(ticket, dark, done))

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
        except CancelledError:
            return
        except Exception as problem:
            self._ready.emit(ticket, None, str(problem))
            return
        rows = (page.pixels, page.width, page.height, page.stride)
        image = darkened(*rows, *dark) if dark else to_image(*rows)
        self._ready.emit(ticket, image, "")

    def _take(self, ticket: tuple[int, Key], image: QImage | None, problem: str) -> None:
        generation, key = ticket
        if generation != self._generation:
            return
        self._pending.pop(key, None)
        if image is None:
            self.broken[key[0]] = problem
            self.failed.emit(key[0], problem)
            return
        image.setDevicePixelRatio(self.device_pixel_ratio)
        self.cache.put(key, image)
        self.arrived.emit(key[0])

    def _new_generation(self) -> None:
        self._generation += 1
        if self._pending:
            self._engine().drop_stale(self._generation)
        self._pending = {}


def rgb(colour: QColor) -> Rgb:
    """Return the three channels of a colour."""
    return colour.red(), colour.green(), colour.blue()
