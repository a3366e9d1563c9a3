import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.coding.adding import add_pdfs
from app.coding.codebooks import install_codebook
from app.coding.search import folded
from app.documents.typesetting import typeset
from app.exchange.codebook_files import find_codebook
from app.exchange.sample_review.plan import plan_review
from app.ui.main_window import MainWindow
from app.ui.search import Finding, best, marks_of, runs_in_view
from tests.ui.test_main_window import QuietPlace, opened


def finding(text: str, detail: str = "", kind: str = "Codes") -> Finding:
    return Finding(kind, text, detail, lambda: None)


@pytest.fixture
def begun_review(window: MainWindow, project_path: Path, tmp_path: Path, monkeypatch) -> MainWindow:
    """A project with one typeset study that speaks of supervision."""
    opened(window, project_path, monkeypatch)
    report = next(one for one in plan_review().reports if "Pakenham" in one.file_name)
    paper = tmp_path / report.file_name
    paper.write_bytes(typeset(report.manuscript, report.layout))
    add_pdfs(window.bridge.project, window.bridge.importer, [paper])
    return window


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


def test_groups_have_heads_and_passages_come_after_codes_and_studies(
    window: MainWindow, qtbot: QtBot
) -> None:
    palette = window.palette_popup
    palette.add_source(
        lambda _query: [
            finding("Supervise the pilot", kind="Actions"),
            finding("Supervision in rural teams", kind="Studies"),
            finding("Supervision", "Support of staff"),
            finding("Supervision", "a place knows it too"),
        ]
    )
    passage = finding("… without supervision nobody stays.", "Ferreira 2011", "Passages")
    palette.set_slow_source(lambda _query, deliver: deliver([passage]))
    palette.open()
    qtbot.keyClicks(palette.field, "supervis")
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    chosen = palette._model.finding(palette.list.currentIndex().row())
    assert chosen is not None
    assert chosen.kind == "Studies"
    qtbot.waitUntil(lambda: passage in palette.findings())
    shown = [palette._model.index(row).data() for row in range(palette._model.rowCount())]
    assert shown == [
        "Codes", "Supervision",
        "Studies", "Supervision in rural teams",
        "Passages", passage.text,
        "Actions", "Supervise the pilot",
    ]  # fmt: skip
    assert palette.findings()[0].detail == "Support of staff"
    assert palette._model.finding(palette.list.currentIndex().row()) is chosen
    heads = [row for row, text in enumerate(shown) if text in ("Codes", "Passages", "Actions")]
    for row in heads:
        assert palette._model.flags(palette._model.index(row)) == Qt.ItemFlag.NoItemFlags


def test_searched_words_are_marked_also_across_hyphens_and_accents() -> None:
    text = "Ohne Über-gabe keine Supervision; supervisions at night, Supervision by day"
    terms = [["ubergabe"], ["supervision"]]
    marked = [text[start:end] for start, end in marks_of(text, terms, folded)]
    assert marked == ["Über-gabe", "Supervision", "Supervision"]
    phrase = "They met case by case, case-by-case."
    assert [phrase[a:b] for a, b in marks_of(phrase, [["case", "by", "case"]], folded)] == [
        "case by case",
        "case-by-case",
    ]


def test_a_quotation_is_cut_before_the_searched_word_not_after_it() -> None:
    text = "…many words of an introduction that nobody asked for before supervision came up."
    marks = marks_of(text, [["supervision"]], folded)
    runs = runs_in_view(text, marks, lambda words: len(words) <= 20)
    assert runs == [("…", False), ("asked for before ", False), ("supervision", True),
                    (" came up.", False)]  # fmt: skip
    short = "No supervision."
    marks = marks_of(short, [["supervision"]], folded)
    assert runs_in_view(short, marks, lambda _words: True)[0] == ("No ", False)
    assert runs_in_view("Without a mark.", (), lambda _words: False) == [("Without a mark.", False)]


def test_passages_of_a_project_come_with_marks_and_a_whole_page_label(
    begun_review: MainWindow, qtbot: QtBot
) -> None:
    palette = begun_review.palette_popup
    palette.open()
    qtbot.keyClicks(palette.field, "supervision")

    def passages() -> list[Finding]:
        return [each for each in palette.findings() if each.kind == "Passages"]

    qtbot.waitUntil(lambda: bool(passages()), timeout=10_000)
    for each in passages():
        words = {each.text[start:end].casefold() for start, end in each.marks}
        assert words == {"supervision"}
        assert re.fullmatch(r"p\. \w+", each.place)
