"""The pages of last time are on the screen before the project is open, where they will stay."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.documents.engine import PdfEngine
from app.ui.main_window import MainWindow
from app.ui.reading.first_look import FirstLook
from app.ui.reading.left_off import AskedPages, ask, recall
from app.ui.reading.place import ReadingPlace
from app.ui.settings import LEFT_OFF, ReadingPosition, settings
from app.ui.starting import look_first
from app.ui.tasks import tasks

MakeWindow = Callable[[], MainWindow]


@pytest.fixture
def make_window(look: QApplication, engine: PdfEngine, qtbot: QtBot) -> Iterator[MakeWindow]:
    """Make windows as a start does, with the engine that was started before them."""
    made: list[MainWindow] = []

    def make() -> MainWindow:
        window = MainWindow()
        window.bridge.use_reader(engine)
        window.resize(1280, 800)
        qtbot.addWidget(window)
        made.append(window)
        return window

    yield make
    tasks.stop_all()
    tasks.report_error = None
    for window in made:
        window.bridge.shut_down()


@pytest.fixture
def left(project_path: Path, make_window: MakeWindow, qtbot: QtBot) -> Path:
    """A project that was left in the reading view, a little down its second page."""
    window = make_window()
    window.show()
    assert window.open_project(project_path)
    read(window, qtbot).canvas.go_to_page(2, 0.04)
    window.close()
    return project_path


def read(window: MainWindow, qtbot: QtBot) -> ReadingPlace:
    place = window.go("read")
    assert isinstance(place, ReadingPlace)
    qtbot.waitUntil(lambda: place.state.is_open)
    images, layout = place.canvas.images, place.canvas.layout_
    qtbot.waitUntil(
        lambda: all(
            images.covers(page, QRectF(*layout.rect(page))) for page in place.canvas.visible_parts()
        )
    )
    return place


def start(window: MainWindow, path: Path, engine: PdfEngine, load: Event) -> FirstLook:
    """Start up to the first pages; the project is opened after ``load``."""
    asked = ask(path, engine)
    assert asked is not None
    assert look_first(window, path, asked, load.wait)
    (pages,) = window.findChildren(FirstLook)
    return pages


def ink(image: QImage) -> list[tuple[int, int]]:
    """Return where letters are, seen coarsely."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows, columns = range(0, grey.height(), 3), range(0, grey.width(), 3)
    return [(x, y) for y in rows for x in columns if grey.pixelColor(x, y).value() < 90]


def test_the_pages_stand_where_the_reading_view_shows_them(
    left: Path, make_window: MakeWindow, engine: PdfEngine, qtbot: QtBot
) -> None:
    window = make_window()
    loaded = Event()
    pages = start(window, left, engine, loaded)
    qtbot.waitUntil(lambda: pages.shown_at > 0)
    assert not window.bridge.is_open
    room = window.workbench.views
    early = room.grab().toImage()
    loaded.set()
    qtbot.waitUntil(lambda: window.bridge.is_open, timeout=10_000)
    place = read(window, qtbot)
    viewport = place.canvas.viewport()
    qtbot.waitUntil(lambda: place.canvas.position()[0] == 2)
    paper = QRect(viewport.mapTo(room, QPoint(0, 0)), viewport.size()).adjusted(60, 0, -60, 0)
    assert window.workbench.shown == "read"
    assert window.findChildren(FirstLook) == []
    expected = ink(room.grab().toImage().copy(paper))
    assert len(expected) > 100
    assert len(set(expected) ^ set(ink(early.copy(paper)))) < len(expected) / 20


def test_nothing_can_be_asked_of_a_project_that_is_not_open_yet(
    left: Path, make_window: MakeWindow, engine: PdfEngine
) -> None:
    window = make_window()
    loaded = Event()
    start(window, left, engine, loaded)
    QTest.mouseClick(window.workbench.rail.button("studies"), Qt.MouseButton.LeftButton)
    assert not window.bridge.is_open
    assert window.workbench.place is None
    window.close()
    loaded.set()
    QTest.qWait(60)
    assert not window.bridge.is_open


def test_a_window_of_another_size_opens_the_project_at_once(
    left: Path, make_window: MakeWindow, engine: PdfEngine
) -> None:
    asked, window = ask(left, engine), make_window()
    assert isinstance(asked, AskedPages)
    window.resize(1100, 760)
    assert not look_first(window, left, asked)
    assert window.open_project(left)
    assert window.findChildren(FirstLook) == []


def test_a_project_that_cannot_be_opened_leads_to_the_start_view(
    left: Path, make_window: MakeWindow, engine: PdfEngine, qtbot: QtBot
) -> None:
    with closing(sqlite3.connect(left)) as connection:
        connection.execute("PRAGMA user_version = 999")
    window, loaded = make_window(), Event()
    loaded.set()
    start(window, left, engine, loaded)
    qtbot.waitUntil(lambda: window.at_start, timeout=10_000)
    assert window.findChildren(FirstLook) == []


def test_only_what_was_left_in_the_reading_view_is_shown_again(
    left: Path, make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    known = recall(left)
    assert known is not None
    assert recall(tmp_path / "other.cofactor") is None
    settings().remember_reading_position(known.document, ReadingPosition(1, 0.5))
    assert recall(left) is None
    settings().remember(LEFT_OFF, {"project": str(left), "pages": "none"})
    assert recall(left) is None
    window = make_window()
    window.show()
    window.open_project(left)
    window.go("codebook")
    window.close()
    assert settings().value(LEFT_OFF) is None


def test_asking_for_pages_waits_for_neither_qt_nor_the_database() -> None:
    code = (
        "import sys, app.cli, app.ui.starting, app.ui.reading.left_off, app.documents.worker\n"
        "print([m for m in ('PySide6', 'sqlalchemy', 'numpy') if m in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert told.stdout.strip() == "[]", told.stderr


def test_the_first_window_waits_for_no_database() -> None:
    code = (
        "import sys, app.ui.application, app.ui.main_window, app.ui.reading.first_look\n"
        "print([m for m in ('sqlalchemy', 'numpy') if m in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert told.stdout.strip() == "[]", told.stderr
