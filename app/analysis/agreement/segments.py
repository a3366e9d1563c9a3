"""Matching passages one to one between two coders: precision, recall, F1 at an overlap.

Two units match when their common part is at least ``threshold`` of the longer one (or of their
union). A unit matches at most one other; as many as possible are matched.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from app.analysis.agreement.intervals import Pieces, Units
from app.analysis.agreement.layers import Floats, Indices, Layers, Mask
from app.analysis.cooccurrence import overlapping_pairs

Measure = Literal["longer", "union"]
MEASURES: tuple[Measure, ...] = ("longer", "union")
_ROUNDING = 1e-9


@dataclass(frozen=True, eq=False, slots=True)
class Matches:
    """Matched pairs of units; ``first`` belongs to the coder with the lower number."""

    first: Indices
    second: Indices


@dataclass(frozen=True, eq=False, slots=True)
class SegmentCounts:
    """Matched pairs (pairs x pieces x codes) and units (coders x pieces x codes)."""

    matched: Floats
    units: Floats
    pairs: tuple[tuple[int, int], ...]
    roster: Mask  # pieces x coders

    def of_pair(self, number: int) -> tuple[Floats, Floats, Floats]:
        """Return matched pairs and the units of both coders where both worked."""
        a, b = self.pairs[number]
        together = (self.roster[:, a] & self.roster[:, b])[:, None]
        return self.matched[number], self.units[a] * together, self.units[b] * together

    def everyone(self) -> tuple[Floats, Floats]:
        """Return matched pairs and compared units, summed over all pairs of coders."""
        parts = [self.of_pair(number) for number in range(len(self.pairs))]
        return sum((p[0] for p in parts), _zero(self)), sum(
            (p[1] + p[2] for p in parts), _zero(self)
        )


def _zero(counts: SegmentCounts) -> Floats:
    return np.zeros(counts.units.shape[1:])


def match(layers: Layers, units: Units, threshold: float, measure: Measure = "longer") -> Matches:
    """Match the units of all pairs of coders, code by code."""
    group = units.continuum.astype(np.int64) * len(layers.codes) + units.code
    first, second = overlapping_pairs(group, units.start, units.end)
    swap = units.coder[first] > units.coder[second]
    first, second = np.where(swap, second, first), np.where(swap, first, second)
    low = np.maximum(units.start[first], units.start[second])
    high = np.minimum(units.end[first], units.end[second])
    size = units.end - units.start
    if measure == "longer":
        whole = np.maximum(size[first], size[second])
    else:
        whole = size[first] + size[second] - (high - low)
    enough = (high - low) >= threshold * whole - _ROUNDING
    first, second = first[enough], second[enough]
    # Units of one coder do not overlap, so candidate pairs in text order never cross, and taking
    # the first free pair each time gives as many pairs as possible.
    order = np.lexsort((units.start[second], units.start[first]))
    return _one_to_one(first[order], second[order], units.coder)


def _one_to_one(first: Indices, second: Indices, coder: Indices) -> Matches:
    """Take pairs in their order, each unit once per other coder."""
    coders = int(coder.max(initial=0)) + 1
    left = first.astype(np.int64) * coders + coder[second]
    right = second.astype(np.int64) * coders + coder[first]
    contested = _repeated(left) | _repeated(right)
    keep = ~contested
    taken: set[int] = set()
    for row in np.flatnonzero(contested).tolist():
        one, other = int(left[row]), int(right[row])
        if one not in taken and other not in taken:
            taken.update((one, other))
            keep[row] = True
    return Matches(first[keep].astype(np.int32), second[keep].astype(np.int32))


def _repeated(keys: Indices) -> Mask:
    _, place, counts = np.unique(keys, return_inverse=True, return_counts=True)
    return np.asarray(counts[place] > 1)


def count_segments(
    layers: Layers,
    units: Units,
    matches: Matches,
    pieces: Pieces,
    pairs: tuple[tuple[int, int], ...],
) -> SegmentCounts:
    """Count units and matches by piece and code; a match counts where its first unit begins."""
    codes, coders = len(layers.codes), len(layers.coders)
    shape = (len(pieces.start), codes)
    piece = pieces.of(units.continuum, units.start)
    cell = piece.astype(np.int64) * codes + units.code
    wide = shape[0] * codes
    lane = units.coder.astype(np.int64) * wide + cell
    counted = np.bincount(lane, minlength=coders * wide).reshape(coders, *shape)
    number = np.zeros((coders, coders), dtype=np.int64)
    for place, (a, b) in enumerate(pairs):
        number[a, b] = place
    pair = number[units.coder[matches.first], units.coder[matches.second]]
    lane = pair * wide + cell[matches.first]
    matched = np.bincount(lane, minlength=len(pairs) * wide).reshape(len(pairs), *shape)
    roster = layers.roster[pieces.continuum]
    return SegmentCounts(matched.astype(float), counted.astype(float), pairs, roster)


def precision_recall_f1(matched: Floats, first: Floats, second: Floats) -> tuple[Floats, ...]:
    """Return precision, recall and F1 with the first coder as the reference; NaN without units."""
    return _share(matched, second), _share(matched, first), _share(2 * matched, first + second)


def f1(matched: Floats, units: Floats) -> Floats:
    """Return F1 from matched pairs and the units of both sides together."""
    return _share(2 * matched, units)


def _share(part: Floats, whole: Floats) -> Floats:
    out: Floats = np.full(whole.shape, np.nan)
    np.divide(part, whole, out=out, where=whole > 0)
    return out
