"""A round from its beginning to the hand-in: made, handed out, coded, sent back, taken in."""

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.coding.agreement import agreement
from app.coding.audit import AuditFilter, list_audit
from app.coding.code_editing import create_code, edit_code
from app.coding.codebooks import load_codebook
from app.coding.documents import list_documents
from app.coding.passages import code_passage, list_codings, set_facet
from app.coding.people import add_coder, list_coders, list_rounds
from app.coding.roster import list_work
from app.coding.team_files import hand_out, submit
from app.models import Project
from app.models.device import DeviceIdentity
from app.ui.main_window import MainWindow
from app.ui.tasks import tasks
from app.ui.team.files import FilesView
from app.ui.team.log import LogView
from app.ui.team.overview import OverviewView
from app.ui.theme import theme


@pytest.fixture
def settled(qtbot):
    """Wait until nothing is at work in the background."""
    return lambda: qtbot.waitUntil(lambda: not tasks._endings, timeout=8000)


@pytest.fixture
def overview(team_window: MainWindow, settled) -> OverviewView:
    view = team_window.go("team").show_view("overview")
    settled()
    return view


def states(project: Project, round_name: str) -> list[str]:
    round_id = next(r.id for r in list_rounds(project) if r.name == round_name)
    return [work.state for work in list_work(project, round_id)]


def said(window: MainWindow) -> list[str]:
    return [bar.notice.text for bar in window._notices._bars]


def test_rounds_and_lists_are_made_by_keys_and_taken_back(overview, settled) -> None:
    window, project = overview.window_of_places, overview._bridge.project
    assert overview.fact == "4 of 4 submitted"
    window.actions_table.trigger("team.new_round")
    settled()
    card = overview._cards["round"]
    QTest.keyClicks(card.name, "Round 1")
    QTest.keyClick(card.name, Qt.Key.Key_Return)
    assert "another name" in card.problem.text()
    card.name.selectAll()
    QTest.keyClicks(card.name, "Round 2")
    QTest.keyClick(card.name, Qt.Key.Key_Return)
    settled()
    assert (card.isVisible(), overview.rounds.currentText()) == (False, "Round 2")
    table = overview.table
    table.setCurrentIndex(table.roster.index(0, 2))
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Space)
    settled()
    assert sorted(states(project, "Round 2")) == ["unassigned"] * 3 + ["waiting"]
    assert table.roster.index(0, 2).data() == "Waiting"
    table.selectAll()
    window.actions_table.trigger("team.assign")
    settled()
    assert states(project, "Round 2") == ["waiting"] * 4
    window.actions_table.trigger("team.unassign")
    settled()
    assert states(project, "Round 2") == ["unassigned"] * 4
    window.actions_table.trigger("edit.undo")
    settled()
    assert states(project, "Round 2") == ["waiting"] * 4


def test_documents_are_shared_out_after_a_preview(overview, settled) -> None:
    project = overview._bridge.project
    overview.new_round()
    overview._cards["round"].name.setText("Round 2")
    overview._cards["round"].accept()
    settled()
    overview.share()
    card = overview._cards["share"]
    card.mode.segment("split").click()
    card.overlap.setValue(50)
    assert card.told.text() == (
        "2 for Ada Sample, 1 for Ben Sample; 1 of them coded by more than one."
    )
    card.ticks[1].click()
    assert card.told.text() == "2 for Ada Sample."
    card.main.click()
    settled()
    assert states(project, "Round 2").count("waiting") == 2
    card.ticks[0].setChecked(False)
    card.ticks[1].setChecked(False)
    assert not card.main.isEnabled()


def test_a_submitted_document_is_opened_again_and_the_log_keeps_it(overview, settled) -> None:
    project, table = overview._bridge.project, overview.table
    table.setCurrentIndex(table.roster.index(1, 2))
    overview.window_of_places.actions_table.trigger("team.reopen")
    settled()
    assert sorted(states(project, "Round 1")) == ["open"] + ["submitted"] * 3
    assert table.current_work().state == "open"
    entry = list_audit(project, AuditFilter(words="again"))[0]
    assert (entry.label, entry.coder) == ("Open document again", "Ada Sample")
    overview.progress.submitted_asked.emit(list_coders(project)[1].id)
    settled()
    assert overview.table.roster.rowCount() == 0
    overview._show_all()
    settled()
    assert overview.table.roster.rowCount() == 2


