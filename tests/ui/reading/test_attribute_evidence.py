"""What the reading view says of the study: attributes shown by passages, marks, translations."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.coding.attribute_values import read_cells
from app.coding.attributes import AttributeDraft, add_attributes
from app.coding.passages import code_passage, remove_codings
from app.coding.people import add_coder
from app.coding.studies import set_integrity
from app.coding.translations import list_translations, set_translation
from app.models.evidence import Document


@pytest.fixture
def setting(reader) -> str:
    drafts = [AttributeDraft("Country"), AttributeDraft("Setting", "choice", ("Custody", "Town"))]
    return add_attributes(reader.window.bridge.project, drafts)[1]


def test_the_selected_words_show_an_attribute_by_keyboard_alone(reader, setting) -> None:
    place, actions = reader.place, reader.window.actions_table
    feature = place.features["AttributeEvidence"]
    reader.select("nobody had told")
    actions.trigger("read.attribute")
    bar = feature.bar
    assert bar.isVisible()
    assert bar.choice.hasFocus()
    QTest.keyClick(bar.choice, Qt.Key.Key_Down)
    QTest.keyClick(bar.choice, Qt.Key.Key_Return)
    assert bar.field.hasFocus()
    QTest.keyClicks(bar.field, "moon")
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    assert "not in the list" in bar.told.text()
    assert bar.isVisible()
    bar.field.clear()
    QTest.keyClicks(bar.field, "town")
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    reader.qtbot.waitUntil(lambda: not bar.isVisible())
    project = reader.window.bridge.project
    (cell,) = read_cells(project).values()
    assert cell.own.attribute_id == setting
    assert (cell.own.text, " ".join(cell.own.quote.split())) == ("Town", "nobody had told")
    assert project.undo() == "Show where an attribute stands"
    assert read_cells(project) == {}


def test_without_words_or_attributes_it_says_what_is_missing(reader) -> None:
    actions = reader.window.actions_table
    actions.trigger("read.attribute")
    assert reader.notices() == ["There is nothing selected to show an attribute with."]
    reader.select("nobody had told")
    actions.trigger("read.attribute")
    assert reader.place.features["AttributeEvidence"].bar is None
    assert reader.notices()[-1:] == ["This project has no attributes of studies yet."]


def test_a_retracted_study_says_so_above_its_pages(reader) -> None:
    feature, project = reader.place.features["IntegrityNotice"], reader.window.bridge.project
    assert feature.bar is None
    study = reader.place.state.info.study_id
    set_integrity(project, study, "retracted", "By the publisher in 2023.")
    assert feature.bar.isVisible()
    assert feature.bar.accessibleName() == (
        "This study has been retracted. By the publisher in 2023."
    )
    project.undo()
    assert feature.bar is None


def test_a_foreign_passage_takes_a_translation_beside_it(reader) -> None:
    place, project = reader.place, reader.window.bridge.project
    note = place.features["TranslationNotes"].notes[1]
    reader.window.actions_table["read.right_panel"].trigger()
    code = place.state.codebook.codes[0].id
    document = place.state.info_id
    start = place.state.text.text.index("nobody had told")
    coding = code_passage(project, document, start, start + 15, code)
    place.state.set_active(coding)
    assert not note.isVisible()

    with project.change("Say the language") as session:
        session.get_one(Document, document).language = "de"
    place.close_document()
    place.open_passage(document)
    reader.wait_for(document)
    place.state.set_active(coding)
    assert note.isVisible()
    assert note._head.text() == "Translation from German"
    note.field.setFocus()
    QTest.keyClicks(note.field, "nobody told them")
    place.canvas.setFocus()
    assert list_translations(project) == {coding: {project.actor_id: "nobody told them"}}

    other = add_coder(project, "Mei Lin")
    set_translation(project, coding, "no one had said", coder_id=other)
    assert note._others.text() == "Mei Lin: no one had said"
    remove_codings(project, [coding])
    assert list_translations(project) == {}
    project.undo()
    assert len(list_translations(project)[coding]) == 2
