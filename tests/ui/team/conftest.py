"""A review that two coders have coded and submitted, made once, and the window with a copy."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from app.coding.adding import add_pdfs
from app.coding.attribute_values import set_value
from app.coding.attributes import AttributeDraft, add_attributes
from app.coding.codebooks import install_codebook
from app.coding.documents import list_documents
from app.coding.passages import code_passage
from app.coding.people import add_coder, choose_coder, current_round, list_coders
from app.coding.roster import submit_documents
from app.documents.engine import PdfEngine
from app.models import Project
from app.ui.main_window import MainWindow
from app.ui.settings import settings
from app.ui.tasks import tasks
from app.ui.team.settle import SettleView
from tests.documents.making import lines, make_pdf
from tests.ui.views.samples import small_codebook

WORDS = [
    f"Line {n:02d} tells of the mandate, the money and of trust between partners."
    for n in range(36)
]
LINE = len(WORDS[0]) + 1


@pytest.fixture(scope="session")
def submitted_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("submitted")
    project = Project.create(folder / "made.cofactor", title="Two coders")
    ada = add_coder(project, "Ada Sample", role="lead")
    ben = add_coder(project, "Ben Sample")
    choose_coder(project, ada)
    install_codebook(project, small_codebook())
    for name in ("Okafor_2021", "Lind_2019"):
        (folder / f"{name}.pdf").write_bytes(make_pdf([lines(*WORDS, top=80)], title=name))
    engine = PdfEngine()
    try:
        add_pdfs(project, engine, sorted(folder.glob("*.pdf")))
    finally:
        engine.close()
    round_id = current_round(project).id
    for document in list_documents(project):
        for line, kind in enumerate(KINDS):
            for coder, coded in zip((ada, ben), PLANS[kind], strict=True):
                for code, start, end, valence in coded:
                    at = line * LINE
                    code_passage(
                        project, document.id, at + start, at + end, code, coder_id=coder,
                        facets={"valence": [valence]} if valence else {},
                    )  # fmt: skip
        for coder in (ada, ben):
            submit_documents(project, [document.id], round_id=round_id, coder_id=coder)
    (attribute,) = add_attributes(project, [AttributeDraft("Country", "text")])
    for coder, value in ((ada, "Ghana"), (ben, "Norway")):
        set_value(project, list_documents(project)[0].study_id, attribute, value, coder_id=coder)
    project.close()
    return folder / "made.cofactor"


# What Ada and Ben code in one line of text, by the kind of difference that comes of it.
PLANS = {
    "boundary": ([("x1", 5, 30, "barrier")], [("x1", 5, 36, "barrier")]),
    "nested": ([("x1", 5, 50, "")], [("x1", 12, 30, "")]),
    "one_sided": ([("x2", 5, 30, "")], []),
    "other_sided": ([], [("x2", 5, 30, "")]),
    "other_code": ([("x3", 5, 40, "")], [("x4", 5, 40, "")]),
    "facets": ([("x4", 5, 30, "barrier")], [("x4", 5, 30, "facilitator")]),
    "identical": ([("x5", 5, 30, "")], [("x5", 5, 30, "")]),
    "split": ([("x5", 5, 44, "")], [("x5", 5, 20, ""), ("x5", 26, 44, "")]),
}
KINDS = tuple(PLANS) + tuple(PLANS)[:4]


class _SharedEngine(PdfEngine):
    """Outlives the windows that close it."""

    def close(self) -> None:
        pass


@pytest.fixture(scope="session")
def team_engine() -> Iterator[PdfEngine]:
    """One worker process for all tests."""
    made = _SharedEngine()
    made.start()
    yield made
    PdfEngine.close(made)


@pytest.fixture
def team_window(
    window: MainWindow, submitted_file: Path, team_engine: PdfEngine, tmp_path: Path
) -> Iterator[MainWindow]:
    """The window with a copy of the review; you are Ada, who leads."""
    window.bridge._engines["reader"] = team_engine
    copy = tmp_path / "review.cofactor"
    shutil.copy(submitted_file, copy)
    assert window.open_project(copy)
    project = window.bridge.project
    choose_coder(project, list_coders(project)[0].id)
    settings().remember("team.settle.hide_names", False)
    yield window
    tasks.stop_all()


class Settler:
    """Hands on the view Differences."""

    def __init__(self, window: MainWindow, until: Callable[..., None]) -> None:
        self.window, self.until = window, until
        self.project = window.bridge.project
        place = window.go("team")
        self.view: SettleView = place.show_view("settle")
        self.wait()

    def wait(self) -> None:
        """Wait until nothing is at work in the background."""
        self.until(lambda: not tasks._endings, timeout=8000)

    def row(self, kind: str, state: str = "open"):
        return next(r for r in self.view.queue.rows if r.kind == kind and r.state == state)

    def rows(self, kind: str, state: str = "open"):
        return [r for r in self.view.queue.rows if r.kind == kind and r.state == state]

    def choose(self, row) -> None:
        assert self.view.left.list.choose(row.key)
        self.wait()

    def wait_for_page(self) -> None:
        """Wait until it is known where the words of the first page stand."""
        self.until(lambda: self.view.pages.geometries.get(1) is not None)

    def said(self) -> list[str]:
        """Return the words that stand beside the page."""
        return [words.text() for words in self.view.side._content.findChildren(QLabel)]

    def keyboard(self) -> QWindow:
        """Return the window that has the keys, which is given them first."""
        if QGuiApplication.focusWindow() is None:
            self.window.activateWindow()
            QTest.qWaitForWindowActive(self.window)
        found = QGuiApplication.focusWindow()
        assert found is not None
        return found

    def press(self, *keys: Qt.Key | str) -> None:
        """Press keys one after another, wherever the focus is."""
        for key in keys:
            handle = self.keyboard()
            if isinstance(key, str):
                QTest.sendKeyEvent(
                    QTest.KeyAction.Click, handle, Qt.Key(ord(key.upper())), key,
                    Qt.KeyboardModifier.NoModifier,
                )  # fmt: skip
            else:
                QTest.keyClick(handle, key)
            self.wait()


def open_row(settler, kind):
    """Return the first open difference of a kind; "only A" are those that Ada alone coded."""
    for row in settler.view.left.list.differences.rows:
        if row.state == "open" and kind in (row.kind, row.kind_words.replace("Only", "only")):
            return row
    raise AssertionError(kind)


@pytest.fixture
def settler(team_window: MainWindow, qtbot) -> Settler:
    """The view Differences with its queue there."""
    return Settler(team_window, qtbot.waitUntil)
