"""Coefficients for items that several coders gave one value each: ratings, valences, tables.

An item is a sequence of values, one per coder, ``None`` where a coder said nothing. Items with
fewer than two values count in nothing but the number of items.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Literal

import numpy as np

from app.analysis.agreement.layers import Floats

Level = Literal["nominal", "ordinal", "interval", "ratio"]
LEVELS: tuple[Level, ...] = ("nominal", "ordinal", "interval", "ratio")
Items = Sequence[Sequence[Any]]
Distance = Callable[[Any, Any], float]

NO_PAIRS = "no item has values of two coders"
NO_VARIATION = "all values are the same, so chance cannot be told from agreement"
TWO_CODERS = "defined for two coders only"
UNEQUAL = "needs the same number of values on every item"


@dataclass(frozen=True, slots=True)
class Ratings:
    """Coefficients of a table of items by coders; ``why_null`` says why one is missing."""

    n_items: int
    n_pairable: int
    n_coders: int
    values: tuple[Any, ...]
    percent: float | None
    alpha: float | None
    cohen_kappa: float | None
    scott_pi: float | None
    fleiss_kappa: float | None
    gwet_ac1: float | None
    s: float | None
    why_null: dict[str, str]


def rate(items: Items, level: Level = "nominal") -> Ratings:
    """Return all coefficients; only alpha depends on the level of measurement."""
    table = Table.of(items)
    why: dict[str, str] = {}

    def known(name: str, value: float | None, reason: str) -> float | None:
        if value is None:
            why[name] = NO_PAIRS if not len(table.counts) else reason
        return value

    two = table.coders == 2
    single = NO_VARIATION
    return Ratings(
        n_items=len(items),
        n_pairable=len(table.counts),
        n_coders=table.coders,
        values=table.values,
        percent=known("percent", table.percent(), NO_PAIRS),
        alpha=known("alpha", alpha(items, level), single),
        cohen_kappa=known("cohen_kappa", cohen(items) if two else None,
                          single if two else TWO_CODERS),
        scott_pi=known("scott_pi", table.fleiss() if two else None,
                       single if two else TWO_CODERS),
        fleiss_kappa=known("fleiss_kappa", table.fleiss(),
                           single if table.is_balanced() else UNEQUAL),
        gwet_ac1=known("gwet_ac1", table.gwet(), single),
        s=known("s", table.free_marginal(), single),
        why_null=why,
    )  # fmt: skip


@dataclass(frozen=True, eq=False, slots=True)
class Table:
    """How often each item with at least two values got each value: items x values."""

    values: tuple[Any, ...]
    counts: Floats
    coders: int

    @classmethod
    def of(cls, items: Items) -> "Table":
        """Count the values of items."""
        values = _values(items)
        place = {value: number for number, value in enumerate(values)}
        counts = np.zeros((len(items), len(values)))
        for row, item in enumerate(items):
            for value in item:
                if value is not None:
                    counts[row, place[value]] += 1
        coders = max((len(item) for item in items), default=0)
        return cls(values, counts[counts.sum(axis=1) >= 2], coders)

    def percent(self) -> float | None:
        """Return the mean over items of the share of agreeing coder pairs."""
        if not len(self.counts):
            return None
        n = self.counts.sum(axis=1)
        return float(np.mean((self.counts * (self.counts - 1)).sum(axis=1) / (n * (n - 1))))

    def is_balanced(self) -> bool:
        """Return whether all items have the same number of values."""
        n = self.counts.sum(axis=1)
        return bool(len(n)) and bool((n == n[0]).all())

    def fleiss(self) -> float | None:
        """Return Fleiss' kappa, for two coders Scott's pi."""
        observed = self.percent()
        if observed is None or not self.is_balanced():
            return None
        share = self.counts.sum(axis=0) / self.counts.sum()
        return _corrected(observed, float((share**2).sum()))

    def fleiss_of_value(self, value: Hashable) -> float | None:
        """Return Fleiss' kappa of one value against all others."""
        at = self.values.index(value)
        one = self.counts[:, at]
        two = np.stack((one, self.counts.sum(axis=1) - one), axis=1)
        return Table((value, None), two, self.coders).fleiss()

    def gwet(self) -> float | None:
        """Return Gwet's AC1."""
        observed, q = self.percent(), self._used()
        if observed is None or q < 2:
            return None
        share = (self.counts / self.counts.sum(axis=1, keepdims=True)).mean(axis=0)
        return _corrected(observed, float((share * (1 - share)).sum() / (q - 1)))

    def free_marginal(self) -> float | None:
        """Return S: chance is one over the number of values that occur."""
        observed, q = self.percent(), self._used()
        return None if observed is None or q < 2 else _corrected(observed, 1 / q)

    def _used(self) -> int:
        return int((self.counts.sum(axis=0) > 0).sum())


