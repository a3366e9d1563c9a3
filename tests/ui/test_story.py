"""The main job from the first click to the exported quotation, through the real window."""

import os
import signal
import sqlite3
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.coding.checking import check_project
from app.coding.documents import list_documents, load_text
from app.documents.typesetting import typeset
from app.exchange.sample_review.plan import plan_review
from app.models import Project
from app.ui.main_window import MainWindow
from app.ui.tasks import tasks
from app.ui.tour.odd_files import write_odd_files
from app.ui.widgets import NoticeBar
from tests.shared_data import shared_data
from tests.ui.telling import Teller, one_line, rows_of, words_of_pdf

STUDY = "Pakenham"


@pytest.fixture
def teller(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> Teller:
    made = Teller(window, monkeypatch)
    window.activateWindow()
    made.until(window.isActiveWindow, "the window")
    return made


@pytest.fixture(scope="session")
def typeset_pdfs(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Eight studies of the sample review, set by its typesetter; a two-column one comes first."""
    folder = tmp_path_factory.mktemp("typeset")
    reports = sorted(
        (one for one in plan_review().reports if not one.scanned),
        key=lambda one: STUDY not in one.file_name,
    )[:8]
    paths = []
    for report in reports:
        paths.append(folder / report.file_name)
        paths[-1].write_bytes(typeset(report.manuscript, report.layout))
    return paths


@pytest.fixture
def begun(teller: Teller, typeset_pdfs: list[Path], tmp_path: Path) -> Teller:
    """A project with one study, open in the reading view."""
    teller.new_project(tmp_path / "begun.cofactor", "Amina Rahman")
    teller.add_by_menu(typeset_pdfs[0])
    teller.open_study()
    teller.press("Ctrl+PgDown")
    teller.pages()
    return teller


@pytest.fixture(params=["a published study", "a typeset study"])
def study(request: pytest.FixtureRequest) -> Path:
    if request.param == "a published study":
        return shared_data("studies/en_bmchsr_barriers_malawi.pdf")
    paths: list[Path] = request.getfixturevalue("typeset_pdfs")
    return paths[0]


def test_from_a_new_project_to_the_exported_quotation(
    teller: Teller, study: Path, tmp_path: Path
) -> None:
    project_path = tmp_path / "quality.cofactor"
    teller.new_project(project_path, "Amina Rahman")
    teller.add_by_menu(study)
    teller.open_study()
    teller.press("Ctrl+PgDown")
    teller.pages()
    _code_with_a_hot_key(teller)
    _code_through_the_palette(teller)
    _change_what_was_coded(teller)
    _take_back_and_do_again(teller)
    _find_the_passage_again(teller)
    _export(teller, study, tmp_path / "extracts.csv")
    _close_and_open_again(teller, project_path)
    _code_as_somebody_else(teller)


def _code_with_a_hot_key(teller: Teller) -> None:
    teller.step = "coding with a hot key"
    teller.click_times(teller.free_point(), 3)
    words = teller.selected()
    assert words.endswith(".")
    assert len(words) > 40
    teller.press("A")
    teller.until(lambda: len(teller.stored()) == 1, "the first coding")
    (coding,) = teller.stored()
    assert one_line(coding.quote) == words
    assert teller.code_named(coding).hot_key == "A"
    teller.press("-")
    assert teller.stored()[0].valence == "barrier"
    teller.press("Alt+2")
    stages = teller.reading.acts.facet_values("stage")
    assert teller.stored()[0].stages == (stages[1].key,)


def _code_through_the_palette(teller: Teller) -> None:
    teller.step = "coding through the palette"
    teller.click(teller.reading.canvas.viewport(), teller.free_point())
    teller.press("S")
    words = teller.selected()
    teller.code_by_palette("superv")
    _first, coding = teller.stored()
    assert one_line(coding.quote) == words
    assert teller.code_named(coding).name == "Supervision"
    assert coding.valence == ""
    assert coding.stages == _first.stages, "the stage stays until you change it"


def _change_what_was_coded(teller: Teller) -> None:
    teller.step = "recoding"
    teller.press("F2")
    teller.pick_in_palette("peer support")
    _first, coding = teller.stored()
    assert teller.code_named(coding).name == "Peer support"
    teller.step = "resizing by key"
    teller.press("Alt+Left")
    shorter = teller.stored()[1]
    assert (shorter.start, shorter.end < coding.end) == (coding.start, True)
    assert coding.quote.startswith(shorter.quote)


def _take_back_and_do_again(teller: Teller) -> None:
    teller.step = "undo and redo"
    shorter = teller.stored()[1]
    teller.press("Z")
    longer = teller.stored()[1]
    assert longer.end > shorter.end
    teller.press("Ctrl+Shift+Z")
    assert teller.stored()[1].end == shorter.end
    teller.press("Z")
    assert teller.stored()[1].end == longer.end
    teller.step = "removing"
    teller.settle()
    teller.press("Del")
    assert len(teller.stored()) == 1
    teller.press("Z")
    assert len(teller.stored()) == 2


def _find_the_passage_again(teller: Teller) -> None:
    teller.step = "extracts"
    first = teller.stored()[0]
    teller.press("Ctrl+4")
    teller.until(lambda: len(teller.extracts.shown()) == 2, "both extracts")
    chip = teller.extracts.filters_of_codings.chips["valence"]
    teller.click(chip)
    teller.until(lambda: chip.popup is not None and chip.popup.isVisible(), "the choices")
    teller.press("Down", "Space", "Esc")
    teller.until(lambda: len(teller.extracts.shown()) == 1, "the barrier alone")
    assert teller.extracts.shown()[0].coding_id == first.id
    teller.click(teller.extracts.field)
    teller.press("Return")
    teller.press("Return")
    teller.until(lambda: teller.window.workbench.shown == "read", "the reading view")
    teller.pages()
    assert teller.reading.state.active_id == first.id
    box = teller.reading.canvas.span_rect(first.start, first.end)
    assert teller.reading.canvas.viewport().rect().contains(box.center().toPoint())


def _export(teller: Teller, study: Path, file: Path) -> None:
    teller.step = "export"
    codings = {coding.id: coding for coding in teller.stored()}
    document = teller.reading.state.info
    assert document is not None
    text = load_text(teller.window.bridge.project, document.id)
    teller.press("Ctrl+4")
    teller.extracts.filters_of_codings.clear()
    teller.until(lambda: len(teller.extracts.shown()) == 2, "both extracts")
    teller.answer("getSaveFileName", str(file), "Table for R or Python (*.csv)")
    teller.press("Ctrl+Shift+E")
    teller.until(file.exists, "the exported file")
    rows = rows_of(file)
    assert {row["coding_id"] for row in rows} == set(codings)
    words = words_of_pdf(study)
    for row in rows:
        coding = codings[row["coding_id"]]
        assert row["quote"] == text.text[coding.start : coding.end]
        assert row["quote_clean"] == text.clean(coding.start, coding.end)
        assert unicodedata.normalize("NFKC", row["quote_clean"]) in words
        assert row["coder"] == "Amina Rahman"
        assert row["page_index"] == str(coding.page_first)
    assert {row["valence"] for row in rows} == {"barrier", ""}


def _close_and_open_again(teller: Teller, path: Path) -> None:
    teller.step = "closing and opening again"
    teller.press("Ctrl+W")
    teller.until(lambda: teller.window.at_start, "the start view")
    rows = teller.window.start.list
    teller.click_row(rows, rows.model().index(0, 0))
    teller.until(lambda: teller.window.bridge.is_open, "the project")
    assert Path(teller.window.bridge.project.path) == path
    teller.press("Ctrl+2")
    teller.pages()
    before = teller.stored()
    assert len(before) == 2
    assert teller.window.bridge.undo_text
    teller.press("Z")
    assert teller.stored() != before
    teller.press("Ctrl+Shift+Z")
    assert teller.stored() == before


def _code_as_somebody_else(teller: Teller) -> None:
    first = teller.stored()[0]
    teller.become("Jonas Weiss")
    teller.step = "coding as somebody else"
    state = teller.reading.state
    teller.until(lambda: not any(mark.own for mark in state.marks), "Amina's marks as another's")
    teller.reading.canvas.reveal(first.start, first.end, flash=False)
    teller.pages()
    inside = teller.reading.canvas.span_rect(first.start, first.start + 1).center().toPoint()
    teller.click(teller.reading.canvas.viewport(), inside)
    teller.press("S", "M")
    teller.until(lambda: len(teller.stored()) == 3, "a coding of Jonas's")
    (mine,) = [one for one in teller.stored() if one.coder_id != first.coder_id]
    assert (mine.start, mine.end) == (first.start, first.end)
    assert teller.stored()[0] == first, "nobody edits another coder's rows"
    assert {mark.own for mark in state.marks} == {True, False}
    teller.press("Ctrl+L")
    assert {mark.id for mark in state.marks} == {mine.id}
    assert teller.window.workbench.strip.layer.text() == "Own layer, others hidden"
    teller.press("Ctrl+L")
    assert len(list(state.marks)) == 3
    assert teller.window.workbench.strip.layer.text() == "Own layer, AR shown"


def test_a_study_is_coded_without_touching_the_mouse(begun: Teller) -> None:
    teller, state = begun, begun.reading.state
    teller.step = "keyboard alone"
    hints = teller.reading.features["KeyFeature"].hints
    teller.reading.canvas.setFocus()
    teller.press("Esc", "-")
    assert "needs a coding, and none is chosen" in hints.words
    teller.press(*["Down"] * 7, "S")
    assert teller.selected().endswith(".")
    teller.press("A", "+", "Alt+3")
    (first,) = teller.stored()
    stages = teller.reading.acts.facet_values("stage")
    assert (first.valence, first.stages) == ("facilitator", (stages[2].key,))
    teller.step = "several codes on one passage"
    teller.press("/")
    palette = teller.reading.overlays.palette
    teller.until(palette.isVisible, "the palette")
    teller.type("superv")
    teller.press("Shift+Return")
    teller.until(lambda: len(teller.stored()) == 2, "the second code")
    teller.type("peer support")
    teller.press("Return")
    teller.until(lambda: len(teller.stored()) == 3, "the third code")
    spans = {(coding.start, coding.end) for coding in teller.stored()}
    assert spans == {(first.start, first.end)}
    teller.step = "digits, and the last code again"
    teller.press("Esc", "Esc", "Down", "Down", "Down", "S", "2")
    assert teller.code_named(teller.stored()[-1]).name == "Supervision"
    teller.press("Esc", "Esc", "Down", "Down", "Down", "P", ".")
    assert len(teller.stored()) == 5
    assert teller.code_named(teller.stored()[-1]).name == "Supervision"
    last = teller.stored()[-1]
    teller.press("Esc", "Esc", ",")
    assert (state.selection.start, state.selection.end) == (last.start, last.end)
    teller.press("1")
    assert teller.code_named(teller.stored()[-1]).hot_key == "A"
    teller.step = "walking and changing"
    teller.press("Alt+Up")
    teller.press("[")
    teller.press("}")
    teller.press("Ctrl+M")
    teller.until(teller.reading.overlays.card.isVisible, "the card")
    teller.type("Seen twice.")
    teller.press("Esc")
    assert [coding.memo for coding in teller.stored()].count("Seen twice.") == 1
    page = teller.reading.canvas.page
    teller.press("Alt+PgDown")
    assert teller.reading.canvas.page > page
    assert not state.marks.on_page(teller.reading.canvas.page)
    number = len(teller.stored())
    teller.press("Alt+Up", "Del")
    assert len(teller.stored()) == number - 1
    teller.press("Z")
    assert len(teller.stored()) == number
    teller.step = "filters by keyboard"
    teller.press("Ctrl+Shift+L", "Tab", "Tab", "Tab", "Return")
    chip = teller.reading.features["FilterFeature"].bar.chips["valences"]
    teller.until(lambda: chip.popup is not None and chip.popup.isVisible(), "the valences")
    teller.press("Space", "Esc")
    assert {mark.valence for mark in state.marks} == {"facilitator"}
    teller.press("Del")
    assert len(list(state.marks)) == number


def test_a_pdf_dropped_on_the_window_is_added(begun: Teller, typeset_pdfs: list[Path]) -> None:
    begun.step = "dropping a PDF"
    assert begun.drop(begun.reading.canvas.viewport(), [typeset_pdfs[1]])
    assert begun.window.workbench.shown == "studies"
    begun.wait_for_files(1)
    names = {document.file_name for document in list_documents(begun.window.bridge.project)}
    assert names == {path.name for path in typeset_pdfs[:2]}


def test_files_that_cannot_be_added_are_named_where_they_can_be_seen(
    teller: Teller, typeset_pdfs: list[Path], tmp_path: Path
) -> None:
    teller.new_project(tmp_path / "first.cofactor", "Amina Rahman")
    teller.step = "first PDFs of a project"
    panel = teller.studies.adding
    teller.drop(teller.studies, [typeset_pdfs[0], *write_odd_files(tmp_path)])
    teller.until(lambda: panel.job is not None and not panel.job.running, "the end of adding")
    teller.settle()
    assert panel.model.count("damaged") == panel.model.count("password") == 1
    assert not teller.covered(panel._password)
    teller.click(panel._later)
    assert not panel.isVisible()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_pages_come_back_when_the_reading_engine_was_killed(begun: Teller) -> None:
    begun.step = "a dead worker"
    process = begun.window.bridge.reader._process
    assert process is not None
    os.kill(process.process_id, signal.SIGKILL)
    before = begun.reading.canvas.page
    begun.press("Ctrl++", "Ctrl++", "Ctrl+PgDown")
    begun.pages(seconds=5)
    assert begun.reading.canvas.page > before
    fresh = begun.window.bridge.reader._process
    assert fresh is not None
    assert fresh.process_id != process.process_id
    begun.click_times(begun.free_point(), 3)
    assert begun.selected()


def test_closing_while_files_are_added_neither_hangs_nor_loses_anything(
    teller: Teller, typeset_pdfs: list[Path], tmp_path: Path
) -> None:
    path = tmp_path / "closing.cofactor"
    files = [
        tmp_path / f"Report {number} {pdf.name}" for number in range(8) for pdf in typeset_pdfs
    ]
    for number, file in enumerate(files):
        file.write_bytes(typeset_pdfs[number % 8].read_bytes() + b"%% copy %d\n" % (number // 8))
    teller.new_project(path, "Amina Rahman")
    teller.step = "closing during an import"
    panel = teller.studies.adding
    teller.drop(teller.studies, files)
    teller.until(lambda: panel.model.count("added") >= 2, "two files")
    assert panel.job is not None
    assert panel.job.running
    teller.window.close()
    teller.until(lambda: not tasks.running and not tasks._endings, "the end of the work")
    assert not teller.window.bridge.is_open
    project = Project.open(path)
    try:
        kept = list_documents(project)
        assert 2 <= len(kept) < len(files)
        assert not check_project(project).findings
    finally:
        project.close()


@contextmanager
def held_by_another_program(project: Project) -> Iterator[None]:
    """Keep the file locked as a second program would; waiting for it is cut short."""
    other = sqlite3.connect(project.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.MonkeyPatch.context() as patience:
            for name in ("HURRY", "LEISURE", "PATIENCE"):
                patience.setattr(f"app.models.project.{name}", 50)
            yield
    finally:
        other.rollback()
        other.close()


def test_a_file_that_another_program_holds_is_told_in_a_sentence(begun: Teller) -> None:
    begun.step = "a locked project"
    begun.window.bridge._timer.stop()
    begun.click_times(begun.free_point(), 3)
    with held_by_another_program(begun.window.bridge.project):
        begun.press("A")
        begun.until(lambda: _told(begun), "a sentence")
    assert _told(begun)[0].startswith("Another program is writing to begun.cofactor")
    assert not begun.stored()
    begun.press("A")
    begun.until(lambda: len(begun.stored()) == 1, "the coding at the second try")


def test_looking_for_changes_in_a_file_that_is_held_does_no_harm(begun: Teller) -> None:
    begun.step = "watching a locked project"
    with held_by_another_program(begun.window.bridge.project):
        begun.window.bridge._poll()
    assert not _told(begun)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps open files from being deleted")
def test_a_project_deleted_behind_the_window_is_told_in_a_sentence(begun: Teller) -> None:
    begun.step = "a deleted project"
    path = Path(begun.window.bridge.project.path)
    path.unlink()
    begun.click_times(begun.free_point(), 3)
    begun.press("A")
    begun.until(lambda: _told(begun), "a sentence")
    begun.press("Ctrl+W")
    begun.until(lambda: begun.window.at_start, "the start view")
    rows = begun.window.start.list
    begun.click_row(rows, rows.model().index(0, 0))
    begun.until(lambda: _told(begun), "a sentence on the start view")
    assert "is not where it was" in _told(begun)[-1]


def _told(teller: Teller) -> list[str]:
    """Return what the notices in sight say."""
    bars = teller.window.findChildren(NoticeBar)
    return [bar.notice.text for bar in bars if bar.isVisible()]