def test_the_whole_way_of_two_hand_outs(overview, settled, tmp_path, qtbot) -> None:
    window = overview.window_of_places
    project = overview._bridge.project
    home = Path(project.path)
    cleo = add_coder(project, "Cleo Sample")
    ben = next(c.id for c in list_coders(project) if c.name == "Ben Sample")
    overview.new_round()
    overview._cards["round"].name.setText("Round 2")
    overview._cards["round"].accept()
    settled()
    overview.share()
    overview._cards["share"].main.click()
    settled()
    assert states(project, "Round 2") == ["waiting"] * 6
    for coder in (ben, cleo):
        overview.write_hand_out(coder, None, tmp_path / f"{coder}.cofactor", with_pdfs=True)
        settled()
    assert any(text.startswith("Handed out as") for text in said(window))
    edit_code(project, "x1", definition="What the lead means now.")

    sent = [_ben_works(window, tmp_path / f"{ben}.cofactor", tmp_path, settled, qtbot)]
    sent.append(_cleo_works(tmp_path / f"{cleo}.cofactor", tmp_path))

    assert window.open_project(home)
    project = window.bridge.project
    files: FilesView = window.go("team").show_view("files")
    settled()
    before = len(list_codings(project))
    drop(files, sent)
    settled()
    card = files.card
    assert card.isVisible()
    assert len(list_codings(project)) == before
    assert not card.add.isEnabled()
    (conflict,) = card.conflicts
    assert "Code" in (conflict.conflict.sides[0].row.where)
    assert not any(side.choose.isChecked() for side in conflict.cards)
    mine = next(n for n, s in enumerate(conflict.conflict.sides) if s.coder == "Ada Sample")
    conflict.cards[mine].choose.click()
    assert card.add.isEnabled()
    card.add.click()
    settled()
    assert len(list_codings(project)) == before + 3
    assert load_codebook(project).code("x1").definition == "What the lead means now."
    assert sorted(r.state for r in _work_of(project, ben)) == ["submitted", "waiting"]
    assert agreement(project).report is not None
    _take_one_back(files, settled, project, before)


def _ben_works(window: MainWindow, path: Path, folder: Path, settled, qtbot) -> Path:
    """Ben opens his hand-out in the window, codes, submits one document, and sends it back."""
    assert window.open_project(path)
    project = window.bridge.project
    view: OverviewView = window.go("team").show_view("overview")
    settled()
    assert view.fact == "Your list: 0 of 2 submitted"
    assert view._send.isVisible()
    assert not view._hand_out.isVisible()
    document = list_documents(project)[0]
    code_passage(project, document.id, 0, 20, "x2")
    code_passage(project, document.id, 73, 90, "x3")
    edit_code(project, "x1", definition="What Ben means.")
    create_code(project, "Quiet rooms", "k1")
    window.open_passage(document.id)
    reading = window.workbench.place
    feature = reading.features["SubmitDocument"]
    qtbot.waitUntil(lambda: feature.standing is not None, timeout=8000)
    assert feature.bar is None
    window.actions_table.trigger("read.submit")
    qtbot.waitUntil(lambda: feature.bar is not None, timeout=8000)
    assert feature.standing.list_words() == "Your list: 1 of 2 submitted."
    window.actions_table.trigger("edit.undo")
    qtbot.waitUntil(lambda: feature.bar is None, timeout=8000)
    window.actions_table.trigger("read.submit")
    qtbot.waitUntil(lambda: feature.bar is not None, timeout=8000)
    feature.bar.findChildren(QPushButton)[0].click()
    qtbot.waitUntil(lambda: feature.bar is None and feature.standing.state == "open", timeout=8000)
    window.actions_table.trigger("read.submit")
    settled()
    view.send_back(folder / "ben.cofactor-handin")
    settled()
    assert any(text.startswith("Saved as ben.cofactor-handin") for text in said(window))
    return folder / "ben.cofactor-handin"


def _cleo_works(path: Path, folder: Path) -> Path:
    project = Project.open(path, device=DeviceIdentity("cleo", "Cleo's laptop"), back_up=False)
    code_passage(project, list_documents(project)[1].id, 0, 20, "x4")
    out = folder / "cleo.cofactor-handin"
    submit(project, out)
    project.close()
    return out


def _work_of(project: Project, coder: str):
    round_id = list_rounds(project)[-1].id
    return [work for work in list_work(project, round_id) if work.coder_id == coder]


def _take_one_back(files: FilesView, settled, project: Project, before: int) -> None:
    (proposal,) = [b for b in files.proposals.findChildren(QPushButton) if b.text() == "Accept"]
    proposal.click()
    settled()
    assert files.proposals.isHidden()
    back = next(
        b for b in files.receipts.findChildren(QPushButton)
        if b.accessibleName() == "Take back cleo.cofactor-handin"
    )  # fmt: skip
    back.click()
    settled()
    assert files.back.isVisible()
    files.back.main.click()
    settled()
    assert len(list_codings(project)) == before + 2
    assert files.fact == "2 files taken in"


def drop(files: FilesView, paths: list[Path]) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(200, 200), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    files.dropEvent(event)


