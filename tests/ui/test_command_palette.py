from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.coding.codebooks import install_codebook
from app.exchange.codebook_files import find_codebook
from app.ui.command_palette import best
from app.ui.main_window import MainWindow
from app.ui.search import Finding
from tests.ui.test_main_window import QuietPlace, opened


def finding(text: str, detail: str = "", kind: str = "Codes") -> Finding:
    return Finding(kind, text, detail, lambda: None)


def test_beginnings_come_first_and_every_word_must_be_there() -> None:
    found = best(
        [finding("Trust between partners", "willingness to share"), finding("Shared aims"),
         finding("Agreement on sharing"), finding("Supervision")],
        "shar",
    )  # fmt: skip
    assert [each.text for each in found] == [
        "Shared aims",
        "Agreement on sharing",
        "Trust between partners",
    ]
    assert best([finding("Agreement on sharing")], "sharing supervision") == []
    assert [each.text for each in best([finding("Ohne Übergabe")], "ubergabe")] == ["Ohne Übergabe"]


def test_at_most_eight_of_a_kind() -> None:
    many = [finding(f"Code {number}") for number in range(30)]
    assert len(best([*many, finding("Code of conduct", kind="Documents")], "code")) == 9


def test_actions_are_found_and_done_with_keys(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitActive(window):
        window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = window.palette_popup
    assert palette.isVisible()
    qtbot.keyClicks(palette.field, "high contrast")
    assert [each.text for each in palette.findings()] == ["High contrast"]
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert not palette.isVisible()
    assert window.actions_table["view.theme_contrast"].isChecked()


def test_codes_lead_to_the_codebook(
    window: MainWindow, project_path: Path, monkeypatch, qtbot: QtBot
) -> None:
    opened(window, project_path, monkeypatch)
    book = find_codebook("case-management-starter")
    install_codebook(window.bridge.project, book)
    palette = window.palette_popup
    palette.open()
    qtbot.keyClicks(palette.field, book.codes[0].name[:12])
    assert book.codes[0].name in [each.text for each in palette.findings()]
    names = [each.text for each in palette.findings()]
    for _ in range(names.index(book.codes[0].name)):
        qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    place = window.workbench.place
    assert isinstance(place, QuietPlace)
    assert (place.key, place.asked) == ("codebook", [(book.codes[0].id,)])


def test_escape_and_a_click_elsewhere_close_it(window: MainWindow, qtbot: QtBot) -> None:
    palette = window.palette_popup
    palette.open()
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    palette.open()
    QApplication.processEvents()
    qtbot.mouseClick(window.start, Qt.MouseButton.LeftButton)
    assert not palette.isVisible()


def test_nothing_found_is_said(window: MainWindow, qtbot: QtBot) -> None:
    palette = window.palette_popup
    palette.open()
    qtbot.keyClicks(palette.field, "zzzz")
    assert palette.findings() == []
    assert palette._none.text() == "Nothing is called “zzzz”."
