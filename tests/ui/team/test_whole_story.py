"""The whole way of two coders to one truth, through the window with keys and clicks."""

from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from app.coding.adding import add_pdfs
from app.coding.codebooks import install_codebook
from app.coding.disagreements import list_queue
from app.coding.documents import list_documents
from app.coding.listing import list_codings
from app.coding.passages import code_passage
from app.coding.people import add_coder, choose_coder
from app.coding.reconciling import REASONS, consensus_coder
from app.coding.roster import list_work
from app.models import Project
from app.ui.tasks import tasks
from tests.documents.making import lines, make_pdf
from tests.ui.reading.pages import Reader
from tests.ui.team.conftest import KINDS, LINE, PLANS, WORDS, Settler
from tests.ui.team.test_agreement import Reader as Table
from tests.ui.team.test_teamwork import drop, said
from tests.ui.views.samples import small_codebook

pytestmark = pytest.mark.slow
LEFT, Key = Qt.MouseButton.LeftButton, Qt.Key
BY_KEYBOARD = {"Ben Sample": ((20, 29), (21, 29), (22, 29)), "Cleo Sample": ((20, 33), (21, 29))}
"""Line and last character of what a coder codes in the first document with a hot key."""

# Kind of difference, keys, and the consensus then: (code, start and end in its line, valence).
STEPS = (
    ("other_code", "a", [("x3", 5, 40, "")]),
    ("other_code", "b", [("x4", 5, 40, "")]),
    ("facets", "a", [("x4", 5, 30, "barrier")]),
    ("facets", "b", [("x4", 5, 30, "facilitator")]),
    ("split", "a", [("x5", 5, 44, "")]),
    ("split", "b", [("x5", 5, 20, ""), ("x5", 26, 44, "")]),
    ("nested", "o", [("x1", 5, 50, ""), ("x1", 12, 30, "")]),
    ("nested", "u", [("x1", 5, 50, "")]),
    ("nested", "i", [("x1", 12, 30, "")]),
    ("nested", "b", [("x1", 12, 30, "")]),
    ("boundary", "u", [("x3", 5, 33, "")]),
    ("boundary", "u", [("x1", 5, 36, "barrier")]),
    ("boundary", "i", [("x1", 5, 30, "barrier")]),
    ("boundary", "a", [("x1", 5, 30, "barrier")]),
    ("boundary", "b", [("x1", 5, 36, "barrier")]),
    ("only A", "a", [("x3", 5, 30, "")]),
    ("only A", "a", [("x2", 5, 30, "")]),
    ("only A", ("n", "1"), []),
    ("only A", ("n", "2"), []),
    ("only B", "b", [("x2", 5, 30, "")]),
    ("only B", ("n", "1"), []),
    ("only B", ("d", Key.Key_Return), [("x2", 5, 30, "")]),
)


@pytest.fixture
def led(tmp_path: Path, team_engine) -> Path:
    """A new review of two documents with a lead and two coders; nothing is coded."""
    path = tmp_path / "led.cofactor"
    project = Project.create(path, title="One truth")
    choose_coder(project, add_coder(project, "Ada Sample", role="lead"))
    for name in BY_KEYBOARD:
        add_coder(project, name)
    install_codebook(project, small_codebook())
    for name in ("Okafor_2021", "Lind_2019"):
        (tmp_path / f"{name}.pdf").write_bytes(make_pdf([lines(*WORDS, top=80)], title=name))
    add_pdfs(project, team_engine, sorted(tmp_path.glob("*.pdf")))
    project.close()
    return path


