"""The reading view on a real project: a small PDF, two coders, the shipped starter codebook."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.coding.adding import add_pdfs
from app.coding.codebooks import install_codebook
from app.coding.documents import list_documents
from app.coding.people import add_coder, choose_coder, list_coders
from app.documents.engine import PdfEngine
from app.exchange.codebook_files import find_codebook
from app.models import Project
from app.ui.settings import settings
from app.ui.tasks import tasks
from tests.ui.reading.pages import Reader
from tests.ui.reading.pdfs import picture_pdf, study_pdf
from tests.ui.reading.stand import Stand


@pytest.fixture(scope="session")
def made_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One project file for the session; tests copy it."""
    folder = tmp_path_factory.mktemp("reading")
    (folder / "Okafor 2021.pdf").write_bytes(study_pdf())
    (folder / "Scan 1999.pdf").write_bytes(picture_pdf())
    project = Project.create(folder / "made.cofactor", title="Reading")
    install_codebook(project, find_codebook("case-management-starter"))
    you = add_coder(project, "Amina Rahman", role="lead")
    add_coder(project, "Jonas Weiss")
    choose_coder(project, you)
    engine = PdfEngine()
    try:
        result = add_pdfs(project, engine, sorted(folder.glob("*.pdf")))
    finally:
        engine.close()
    assert not result.problems
    project.close()
    return folder / "made.cofactor"


@pytest.fixture
def project_path(made_project: Path, tmp_path: Path) -> Path:
    """A copy of the project."""
    path = tmp_path / "review.cofactor"
    path.write_bytes(made_project.read_bytes())
    return path


class _SharedEngine(PdfEngine):
    """Outlives the windows that close it."""

    def close(self) -> None:
        pass


@pytest.fixture(scope="session")
def engine() -> Iterator[PdfEngine]:
    """One worker process for all tests; starting one takes longer than most of them."""
    made = _SharedEngine()
    made.start()
    yield made
    PdfEngine.close(made)


@pytest.fixture
def reader(
    look: QApplication, project_path: Path, engine: PdfEngine, qtbot: QtBot
) -> Iterator[Reader]:
    """The reading view with the study open, its pages there."""
    stand = Stand()
    qtbot.addWidget(stand)
    stand.resize(1360, 860)
    stand.bridge._engines["reader"] = engine
    project = Project.open(project_path, back_up=False)
    choose_coder(project, list_coders(project)[0].id)
    documents = {info.file_name: info.id for info in list_documents(project)}
    settings().remember(f"read.document.{project.id}", documents["Okafor 2021.pdf"])
    stand.bridge.adopt(project)
    made = Reader(stand, qtbot)
    stand.show()
    made.wait_for(documents["Okafor 2021.pdf"])
    yield made
    tasks.stop_all()
    stand.bridge.shut_down()
