"""Starts the window. What the first window does not need is imported later.

With a project, the process that draws pages is started first of all, before Qt is even loaded, and
the pages of last time are asked for: they are on the screen while the rest is being loaded.
"""

import gc
import sys
import threading
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.documents.engine import PdfEngine
    from app.ui.main_window import MainWindow
    from app.ui.reading.left_off import AskedPages

SETTLED_MS = 2000
"""After which the first window and page stand."""
AHEAD = (
    "app.models",
    "app.coding.passages",
    "app.coding.anchor_review",
    "app.coding.rereading",
    "app.coding.attribute_evidence",
    "app.coding.translations",
    "app.coding.code_passages",
    "app.coding.areas",
    "app.coding.planned",
    "app.coding.passwords",
    "app.coding.rechecks",
)
"""What the reading view needs of the rooms below the window."""


def run(project_path: str | Path | None = None) -> int:
    """Show the window, with a project where a path is given; return the exit code."""
    gc.disable()
    path = Path(project_path).expanduser().absolute() if project_path is not None else None
    reader, asked = _ask_for_pages(path) if path is not None else (None, None)
    from PySide6.QtCore import QTimer

    from app.ui.application import make_application
    from app.ui.garbage import Garbage

    application = make_application(sys.argv[:1])
    QTimer.singleShot(SETTLED_MS, lambda: Garbage(application))
    from app.ui import memory_care
    from app.ui.main_window import MainWindow
    from app.ui.messages import install_error_door

    window = MainWindow()
    if reader is not None:
        window.bridge.use_reader(reader)
    application.setWindowIcon(window.windowIcon())
    install_error_door(window.messages)
    if path is not None and not (asked and look_first(window, path, asked)):
        window.show()
        window.open_project(path)
    elif path is None:
        window.show()
    memory_care.start(application)
    return application.exec()


def _ask_for_pages(path: Path) -> "tuple[PdfEngine, AskedPages | None]":
    from app.documents.engine import PdfEngine
    from app.ui.reading.left_off import ask

    reader = PdfEngine()
    reader.start()
    return reader, ask(path, reader)


def look_first(
    window: "MainWindow",
    path: Path,
    asked: "AskedPages",
    load: "Callable[[], object] | None" = None,
) -> bool:
    """Show the pages of last time; ``load`` meanwhile, in a thread, and then open the project.

    False, with nothing but the window shown, where that does not look as it did.
    """
    from app.ui.reading.first_look import FirstLook, FirstSteps

    pages = FirstLook(asked)
    window.show_first_look(pages)
    window.show()
    if not pages.fits():
        window.workbench.end_first_look()
        return False
    loading = threading.Thread(target=load or _load_ahead, name="load ahead", daemon=True)
    loading.start()
    FirstSteps(window, pages, loading, lambda: window.open_project(path))
    return True


def _load_ahead() -> None:
    """Import what needs no Qt while the window shows its first pages and stays alive."""
    for module in AHEAD:
        import_module(module)
