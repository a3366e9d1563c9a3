"""Which coded areas share surface: what text ranges are to passages, rectangles are to pages.

Areas are few beside passages, so plain loops over the areas of one page do.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from app.analysis.evidence import Evidence

Rows = NDArray[np.int64]
Pairs = tuple[Rows, Rows, Rows, Rows]


def area_pairs(evidence: Evidence) -> tuple[Pairs, Pairs]:
    """Return the overlaps of areas of different codes: joined by code, and coding by coding.

    Each is lower code, higher code, row of the lower, row of the higher. Areas of one code that
    share surface are one, whoever coded them. An area overlaps no passage of text.
    """
    joined: list[tuple[int, int]] = []
    single: list[tuple[int, int]] = []
    for rows in _by_page(evidence):
        touching = [(a, b) for a, b in combinations(rows, 2) if _overlap(evidence, a, b)]
        head = _heads(rows, [(a, b) for a, b in touching if _same_code(evidence, a, b)])
        apart = [_ordered(evidence, a, b) for a, b in touching if not _same_code(evidence, a, b)]
        single += apart
        joined += sorted({(head[a], head[b]) for a, b in apart})
    return _columns(evidence, joined), _columns(evidence, single)


def same_code_heads(evidence: Evidence, *, by_coder: bool = False) -> dict[int, int]:
    """Return for each area the first row of those of its code that it shares surface with.

    ``by_coder`` looks only at areas of one coder.
    """
    found: dict[int, int] = {}
    for rows in _by_page(evidence):
        joins = [
            (a, b)
            for a, b in combinations(rows, 2)
            if _same_code(evidence, a, b)
            and (not by_coder or evidence.coder[a] == evidence.coder[b])
            and _overlap(evidence, a, b)
        ]
        found |= _heads(rows, joins)
    return found


def touching_areas(evidence: Evidence) -> list[tuple[int, int]]:
    """Return the rows of all pairs of areas that share surface, of one code or of two."""
    return [
        pair for rows in _by_page(evidence) for pair in combinations(rows, 2)
        if _overlap(evidence, *pair)
    ]  # fmt: skip


def _by_page(evidence: Evidence) -> Iterator[Sequence[int]]:
    """Return the rows of the areas of each page that has several."""
    pages: dict[tuple[int, int], list[int]] = defaultdict(list)
    if evidence.areas:
        for row, coding_id in enumerate(evidence.coding_ids):
            area = evidence.areas.get(coding_id)
            if area is not None:
                pages[int(evidence.document[row]), area.page].append(row)
    return (rows for rows in pages.values() if len(rows) > 1)


def _overlap(evidence: Evidence, a: int, b: int) -> bool:
    areas, ids = evidence.areas, evidence.coding_ids
    return areas[ids[a]].overlaps(areas[ids[b]])


def _same_code(evidence: Evidence, a: int, b: int) -> bool:
    return bool(evidence.code[a] == evidence.code[b])


def _ordered(evidence: Evidence, a: int, b: int) -> tuple[int, int]:
    return (a, b) if evidence.code[a] < evidence.code[b] else (b, a)


def _heads(rows: Sequence[int], joins: Sequence[tuple[int, int]]) -> dict[int, int]:
    """Return for each row the first row of those it is joined with, directly or by others."""
    head = {row: row for row in rows}
    for a, b in joins:
        kept, gone = sorted((head[a], head[b]))
        for row, known in head.items():
            if known == gone:
                head[row] = kept
    return head


def _columns(evidence: Evidence, pairs: Sequence[tuple[int, int]]) -> Pairs:
    rows = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    low, high = rows[:, 0], rows[:, 1]
    code = evidence.code.astype(np.int64)
    return code[low], code[high], low, high
