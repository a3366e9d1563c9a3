"""Starts the program as ``main.py`` does and tells when the window, or a page, was painted.

Prints times of ``time.monotonic()``, which all processes of a computer share.
"""

import json
import runpy
import sys
import time


def main() -> int:
    """Run the program with an event loop that ends when all has been seen."""
    seen: dict[str, list[float]] = {}

    def loop(*_arguments: object) -> int:
        if sys.argv[1:]:
            seen["page"], seen["open"] = _page()
        else:
            seen["window"] = [_window()]
        return 0

    from PySide6.QtWidgets import QApplication

    QApplication.exec = loop  # type: ignore[method-assign, assignment]
    try:
        runpy.run_module("app.cli", run_name="__main__")
    except SystemExit as leaving:
        if leaving.code:
            return 1
    print(json.dumps(seen), flush=True)
    return 0


def _window() -> float:
    """Return when the start view had been painted."""
    from PySide6.QtWidgets import QApplication

    from app.ui.main_window import MainWindow

    (window,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)]
    while not (window.windowHandle() and window.windowHandle().isExposed()):
        QApplication.processEvents()
    QApplication.processEvents()
    return time.monotonic()


def _page() -> tuple[list[float], list[float]]:
    """Return when the first page had been painted, and when the reading view had taken over."""
    from PySide6.QtWidgets import QApplication

    from app.ui.main_window import MainWindow
    from app.ui.reading.first_look import FirstLook

    (window,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)]
    first = window.findChild(FirstLook)
    while first is not None and not first.shown_at and not window.bridge.is_open:
        QApplication.processEvents()
        time.sleep(0.004)
    seen = first.shown_at if first is not None else 0.0
    from app.ui.bench.driving import Reader, wait_until

    wait_until(lambda: window.bridge.is_open, "opening the project")
    reader = Reader(window)
    wait_until(lambda: reader.place.state.is_open, "opening a document")
    reader.wait_for_page(1)
    painted = time.monotonic()
    window.close()
    return [seen or painted], [painted]


if __name__ == "__main__":
    sys.exit(main())
