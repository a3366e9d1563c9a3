"""Attributes in the window: typed, pasted, filtered, arranged, compared, settled, shown."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton

from app.coding.attribute_evidence import show_evidence
from app.coding.attribute_values import read_cells, set_value, settle_value
from app.coding.attributes import AttributeDraft, add_attributes, list_attributes
from app.coding.documents import list_documents, load_text
from app.coding.memos import list_memos
from app.coding.people import list_coders
from app.coding.studies import list_studies
from app.ui.views.attribute_edit import ValueEdit
from app.ui.views.studies_columns import load_arrangement

KEY = Qt.Key
CSV = "Title;Authors;Year;Region;Sample size\nPanels in five towns;Okafor, A.;2021;North;41\n"


@pytest.fixture
def place(coded):
    made = coded.go("studies")
    add_attributes(
        coded.bridge.project,
        [
            AttributeDraft("Country"),
            AttributeDraft("Setting", "choice", ("Custody", "Community")),
            AttributeDraft("Sample", "number", unit="people"),
        ],
    )
    return made


@pytest.fixture
def ids(place) -> dict[str, str]:
    return {one.name: one.id for one in list_attributes(place._bridge.project)}


def heads(place) -> list[str]:
    return [column.head for column in place.model.columns]


def cell(place, study: str, name: str) -> str:
    index = place.model.index_of(study_id(place, study))
    return index.siblingAtColumn(heads(place).index(name)).data()


def study_id(place, label: str) -> str:
    return next(one.id for one in list_studies(place._bridge.project) if one.label == label)


def put_cursor(place, study: str, attribute: str) -> None:
    assert place.table.choose(study_id(place, study), f"attribute.{attribute}")
    place.table.setFocus()


def editor(place) -> ValueEdit:
    found = place.table.findChildren(ValueEdit)
    open_ones = [one for one in found if one.isVisible()]
    assert len(open_ones) == 1
    return open_ones[0]


def test_values_are_typed_into_the_table_as_into_a_spreadsheet(place, ids, qtbot) -> None:
    put_cursor(place, "Iyer 2020", ids["Country"])
    qtbot.keyClick(place.table, KEY.Key_Return)
    qtbot.keyClicks(editor(place), "Spain")
    qtbot.keyClick(editor(place), KEY.Key_Tab)
    assert cell(place, "Iyer 2020", "Country") == "Spain"
    qtbot.keyClicks(editor(place), "moon")
    qtbot.keyClick(editor(place), KEY.Key_Return)
    assert editor(place).property("look") == "wrong"
    assert cell(place, "Iyer 2020", "Setting") == "–"
    editor(place).clear()
    qtbot.keyClicks(editor(place), "cus")
    assert editor(place)._completer.popup().isVisible()
    qtbot.keyClick(editor(place)._completer.popup(), KEY.Key_Down)
    qtbot.keyClick(editor(place)._completer.popup(), KEY.Key_Return)
    qtbot.waitUntil(lambda: cell(place, "Iyer 2020", "Setting") == "Custody")
    # The offscreen platform leaves no window active once a list of values was open.
    place.window().activateWindow()
    place.table.setFocus()
    qtbot.waitUntil(place.table.hasFocus)
    # Enter has gone one study down, in the same column; F2 opens the field there.
    assert place.table.current_row().label == "Lindqvist 2022"
    qtbot.keyClick(place.table, KEY.Key_F2)
    qtbot.keyClicks(editor(place), "xx")
    qtbot.keyClick(editor(place), KEY.Key_Escape)
    assert cell(place, "Lindqvist 2022", "Setting") == "–"
    # Delete takes the value away, not the study.
    put_cursor(place, "Iyer 2020", ids["Setting"])
    qtbot.keyClick(place.table, KEY.Key_Delete)
    assert cell(place, "Iyer 2020", "Setting") == "–"
    assert len(list_studies(place._bridge.project)) == 3
    assert place._bridge.project.undo() == "Clear value"
    assert cell(place, "Iyer 2020", "Setting") == "Custody"


def test_a_block_is_pasted_in_one_act_and_refused_as_a_whole(place, ids) -> None:
    actions = place.window_of_places.actions_table
    put_cursor(place, "Iyer 2020", ids["Country"])
    QGuiApplication.clipboard().setText("Spain\tCustody\t1,040\r\nNorway\tMoon\t7\r\n")
    actions.trigger("studies.paste")
    assert read_cells(place._bridge.project) == {}
    QGuiApplication.clipboard().setText("Spain\tCustody\t1,040\r\nNorway\tcommunity\t7\r\n")
    actions.trigger("studies.paste")
    assert cell(place, "Iyer 2020", "Sample (people)") == "1040"
    assert cell(place, "Lindqvist 2022", "Setting") == "Community"
    place.table.selectAll()
    actions.trigger("studies.copy")
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0].split("\t")[:6] == [
        "Study", "Title", "Year", "Language", "Country", "Setting",
    ]  # fmt: skip
    assert lines[1].split("\t")[4:7] == ["Spain", "Custody", "1040"]
    assert place._bridge.project.undo() == "Paste 6 values"
    assert read_cells(place._bridge.project) == {}


def test_columns_are_chosen_moved_sorted_and_remembered(place, ids, coded) -> None:
    project = coded.bridge.project
    for label, number in (("Iyer 2020", "9"), ("Okafor 2021", "41")):
        set_value(project, study_id(place, label), ids["Sample"], number)
    assert heads(place) == [
        "Study", "Title", "Year", "Language", "Country", "Setting", "Sample (people)",
        "Amina", "Jonas", "Note",
    ]  # fmt: skip
    place.table.sort_by(f"attribute.{ids['Sample']}", True)
    shown = [place.proxy.index(row, 0).data() for row in range(3)]
    assert shown == ["Okafor 2021", "Iyer 2020", "Lindqvist 2022"]
    place.show_columns()
    card = place.attributes
    card._go_to(f"attribute.{ids['Sample']}")
    card._up.click()
    assert heads(place)[4:7] == ["Country", "Sample (people)", "Setting"]
    assert [one.name for one in list_attributes(project)] == ["Country", "Sample", "Setting"]
    card._go_to("language")
    QTest.keyClick(card.list, KEY.Key_Space)
    assert "Language" not in heads(place)
    place.table.header().moveSection(1, 2)
    QTest.qWait(1)
    assert heads(place)[:4] == ["Study", "Year", "Title", "Country"]
    kept = load_arrangement(project.id)
    assert (kept.sorted_by, kept.descending) == (f"attribute.{ids['Sample']}", True)
    assert "language" in kept.hidden
    path = project.path
    coded.bridge.close()
    assert coded.open_project(path)
    assert heads(coded.go("studies"))[:4] == ["Study", "Year", "Title", "Country"]


def test_attributes_are_made_changed_and_retired_in_the_card(place, ids, qtbot) -> None:
    project = place._bridge.project
    set_value(project, study_id(place, "Iyer 2020"), ids["Setting"], "Custody")
    place.window_of_places.actions_table.trigger("studies.columns")
    card, editor = place.attributes, place.attributes.editor
    card._go_to(f"attribute.{ids['Setting']}")
    editor.options.setPlainText("Prison\nCommunity")
    editor.save()
    assert cell(place, "Iyer 2020", "Setting") == "Prison"
    editor.options.setPlainText("Community")
    editor.save()
    assert "Prison" in editor._problem.text()
    editor._retire.click()
    assert "Setting" not in heads(place)
    assert editor._retire.text() == "Bring back"
    card.new_attribute()
    qtbot.keyClicks(editor.name, "Funder")
    qtbot.keyClick(editor.name, KEY.Key_Return)
    assert "Funder" in heads(place)
    card._starters.click()
    assert {"Design", "Appraisal", "Participation"} <= set(heads(place))
    assert project.undo() == "Add 7 attributes"


def test_studies_are_filtered_by_attributes(place, ids) -> None:
    project = place._bridge.project
    set_value(project, study_id(place, "Iyer 2020"), ids["Setting"], "Custody")
    chip = place.bar.attributes.add(ids["Setting"])
    chip.choose(["Custody"])
    assert [place.proxy.index(row, 0).data() for row in range(place.proxy.rowCount())] == [
        "Iyer 2020"
    ]
    assert chip.text() == "Setting: Custody"
    chip.choose([""])
    assert place.proxy.rowCount() == 2
    set_value(project, study_id(place, "Okafor 2021"), ids["Setting"], "Custody")
    assert place.proxy.rowCount() == 1
    assert load_arrangement(project.id).filters == (ids["Setting"],)


def test_what_others_say_is_seen_beside_and_settled_from_the_panel(place, ids, qtbot) -> None:
    project = place._bridge.project
    other = list_coders(project)[1].id
    study = study_id(place, "Iyer 2020")
    set_value(project, study, ids["Setting"], "Custody")
    set_value(project, study, ids["Setting"], "Community", coder_id=other)
    place.table.choose(study)
    form = place.panel.form
    assert form.field(ids["Setting"]).text() == "Custody"
    settle = [one for one in form.findChildren(QPushButton) if one.text() == "Settle"]
    assert len(settle) == 1
    settle[0].click()
    (menu,) = settle[0].findChildren(QMenu)
    offered = {action.text(): action for action in menu.actions()}
    offered["Community (Jonas Weiss)"].trigger()
    assert read_cells(project)[study, ids["Setting"]].settled.text == "Community"
    assert cell(place, "Iyer 2020", "Setting") == "Community"
    field = place.panel.form.field(ids["Country"])
    field.setFocus()
    qtbot.keyClicks(field, "India")
    qtbot.keyClick(field, KEY.Key_Return)
    assert cell(place, "Iyer 2020", "Country") == "India"


def test_the_mark_of_a_value_opens_its_passage(place, ids, opened, qtbot) -> None:
    project = place._bridge.project
    document = next(d for d in list_documents(project) if d.study_label == "Iyer 2020")
    start = load_text(project, document.id).text.index("unsure which body")
    show_evidence(project, ids["Country"], document.id, start, start + 17, ["India"])
    put_cursor(place, "Iyer 2020", ids["Country"])
    place.window_of_places.actions_table.trigger("studies.passage")
    box = place.table.visualRect(place.table.currentIndex())
    at = box.center()
    at.setX(box.right() - 14)
    qtbot.mouseClick(place.table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert opened == [("Iyer_2020.pdf", "unsure which body")] * 2


def test_the_reason_of_what_was_settled_is_written_and_its_passage_stays(place, ids, qtbot) -> None:
    project = place._bridge.project
    study = study_id(place, "Iyer 2020")
    document = next(d for d in list_documents(project) if d.study_label == "Iyer 2020")
    start = load_text(project, document.id).text.index("unsure which body")
    show_evidence(project, ids["Country"], document.id, start, start + 17, ["India"])
    own = read_cells(project)[study, ids["Country"]].own
    settle_value(project, study, ids["Country"], ["India"], from_value_id=own.id)
    place.table.choose(study)
    field = next(
        one for one in place.panel.form.findChildren(QLineEdit)
        if one.placeholderText() == "Why this value"
    )  # fmt: skip
    field.setFocus()
    qtbot.keyClicks(field, "Table 1")
    qtbot.keyClick(field, KEY.Key_Return)
    settled = read_cells(project)[study, ids["Country"]].settled
    assert (settled.note, settled.quote) == ("Table 1", "unsure which body")


def test_several_studies_are_marked_and_unmarked_in_one_act(place) -> None:
    project = place._bridge.project
    before = [one.flag for one in list_studies(project)]
    place.table.selectAll()
    place.window_of_places.actions_table.trigger("studies.mark_retracted")
    assert {one.flag for one in list_studies(project)} == {"retracted"}
    assert project.undo() == "Mark study"
    assert [one.flag for one in list_studies(project)] == before


def test_a_study_is_marked_from_the_menu_with_its_reason_in_the_panel(place, qtbot) -> None:
    project = place._bridge.project
    study = study_id(place, "Iyer 2020")
    place.table.choose(study)
    place.window_of_places.actions_table.trigger("studies.mark_concern")
    assert cell(place, "Iyer 2020", "Note") == "Concern"
    place.panel.show_tab("reports")
    reason = place.panel.reason
    reason.setFocus()
    qtbot.keyClicks(reason, "Figures disputed")
    qtbot.keyClick(reason, KEY.Key_Return)
    row = next(one for one in list_studies(project) if one.id == study)
    assert (row.flag, row.flag_note) == ("concern", "Figures disputed")
    memo = next(one for one in list_memos(project) if not one.coder_id)
    assert memo.subject.detail == "Reason of the mark: expression of concern"
    place.window_of_places.actions_table.trigger("studies.mark_retracted")
    row = next(one for one in list_studies(project) if one.id == study)
    assert (row.flag, row.flag_note) == ("retracted", "Figures disputed")


def test_tables_of_references_show_their_columns_and_the_example_what_it_is(
    place, settled, tmp_path: Path
) -> None:
    path = tmp_path / "screened.csv"
    path.write_text(CSV, encoding="utf-8")
    place.add_references(path)
    card = place.references.card
    assert card.isVisible()
    assert card.mapping() == ("title", "authors", "year", "attribute", "attribute")
    assert card.as_attributes.text().startswith("Create 2 attributes")
    card.add.click()
    settled()
    assert place.matching.isVisible()
    assert cell(place, "Okafor 2021", "Region") == "North"
    assert cell(place, "Okafor 2021", "Sample size") == "41"
    place.matching.hide()

    # The example is added only when it is known to be unchecked.
    place.window_of_places.actions_table.trigger("studies.example")
    assert card._tag.isVisible()
    assert "Nobody has checked" in card._note.text()
    assert not card.add.isEnabled()
    card.as_attributes.setChecked(False)
    card.sure.setChecked(True)
    assert card.sure.text() == "I know that these 56 records are unchecked"
    card.add.click()
    settled()
    assert len(list_studies(place._bridge.project)) == 59
    assert len(list_attributes(place._bridge.project)) == 5
