"""Runs the tour: a window of its own, settings of its own, one picture after another."""

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from app.ui.look import apply_look, current_look
from app.ui.main_window import MainWindow
from app.ui.tasks import tasks
from app.ui.tour.album import HEIGHT, WIDTH, Album, Look
from app.ui.tour.hands import Hands
from app.ui.tour.sample import Sample, find_sample

HOME = "COFACTOR_HOME"
PLATFORM = "QT_QPA_PLATFORM"


def run_tour(out: Path, look: Look | None = None) -> list[Path]:
    """Drive the window through every main task; return the pictures, in their order.

    ``look`` is called with the name of each picture and the window while it stands there.
    Settings and projects of the user are neither read nor changed: the tour works in a temporary
    folder, and on the sample review, taken from ``out`` where ``demo`` has made it there.

    Raises:
        TourError: a step did not come about; the sentence names it.
    """
    out = out.expanduser().absolute()
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="cofactor-tour-") as folder, _at_home(Path(folder)):
        _choose_platform(Path(folder))
        with _window() as window:
            album = Album(out, Hands(window), look)
            _walk(album, find_sample(out, Path(folder)), Path(folder))
    return album.pictures


def _walk(album: Album, sample: Sample, folder: Path) -> None:
    from app.ui.tour import (
        agreeing,
        attributes,
        beginnings,
        codebook_work,
        density,
        keys,
        looks,
        notes,
        pages,
        reading,
        results,
        settling,
        sheets,
        teamwork,
        texts,
    )

    beginnings.start_and_sample(album, sample)
    beginnings.new_project(album, sample)
    beginnings.add_files(album, sample)
    beginnings.add_references(album, sample)
    beginnings.recent_projects(album)
    attributes.attributes(album)
    reading.studies(album)
    reading.read(album)
    pages.pages(album)
    texts.texts(album)
    density.densities(album)
    keys.filters_and_keys(album)
    results.codebook(album)
    codebook_work.codebook_work(album, folder)
    results.extracts(album)
    results.analysis(album)
    teamwork.teamwork(album, folder)
    notes.memos(album)
    notes.search(album)
    settling.settling(album)
    agreeing.agreement(album)
    sheets.all_sheets(album)
    looks.all_looks(album)


@contextmanager
def _at_home(folder: Path) -> Iterator[None]:
    before = os.environ.get(HOME)
    os.environ[HOME] = str(folder / "home")
    try:
        yield
    finally:
        if before is None:
            del os.environ[HOME]
        else:
            os.environ[HOME] = before


def _choose_platform(folder: Path) -> None:
    """Do without a display where there is none, on a screen that the window fits on."""
    if QApplication.instance() is not None or sys.platform in ("win32", "darwin"):
        return
    shown = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if os.environ.get(PLATFORM) == "offscreen" or (not shown and PLATFORM not in os.environ):
        screen = {
            "name": "tour", "x": 0, "y": 0, "width": WIDTH, "height": HEIGHT,
            "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1.0,
        }  # fmt: skip
        file = folder / "screen.json"
        file.write_text(json.dumps({"screens": [screen]}), encoding="utf-8")
        os.environ[PLATFORM] = f"offscreen:configfile={file}"


@contextmanager
def _window() -> Iterator[MainWindow]:
    """Show a window of the size of the pictures, and leave nothing of it behind."""
    from app.ui.application import make_application

    had = QApplication.instance() is not None
    before = current_look() if had else None
    application = make_application()
    cursor_time = application.cursorFlashTime()
    application.setCursorFlashTime(0)
    report: Callable[[BaseException], object] | None = tasks.report_error
    hook = sys.excepthook
    handler = qInstallMessageHandler(_say)
    window = MainWindow()
    sys.excepthook = lambda _kind, error, _trace: window.messages.report(error)
    try:
        window.setFixedSize(WIDTH, HEIGHT)
        window.move(0, 0)
        window.show()
        window.activateWindow()
        yield window
    finally:
        sys.excepthook = hook
        qInstallMessageHandler(handler)
        tasks.stop_all()
        window.close()
        window.deleteLater()
        QApplication.processEvents()
        tasks.report_error = report
        application.setCursorFlashTime(cursor_time)
        if before is not None:
            apply_look(before)


def _say(_kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    """Pass on what Qt says, save what the platform without a display cannot do."""
    if not text.startswith("This plugin does not support"):
        print(text, file=sys.stderr)
