import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from app.coding.people import add_coder
from app.errors import UserError
from app.models import Project
from app.ui.bridge import ProjectBridge


@pytest.fixture
def bridge(qtbot: QtBot, project_path: Path):
    made = ProjectBridge()
    yield made
    made.shut_down()


def test_opening_and_closing_are_told(
    bridge: ProjectBridge, qtbot: QtBot, project_path: Path
) -> None:
    with qtbot.waitSignal(bridge.opened):
        bridge.open(project_path)
    assert bridge.is_open
    assert bridge.project.title == "A small review"
    with qtbot.waitSignals([bridge.about_to_close, bridge.closed], order="strict"):
        bridge.close()
    assert not bridge.is_open
    with pytest.raises(LookupError):
        _ = bridge.project


def test_what_is_no_project_is_refused(bridge: ProjectBridge, tmp_path: Path) -> None:
    with pytest.raises(UserError):
        bridge.open(tmp_path / "nothing.cofactor")
    assert not bridge.is_open


def test_changes_come_at_once_on_this_thread_and_queued_from_others(
    bridge: ProjectBridge, qtbot: QtBot, project_path: Path
) -> None:
    bridge.open(project_path)
    heard: list[tuple[str, bool]] = []
    bridge.changed.connect(
        lambda changes: heard.append((changes.label, QThread.currentThread() == bridge.thread()))
    )
    add_coder(bridge.project, "Jonas Weiss")
    assert heard == [("Add coder", True)]
    other = threading.Thread(target=add_coder, args=(bridge.project, "Ines Moreau"))
    other.start()
    other.join()
    assert len(heard) == 1
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard[1] == ("Add coder", True)


def test_undo_and_redo_name_what_they_do(bridge: ProjectBridge, project_path: Path) -> None:
    bridge.open(project_path)
    assert bridge.undo_text == "" or bridge.undo_text == "Add coder"
    add_coder(bridge.project, "Jonas Weiss")
    assert bridge.undo_text == "Add coder"
    assert bridge.undo() == "Add coder"
    assert bridge.redo_text == "Add coder"
    assert bridge.redo() == "Add coder"


def test_another_program_is_noticed(
    bridge: ProjectBridge, qtbot: QtBot, project_path: Path
) -> None:
    bridge.open(project_path)
    elsewhere = Project.open(project_path, back_up=False)
    with qtbot.waitSignal(bridge.changed, timeout=4000) as heard:
        add_coder(elsewhere, "Jonas Weiss")
    elsewhere.close()
    assert heard.args[0].origin == "outside"


def test_a_bridge_without_project_can_be_asked(qtbot: QtBot) -> None:
    empty = ProjectBridge()
    assert (empty.undo_text, empty.redo_text, empty.undo(), empty.redo()) == ("", "", "", "")
    empty.close()


def test_a_watch_that_fails_is_told_once_until_it_works_again(
    bridge: ProjectBridge, project_path: Path, monkeypatch
) -> None:
    bridge.open(project_path)
    told: list[object] = []
    bridge.unreadable.connect(told.append)
    bridge.readable_again.connect(lambda: told.append("again"))
    problem = UserError("The folder with review.cofactor cannot be reached.")

    def fail() -> bool:
        raise problem

    with monkeypatch.context() as patch:
        patch.setattr(bridge.project, "poll", fail)
        for _ in range(3):
            bridge._poll()
    bridge._poll()
    bridge._poll()
    assert told == [problem, "again"]


def test_the_importing_engine_can_be_ended_and_made_anew(bridge: ProjectBridge) -> None:
    first = bridge.importer
    assert bridge.importer is first
    bridge.stop_importing()
    assert bridge.importer is not first
