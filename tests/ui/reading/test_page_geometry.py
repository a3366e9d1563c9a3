"""Geometry that fails: a second try, a sentence, a new beginning."""

import threading
from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.documents.engine import DocumentProblem
from app.documents.geometry import PageGeometry
from app.errors import UserError
from app.ui.reading import opening
from app.ui.reading.page_geometry import PageGeometries
from tests.ui.reading.pages import Reader

WIDTHS = (595.0,) * 4


@pytest.fixture
def geometries(qtbot: QtBot) -> Iterator[PageGeometries]:
    made = PageGeometries()
    yield made
    made.open(None, ())


@pytest.fixture
def some(reader: Reader) -> PageGeometry:
    lines = reader.place.geometries.get(1)
    assert lines is not None
    return lines.geometry


def failing(times: int, then: PageGeometry, kind: str = "crashed") -> Callable[[int], PageGeometry]:
    left = [times]

    def load(page: int) -> PageGeometry:
        left[0] -= 1
        if left[0] >= 0:
            raise DocumentProblem(kind, "The reading process stopped.")
        return then

    return load


def test_a_page_is_asked_for_again_when_the_worker_died(
    geometries: PageGeometries, some: PageGeometry, qtbot: QtBot
) -> None:
    geometries.open(failing(1, some), WIDTHS)
    with qtbot.waitSignal(geometries.arrived), qtbot.assertNotEmitted(geometries.failed):
        geometries.want([1])
    assert not geometries.broken


def test_the_second_death_is_told_and_a_person_may_try_again(
    geometries: PageGeometries, some: PageGeometry, qtbot: QtBot
) -> None:
    geometries.open(failing(2, some), WIDTHS)
    with qtbot.waitSignal(geometries.failed) as told:
        geometries.want([1])
    assert told.args == [1, "The reading process stopped."]
    geometries.want([1])
    with qtbot.waitSignal(geometries.arrived):
        geometries.retry(1)
    assert not geometries.broken


def test_only_deaths_are_tried_again_at_once(
    geometries: PageGeometries, some: PageGeometry, qtbot: QtBot
) -> None:
    geometries.open(failing(1, some, "damaged"), WIDTHS)
    with qtbot.waitSignal(geometries.failed):
        geometries.want([1])
    geometries.new_worker()
    assert geometries.broken
    geometries.open(failing(0, some), WIDTHS)
    assert not geometries.broken


def test_a_new_worker_gets_one_more_try(
    geometries: PageGeometries, some: PageGeometry, qtbot: QtBot
) -> None:
    geometries.open(failing(99, some), WIDTHS)
    for _worker in range(2):
        with qtbot.waitSignal(geometries.failed):
            geometries.want([1])
        geometries.new_worker()
    assert geometries.broken, "a page that stops each worker is left alone"


def test_a_page_wanted_again_just_when_it_was_let_go_arrives(
    geometries: PageGeometries, some: PageGeometry, qtbot: QtBot
) -> None:
    begun, go_on, passed = threading.Event(), threading.Event(), threading.Event()

    def load(page: int) -> PageGeometry:
        if page == 1:
            begun.set()
            go_on.wait(10)
        if page == 3:
            passed.set()
        return some

    geometries.open(load, WIDTHS)
    geometries.want([1, 2])
    assert begun.wait(10)
    geometries.want([3])
    go_on.set()
    assert passed.wait(10)
    # Page 2 was let go on the way; this thread has not been told yet.
    geometries.want([2])
    qtbot.waitUntil(lambda: geometries.get(2) is not None)


def test_a_project_that_cannot_be_written_does_not_keep_a_page_from_being_read(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_args: object) -> None:
        raise UserError("Another program is writing to the project.")

    monkeypatch.setattr(opening, "store_geometry", refuse)
    monkeypatch.setattr(opening, "load_geometry", refuse)
    assert reader.place.geometries.get(5) is None
    reader.canvas.go_to_page(5)
    reader.settle()
    assert not reader.place.geometries.broken
    assert "the geometry of page 5 was not kept" in caplog.messages
