"""The reading process dies under the hands of someone who reads."""

import os
import signal

from app.ui.reading.image_cache import WHOLE
from tests.ui.reading.pages import Reader

HARD = getattr(signal, "SIGKILL", signal.SIGTERM)


def is_sharp(reader: Reader) -> bool:
    scale = reader.canvas.layout_.scale * reader.canvas.viewport().devicePixelRatioF()
    pages = reader.canvas.visible_parts()
    return all((page, scale, *WHOLE) in reader.place.images.cache for page in pages)


def test_a_process_killed_while_it_draws_is_replaced_and_the_page_comes(reader: Reader) -> None:
    engine, images = reader.window.bridge.reader, reader.place.images
    before = engine.process_id
    assert before is not None
    reader.canvas.set_zoom(1.37)
    assert not is_sharp(reader)
    page = reader.canvas.page
    assert images.cache.nearest(page, reader.canvas.layout_.scale) is not None
    reader.qtbot.waitUntil(lambda: bool(images._pending))
    os.kill(before, HARD)
    reader.qtbot.waitUntil(lambda: is_sharp(reader), timeout=10_000)
    assert engine.process_id not in {None, before}
    assert not images.broken
    assert not reader.notices()
