"""Editing the codebook in its place, with keys, fields and drops as a person uses them."""

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

from app.coding.codebooks import load_codebook
from app.coding.passages import list_codings
from app.coding.rechecks import list_rechecks
from app.ui.views.code_tree_editing import CodebookTree, Move, moved_by_drop, moved_by_key
from app.ui.views.code_tree_model import CATEGORY, CLUSTER, CODE, RETIRED
from tests.ui.views.samples import small_codebook

KEY = Qt.Key


@pytest.fixture
def place(coded, qtbot):
    with qtbot.waitActive(coded):
        coded.activateWindow()
    made = coded.go("codebook")
    made.show_code("x1")
    return made


def book(place):
    return load_codebook(place.window_of_places.bridge.project)


def index_of(place, row_id):
    return place.tree.proxy.mapFromSource(place.tree.model.index_of(row_id))


def choose(place, row_id):
    place.tree.tree.setCurrentIndex(index_of(place, row_id))
    place.tree.tree.setFocus()


def drop(place, dragged, target, where):
    """Drop a row on the upper edge, the middle or the lower edge of another one."""
    tree: CodebookTree = place.tree.tree
    rect = tree.visualRect(index_of(place, target))
    y = {"before": rect.top() + 2, "into": rect.center().y(), "after": rect.bottom() - 2}[where]
    data = tree.dragged(index_of(place, dragged))
    event = QDropEvent(
        QPointF(rect.center().x(), y), Qt.DropAction.MoveAction, data,
        Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QEvent.Type.Drop,
    )  # fmt: skip
    tree.dropEvent(event)


def test_a_code_is_made_renamed_moved_and_retired_with_keys_alone(place, coded, qtbot) -> None:
    tree = place.tree.tree
    choose(place, "x1")
    qtbot.keyClick(tree, KEY.Key_Insert)
    field = place.making.row.field
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, "Roles in the panel")
    qtbot.keyClick(field, KEY.Key_Return)
    made = place.tree.code_id()
    assert book(place).code(made).category_id == "k1"
    assert not place.making.row.isVisible()
    assert tree.hasFocus()

    qtbot.keyClick(tree, KEY.Key_F2)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    qtbot.keyClicks(editor, "Clear roles")
    qtbot.keyClick(editor, KEY.Key_Return)
    qtbot.waitUntil(lambda: book(place).code(made).name == "Clear roles")
    assert book(place).code(made).former_names == ("Roles in the panel",)

    tree.setFocus()
    alt = Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(tree, KEY.Key_Up, alt)
    assert [c.id for c in book(place).codes[:2]] == [made, "x1"]
    for _ in range(3):
        qtbot.keyClick(tree, KEY.Key_Down, alt)
    assert book(place).code(made).category_id == "k2"  # the next category

    qtbot.keyClick(tree, KEY.Key_Delete)
    assert book(place).code(made).retired
    assert index_of(place, RETIRED).data() == "Retired (2)"
    coded.actions_table.trigger("edit.undo")
    assert not book(place).code(made).retired


def test_rows_are_dropped_on_codes_categories_and_the_retired(place) -> None:
    drop(place, "x1", "x3", "after")
    assert [c.id for c in book(place).codes if c.category_id == "k2"] == ["x3", "x1"]
    drop(place, "x1", "x3", "before")
    assert [c.id for c in book(place).codes if c.category_id == "k2"] == ["x1", "x3"]
    drop(place, "x1", "k3", "into")
    moved = book(place).code("x1")
    assert (moved.category_id, moved.cluster_id, moved.further_cluster_ids) == ("k3", "c2", ())
    drop(place, "k2", "c2", "into")
    assert book(place).code("x3").cluster_id == "c2"
    drop(place, "c2", "c1", "before")
    assert [c.id for c in book(place).clusters] == ["c2", "c1", "c0"]
    drop(place, "x2", RETIRED, "into")
    assert book(place).code("x2").retired


def test_moves_that_mean_nothing_are_none() -> None:
    codebook = small_codebook()
    assert moved_by_drop(codebook, (CODE, "x1"), (CLUSTER, "c1"), "into") is None
    assert moved_by_drop(codebook, (CATEGORY, "k1"), (RETIRED, RETIRED), "into") is None
    assert moved_by_key(codebook, CODE, "x1", -1) is None
    assert moved_by_key(codebook, CODE, "x6", -1) is None
    assert moved_by_key(codebook, CODE, "x2", 1) == Move(CODE, "x2", "k2", "x3")
    assert moved_by_key(codebook, CATEGORY, "k2", 1) == Move(CATEGORY, "k2", "c2", "k3")
    assert moved_by_key(codebook, CLUSTER, "c1", 1) == Move(CLUSTER, "c1", "", "c0")


def test_texts_are_a_draft_until_they_are_recorded_as_a_revision(place, qtbot) -> None:
    page, edit = place.page, place.page.fields["definition"].edit
    assert not page.record_button.isVisible()
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClicks(edit, "Who may do what.")
    assert page.record_button.text() == "Record as revision 2"
    assert page.record_button.isVisible()
    assert book(place).code("x1").definition == "Whether each body knows what it may do."
    qtbot.keyClick(edit, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert book(place).code("x1").definition == "Who may do what."
    assert not page.record_button.isVisible()
    qtbot.keyClicks(edit, " Or not.")
    qtbot.wait(1)  # the buttons find their places
    qtbot.mouseClick(page.discard_button, Qt.MouseButton.LeftButton)
    assert edit.toPlainText() == "Who may do what."
    qtbot.keyClicks(edit, "!")
    place.tree.tree.setFocus()  # going elsewhere records
    assert "!" in book(place).code("x1").definition


def test_a_hot_key_that_cannot_be_is_refused_beside_its_field(place, qtbot) -> None:
    field = place.page.hot_key
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "s")
    qtbot.keyClick(field, KEY.Key_Return)
    assert place.page.problem.isVisible()
    assert place.page.problem.text() == "S extends the selection by a sentence. Choose another key."
    field.selectAll()
    qtbot.keyClicks(field, "w")
    qtbot.keyClick(field, KEY.Key_Return)
    assert book(place).code("x1").hot_key == "W"
    assert not place.page.problem.isVisible()