class Story:
    """Everybody sits at the same window, one after the other."""

    def __init__(self, window, folder: Path, qtbot, monkeypatch) -> None:
        self.window, self.folder, self.qtbot, self._patch = window, folder, qtbot, monkeypatch

    @property
    def project(self) -> Project:
        return self.window.bridge.project

    def wait(self) -> None:
        self.qtbot.waitUntil(lambda: not tasks._endings, timeout=8000)

    def view(self, key: str):
        place = self.window.go("team")
        self.click(place.switch.segment(key))
        return place.view

    def click(self, widget) -> None:
        assert widget.isVisible()
        assert widget.isEnabled()
        QTest.mouseClick(widget, LEFT)
        self.wait()

    def answer(self, path: Path) -> Path:
        """Let the next question for a file be answered with ``path``."""
        self._patch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(path), ""))
        return path

    def states(self) -> list[str]:
        return sorted(work.state for work in list_work(self.project, self.round_id))

    # The lead

    def make_round(self) -> None:
        view = self.view("overview")
        self.click(view._new)
        card = view._cards["round"]
        self.click(card.kind.segment("calibration"))
        QTest.keyClicks(card.name, "Calibration")
        QTest.keyClick(card.name, Key.Key_Return)
        self.wait()
        assert view.rounds.currentText() == "Calibration (calibration)"
        self.round_id = view.loaded.round.id
        self.click(view._share_button)
        card = view._cards["share"]
        card.ticks[0].click()
        assert card.told.text().startswith("2 for Ben Sample, 2 for Cleo Sample")
        self.click(card.main)
        assert self.states() == ["unassigned"] * 2 + ["waiting"] * 4

    def hand_out(self, name: str) -> Path:
        view = self.view("overview")
        self.click(view._hand_out)
        card = view._cards["hand out"]
        for _other in range(list(BY_KEYBOARD).index(name)):
            QTest.keyClick(card.coder, Key.Key_Down)
        assert card.coder.currentText().startswith(name)
        path = self.answer(self.folder / f"{name}.cofactor")
        self.click(card.main)
        assert path.is_file()
        return path

    def take_in(self, sent: list[Path]) -> None:
        files = self.view("files")
        drop(files, sent)
        self.wait()
        assert files.card.isVisible()
        assert list_codings(self.project) == ()
        assert self.states() == ["unassigned"] * 2 + ["waiting"] * 4
        self.click(files.card.add)
        assert files.fact == "2 files taken in"
        assert self.states() == ["submitted"] * 4 + ["unassigned"] * 2

    # The coders

    def code(self, path: Path, name: str, side: int) -> Path:
        window = self.window
        assert window.open_project(path)
        assert {c.coder_id for c in list_codings(self.project)} == set()
        view = self.view("overview")
        self.wait()
        assert view.fact == "Your list: 0 of 2 submitted"
        documents = [document.id for document in list_documents(self.project)]
        window.open_passage(documents[0])
        place = window.workbench.place
        stand = SimpleNamespace(
            place=place, bridge=window.bridge, actions_table=window.actions_table
        )
        reader = Reader(stand, self.qtbot)
        reader.wait_for(documents[0])
        for line, end in BY_KEYBOARD[name]:
            at = line * LINE
            reader.drag(at + 5, at + end)
            reader.type("i")
        made = reader.stored()
        assert [c.code_id for c in made] == ["x3"] * len(BY_KEYBOARD[name])
        self._code_the_rest(documents, side)
        feature = place.features["SubmitDocument"]
        for number, document in enumerate(documents, start=1):
            window.open_passage(document)
            reader.wait_for(document)
            self.qtbot.waitUntil(lambda: feature.standing is not None, timeout=8000)
            QTest.keySequence(reader.canvas, "Ctrl+Shift+S")
            self.wait()
            assert feature.standing.list_words() == f"Your list: {number} of 2 submitted."
        studies = window.go("studies")
        self.qtbot.waitUntil(lambda: studies.fact == "Your list: 2 of 2 submitted", timeout=8000)
        view = self.view("overview")
        self.wait()
        out = self.answer(self.folder / f"{name}.cofactor-handin")
        self.click(view._send)
        assert any(text.startswith(f"Saved as {out.name}") for text in said(window))
        return out

    def _code_the_rest(self, documents: list[str], side: int) -> None:
        for document in documents:
            for line, kind in enumerate(KINDS):
                for code, start, end, valence in PLANS[kind][side]:
                    code_passage(
                        self.project, document, line * LINE + start, line * LINE + end, code,
                        facets={"valence": [valence]} if valence else {},
                    )  # fmt: skip


@pytest.fixture
def story(window, team_engine, led, tmp_path, qtbot, monkeypatch) -> Story:
    window.bridge._engines["reader"] = team_engine
    assert window.open_project(led)
    return Story(window, tmp_path, qtbot, monkeypatch)


