"""The codes used last, on the digits 1 to 9.

A code keeps its digit as long as it is among the nine used last, so that fingers learn it. The
digits are kept for each project in the user's settings.
"""

from collections.abc import Callable, Collection

from app.ui.reading.page_keys import RECENT
from app.ui.settings import settings


class RecentCodes:
    """Nine places; a new code takes a free one, else that of the code not used for longest."""

    def __init__(self, told: Callable[[], object] = lambda: None) -> None:
        """Call ``told`` whenever a code gets or loses a digit."""
        self._told = told
        self._setting = ""
        self._places: list[str] = []
        self._used: list[str] = []

    def open(self, project_id: str) -> None:
        """Take the digits of a project; "" for none."""
        self._setting = f"read.recent.{project_id}" if project_id else ""
        kept = settings().value(self._setting, {}) if self._setting else {}
        kept = kept if isinstance(kept, dict) else {}
        self._places = [str(code) for code in kept.get("places", [])][:RECENT]
        self._used = [str(code) for code in kept.get("used", []) if code in self._places]
        self._told()

    def use(self, code_id: str) -> None:
        """Note that a code was used."""
        if self._used[-1:] == [code_id]:
            return
        before = list(self._places)
        if code_id not in self._places:
            if len(self._places) < RECENT:
                self._places.append(code_id)
            else:
                oldest = next((c for c in self._used if c in before), before[0])
                self._places[before.index(oldest)] = code_id
        self._used = [c for c in self._used if c != code_id and c in self._places]
        self._used.append(code_id)
        if self._setting:
            settings().remember(self._setting, {"places": self._places, "used": self._used})
        if before != self._places:
            self._told()

    def keep(self, known: Collection[str], living: Callable[[str], str] = lambda c: c) -> None:
        """Forget codes that are not offered any more; the digit of a merged one goes with it.

        ``living`` tells into which code another one went.
        """

        def now(codes: list[str]) -> list[str]:
            there = [code if code in known else living(code) for code in codes]
            return [code for code in dict.fromkeys(there) if code in known]

        kept = now(self._places)
        if kept != self._places:
            self._places, self._used = kept, now(self._used)
            self._told()

    def code(self, number: int) -> str:
        """Return the code on a digit, counted from 0; "" where there is none."""
        return self._places[number] if 0 <= number < len(self._places) else ""

    def digits(self) -> dict[str, int]:
        """Return the numbers by code id, counted from 1."""
        return {code: number for number, code in enumerate(self._places, start=1)}
