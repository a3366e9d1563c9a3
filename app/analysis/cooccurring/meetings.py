"""Counts which codes come together, in studies, reports or pairs of passages."""

from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from app.analysis.cooccurring.passages import Joined, join_passages
from app.analysis.cooccurring.relations import coding_pairs, passage_pairs
from app.analysis.cooccurring.rules import CODINGS, REPORTS, STUDY, Counting
from app.analysis.cooccurring.units import TextUnits
from app.analysis.evidence import Evidence, Indices

Counts = NDArray[np.int32]
Shares = NDArray[np.float64]
Kind = TypeVar("Kind", bound=np.generic)


@dataclass(frozen=True, eq=False, slots=True)
class Meetings:
    """Pairs of passages that come together, and the counts made of them.

    ``first`` and ``second`` hold one passage number per pair, also of passages of one code (the
    shuffle needs them). Columns of ``by_study`` (studies x columns) are code pairs in the order of
    ``columns`` (a < b); it counts units of the counting, which sum to ``counts``. ``pairs`` is the
    same in pairs of passages whatever the unit. All pairs of codes have a column.
    """

    evidence: Evidence
    counting: Counting
    joined: Joined
    first: NDArray[np.int64]
    second: NDArray[np.int64]
    report: Indices  # of each passage; its study where reports are not asked for
    columns: tuple[Indices, Indices]
    by_study: Counts
    pairs: Counts
    units: TextUnits | None

    @property
    def counts(self) -> Counts:
        """Return the units in which each pair of codes comes together."""
        return np.asarray(self.by_study.sum(axis=0), dtype=np.int32)

    @property
    def study_counts(self) -> Counts:
        """Return the studies in which each pair of codes comes together, whatever the unit."""
        return np.asarray((self.by_study > 0).sum(axis=0), dtype=np.int32)

    def largest(self) -> tuple[Shares, Counts]:
        """Return per column the part of the pairs of passages from one study, and which study.

        Of a pair that never meets 0 and -1.
        """
        total = self.pairs.sum(axis=0)
        most = self.pairs.max(axis=0, initial=0)
        main = self.pairs.argmax(axis=0) if len(self.pairs) else np.zeros(len(total), dtype=int)
        share = np.divide(most, total, out=np.zeros(len(total)), where=total > 0)
        return share, np.where(total > 0, main, -1).astype(np.int32)

    def square(self, values: NDArray[Kind]) -> NDArray[Kind]:
        """Return values per column as a symmetric codes x codes matrix with an empty diagonal."""
        size = len(self.evidence.codes)
        matrix = np.zeros((size, size), dtype=values.dtype)
        matrix[self.columns] = values
        matrix[self.columns[::-1]] = values
        return matrix

    def column(self, code_a: int, code_b: int) -> int:
        """Return the column of two different codes."""
        low, high = sorted((code_a, code_b))
        size = len(self.evidence.codes)
        return low * size - low * (low + 1) // 2 + high - low - 1

    def studies_of(self, code_a: int, code_b: int) -> Indices:
        """Return the studies in which two codes come together, ascending."""
        column = self.by_study[:, self.column(code_a, code_b)]
        return np.flatnonzero(column).astype(np.int32)

    def codings_of(self, code_a: int, code_b: int) -> Indices:
        """Return the coding-index pairs behind a tie, k x 2, codings of ``code_a`` first."""
        rows = np.flatnonzero((self.evidence.code == code_a) | (self.evidence.code == code_b))
        keep = np.zeros(len(self.evidence), dtype=np.bool_)
        keep[rows] = True
        part = self.evidence.take(keep)
        first, second = coding_pairs(part, self.counting, self.units)
        differ = part.code[first] != part.code[second]
        first, second = rows[first[differ]], rows[second[differ]]
        swap = self.evidence.code[first] != code_a
        a, b = np.where(swap, second, first), np.where(swap, first, second)
        starts = self.evidence.start
        order = np.lexsort((starts[b], starts[a], self.evidence.document[a]))
        order = order[np.argsort(self.evidence.study[a[order]], kind="stable")]
        return np.column_stack((a, b))[order].astype(np.int32)

    def containing(self) -> Counts:
        """Return studies in which a passage of the row code contains one of the column code.

        Identical passages contain each other. Of use with the rule "inclusion".
        """
        rows, first, second = self.evidence, *coding_pairs(self.evidence, self.counting, self.units)
        a, b = np.concatenate((first, second)), np.concatenate((second, first))
        holds = (rows.start[a] <= rows.start[b]) & (rows.end[b] <= rows.end[a])
        holds &= (rows.code[a] != rows.code[b]) & (rows.end[b] > rows.start[b])
        size = len(rows.codes)
        seen = np.zeros((len(rows.studies), size, size), dtype=np.bool_)
        seen[rows.study[a[holds]], rows.code[a[holds]], rows.code[b[holds]]] = True
        return np.asarray(seen.sum(axis=0), dtype=np.int32)


