import csv

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from app.coding.extracts import ExtractFilter
from app.coding.passages import list_codings, remove_codings
from app.ui.views.extracts_delegate import _columns
from app.ui.views.extracts_model import ExtractRole, GroupHead


@pytest.fixture
def place(coded, settled):
    made = coded.go("extracts")
    settled()
    return made


def rows(place) -> list[str]:
    model = place.model
    found = []
    for row in range(model.rowCount()):
        shown = model.row(row)
        found.append(shown.text if isinstance(shown, GroupHead) else f"- {shown.code}")
    return found


def count_words(place) -> str:
    return place.filters()._count.text()


def test_is_a_sound_model(place, qtmodeltester) -> None:
    qtmodeltester.check(place.model)


def test_groups_by_study_in_the_order_of_the_text(place) -> None:
    assert rows(place)[:4] == [
        "Iyer 2020", "- Clarity of mandate", "- Shared aims", "- Agreement on sharing",
    ]  # fmt: skip
    assert count_words(place) == "10 extracts, 3 studies"


def test_groups_by_code_in_the_order_of_the_codebook(place, qtbot) -> None:
    qtbot.mouseClick(place.grouping.segment("code"), Qt.MouseButton.LeftButton)
    heads = [row for row in rows(place) if not row.startswith("-")]
    assert heads[:2] == ["Clarity of mandate", "Shared aims"]
    assert place.model.row(0).fact == "3 extracts in 3 studies"


def test_a_filter_is_ticked_in_the_list_below_its_chip(place, qtbot) -> None:
    chip = place.filters_of_codings.chips["valence"]
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    view = chip.popup.view
    barrier = next(
        view.model().index(row, 0)
        for row in range(view.model().rowCount())
        if view.model().index(row, 0).data() == "Barrier"
    )
    at = view.visualRect(barrier).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert {one.valence for one in place.shown()} == {"barrier"}
    assert count_words(place) == "5 extracts, 3 studies"
    assert chip.text() == "Valence: Barrier"
    chip.popup.close()
    chip.removed.emit()
    assert len(place.shown()) == 10


def test_words_are_found_in_quote_and_memo(place, qtbot) -> None:
    qtbot.keyClicks(place.field, "outer")
    assert [one.code for one in place.shown()] == ["Pression politique élevée"]


def test_enter_goes_to_the_passage(place, opened, qtbot) -> None:
    place.list.enter()
    qtbot.keyClick(place.list, Qt.Key.Key_Return)
    assert opened == [("Iyer_2020.pdf", "unsure which body was to call the school")]


def test_an_empty_list_names_the_filter_that_matters(place) -> None:
    place.show_filter(ExtractFilter(code_ids=frozenset({"x1"}), stages=frozenset({"exit"})))
    words = place._empty.accessibleName() or place._empty._sentence.text()
    assert words == "2 filters are on. Without “Stage: Transition / exit” there are 3 extracts."
    place._empty.buttons()[0].click()
    assert [one.code_id for one in place.shown()] == ["x1", "x1", "x1"]


def test_export_writes_what_is_shown(place, tmp_path, qtbot) -> None:
    place.show_filter(ExtractFilter(code_ids=frozenset({"x5"})))
    place.export(tmp_path / "out.csv", "tidy")
    qtbot.waitUntil((tmp_path / "out.csv").exists)
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    assert [row["quote"] for row in table] == ["Newspapers asked every week"]


def test_copy_puts_a_table_on_the_clipboard(place) -> None:
    place.list.enter()
    place.copy()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].startswith("Study\tPage\tCode")
    assert lines[1].startswith("Iyer 2020\t1\tClarity of mandate\tBarrier")


def test_follows_changes_of_the_project(coded, place, qtbot) -> None:
    project = coded.bridge.project
    gone = [c.id for c in list_codings(project, code_id="x5")]
    remove_codings(project, gone)
    qtbot.waitUntil(lambda: len(place.shown()) == 9, timeout=5000)


def test_rows_are_as_high_as_their_lines_and_speak_as_a_whole(place) -> None:
    index = place.model.index(1, 0)
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Clarity of mandate. Barrier. Iyer 2020, page 1. coded by Amina")
    assert place.list.visualRect(index).height() >= 40
    assert index.data(ExtractRole.ROW).clean in spoken


def test_a_wide_row_has_the_code_beside_the_quote_a_narrow_one_above(place) -> None:
    index = place.model.index(1, 0)
    wide = place.list.visualRect(index).height()
    layout = place.list.delegate._layout(place.model.row(1), 1300)
    narrow = place.list.delegate._layout(place.model.row(1), 700)
    assert (len(layout.lines), len(narrow.lines)) == (1, 1)
    assert wide == layout.height < narrow.height
    place.grouping.segment("").click()
    flat = place.list.delegate._layout(place.model.row(0), 1300)
    assert [line.text for line in flat.place] == [place.model.row(0).study]


def test_nothing_of_a_row_is_wider_than_its_column(place) -> None:
    for width in (500, 800, 1119, 1120, 1352, 2400):
        columns = _columns(width)
        ends = [left + room for left, room in (columns.title, columns.quote, columns.facts)]
        assert ends[-1] <= width
        assert columns.quote[1] <= 620
        assert columns.quote[0] + columns.quote[1] < columns.facts[0]
