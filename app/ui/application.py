"""Makes the application: style, fonts, look."""

import sys
from collections.abc import Sequence

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication

from app.ui.look import apply_look
from app.ui.settings import settings
from app.ui.theme import scale, theme

TURN = 1e-5
"""Seconds after which a thread hands over; with 5e-4 the window stalled 50 ms during a report."""


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
