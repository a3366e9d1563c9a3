"""Garbage is collected on the window's thread, and nowhere else."""

import gc
import threading

from PySide6.QtCore import QObject

from app.ui import garbage
from app.ui.garbage import Garbage


class Knot:
    """Points at itself, and notes on which thread it goes."""

    gone_on: list[str] = []  # noqa: RUF012

    def __init__(self) -> None:
        self.me = self

    def __del__(self) -> None:
        self.gone_on.append(threading.current_thread().name)


def test_what_other_threads_leave_goes_on_this_one(qapp, monkeypatch):
    monkeypatch.setattr(garbage, "YOUNG", 500)
    Knot.gone_on.clear()
    keeper = QObject()
    collector = Garbage(keeper)

    def litter() -> None:
        for _ in range(3_000):
            Knot()

    other = threading.Thread(target=litter, name="other")
    other.start()
    other.join()
    assert Knot.gone_on == []
    assert not gc.isenabled()
    collector.look()
    assert set(Knot.gone_on) == {threading.current_thread().name}
    assert len(Knot.gone_on) == 3_000
