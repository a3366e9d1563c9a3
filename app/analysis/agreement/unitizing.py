"""Unitising alphas with all codes as the values of one continuum.

``family`` gives u-alpha, |u-alpha, cu-alpha and (k)u-alpha in the form of 2016/2019 (Krippendorff,
Mathet, Bouvry & Widlöcher 2016; Krippendorff 2019, 12.6). They assume that the units of one coder
do not overlap. ``alpha_1995`` is the older form of 1995/2004, for comparison with other programs.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.analysis.agreement.intervals import Units, distinct
from app.analysis.agreement.layers import Floats, Indices, Layers, Offsets

VERSION = "2016/2019 (Krippendorff, Mathet, Bouvry & Widlöcher 2016; Krippendorff 2019, 12.6)"
GAP = 0  # the value of what nobody coded, called phi in the literature


@dataclass(frozen=True, slots=True)
class Family:
    """The alphas of one continuum; ``None`` where they are not estimable.

    ``coverage`` is the share of the coded lengths to which cu-alpha refers.
    """

    u_alpha: float | None
    u_alpha_binary: float | None
    cu_alpha: float | None
    ku_alpha: tuple[float | None, ...]
    coverage: float | None


def overlaps_itself(layers: Layers, units: Units) -> bool:
    """Return whether units of one coder overlap in some text, whatever their codes."""
    if not len(units.start):
        return False
    stride = int(units.end.max()) + 1
    lane = units.continuum.astype(np.int64) * len(layers.coders) + units.coder
    order = np.argsort(lane * stride + units.start, kind="stable")
    low, high = (lane * stride + units.start)[order], (lane * stride + units.end)[order]
    return bool((low[1:] < high[:-1]).any())


def family(layers: Layers, units: Units) -> Family:
    """Return the alphas of all texts laid end to end; units must not overlap themselves."""
    values = len(layers.codes) + 1
    continuum, length, labels = _tiles(layers, units)
    crew = layers.roster.sum(axis=1).astype(np.float64)
    share = length / (crew[continuum] - 1)
    observed = np.zeros((values, values))
    for a in range(len(layers.coders)):
        for b in range(len(layers.coders)):
            both = layers.roster[continuum, a] & layers.roster[continuum, b]
            if a != b and both.any():
                cell = labels[both, a] * values + labels[both, b]
                observed += np.bincount(
                    cell, weights=share[both], minlength=values * values
                ).reshape(values, values)
    size = units.end - units.start
    squares = np.zeros(values)
    np.add.at(squares, units.code + 1, size.astype(np.float64) ** 2)
    margins = observed.sum(axis=1)
    squares[GAP] = margins[GAP]
    pairable = _pairable_squares(layers, units, continuum, length, labels, values)
    coded = observed[1:, 1:]
    return Family(
        u_alpha=_one_minus(*_disagreement(observed, squares)),
        u_alpha_binary=_one_minus(*_disagreement(*_collapsed(observed, squares))),
        cu_alpha=_one_minus(*_disagreement(coded, pairable)),
        ku_alpha=tuple(_of_value(coded, pairable, k) for k in range(values - 1)),
        coverage=float(coded.sum() / margins[1:].sum()) if margins[1:].sum() else None,
    )


def _tiles(layers: Layers, units: Units) -> tuple[Indices, Offsets, Offsets]:
    """Cut all texts wherever a unit begins or ends: text, length, and each coder's value."""
    coders = len(layers.coders)
    lengths = np.array([c.length for c in layers.continua], dtype=np.int64)
    stride = int(lengths.max(initial=0)) + 1
    texts = np.arange(len(lengths), dtype=np.int64)
    base = units.continuum.astype(np.int64) * stride
    edges = distinct(
        np.concatenate(
            (base + units.start, base + units.end, texts * stride, texts * stride + lengths)
        )
    )
    continuum = edges[:-1] // stride
    length = np.diff(edges)
    inside = (edges[1:] // stride == continuum) & (length > 0)
    low, continuum, length = edges[:-1][inside], continuum[inside], length[inside]
    labels = np.zeros((len(low), coders), dtype=np.int64)
    for coder in range(coders):
        own = np.flatnonzero(units.coder == coder)
        if not len(own):
            continue
        starts, ends = base[own] + units.start[own], base[own] + units.end[own]
        order = np.argsort(starts)
        at = np.searchsorted(starts[order], low, side="right") - 1
        there = (at >= 0) & (low < ends[order][at])
        labels[:, coder] = np.where(there, units.code[own][order][at] + 1, GAP)
    return continuum.astype(np.int32), length, labels


def _pairable_squares(
    layers: Layers, units: Units, continuum: Indices, length: Offsets, labels: Offsets, values: int
) -> Floats:
    """Return the squared lengths of the parts of units that meet a unit of somebody else."""
    squares = np.zeros(values - 1)
    coded = labels > GAP
    meets = coded & (coded.sum(axis=1) >= 2)[:, None]
    stride = max((c.length for c in layers.continua), default=0) + 1
    place = np.concatenate(([0], np.cumsum(length)))[:-1]
    first = np.searchsorted(continuum, np.arange(len(layers.continua)))
    low = continuum.astype(np.int64) * stride + place - place[first[continuum]]
    for coder in range(len(layers.coders)):
        own = np.flatnonzero(units.coder == coder)
        if not len(own):
            continue
        starts = units.continuum[own].astype(np.int64) * stride + units.start[own]
        order = np.argsort(starts)
        at = np.searchsorted(starts[order], low[meets[:, coder]], side="right") - 1
        part = np.bincount(at, weights=length[meets[:, coder]], minlength=len(own))
        squares += np.bincount(units.code[own][order], weights=part**2, minlength=values - 1)
    return squares


def _disagreement(observed: Floats, squares: Floats) -> tuple[float, float]:
    """Return observed and expected mismatching length."""
    margins = observed.sum(axis=1)
    total = margins.sum()
    pairable = total - squares.sum() / total if total > 0 else 0.0
    if pairable <= 0:
        return 0.0, 0.0
    expected = (np.outer(margins, margins) - np.diag(squares)) / pairable
    return float(observed.sum() - np.trace(observed)), float(expected.sum() - np.trace(expected))


def _collapsed(observed: Floats, squares: Floats) -> tuple[Floats, Floats]:
    two = np.array(
        [
            [observed[GAP, GAP], observed[GAP, 1:].sum()],
            [observed[1:, GAP].sum(), observed[1:, 1:].sum()],
        ]
    )
    return two, np.array([squares[GAP], squares[1:].sum()])


def _of_value(observed: Floats, squares: Floats, value: int) -> float | None:
    margins = observed.sum(axis=1)
    total = margins.sum()
    if total <= 0 or margins[value] <= 0:
        return None
    scale = total - squares.sum() / total
    if scale <= 0:
        return None
    mismatch = margins[value] - observed[value, value]
    expected = margins[value] * (total - margins[value]) / scale
    return _one_minus(float(mismatch), float(expected))


def _one_minus(observed: float, expected: float) -> float | None:
    return None if expected <= 0 or not np.isfinite(expected) else 1 - observed / expected


# --- the form of 1995/2004 ------------------------------------------------------------------------

Unit = tuple[float, float]  # start and length


def alpha_1995(
    begin: float, length: float, categories: Sequence[Sequence[Sequence[Unit]]]
) -> tuple[float | None, list[tuple[float, float]]]:
    """Return alpha_U of 1995/2004 and the observed and expected disagreement per category.

    ``categories[c][i]`` are the units of category ``c`` of coder ``i``.
    """
    found = [_disagreement_1995(begin, length, coders) for coders in categories]
    observed, expected = (sum(part) for part in zip(*found, strict=True)) if found else (0, 0)
    return _one_minus(observed, expected), found


def _disagreement_1995(
    begin: float, length: float, coders: Sequence[Sequence[Unit]]
) -> tuple[float, float]:
    m = len(coders)
    lanes = [_with_gaps(begin, length, units) for units in coders]
    total = sum(
        _difference_1995(g, h)
        for i in range(m)
        for j in range(m)
        if i != j
        for g in lanes[i]
        for h in lanes[j]
    )
    observed = total / (m * (m - 1) * length**2)
    units = [u for lane in lanes for u in lane if u[2]]
    gaps = [u for lane in lanes for u in lane if not u[2]]
    numerator = 0.0
    for _start, size, _valued in units:
        numerator += (len(units) - 1) / 3 * (2 * size**3 - 3 * size**2 + size)
        numerator += size**2 * sum(gap[1] - size + 1 for gap in gaps if gap[1] >= size)
    pairs = m * length * (m * length - 1) - sum(u[1] * (u[1] - 1) for u in units)
    return observed, 2 / length * numerator / pairs if pairs > 0 else 0.0


def _with_gaps(
    begin: float, length: float, units: Sequence[Unit]
) -> list[tuple[float, float, bool]]:
    lane, at = [], begin
    for start, size in sorted(units):
        if start > at:
            lane.append((at, start - at, False))
        lane.append((start, size, True))
        at = start + size
    if at < begin + length:
        lane.append((at, begin + length - at, False))
    return lane


def _difference_1995(g: tuple[float, float, bool], h: tuple[float, float, bool]) -> float:
    """Return the squared difference of two sections of different coders."""
    (b1, l1, unit1), (b2, l2, unit2) = g, h
    if unit1 and unit2 and -l1 < b1 - b2 < l2:
        return (b1 - b2) ** 2 + (b1 + l1 - b2 - l2) ** 2
    if unit1 and not unit2 and l2 - l1 >= b1 - b2 >= 0:
        return l1**2
    if unit2 and not unit1 and l1 - l2 >= b2 - b1 >= 0:
        return l2**2
    return 0.0
