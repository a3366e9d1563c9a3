"""Codebook work without leaving the page."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.coding.code_editing import rename_code
from app.coding.codebooks import load_codebook
from tests.ui.reading.pages import Reader

PANEL = "Most members described the panel"


def test_a_code_that_is_not_found_is_made_and_used_with_enter(reader: Reader) -> None:
    reader.select(PANEL)
    reader.type("/")
    palette = reader.overlays.palette
    before = len(load_codebook(reader.window.bridge.project).codes)
    QTest.keyClicks(palette.field, "meetings of the zoo")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    (coding,) = reader.stored()
    codebook = load_codebook(reader.window.bridge.project)
    assert len(codebook.codes) == before + 1
    assert codebook.code(coding.code_id).name == "Meetings of the zoo"
    assert not palette.isVisible()
    project = reader.window.bridge.project
    assert project.undo() == "Code with a new code"
    assert not reader.stored()
    assert len(load_codebook(project).codes) == before


def test_a_code_can_be_made_although_others_match_and_not_twice(reader: Reader) -> None:
    reader.select(PANEL)
    reader.type("/")
    palette = reader.overlays.palette
    feature = reader.place.features["CodebookFeature"]
    QTest.keyClicks(palette.field, "trust")
    assert palette.model.rowCount()
    assert feature._offers()
    height = palette.height()
    QTest.keyClick(palette.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (coding,) = reader.stored()
    assert load_codebook(reader.window.bridge.project).code(coding.code_id).name == "Trust"
    reader.select(PANEL)
    reader.type("/")
    QTest.keyClicks(palette.field, "trust")
    assert not feature._offers()
    assert palette.height() == height


def test_what_is_found_is_not_made_again_and_old_names_find(reader: Reader) -> None:
    codebook = load_codebook(reader.window.bridge.project)
    code = codebook.by_key("maw.mandate")
    rename_code(reader.window.bridge.project, code.id, "Who may do what")
    reader.select(PANEL)
    reader.type("/")
    palette = reader.overlays.palette
    QTest.keyClicks(palette.field, code.name)
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    (coding,) = reader.stored()
    assert coding.code_id == code.id
    assert len(load_codebook(reader.window.bridge.project).codes) == len(codebook.codes)


def test_the_passage_becomes_the_example_of_its_code(reader: Reader) -> None:
    reader.select(PANEL)
    reader.type("/")
    QTest.keyClicks(reader.overlays.palette.field, "mandate")
    QTest.keyClick(reader.overlays.palette.field, Qt.Key.Key_Return)
    (coding,) = reader.stored()
    reader.state.set_active(coding.id)
    feature = reader.place.features["CodebookFeature"]
    feature.take_example()
    example = load_codebook(reader.window.bridge.project).code(coding.code_id).example
    assert example.startswith(f"“{PANEL}")
    asked: list[str] = []
    reader.place.window_of_places.show_code = asked.append
    feature.edit()
    assert asked == [coding.code_id]
