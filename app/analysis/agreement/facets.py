"""Valence and stage: whether two coders say the same of a passage that both gave the same code.

Items are the matched pairs of units (see ``segments``) and of areas. A unit that several codings of
one coder make up carries the values of all of them. Pairs in which one coder set no value are
counted but not compared.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from app.analysis.agreement.coefficients import NO_PAIRS, NO_VARIATION
from app.analysis.agreement.intervals import Units
from app.analysis.agreement.layers import (
    AreaCoding,
    FacetMasks,
    Floats,
    Integers,
    Layers,
    Mask,
    Offsets,
)
from app.analysis.agreement.segments import Matches

MOST_CONFUSED = 100
SEVERAL = "a coder may give several values here"


@dataclass(frozen=True, slots=True)
class FacetScores:
    """Agreement on one facet, given the same code: of all codes, one code, or a pair of coders.

    ``percent`` is the share of pairs with equal values (equal sets where a facet takes several),
    ``confusion`` counts pairs of values, those of the coder with the lower number first; the most
    frequent ones, not for single codes.
    """

    facet: str
    label: str
    code: str
    coders: tuple[str, ...]
    n_pairs: int
    n_unset: int
    percent: float | None
    alpha: float | None
    cohen_kappa: float | None
    distance: str
    confusion: tuple[tuple[str, str, int], ...]
    why_null: dict[str, str]


def facet_scores(
    layers: Layers, units: Units, matches: Matches, areas: Sequence[tuple[int, int]] = ()
) -> tuple[FacetScores, ...]:
    """Return for each facet the agreement over all matches, per code, and per pair of coders.

    ``areas`` are matched areas by their numbers.
    """
    found: list[FacetScores] = []
    first = [layers.areas[pair[0]] for pair in areas]
    second = [layers.areas[pair[1]] for pair in areas]
    scopes = list(_scopes(layers, units, matches, first, second))
    for number, facet in enumerate(layers.facets):
        masks = np.zeros(len(units.start), dtype=np.int64)
        np.bitwise_or.at(masks, units.unit_of, facet.masks)
        sides = [
            np.concatenate((masks[of_text], np.array([_mask(a, number) for a in own], np.int64)))
            for of_text, own in ((matches.first, first), (matches.second, second))
        ]
        values, place = np.unique(np.concatenate(sides), return_inverse=True)
        pairs = _Pairs(facet, values, *np.split(place, 2))
        found += [pairs.scores(rows, code, coders) for rows, code, coders in scopes]
    return tuple(found)


def _mask(area: AreaCoding, facet: int) -> int:
    return area.facets[facet] if facet < len(area.facets) else 0


def _scopes(
    layers: Layers,
    units: Units,
    matches: Matches,
    first_areas: Sequence[AreaCoding],
    second_areas: Sequence[AreaCoding],
) -> Iterator[tuple[Mask, str, tuple[str, ...]]]:
    yield np.ones(len(matches.first) + len(first_areas), dtype=np.bool_), "", ()
    code = _with(units.code[matches.first], [area.code for area in first_areas])
    for number, named in enumerate(layers.codes):
        if (code == number).any():
            yield code == number, named.id, ()
    first = _with(units.coder[matches.first], [area.coder for area in first_areas])
    second = _with(units.coder[matches.second], [area.coder for area in second_areas])
    for a, one in enumerate(layers.coders):
        for b, other in enumerate(layers.coders[a + 1 :], a + 1):
            yield (first == a) & (second == b), "", (one.id, other.id)


def _with(of_text: Integers, of_areas: list[int]) -> Integers:
    return np.concatenate((of_text, np.array(of_areas, dtype=np.int32)))


class _Pairs:
    """The values of matched units as numbers of distinct sets of values."""

    def __init__(
        self, facet: FacetMasks, values: Offsets, first: Integers, second: Integers
    ) -> None:
        self._facet, self._first, self._second = facet, first, second
        self._values = values
        self._set = (values[first] != 0) & (values[second] != 0)
        self._distance = _masi(values) if facet.multiple else 1 - np.eye(len(values))
        self._words = [_words(facet, value) for value in values.tolist()]

    def scores(self, rows: Mask, code: str, coders: tuple[str, ...]) -> FacetScores:
        """Return the agreement on some of the matches."""
        size = len(self._values)
        chosen = rows & self._set
        cell = self._first[chosen] * size + self._second[chosen]
        table = np.bincount(cell, minlength=size * size).reshape(size, size).astype(np.float64)
        n = int(table.sum())
        percent = float(np.trace(table)) / n if n else None
        alpha = self._alpha(table)
        kappa = None if self._facet.multiple else _cohen(table)
        why: dict[str, str] = {}
        if percent is None:
            why["percent"] = NO_PAIRS
        if alpha is None:
            why["alpha"] = NO_VARIATION if n else NO_PAIRS
        if kappa is None:
            reason = SEVERAL if self._facet.multiple else NO_VARIATION
            why["cohen_kappa"] = reason if n else NO_PAIRS
        return FacetScores(
            facet=self._facet.key,
            label=self._facet.label,
            code=code,
            coders=coders,
            n_pairs=n,
            n_unset=int(rows.sum()) - n,
            percent=percent,
            alpha=alpha,
            cohen_kappa=kappa,
            distance="MASI" if self._facet.multiple else "nominal",
            confusion=() if code else self._confusion(table),
            why_null=why,
        )

    def _alpha(self, table: Floats) -> float | None:
        coincidences = table + table.T
        margins = coincidences.sum(axis=1)
        n = float(margins.sum())
        expected = float((np.outer(margins, margins) * self._distance).sum())
        if expected <= 0:
            return None
        return 1 - float((coincidences * self._distance).sum()) * (n - 1) / expected

    def _confusion(self, table: Floats) -> tuple[tuple[str, str, int], ...]:
        a, b = np.nonzero(table)
        order = np.lexsort((b, a, -table[a, b]))[:MOST_CONFUSED]
        rows = zip(a[order].tolist(), b[order].tolist(), table[a, b][order].tolist(), strict=True)
        return tuple((self._words[one], self._words[other], int(n)) for one, other, n in rows)


def _cohen(table: Floats) -> float | None:
    n = float(table.sum())
    if not n:
        return None
    chance: float = float((table.sum(axis=0) * table.sum(axis=1)).sum() / n**2)
    return None if chance >= 1 else (float(np.trace(table)) / n - chance) / (1 - chance)


def _masi(values: Offsets) -> Floats:
    """Return the MASI distances of sets given as bit masks (see ``label_sets``)."""
    one, other = values[:, None], values[None, :]
    shared = np.bitwise_count(one & other).astype(np.float64)
    either = np.bitwise_count(one | other).astype(np.float64)
    inside = ((one & other) == one) | ((one & other) == other)
    factor = np.where(one == other, 1.0, np.where(inside, 2 / 3, 1 / 3))
    share = np.divide(shared, either, out=np.zeros_like(shared), where=either > 0)
    return np.asarray(np.where(one == other, 0.0, 1 - share * factor))


def _words(facet: FacetMasks, mask: int) -> str:
    return "; ".join(value for bit, value in enumerate(facet.values) if mask >> bit & 1)
