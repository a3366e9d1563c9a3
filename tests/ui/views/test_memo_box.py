import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.coding.memos import list_memos, memos_on, write_memo
from app.coding.people import choose_coder, list_coders
from app.models import Project
from app.ui.main_window import MainWindow
from app.ui.views.codebook import CodebookPlace
from app.ui.views.memo_box import MemoBox
from app.ui.views.studies import StudiesPlace


def typed(box: MemoBox, qtbot: QtBot, words: str) -> None:
    box.memo.setFocus()
    qtbot.waitUntil(box.memo.hasFocus)
    qtbot.keyClicks(box.memo, words)


@pytest.fixture
def active(coded: MainWindow) -> MainWindow:
    coded.activateWindow()
    return coded


def test_a_code_has_a_memo_beside_those_of_others(active: MainWindow, qtbot: QtBot) -> None:
    project = active.bridge.project
    you, other = list_coders(project)
    choose_coder(project, other.id)
    write_memo(project, "code", "x1", "Boards **too**")
    choose_coder(project, you.id)
    place = active.go("codebook")
    assert isinstance(place, CodebookPlace)
    place.show_code("x1")
    box = place.findChild(MemoBox)
    assert isinstance(box, MemoBox)
    qtbot.waitUntil(lambda: box._has_others)
    typed(box, qtbot, "Only written ones")
    # Going to another code keeps what was typed, and shows nothing of it there.
    place.show_code("x2")
    assert [memo.text for memo in memos_on(project, "code", "x1")] == [
        "Only written ones", "Boards **too**",
    ]  # fmt: skip
    qtbot.waitUntil(lambda: box.subject_id == "x2")
    assert box.memo.toPlainText() == ""
    assert not box._has_others


def test_a_study_has_a_memo_that_undo_takes_back(active: MainWindow, qtbot: QtBot) -> None:
    project = active.bridge.project
    place = active.go("studies")
    assert isinstance(place, StudiesPlace)
    box = active.findChild(MemoBox)
    qtbot.waitUntil(lambda: any(b.kind == "study" for b in active.findChildren(MemoBox)))
    box = next(b for b in active.findChildren(MemoBox) if b.kind == "study")
    typed(box, qtbot, "Two sites only")
    qtbot.keyClick(box.memo, Qt.Key.Key_Escape)
    found = [memo for memo in list_memos(project) if memo.subject.kind == "study"]
    assert [memo.text for memo in found] == ["Two sites only"]
    active.undo()
    qtbot.waitUntil(lambda: box.memo.toPlainText() == "")


def test_a_code_of_the_next_project_has_nothing_of_the_last_ones_memo(
    active: MainWindow, qtbot: QtBot, coded_file: Path, tmp_path: Path
) -> None:
    place = active.go("codebook")
    assert isinstance(place, CodebookPlace)
    place.show_code("x1")
    box = place.findChild(MemoBox)
    assert isinstance(box, MemoBox)
    typed(box, qtbot, "Of this project")
    first = active.bridge.project.path
    other = tmp_path / "other.cofactor"
    shutil.copy(coded_file, other)
    assert active.open_project(other)
    active.show_code("x1")
    assert (box.subject_id, box.memo.toPlainText()) == ("x1", "")
    # What was typed last was kept before the first one closed.
    again = Project.open(first, back_up=False)
    assert [memo.text for memo in memos_on(again, "code", "x1")] == ["Of this project"]
    again.close()