def count_meetings(
    evidence: Evidence, counting: Counting | None = None, units: TextUnits | None = None
) -> Meetings:
    """Count which codes come together; filter the evidence first with ``Evidence.where``.

    Raises ValueError where the rule or the unit needs ``units`` and there are none.
    """
    counting = counting or Counting()
    joined = join_passages(evidence)
    pairs = passage_pairs(evidence, joined, counting, units)
    report = joined.study
    if counting.unit == REPORTS:
        if units is None:
            raise ValueError("Counting in reports needs to know the report of each document.")
        report = units.report_of[joined.document].astype(np.int32)
    size = len(evidence.codes)
    meetings = Meetings(
        evidence=evidence,
        counting=counting,
        joined=joined,
        first=pairs[:, 0],
        second=pairs[:, 1],
        report=report,
        columns=tuple(index.astype(np.int32) for index in np.triu_indices(size, 1)),  # type: ignore[arg-type]
        by_study=np.zeros((0, 0), dtype=np.int32),
        pairs=np.zeros((0, 0), dtype=np.int32),
        units=units,
    )
    by_pairs = _per_study(meetings, CODINGS)
    by_study = by_pairs if counting.unit == CODINGS else _per_study(meetings, counting.unit)
    return replace(meetings, pairs=by_pairs, by_study=by_study)


def column_table(size: int) -> NDArray[np.int64]:
    """Return codes x codes: the column of two codes, and the number of columns for one code."""
    table = np.full((size, size), size * (size - 1) // 2, dtype=np.int64)
    low, high = np.triu_indices(size, 1)
    table[low, high] = table[high, low] = np.arange(len(low))
    return table


def _per_study(meetings: Meetings, unit: str) -> Counts:
    """Return studies x columns."""
    codes, studies = len(meetings.evidence.codes), len(meetings.evidence.studies)
    width = len(meetings.columns[0])
    joined = meetings.joined
    column = column_table(codes)[joined.code[meetings.first], joined.code[meetings.second]]
    differ = column < width
    column, first = column[differ], meetings.first[differ]
    study = joined.study[first].astype(np.int64)
    if unit != CODINGS:
        reports = int(meetings.report.max(initial=0)) + 1
        keys = (study * reports + meetings.report[first]) * max(width, 1) + column
        keys = np.unique(keys)
        rest, column = np.divmod(keys, max(width, 1))
        study = rest // reports
    found = np.bincount(study * width + column, minlength=studies * width)
    return found.reshape(studies, width).astype(np.int32)


def units_per_code(meetings: Meetings) -> tuple[Counts, int]:
    """Return in how many units each code is used, and how many units hold a coding.

    Units are studies, or reports where these are counted. Pairs of passages are no units: with
    them codes are counted in studies too.
    """
    joined = meetings.joined
    where = meetings.report if meetings.counting.unit == REPORTS else joined.study
    used = np.zeros((len(meetings.evidence.codes), int(where.max(initial=-1)) + 1), dtype=np.bool_)
    used[joined.code, where] = True
    return np.asarray(used.sum(axis=1), dtype=np.int32), int(used.any(axis=0).sum())


def is_tested(counting: Counting) -> bool:
    """Tell whether the shuffle says anything: within a study it cannot change who is there."""
    return counting.rule.kind != STUDY
