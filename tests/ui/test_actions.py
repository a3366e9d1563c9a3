from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QMenuBar, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.paths import resource
from app.ui.action_row import ActionRow
from app.ui.actions import MENUS, ROWS, Actions, cap_text, key_sequences


@pytest.fixture
def owner(look: QApplication, qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_every_row_is_complete(look: QApplication) -> None:
    assert [name for name, count in Counter(row.id for row in ROWS).items() if count > 1] == []
    for row in ROWS:
        assert row.text, row.id
        assert row.menu == "" or row.menu.partition("/")[0] in MENUS, row.id
        assert not row.icon or resource("icons", f"{row.icon}.svg").exists(), row.id
        for name in row.keys:
            assert key_sequences(name)[0].toString(), (row.id, name)


def test_no_key_has_two_meanings_in_one_place() -> None:
    window = {key for row in ROWS if row.scope == "window" for key in row.keys}
    seen: dict[tuple[str, str], str] = {}
    for row in ROWS:
        for key in row.keys:
            place = (row.scope, key)
            assert place not in seen, (row.id, seen.get(place))
            seen[place] = row.id
            assert row.scope == "window" or key not in window, row.id


def test_keys_and_tooltips_come_from_the_table(owner: QWidget) -> None:
    actions = Actions(owner)
    assert actions.keys("edit.search") == "Ctrl+K"
    assert actions.cap("edit.search") == "Ctrl K"
    assert cap_text("Ctrl+Shift++") == "Ctrl Shift +"
    assert cap_text("Alt+Down") == "Alt ↓"
    assert cap_text("Ctrl+PgDown") == "Ctrl PgDown"
    assert actions.cap("studies.read") == "Enter"
    assert actions.tooltip("studies.read").startswith("Read this study  Enter")
    assert QKeySequence("Return") in actions["studies.read"].shortcuts()
    actions.connect("edit.undo", lambda: None)
    assert actions["edit.undo"].toolTip() == "Undo  Ctrl+Z"
    actions.enable("edit.undo", False, "Nothing to take back.")
    assert actions["edit.undo"].toolTip().endswith("Nothing to take back.")


def test_connecting_again_replaces(owner: QWidget) -> None:
    actions, done = Actions(owner), []
    assert not actions["file.new"].isEnabled()
    actions.connect("file.new", lambda: done.append("first"))
    actions.connect("file.new", lambda: done.append("second"))
    actions.trigger("file.new")
    assert done == ["second"]


def test_places_are_blocked_without_a_project_and_come_back(owner: QWidget) -> None:
    rows = (*ROWS, ActionRow("studies.test", "Test", scope="studies"))
    actions = Actions(owner, rows)
    actions.connect("studies.test", lambda: None)
    actions.connect("file.new", lambda: None)
    actions.block_places("Open a project first.")
    assert not actions["studies.test"].isEnabled()
    assert "Open a project first." in actions["studies.test"].toolTip()
    assert actions["file.new"].isEnabled()
    actions.block_places("")
    assert actions["studies.test"].isEnabled()


def test_a_letter_is_a_key_only_where_it_is_attached_and_never_in_a_field(
    owner: QWidget, qtbot: QtBot
) -> None:
    rows = (ActionRow("code.test", "Test", ("S",), scope="reading"),)
    actions, done = Actions(owner, rows), []
    field, view, elsewhere = QLineEdit(), QWidget(), QWidget()
    for widget in (view, elsewhere):
        widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    column = QVBoxLayout(owner)
    inner = QVBoxLayout(view)
    inner.addWidget(field)
    column.addWidget(view)
    column.addWidget(elsewhere)
    actions.attach("reading", view)
    actions.connect("code.test", lambda: done.append(1))
    with qtbot.waitActive(owner):
        owner.show()
    for widget, expected in ((elsewhere, 0), (view, 1), (field, 1)):
        widget.setFocus()
        qtbot.keyClick(widget, Qt.Key.Key_S)
        assert len(done) == expected
    assert field.text() == "s"


def test_menus_hold_every_row_with_a_place(owner: QWidget) -> None:
    actions = Actions(owner)
    bar = QMenuBar(owner)
    menus = actions.fill(bar)
    for row in ROWS:
        if row.menu:
            assert actions[row.id] in menus[row.menu].actions(), row.id


def test_standard_keys_are_the_platforms(look: QApplication) -> None:
    assert QKeySequence("Ctrl+C") in key_sequences("Copy")
    assert key_sequences("Ctrl+K") == [QKeySequence("Ctrl+K")]
