import threading

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from app.ui.tasks import Progress, Tasks


@pytest.fixture
def register(qtbot: QtBot) -> Tasks:
    return Tasks()


def test_results_arrive_on_the_gui_thread(register: Tasks, qtbot: QtBot) -> None:
    seen: list[tuple[object, bool]] = []
    where: list[int] = []

    def work(_progress: Progress) -> int:
        where.append(threading.get_ident())
        return 42

    def done(result: int) -> None:
        seen.append((result, QThread.currentThread() == register.thread()))

    job = register.run(work, "Counting", done)
    assert job.running
    qtbot.waitUntil(lambda: not job.running)
    assert seen == [(42, True)]
    assert where != [threading.get_ident()]
    assert job.state == "done"
    assert register.finished == (job,)


def test_progress_reaches_the_register(register: Tasks, qtbot: QtBot) -> None:
    go_on = threading.Event()

    def work(progress: Progress) -> None:
        progress.report(46, 46, "Kilbride_2016.pdf")
        go_on.wait(5)

    job = register.run(work, "Adding PDFs")
    qtbot.waitUntil(lambda: job.total == 46)
    assert (job.count(), job.text, job.share) == ("46 of 46", "Kilbride_2016.pdf", 1.0)
    go_on.set()
    qtbot.waitUntil(lambda: not job.running)


def test_stopping_is_seen_by_the_work(register: Tasks, qtbot: QtBot) -> None:
    def work(progress: Progress) -> str:
        while not progress.is_cancelled():
            QThread.msleep(2)
        return "stopped in good order"

    job = register.run(work, "Adding PDFs")
    job.cancel()
    qtbot.waitUntil(lambda: not job.running)
    assert job.state == "stopped"
    assert job.result == "stopped in good order"


def test_errors_go_to_their_handler_or_to_the_one_door(register: Tasks, qtbot: QtBot) -> None:
    caught: list[BaseException] = []
    register.report_error = caught.append

    def work(_progress: Progress) -> None:
        raise LookupError("gone")

    own: list[BaseException] = []
    first = register.run(work, "One", on_error=own.append)
    second = register.run(work, "Two")
    qtbot.waitUntil(lambda: not first.running and not second.running)
    assert [str(error) for error in own] == ["gone"]
    assert [str(error) for error in caught] == ["gone"]
    assert first.state == second.state == "failed"


def test_unlisted_work_stays_out_of_the_strip(register: Tasks, qtbot: QtBot) -> None:
    ended: list[None] = []
    register.run(lambda _progress: None, "Search", ended.append, listed=False)
    assert register.running == ()
    qtbot.waitUntil(lambda: len(ended) == 1)
    assert register.finished == ()


def test_reports_are_not_sent_more_often_than_the_eye_sees() -> None:
    sent: list[int] = []
    progress = Progress(lambda done, _total, _text: sent.append(done))
    for done in range(1000):
        progress.report(done, 1000)
    progress.report(1000, 1000)
    assert sent[0] == 0
    assert sent[-1] == 1000
    assert len(sent) < 100


def test_what_is_reported_too_soon_is_shown_a_moment_later(register: Tasks, qtbot: QtBot) -> None:
    go_on = threading.Event()

    def work(progress: Progress) -> None:
        for done in (10, 11):
            progress.report(done, 16)
        go_on.wait(5)

    job = register.run(work, "Adding PDFs")
    qtbot.waitUntil(lambda: job.done == 11)
    assert job.running
    go_on.set()
    qtbot.waitUntil(lambda: not job.running)


def test_stopping_for_a_project_delivers_what_was_told(register: Tasks) -> None:
    heard: list[str] = []

    def work(progress: Progress) -> str:
        while not progress.is_cancelled():
            QThread.msleep(1)
        return "4 PDFs added"

    job = register.run(work, "Adding PDFs", heard.append)
    other = register.run(work, "Making the sample review", of_project=False)
    assert register.stop_project_work(2000)
    assert heard == ["4 PDFs added"]
    assert job.state == "stopped"
    assert other.running
    assert register.stop_all(2000)


def test_work_that_does_not_stop_is_left_behind_and_heard_no_more(
    register: Tasks, qtbot: QtBot
) -> None:
    go_on = threading.Event()
    heard: list[object] = []

    def work(_progress: Progress) -> None:
        go_on.wait(5)
        raise LookupError("the project is closed")

    job = register.run(work, "Adding PDFs", heard.append, heard.append)
    assert not register.stop_project_work(30)
    register.forget_project()
    assert (job.running, register.running, register.finished) == (False, (), ())
    go_on.set()
    job.left.wait(2)
    qtbot.waitUntil(lambda: not register._endings)
    assert heard == []
