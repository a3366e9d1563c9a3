"""Acts that are written a moment after they were done, in their order, by one thread.

Whoever looks at the project file waits until the queue is empty, so nobody can see the file
before an act that was done earlier (``Project`` sees to that).
"""

import atexit
import threading
import time
import weakref
from collections import deque
from collections.abc import Callable

Act = Callable[[], object]
Failed = Callable[[BaseException], object]


class ActQueue:
    """One thread that does what it is given, one after the other."""

    def __init__(self) -> None:
        """Start without a thread; it comes with the first act."""
        self.on_change: Callable[[int], object] | None = None
        """Told how many acts are not done yet, on the thread that put or did one."""
        self.refused = 0
        """How many acts have failed so far."""
        self._wake = threading.Condition()
        self._acts: deque[tuple[Act, Failed]] = deque()
        self._working = False
        self._held = self._closed = False
        self._thread: threading.Thread | None = None
        _all.add(self)

    @property
    def is_own_thread(self) -> bool:
        """True for what the queue itself calls."""
        return threading.current_thread() is self._thread

    @property
    def pending(self) -> int:
        """Return how many acts are not done yet."""
        return len(self._acts) + self._working

    def put(self, act: Act, failed: Failed, *, hold: bool = False) -> None:
        """Do ``act`` soon; ``failed`` gets what it raises, on the queue's thread.

        With ``hold`` it begins at ``release``, or as soon as somebody waits.
        """
        with self._wake:
            self._acts.append((act, failed))
            self._held = self._held or hold
            if self._thread is None:
                self._thread = threading.Thread(target=self._serve, name="acts", daemon=True)
                self._thread.start()
            self._wake.notify_all()
        self._tell()

    def release(self) -> None:
        """Begin with what was put on hold."""
        with self._wake:
            self._held = False
            self._wake.notify_all()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until everything is done; False where time was up before."""
        if self.is_own_thread or not self.pending:
            return True
        ends = None if seconds is None else time.monotonic() + seconds
        with self._wake:
            self._held = False
            self._wake.notify_all()
            while self.pending:
                left = None if ends is None else ends - time.monotonic()
                if left is not None and left <= 0:
                    return False
                self._wake.wait(left)
        return True

    def close(self) -> None:
        """Do what is left and end the thread."""
        self.wait()
        with self._wake:
            self._closed = True
            self._wake.notify_all()

    def _serve(self) -> None:
        while True:
            with self._wake:
                while not self._closed and (self._held or not self._acts):
                    self._wake.wait()
                if self._closed and not self._acts:
                    return
                act, failed = self._acts.popleft()
                self._working = True
            try:
                act()
            except BaseException as error:
                self.refused += 1
                failed(error)
            with self._wake:
                self._working = False
                self._wake.notify_all()
            self._tell()

    def _tell(self) -> None:
        if self.on_change is not None:
            self.on_change(self.pending)


_all: "weakref.WeakSet[ActQueue]" = weakref.WeakSet()


@atexit.register
def _finish() -> None:
    for queue in tuple(_all):
        queue.wait(10)
