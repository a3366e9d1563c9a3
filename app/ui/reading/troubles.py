"""Pages that could not be had: why, and how often each of them stopped the worker. No Qt."""

import logging
from collections import Counter
from collections.abc import Callable, Hashable

from app.errors import UserError

AT_ONCE = 2
"""What stopped the worker is asked for again at once until it has done so this often."""
IN_ALL = 3
"""And once more with a later worker; after that only where a person asks for it."""
UNKNOWN = "It could not be read."


class Troubles:
    """Failures of the pages of one document."""

    def __init__(self) -> None:
        """Start without any."""
        self.why: dict[int, str] = {}
        """One plain sentence by page."""
        self._kinds: dict[int, str] = {}
        self._crashes: Counter[tuple[int, Hashable]] = Counter()

    def __contains__(self, page: int) -> bool:
        """Tell whether a page could not be had."""
        return page in self.why

    def kind_of(self, page: int) -> str:
        """Return the kind of a page's trouble, such as "password" or "crashed"; "" without one."""
        return self._kinds.get(page, "")

    def note(self, page: int, problem: Exception, what: Hashable = None) -> bool:
        """Take a failure; True where the page deserves another try at once.

        A worker that died may have been ended from outside, so that the first death says nothing
        about the page. ``what`` tells several things of one page apart.
        """
        kind = getattr(problem, "kind", "")
        if kind == "crashed":
            self._crashes[page, what] += 1
            if self._crashes[page, what] < AT_ONCE:
                return True
        if not isinstance(problem, UserError):
            logging.getLogger(__name__).error("page %d", page, exc_info=problem)
        self.why[page] = str(problem) if isinstance(problem, UserError) else UNKNOWN
        self._kinds[page] = kind
        return False

    def came(self, page: int, what: Hashable = None) -> None:
        """Note that it worked."""
        self._crashes.pop((page, what), None)

    def clear(self) -> None:
        """Forget everything: another document, or the same one opened again."""
        self._crashes.clear()
        self.why.clear()
        self._kinds.clear()

    def retry(self, page: int) -> None:
        """Give a page a new beginning because a person wants it."""
        for key in [key for key in self._crashes if key[0] == page]:
            del self._crashes[key]
        self._forget(lambda other: other == page)

    def new_worker(self) -> None:
        """Let pages go that stopped the worker before, unless they keep doing so."""
        hopeless = {page for (page, _what), times in self._crashes.items() if times >= IN_ALL}
        self._forget(lambda page: self._kinds[page] == "crashed" and page not in hopeless)

    def new_scale(self) -> None:
        """Let pages go that were too large to draw."""
        self._forget(lambda page: self._kinds[page] == "too_large")

    def _forget(self, wanted: Callable[[int], bool]) -> None:
        for page in [page for page in self.why if wanted(page)]:
            del self.why[page], self._kinds[page]
