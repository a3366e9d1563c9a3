"""The passages behind the numbers: where coders agree on a code, and where and how they do not.

An item is a connected group of overlapping passages of one code, of all coders who are compared.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from app.analysis.agreement.areas import surface
from app.analysis.agreement.layers import Layers
from app.analysis.cooccurrence import overlapping_pairs

KINDS = ("identical", "boundary", "nested", "split", "other_code", "one_sided")
"""From full agreement on a passage to none; ``split``: one passage of one coder is several of
another; ``other_code``: who lacks this code has coded the same words with another one."""


@dataclass(frozen=True, slots=True)
class Item:
    """One place where at least one coder used the code; offsets are end-exclusive.

    ``differing`` counts the characters that some but not all coders coded. ``coding_ids`` maps
    coder ids to their codings, ``instead`` those of the coders without this code to what they
    coded there instead. ``facets`` names facets in which codings differ. On an area ``page`` is
    not 0 and there are no offsets.
    """

    document: str
    round: str
    code: str
    kind: str
    start: int
    end: int
    differing: int
    coding_ids: dict[str, tuple[str, ...]]
    instead: dict[str, tuple[str, ...]]
    facets: tuple[str, ...]
    page: int = 0

    @property
    def agrees(self) -> bool:
        """Return whether nothing differs here."""
        return self.kind == "identical" and not self.facets


def items(
    layers: Layers,
    *,
    code: str | None = None,
    coders: Collection[str] | None = None,
    document: str | None = None,
    round_: str | None = None,
) -> tuple[Item, ...]:
    """Return every place behind a number: of one code, pair of coders, document, or all.

    Only texts that at least two of the coders worked through are compared.
    """
    chosen = layers.where(
        coders=coders,
        documents=None if document is None else (document,),
        rounds=None if round_ is None else (round_,),
    ).comparable()
    wanted = [n for n, named in enumerate(chosen.codes) if code is None or named.id == code]
    finder = _Finder(chosen, wanted)
    found = [item for number in wanted for item in finder.items_of(number)]
    found += [item for number in wanted for item in finder.areas_of(number)]
    return tuple(found)


def disagreements(
    layers: Layers,
    *,
    code: str | None = None,
    coders: Collection[str] | None = None,
    document: str | None = None,
    round_: str | None = None,
) -> tuple[Item, ...]:
    """Return the places where coders differ, in the code, its extent or a facet."""
    every = items(layers, code=code, coders=coders, document=document, round_=round_)
    return tuple(item for item in every if not item.agrees)


class _Finder:
    def __init__(self, layers: Layers, wanted: list[int]) -> None:
        self._layers = layers
        self._by_code: dict[int, list[int]] = defaultdict(list)
        order = np.lexsort((layers.end, layers.start, layers.continuum))
        asked = np.isin(layers.code, wanted)
        codes = layers.code.tolist()
        for row in order[asked[order]].tolist():
            self._by_code[codes[row]].append(row)
        first, second = overlapping_pairs(layers.continuum, layers.start, layers.end)
        self._meets: dict[int, list[int]] = defaultdict(list)
        differ = (layers.code[first] != layers.code[second]) & (asked[first] | asked[second])
        for a, b in zip(first[differ].tolist(), second[differ].tolist(), strict=True):
            self._meets[a].append(b)
            self._meets[b].append(a)

    def items_of(self, code: int) -> list[Item]:
        """Return the places of one code in text order."""
        layers, groups = self._layers, []
        reach, text = -1, -1
        for row in self._by_code[code]:
            if int(layers.continuum[row]) != text or int(layers.start[row]) >= reach:
                groups.append([row])
                text, reach = int(layers.continuum[row]), int(layers.end[row])
            else:
                groups[-1].append(row)
                reach = max(reach, int(layers.end[row]))
        return [self._item(code, rows) for rows in groups]

    def _item(self, code: int, rows: list[int]) -> Item:
        layers = self._layers
        text = int(layers.continuum[rows[0]])
        by_coder: dict[int, list[int]] = defaultdict(list)
        for row in rows:
            by_coder[int(layers.coder[row])].append(row)
        crew = np.flatnonzero(layers.roster[text]).tolist()
        united = {coder: _united(layers, own) for coder, own in by_coder.items()}
        instead = self._instead(rows, [coder for coder in crew if coder not in by_coder])
        continuum = layers.continua[text]
        return Item(
            document=continuum.document,
            round=continuum.round,
            code=layers.codes[code].id,
            kind=_kind(united, len(crew), bool(instead)),
            start=int(layers.start[rows].min()),
            end=int(layers.end[rows].max()),
            differing=_differing(united, len(crew)),
            coding_ids=self._ids(by_coder),
            instead=self._ids(instead),
            facets=self._differing_facets(by_coder),
        )

    def _instead(self, rows: list[int], absent: list[int]) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for row in rows:
            for other in self._meets[row]:
                coder = int(self._layers.coder[other])
                if coder in absent and other not in found.setdefault(coder, []):
                    found[coder].append(other)
        return found

    def _ids(self, rows: dict[int, list[int]]) -> dict[str, tuple[str, ...]]:
        layers = self._layers
        return {
            layers.coders[coder].id: tuple(layers.coding_ids[row] for row in own)
            for coder, own in sorted(rows.items())
        }

    def _differing_facets(self, by_coder: dict[int, list[int]]) -> tuple[str, ...]:
        differing = []
        for facet in self._layers.facets:
            said = {int(np.bitwise_or.reduce(facet.masks[own])) for own in by_coder.values()}
            if len(said - {0}) > 1:
                differing.append(facet.key)
        return tuple(differing)

    def areas_of(self, code: int) -> list[Item]:
        """Return the places of one code among the coded areas, page by page."""
        pages: dict[tuple[int, int], list[int]] = defaultdict(list)
        for number, area in enumerate(self._layers.areas):
            if area.code == code:
                pages[area.continuum, area.page].append(number)
        return [
            self._area_item(group)
            for _, numbers in sorted(pages.items())
            for group in self._touching(numbers)
        ]

    def _touching(self, numbers: list[int]) -> list[list[int]]:
        groups: list[list[int]] = []
        for number in numbers:
            box = self._layers.areas[number].box
            met = [g for g in groups if any(_meet(box, self._layers.areas[n].box) for n in g)]
            groups = [g for g in groups if g not in met] + [[n for g in met for n in g] + [number]]
        return groups

    def _area_item(self, numbers: list[int]) -> Item:
        layers = self._layers
        found = [layers.areas[number] for number in numbers]
        by_coder: dict[str, tuple[str, ...]] = {}
        for area in found:
            name = layers.coders[area.coder].id
            by_coder[name] = (*by_coder.get(name, ()), area.id)
        crew = int(layers.roster[found[0].continuum].sum())
        kind = "one_sided" if len(by_coder) < crew else "boundary"
        if kind == "boundary" and len(found) > crew:
            kind = "split"
        elif kind == "boundary" and len({area.box for area in found}) == 1:
            kind = "identical"
        continuum = layers.continua[found[0].continuum]
        code = layers.codes[found[0].code].id
        return Item(continuum.document, continuum.round, code, kind, 0, 0, 0, by_coder, {},
                    self._differing_facets_of_areas(numbers), found[0].page)  # fmt: skip

    def _differing_facets_of_areas(self, numbers: list[int]) -> tuple[str, ...]:
        differing = []
        for place, facet in enumerate(self._layers.facets):
            said: dict[int, int] = {}
            for area in (self._layers.areas[number] for number in numbers):
                mask = area.facets[place] if place < len(area.facets) else 0
                said[area.coder] = said.get(area.coder, 0) | mask
            if len(set(said.values()) - {0}) > 1:
                differing.append(facet.key)
        return tuple(differing)


def _meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    low = max(one[0], other[0]), max(one[1], other[1])
    high = min(one[2], other[2]), min(one[3], other[3])
    return surface((*low, *high)) > 0


def _united(layers: Layers, rows: list[int]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for row in rows:
        start, end = int(layers.start[row]), int(layers.end[row])
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _kind(units: dict[int, list[tuple[int, int]]], crew: int, instead: bool) -> str:
    if len(units) < crew:
        return "other_code" if instead else "one_sided"
    if any(len(own) > 1 for own in units.values()):
        return "split"
    ranges = {own[0] for own in units.values()}
    if len(ranges) == 1:
        return "identical"
    hull = min(r[0] for r in ranges), max(r[1] for r in ranges)
    return "nested" if hull in ranges else "boundary"


def _differing(units: dict[int, list[tuple[int, int]]], crew: int) -> int:
    edges = sorted({edge for own in units.values() for unit in own for edge in unit})
    differing = 0
    for low, high in pairwise(edges):
        on = sum(any(s <= low and high <= e for s, e in own) for own in units.values())
        differing += (high - low) if 0 < on < crew else 0
    return differing
