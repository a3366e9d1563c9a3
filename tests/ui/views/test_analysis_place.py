import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF

from app.coding.extracts import ExtractFilter
from app.models import Project
from app.ui.theme import font
from app.ui.views.network_scene import Target
from app.ui.views.passages_panel import sentences


@pytest.fixture
def place(coded, settled):
    made = coded.go("analysis")
    made.set_minimum(2)
    settled()
    return made


def click(qtbot, place, target: Target) -> None:
    at = place.network.place_of(target).toPoint()
    qtbot.mouseClick(place.network, Qt.MouseButton.LeftButton, pos=at)


def texts(place) -> list[str]:
    return [row.text for row in place.panel.list.passages.rows]


def test_a_click_on_a_code_lists_its_passages(place, qtbot) -> None:
    click(qtbot, place, Target("x3"))
    assert place.network.target == Target("x3")
    assert texts(place) == ["the police kept the file to themselves", "everyone had signed it"]


def test_a_click_on_a_tie_lists_the_overlaps_with_both_codes(place, qtbot) -> None:
    tie = place.network.scene.order[0]
    assert tie == Target("x1", "x2")
    click(qtbot, place, tie)
    rows = place.panel.list.passages.rows
    assert [row.study for row in rows] == ["Iyer 2020", "Lindqvist 2022", "Okafor 2021"]
    assert rows[1].text == "The mandate was written down and read aloud"
    marked = [rows[1].text[mark.start : mark.end] for mark in rows[1].marks]
    assert marked == ["The mandate was written down", "mandate was written down and read aloud"]


def test_enter_goes_from_the_tie_to_the_list_and_from_there_to_the_page(
    place, opened, qtbot
) -> None:
    place.network.setFocus()
    qtbot.keyClick(place.network, Qt.Key.Key_Tab)
    assert place.network.target == Target("x1", "x2")
    qtbot.keyClick(place.network, Qt.Key.Key_Return)
    qtbot.keyClick(place.panel.list, Qt.Key.Key_Return)
    assert opened == [("Iyer_2020.pdf", "unsure which body was to call the school")]


def test_tab_goes_on_by_strength_and_esc_chooses_nothing(place, qtbot) -> None:
    place.network.setFocus()
    seen = []
    for _ in range(3):
        qtbot.keyClick(place.network, Qt.Key.Key_Tab)
        seen.append(place.network.target)
    assert seen == [Target("x1", "x2"), Target("x1"), Target("x2")]
    assert place.network.accessibleDescription().startswith("Shared aims: 3 studies")
    qtbot.keyClick(place.network, Qt.Key.Key_Escape)
    assert place.network.target is None
    assert texts(place) == []


def test_filters_recount_and_never_move_a_code(place) -> None:
    before = {code: (node.x, node.y) for code, node in place.network.scene.nodes.items()}
    place.filters_of_codings.show_filter(ExtractFilter(valences=frozenset({"facilitator"})))
    after = {code: (node.x, node.y) for code, node in place.network.scene.nodes.items()}
    assert after == before
    assert place.filters()._count.text() == "2 studies, 4 codings"
    assert place.network.scene.nodes["x5"].node.studies == 0
    assert "Valence: Facilitator" in place.state.figure.caption


def test_without_ties_it_says_from_how_many_studies_there_would_be_some(place, qtbot) -> None:
    place.set_minimum(5)
    assert place._no_ties.isVisible()
    assert place._no_ties_words.text() == (
        "No two codes share text in 5 studies or more. In 3 studies or more there would be 1 tie."
    )
    qtbot.mouseClick(place._no_ties_button, Qt.MouseButton.LeftButton)
    assert place.minimum == 3
    assert not place._no_ties.isVisible()


def test_filters_that_leave_nothing_are_named(place) -> None:
    place.filters_of_codings.show_filter(
        ExtractFilter(valences=frozenset({"moderates"}), stages=frozenset({"exit"}))
    )
    words = place._empty._sentence.text()
    assert "“Valence: Moderates”" in words
    assert "“Stage: Transition / exit”" in words
    place._empty.buttons()[0].click()
    assert len(place.state.evidence) == 10


