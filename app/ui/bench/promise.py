"""One promise about speed, and how a measurement becomes a row."""

import math
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.errors import UserError

if TYPE_CHECKING:
    from app.ui.bench.material import Material


class NotMeasured(Exception):
    """It cannot be measured here; the message says why."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """A number in the unit of its promise, from so many repeats, and how it was taken."""

    value: float
    repeats: int
    how: str


@dataclass(frozen=True, slots=True)
class Promise:
    """``bar`` is the largest value that keeps it, in ``unit``."""

    name: str
    unit: str
    bar: float
    measure: Callable[["Material"], Measurement]

    def row(self, material: "Material") -> dict[str, Any]:
        """Measure and return the row; what cannot be measured says why."""
        try:
            found = self.measure(material)
        except (NotMeasured, UserError) as problem:
            return self._row(None, 0, f"Not measured: {problem}")
        return self._row(found.value, found.repeats, found.how)

    def _row(self, value: float | None, repeats: int, how: str) -> dict[str, Any]:
        measured = None if value is None or not math.isfinite(value) else rounded(value)
        return {
            "name": self.name,
            "measured": measured,
            "unit": self.unit,
            "bar": self.bar,
            "ok": measured is not None and measured <= self.bar,
            "repeats": repeats,
            "how": how,
        }


def rounded(value: float) -> float:
    """Return three significant digits."""
    return float(f"{value:.3g}")


def median(values: Sequence[float]) -> float:
    """Return the median.

    Raises:
        NotMeasured: there are no values.
    """
    if not values:
        raise NotMeasured("nothing was timed.")
    return statistics.median(values)


def p95(values: Sequence[float]) -> float:
    """Return the value that 95 of 100 do not exceed (nearest rank).

    Raises:
        NotMeasured: there are no values.
    """
    if not values:
        raise NotMeasured("nothing was timed.")
    return sorted(values)[math.ceil(0.95 * len(values)) - 1]


def spoken(seconds: float) -> str:
    """Return a time for a sentence, in milliseconds below one second."""
    return f"{seconds:.3g} s" if seconds >= 0.9995 else f"{seconds * 1000:.3g} ms"
