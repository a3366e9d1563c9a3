"""Keys that all lists and tables of the places answer alike."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent


def took_row_key(event: QKeyEvent, open_current: Callable[[], object]) -> bool:
    """Open with Enter and leave single letters to keys of the window; True when that was all."""
    if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        open_current()
        return True
    if event.text().isalnum() and not event.modifiers():
        event.ignore()
        return True
    return False
