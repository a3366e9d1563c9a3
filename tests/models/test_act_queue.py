import threading

import pytest

from app.errors import UserError
from app.models import Project
from app.models.act_queue import ActQueue
from app.models.device import DeviceIdentity
from app.models.evidence import Study


def never(error: BaseException) -> None:
    raise AssertionError(error)


def study(name: str) -> Study:
    return Study(id=name, label=name)


def add(project: Project, name: str) -> None:
    with project.change("Add study") as session:
        session.add(study(name))


def names(project: Project) -> set[str]:
    with project.read() as session:
        return {row.id for row in session.query(Study)}


def test_acts_are_done_in_their_order_and_waited_for():
    queue, done = ActQueue(), []
    gate = threading.Event()
    queue.put(gate.wait, never)
    for number in range(20):
        queue.put(lambda number=number: done.append(number), never)
    assert queue.pending == 21
    assert not queue.wait(0.01)
    gate.set()
    assert queue.wait()
    assert done == list(range(20))
    queue.close()


def test_one_that_fails_is_told_and_the_next_is_done():
    queue, told, done = ActQueue(), [], []
    queue.put(lambda: 1 / 0, told.append)
    queue.put(lambda: done.append(1), told.append)
    queue.close()
    assert [type(error) for error in told] == [ZeroDivisionError]
    assert done == [1]
    assert queue.refused == 1


def test_what_is_on_hold_begins_when_somebody_waits():
    queue, done = ActQueue(), []
    queue.put(lambda: done.append(1), never, hold=True)
    assert done == []
    queue.wait()
    assert done == [1]
    queue.put(lambda: done.append(2), never, hold=True)
    queue.release()
    queue.close()
    assert done == [1, 2]


def test_nobody_sees_the_file_before_an_act_that_was_done_earlier(project):
    project.acts.put(lambda: add(project, "first"), never, hold=True)
    assert names(project) == {"first"}
    project.acts.put(lambda: add(project, "second"), never, hold=True)
    add(project, "third")
    assert names(project) == {"first", "second", "third"}
    assert project.undo() == "Add study"
    assert names(project) == {"first", "second"}
    project.acts.put(lambda: add(project, "fourth"), never, hold=True)
    project.undo()
    assert names(project) == {"first", "second"}


def test_closing_loses_nothing(project):
    for number in range(3):
        project.acts.put(lambda number=number: add(project, f"s{number}"), never, hold=True)
    project.close()
    again = Project.open(project.path, device=DeviceIdentity("device-1", "One"))
    assert names(again) == {"s0", "s1", "s2"}
    again.close()


def test_a_transaction_may_read_while_acts_wait_for_it(project):
    with project.change("Add study") as session:
        session.add(study("outer"))
        project.acts.put(lambda: add(project, "later"), never)
        assert names(project) == set()
    assert names(project) == {"outer", "later"}


def test_the_thread_of_the_window_does_not_wait_for_an_act_that_is_held_up(project, monkeypatch):
    monkeypatch.setattr("app.models.project.HURRY", 50)
    project.hurry()
    gate = threading.Event()
    project.acts.put(gate.wait, never)
    assert names(project) == set()
    with pytest.raises(UserError, match="Another program"):
        add(project, "now")
    gate.set()
    project.acts.wait()
    add(project, "now")
    assert names(project) == {"now"}
