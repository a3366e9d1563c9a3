"""What stays as it is when the window changes around it, and when the PDF is elsewhere."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.coding.adding import add_pdfs
from app.coding.documents import list_documents
from app.coding.passages import code_passage
from app.coding.people import choose_coder, list_coders
from app.coding.team_files import hand_out
from app.documents.engine import PdfEngine
from app.models import Project
from app.ui.reading.opening import open_document
from app.ui.reading.selection import Selection, Unit, grow
from app.ui.reading.state import ReadingState
from app.ui.settings import settings
from app.ui.tasks import tasks
from app.ui.theme import theme
from app.ui.widgets import NoticeBar
from tests.ui.reading.pages import Reader
from tests.ui.reading.stand import Stand

PANEL = "Most members described the panel"
CHANGES: dict[str, Callable[[Reader], object]] = {
    "zoom": lambda reader: reader.trigger("read.zoom_in"),
    "smaller window": lambda reader: reader.window.resize(1024, 680),
    "dark": lambda reader: theme.choose("dark"),
    "left panel": lambda reader: reader.trigger("read.left_panel"),
    "right panel": lambda reader: reader.trigger("read.right_panel"),
    "others": lambda reader: reader.trigger("read.others"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_caret_and_selection_survive(reader: Reader, change: str) -> None:
    start, end = reader.select(PANEL)
    share = reader.canvas.position()
    CHANGES[change](reader)
    reader.settle()
    assert (reader.state.selection.start, reader.state.selection.end) == (start, end)
    box = reader.canvas.span_rect(start, end)
    assert reader.canvas.viewport().rect().intersects(box.toAlignedRect())
    CHANGES[change](reader)
    reader.settle()
    assert (reader.state.selection.start, reader.state.selection.end) == (start, end)
    assert reader.canvas.position()[0] == share[0]
    reader.press_hot_key()
    (coding,) = reader.stored()
    assert (coding.start, coding.end) == (start, end)


def test_the_active_coding_survives_a_panel_that_comes_and_goes(reader: Reader) -> None:
    reader.select(PANEL)
    reader.press_hot_key()
    active = reader.state.active_id
    for _ in range(2):
        reader.trigger("read.right_panel")
        reader.settle()
        assert reader.state.active_id == active
    assert not reader.place.about.isVisible()


def test_each_document_remembers_where_you_were(reader: Reader) -> None:
    assert reader.state.info is not None
    study = reader.state.info.id
    scan = next(d.id for d in list_documents(reader.window.bridge.project) if d.id != study)
    reader.canvas.go_to_page(4, 0.5)
    reader.settle()
    before = reader.canvas.position()
    reader.open(scan)
    assert reader.canvas.position()[0] == 1
    reader.open(study)
    page, share = reader.canvas.position()
    assert page == before[0] == 4
    assert share == pytest.approx(before[1], abs=0.02)


# Sentences and paragraphs


def test_s_runs_across_columns_and_p_stops_at_the_block(reader: Reader) -> None:
    assert reader.state.text is not None
    state, text = ReadingState(), reader.state.text
    words = "The first ended. It ran on in the next\ncolumn. Then it ended."
    cut = words.index("column")
    made = replace(text, text=words, page_starts=(0,), sizes=text.sizes[:1], blocks=(0, cut))
    state.open(reader.state.info, made)
    caret = words.index("ran")
    sentence = grow(state.bounds, Selection(caret, caret), Unit.SENTENCE, 1)
    assert words[sentence.start : sentence.end] == "It ran on in the next\ncolumn."
    block = grow(state.bounds, Selection(caret, caret), Unit.PARAGRAPH, 1)
    assert words[block.start : block.end] == words[: cut - 1]
    more = grow(state.bounds, block, Unit.PARAGRAPH, 1)
    assert words[more.start : more.end] == words


def test_s_skips_the_white_space_between_sentences(reader: Reader) -> None:
    reader.click(reader.middle("Minutes were kept"))
    reader.type("s")
    end = reader.state.selection.end
    assert reader.text[end].isspace()
    reader.type("s")
    assert reader.text[end : reader.state.selection.end].split()[:3] == ["Two", "of", "the"]
    reader.key(Qt.Key.Key_S, Qt.KeyboardModifier.ShiftModifier)
    assert reader.selected.startswith("Most members")


def test_p_takes_the_block_under_the_caret(reader: Reader) -> None:
    assert reader.state.text is not None
    reader.click(reader.middle("Trust did not follow"))
    reader.type("p")
    blocks = reader.state.text.blocks
    assert reader.state.selection.start in blocks
    assert reader.selected.startswith("No handover")
    assert "remit ended" not in reader.selected


# Without the PDF


@pytest.fixture
def handed_out(
    look: QApplication, project_path: Path, engine: PdfEngine, qtbot: QtBot, tmp_path: Path
) -> Iterator[Reader]:
    """What a coder opens who got a hand-out without PDFs."""
    project = Project.open(project_path, back_up=False)
    other = list_coders(project)[1]
    hand_out(project, other.id, tmp_path / "handed.cofactor", with_pdfs=False)
    project.close()
    stand = Stand()
    qtbot.addWidget(stand)
    stand.resize(1200, 800)
    stand.bridge._engines["reader"] = engine
    handed = Project.open(tmp_path / "handed.cofactor", back_up=False)
    choose_coder(handed, other.id)
    documents = {info.file_name: info.id for info in list_documents(handed)}
    settings().remember(f"read.document.{handed.id}", documents["Okafor 2021.pdf"])
    stand.bridge.adopt(handed)
    stand.show()
    made = Reader(stand, qtbot)
    qtbot.waitUntil(lambda: made.state.is_open)
    yield made
    tasks.stop_all()
    stand.bridge.shut_down()


def test_without_its_pdf_a_document_says_so_and_what_to_do(handed_out: Reader) -> None:
    reader = handed_out
    assert any("PDF of this document is not in this project" in said for said in reader.notices())
    bar = next(b for b in reader.window.findChildren(NoticeBar) if "PDF" in b.notice.text)
    asked: list[bool] = []
    reader.window.actions_table.connect("file.add_pdfs", lambda: asked.append(True))
    way_out = next(b for b in bar.findChildren(QPushButton) if b.text() == "Add PDFs")
    QTest.mouseClick(way_out, Qt.MouseButton.LeftButton)
    assert asked == [True]


def test_without_pages_nothing_breaks(handed_out: Reader) -> None:
    reader = handed_out
    assert reader.state.info is not None
    middle = reader.canvas.viewport().rect().center()
    reader.click(middle)
    reader.click(middle, 2)
    for keys in ("s", "p", "[", "+", reader.hot_code.hot_key.lower()):
        reader.type(keys)
    reader.key(Qt.Key.Key_Down)
    reader.key(Qt.Key.Key_PageDown)
    start, end = reader.find("The long version was kept")
    code_passage(reader.window.bridge.project, reader.state.info.id, start, end, reader.hot_code.id)
    reader.qtbot.waitUntil(lambda: len(reader.state.marks) >= 1)
    found = next(mark for mark in reader.state.marks if mark.start == start)
    reader.place.show_coding(found.id)
    assert 2 in reader.canvas.visible_parts()
    reader.key(Qt.Key.Key_Return)
    assert reader.overlays.card.isVisible()
    assert not reader.canvas.viewport().grab().isNull()


def test_adding_your_own_copy_brings_the_pages(
    handed_out: Reader, made_project: Path, tmp_path: Path
) -> None:
    reader = handed_out
    assert reader.state.info is not None
    document_id = reader.state.info.id
    project, engine = reader.window.bridge.project, reader.window.bridge.reader
    reader.canvas.go_to_page(2)
    assert open_document(project, engine, document_id).key == ""
    copy = tmp_path / "my own copy.pdf"
    copy.write_bytes((made_project.parent / "Okafor 2021.pdf").read_bytes())
    add_pdfs(project, engine, [copy])
    reader.qtbot.waitUntil(lambda: bool(reader.state.info and reader.state.info.has_pdf))
    reader.settle()
    assert reader.state.info.id == document_id
    assert reader.canvas.position()[0] == 2
    assert not any("PDF" in said for said in reader.notices())
