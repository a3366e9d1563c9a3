"""Gives memory that was freed back to the system, which the C library of Linux keeps otherwise."""

import sys
import threading
from contextlib import suppress

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 20_000


def give_back() -> None:
    """Return what is free now; takes some milliseconds, so call it off the window's thread."""
    if sys.platform != "linux":
        return
    import ctypes

    with suppress(OSError, AttributeError):  # another C library
        ctypes.CDLL(None).malloc_trim(0)


def start(parent: QObject) -> None:
    """Do so now and then for as long as ``parent`` lives."""
    timer = QTimer(parent, interval=EVERY_MS)
    timer.timeout.connect(
        lambda: threading.Thread(target=give_back, name="memory", daemon=True).start()
    )
    timer.start()
