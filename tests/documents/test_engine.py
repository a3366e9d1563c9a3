import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError
from pathlib import Path

import numpy as np
import pymupdf
import pytest

from app.documents.engine import DocumentProblem, PdfEngine, RenderedPage
from app.documents.geometry import PageGeometry
from tests.documents.making import column, lines, make_pdf

PAGES = [
    [*column("left", x=50, count=40), *column("right", x=320, count=40)],
    lines("The second page"),
]
WAIT = 20  # seconds


@pytest.fixture(scope="module")
def small_pdf() -> bytes:
    return make_pdf(PAGES)


@pytest.fixture(scope="module")
def long_pdf() -> bytes:
    """A file that takes the worker a second or more."""
    document, page = pymupdf.open(), pymupdf.open(stream=make_pdf(PAGES[:1]))
    for _ in range(500):
        document.insert_pdf(page)
    return bytes(document.tobytes())


@pytest.fixture
def engine() -> Iterator[PdfEngine]:
    engine = PdfEngine()
    yield engine
    engine.close()


def process_of(engine: PdfEngine) -> int:
    deadline = time.monotonic() + WAIT
    while time.monotonic() < deadline:
        if engine.process_id is not None:
            return engine.process_id
        time.sleep(0.005)
    pytest.fail("no process was started")


def kill(process_id: int) -> None:
    os.kill(process_id, getattr(signal, "SIGKILL", signal.SIGTERM))


def wait_for_end(engine: PdfEngine) -> None:
    deadline = time.monotonic() + WAIT
    while engine.process_id is not None and time.monotonic() < deadline:
        time.sleep(0.005)


def pixels(rendered: RenderedPage) -> np.ndarray:
    rows = np.frombuffer(rendered.pixels, np.uint8).reshape(rendered.height, rendered.stride)
    return rows[:, : 3 * rendered.width].reshape(rendered.height, rendered.width, 3)


def test_extraction_geometry_and_pixels_come_from_one_process(
    engine: PdfEngine, small_pdf: bytes
) -> None:
    document = engine.extract(small_pdf)
    process = process_of(engine)
    assert document.pages[1].text == "The second page"
    engine.open("a", small_pdf)
    text, packed = engine.geometry("a", 2, document.pages[1].order).result(WAIT)
    assert text == document.pages[1].text
    geometry = PageGeometry.unpack(packed, text)
    rendered = engine.render("a", 2, 1.5).result(WAIT)
    assert (rendered.key, rendered.page, rendered.scale, rendered.clip) == ("a", 2, 1.5, None)
    assert (rendered.width, rendered.height) == (893, 1263)
    x0, y0, x1, y1 = (round(float(edge) * 1.5) for edge in geometry.rects(0, len(text))[0])
    assert pixels(rendered)[y0:y1, x0:x1].min() < 50
    assert pixels(rendered)[y1 + 10 :].min() == 255
    assert engine.process_id == process


def test_a_tile_is_a_piece_of_the_whole(engine: PdfEngine, small_pdf: bytes) -> None:
    engine.open("a", small_pdf)
    whole = pixels(engine.render("a", 1, 2.0).result(WAIT))
    tile = engine.render("a", 1, 2.0, (100, 110, 228, 238)).result(WAIT)
    assert (tile.width, tile.height) == (256, 256)
    assert np.array_equal(pixels(tile), whole[220:476, 200:456])


def test_more_than_64_megabytes_of_pixels_are_refused(engine: PdfEngine, small_pdf: bytes) -> None:
    engine.open("a", small_pdf)
    with pytest.raises(DocumentProblem, match="too large") as problem:
        engine.render("a", 1, 8.0).result(WAIT)
    assert problem.value.kind == "too_large"
    assert engine.render("a", 1, 8.0, (0, 0, 64, 64)).result(WAIT).width == 512


def test_problems_of_a_file_are_told_and_the_process_lives_on(
    engine: PdfEngine, small_pdf: bytes
) -> None:
    for data, kind in ((b"", "empty"), (b"no", "not_pdf"), (b"%PDF-1.7\n", "damaged")):
        with pytest.raises(DocumentProblem) as problem:
            engine.extract(data)
        assert problem.value.kind == kind
    process = engine.process_id
    locked = make_pdf(PAGES, password="open")
    with pytest.raises(DocumentProblem) as problem:
        engine.extract(locked)
    assert problem.value.kind == "password"
    assert len(engine.extract(locked, password="open").pages) == 2
    engine.open("a", small_pdf)
    with pytest.raises(DocumentProblem, match="no page 3"):
        engine.render("a", 3, 1.0).result(WAIT)
    engine.open("locked", locked, "open")
    assert engine.render("locked", 2, 0.5).result(WAIT).width == 298
    assert engine.process_id == process


def test_a_process_that_dies_between_requests_is_replaced(
    engine: PdfEngine, small_pdf: bytes
) -> None:
    engine.open("a", small_pdf)
    before = engine.render("a", 1, 1.0).result(WAIT)
    process = process_of(engine)
    kill(process)
    wait_for_end(engine)
    after = engine.render("a", 1, 1.0).result(WAIT)
    assert after.pixels == before.pixels
    assert engine.process_id not in (None, process)


