"""A coded project, made once, and the window with a copy of it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.coding.adding import add_pdfs
from app.coding.codebooks import install_codebook
from app.coding.documents import list_documents, load_text
from app.coding.passages import code_passage, set_coding_memo
from app.coding.people import add_coder, choose_coder, list_coders
from app.documents.engine import PdfEngine
from app.models import Project
from app.ui.main_window import MainWindow
from app.ui.tasks import tasks
from tests.ui.views.pdfs import write_studies
from tests.ui.views.samples import small_codebook

# file, words, code, valence, stages, coder
CODINGS = (
    ("Okafor", "nobody had told them where their remit ended", "x1", "barrier", ("planning",), 0),
    ("Okafor", "remit ended", "x2", "barrier", (), 0),
    ("Okafor", "everyone had signed it", "x3", "facilitator", ("delivery",), 0),
    ("Okafor", "Partners trusted one another", "x4", "facilitator", (), 1),
    ("Iyer", "unsure which body was to call the school", "x1", "barrier", ("planning",), 0),
    ("Iyer", "which body was to call", "x2", "mixed", (), 1),
    ("Iyer", "the police kept the file to themselves", "x3", "barrier", (), 1),
    ("Lindqvist", "The mandate was written down", "x1", "facilitator", (), 0),
    ("Lindqvist", "mandate was written down and read aloud", "x2", "facilitator", (), 0),
    ("Lindqvist", "Newspapers asked every week", "x5", "barrier", ("exit",), 0),
)


@pytest.fixture(scope="session")
def coded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("coded")
    path = folder / "coded.cofactor"
    project = Project.create(path, title="A coded review")
    coders = [add_coder(project, "Amina Rahman", role="lead"), add_coder(project, "Jonas Weiss")]
    choose_coder(project, coders[0])
    install_codebook(project, small_codebook())
    engine = PdfEngine()
    try:
        result = add_pdfs(project, engine, write_studies(folder / "pdfs"))
    finally:
        engine.close()
    assert not result.problems
    documents = {d.file_name.split("_")[0]: d.id for d in list_documents(project)}
    for file, words, code, valence, stages, coder in CODINGS:
        start = load_text(project, documents[file]).text.index(words)
        coding = code_passage(
            project, documents[file], start, start + len(words), code,
            facets={"valence": [valence], "stage": list(stages)}, coder_id=coders[coder],
        )  # fmt: skip
        if code == "x5":
            set_coding_memo(project, coding, "Is this still the outer context?")
    project.close()
    return path


@pytest.fixture
def coded(window: MainWindow, coded_file: Path, tmp_path: Path) -> Iterator[MainWindow]:
    """The window with a copy of the coded project; you are Amina."""
    copy = tmp_path / "coded.cofactor"
    shutil.copy(coded_file, copy)
    assert window.open_project(copy)
    project = window.bridge.project
    choose_coder(project, list_coders(project)[0].id)
    yield window
    tasks.stop_all()


@pytest.fixture
def opened(coded: MainWindow, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What the places asked to open: file name and the words of the passage."""
    asked: list[tuple[str, str]] = []
    project = coded.bridge.project
    names = {d.id: d.file_name for d in list_documents(project)}

    def note(document_id: str, start: int = 0, end: int = 0) -> None:
        asked.append((names[document_id], load_text(project, document_id).text[start:end]))

    monkeypatch.setattr(coded, "open_passage", note)
    return asked


@pytest.fixture
def settled(qtbot) -> Callable[[], None]:
    """Wait until nothing runs in the background and what it sent has arrived."""

    def wait() -> None:
        qtbot.waitUntil(lambda: not tasks._endings, timeout=8000)

    return wait
