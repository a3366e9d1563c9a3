"""Facets beside valence and stage, as the codebook declares them."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from app.coding.codebook import Facet
from app.coding.passages import code_passage
from app.coding.people import list_coders
from app.ui.reading.coding_form import CodingForm
from app.ui.reading.facet_lines import further_facets
from app.ui.reading.values_button import ValuesButton
from tests.ui.reading.pages import Reader

PANEL = "Most members described the panel"
LEFT = Qt.MouseButton.LeftButton


def facets(reader: Reader) -> dict[str, Facet]:
    return {facet.key: facet for facet in further_facets(reader.state.codebook)}


def open_card(reader: Reader) -> CodingForm:
    reader.select(PANEL)
    reader.press_hot_key()
    reader.key(Qt.Key.Key_Return)
    form = reader.overlays.card.form
    assert form.isVisible()
    return form


def pick(button: ValuesButton, row: int) -> None:
    """Click the button, then a row of its menu."""
    menu = button.menu_of_values
    if not menu.isVisible():
        QTest.mouseClick(button, LEFT)
    action = menu.actions()[row]
    QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())


def stored(reader: Reader, key: str) -> tuple[str, ...]:
    (coding,) = reader.stored()
    return tuple(coding.facets.get(key, ()))


def test_the_card_folds_further_facets_behind_more_and_stays_in_view(reader: Reader) -> None:
    form = open_card(reader)
    assert {"tool", "voice", "strength"} <= set(form.further.buttons)
    assert not any(button.isVisible() for button in form.further.buttons.values())
    low = reader.overlays.card.height()
    QTest.mouseClick(form.further.more, LEFT)
    assert all(button.isVisible() for button in form.further.buttons.values())
    card = reader.overlays.card
    assert card.height() > low
    assert reader.canvas.viewport().rect().contains(card.panel())
    span = reader.canvas.span_rect(*reader.find(PANEL)).toAlignedRect()
    assert not card.panel().intersects(span)
    QTest.mouseClick(form.further.more, LEFT)
    assert card.height() == low


def test_multiple_facets_take_several_values_while_the_menu_stays(reader: Reader) -> None:
    form = open_card(reader)
    QTest.mouseClick(form.further.more, LEFT)
    button, voice = form.further.buttons["voice"], facets(reader)["voice"]
    assert voice.multiple
    pick(button, 1)
    assert button.menu_of_values.isVisible()
    pick(button, 0)
    assert stored(reader, "voice") == (voice.values[0].key, voice.values[1].key)
    assert button.text() == f"{voice.values[0].label} and 1 more"
    pick(button, 1)
    assert stored(reader, "voice") == (voice.values[0].key,)
    QTest.keyClick(button.menu_of_values, Qt.Key.Key_Escape)
    assert not button.menu_of_values.isVisible()
    QTest.mouseClick(form.further.more, LEFT)
    assert form.further.more.accessibleDescription() == f"Voice: {voice.values[0].label}"


def test_single_facets_keep_one_value_and_lose_it_when_picked_again(reader: Reader) -> None:
    form = open_card(reader)
    QTest.mouseClick(form.further.more, LEFT)
    button, strength = form.further.buttons["strength"], facets(reader)["strength"]
    assert not strength.multiple
    pick(button, 0)
    assert not button.menu_of_values.isVisible()
    pick(button, 1)
    assert stored(reader, "strength") == (strength.values[1].key,)
    assert [a.isChecked() for a in button.menu_of_values.actions()][:2] == [False, True]
    pick(button, 1)
    assert stored(reader, "strength") == ()
    reader.trigger("edit.undo")
    assert stored(reader, "strength") == (strength.values[1].key,)
    reader.qtbot.waitUntil(lambda: button.text() == strength.values[1].label)


def test_facets_are_set_by_keys_in_the_panel(reader: Reader) -> None:
    reader.trigger("read.right_panel")
    reader.select(PANEL)
    reader.press_hot_key()
    form = reader.place.about.form
    button, tool = form.further.buttons["tool"], facets(reader)["tool"]
    assert button.isVisible()
    assert not form.further.more.isVisible()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(button, Qt.Key.Key_Space)
    menu = button.menu_of_values
    assert menu.isVisible()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Space):
        QTest.keyClick(menu, key)
    assert stored(reader, "tool") == (tool.values[0].key, tool.values[1].key)
    QTest.keyClick(menu, Qt.Key.Key_Escape)


def test_other_coders_facets_can_only_be_read(reader: Reader) -> None:
    assert reader.state.info is not None
    project = reader.window.bridge.project
    other = next(c for c in list_coders(project) if c.id != project.actor_id)
    voice, strength = facets(reader)["voice"], facets(reader)["strength"]
    code_passage(
        project,
        reader.state.info.id,
        *reader.find(PANEL),
        reader.hot_code.id,
        coder_id=other.id,
        facets={"voice": [v.key for v in voice.values[:2]], "strength": [strength.values[0].key]},
    )
    reader.qtbot.waitUntil(lambda: len(reader.state.marks) == 1)
    reader.click(reader.middle("members described"))
    reader.key(Qt.Key.Key_Return)
    form = reader.overlays.card.form
    assert form.isVisible()
    assert not any(button.isVisible() for button in form.further.buttons.values())
    assert not form.further.more.isVisible()
    told = form.further.told
    assert f"Voice: {voice.values[0].label}, {voice.values[1].label}" in told
    assert f"Strength: {strength.values[0].label}" in told


def test_nobody_is_asked_for_facets_that_the_codebook_lacks(reader: Reader) -> None:
    assert further_facets(None) == ()
    reader.state.codebook = None
    assert reader.state.info is not None
    code_id = next(iter(reader.canvas.keys.hot_keys.values()))
    project = reader.window.bridge.project
    code_passage(project, reader.state.info.id, *reader.find(PANEL), code_id)
    reader.qtbot.waitUntil(lambda: len(reader.state.marks) == 1)
    reader.click(reader.middle("members described"))
    reader.key(Qt.Key.Key_Return)
    assert reader.overlays.card.form.isVisible()
    assert not reader.overlays.card.form.further.isVisible()


def test_valence_is_the_word(reader: Reader) -> None:
    texts = [label.text() for label in reader.place.findChildren(QLabel)]
    texts += [widget.toolTip() for widget in reader.place.findChildren(QWidget)]
    assert any("valence" in text for text in texts)
    assert not any("direction" in text.lower() for text in texts)