def test_a_fork_that_came_in_is_settled_later(overview, settled, tmp_path) -> None:
    window, project = overview.window_of_places, overview._bridge.project
    ben = list_coders(project)[1].id
    handed = tmp_path / "ben.cofactor"
    overview.table.selectAll()
    overview.reopen()
    hand_out(project, ben, handed)
    files: FilesView = window.go("team").show_view("files")
    settled()
    assert files._stack.currentWidget() is files.empty
    for device, valence in (("office", "mixed"), ("home", "barrier")):
        path = tmp_path / f"{device}.cofactor"
        path.write_bytes(handed.read_bytes())
        copy = Project.open(path, device=DeviceIdentity(device, device), back_up=False)
        first = list_codings(copy)[-1]
        set_facet(copy, [first.id], "valence", [valence])
        submit(copy, tmp_path / f"{device}.cofactor-handin")
        copy.close()
        from app.coding.team_files import hand_in

        hand_in(project, [tmp_path / f"{device}.cofactor-handin"])
    settled()
    (sides,) = files.conflicts.sides
    assert not sides.use.isEnabled()
    at = next(n for n, s in enumerate(sides.conflict.sides) if s.device == "home")
    assert sides.cards[at].choose.text() == "home"
    sides.cards[at].choose.click()
    sides.use.click()
    settled()
    assert files.conflicts.isHidden()
    (coding,) = list_codings(project, coding_ids=[first.id])
    assert coding.valence == "barrier"


def test_the_log_is_filtered_opened_and_written(overview, settled, tmp_path, monkeypatch) -> None:
    window, project = overview.window_of_places, overview._bridge.project
    log: LogView = window.go("team").show_view("log")
    settled()
    total = log.model.rowCount()
    assert total > 50
    QTest.keyClicks(log.field, "submit doc")
    QTest.qWait(200)
    settled()
    assert {entry.label for entry in log.model.entries} == {"Submit document"}
    log.coders.choose([list_coders(project)[1].id])
    QTest.qWait(200)
    settled()
    assert log._stack.currentWidget() is log.empty  # Ada submitted all of them
    log._clear()
    QTest.qWait(200)
    settled()
    assert log.model.rowCount() == total
    log.when.setCurrentIndex(4)
    log.since.setDate(log.since.date().addDays(-400))
    log.until.setDate(log.since.date().addDays(10))
    QTest.qWait(200)
    settled()
    assert log._stack.currentWidget() is log.empty
    coding = list_codings(project)[0]
    log._clear()
    log.show_history(frozenset({coding.id}), "“Mandate”")
    settled()
    assert [entry.label for entry in log.model.entries] == ["Code passage"]
    assert log.details[0].document_id == coding.document_id
    opened = []
    monkeypatch.setattr(window, "open_passage", lambda *where: opened.append(where))
    log.list.setFocus()
    QTest.keyClick(log.list, Qt.Key.Key_Return)
    settled()
    assert opened == [(coding.document_id, coding.start, coding.end)]
    log.export(tmp_path / "log.csv")
    settled()
    with (tmp_path / "log.csv").open(encoding="utf-8") as file:
        assert [row["act"] for row in csv.DictReader(file)] == ["Code passage"]
    log.history.click()
    settled()
    assert log.model.rowCount() == total


def test_the_views_are_named_in_full_shorter_or_in_a_menu(overview, settled, qtbot) -> None:
    window = overview.window_of_places
    place = window.go("team")
    switch = place.tools()[0]
    for percent, width, words in (
        (100, 1280, "Codebook issues"), (150, 1440, "Issues"), (150, 1280, "Issues"),
        (200, 1440, ""), (100, 1440, "Codebook issues"),
    ):  # fmt: skip
        theme.choose("light", font_percent=percent)
        window.resize(width, 800)
        QTest.qWait(0)
        assert switch.segments.isVisible() == bool(words)
        assert switch.button.isVisible() != bool(words)
        shown = switch.segments if words else switch.button
        qtbot.waitUntil(lambda shown=shown: shown.width() >= shown.sizeHint().width())
        if words:
            assert switch.segments.segment("issues").text() == words
        else:
            switch.button.menu().actions()[-1].trigger()
            settled()
            assert switch.button.text() == "Log"
            assert isinstance(place.view, LogView)


def test_the_cursor_may_choose_several_cells(overview) -> None:
    table = overview.table
    table.setCurrentIndex(table.roster.index(0, 1))
    table.selectionModel().select(
        table.roster.index(1, 0), QItemSelectionModel.SelectionFlag.Select
    )
    assert len(table.chosen_work()) == 3
    assert len(table.chosen_documents()) == 2
    names = [action.text() for action in table.open_menu(table.pos()).actions() if action.text()]
    assert names[:2] == ["Read this document", "Show these codings"]
