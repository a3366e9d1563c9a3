"""Alpha on sets of labels: several codes, or several stages, at one place.

Distances: Jaccard (one minus the shared part of the union), and MASI in the form 1 - J x M of
Passonneau (2006), where M is 1 for equal sets, 2/3 when one holds the other, 1/3 when they
overlap, 0 when they do not. (Some programs compute (1-J)(1-M) under the same name.)
"""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from app.analysis.agreement.coefficients import Items, alpha
from app.analysis.agreement.intervals import Units, distinct
from app.analysis.agreement.layers import Floats, Layers, Mask, Offsets

SetDistance = Literal["masi", "jaccard"]
Labels = frozenset[Any]


def masi(a: Labels, b: Labels) -> float:
    """Return the MASI distance; two empty sets are equal."""
    if a == b:
        return 0.0
    shared = len(a & b)
    if not shared:
        return 1.0
    monotonicity = 2 / 3 if a <= b or b <= a else 1 / 3
    return 1 - shared / len(a | b) * monotonicity


def jaccard(a: Labels, b: Labels) -> float:
    """Return the Jaccard distance; two empty sets are equal."""
    return 0.0 if a == b else 1 - len(a & b) / len(a | b)


def set_alpha(items: Items, distance: SetDistance = "masi") -> float | None:
    """Return alpha of items whose values are sets (frozensets), ``None`` where missing."""
    return alpha(items, distance=masi if distance == "masi" else jaccard)


# --- every character has the set of codes that a coder gave it ------------------------------------

MOST_SETS = 3_000
"""So many different sets are compared with each other; more would need too much memory."""


@dataclass(frozen=True, slots=True)
class CharacterSets:
    """Alpha with every character as an item and the set of its codes as the value.

    ``everywhere`` takes the empty set as a value like others; ``coded`` only what a coder coded
    at all, which asks "which codes, where two coded something?". ``None`` where it is not
    estimable, or where there are more than ``MOST_SETS`` different sets.
    """

    everywhere: float | None
    coded: float | None
    n_sets: int


def character_sets(layers: Layers, units: Units, distance: SetDistance = "masi") -> CharacterSets:
    """Return both alphas of the sets of codes on characters."""
    continuum, length, number, sets = _tiles(layers, units)
    if len(sets) > MOST_SETS:
        return CharacterSets(None, None, len(sets))
    delta = _distances(sets, distance)
    roster = layers.roster[continuum]
    has_codes = np.asarray(sets.any(axis=1))
    coded = roster & has_codes[number]
    return CharacterSets(
        _weighted_alpha(number, length, roster, delta),
        _weighted_alpha(number, length, coded, delta),
        len(sets),
    )


def _weighted_alpha(number: Offsets, length: Offsets, said: Mask, delta: Floats) -> float | None:
    crew = said.sum(axis=1)
    weight = np.divide(length, crew - 1, out=np.zeros(len(length)), where=crew > 1)
    found = np.zeros_like(delta)
    for a in range(said.shape[1]):
        for b in range(a + 1, said.shape[1]):
            both = said[:, a] & said[:, b]
            np.add.at(found, (number[both, a], number[both, b]), weight[both])
    coincidences = found + found.T
    margins = coincidences.sum(axis=1)
    n, expected = float(margins.sum()), float(margins @ delta @ margins)
    if n <= 1 or expected <= 0:
        return None
    return 1 - float((coincidences * delta).sum()) * (n - 1) / expected


def _tiles(layers: Layers, units: Units) -> tuple[Offsets, Offsets, Offsets, Floats]:
    """Cut all texts wherever a unit begins or ends.

    Return text, length, the number of each coder's set (tiles x coders), and the sets (x codes).
    """
    coders, codes = len(layers.coders), len(layers.codes)
    lengths = np.array([c.length for c in layers.continua], dtype=np.int64)
    stride = int(lengths.max(initial=0)) + 1
    texts = np.arange(len(lengths), dtype=np.int64) * stride
    base = units.continuum.astype(np.int64) * stride
    edges = distinct(np.concatenate((base + units.start, base + units.end, texts, texts + lengths)))
    low, length = edges[:-1], np.diff(edges)
    inside = low // stride == edges[1:] // stride
    first, last = (np.searchsorted(edges, base + end) for end in (units.start, units.end))
    # A word of random bits per code: the exclusive-or of those in force names the set.
    words = np.random.default_rng(1).integers(1, 2**63 - 1, size=max(codes, 1), dtype=np.int64)
    names = np.zeros((len(edges), coders), dtype=np.int64)
    np.bitwise_xor.at(names, (first, units.coder), words[units.code])
    np.bitwise_xor.at(names, (last, units.coder), words[units.code])
    names = np.bitwise_xor.accumulate(names, axis=0)
    # Every set begins where a unit of its coder begins or ends, the empty one at least there.
    starts = np.concatenate((first, last))
    kinds, example = np.unique(
        np.concatenate(([0], names[starts, np.tile(units.coder, 2)])), return_index=True
    )
    sets = np.zeros((len(kinds), codes))
    if len(kinds) > MOST_SETS:
        return low[:0], length[:0], names[:0], sets
    for row, place in enumerate(example.tolist()):
        if place:
            at, who = starts[place - 1], units.coder[(place - 1) % len(first)]
            sets[row, units.code[(first <= at) & (at < last) & (units.coder == who)]] = 1
    number = np.searchsorted(kinds, names[:-1][inside])
    return low[inside] // stride, length[inside], number, sets


def _distances(sets: Floats, distance: SetDistance) -> Floats:
    shared = sets @ sets.T
    size = sets.sum(axis=1)
    either = size[:, None] + size[None, :] - shared
    equal = (shared == size[:, None]) & (shared == size[None, :])
    inside = (shared == size[:, None]) | (shared == size[None, :])
    factor = np.where(inside, 2 / 3, 1 / 3) if distance == "masi" else np.ones_like(shared)
    share = np.divide(shared, either, out=np.zeros_like(shared), where=either > 0)
    return np.asarray(np.where(equal, 0.0, 1 - share * factor))
