from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.coding.codebooks import install_codebook
from app.exchange.codebook_files import find_codebook
from app.ui.key_groups import READING, key_groups
from app.ui.main_window import MainWindow
from app.ui.reading.keys import RESIZE_KEYS
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
    assert [group.title for group in sheet.shown][:2] == ["Reading", "Valence and stage"]
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


def test_brackets_on_the_sheet_are_those_that_the_page_knows() -> None:
    caps = {line.text: line.caps[0] for line in READING.lines}
    shifted = {"{": "Shift [", "}": "Shift ]"}
    for key, (end, direction) in RESIZE_KEYS.items():
        grows = (direction < 0) == (end == "start")
        words = f"Coding {'longer' if grows else 'shorter'} at its {end}"
        assert caps[words] == shifted.get(key, key)


def test_codes_without_a_key_are_left_out() -> None:
    book = find_codebook("case-management")
    (codes,) = [group for group in key_groups(book) if group.title == "Codes"]
    assert len(codes.lines) == sum(bool(code.hot_key) for code in book.codes)


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
