"""Which passages come together under a rule, whatever their codes: pairs of passages.

The codes play no part here, so the same pairs serve the counts and the shuffle that judges them:
numerator and null follow one counting rule.
"""

import numpy as np
from numpy.typing import NDArray

from app.analysis.area_overlaps import touching_areas
from app.analysis.cooccurrence import overlapping_pairs
from app.analysis.cooccurring.passages import Joined, join_passages
from app.analysis.cooccurring.rules import (
    CHARACTERS,
    INCLUSION,
    OF_TEXT_UNITS,
    PAGE,
    SAME,
    STUDY,
    Counting,
)
from app.analysis.cooccurring.units import TextUnits
from app.analysis.evidence import Evidence, Indices, Offsets, PageArea

Rows = NDArray[np.int64]
Pairs = tuple[Rows, Rows]


def passage_pairs(
    evidence: Evidence, joined: Joined, counting: Counting, units: TextUnits | None = None
) -> NDArray[np.int64]:
    """Return pairs of passages that come together, each once, pairs x 2, the lower number first.

    Raises ValueError where the rule needs ``units`` and there are none.
    """
    kind = counting.rule.kind
    if kind == STUDY:
        return _of_studies(joined)
    if kind in (SAME, INCLUSION):
        first, second = coding_pairs(evidence, counting, units)
        return _distinct(joined.passage_of[first], joined.passage_of[second])
    parts = join_passages(evidence, by_coder=True) if counting.apart else joined
    start, end = parts.start, parts.end
    if kind in OF_TEXT_UNITS:
        start, end = _unit_ranges(parts, _spans(evidence, kind, units))
    elif kind == CHARACTERS:
        end = _longer(start, end, counting.rule.characters)
    place = parts.document.astype(np.int64)
    if counting.apart:
        place = place * len(evidence.coders) + parts.coder
    whole = joined.passage_of[parts.first].astype(np.int64)
    low, high = overlapping_pairs(_numbered(place), start, end)
    first, second = whole[low], whole[high]
    if kind != PAGE:
        areas = _areas(evidence, counting)
        first = np.concatenate((first, joined.passage_of[areas[:, 0]]))
        second = np.concatenate((second, joined.passage_of[areas[:, 1]]))
    return _distinct(first, second)


def coding_pairs(evidence: Evidence, counting: Counting, units: TextUnits | None = None) -> Pairs:
    """Return the rows of all pairs of codings that come together: what lies behind a count.

    Under the rule "study" all pairs of codings of a study are meant: ask for two codes only.
    """
    kind = counting.rule.kind
    if kind == STUDY:
        group, ones = evidence.study, np.zeros(len(evidence), dtype=np.int64)
        return overlapping_pairs(group, ones, ones + 1)
    start, end = evidence.start, evidence.end
    place = evidence.document.astype(np.int64)
    if counting.apart:
        place = place * max(len(evidence.coders), 1) + evidence.coder
    if kind == SAME:
        first, second = _identical(place, start, end)
    else:
        if kind in OF_TEXT_UNITS:
            spans = _spans(evidence, kind, units)
            start, end = spans[:, 0], np.where(spans[:, 0] < 0, -1, spans[:, 1] + 1)
        elif kind == CHARACTERS:
            end = _longer(start, end, counting.rule.characters)
        first, second = overlapping_pairs(_numbered(place), start, end)
    if kind == INCLUSION:
        inside = (start[first] <= start[second]) & (end[second] <= end[first])
        inside |= (start[second] <= start[first]) & (end[first] <= end[second])
        first, second = first[inside], second[inside]
    if kind != PAGE:
        areas = _areas(evidence, counting)
        first = np.concatenate((first, areas[:, 0]))
        second = np.concatenate((second, areas[:, 1]))
    return first, second


def _of_studies(joined: Joined) -> NDArray[np.int64]:
    """Return pairs of the first passages of all codes that a study uses."""
    keys = joined.study.astype(np.int64) * (int(joined.code.max(initial=0)) + 1) + joined.code
    _, rows = np.unique(keys, return_index=True)
    zeros = np.zeros(len(rows), dtype=np.int64)
    first, second = overlapping_pairs(joined.study[rows], zeros, zeros + 1)
    return _distinct(rows[first], rows[second])


def _identical(place: Rows, start: Offsets, end: Offsets) -> Pairs:
    rows = np.flatnonzero(end > start)
    spans = np.column_stack((place, start, end))[rows]
    _, same = np.unique(spans, axis=0, return_inverse=True)
    zeros = np.zeros(len(rows), dtype=np.int64)
    first, second = overlapping_pairs(same.reshape(-1).astype(np.int32), zeros, zeros + 1)
    return rows[first], rows[second]


def _longer(start: Offsets, end: Offsets, gap: int) -> Offsets:
    """Return ends that reach over the gap; an empty range stays empty."""
    return np.where(end > start, end + gap + 1, end)


def _spans(evidence: Evidence, kind: str, units: TextUnits | None) -> Offsets:
    if units is None:
        raise ValueError(f"The rule {kind} needs the units of the text.")
    return units.spans(evidence, kind)


def _unit_ranges(parts: Joined, spans: Offsets) -> tuple[Offsets, Offsets]:
    """Return for each passage the units from the first to the one after the last, or nothing."""
    low = np.full(len(parts), np.iinfo(np.int64).max)
    high = np.full(len(parts), -1, dtype=np.int64)
    np.minimum.at(low, parts.passage_of, spans[:, 0])
    np.maximum.at(high, parts.passage_of, spans[:, 1])
    nowhere = low < 0
    return np.where(nowhere, 0, low), np.where(nowhere, 0, high + 1)


def _areas(evidence: Evidence, counting: Counting) -> NDArray[np.int64]:
    """Return pairs of areas: identical, one inside the other, or sharing surface."""
    kind, ids, areas = counting.rule.kind, evidence.coding_ids, evidence.areas
    found = [
        (a, b)
        for a, b in touching_areas(evidence)
        if _fits(kind, areas[ids[a]], areas[ids[b]])
        and (not counting.apart or evidence.coder[a] == evidence.coder[b])
    ]
    return np.array(found, dtype=np.int64).reshape(-1, 2)


def _fits(kind: str, a: PageArea, b: PageArea) -> bool:
    if kind == SAME:
        return a.box == b.box
    return kind != INCLUSION or _holds(a, b) or _holds(b, a)


def _holds(a: PageArea, b: PageArea) -> bool:
    x0, y0, x1, y1 = a.box
    return x0 <= b.box[0] and y0 <= b.box[1] and b.box[2] <= x1 and b.box[3] <= y1


def _numbered(place: Rows) -> Indices:
    return np.unique(place, return_inverse=True)[1].reshape(-1).astype(np.int32)


def _distinct(first: NDArray[np.integer], second: NDArray[np.integer]) -> NDArray[np.int64]:
    """Return pairs of different passages, each once."""
    apart = first != second
    low = np.minimum(first, second)[apart].astype(np.int64)
    high = np.maximum(first, second)[apart].astype(np.int64)
    width = int(high.max(initial=0)) + 1
    keys = np.unique(low * width + high)
    return np.column_stack(np.divmod(keys, width))
