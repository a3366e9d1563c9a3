"""Intervals by drawing whole documents with replacement (cluster bootstrap), with a fixed seed.

Characters are not independent of each other, documents more nearly are. With few documents,
paragraphs are drawn instead where they are known.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis.agreement.layers import Floats

SEED = 20_160_901
REPLICATES = 1_000
LEVEL = 0.95
FEW_DOCUMENTS = 8
TARGETS = (0.667, 0.800)
_ENOUGH = 0.5  # of the replicates have to be estimable


@dataclass(frozen=True, eq=False, slots=True)
class Draws:
    """How often each cluster was drawn in each replicate: replicates x clusters."""

    weights: Floats

    @classmethod
    def make(cls, clusters: int, replicates: int, seed: int) -> "Draws":
        """Draw as many clusters as there are, with replacement, in each replicate."""
        if not clusters:
            return cls(np.zeros((replicates, 0)))
        random = np.random.default_rng(seed)
        chances = np.full(clusters, 1 / clusters)
        return cls(random.multinomial(clusters, chances, size=replicates).astype(np.float64))


@dataclass(frozen=True, slots=True)
class Interval:
    """A percentile interval, and how often a replicate missed .667 and .800."""

    low: float
    high: float
    below_667: float
    below_800: float
    replicates: int


def intervals(
    statistics: Mapping[str, Callable[[Floats], Floats]],
    draws: Draws,
    table: Floats,
    level: float = LEVEL,
) -> dict[str, list[Interval | None]]:
    """Return for each statistic of summed counts an interval per column (code).

    ``table`` is fields x clusters x codes; a statistic gets fields x replicates x codes and
    returns replicates x codes. ``None`` where fewer than half of the replicates are estimable.
    """
    sums = np.matmul(draws.weights, table)
    return {
        name: [_of(column, level) for column in statistic(sums).T]
        for name, statistic in statistics.items()
    }


def _of(values: Floats, level: float) -> Interval | None:
    good = values[np.isfinite(values)]
    if not len(good) or len(good) < _ENOUGH * len(values):
        return None
    low, high = np.quantile(good, [(1 - level) / 2, (1 + level) / 2])
    below = [float((good < target).mean()) for target in TARGETS]
    return Interval(float(low), float(high), below[0], below[1], len(good))


def add_up(table: Floats, group: NDArray[np.integer], groups: int) -> Floats:
    """Return fields x pieces x codes added up to fields x groups x codes."""
    out = np.zeros((table.shape[0], groups, table.shape[2]))
    np.add.at(out.swapaxes(0, 1), group, table.swapaxes(0, 1))
    return out
