"""The window toolkit itself: defects of single versions that would end the program."""

import sys

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot


def test_void_calls_keep_their_references_to_none(qtbot: QtBot) -> None:
    """PySide 6.12.0 on Python 3.11 loses one reference to None with every call."""
    widget = QWidget()
    qtbot.addWidget(widget)
    before = sys.getrefcount(None)
    for _ in range(60):
        widget.update()
    assert abs(sys.getrefcount(None) - before) < 30