def test_a_crash_fails_one_request_and_the_others_are_answered(
    engine: PdfEngine, small_pdf: bytes, long_pdf: bytes
) -> None:
    engine.open("a", small_pdf)
    engine.render("a", 1, 1.0).result(WAIT)
    process = process_of(engine)
    caught: list[DocumentProblem] = []

    def extract() -> None:
        try:
            engine.extract(long_pdf)
        except DocumentProblem as problem:
            caught.append(problem)

    thread = threading.Thread(target=extract)
    thread.start()
    time.sleep(0.2)
    waiting = [engine.render("a", page, 1.0) for page in (1, 2)]
    kill(process)
    thread.join(WAIT)
    assert [problem.kind for problem in caught] == ["crashed"]
    assert [future.result(WAIT).page for future in waiting] == [1, 2]


def test_a_hang_is_stopped_and_the_others_are_answered(
    engine: PdfEngine, small_pdf: bytes, long_pdf: bytes
) -> None:
    engine.open("a", small_pdf)
    engine.render("a", 1, 1.0).result(WAIT)
    process = process_of(engine)
    with pytest.raises(DocumentProblem, match=r"0\.05 seconds") as problem:
        engine.extract(long_pdf, time_limit=0.05)
    assert problem.value.kind == "slow"
    assert engine.render("a", 2, 1.0).result(WAIT).page == 2
    assert engine.process_id != process


def test_stale_renders_are_dropped_and_fresh_ones_kept(
    engine: PdfEngine, small_pdf: bytes, long_pdf: bytes
) -> None:
    engine.open("a", small_pdf)
    engine.open("long", long_pdf)
    busy = engine.render("long", 1, 6.0, generation=5)
    stale = [engine.render("a", 1, 1.0, generation=1) for _ in range(20)]
    fresh = engine.render("a", 2, 1.0, generation=2)
    boxes = engine.geometry("a", 1, "stream")
    engine.drop_stale(2)
    assert fresh.result(WAIT).page == 2
    assert boxes.result(WAIT)[0]
    assert busy.result(WAIT).width > 3000
    assert sum(future.cancelled() for future in stale) >= 19


def test_a_forgotten_document_cannot_be_drawn(engine: PdfEngine, small_pdf: bytes) -> None:
    engine.open("a", small_pdf)
    engine.render("a", 1, 1.0).result(WAIT)
    engine.forget("a")
    with pytest.raises(KeyError):
        engine.render("a", 1, 1.0).result(WAIT)


def test_a_key_opened_again_shows_the_new_document(engine: PdfEngine, small_pdf: bytes) -> None:
    engine.open("a", small_pdf)
    assert engine.geometry("a", 2, "stream").result(WAIT)[0] == "The second page"
    engine.open("a", make_pdf([lines("new"), lines("other")]))
    assert engine.geometry("a", 2, "stream").result(WAIT)[0] == "other"


def test_more_documents_than_the_process_keeps_open(engine: PdfEngine) -> None:
    for number in range(10):
        engine.open(str(number), make_pdf([lines(f"document {number}")]))
    for _ in range(2):
        for number in range(10):
            text, _ = engine.geometry(str(number), 1, "stream").result(WAIT)
            assert text == f"document {number}"


def test_requests_from_many_threads(engine: PdfEngine, small_pdf: bytes) -> None:
    engine.open("a", small_pdf)
    widths: list[int] = []

    def draw(width: int) -> None:
        for _ in range(5):
            widths.append(engine.render("a", 2, width / 595).result(WAIT).width - width)

    threads = [threading.Thread(target=draw, args=(100 + 10 * n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT)
    assert len(widths) == 30
    assert set(widths) <= {0, 1}


def test_closing_ends_the_process_and_cancels_what_waits(small_pdf: bytes, long_pdf: bytes) -> None:
    engine = PdfEngine(low_priority=True)
    engine.open("a", small_pdf)
    engine.open("long", long_pdf)
    process = None
    futures = [engine.render("long", page, 6.0) for page in range(1, 30)]
    process = process_of(engine)
    engine.close()
    assert all(future.done() for future in futures)
    with pytest.raises(CancelledError):
        futures[-1].result(0)
    with pytest.raises(RuntimeError):
        engine.render("a", 1, 1.0)
    if sys.platform != "win32":
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)
    engine.close()


def test_the_process_starts_from_any_directory_with_any_path(
    small_pdf: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    engine = PdfEngine(low_priority=True)
    try:
        engine.start()
        assert len(engine.extract(small_pdf).pages) == 2
    finally:
        engine.close()


def loaded_modules(program: str) -> set[str]:
    code = f"{program}; import sys; print(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return {name.split(".")[0] for name in done.stdout.split()}


def test_the_worker_knows_no_window_toolkit_and_no_database() -> None:
    modules = loaded_modules("import app.documents.worker")
    assert "pymupdf" in modules
    assert not modules & {"PySide6", "shiboken6", "sqlalchemy", "sqlite3", "onnxruntime"}


def test_the_program_s_side_does_not_load_the_pdf_engine() -> None:
    modules = loaded_modules("import app.documents.engine, app.documents.geometry")
    assert not modules & {"pymupdf", "rapidfuzz"}


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_no_qt_library_is_mapped_into_the_running_worker(
    engine: PdfEngine, small_pdf: bytes
) -> None:
    engine.extract(small_pdf)
    mapped = Path(f"/proc/{process_of(engine)}/maps").read_text(encoding="utf-8")
    assert "mupdf" in mapped
    assert "Qt6" not in mapped


def test_the_worker_ends_when_its_input_ends() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "app.documents.worker"], input=b"", capture_output=True, timeout=WAIT
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