def test_colour_clusters_and_neighbours_change_at_once(place, qtbot) -> None:
    page = place.page
    page.colour.setCurrentIndex(1)
    page.colour.activated.emit(1)
    page._further.toggled.emit("c0")
    page.add_neighbour.setFocus()
    page.add_neighbour.setText("Shared aims")
    qtbot.keyClick(page.add_neighbour, KEY.Key_Return)
    code = book(place).code("x1")
    assert code.colour == "#3C5AE2"
    assert code.further_cluster_ids == ("c2", "c0")
    assert code.see_instead == ("relp.trust", "maw.aims")


def test_merging_and_bringing_back_in_the_page(place, coded, qtbot) -> None:
    page = place.page
    qtbot.mouseClick(page.merge_button, Qt.MouseButton.LeftButton)
    panel = page.merge_panel
    assert panel.isVisible()
    assert not panel.main.isEnabled()
    panel.field.setText("Shared aims")
    qtbot.mouseClick(panel.main, Qt.MouseButton.LeftButton)
    project = coded.bridge.project
    assert place.tree.code_id() == "x2"
    assert book(place).living("x1") == "x2"
    assert len(list_codings(project, code_id="x2")) == 6
    place.tree.tree.expandAll()
    place.show_code("x1")
    assert page.retire_button.text() == "Bring back"
    qtbot.mouseClick(page.retire_button, Qt.MouseButton.LeftButton)
    assert len(list_codings(project, code_id="x1")) == 3


def test_splitting_takes_the_ticked_passages(place, coded, qtbot, settled) -> None:
    page = place.page
    qtbot.mouseClick(page.split_button, Qt.MouseButton.LeftButton)
    panel = page.split_panel
    assert panel.passages.rowCount() == 3
    qtbot.keyClicks(panel.name, "Mandate of police")
    panel.passages.item(1).setCheckState(Qt.CheckState.Checked)
    qtbot.mouseClick(panel.main, Qt.MouseButton.LeftButton)
    made = place.tree.code_id()
    assert len(list_codings(coded.bridge.project, code_id=made)) == 1
    assert page.name.text() == "Mandate of police"


def test_passages_are_looked_at_again_with_keys(place, coded, qtbot, settled, opened) -> None:
    place.acts.edit("x1", definition="Said anew.")
    ask = next(b for b in place.side_panel.findChildren(QPushButton) if "Ask" in b.text())
    qtbot.mouseClick(ask, Qt.MouseButton.LeftButton)
    again = place.side_panel.again
    qtbot.waitUntil(lambda: again.list.passages.rowCount() == 3)
    again.list.enter()
    qtbot.keyClick(again.list, KEY.Key_Return)
    assert opened == [("Iyer_2020.pdf", "unsure which body was to call the school")] or opened
    qtbot.keyClick(again.list, KEY.Key_K)
    qtbot.waitUntil(lambda: again.list.passages.rowCount() == 2)
    qtbot.keyClick(again.list, KEY.Key_C)
    again.field.setText("Shared aims")
    qtbot.keyClick(again.field, KEY.Key_Return)
    qtbot.waitUntil(lambda: again.list.passages.rowCount() == 1)
    qtbot.keyClick(again.list, KEY.Key_Delete)
    qtbot.waitUntil(lambda: again.list.passages.rowCount() == 0)
    (recheck,) = list_rechecks(coded.bridge.project)
    assert (recheck.done, recheck.mine_done) == (3, 3)
    assert len(list_codings(coded.bridge.project, code_id="x1")) == 1


def test_a_file_is_previewed_before_it_is_taken_in(place, coded, qtbot, tmp_path) -> None:
    path = tmp_path / "codes.csv"
    path.write_text("name,category,definition\nShared aims,Multi-agency working,Said.\n")
    place.doors.show_import(path)
    preview = place.doors.preview
    qtbot.waitUntil(preview.isVisible)
    assert book(place).code("x2").definition == ""
    qtbot.keyClick(preview, KEY.Key_Return)
    qtbot.waitUntil(lambda: book(place).code("x2").definition == "Said.")
    qtbot.waitUntil(lambda: not preview.isVisible())
    out = tmp_path / "out.xlsx"
    place.doors.export_to(out)
    qtbot.waitUntil(out.exists)


def test_a_project_without_codes_begins_with_a_cluster(window, project_path, qtbot) -> None:
    assert window.open_project(project_path)
    place = window.go("codebook")
    place._empty.buttons()[0].click()
    for name in ("Systems", "Working together", "Trust"):
        if not place.making.row.isVisible():
            place.new_code()
        qtbot.keyClicks(place.making.row.field, name)
        qtbot.keyClick(place.making.row.field, KEY.Key_Return)
    codebook = load_codebook(window.bridge.project)
    assert [c.name for c in codebook.codes] == ["Trust"]
    assert codebook.categories[0].name == "Working together"
