"""Which codes are discussed together: overlapping codings, counted in studies.

Two codings overlap when their ranges share at least one character of the same document; ranges
that only touch do not. Areas of a page overlap when they share surface; an area overlaps no range.
A tie between two codes weighs as many studies as hold such an overlap, so
neither a long report nor a second coder makes it heavier.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis.area_overlaps import area_pairs
from app.analysis.evidence import Evidence, Indices, Offsets

Counts = NDArray[np.int32]
Shares = NDArray[np.float64]


@dataclass(frozen=True, eq=False, slots=True)
class Cooccurrence:
    """Ties between codes; every matrix is codes x codes, symmetric, with an empty diagonal.

    ``studies`` counts studies, ``overlaps`` pairs of overlapping passages (passages of one code
    that overlap are one passage, whoever coded them). ``largest_share`` is the part of the
    overlaps that the study ``largest_study`` supplies (0 and -1 where there is no tie).
    ``code_studies`` counts the studies that use a code.
    """

    evidence: Evidence
    studies: Counts
    overlaps: Counts
    largest_share: Shares
    largest_study: Counts
    code_studies: Counts
    tie_keys: Offsets  # sorted (lower code * codes + higher code) * studies + study
    tie_counts: Counts  # overlaps of each key
    pair_keys: Offsets  # sorted lower code * codes + higher code, one per pair of codings
    pair_codings: Indices  # pairs x 2: coding of the lower code, coding of the higher code

    def passages(self, code_a: int, code_b: int) -> Indices:
        """Return the coding-index pairs behind a tie, k x 2, codings of ``code_a`` first.

        Every coder's codings are listed, ordered by study, document and start.
        """
        low, high = sorted((code_a, code_b))
        key = low * len(self.evidence.codes) + high
        first, last = np.searchsorted(self.pair_keys, [key, key + 1])
        pairs = self.pair_codings[first:last]
        if code_a > code_b:
            pairs = pairs[:, ::-1]
        a, b = pairs[:, 0], pairs[:, 1]
        rows = self.evidence
        order = np.lexsort((rows.start[b], rows.start[a], rows.document[a], rows.study[a]))
        return np.ascontiguousarray(pairs[order])

    def study_indices(self, code_a: int, code_b: int) -> Indices:
        """Return the studies behind a tie, ascending."""
        width = len(self.evidence.studies)
        low, high = sorted((code_a, code_b))
        key = (low * len(self.evidence.codes) + high) * width
        first, last = np.searchsorted(self.tie_keys, [key, key + width])
        return (self.tie_keys[first:last] - key).astype(np.int32)

    def tensor(self) -> Counts:
        """Return overlaps per study, studies x codes x codes, symmetric."""
        codes, studies = len(self.evidence.codes), len(self.evidence.studies)
        dense = np.zeros((studies, codes, codes), dtype=np.int32)
        pair, study = np.divmod(self.tie_keys, max(studies, 1))
        low, high = np.divmod(pair, max(codes, 1))
        dense[study, low, high] = self.tie_counts
        dense[study, high, low] = self.tie_counts
        return dense

    def given(self) -> Shares:
        """Return P(row code | column code), 0 where the column code is unused.

        Of the studies that use the column code, the share in which the row code overlaps it.
        """
        return _ratio(self.studies, np.broadcast_to(self.code_studies, self.studies.shape))

    def jaccard(self) -> Shares:
        """Return studies of the tie / studies that use either code (0 where neither is used)."""
        uses = self.code_studies[:, None] + self.code_studies[None, :]
        return _ratio(self.studies, uses - self.studies)

    def ties(self, minimum_studies: int = 1) -> list[tuple[int, int]]:
        """Return code pairs tied in at least so many studies, the strongest first.

        Equal numbers of studies are ordered by overlaps, then by the codebook.
        """
        low, high = np.nonzero(np.triu(self.studies >= max(minimum_studies, 1), 1))
        order = np.lexsort((high, low, -self.overlaps[low, high], -self.studies[low, high]))
        return list(zip(low[order].tolist(), high[order].tolist(), strict=True))


def cooccurrence(evidence: Evidence) -> Cooccurrence:
    """Count which codes overlap in the evidence; filter it first with ``Evidence.where``."""
    codes, studies = len(evidence.codes), len(evidence.studies)
    passage = merged_passages(evidence)
    areas, single_areas = area_pairs(evidence)
    low, high, first, _ = _code_pairs(passage.code, passage.document, passage.start, passage.end)
    keys = (low * codes + high) * max(studies, 1) + passage.study[first]
    of_areas = (areas[0] * codes + areas[1]) * max(studies, 1) + evidence.study[areas[2]]
    keys = np.concatenate((keys, of_areas))
    tie_keys, counts = np.unique(keys, return_counts=True)
    tie_counts = counts.astype(np.int32)
    strength = _strength(tie_keys // max(studies, 1), tie_keys % max(studies, 1), tie_counts, codes)

    low, high, first, second = _code_pairs(
        evidence.code, evidence.document, evidence.start, evidence.end
    )
    low, high, first, second = (
        np.concatenate(both) for both in zip((low, high, first, second), single_areas, strict=True)
    )
    pair_keys = low * codes + high
    order = np.argsort(pair_keys, kind="stable")
    return Cooccurrence(
        evidence=evidence,
        studies=strength[0],
        overlaps=strength[1],
        largest_share=strength[2],
        largest_study=strength[3],
        code_studies=studies_per_code(evidence),
        tie_keys=tie_keys,
        tie_counts=tie_counts,
        pair_keys=pair_keys[order],
        pair_codings=np.column_stack((first, second))[order].astype(np.int32),
    )


def overlapping_pairs(
    document: Indices, start: Offsets, end: Offsets
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return each pair of overlapping ranges once, as two arrays of row numbers.

    Ordered by document and start, the partners of a range that start later form one run: it ends
    where the starts reach the range's end. Empty ranges overlap nothing.
    """
    rows = np.flatnonzero(end > start)
    if not rows.size:
        return rows, rows
    stride = int(end.max()) + 1
    base = document[rows].astype(np.int64) * stride
    order = np.argsort(base + start[rows], kind="stable")
    starts, ends = (base + start[rows])[order], (base + end[rows])[order]
    rows = rows[order]
    position = np.arange(len(rows))
    partners = np.searchsorted(starts, ends, side="left") - position - 1
    first = np.repeat(position, partners)
    run_start = np.repeat(np.cumsum(partners) - partners, partners)
    second = np.arange(len(first)) - run_start + first + 1
    return rows[first], rows[second]