def test_two_coders_come_to_one_truth(story, led, qtbot) -> None:
    story.make_round()
    copies = {name: story.hand_out(name) for name in BY_KEYBOARD}
    sent = [story.code(path, name, side) for side, (name, path) in enumerate(copies.items())]
    assert story.window.open_project(led)
    story.take_in(sent)
    assert story.window.go("studies").fact == ""
    _read_agreement(story, qtbot)
    _reconcile(story, qtbot)
    _export(story, qtbot)


def _read_agreement(story: Story, qtbot) -> None:
    table = Table(story.window, qtbot)
    values = table.values()
    used = [row for row in values["codes"] if row["u_alpha_binary"] is not None]
    assert len(used) >= 4
    for row in used:
        assert table.text(row["code"], "main") == f"{row['u_alpha_binary']:.2f}"
    pooled = values["overall"]["pooled_u_alpha_binary"]
    assert table.text("All codes, pooled", "main") == f"{pooled:.2f}"
    assert 0 < pooled < 1


def _reconcile(story: Story, qtbot) -> None:
    settler = Settler(story.window, qtbot.waitUntil)
    wanted, kinds = [], set()
    for kind, keys, results in STEPS:
        row = _open_row(settler, kind, {result[0] for result in results})
        settler.choose(row)
        settler.press(*keys)
        assert settler.view.queue.row(row.key).state == "settled", (kind, keys)
        kinds.add(row.kind)
        wanted += [_row(row, *result) for result in results]
        assert _consensus(story.project) == sorted(wanted), (kind, keys)
    assert len(kinds) >= 5
    fresh = list_queue(story.project, story.round_id)
    assert sum(entry.state == "settled" for entry in fresh) == len(STEPS) >= 20


def _open_row(settler: Settler, kind: str, codes: set[str]):
    return next(
        row
        for row in settler.view.left.list.differences.rows
        if row.state == "open"
        and kind in (row.kind, row.kind_words.replace("Only", "only"))
        and codes <= {piece.code for piece in row.entry.item.pieces}
    )


def _row(row, code: str, start: int, end: int, valence: str):
    line, words = row.entry.item.start // LINE * LINE, WORDS[0][start:end]
    start += len(words) - len(words.lstrip())
    end -= len(words) - len(words.rstrip())
    return (row.document_id, code, line + start, line + end, valence)


def _consensus(project: Project):
    owner = consensus_coder(project)
    return sorted(
        (c.document_id, c.code_id, c.start, c.end, c.valence)
        for c in list_codings(project, coder_id=owner)
    )


def _export(story: Story, qtbot) -> None:
    table = Table(story.window, qtbot)
    report = _saved(story, table, 0, "report.xlsx")
    names, *rows = report["Codes"].iter_rows(values_only=True)
    written = {row[0]: row[names.index("|u-alpha")] for row in rows}
    values = table.values()
    pooled = values["overall"]["pooled_u_alpha_binary"]
    assert written.pop("All codes") == pytest.approx(pooled)
    assert written == {
        row["code"]: pytest.approx(row["u_alpha_binary"])
        for row in values["codes"]
        if row["n_units"]
    }
    log = _saved(story, table, 1, "log.xlsx")
    names, *rows = log["Decisions"].iter_rows(values_only=True)
    actions = Counter(row[names.index("Action")] for row in rows)
    assert actions == {
        "Took one coder's": 12, "Nothing here": 3, "Union": 3, "Intersection": 2, "Both": 1,
        "Adjusted": 1,
    }  # fmt: skip
    reasons = [row[names.index("Reason")] for row in rows]
    assert [reason for reason in reasons if reason] == [
        REASONS["nothing"][int(keys[1]) - 1] for _kind, keys, _made in STEPS if keys[0] == "n"
    ]


def _saved(story: Story, table: Table, place: int, name: str):
    path = story.answer(story.folder / name)
    story.click(table.view.export_button)
    menu = QApplication.activePopupWidget()
    for _step in range(place + 1):
        QTest.keyClick(menu, Key.Key_Down)
    QTest.keyClick(menu, Key.Key_Return)
    table.wait()
    return load_workbook(path, read_only=True)
