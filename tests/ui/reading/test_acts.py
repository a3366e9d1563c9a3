"""Coding passages: hot keys, valence, stage, resizing, removing, undo."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.coding.passages import PassageEntry, code_passage, code_passages
from app.ui.views.code_tree_model import CodeRole
from tests.ui.reading.pages import Reader

ALT = Qt.KeyboardModifier.AltModifier
PANEL = "Most members described the panel"


def test_hot_key_codes_the_selection(reader: Reader) -> None:
    span = reader.select(PANEL)
    reader.press_hot_key()
    (coding,) = reader.stored()
    assert (coding.start, coding.end) == span
    assert coding.code_id == reader.hot_code.id
    assert reader.state.active_id == coding.id
    assert reader.state.selection.empty


def test_second_hot_key_codes_the_same_passage(reader: Reader) -> None:
    reader.select(PANEL)
    reader.press_hot_key(0)
    reader.press_hot_key(1)
    codings = reader.stored()
    assert len({(coding.start, coding.end) for coding in codings}) == 1
    assert {c.code_id for c in codings} == {code.id for code in reader.hot_codes[:2]}
    assert len(reader.view(1).stripes) == 2


def test_hot_key_without_a_passage_says_what_to_do(reader: Reader) -> None:
    reader.press_hot_key()
    assert reader.stored() == ()
    assert "There is nothing selected to code." in reader.notices()


def test_valence_key_sets_and_clears_the_active_coding(reader: Reader) -> None:
    reader.select(PANEL)
    reader.press_hot_key()
    reader.type("-")
    assert reader.stored()[0].valence == "barrier"
    reader.type("=")
    assert reader.stored()[0].valence == "facilitator"
    reader.type("+")
    assert reader.stored()[0].valence == ""


def test_moderates_asks_for_the_condition_inline(reader: Reader) -> None:
    reader.select(PANEL)
    reader.press_hot_key()
    reader.type("~")
    field = reader.overlays.card.form.condition
    assert reader.overlays.card.isVisible()
    assert field.hasFocus()
    QTest.keyClicks(field, "when the chair stays")
    QTest.keyClick(field, Qt.Key.Key_Return)
    (coding,) = reader.stored()
    assert (coding.valence, coding.condition) == ("moderates", "when the chair stays")
    assert not reader.overlays.card.isVisible()
    assert reader.canvas.hasFocus()


def test_stage_sticks_until_changed(reader: Reader) -> None:
    reader.select(PANEL)
    reader.type("/")
    palette = reader.overlays.palette
    QTest.keyClick(palette.field, Qt.Key.Key_2, ALT)
    QTest.keyClicks(palette.field, "mandate")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    reader.select("Trust did not follow")
    reader.press_hot_key()
    second = reader.acts.facet_values("stage")[1].key
    assert [coding.stages for coding in reader.stored()] == [(second,), (second,)]
    reader.key(Qt.Key.Key_3, ALT)
    third = reader.acts.facet_values("stage")[2].key
    active = reader.state.active_coding
    assert active is not None
    assert active.stages == (second, third)
    assert reader.acts.stages == (second, third)


def test_brackets_resize_by_words(reader: Reader) -> None:
    start, end = reader.select("members described the panel")
    reader.press_hot_key()
    reader.type("[")
    reader.type("]")
    (coding,) = reader.stored()
    assert coding.quote.replace("\n", " ") == "Most members described the panel as"
    reader.type("{")
    reader.type("}")
    (coding,) = reader.stored()
    assert (coding.start, coding.end) == (start, end)


def test_dragging_an_end_resizes(reader: Reader) -> None:
    _start, end = reader.select(PANEL)
    reader.press_hot_key()
    handles = reader.canvas.painter.handles(1, reader.canvas.layout_.scale)
    grip = (handles["end"] + reader.canvas.page_origin(1)).toPoint()
    reader.pull(grip, reader.point(reader.find("as the place")[1] - 1))
    (coding,) = reader.stored()
    assert coding.end > end
    assert coding.quote.replace("\n", " ") == f"{PANEL} as the place"


def test_delete_removes_and_undo_brings_back(reader: Reader, qtbot: QtBot) -> None:
    reader.select(PANEL)
    reader.press_hot_key()
    QTest.keyClick(reader.canvas, Qt.Key.Key_Delete)
    assert reader.stored() == ()
    assert len(reader.state.marks) == 0
    reader.trigger("edit.undo")
    qtbot.waitUntil(lambda: len(reader.state.marks) == 1)
    reader.trigger("edit.redo")
    qtbot.waitUntil(lambda: len(reader.state.marks) == 0)


def test_tab_goes_through_overlapping_codings(reader: Reader) -> None:
    reader.select(PANEL)
    reader.press_hot_key(0)
    reader.press_hot_key(1)
    before = reader.state.active_id
    reader.key(Qt.Key.Key_Tab)
    assert reader.state.active_id not in {before, None}
    reader.key(Qt.Key.Key_Tab)
    assert reader.state.active_id == before


def test_codes_in_the_tree_apply_and_count(reader: Reader) -> None:
    reader.select(PANEL)
    reader.place.codes.code_activated.emit(reader.hot_code.id)
    assert len(reader.stored()) == 1
    index = reader.place.codes.model.index_of(reader.hot_code.id)
    reader.qtbot.waitUntil(lambda: index.data(CodeRole.HERE) == 1)


def test_list_of_codings_goes_to_the_passage(reader: Reader) -> None:
    assert reader.state.info is not None
    span = reader.find("It lists the sites")
    coding = code_passage(
        reader.window.bridge.project, reader.state.info.id, *span, reader.hot_code.id
    )
    reader.place.left.show_tab("codings")
    reader.qtbot.waitUntil(lambda: reader.place.codings.model.rowCount() == 1)
    reader.place.codings.list.clicked.emit(reader.place.codings.model.index(0))
    assert reader.state.active_id == coding
    assert 3 in reader.canvas.visible_parts()


def test_z_takes_the_last_act_back(reader: Reader) -> None:
    reader.select(PANEL)
    reader.press_hot_key()
    reader.type("-")
    reader.key(Qt.Key.Key_Z)
    reader.qtbot.waitUntil(lambda: [c.valence for c in reader.stored()] == [""])
    reader.qtbot.waitUntil(lambda: _valences(reader) == [""])


def _valences(reader: Reader) -> list[str]:
    return [mark.valence for mark in reader.state.marks]


def test_coding_with_thousands_reads_only_what_changed(reader: Reader) -> None:
    assert reader.state.info is not None
    document, codes = reader.state.info.id, reader.hot_codes
    entries = [
        PassageEntry(document, start, start + 12, codes[start % len(codes)].id)
        for start in range(0, 500, 7)
    ]
    code_passages(reader.window.bridge.project, entries)
    reader.qtbot.waitUntil(lambda: len(reader.state.marks) == len(entries))
    kept = {mark.id: mark for mark in reader.state.marks}
    reader.select(PANEL)
    reader.press_hot_key()
    changed = [mark for mark in reader.state.marks if kept.get(mark.id) is not mark]
    assert [mark.id for mark in changed] == [reader.state.active_id]
    assert {coding.id for coding in reader.stored()} == {mark.id for mark in reader.state.marks}