def test_the_table_counts_codings_and_studies(place, qtbot) -> None:
    qtbot.mouseClick(place.face.segment("table"), Qt.MouseButton.LeftButton)
    model = place.model
    heads = [model.row_head(row) for row in range(model.rowCount())]
    assert [(head.text, head.studies) for head in heads[:3]] == [
        ("1 Systems and structures", 0), ("Clarity of mandate", 3), ("Shared aims", 3),
    ]  # fmt: skip
    index = model.index(1, 0)
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Clarity of mandate in Iyer 2020: 1 coding (1 barrier)"
    at = place.table.visualRect(index).center()
    qtbot.mouseClick(place.table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert texts(place) == ["unsure which body was to call the school"]
    place.table._choose_column(1)
    assert len(texts(place)) == 3


def test_the_table_is_a_sound_model(place, qtmodeltester) -> None:
    qtmodeltester.check(place.model)


@pytest.mark.parametrize("suffix", [".svg", ".graphml", ".csv"])
def test_export_writes_the_network_shown(place, tmp_path, suffix: str) -> None:
    place.export(tmp_path / f"network{suffix}")
    written = (tmp_path / f"network{suffix}").read_text(encoding="utf-8")
    assert "Clarity of mandate" in written


def test_zoom_and_move_keep_what_is_under_the_pointer(place, qtbot) -> None:
    at = place.network.place_of(Target("x1"))
    place.network.zoom(2.0, at)
    assert (place.network.place_of(Target("x1")) - at).manhattanLength() < 1
    qtbot.mousePress(place.network, Qt.MouseButton.LeftButton, pos=at.toPoint())
    qtbot.mouseMove(place.network, at.toPoint() + at.toPoint() / 4)
    qtbot.mouseRelease(place.network, Qt.MouseButton.LeftButton, pos=at.toPoint() / 4)
    assert place.network.target is None
    place.network.fit()
    assert (place.network.place_of(Target("x1")) - at).manhattanLength() < 1


def test_who_coded_a_passage_stands_beside_it(place, qtbot) -> None:
    click(qtbot, place, Target("x3"))
    index = place.panel.list.passages.index(0, 0)
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "Coded by Jonas Weiss"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).endswith("Coded by Jonas Weiss")


def test_a_tie_is_told_in_sentences() -> None:
    told = "Setting: custody – Aims: share text in 3 of 4 studies; one; two"
    name = "Setting: custody – Aims"
    assert sentences(told, name) == ["Share text in 3 of 4 studies.", "One.", "Two."]


def test_nothing_coded_leaves_no_filters_and_no_empty_chip(window, settled, tmp_path) -> None:
    path = tmp_path / "bare.cofactor"
    Project.create(path, title="Bare").close()
    assert window.open_project(path)
    place = window.go("analysis")
    settled()
    assert place._empty.isVisible()
    assert not place._minimum_chip.isVisible()
    assert not place.filters().isVisible()
    assert not place.panel.isVisible()


def test_a_narrow_window_has_short_names_for_the_faces(place, coded) -> None:
    assert place.face.segment("table").text() == "Codes by study"
    coded.setMinimumWidth(0)
    coded.resize(640, 700)
    assert place.face.segment("table").text() == "Table"
    assert place.face.segment("table").accessibleName() == "Codes by study"
    assert place._export.text() == ""
    assert place._export.accessibleName() == "Export"


def test_heads_of_the_table_are_whole(place) -> None:
    place.show_face("table")
    names, heads = place.table.verticalHeader(), place.table.horizontalHeader()
    body, small = QFontMetricsF(font("body")), QFontMetricsF(font("small"))
    for row in range(place.model.rowCount()):
        assert body.horizontalAdvance(place.model.row_head(row).text) < names.width() - 80
    for column in range(place.model.columnCount()):
        label = place.model.headerData(column, Qt.Orientation.Horizontal)
        assert small.horizontalAdvance(label) < heads.height() - 18
