"""The view of agreement: its numbers, the passages behind them, runs, what is saved."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from app.coding.agreement import Question, agreement
from app.coding.agreement_runs import list_runs
from app.coding.disagreements import list_queue
from app.coding.documents import list_documents
from app.coding.passages import list_codings
from app.coding.people import add_round, current_round, list_coders
from app.coding.reconciling import accept_agreed
from app.exchange.agreement_json import agreement_values
from app.models import ids
from app.models.team import Rating
from app.ui.tasks import tasks
from app.ui.team.agreement_behind import BOTH, find_behind
from app.ui.team.agreement_columns import ONLY, UNITS
from app.ui.team.agreement_model import MISSING, words_of

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


class Reader:
    """Hands on the view."""

    def __init__(self, window, qtbot):
        self.window, self.qtbot = window, qtbot
        self.project = window.bridge.project
        self.view = window.go("team").show_view("agreement")
        self.model, self.table = self.view.model, self.view.table
        self.wait()

    def wait(self):
        self.qtbot.waitUntil(lambda: not tasks._endings, timeout=8000)

    def index(self, name, key):
        row = next(n for n, line in enumerate(self.model.lines) if line.name == name)
        return self.model.index(row, self.model.column_of(key))

    def text(self, name, key):
        return self.index(name, key).data()

    def click(self, name, key):
        index = self.index(name, key)
        self.table.scrollTo(index)
        place = self.table.visualRect(index).center()
        QTest.mouseClick(self.table.viewport(), LEFT, NONE, place)
        self.wait()

    def rows(self):
        return self.view.side.list.passages.rows

    def values(self):
        done = agreement(self.project, self.view.asked, self.view.question.settings())
        return json.loads(json.dumps(agreement_values(done)))


@pytest.fixture
def reader(team_window, qtbot):
    return Reader(team_window, qtbot)


def test_the_numbers_are_those_of_the_report(reader):
    values = reader.values()
    ada, ben = list_coders(reader.project)[:2]
    used = [row for row in values["codes"] if row["n_units"]]
    assert len(used) >= 5
    for row in used:
        name, alpha = row["code"], row["u_alpha_binary"]
        assert reader.text(name, "main") == (MISSING if alpha is None else f"{alpha:.2f}")
        assert reader.text(name, "both") == f"{row['both']:,}"
        for coder in (ada, ben):
            assert reader.text(name, f"{ONLY}{coder.id}") == f"{row['only'][coder.name]:,}"
        kappa = row["presence_kappa"]
        assert reader.text(name, "presence_kappa") == (
            MISSING if kappa is None else f"{kappa + 0.0:.2f}"
        )
        assert reader.text(name, "segment_f1") == f"{row['segment_f1']:.2f}"
        if row["interval"]:
            low, high = row["interval"]
            assert reader.model.lines[reader.index(name, "main").row()].interval == (low, high)
    pooled = values["overall"]
    assert reader.text("All codes, pooled", "main") == f"{pooled['pooled_u_alpha_binary']:.2f}"
    cluster = values["clusters"][0]
    assert reader.text(cluster["cluster"], "both") == f"{cluster['both']:,}"
    # What could not be estimated is said in words, in no column as 0.
    missing = next(row["code"] for row in used if row["presence_kappa"] is None)
    tip = reader.index(missing, "presence_kappa").data(Qt.ItemDataRole.ToolTipRole)
    assert tip.startswith("not estimable: ")
    reader.view.question.set_unit("documents")
    lines = {line.name: line for line in reader.model.lines}
    line = next(line for line in lines.values() if line.values["main"] is None)
    scale = next(c for c in reader.model.columns if c.key == "scale")
    assert words_of(line, scale).startswith("not estimable: 2 documents: ")


def test_every_count_is_made_up_by_the_passages_behind_it(reader):
    report = reader.view.done.report
    coders = [coder.id for coder in list_coders(reader.project)[:2]]
    for unit, _words in UNITS:
        reader.view.question.set_unit(unit)
        checked = 0
        for line in reader.model.lines:
            for key in (BOTH, *(f"{ONLY}{coder}" for coder in coders)):
                found = find_behind(report.layers, line.target, unit, key, report.settings)
                assert found.amount == line.values[key], (unit, line.name, key)
                assert bool(found.coding_ids) == bool(found.amount)
                checked += bool(found.amount)
        assert checked >= 10


def test_a_number_is_a_door_to_the_page_and_to_the_differences(reader):
    ada = list_coders(reader.project)[0]
    key = f"{ONLY}{ada.id}"
    number = reader.text("Shared aims", key)
    assert not reader.view.side.isVisible()
    reader.click("Shared aims", key)
    assert reader.view.side.isVisible()
    assert reader.view.side.fact.text() == (
        f"Only Ada Sample: {number} characters in 4 passages, 2 studies"
    )
    assert {row.coder_ids for row in reader.rows()} == {(ada.id,)}
    row = reader.rows()[0]

    QTest.keyClick(reader.table, Qt.Key.Key_Return)
    QTest.keyClick(reader.view.side.list, Qt.Key.Key_Return)
    reader.qtbot.waitUntil(lambda: reader.window.workbench.place.key == "read")
    reading = reader.window.workbench.place
    reader.qtbot.waitUntil(
        lambda: reading.state.info is not None and reading.state.info.id == row.document_id
    )
    reader.wait()

    reader.window.go("team").show_view("agreement")
    reader.click("Shared aims", key)
    QTest.mouseClick(reader.view.side.settle, LEFT)
    settle = reader.window.workbench.place.view
    reader.qtbot.waitUntil(lambda: bool(settle.left.chips["Code"].keys))
    assert {row.title for row in settle.left.list.differences.rows} == {"Shared aims"}


def test_sorting_columns_copy_and_esc(reader):
    head = reader.table.horizontalHeader()
    column = reader.model.column_of("main")
    head.sectionClicked.emit(column)
    values = [line.values["main"] for line in reader.model.lines[1:]]
    known = [value for value in values if value is not None]
    assert known == sorted(known)
    assert values[: len(known)] == known
    assert reader.model.lines[0].kind == "overall"
    head.sectionClicked.emit(column)
    assert reader.model.lines[1].values["main"] == max(known)
    head.sectionClicked.emit(column)
    assert reader.model.lines[1].kind == "group"

    reader.view.show_column("gwet_ac1", True)
    expected = reader.values()["codes"]
    row = next(row for row in expected if row["code"] == "Shared aims")
    assert reader.text("Shared aims", "gwet_ac1") == f"{row['gwet_ac1']:.2f}"
    reader.table.setFocus()
    reader.click("Shared aims", "main")
    QTest.keySequence(reader.table, "Ctrl+C")
    heads, *lines = QGuiApplication.clipboard().text().splitlines()
    cells = dict(zip(heads.split("\t"), next(
        line for line in lines if line.startswith("Shared aims")).split("\t"), strict=True
    ))  # fmt: skip
    assert float(cells["AC1"]) == pytest.approx(row["gwet_ac1"], rel=1e-5)
    assert float(cells["|u-alpha"]) == pytest.approx(row["u_alpha_binary"], rel=1e-5)
    reader.view.show_column("gwet_ac1", False)
    QTest.keyClick(reader.table, Qt.Key.Key_Escape)
    assert not reader.view.side.isVisible()


def test_other_tables_and_the_consensus_among_the_pairs(reader):
    view = reader.view
    view.show_tab("pairs")
    assert [line.name for line in reader.model.lines] == ["Ada Sample and Ben Sample"]
    round_id = current_round(reader.project).id
    accept_agreed(reader.project, list_queue(reader.project, round_id))
    reader.qtbot.waitUntil(lambda: view.question.consensus_chip.isVisibleTo(view), timeout=8000)
    reader.wait()
    view.question.set_consensus(True)
    reader.wait()
    kinds = [line.kind for line in reader.model.lines]
    assert kinds == ["pair", "consensus", "consensus"]
    line = reader.model.lines[1]
    view.doors.show(line, "both")
    reader.wait()
    assert view.doors.behind.amount == line.values["both"] > 0
    view.question.set_unit("passages")
    line = reader.model.lines[1]
    for key in ("both", f"{ONLY}first", f"{ONLY}second"):
        view.doors.show(line, key)
        reader.wait()
        assert view.doors.behind.amount == line.values[key], key
    view.question.set_unit("characters")
    view.show_tab("facets")
    assert reader.model.lines[0].name == "Valence, all codes"
    assert reader.model.lines[0].values["n_pairs"] > 0
    view.show_tab("rounds")
    assert view.chart.isVisible()
    assert [line.name for line in view.chart.lines] == ["Round 1"]
    view.show_tab("documents")
    assert len(reader.model.lines) == 2
    view.show_tab("ratings")
    assert not reader.model.lines
    assert view.empty.isVisible()
    coding = rate_one_study(reader.project)
    reader.qtbot.waitUntil(lambda: bool(reader.model.lines), timeout=8000)
    assert [line.name for line in reader.model.lines] == ["All codes", "Clarity of mandate"]
    assert reader.text("All codes", "percent") == "0.00"
    reader.click("All codes", "main")
    assert view.doors.behind.coding_ids == (coding,)
    assert len(reader.rows()) == 1


def rate_one_study(project):
    """Let both rate one factor in one study, on one passage; return the passage."""
    coding = next(c for c in list_codings(project) if c.code_id == "x1")
    study = next(d for d in list_documents(project) if d.id == coding.document_id).study_id
    with project.change("Rate") as session:
        for value, coder in enumerate(list_coders(project)[:2]):
            session.add(
                Rating(
                    id=ids.new_id(), study_id=study, code_id="x1", coder_id=coder.id,
                    state="rated", value=value + 1, coding_ids=[coding.id],
                )
            )  # fmt: skip
    return coding.id


def test_overlap_and_filters_ask_again(reader):
    view = reader.view
    before = reader.text("Clarity of mandate", "segment_f1")
    view.question.overlap.setValue(100)
    reader.qtbot.waitUntil(lambda: view.done.report.settings.threshold == 1.0, timeout=8000)
    assert float(reader.text("Clarity of mandate", "segment_f1")) < float(before)
    (only,) = [c for c in view.question.codes.model.choices if c.label == "Shared aims"]
    view.question.codes.choose({only.key})
    reader.wait()
    assert [line.name for line in reader.model.lines if line.kind == "code"] == ["Shared aims"]
    view.question.codes.choose(())
    other = add_round(reader.project, "Round 2")
    view.question.set_round(other)
    reader.wait()
    assert view.empty.isVisible()
    assert [made.text() for made in view.empty.buttons()] == ["Clear all"]
    view.empty.buttons()[0].click()
    reader.wait()
    assert reader.model.lines


def test_computing_can_be_stopped_and_begun_again(reader):
    view = reader.view
    view.recompute()
    view.stop()
    reader.wait()
    assert view._job is None
    assert view.done is not None
    view.done = None
    view.recompute()
    view.stop()
    reader.wait()
    assert [made.text() for made in view.empty.buttons()] == ["Compute"]
    view.empty.buttons()[0].click()
    reader.wait()
    assert view.done is not None


def test_runs_are_kept_compared_renamed_and_removed(reader):
    view, panel = reader.view, reader.view.runs
    view.show_runs()
    panel.field.setText("Calibration")
    QTest.keyClick(panel.field, Qt.Key.Key_Return)
    (run,) = list_runs(reader.project)
    assert (run.name, run.question) == ("Calibration", Question())
    panel.compare_wanted.emit(run.id)
    reader.wait()
    assert panel._compared[run.id].same_input
    panel.rename_wanted.emit(run.id, "First")
    assert list_runs(reader.project)[0].name == "First"
    view.question.seed.setValue(99)
    reader.wait()
    panel.repeat_wanted.emit(run.id)
    reader.wait()
    assert view.done.report.settings == run.settings
    panel.remove_wanted.emit(run.id)
    assert not list_runs(reader.project)
    reader.project.undo()
    assert list_runs(reader.project)[0].name == "First"


def test_everything_leaves_as_files_and_the_paragraph_is_what_is_saved(reader, tmp_path):
    view = reader.view
    for key, name in (("report", "a.xlsx"), ("log", "log.csv"), ("places", "places.csv"),
                      ("long", "long.csv"), ("matrix", "matrix.csv"), ("methods", "m.txt"),
                      ("settings", "s.json")):  # fmt: skip
        view.saving.save(key, tmp_path / name)
        reader.wait()
        assert (tmp_path / name).stat().st_size > 0, name
    view.show_methods()
    shown = view.methods.words.toPlainText()
    assert "|u-alpha" in shown
    assert (tmp_path / "m.txt").read_text(encoding="utf-8").strip() == shown
    view.methods.copy()
    assert QGuiApplication.clipboard().text() == shown
    settings = json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))
    assert settings["settings"]["seed"] == view.question.seed.value()


def test_one_coder_alone_is_told_what_is_missing(window, project_path, qtbot):
    assert window.open_project(project_path)
    view = window.go("team").show_view("agreement")
    qtbot.waitUntil(lambda: not tasks._endings, timeout=8000)
    assert view.empty.isVisible()
    assert view.empty._heading.text() == "Only one coder"
    assert not view.export_button.isEnabled()
