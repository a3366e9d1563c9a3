import sys
import threading

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.errors import UserError
from app.models.changes import Changes
from app.ui.main_window import MainWindow
from app.ui.messages import ErrorDialog, install_error_door


def test_expected_problems_become_one_notice(window: MainWindow) -> None:
    for _ in range(2):
        window.messages.report(UserError("A hot key is one letter.", "Choose another key."))
    (bar,) = window._notices.bars
    assert (bar.notice.kind, bar.notice.text) == ("error", "A hot key is one letter.")
    assert window.messages.dialog is None


def test_defects_get_a_report_that_can_be_copied(window: MainWindow, qtbot: QtBot, capsys) -> None:
    try:
        raise LookupError("the lost row")
    except LookupError as error:
        window.messages.report(error)
    dialog = window.messages.dialog
    assert dialog is not None
    assert dialog.isVisible()
    text = dialog.report.toPlainText()
    assert "Cofactor" in text
    assert "PySide6" in text
    assert "LookupError: the lost row" in text
    dialog.copy()
    assert QGuiApplication.clipboard().text() == text
    window.messages.report(LookupError("another"))
    assert window.messages.dialog is dialog
    assert "another" in dialog.report.toPlainText()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert "the lost row" in capsys.readouterr().err


def test_the_error_door_hears_every_thread(window: MainWindow, qtbot: QtBot, monkeypatch) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    install_error_door(window.messages)

    def fail() -> None:
        raise UserError("The file breaks off after page 3.")

    worker = threading.Thread(target=fail)
    worker.start()
    worker.join()
    qtbot.waitUntil(lambda: len(window._notices.bars) == 1)
    sys.excepthook(UserError, UserError("From the window."), None)
    assert window._notices.bars[0].notice.text == "From the window."


def test_what_was_removed_can_be_taken_back(window: MainWindow) -> None:
    taken: list[int] = []
    window.messages.take_back = lambda: taken.append(1)
    window.messages.success("412 codings added.", undo=True)
    window._notices.bars[0].notice.buttons[0][1]()
    assert taken == [1]


def test_a_defect_that_repeats_is_shown_in_one_dialog(
    window: MainWindow, qtbot: QtBot, capsys
) -> None:
    def fail() -> None:
        try:
            raise LookupError("the lost row")
        except LookupError as error:
            window.messages.report(error)

    for _ in range(3):
        fail()
    dialog = window.messages.dialog
    assert dialog is not None
    assert dialog.report.toPlainText().count("LookupError: the lost row") == 1
    dialog.accept()
    for _ in range(3):
        fail()
    assert not dialog.isVisible()
    (bar,) = window._notices.bars
    assert bar.notice.text == "The same defect came up again."
    bar.notice.buttons[0][1]()
    assert dialog.isVisible()
    assert capsys.readouterr().err.count("LookupError: the lost row") == 1
    assert [each for each in window.findChildren(ErrorDialog) if each.isVisible()] == [dialog]


def test_another_defect_opens_the_same_dialog_again(window: MainWindow, capsys) -> None:
    window.messages.report(LookupError("the lost row"))
    dialog = window.messages.dialog
    assert dialog is not None
    dialog.accept()
    window.messages.report(ValueError("a strange value"))
    assert window.messages.dialog is dialog
    assert dialog.isVisible()
    assert "ValueError: a strange value" in dialog.report.toPlainText()


def test_the_undo_message_goes_once_undo_would_take_back_something_else(window) -> None:
    message = window.messages._undo_message
    removal = Changes(frozenset({"coding"}), label="Remove coding")
    for later in (
        Changes(frozenset({"coding"}), label="Code passage"),
        Changes(frozenset({"coding"}), label="Remove coding", origin="undo"),
    ):
        window.messages.removed("Removed “Supervision” from p. 4")
        window.messages.follow(removal)
        assert not message.isHidden()
        window.messages.follow(later)
        assert message.isHidden()