def cohen(items: Items) -> float | None:
    """Return Cohen's kappa of two coders, from the items both gave a value."""
    pairs = [(a, b) for a, b in items if a is not None and b is not None]
    if not pairs:
        return None
    values = {value for pair in pairs for value in pair}
    if len(values) < 2:
        return None
    agreed = sum(a == b for a, b in pairs) / len(pairs)
    firsts, seconds = [a for a, _ in pairs], [b for _, b in pairs]
    chance = sum(firsts.count(v) * seconds.count(v) for v in values) / len(pairs) ** 2
    return _corrected(agreed, chance)


def items_of_table(table: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """Return the items behind a square table of two coders, counted from value 0."""
    return [
        (a, b) for a, row in enumerate(table) for b, count in enumerate(row) for _ in range(count)
    ]


def alpha(items: Items, level: Level = "nominal", distance: Distance | None = None) -> float | None:
    """Return Krippendorff's alpha; ``distance`` (0 for equal values) replaces the level.

    For ordinal, interval and ratio data the values are numbers.
    """
    observed, expected = disagreement(items, level, distance)
    return None if expected <= 0 else 1 - observed / expected


def disagreement(
    items: Items, level: Level = "nominal", distance: Distance | None = None
) -> tuple[float, float]:
    """Return the observed and the expected disagreement of alpha."""
    values = _values(items, numeric=distance is None and level != "nominal")
    coincidences = _coincidences(items, values)
    margins = coincidences.sum(axis=1)
    n = margins.sum()
    if n <= 1:
        return 0.0, 0.0
    if distance is None:
        delta = _squared_distances(values, margins, level)
    else:
        delta = np.array([[distance(a, b) for b in values] for a in values])
    observed = float((coincidences * delta).sum() / n)
    expected = float((np.outer(margins, margins) * delta).sum() / (n * (n - 1)))
    return observed, expected


def _coincidences(items: Items, values: tuple[Any, ...]) -> Floats:
    place = {value: number for number, value in enumerate(values)}
    found = np.zeros((len(values), len(values)))
    for item in items:
        said = [place[value] for value in item if value is not None]
        for a, b in combinations(said, 2):
            found[a, b] += 1 / (len(said) - 1)
            found[b, a] += 1 / (len(said) - 1)
    return found


def _squared_distances(values: tuple[Any, ...], margins: Floats, level: Level) -> Floats:
    if level == "nominal":
        return 1 - np.eye(len(values))
    if level == "ordinal":
        # The ranks between two values, with half of each of theirs.
        middle = np.cumsum(margins) - margins / 2
        return np.asarray((middle[:, None] - middle[None, :]) ** 2)
    numbers = np.array(values, dtype=np.float64)
    apart = numbers[:, None] - numbers[None, :]
    if level == "interval":
        return np.asarray(apart**2)
    together = numbers[:, None] + numbers[None, :]
    share = np.divide(apart, together, out=np.zeros_like(apart), where=together != 0)
    return np.asarray(share**2)


def _values(items: Items, *, numeric: bool = False) -> tuple[Any, ...]:
    found = {value for item in items for value in item if value is not None}
    return tuple(sorted(found) if numeric else sorted(found, key=repr))


def _corrected(observed: float, chance: float) -> float | None:
    return None if chance >= 1 else (observed - chance) / (1 - chance)