@dataclass(frozen=True, eq=False, slots=True)
class Passages:
    """Passages after merging, arrays of one length."""

    code: Indices
    study: Indices
    document: Indices
    start: Offsets
    end: Offsets


def merged_passages(evidence: Evidence) -> Passages:
    """Join overlapping ranges of one code in one document into one passage, whoever coded them.

    Ranges that only touch stay apart. A tie between two codes exists before merging exactly when
    it exists afterwards, so merging changes counts of passages and never counts of studies.
    """
    kept = np.flatnonzero(evidence.end > evidence.start)
    code, document = evidence.code[kept], evidence.document[kept]
    start, end = evidence.start[kept], evidence.end[kept]
    if not kept.size:
        return Passages(code, evidence.study[kept], document, start, end)
    stride = int(end.max()) + 1
    group = document.astype(np.int64) * len(evidence.codes) + code
    order = np.argsort(group * stride + start, kind="stable")
    low, high = (group * stride + start)[order], (group * stride + end)[order]
    reach = np.maximum.accumulate(high)
    opens = np.concatenate(([True], low[1:] >= reach[:-1]))
    heads = np.flatnonzero(opens)
    first = order[heads]
    return Passages(
        code=code[first],
        study=evidence.study[kept][first],
        document=document[first],
        start=start[first],
        end=np.maximum.reduceat(end[order], heads),
    )


def studies_per_code(evidence: Evidence) -> Counts:
    """Return for each code the number of studies with at least one coding of it."""
    codes, studies = len(evidence.codes), len(evidence.studies)
    used = np.zeros((codes, studies), dtype=np.bool_)
    used[evidence.code, evidence.study] = True
    return np.asarray(used.sum(axis=1), dtype=np.int32)


_Pairs = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]


def _code_pairs(code: Indices, document: Indices, start: Offsets, end: Offsets) -> _Pairs:
    """Return lower code, higher code and their rows for every overlap of two different codes."""
    first, second = overlapping_pairs(document, start, end)
    differ = code[first] != code[second]
    first, second = first[differ], second[differ]
    swap = code[first] > code[second]
    first, second = np.where(swap, second, first), np.where(swap, first, second)
    return code[first].astype(np.int64), code[second].astype(np.int64), first, second


def _strength(
    pair: Offsets, study: Offsets, counts: Counts, codes: int
) -> tuple[Counts, Counts, Shares, Counts]:
    studies = np.bincount(pair, minlength=codes * codes).astype(np.int32)
    overlaps = np.bincount(pair, weights=counts, minlength=codes * codes).astype(np.int32)
    largest = np.zeros(codes * codes, dtype=np.int32)
    main = np.full(codes * codes, -1, dtype=np.int32)
    # The last writer of a place wins, so the largest count is written last, the first study of
    # equals after its equals.
    order = np.lexsort((-study, counts))
    largest[pair[order]] = counts[order]
    main[pair[order]] = study[order]
    square = (codes, codes)
    both = [
        _mirror(studies.reshape(square)),
        _mirror(overlaps.reshape(square)),
        _mirror(largest.reshape(square)),
    ]
    main_square = _mirror(main.reshape(square) + 1) - 1
    return both[0], both[1], _ratio(both[2], both[1]), main_square


def _mirror(upper: Counts) -> Counts:
    return np.asarray(upper + upper.T, dtype=np.int32)


def _ratio(part: Counts, whole: Counts) -> Shares:
    return np.divide(part, whole, out=np.zeros(part.shape), where=whole > 0)
