"""What lies behind a number of the table: the codings that make it up, and how much they are."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from app.analysis.agreement.areas import Box, area_matches
from app.analysis.agreement.layers import AreaCoding, Layers
from app.analysis.agreement.report import Settings
from app.ui.team.agreement_columns import AREAS, CHARACTERS, DOCUMENTS, ONLY, PASSAGES, STUDIES
from app.ui.team.agreement_lines import Target
from app.ui.team.agreement_unmatched import matched_units, narrowed

ALL, BOTH, SOME, ONE = "all", "both", "some", "only_one"
Fits = Callable[[set[int], set[int]], bool]


@dataclass(frozen=True, slots=True)
class Behind:
    """Ids of codings, and their amount in the unit of the table (0 for all together)."""

    coding_ids: tuple[str, ...] = ()
    amount: float = 0.0


def find_behind(layers: Layers, target: Target, unit: str, part: str, settings: Settings) -> Behind:
    """Return the codings behind one part of a row: "all", "both", "some" or "only:" and a coder."""
    chosen = narrowed(layers, target)
    if unit == AREAS:
        return _of_areas(chosen, part)
    if part == ALL:
        return Behind((*chosen.coding_ids, *(area.id for area in chosen.areas)))
    if unit == PASSAGES:
        return _by_match(chosen, part, settings)
    fits = _fits(chosen, part)
    if unit == CHARACTERS:
        return _by_character(chosen, fits)
    if unit == DOCUMENTS:
        return _by_presence(chosen, fits, range(len(chosen.continua)))
    assert unit == STUDIES
    places = {study: n for n, study in enumerate(dict.fromkeys(c.study for c in chosen.continua))}
    return _by_presence(chosen, fits, [places[c.study] for c in chosen.continua])


def _fits(layers: Layers, part: str) -> Fits:
    """Return whether the coders of a place (first) among those who worked there make up a part."""
    if part == BOTH:
        return lambda said, crew: said == crew
    if part == SOME:
        return lambda said, crew: 2 <= len(said) < len(crew)
    if part == ONE:
        return lambda said, _crew: len(said) == 1
    wanted = part.removeprefix(ONLY)
    number = next((n for n, coder in enumerate(layers.coders) if coder.id == wanted), -1)
    return lambda said, _crew: said == {number}


def _by_character(layers: Layers, fits: Fits) -> Behind:
    groups: dict[tuple[int, int], list[int]] = defaultdict(list)
    keys = zip(layers.continuum.tolist(), layers.code.tolist(), strict=True)
    for row, key in enumerate(keys):
        groups[key].append(row)
    start, end, coder = layers.start.tolist(), layers.end.tolist(), layers.coder.tolist()
    amount, found = 0, set()
    for (text, _code), rows in groups.items():
        crew = set(np.flatnonzero(layers.roster[text]).tolist())
        rows.sort(key=start.__getitem__)
        edges = sorted({edge for row in rows for edge in (start[row], end[row])})
        active: list[int] = []
        coming = iter(rows)
        following = next(coming, None)
        for low, high in pairwise(edges):
            active = [row for row in active if end[row] > low]
            while following is not None and start[following] <= low:
                active.append(following)
                following = next(coming, None)
            if active and fits({coder[row] for row in active}, crew):
                amount += high - low
                found.update(active)
    ids = layers.coding_ids
    return Behind(tuple(ids[row] for row in sorted(found)), amount)


def _by_presence(layers: Layers, fits: Fits, place_of: Iterable[int]) -> Behind:
    """Count places (documents, studies) in which a code is present with the coders that fit."""
    of = list(place_of)
    crews: dict[int, set[int]] = {}
    for text, place in enumerate(of):
        here = set(np.flatnonzero(layers.roster[text]).tolist())
        crews[place] = crews[place] & here if place in crews else here
    said: dict[tuple[int, int], set[int]] = defaultdict(set)
    codings: dict[tuple[int, int], list[str]] = defaultdict(list)
    for place, code, coder, coding in _all_codings(layers, of):
        if coder in crews[place]:
            said[place, code].add(coder)
            codings[place, code].append(coding)
    kept = [
        key
        for key, coders in said.items()
        if len(crews[key[0]]) > 1 and fits(coders, crews[key[0]])
    ]
    return Behind(tuple(coding for key in kept for coding in codings[key]), len(kept))


def _all_codings(layers: Layers, of: list[int]) -> Iterable[tuple[int, int, int, str]]:
    columns = (layers.continuum.tolist(), layers.code.tolist(), layers.coder.tolist())
    for text, code, coder, coding in zip(*columns, layers.coding_ids, strict=True):
        yield of[text], code, coder, coding
    for area in layers.areas:
        yield of[area.continuum], area.code, area.coder, area.id


def _of_areas(layers: Layers, part: str) -> Behind:
    """Return areas: all, those that somebody else's meets, or one coder's that nobody else has."""
    wanted = part.removeprefix(ONLY)

    def fits(area: AreaCoding) -> bool:
        others = [
            other.box
            for other in layers.areas
            if other.coder != area.coder
            and (other.continuum, other.code, other.page) == (area.continuum, area.code, area.page)
        ]
        if part == BOTH:
            return any(_meet(area.box, box) for box in others)
        return layers.coders[area.coder].id == wanted and area.box not in others

    return Behind(tuple(area.id for area in layers.areas if part == ALL or fits(area)))


def _meet(one: Box, other: Box) -> bool:
    return min(one[2], other[2]) > max(one[0], other[0]) and min(one[3], other[3]) > max(
        one[1], other[1]
    )


def _by_match(layers: Layers, part: str, settings: Settings) -> Behind:
    units, has_match = matched_units(layers, settings)
    pairs = area_matches(layers, settings.threshold, settings.measure)
    met = {number for pair in pairs for number in pair}
    wanted: Mapping[str, int] = {f"{ONLY}{coder.id}": n for n, coder in enumerate(layers.coders)}
    both = part == BOTH
    keep = has_match if both else ~has_match
    if part in wanted:
        keep = keep & (units.coder == wanted[part])
    rows: list[int] = np.flatnonzero(keep[units.unit_of]).tolist()
    areas = [
        area.id
        for number, area in enumerate(layers.areas)
        if (number in met) == both and (part not in wanted or area.coder == wanted[part])
    ]
    amount = (int(keep.sum()) + len(areas)) / (2 if both else 1)
    return Behind((*(layers.coding_ids[row] for row in rows), *areas), amount)
