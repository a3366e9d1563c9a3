"""Coded areas of tables and figures: common surface and matched areas, exactly.

Areas of one coder, code and page are united. Their edges cut the page into rectangles, each of
which is coded by a set of coders; that is the sweep in two dimensions. Few areas lie on one page,
so this is done page by page.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np

from app.analysis.agreement.layers import AreaCoding, Floats, Indices, Layers, Offsets
from app.analysis.agreement.segments import Measure

Box = tuple[float, float, float, float]
_ROUNDING = 1e-9


@dataclass(frozen=True, eq=False, slots=True)
class Tiles:
    """Rectangles of pages with the coders who coded them, arrays of one length."""

    continuum: Indices
    code: Indices
    mask: Offsets
    surface: Floats


def tiles(layers: Layers) -> Tiles:
    """Return which surface (square points) was coded by which set of coders."""
    rows: list[tuple[int, int, int, float]] = []
    for (continuum, code, _page), areas in _by_page(layers.areas).items():
        found: dict[int, float] = defaultdict(float)
        for mask, surface in _rectangles([(area.coder, area.box) for area in areas]):
            found[mask] += surface
        rows += [(continuum, code, mask, surface) for mask, surface in sorted(found.items())]
    table = np.array(rows, dtype=object).reshape(-1, 4)
    return Tiles(
        table[:, 0].astype(np.int32),
        table[:, 1].astype(np.int32),
        table[:, 2].astype(np.int64),
        table[:, 3].astype(np.float64),
    )


def _by_page(areas: Iterable[AreaCoding]) -> dict[tuple[int, int, int], list[AreaCoding]]:
    found: dict[tuple[int, int, int], list[AreaCoding]] = defaultdict(list)
    for area in areas:
        found[area.continuum, area.code, area.page].append(area)
    return found


def _rectangles(boxes: list[tuple[int, Box]]) -> list[tuple[int, float]]:
    across = sorted({x for _, box in boxes for x in (box[0], box[2])})
    down = sorted({y for _, box in boxes for y in (box[1], box[3])})
    found = []
    for left, right in pairwise(across):
        for top, bottom in pairwise(down):
            mask = 0
            for coder, (x0, y0, x1, y1) in boxes:
                if x0 <= left and right <= x1 and y0 <= top and bottom <= y1:
                    mask |= 1 << coder
            if mask:
                found.append((mask, (right - left) * (bottom - top)))
    return found


def matched_areas(
    layers: Layers, pairs: tuple[tuple[int, int], ...], threshold: float, measure: Measure
) -> tuple[Floats, Floats]:
    """Return matched areas (pairs x continua x codes) and areas (coders x continua x codes)."""
    shape = (len(layers.continua), len(layers.codes))
    matched = np.zeros((len(pairs), *shape))
    counted = np.zeros((len(layers.coders), *shape))
    for area in layers.areas:
        counted[area.coder, area.continuum, area.code] += 1
    place = {pair: number for number, pair in enumerate(pairs)}
    for i, j in area_matches(layers, threshold, measure):
        one, other = layers.areas[i], layers.areas[j]
        matched[place[one.coder, other.coder], one.continuum, one.code] += 1
    return matched, counted


def area_matches(layers: Layers, threshold: float, measure: Measure) -> tuple[tuple[int, int], ...]:
    """Return pairs of matched areas by their numbers, that of the coder with the lower first."""
    pages: dict[tuple[int, int, int], dict[int, list[int]]] = defaultdict(dict)
    for number, area in enumerate(layers.areas):
        page = pages[area.continuum, area.code, area.page]
        page.setdefault(area.coder, []).append(number)
    found: list[tuple[int, int]] = []
    for by_coder in pages.values():
        for a, b in combinations(sorted(by_coder), 2):
            found += _matched(layers, by_coder[a], by_coder[b], threshold, measure)
    return tuple(found)


def _matched(
    layers: Layers, ours: list[int], theirs: list[int], threshold: float, measure: Measure
) -> list[tuple[int, int]]:
    """Match boxes one to one, those that share most first."""
    candidates = []
    for i in ours:
        for j in theirs:
            one, other = layers.areas[i].box, layers.areas[j].box
            common = surface(_common(one, other))
            larger = max(surface(one), surface(other))
            whole = larger if measure == "longer" else surface(one) + surface(other) - common
            if common > 0 and common >= threshold * whole - _ROUNDING:
                candidates.append((-common / whole, i, j))
    left, right, found = set(ours), set(theirs), []
    for _share, i, j in sorted(candidates):
        if i in left and j in right:
            left.discard(i)
            right.discard(j)
            found.append((i, j))
    return found


def _common(one: Box, other: Box) -> Box:
    return (
        max(one[0], other[0]),
        max(one[1], other[1]),
        min(one[2], other[2]),
        min(one[3], other[3]),
    )


def surface(box: Box) -> float:
    """Return the surface of a box, 0 for an empty one."""
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])
