"""Starts the window. What the first window does not need is imported later."""

import gc
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLocale, Qt, QTimer
from PySide6.QtWidgets import QApplication

from app.ui.look import apply_look
from app.ui.settings import settings
from app.ui.theme import scale, theme

SETTLED = 2000  # milliseconds after which the first window and page stand
TURN = 0.001
"""Seconds after which a thread hands over: what brings a page must not wait 5 ms each time."""


def make_application(argv: Sequence[str] = ()) -> QApplication:
    """Return the application with style, fonts and look in place; the one there is, if any."""
    there = QApplication.instance()
    if isinstance(there, QApplication):
        application = there
    else:
        QApplication.setHighDpiScaleFactorRoundingPolicy(
            Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
        )
        QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontShowIconsInMenus)
        application = QApplication(list(argv) or ["cofactor"])
    sys.setswitchinterval(TURN)
    application.setApplicationName("Cofactor")
    application.setApplicationDisplayName("Cofactor")
    application.setDesktopFileName("cofactor")
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    apply_look(settings().look)
    if not application.property("follows_size"):
        application.setProperty("follows_size", True)
        _follow_size(application)
    return application


def _follow_size(application: QApplication) -> None:
    """Let layouts follow the size of text; the first to hear of a change, so widgets come later."""
    sizes = [scale()]

    def follow() -> None:
        from app.ui.widgets.layout import rescale

        old, sizes[0] = sizes[0], scale()
        if old != sizes[0]:
            for top in application.topLevelWidgets():
                rescale(top, sizes[0] / old)

    theme.changed.connect(follow)


def settle_garbage() -> None:
    """Keep what the start built out of later collections; a full one stalls for 60 to 130 ms."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)
    gc.enable()


def run(project_path: str | Path | None = None) -> int:
    """Show the window, with a project where a path is given; return the exit code."""
    gc.disable()
    application = make_application(sys.argv[:1])
    QTimer.singleShot(SETTLED, settle_garbage)
    from app.ui import memory_care
    from app.ui.main_window import MainWindow
    from app.ui.messages import install_error_door

    window = MainWindow()
    application.setWindowIcon(window.windowIcon())
    install_error_door(window.messages)
    window.show()
    if project_path is not None:
        window.open_project(project_path)
    memory_care.start(application)
    return application.exec()
