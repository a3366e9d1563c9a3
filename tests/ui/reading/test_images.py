import threading
from collections.abc import Iterator
from concurrent.futures import Future

import pytest
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from app.documents.engine import DocumentProblem, RenderedPage
from app.ui.reading.image_cache import WHOLE, ImageCache
from app.ui.reading.page_images import TILE, PageImages
from app.ui.reading.paper import darkened, to_image

SIZES = ((600.0, 800.0),) * 12
PAGE = QRectF(0, 0, 600, 800)


class Renderer:
    """Stands in for the engine: keeps the requests until they are answered."""

    def __init__(self) -> None:
        self.requests: list[tuple[int, float, object, Future[RenderedPage]]] = []
        self.stale = 0
        self.process_id = 1

    def render(
        self, key: str, page: int, scale: float, clip: object = None, *, generation: int = 0
    ) -> "Future[RenderedPage]":
        future: Future[RenderedPage] = Future()
        self.requests.append((page, scale, clip, future))
        return future

    def drop_stale(self, generation: int) -> None:
        self.stale = generation

    def answer(self) -> None:
        """Answer what was not taken back, on another thread as the engine does."""
        waiting, self.requests = self.requests, []

        def work() -> None:
            for page, scale, _clip, future in waiting:
                if future.set_running_or_notify_cancel():
                    pixels = bytes([page]) * (4 * 4 * 3)
                    future.set_result(RenderedPage("k", page, scale, None, 4, 4, 12, pixels))

        thread = threading.Thread(target=work)
        thread.start()
        thread.join()


@pytest.fixture
def renderer() -> Renderer:
    return Renderer()


@pytest.fixture
def images(renderer: Renderer, qtbot: QtBot) -> Iterator[PageImages]:
    made = PageImages(lambda: renderer)  # type: ignore[arg-type, return-value]
    made.open("k", SIZES)
    made.set_scale(1.0, QSize(1000, 1000))
    yield made
    made.close()


def asked(renderer: Renderer) -> list[int]:
    return [page for page, *_rest in renderer.requests]


def test_visible_pages_first_then_two_ahead_and_one_behind(
    images: PageImages, renderer: Renderer
) -> None:
    images.want({4: PAGE, 5: PAGE}, 12, True)
    assert asked(renderer) == [4, 5, 6, 7, 3]
    images.want({4: PAGE, 5: PAGE}, 12, True)
    assert len(renderer.requests) == 5


def test_scrolling_up_looks_ahead_upwards(images: PageImages, renderer: Renderer) -> None:
    images.want({5: PAGE}, 12, False)
    assert asked(renderer) == [5, 4, 3, 6]


def test_pages_left_behind_are_taken_back(images: PageImages, renderer: Renderer) -> None:
    images.want({1: PAGE}, 12, True)
    images.want({9: PAGE}, 12, True)
    cancelled = [page for page, _s, _c, future in renderer.requests if future.cancelled()]
    assert cancelled == [1, 2, 3]


def test_an_answer_of_an_older_scale_is_dropped(
    images: PageImages, renderer: Renderer, qtbot: QtBot
) -> None:
    images.want({1: PAGE}, 1, True)
    images.set_scale(2.0, QSize(1000, 1000))
    assert renderer.stale > 0
    with qtbot.assertNotEmitted(images.arrived, wait=60):
        renderer.answer()
    images.want({1: PAGE}, 1, True)
    with qtbot.waitSignal(images.arrived):
        renderer.answer()
    assert list(images.cache) == [(1, 2.0, *WHOLE)]


def test_huge_pages_come_in_tiles_with_a_preview(images: PageImages, renderer: Renderer) -> None:
    images.open("k", ((1480.0, 14400.0),))
    images.set_scale(2.0, QSize(1000, 1000))
    images.want({1: QRectF(0, 5000, 700, 500)}, 1, True)
    (_page, preview, clip, _future), *tiles = renderer.requests
    assert clip is None
    assert 1480 * 14400 * preview**2 <= 1_000_001
    edge = TILE / 2
    rows = {round(tile[2][1] // edge) for tile in tiles}  # type: ignore[index]
    assert rows == {13, 14}
    assert len(tiles) == 4


def test_a_page_that_fails_is_not_asked_for_again(
    images: PageImages, renderer: Renderer, qtbot: QtBot
) -> None:
    images.want({1: PAGE}, 1, True)
    with qtbot.waitSignal(images.failed):
        renderer.requests[0][3].set_exception(DocumentProblem("damaged", "It breaks off."))
    images.want({1: PAGE}, 1, True)
    assert len(renderer.requests) == 1
    assert images.broken == {1: "It breaks off."}


def test_the_cache_keeps_to_its_budget() -> None:
    cache: ImageCache[QImage] = ImageCache(4 * 100 * 100 * 3)
    for page in range(1, 6):
        cache.put((page, 1.0, *WHOLE), QImage(100, 100, QImage.Format.Format_RGB32))
        cache.get((1, 1.0, *WHOLE))
    assert {key[0] for key in cache} == {1, 4, 5}
    assert cache.used <= cache.budget


def test_the_nearest_zoom_stands_in() -> None:
    cache: ImageCache[QImage] = ImageCache(10_000_000)
    for scale in (0.5, 1.0, 3.0):
        cache.put((1, scale, *WHOLE), QImage(round(scale * 10), 10, QImage.Format.Format_RGB32))
    assert [cache.nearest(1, s)[0] for s in (0.4, 1.2, 2.5)] == [0.5, 1.0, 3.0]  # type: ignore[index]
    assert cache.nearest(2, 1.0) is None


PAPER, INK = (27, 28, 30), (217, 215, 210)


def test_dark_paper_swaps_lightness_and_keeps_hue() -> None:
    row = bytes([255, 255, 255, 0, 0, 0, 128, 0, 0, 250, 250, 60])
    image = darkened(row, 4, 1, 12, PAPER, INK)
    colours = [QColor(image.pixel(x, 0)) for x in range(4)]
    assert (colours[0].red(), colours[0].green(), colours[0].blue()) == PAPER
    assert (colours[1].red(), colours[1].green(), colours[1].blue()) == INK
    assert colours[2].hue() == pytest.approx(0, abs=6)
    assert colours[2].lightness() > 128
    assert colours[3].lightness() < 128


def test_grey_pages_take_the_same_way() -> None:
    grey = bytes(value for level in range(256) for value in (level,) * 3)
    coloured = bytes([9, 0, 0]) + grey[3:]
    plain, mixed = (darkened(row, 256, 1, 768, PAPER, INK) for row in (grey, coloured))
    assert [plain.pixel(x, 0) for x in range(1, 256)] == [mixed.pixel(x, 0) for x in range(1, 256)]


def test_light_paper_is_as_printed() -> None:
    image = to_image(bytes([1, 2, 3, 200, 100, 50]) + b"\0\0", 2, 1, 8)
    assert QColor(image.pixel(1, 0)).getRgb()[:3] == (200, 100, 50)
