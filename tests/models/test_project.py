import sqlite3
import sys
import threading
import time

import pytest
from sqlalchemy import insert, select, text

from app.errors import UserError
from app.models import Changes, Project
from app.models.connection import UnrecordedWrite
from app.models.device import DeviceIdentity
from app.models.evidence import Study
from app.models.log import Change, Revision
from app.models.people import Coder

ONE = DeviceIdentity("device-1", "One")


def add_study(project: Project, study_id: str, label: str = "Okafor 2021") -> None:
    with project.change("Add study") as session:
        session.add(Study(id=study_id, label=label))


def labels(project: Project) -> list[str]:
    with project.read() as session:
        return list(session.scalars(select(Study.label).order_by(Study.id)))


def test_a_change_is_committed_with_one_revision_per_row_and_one_message(project):
    heard: list[Changes] = []
    project.subscribe(heard.append)
    with project.change("Add studies") as session:
        session.add(Study(id="s1", label="First"))
        session.flush()
        session.add(Study(id="s2", label="Second"))
        session.get_one(Study, "s1").label = "First, renamed"
    assert labels(project) == ["First, renamed", "Second"]
    assert len(heard) == 1
    assert heard[0].label == "Add studies"
    assert heard[0].touches("study")
    assert not heard[0].touches("coding")
    with project.read() as session:
        change = session.scalars(select(Change).where(Change.label == "Add studies")).one()
        revisions = session.scalars(
            select(Revision).where(Revision.change_id == change.id, Revision.kind == "study")
        ).all()
        assert change.device_id == "device-1"
    assert len(revisions) == 2


def test_nothing_is_written_when_the_block_fails(project):
    def fail_half_way() -> None:
        with project.change("Add study") as session:
            session.add(Study(id="s1", label="First"))
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    assert labels(project) == []
    assert project.undo_label is None


def test_a_change_that_changes_nothing_leaves_no_trace(project):
    add_study(project, "s1")
    heard: list[Changes] = []
    project.subscribe(heard.append)
    with project.change("Rename study") as session:
        session.get_one(Study, "s1").label = "Okafor 2021"
    assert heard == []
    assert project.undo_label == "Add study"


@pytest.mark.parametrize(
    "write",
    [
        lambda s: s.execute(insert(Study), [{"id": "x", "label": "y"}]),
        lambda s: s.execute(text("UPDATE study SET label = 'y'")),
        lambda s: s.execute(text("delete from study")),
        lambda s: s.connection().exec_driver_sql("INSERT OR REPLACE INTO study VALUES (1,2,3,4)"),
        lambda s: s.query(Study).update({"label": "y"}),
    ],
)
def test_what_bypasses_the_recorder_is_refused(project, write):
    with pytest.raises(UnrecordedWrite), project.change("Sneak") as session:
        write(session)
    assert labels(project) == []


def test_a_read_session_cannot_write(project):
    with project.read() as session:
        session.add(Study(id="s1", label="First"))
        with pytest.raises(RuntimeError):
            session.flush()


def test_undo_and_redo_survive_closing(project):
    add_study(project, "s1", "First")
    with project.change("Rename study") as session:
        session.get_one(Study, "s1").label = "Renamed"
    path = project.path
    project.close()
    again = Project.open(path, device=ONE)
    assert again.undo() == "Rename study"
    assert labels(again) == ["First"]
    again.close()
    third = Project.open(path, device=ONE)
    assert third.redo_label == "Rename study"
    assert third.redo() == "Rename study"
    assert labels(third) == ["Renamed"]
    assert third.undo() == "Rename study"
    assert third.undo() == "Add study"
    assert labels(third) == []
    assert third.undo() is None
    third.close()


def test_undo_is_local_to_the_device(project):
    add_study(project, "s1")
    project.close()
    other = Project.open(project.path, device=DeviceIdentity("device-2", "Two"))
    assert other.undo_label is None
    other.close()


def test_a_new_act_ends_redo(project):
    add_study(project, "s1")
    project.undo()
    add_study(project, "s2")
    assert project.redo_label is None


