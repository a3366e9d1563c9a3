import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from app.coding.memos import write_memo
from app.coding.passages import list_codings
from app.ui.main_window import MainWindow
from app.ui.views.code_all_list import ProposalList
from app.ui.views.search_place import SearchPlace

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def place(coded: MainWindow, qtbot: QtBot) -> SearchPlace:
    write_memo(coded.bridge.project, "code", "x1", "Is the **remit** written down?")
    coded.activateWindow()
    shown = coded.go("search")
    assert isinstance(shown, SearchPlace)
    return shown


def heads(place: SearchPlace) -> list[str]:
    rows = [place.model.index(row) for row in range(place.model.rowCount())]
    return [index.data() for index in rows if place.model.finding(index.row()) is None]


def search(place: SearchPlace, qtbot: QtBot, words: str, number: int = 1) -> None:
    place.field.setFocus()
    place.field.selectAll()
    qtbot.keyClicks(place.field, words)
    qtbot.waitUntil(
        lambda: place._shown_query == words.strip() and len(place.model.findings()) >= number
    )


def test_everything_is_searched_while_typing(
    place: SearchPlace, coded: MainWindow, qtbot: QtBot, opened: list[tuple[str, str]]
) -> None:
    search(place, qtbot, "remi")
    assert heads(place) == ["Memos", "Coded passages", "Passages"]
    marked = [f.text[a:b] for f in place.model.findings() for a, b in f.marks]
    assert set(marked) == {"remit"}
    place.kinds.choose(["text"])
    qtbot.waitUntil(lambda: heads(place) == ["Passages"])
    qtbot.keyClick(place.field, Qt.Key.Key_Return)
    assert place.list.hasFocus()
    qtbot.keyClick(place.list, Qt.Key.Key_Return)
    assert opened[-1][1] == "remit"
    place.kinds.choose(())
    place.studies.choose([place.studies.model.choices[0].key])
    qtbot.waitUntil(lambda: heads(place) == ["Memos"] or len(place.model.findings()) == 0)


def test_what_is_not_there_is_said_and_queries_are_kept(place: SearchPlace, qtbot: QtBot) -> None:
    assert "as you type" in place._empty._sentence.text()
    search(place, qtbot, "remit")
    qtbot.keyClick(place.field, Qt.Key.Key_Return)
    qtbot.keyClicks(place.field, "zz")
    qtbot.waitUntil(lambda: place._stack.currentWidget() is place._empty)
    assert place._empty._heading.text() == "Nothing holds “remitzz”"
    menu = place._history_menu()
    assert menu.actions()[0].text() == "remit"
    menu.actions()[0].trigger()
    qtbot.waitUntil(lambda: place._stack.currentWidget() is place.list)
    menu.actions()[-1].trigger()
    assert not place.history.isEnabled()


def preview(place: SearchPlace, qtbot: QtBot, words: str) -> ProposalList:
    search(place, qtbot, words)
    place.window().actions_table.trigger("search.code_all")
    qtbot.waitUntil(lambda: len(place.preview.model.proposals) > 0)
    qtbot.waitUntil(place.preview.list.hasFocus)
    return place.preview.list


def choose_code(place: SearchPlace, qtbot: QtBot, words: str) -> None:
    place.preview.code.setFocus()
    qtbot.keyClick(place.preview.code, Qt.Key.Key_Return)
    popup = place.preview.code.popup
    assert popup is not None
    view = popup.view
    for row in range(view.model().rowCount()):
        if words in str(view.model().index(row, 0).data()):
            view.setCurrentIndex(view.model().index(row, 0))
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Space)


def test_all_of_these_are_coded_by_keyboard_in_one_act(
    place: SearchPlace, coded: MainWindow, qtbot: QtBot
) -> None:
    project = coded.bridge.project
    before = len(list_codings(project))
    found = preview(place, qtbot, "was")
    number = len(place.preview.model.proposals)
    assert len(place.preview.model.chosen()) == number > 1
    choose_code(place, qtbot, "Trust")
    assert place.preview.code.chosen == "x4"
    place.preview.valence.choose(["barrier"])
    found.setFocus()
    found.setCurrentIndex(place.preview.model.index(1))
    qtbot.keyClick(found, Qt.Key.Key_Space)
    assert len(place.preview.model.chosen()) == number - 1
    qtbot.keyClick(found, Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: len(list_codings(project)) == before + number - 1)
    new = [coding for coding in list_codings(project) if coding.code_id == "x4"]
    assert {coding.valence for coding in new if coding.quote.lower() == "was"} == {"barrier"}
    # What is coded now is marked and no longer ticked.
    qtbot.waitUntil(lambda: place.preview.model.coded_count == number - 1)
    assert [place.preview.model.note(n) for n in range(number)].count("Coded already") == number - 1
    said = [bar.notice.text for bar in coded._notices._bars]
    assert f"Coded {number - 1} passages as “Trust between partners”." in said
    coded.undo()
    assert len(list_codings(project)) == before
    qtbot.keyClick(found, Qt.Key.Key_Escape)
    assert place._stack.currentWidget() is place.list


def test_units_widen_and_heads_tick_a_whole_study(place: SearchPlace, qtbot: QtBot) -> None:
    found = preview(place, qtbot, "mandate")
    model = place.preview.model
    words = [one.words.lower() for one in model.proposals]
    assert all(one.startswith("mandate") for one in words)
    place.preview.unit.segment("sentence").click()
    qtbot.waitUntil(lambda: all(len(one.words) > 12 for one in model.proposals))
    found.setCurrentIndex(model.index(0))
    qtbot.keyClick(found, Qt.Key.Key_Space)
    assert all(one.study != model.proposals[0].study for one in model.chosen())
    box = found.visualRect(model.index(0))
    where = QPoint(box.left() + 16, box.center().y())
    qtbot.mouseClick(found.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert len(model.chosen()) == len(model.proposals)
    place.preview.none.click()
    assert model.chosen() == []
    assert "Choose a code" in place.preview.apply.text()


def test_ctrl_enter_in_the_palette_shows_all_results(coded: MainWindow, qtbot: QtBot) -> None:
    palette = coded.palette_popup
    palette.open()
    qtbot.keyClicks(palette.field, "remit")
    qtbot.waitUntil(lambda: "Passages" in [each.kind for each in palette.findings()])
    kinds = list(dict.fromkeys(each.kind for each in palette.findings()))
    assert kinds == [kind for kind in ("Codes", "Coded passages", "Passages") if kind in kinds]
    qtbot.keyClick(palette.field, Qt.Key.Key_Return, CONTROL)
    place = coded.workbench.place
    assert isinstance(place, SearchPlace)
    assert place.field.text() == "remit"
