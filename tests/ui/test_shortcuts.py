"""Keys that somebody changes: found, pressed, refused or taken, honoured everywhere at once."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.exchange.codebook_files import find_codebook
from app.ui.actions import Actions
from app.ui.key_groups import caps
from app.ui.settings import Settings, settings
from app.ui.shortcuts_list import Role
from app.ui.shortcuts_view import ShortcutsDialog

CONTROL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def owner(look: QApplication, qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1200, 800)
    return made


@pytest.fixture
def table(owner: QWidget) -> Actions:
    made = Actions(owner)
    made.connect("code.find", lambda: None)
    return made


@pytest.fixture
def dialog(table: Actions, owner: QWidget, qtbot: QtBot) -> Iterator[ShortcutsDialog]:
    made = ShortcutsDialog(table, owner, find_codebook("case-management-starter"))
    with qtbot.waitActive(made):
        made.show()
    yield made
    made.close()


def press(dialog: ShortcutsDialog, qtbot: QtBot, key: Qt.Key, modifiers=NONE) -> None:
    """Choose, wait and press, as a hand does."""
    if not dialog.is_waiting:
        qtbot.mouseClick(dialog.press, Qt.MouseButton.LeftButton)
    assert dialog.is_waiting
    qtbot.keyClick(dialog.catcher, key, modifiers)


def test_an_action_is_found_by_word_and_by_key(dialog: ShortcutsDialog, qtbot: QtBot) -> None:
    qtbot.keyClicks(dialog.finder, "ctrl shift l")
    assert dialog.action_id == "read.filters"
    dialog.finder.clear()
    qtbot.keyClicks(dialog.finder, "find a code")
    assert dialog.action_id == "code.find"
    assert dialog.says.text() == "/ does “Find a code”."
    spoken = dialog.list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Find a code, Coding, /"
    dialog.finder.setText("no such thing")
    assert dialog.says.text() == "No action is called so."
    assert not dialog.press.isEnabled()


def test_a_pressed_key_is_used_everywhere_at_once_and_kept(
    dialog: ShortcutsDialog, table: Actions, qtbot: QtBot
) -> None:
    told = []
    table.keys_changed.connect(lambda: told.append(1))
    dialog.choose("code.find")
    press(dialog, qtbot, Qt.Key.Key_J, CONTROL)
    assert table["code.find"].shortcut().toString() == "Ctrl+J"
    assert table["code.find"].toolTip().endswith("Ctrl+J")
    assert table.cap("code.find") == "Ctrl J"
    assert caps(table, "code.find") == ("Ctrl J",)
    assert told == [1]
    assert dialog.list.currentIndex().data(Role.CHANGED)
    assert dialog.says.text() == "Ctrl J does “Find a code”. Its own key is /."
    settings().flush()
    assert Settings(settings().path).value("shortcuts") == {"code.find": ["Ctrl+J"]}
    qtbot.mouseClick(dialog.reset, Qt.MouseButton.LeftButton)
    assert table["code.find"].shortcut().toString() == "/"
    settings().flush()
    assert Settings(settings().path).value("shortcuts") == {}


def test_a_key_of_another_action_is_named_and_can_be_taken(
    dialog: ShortcutsDialog, table: Actions, qtbot: QtBot
) -> None:
    dialog.choose("code.find")
    press(dialog, qtbot, Qt.Key.Key_L, CONTROL)
    assert dialog.says.text().startswith("Ctrl L is the key of “Other coders' layers” already.")
    assert table["code.find"].shortcut().toString() == "/"
    assert dialog.take.isVisible()
    qtbot.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
    assert table["code.find"].shortcut().toString() == "Ctrl+L"
    assert table["read.others"].shortcut().isEmpty()
    dialog.choose("read.others")
    dialog._set(None)
    assert dialog.says.text() == "Ctrl L belongs to “Find a code” now. Change that one first."
    qtbot.mouseClick(dialog.reset_all, Qt.MouseButton.LeftButton)
    assert table["read.others"].shortcut().toString() == "Ctrl+L"
    assert table["code.find"].shortcut().toString() == "/"


def test_only_one_key_of_two_is_taken(table: Actions) -> None:
    from app.ui.shortcuts import without

    assert without(table, "edit.undo", "Z") == ("Ctrl+Z",)
    assert without(table, "code.remove", "Delete") == ("Backspace",)


@pytest.mark.parametrize(
    ("key", "says"),
    [
        (Qt.Key.Key_A, "A is the hot key of “"),
        (Qt.Key.Key_Asterisk, "* gives the valence “Mixed” in this project."),
        (Qt.Key.Key_Return, "Enter, Tab, Space and the keys that move keep their meaning"),
        (Qt.Key.Key_Tab, "Enter, Tab, Space and the keys that move keep their meaning"),
    ],
)
def test_keys_of_the_codebook_and_of_every_program_are_refused(
    dialog: ShortcutsDialog, table: Actions, qtbot: QtBot, key: Qt.Key, says: str
) -> None:
    dialog.choose("page.sentence")
    press(dialog, qtbot, key)
    assert dialog.says.text().startswith(says)
    assert not dialog.take.isVisible()
    assert dialog.is_waiting
    assert table.key_names("page.sentence") == ("S",)
    qtbot.keyClick(dialog.catcher, Qt.Key.Key_Escape)
    assert not dialog.is_waiting
    assert dialog.isVisible()


def test_the_same_key_may_serve_in_places_that_never_meet(table: Actions) -> None:
    from app.ui.shortcuts import rivals

    assert rivals(table, "analysis.fit", "Del") == []
    assert rivals(table, "page.sentence", "Del") == ["code.remove"]
    assert rivals(table, "analysis.fit", "Ctrl+K") == ["edit.search"]


def test_del_in_the_list_takes_the_key_away(
    dialog: ShortcutsDialog, table: Actions, qtbot: QtBot
) -> None:
    dialog.choose("read.zoom_whole")
    dialog.list.setFocus()
    qtbot.keyClick(dialog.list, Qt.Key.Key_Delete)
    assert table["read.zoom_whole"].shortcut().isEmpty()
    assert dialog.says.text() == "“Printed size” has no key. Its own key is Ctrl 0."
    dialog.choose("page.leave")
    assert not dialog.press.isEnabled()
    qtbot.keyClick(dialog.list, Qt.Key.Key_Delete)
    assert table.key_names("page.leave") == ("Esc",)


def test_changed_keys_are_there_at_the_next_start(table: Actions, owner: QWidget) -> None:
    table.change_keys({"edit.search": ("Ctrl+P",), "page.sentence": ("Ctrl+E",)})
    fresh = Actions(owner)
    assert fresh.cap("edit.search") == "Ctrl P"
    assert fresh.key_names("page.sentence") == ("Ctrl+E",)
    settings().remember("shortcuts", {"edit.search": "broken", "gone.action": ["X"]})
    assert Actions(owner).cap("edit.search") == "Ctrl K"