def test_undo_is_refused_when_the_row_has_moved_on(project):
    add_study(project, "s1", "First")
    with Project.open(project.path, device=DeviceIdentity("device-2", "Two"), back_up=False).change(
        "Rename study"
    ) as session:
        session.get_one(Study, "s1").label = "By another computer"
    with pytest.raises(UserError, match="changed again"):
        project.undo()
    assert labels(project) == ["By another computer"]


def test_a_coder_cannot_undo_what_another_did(project):
    with project.change("Add coders") as session:
        session.add(Coder(id="a", name="Ada Sample", initials="AS", role="coder"))
        session.add(Coder(id="b", name="Ben Sample", initials="BS", role="coder"))
    project.choose_actor("a")
    add_study(project, "s1")
    project.choose_actor("b")
    assert project.undo_label == "Add coders"


def test_changes_of_one_group_undo_as_one(project):
    for number in range(3):
        with project.change("Add PDFs", group="import") as session:
            session.add(Study(id=f"s{number}", label=str(number)))
    assert project.undo() == "Add PDFs"
    assert labels(project) == []
    project.redo()
    assert labels(project) == ["0", "1", "2"]


def test_another_program_s_commit_is_noticed(project):
    heard: list[Changes] = []
    project.subscribe(heard.append)
    assert project.poll() is False
    other = Project.open(project.path, device=ONE, back_up=False)
    add_study(other, "s1")
    other.close()
    assert project.poll() is True
    assert heard[-1].everything
    assert project.undo_label == "Add study"
    assert project.poll() is False


def test_threads_take_turns(project):
    def work(name: str) -> None:
        for number in range(20):
            add_study(project, f"{name}{number}")

    threads = [threading.Thread(target=work, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(labels(project)) == 60


def test_opening_names_what_is_wrong(tmp_path, project):
    with pytest.raises(UserError, match="no project"):
        Project.open(tmp_path / "missing.cofactor")
    garbage = tmp_path / "garbage.cofactor"
    garbage.write_bytes(b"not a database" * 100)
    with pytest.raises(UserError, match="damaged or is not"):
        Project.open(garbage)
    foreign = tmp_path / "foreign.cofactor"
    connection = sqlite3.connect(foreign)
    connection.execute("CREATE TABLE t (x)")
    connection.close()
    with pytest.raises(UserError, match="not a Cofactor project"):
        Project.open(foreign)
    with pytest.raises(UserError, match="exists already"):
        Project.create(project.path, title="Again")


def test_a_newer_file_is_refused(project):
    project.close()
    connection = sqlite3.connect(project.path)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    with pytest.raises(UserError, match="newer Cofactor"):
        Project.open(project.path)


def test_the_file_opens_with_any_sqlite_tool_and_uses_a_rollback_journal(project):
    add_study(project, "s1")
    connection = sqlite3.connect(project.path)
    assert connection.execute("SELECT label FROM study").fetchall() == [("Okafor 2021",)]
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    connection.close()


def test_while_another_program_holds_the_file_looking_is_quick_and_quiet(project):
    add_study(project, "s1")
    holder = sqlite3.connect(project.path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    started = time.monotonic()
    assert project.poll() is False
    assert time.monotonic() - started < 1
    holder.execute("ROLLBACK")
    holder.close()
    assert project.poll() is False


def test_a_locked_file_refuses_a_change_in_a_sentence_and_takes_it_later(project, monkeypatch):
    monkeypatch.setattr("app.models.project.PATIENCE", 50)
    holder = sqlite3.connect(project.path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(UserError, match="Another program"):
        add_study(project, "s1")
    holder.execute("ROLLBACK")
    holder.close()
    add_study(project, "s1")
    assert labels(project) == ["Okafor 2021"]


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be deleted there")
def test_a_file_that_was_deleted_meanwhile_is_told_as_that(project):
    add_study(project, "s1")
    project.path.unlink()
    with pytest.raises(UserError, match="no longer where it was"):
        add_study(project, "s2")
