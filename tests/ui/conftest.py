"""What the window's tests share: the application with its look, a project, the window."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.coding.people import add_coder, choose_coder
from app.models import Project
from app.ui.application import make_application
from app.ui.main_window import MainWindow
from app.ui.tasks import tasks
from app.ui.theme import theme

PLAIN = {
    "font_percent": 100, "compact": False, "system_font": False, "white_paper": False,
    "still": False,
}  # fmt: skip
"""What a look is without anything chosen."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the offscreen platform say what it cannot do; every other Qt warning fails a test."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


@pytest.fixture(scope="session", autouse=True)
def _no_garbage_on_other_threads() -> None:
    """As in use (``app.ui.garbage``): Python collects only where the window's thread says so."""
    gc.collect()
    gc.freeze()
    gc.disable()


@pytest.fixture(autouse=True)
def _collect_here(_no_garbage_on_other_threads: None) -> Iterator[None]:
    """Collect between tests, all of it now and then."""
    yield
    young, middle, old = gc.get_count()
    if young > 5_000:
        gc.collect(2 if old > 20 else 1 if middle > 5 else 0)


@pytest.fixture
def look(qapp: QApplication) -> Iterator[QApplication]:
    """The application as it looks in use, put back to light at 100 % afterwards."""
    theme.choose("light", **PLAIN)
    make_application()
    theme.choose("light")
    yield qapp
    # Windows of the test go now: a new look would dress them all once more.
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    theme.choose("light", **PLAIN)


@pytest.fixture
def project_path(tmp_path: Path) -> Path:
    """A small project with one coder, who is you."""
    path = tmp_path / "review.cofactor"
    project = Project.create(path, title="A small review")
    choose_coder(project, add_coder(project, "Amina Rahman", role="lead"))
    project.close()
    return path


@pytest.fixture
def window(look: QApplication, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window at 1440 x 900 with the start view."""
    made = MainWindow()
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.show()
    yield made
    tasks.stop_all()
    tasks.report_error = None
    made.bridge.shut_down()
