from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.coding.memo_text import parse
from app.ui.widgets.rich_text import RichMemo
from app.ui.widgets.rich_text_tools import MemoTools

CONTROL = Qt.KeyboardModifier.ControlModifier
CONTROL_SHIFT = CONTROL | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def memo(look: QApplication, qtbot: QtBot) -> Iterator[RichMemo]:
    holder = QWidget()
    column = QVBoxLayout(holder)
    made = RichMemo("Why?", grows=(60, 200))
    column.addWidget(MemoTools(made))
    column.addWidget(made)
    column.addWidget(QLineEdit())
    qtbot.addWidget(holder)
    holder.resize(400, 300)
    holder.show()
    holder.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    yield made
    holder.close()


def test_looks_and_lists_are_written_with_keys(memo: RichMemo, qtbot: QtBot) -> None:
    qtbot.keyClicks(memo, "We ask ")
    qtbot.keyClick(memo, Qt.Key.Key_B, CONTROL)
    qtbot.keyClicks(memo, "whose")
    qtbot.keyClick(memo, Qt.Key.Key_B, CONTROL)
    qtbot.keyClicks(memo, " ")
    qtbot.keyClick(memo, Qt.Key.Key_I, CONTROL)
    qtbot.keyClicks(memo, "remit")
    qtbot.keyClick(memo, Qt.Key.Key_I, CONTROL)
    qtbot.keyClick(memo, Qt.Key.Key_Return)
    qtbot.keyClicks(memo, "- one")
    qtbot.keyClick(memo, Qt.Key.Key_Return)
    qtbot.keyClicks(memo, "two")
    qtbot.keyClick(memo, Qt.Key.Key_Return)
    qtbot.keyClick(memo, Qt.Key.Key_Return)
    qtbot.keyClicks(memo, "after")
    assert memo.markup() == "We ask **whose** *remit*\n- one\n- two\nafter"
    qtbot.keyClick(memo, Qt.Key.Key_7, CONTROL_SHIFT)
    assert memo.markup().endswith("1. after")
    qtbot.keyClick(memo, Qt.Key.Key_7, CONTROL_SHIFT)
    assert memo.markup().endswith("\nafter")


@pytest.mark.parametrize(
    "text",
    ["**a** and *b*\n1. one\n2. [p. 3](passage:0a-1)\n\nend", "- a\n- b\n1. c", "p < 0.05\\*, a_b"],
)
def test_what_is_shown_is_kept_as_it_was(memo: RichMemo, text: str) -> None:
    memo.set_markup(text)
    assert parse(memo.markup()) == parse(text)
    assert not memo.has_unkept


def test_what_is_typed_is_told_once_at_a_pause_and_on_leaving(
    memo: RichMemo, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, str]] = []
    memo.written.connect(lambda *what: told.append(what))
    memo._pause.setInterval(30)
    qtbot.keyClicks(memo, "First")
    qtbot.waitUntil(lambda: bool(told))
    memo._pause.setInterval(60_000)
    qtbot.keyClicks(memo, " and ")
    assert len(told) == 1
    # What was kept comes back from the project and must not move the cursor or cut a space.
    memo.set_markup("First")
    assert memo.toPlainText() == "First and "
    qtbot.keyClick(memo, Qt.Key.Key_Tab)
    assert [text for text, _ in told] == ["First", "First and"]
    assert told[0][1] == told[1][1] != ""
    memo.setFocus()
    qtbot.keyClicks(memo, "x")
    qtbot.keyClick(memo, Qt.Key.Key_Escape)
    assert told[2][1] not in ("", told[0][1])


def test_words_are_pasted_without_their_look(memo: RichMemo, qtbot: QtBot) -> None:
    mime = QMimeData()
    mime.setHtml("<h1>Big</h1>")
    mime.setText("Big\n- no point")
    memo.insertFromMimeData(mime)
    assert [line.text for line in parse(memo.markup())] == ["Big", "- no point"]
    assert all(not line.point for line in parse(memo.markup()))


def test_links_open_and_say_when_they_lead_nowhere(memo: RichMemo, qtbot: QtBot) -> None:
    memo.set_markup("See ")
    qtbot.keyClick(memo, Qt.Key.Key_End, CONTROL)
    memo.insert_link("code:a-1", "Trust")
    qtbot.keyClicks(memo, "too")
    assert memo.markup() == "See [Trust](code:a-1) too"
    opened: list[str] = []
    memo.link_opened.connect(opened.append)
    cursor = memo.textCursor()
    cursor.setPosition(6)
    memo.setTextCursor(cursor)
    qtbot.keyClick(memo, Qt.Key.Key_Return, CONTROL)
    assert opened == ["code:a-1"]
    memo.keep()
    memo.show_links({"code:a-1": "Code that is no longer there"}, {"code:a-1"})
    cursor.setPosition(6)
    assert cursor.charFormat().fontStrikeOut()
    assert memo.markup() == "See [Trust](code:a-1) too"


def test_it_grows_with_its_words_up_to_a_limit(memo: RichMemo, qtbot: QtBot) -> None:
    least = memo.height()
    memo.set_markup("\n".join(["line"] * 6))
    some = memo.height()
    memo.set_markup("\n".join(["line"] * 60))
    assert least == 60 < some < memo.height() == 200
