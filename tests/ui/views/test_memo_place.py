import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.coding.memo_text import link
from app.coding.memos import list_memos, project_subject, write_memo
from app.coding.people import choose_coder, list_coders
from app.ui.main_window import MainWindow
from app.ui.views.memo_place import MemosPlace

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def place(coded: MainWindow, qtbot: QtBot) -> MemosPlace:
    """Memos on a passage (made with the project), a code (by you and Jonas), and the project."""
    project = coded.bridge.project
    you, other = list_coders(project)
    choose_coder(project, other.id)
    write_memo(project, "code", "x1", "I use it for boards too.")
    choose_coder(project, you.id)
    write_memo(project, "code", "x1", "Only **written** mandates.")
    write_memo(project, "project", project_subject(project), "Friday is for settling.")
    coded.activateWindow()
    shown = coded.go("memos")
    assert isinstance(shown, MemosPlace)
    qtbot.waitUntil(lambda: len(shown.shown()) == 4)
    return shown


def said(window: MainWindow) -> list[str]:
    return [bar.notice.text for bar in window._notices._bars]


def texts(window: MainWindow) -> list[str]:
    return [memo.text for memo in list_memos(window.bridge.project)]


def test_memos_are_listed_filtered_and_sorted(place: MemosPlace, qtbot: QtBot) -> None:
    assert place.shown()[0].subject.kind == "project"
    place.order.segment("subject").click()
    assert [memo.subject.kind for memo in place.shown()] == ["project", "code", "code", "coding"]
    place.kinds.choose(["code"])
    assert {memo.coder for memo in place.shown()} == {"Amina Rahman", "Jonas Weiss"}
    qtbot.keyClicks(place.field, "board")
    assert [memo.coder for memo in place.shown()] == ["Jonas Weiss"]
    qtbot.keyClicks(place.field, "zz")
    assert place.shown() == ()
    place._empty.buttons()[0].click()
    assert len(place.shown()) == 4


def test_a_memo_is_edited_in_place_and_a_sitting_undoes_as_one(
    place: MemosPlace, coded: MainWindow, qtbot: QtBot
) -> None:
    row = next(n for n, m in enumerate(place.shown()) if m.subject.kind == "code")
    place.list.choose(row)
    memo = place.page.box.memo
    qtbot.waitUntil(lambda: not memo.isReadOnly() and "written" in memo.toPlainText())
    place.list.setFocus()
    qtbot.keyClick(place.list, Qt.Key.Key_Return)
    qtbot.waitUntil(memo.hasFocus)
    qtbot.keyClick(memo, Qt.Key.Key_End, CONTROL)
    for words in (" One.", " Two."):
        qtbot.keyClicks(memo, words)
        memo.keep()
    assert "Only **written** mandates. One. Two." in texts(coded)
    qtbot.waitUntil(lambda: "One. Two." in " ".join(m.text for m in place.shown()))
    assert memo.toPlainText().endswith("Two.")
    qtbot.keyClick(memo, Qt.Key.Key_Escape)
    assert coded.bridge.project.undo() == "Change memo"
    assert "Only **written** mandates." in texts(coded)
    qtbot.waitUntil(lambda: memo.toPlainText() == "Only written mandates.")


def test_a_link_is_chosen_with_keys_and_leads_to_its_passage(
    place: MemosPlace, coded: MainWindow, qtbot: QtBot, opened: list[tuple[str, str]]
) -> None:
    place.about.click()
    box = place.page.box
    qtbot.waitUntil(lambda: box.memo.hasFocus() and not box.memo.isReadOnly())
    qtbot.keyClick(box.memo, Qt.Key.Key_End, CONTROL)
    qtbot.keyClicks(box.memo, " See ")
    qtbot.keyClick(box.memo, Qt.Key.Key_L, CONTROL)
    picker = box.links.picker
    assert picker is not None
    qtbot.waitUntil(lambda: bool(picker.findings()))  # those coded last
    qtbot.keyClicks(picker.field, "newspapers")
    qtbot.waitUntil(lambda: [f.kind for f in picker.findings()] == ["Coded passages"])
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    assert "](passage:" in box.memo.markup()
    cursor = box.memo.textCursor()
    cursor.setPosition(box.memo.toPlainText().index("Lindqvist") + 2)
    box.memo.setTextCursor(cursor)
    qtbot.keyClick(box.memo, Qt.Key.Key_Return, CONTROL)
    assert opened[-1][1] == "Newspapers asked every week"
    assert any("](passage:" in text for text in texts(coded))


def test_a_link_to_what_is_gone_says_so(place: MemosPlace, coded: MainWindow, qtbot: QtBot) -> None:
    project = coded.bridge.project
    gone = link("that passage", "passage", "0000-gone")
    write_memo(project, "project", project_subject(project), f"See {gone}.")
    box = place.page.box
    qtbot.waitUntil(lambda: "that passage" in box.memo.toPlainText())
    qtbot.waitUntil(lambda: bool(box.memo._gone))
    box.links.open("passage:0000-gone")
    assert "This link leads to a passage that is no longer there." in said(coded)


def test_delete_removes_only_your_own_memo(
    place: MemosPlace, coded: MainWindow, qtbot: QtBot
) -> None:
    place.kinds.choose(["code"])
    place.list.choose(0)
    place.list.setFocus()
    qtbot.keyClick(place.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(place.shown()) == 1)
    assert place.shown()[0].coder == "Jonas Weiss"
    assert place.page.remove.isHidden()
    coded.undo()
    qtbot.waitUntil(lambda: len(place.shown()) == 2)


def test_the_memos_shown_are_saved(
    place: MemosPlace, coded: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    place.kinds.choose(["code"])
    out = tmp_path / "memos.csv"
    place.export(out)
    qtbot.waitUntil(lambda: "2 memos saved as memos.csv." in said(coded))
    rows = list(csv.DictReader(out.open(encoding="utf-8-sig", newline="")))
    assert {row["coder"] for row in rows} == {"Amina Rahman", "Jonas Weiss"}
