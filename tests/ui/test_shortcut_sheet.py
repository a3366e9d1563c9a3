from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.coding.codebooks import install_codebook
from app.exchange.codebook_files import find_codebook
from app.ui.actions import ROWS
from app.ui.key_groups import key_groups
from app.ui.main_window import MainWindow
from app.ui.reading.recent_codes import RecentCodes
from app.ui.shortcut_sheet import ShortcutSheet
from app.ui.theme import theme
from app.ui.widgets.elided import ElidedLabel
from tests.ui.test_main_window import opened


def sheet_of(window: MainWindow) -> ShortcutSheet:
    window.actions_table.trigger("help.keyboard")
    sheet = window._window_actions.dialog
    assert isinstance(sheet, ShortcutSheet)
    return sheet


def caps_of(sheet: ShortcutSheet) -> dict[str, tuple[str, ...]]:
    return {line.text: line.caps for group in sheet.shown for line in group.lines}


def test_the_sheet_of_keys_can_be_searched(window: MainWindow, qtbot: QtBot) -> None:
    sheet = sheet_of(window)
    assert caps_of(sheet)["Search everything"] == ("Ctrl K",)
    titles = [group.title for group in sheet.shown]
    assert titles[:3] == ["Selecting", "Ends of a coding", "Valence and stage"]
    qtbot.keyClicks(sheet.finder, "undo")
    assert [(group.title, len(group.lines)) for group in sheet.shown] == [("Edit", 1)]
    qtbot.keyClick(sheet.finder, Qt.Key.Key_Escape)
    sheet.close()


def test_the_keys_of_page_codebook_valence_and_stage_are_on_the_sheet(
    window: MainWindow, project_path: Path, monkeypatch
) -> None:
    opened(window, project_path, monkeypatch)
    book = find_codebook("case-management-starter")
    install_codebook(window.bridge.project, book)
    sheet = sheet_of(window)
    caps = caps_of(sheet)
    shown = {cap for keys in caps.values() for cap in keys}
    assert {"S", "P", "[", "]", "Shift [", "Shift ]", "Enter", "/"} <= shown
    keyed = {code.name: (code.hot_key.upper(),) for code in book.codes if code.hot_key}
    assert len(keyed) >= 5
    assert keyed.items() <= caps.items()
    for value in book.facet("valence").values:
        assert caps[value.label] == (value.symbol,)
    for number, value in enumerate(book.facet("stage").values, start=1):
        assert caps[value.label] == (f"Alt {number}",)
    assert not any("Return" in cap for cap in shown)
    sheet.close()


def test_every_action_with_a_key_stands_on_the_sheet(window: MainWindow) -> None:
    groups = key_groups(window.actions_table, None)
    lines = {line.text: line.caps for group in groups for line in group.lines}
    assert lines["Coding longer at its end"] == ("]", "Alt →")
    assert lines["Coding shorter at its start"][0] == "Shift ["
    numbered = ("page.recent_", "page.stage_")
    expected = [row for row in ROWS if row.keys and not row.id.startswith(numbered)]
    assert [row.id for row in expected if row.text.rstrip("…") not in lines] == []


def test_codes_without_a_key_are_left_out(window: MainWindow) -> None:
    book = find_codebook("case-management")
    (codes,) = [g for g in key_groups(window.actions_table, book) if g.title == "Codes"]
    assert len(codes.lines) == sum(bool(code.hot_key) for code in book.codes)


def test_the_codes_used_last_stand_on_the_sheet_with_their_digits(window: MainWindow) -> None:
    book = find_codebook("case-management")
    recent = RecentCodes()
    recent.use(book.codes[5].id)
    recent.use(book.codes[2].id)
    groups = key_groups(window.actions_table, book, recent.digits())
    (last,) = [group for group in groups if group.title == "Codes used last"]
    assert [(line.text, line.caps) for line in last.lines] == [
        (book.codes[5].name, ("1",)),
        (book.codes[2].name, ("2",)),
    ]


def test_no_line_of_the_sheet_is_cut(window: MainWindow, project_path: Path, monkeypatch) -> None:
    opened(window, project_path, monkeypatch)
    install_codebook(window.bridge.project, find_codebook("case-management"))
    for percent in (100, 150):
        theme.choose(font_percent=percent)
        sheet = sheet_of(window)
        QApplication.processEvents()
        labels = sheet.findChildren(ElidedLabel)
        assert len(labels) > 40
        cut = [each.text() for each in labels if each.sizeHint().width() > each.width()]
        assert cut == []
        sheet.close()
