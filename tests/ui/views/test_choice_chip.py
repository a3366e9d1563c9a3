import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.ui.views.choice_chip import Choice, ChoiceChip
from app.ui.widgets import tight

STAGES = [Choice(f"k{n}", f"Stage {n}") for n in range(12)]


@pytest.fixture
def chip(look, qtbot):
    from PySide6.QtWidgets import QVBoxLayout

    window = QWidget()
    qtbot.addWidget(window)
    window.resize(600, 500)
    made = ChoiceChip("Stage")
    made.set_choices(STAGES)
    column = tight(QVBoxLayout(window))
    column.addWidget(made)
    column.addStretch(1)
    window.show()
    yield made
    window.close()


def test_its_choices_are_a_sound_model(chip, qtmodeltester) -> None:
    qtmodeltester.check(chip.model)


def test_keys_find_and_tick_choices(chip, qtbot) -> None:
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    popup = chip.popup
    qtbot.keyClicks(popup.field, "stage 1")
    qtbot.keyClick(popup.field, Qt.Key.Key_Down)
    qtbot.keyClick(popup.view, Qt.Key.Key_Space)
    qtbot.keyClick(popup.view, Qt.Key.Key_Down)
    qtbot.keyClick(popup.view, Qt.Key.Key_Return)
    assert chip.keys == {"k1", "k10"}
    assert chip.text() == "Stage: 2 of 12"
    assert chip.words() == "Stage: Stage 1, Stage 10"


def test_esc_and_a_click_elsewhere_close_the_list(chip, qtbot) -> None:
    chip.open()
    qtbot.keyClick(chip.popup.view, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: chip.popup is None, timeout=2000)
    chip.open()
    corner = chip.window().rect().bottomRight()
    qtbot.mouseClick(chip.window(), Qt.MouseButton.LeftButton, pos=corner)
    qtbot.waitUntil(lambda: chip.popup is None, timeout=2000)


def test_what_is_gone_from_the_choices_is_no_longer_chosen(chip) -> None:
    told = []
    chip.choose(["k1", "k2"])
    chip.changed.connect(lambda: told.append(chip.keys))
    chip.set_choices(STAGES[2:])
    assert told == [{"k2"}]
    chip.removed.emit()
    assert chip.keys == frozenset()
    assert chip.text() == "Stage: any"
    assert not chip.is_set
