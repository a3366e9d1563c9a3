from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QPushButton

from app.coding.extracts import ExtractFilter
from app.ui.look import apply_look, current_look
from app.ui.widgets import Chip, CountLabel


def words_of(widget) -> str:
    fields = [edit.toPlainText() for edit in widget.findChildren(QPlainTextEdit)]
    fields += [edit.text() for edit in widget.findChildren(QLineEdit)]
    return " | ".join([label.text() for label in widget.findChildren(QLabel)] + fields)


def test_shows_the_whole_definition_of_the_chosen_code(coded) -> None:
    place = coded.go("codebook")
    place.show_code("x1")
    words = words_of(place.page)
    for part in (
        "Clarity of mandate",
        "Multi-agency working",
        "Whether each body knows what it may do.",
        "Written mandates.",
        "Trust as such (relp.trust).",
        "Nobody knew who was to call the school.",
    ):
        assert part in words
    assert place.fact == "Small codebook, version 1.0: 5 codes in 4 categories"


def test_counts_studies_in_the_tree_and_leads_from_numbers_to_extracts(
    coded, qtbot, monkeypatch
) -> None:
    asked = []
    monkeypatch.setattr(coded, "show_extracts", asked.append)
    place = coded.go("codebook")
    place.show_code("x1")
    doors = {door.text(): door for door in place.page.findChildren(CountLabel)}
    assert {"3 studies", "Barrier in 2 studies", "Facilitator in 1 study"} <= set(doors)
    qtbot.mouseClick(doors["3 codings"], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(doors["Barrier in 2 studies"], Qt.MouseButton.LeftButton)
    assert asked == [
        ExtractFilter(code_ids=frozenset({"x1"})),
        ExtractFilter(code_ids=frozenset({"x1"}), valences=frozenset({"barrier"})),
    ]


def test_a_chip_goes_to_the_code_to_use_instead(coded, qtbot) -> None:
    place = coded.go("codebook")
    place.show_code("x1")
    qtbot.wait(1)
    chips = {one.text(): one for one in place.page.findChildren(Chip) if one.isVisible()}
    chip = chips["Trust between partners"]
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=chip.rect().center() / 2)
    assert place.tree.code_id() == "x4"


def test_keys_of_codes_in_the_text_are_links_with_names(coded, qtbot) -> None:
    place = coded.go("codebook")
    place.acts.edit("x3", exclude="What each body may do (maw.mandate).")
    place.show_code("x3")
    links = {one.text(): one for one in place.page.findChildren(QPushButton)}
    qtbot.mouseClick(links["Clarity of mandate (maw.mandate)"], Qt.MouseButton.LeftButton)
    assert place.tree.code_id() == "x1"


def test_typing_finds_a_code_and_arrows_move_while_the_cursor_stays(coded, qtbot) -> None:
    tree = coded.go("codebook").tree
    tree.focus_search()
    qtbot.keyClicks(tree.field, "a")
    qtbot.keyClick(tree.field, Qt.Key.Key_Down)
    first = tree.code_id()
    qtbot.keyClick(tree.field, Qt.Key.Key_Down)
    assert tree.code_id() not in ("", first)
    tree.field.setText("trust betw")
    assert tree.code_id() == "x4"
    with qtbot.waitSignal(tree.code_activated) as used:
        qtbot.keyClick(tree.field, Qt.Key.Key_Return)
    assert used.args == ["x4"]


def test_the_column_here_counts_the_codings_of_one_document(coded) -> None:
    from app.coding.documents import find_document
    from app.ui.views.code_tree import CodeTreePanel
    from app.ui.views.code_tree_model import CodeRole

    panel = CodeTreePanel(coded.bridge)
    panel.set_document(find_document(coded.bridge.project, "Okafor_2021").id)
    here = {code: panel.model.index_of(code).data(CodeRole.HERE) for code in ("x1", "x4", "x5")}
    every = {code: panel.model.index_of(code).data(CodeRole.ALL) for code in ("x1", "x4", "x5")}
    assert here == {"x1": 1, "x4": 1, "x5": 0}
    assert every == {"x1": 3, "x4": 1, "x5": 1}
    panel.set_document(None)
    panel.set_here_counts({"x5": 7})
    panel.refresh()
    assert panel.model.index_of("x5").data(CodeRole.HERE) == 7
    panel.deleteLater()


def test_a_click_folds_a_cluster(coded, qtbot) -> None:
    tree = coded.go("codebook").tree.tree
    top = tree.model().index(0, 0)
    at = tree.visualRect(top).center()
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert not tree.isExpanded(top)
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert tree.isExpanded(top)


def test_clearing_the_search_unfolds_all_but_what_was_folded_by_hand(coded) -> None:
    tree = coded.go("codebook").tree
    model, view = tree.proxy, tree.tree
    view.collapse(model.index(1, 0))
    tree.field.setText("mandate")
    assert view.isExpanded(model.index(0, 0))
    tree.field.clear()
    folds = [view.isExpanded(model.index(row, 0)) for row in range(model.rowCount())]
    assert folds == [True, False, True, False]  # the last one holds the retired codes
    first = model.index(0, 0)
    assert all(view.isExpanded(model.index(row, 0, first)) for row in range(model.rowCount(first)))


def test_the_tree_grows_with_the_text_and_leaves_the_page_half(coded) -> None:
    place = coded.go("codebook")
    before = place._splitter.sizes()[0]
    apply_look(replace(current_look(), font_percent=150))
    try:
        assert place._splitter.sizes()[0] > before * 1.3
        coded.resize(900, 700)
        left, right = place._splitter.sizes()
        assert left <= right + 1
    finally:
        apply_look(replace(current_look(), font_percent=100))
