"""A coding is seen before it is written, and nothing is lost on the way."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.coding.passages import Coding, list_codings
from app.models import Project
from app.ui.tasks import tasks
from tests.ui.reading.pages import Reader

PANEL = "Most members described the panel"
STORING = 20_000
"""Milliseconds: an act may have to wait until the geometry of a page has been given up."""


def in_the_file(reader: Reader) -> int:
    """Count the codings as another program sees them."""
    connection = sqlite3.connect(reader.window.bridge.project.path)
    (count,) = connection.execute("SELECT count(*) FROM coding").fetchone()
    connection.close()
    return count


@contextmanager
def held(project: Project) -> Iterator[None]:
    """Keep the file locked, as a second program would."""
    other = sqlite3.connect(project.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        other.rollback()
        other.close()


def at_rest(reader: Reader) -> None:
    """Wait until nothing is stored beside the acts: it would keep them waiting for longer."""
    reader.qtbot.waitUntil(lambda: not tasks._endings)


def test_a_coding_is_painted_first_and_written_then(reader: Reader) -> None:
    reader.select(PANEL)
    moved: list[int] = []
    reader.window.bridge.saving.connect(moved.append)
    reader.press_hot_key()
    (shown,) = reader.state.codings.values()
    assert reader.state.active_id == shown.id
    assert in_the_file(reader) == 0
    reader.qtbot.waitUntil(lambda: in_the_file(reader) == 1)
    reader.qtbot.waitUntil(lambda: moved[-1:] == [0])
    reader.qtbot.waitUntil(lambda: bool(reader.state.codings[shown.id].layer_id))
    (stored,) = reader.stored()
    assert stored == reader.state.codings[shown.id]


def test_what_comes_after_it_is_written_after_it(reader: Reader) -> None:
    reader.select(PANEL)
    reader.press_hot_key()
    reader.type("-")
    (stored,) = reader.stored()
    assert stored.valence == "barrier"
    reader.trigger("edit.undo")
    assert reader.stored()[0].valence == ""
    reader.select("Trust did not follow")
    reader.press_hot_key()
    reader.trigger("edit.undo")
    assert len(reader.stored()) == 1


def test_while_another_program_holds_the_file_the_coding_waits(reader: Reader) -> None:
    bridge = reader.window.bridge
    bridge._long.setInterval(20)
    told: list[bool] = []
    at_rest(reader)
    bridge.held_up.connect(told.append)
    reader.select(PANEL)
    with held(bridge.project):
        reader.press_hot_key()
        assert len(reader.state.codings) == 1
        reader.qtbot.waitUntil(lambda: told == [True])
        assert bridge.project.acts.pending == 1
    reader.qtbot.waitUntil(lambda: told == [True, False])
    assert len(reader.stored()) == 1
    assert not reader.notices()


def test_what_cannot_be_written_is_taken_back_and_said(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.models.project.LEISURE", 30)
    at_rest(reader)
    span = reader.select(PANEL)
    with held(reader.window.bridge.project):
        reader.press_hot_key()
        reader.qtbot.waitUntil(lambda: bool(reader.notices()), timeout=STORING)
    assert "Another program is writing" in reader.notices()[0]
    assert not reader.state.codings
    assert (reader.state.selection.start, reader.state.selection.end) == span
    reader.press_hot_key()
    assert len(reader.stored()) == 1


def test_the_same_coding_again_is_no_second_one(reader: Reader) -> None:
    for _twice in range(2):
        reader.select(PANEL)
        reader.press_hot_key()
    assert len(reader.state.codings) == len(reader.stored()) == 1


def test_closing_at_once_loses_nothing(reader: Reader) -> None:
    reader.select(PANEL)
    reader.press_hot_key()
    path = reader.window.bridge.project.path
    reader.window.bridge.close()
    again = Project.open(path, back_up=False)
    assert len(list_codings(again)) == 1
    again.close()
    QTest.qWait(30)
    assert not reader.notices()


def coded(reader: Reader) -> Coding:
    """Code a passage and let that be written."""
    reader.select(PANEL)
    reader.press_hot_key()
    (made,) = reader.stored()
    reader.qtbot.waitUntil(lambda: reader.state.codings[made.id] == made)
    return made


def shown(reader: Reader) -> Coding:
    (only,) = reader.state.codings.values()
    return only


def test_changes_are_painted_first_and_written_in_their_order(reader: Reader) -> None:
    made = coded(reader)
    looks: list[tuple[str, int]] = []
    with held(reader.window.bridge.project):
        reader.state.marks_changed.connect(
            lambda _spans: looks.append(look(reader)) if reader.state.codings else None
        )
        reader.type("-")
        reader.type("]")
        assert look(reader) == looks[-1] == ("barrier", shown(reader).end)
        assert shown(reader).end > made.end
        assert reader.window.bridge.project.acts.pending == 2
    (stored,) = reader.stored()
    reader.qtbot.waitUntil(lambda: not reader.place.acts.later.flights)
    assert shown(reader) == stored
    # The first of the two is read back while the second is still to be written.
    assert all(valence == "barrier" for valence, _end in looks)
    assert looks[-1] == ("barrier", stored.end)
    reader.trigger("edit.undo")
    assert reader.stored()[0].end == made.end
    reader.trigger("edit.undo")
    assert reader.stored()[0].valence == ""


def look(reader: Reader) -> tuple[str, int]:
    return shown(reader).valence, shown(reader).end


def test_a_removal_waits_for_its_turn_and_so_does_its_undo(reader: Reader) -> None:
    made = coded(reader)
    with held(reader.window.bridge.project):
        QTest.keyClick(reader.canvas, Qt.Key.Key_Delete)
        assert not reader.state.codings
        reader.trigger("edit.undo")
        assert reader.window.bridge.project.acts.pending == 2
    (stored,) = reader.stored()
    assert (stored.id, stored.start, stored.end) == (made.id, made.start, made.end)
    reader.qtbot.waitUntil(lambda: reader.state.codings.get(made.id) == stored)
    assert not reader.notices()


def test_a_change_that_cannot_be_written_is_taken_back_and_said(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = coded(reader)
    monkeypatch.setattr("app.models.project.LEISURE", 30)
    at_rest(reader)
    with held(reader.window.bridge.project):
        reader.type("-")
        QTest.keyClick(reader.canvas, Qt.Key.Key_Delete)
        assert not reader.state.codings
        reader.qtbot.waitUntil(lambda: reader.state.codings.get(made.id) == made, timeout=STORING)
    assert "Another program is writing" in reader.notices()[0]
    assert reader.stored() == (made,)
    reader.type("-")
    assert reader.stored()[0].valence == "barrier"


def test_closing_at_once_writes_the_changes_too(reader: Reader) -> None:
    coded(reader)
    reader.type("-")
    path = reader.window.bridge.project.path
    reader.window.bridge.close()
    again = Project.open(path, back_up=False)
    assert [coding.valence for coding in list_codings(again)] == ["barrier"]
    again.close()
