"""Page images in register, in tiles, within their memory, on a long document."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.documents.engine import DocumentProblem, PdfEngine
from app.ui.reading.image_cache import WHOLE
from app.ui.reading.page_images import BUDGET, MOST_PIXELS, TILE, PageImages
from tests.shared_data import shared_data
from tests.ui.reading.pages import Reader
from tests.ui.reading.test_images import Renderer

PAGES = 285
RED, WHITE = QColor("red"), QColor("white")


def half_red(width: int, height: int) -> QImage:
    """Return an image whose lower half is red."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(WHITE)
    painter = QPainter(image)
    painter.fillRect(0, height // 2, width, height, RED)
    painter.end()
    return image


@pytest.fixture
def renderer() -> Renderer:
    return Renderer()


@pytest.fixture
def images(renderer: Renderer, qtbot: QtBot) -> Iterator[PageImages]:
    made = PageImages(lambda: renderer)  # type: ignore[arg-type, return-value]
    made.open("k", ((100.0, 200.0), (100.0, 200.0)))
    made.set_scale(1.0, QSize(1000, 1000))
    yield made
    made.close()


def painted(images: PageImages, target: QRectF, page: int = 1, ratio: float = 1.0) -> QImage:
    """Return what is painted, on a ground of blue."""
    canvas = QImage(round(800 * ratio), round(800 * ratio), QImage.Format.Format_RGB32)
    canvas.setDevicePixelRatio(ratio)
    canvas.fill(QColor("blue"))
    painter = QPainter(canvas)
    images.paint(painter, page, target, target)
    painter.end()
    return canvas


@pytest.mark.parametrize("zoom", [0.5, 0.9, 1.1, 3.0])
def test_an_image_of_another_zoom_fills_the_page(images: PageImages, zoom: float) -> None:
    images.cache.put((1, 1.0, *WHOLE), half_red(100, 200))
    target = QRectF(7, 5, round(100 * zoom), round(200 * zoom))
    picture = painted(images, target)
    left, right = int(target.left()), int(target.right())
    middle, bottom = target.center().y(), int(target.bottom())
    assert picture.pixelColor(right - 1, bottom - 1) == RED
    assert picture.pixelColor(right + 1, bottom - 3) == QColor("blue")
    assert picture.pixelColor(left + 3, bottom + 1) == QColor("blue")
    assert picture.pixelColor(left + 3, int(middle) - 3) == WHITE
    assert picture.pixelColor(left + 3, int(middle) + 3) == RED
    assert images.covers(1, target)


def test_without_any_image_nothing_is_covered(images: PageImages) -> None:
    assert not images.covers(1, QRectF(0, 0, 100, 200))
    assert not images.paint(QPainter(), 1, QRectF(0, 0, 100, 200), QRectF(0, 0, 100, 200))


def test_an_image_of_the_right_zoom_is_painted_pixel_by_pixel(images: PageImages) -> None:
    images.open("k", ((100.3, 200.4),))
    stripes = QImage(101, 201, QImage.Format.Format_RGB32)
    stripes.fill(WHITE)
    painter = QPainter(stripes)
    for y in range(0, 201, 2):
        painter.fillRect(0, y, 101, 1, RED)
    painter.end()
    images.cache.put((1, 1.0, *WHOLE), stripes)
    picture = painted(images, QRectF(0, 0, 100, 200))
    assert [picture.pixelColor(50, y) for y in (0, 1, 198, 199)] == [RED, WHITE, RED, WHITE]


@pytest.mark.parametrize("ratio", [1.25, 1.5, 2.0])
def test_screens_with_more_pixels_get_each_of_them(images: PageImages, ratio: float) -> None:
    images.device_pixel_ratio = ratio
    images.set_scale(ratio, QSize(1000, 1000))
    size = QSize(round(100 * ratio), round(200 * ratio))
    stripes = QImage(size, QImage.Format.Format_RGB32)
    stripes.fill(WHITE)
    painter = QPainter(stripes)
    for y in range(0, size.height(), 2):
        painter.fillRect(0, y, size.width(), 1, RED)
    painter.end()
    images.cache.put((1, ratio, *WHOLE), stripes)
    picture = painted(images, QRectF(3, 3, 100, 200), ratio=ratio)
    top = round(3 * ratio)
    column = [picture.pixelColor(round(50 * ratio), top + y) for y in range(6)]
    assert column == [RED, WHITE] * 3


def test_tiles_of_another_zoom_stand_where_they_belong(images: PageImages) -> None:
    images.open("k", ((2000.0, 4000.0),))
    images.set_scale(1.0, QSize(100, 100))
    images.cache.put((1, 0.25, *WHOLE), half_red(500, 1000))
    tile = QImage(TILE, TILE, QImage.Format.Format_RGB32)
    tile.fill(QColor("green"))
    images.cache.put((1, 1.0, 1, 1), tile)
    picture = painted(images, QRectF(0, 0, 400, 800))
    first, last = round(TILE / 5), round(2 * TILE / 5)
    assert picture.pixelColor(first + 1, first + 1) == QColor("green")
    assert picture.pixelColor(last - 2, last - 2) == QColor("green")
    assert picture.pixelColor(first - 2, first + 1) == WHITE
    assert picture.pixelColor(last + 2, last - 2) == WHITE


def test_a_page_refused_as_too_large_comes_in_tiles(
    images: PageImages, renderer: Renderer, qtbot: QtBot
) -> None:
    images.open("k", ((1500.0, 1500.0),))
    images.want({1: QRectF(0, 0, 700, 700)}, 1, True)
    refused = renderer.requests.pop()
    with qtbot.assertNotEmitted(images.failed, wait=60):
        refused[3].set_exception(DocumentProblem("too_large", "This page is too large."))
        qtbot.waitUntil(lambda: bool(renderer.requests))
    (_page, preview, clip, _future), *tiles = renderer.requests
    assert (clip, len(tiles)) == (None, 1)
    assert preview < 1.0
    assert not images.broken
    renderer.requests[0][3].set_exception(DocumentProblem("too_large", "This page is too large."))
    qtbot.waitUntil(lambda: 1 in images.broken)
    images.set_scale(0.5, QSize(1000, 1000))
    assert not images.broken


def test_a_worker_that_died_is_asked_again_and_a_new_one_once_more(
    images: PageImages, renderer: Renderer, qtbot: QtBot
) -> None:
    def die() -> None:
        renderer.requests.pop()[3].set_exception(DocumentProblem("crashed", "It stopped."))

    images.want({1: QRectF(0, 0, 100, 200)}, 1, True)
    die()
    qtbot.waitUntil(lambda: len(renderer.requests) == 1)
    with qtbot.waitSignal(images.failed):
        die()
    for process, tries in ((1, 0), (2, 1), (3, 0)):
        renderer.process_id = process
        images.want({1: QRectF(0, 0, 100, 200)}, 1, True)
        assert len(renderer.requests) == tries
        if tries:
            with qtbot.waitSignal(images.failed):
                die()
    images.retry(1)
    with qtbot.waitSignal(images.arrived):
        renderer.answer()
    assert not images.broken


def test_what_is_in_view_and_around_it_fits_into_the_budget() -> None:
    """Two pages in view, three around them, and one stand-in of another zoom."""
    assert 6 * MOST_PIXELS * 4 <= BUDGET


def test_a_screen_of_other_pixels_gets_other_images(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    scale = reader.canvas.layout_.scale
    monkeypatch.setattr(type(reader.canvas.viewport()), "devicePixelRatioF", lambda _self: 2.0)
    QApplication.sendEvent(reader.canvas, QEvent(QEvent.Type.DevicePixelRatioChange))
    reader.settle()
    assert {round(key[1] / scale, 3) for key in reader.place.images.cache} == {2.0}


def test_zooming_keeps_text_and_highlights_together(reader: Reader) -> None:
    words = reader.find("Most members")
    reader.canvas.set_zoom(reader.canvas.zoom * 1.5)
    picture = reader.canvas.viewport().grab().toImage()
    box = reader.canvas.span_rect(*words).toAlignedRect()
    inside = [
        picture.pixelColor(x, y).lightness()
        for x in range(box.left(), box.right())
        for y in range(box.top(), box.bottom())
    ]
    above = [
        picture.pixelColor(x, box.top() - round(box.height() * 0.6)).lightness()
        for x in range(box.left(), box.right())
    ]
    assert min(inside) < 120
    assert min(above) > 200


@pytest.fixture
def book(engine: PdfEngine) -> str:
    """A book of ``PAGES`` pages, known to the engine."""
    engine.open("book", shared_data("pdfs/mu_mupdf_explored.pdf").read_bytes())
    return "book"


def test_fast_scrolling_leaves_nothing_behind_and_keeps_within_memory(
    book: str, engine: PdfEngine, qtbot: QtBot
) -> None:
    budget = 32_000_000
    images = PageImages(lambda: engine, budget=budget)
    images.open(book, ((612.0, 792.0),) * PAGES)
    images.set_scale(1.5, QSize(1400, 900))
    most = 0

    def note(_page: int) -> None:
        nonlocal most
        held = sum(image.sizeInBytes() for image in images.cache._images.values())
        assert held == images.cache.used
        most = max(most, held)

    images.arrived.connect(note)
    page = QRectF(0, 0, 612, 600)
    for first in range(1, PAGES, 3):
        images.want({first: page, first + 1: page}, PAGES, True)
        QApplication.processEvents()
        assert len(images._pending) <= 6
    whole = images._whole_scale(PAGES)
    qtbot.waitUntil(lambda: not images._pending)
    for last in (PAGES - 2, PAGES - 1, PAGES):
        assert (last, whole, *WHOLE) in images.cache
    for first in range(100, 116):
        images.want({first: page}, PAGES, True)
        qtbot.waitUntil(lambda: not images._pending)
    assert budget * 3 // 4 < most <= budget
    images.set_scale(2.0, QSize(1400, 900))
    images.want({150: page}, PAGES, True)
    qtbot.waitUntil(lambda: (150, 2.0, *WHOLE) in images.cache)
    assert not images.broken
    images.close()


def test_a_closed_view_gets_nothing_more(book: str, engine: PdfEngine, qtbot: QtBot) -> None:
    images = PageImages(lambda: engine)
    images.open(book, ((612.0, 792.0),) * PAGES)
    images.want({10: QRectF(0, 0, 612, 600)}, PAGES, True)
    images.close()
    with qtbot.assertNotEmitted(images.arrived, wait=200):
        engine.render(book, 10, 0.2).result(timeout=10)
    assert not list(images.cache)
