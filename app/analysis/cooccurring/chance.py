"""More often than chance? Codes are shuffled over the passages of each study, again and again.

All passages stay where they are; only which code stands on which passage changes, within each
study. So a study keeps its volume, its mix of codes and its places where passages come together.
Counted is by the same rule as in the review itself. Where the same code falls on both passages of
a place, the place gets another outcome of the same study, so that each shuffle has as many
meetings of different codes as were found.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from app.analysis.cooccurring.meetings import Meetings, column_table, is_tested
from app.analysis.cooccurring.rules import CODINGS

Values = NDArray[np.float64]
SEED = 20_260_101
SHUFFLES = 20_000
MINIMUM_STUDIES = 3
FDR = 0.10
_BATCH = 250

Progress = Callable[[int, int], None]


class Cancelled(Exception):
    """The shuffle was stopped before it was done."""


@dataclass(frozen=True, eq=False, slots=True)
class Chance:
    """What the shuffles say, per column of the meetings; NaN where a pair is not tested.

    ``expected`` and ``variance`` are studies x columns; ``p`` is one-sided with the observed count
    among the shuffled ones, ``q`` the false discovery rate at which the pair would be shown.
    """

    tested: NDArray[np.bool_]
    expected: Values
    variance: Values
    p: Values
    q: Values
    shuffles: int
    seed: int
    minimum_studies: int

    @property
    def expected_count(self) -> Values:
        """Return the expected count of each pair."""
        return np.asarray(np.where(self.tested, self.expected.sum(axis=0), np.nan))

    @property
    def coarse(self) -> bool:
        """Tell whether no single pair could reach FDR 10 % alone with so few shuffles."""
        return bool(self.tested.sum() / (self.shuffles + 1) > FDR)

    def z(self, counts: NDArray[np.int32]) -> Values:
        """Return how many standard deviations the counts lie above the expected ones."""
        return z_of(counts - self.expected.sum(axis=0), self.variance.sum(axis=0))


def z_of(above: Values, variance: Values) -> Values:
    """Return z with half a unit taken off; 0 where nothing varies."""
    spread = np.sqrt(variance)
    return np.divide(above - 0.5, spread, out=np.zeros(spread.shape), where=spread > 1e-9)


def pairs_to_test(meetings: Meetings, minimum_studies: int = MINIMUM_STUDIES) -> NDArray[np.bool_]:
    """Return which pairs are tested: those that could come together in so many studies.

    That is, both codes are used in so many studies in which passages of different codes come
    together at all. The shuffle changes none of this, so the choice does not look at the result.
    """
    joined = meetings.joined
    used = np.zeros((len(meetings.evidence.studies), len(meetings.evidence.codes)))
    used[joined.study, joined.code] = 1
    used[meetings.pairs.sum(axis=1) == 0] = 0
    low, high = meetings.columns
    together: Values = used.T @ used
    return np.asarray(together[low, high] >= max(minimum_studies, 1), dtype=np.bool_)


def shuffle_codes(
    meetings: Meetings,
    *,
    shuffles: int = SHUFFLES,
    seed: int = SEED,
    minimum_studies: int = MINIMUM_STUDIES,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Chance:
    """Compare the counts with those of shuffled codes; the same seed gives the same numbers.

    ``progress`` is told shuffles done and in all.

    Raises:
        ValueError: the rule is "study", about which a shuffle within studies says nothing.
        Cancelled: ``cancelled`` said so.
    """
    if not is_tested(meetings.counting):
        raise ValueError("Codes of the same study cannot be tested by a shuffle within studies.")
    tested = pairs_to_test(meetings, minimum_studies)
    observed = meetings.counts[tested]
    studies, width = meetings.by_study.shape
    sums, squares = np.zeros((2, studies, len(observed)))
    as_high = np.zeros(len(observed), dtype=np.int64)
    places = _places(meetings, tested)
    for done in range(0, shuffles, _BATCH):
        size = min(_BATCH, shuffles - done)
        total = np.zeros((size, len(observed)), dtype=np.int32)
        for place in places:
            if cancelled is not None and cancelled():
                raise Cancelled
            random = np.random.default_rng((seed, place.study, done))
            counts = place.count(random, size, len(observed))
            total += counts
            values = counts.astype(np.float32)
            sums[place.study] += values.sum(axis=0)
            squares[place.study] += np.einsum("ij,ij->j", values, values)
        as_high += (total >= observed).sum(axis=0)
        if progress is not None:
            progress(done + size, shuffles)
    mean = sums / max(shuffles, 1)
    expected, variance = np.zeros((2, studies, width))
    expected[:, tested] = mean
    variance[:, tested] = np.maximum(squares / max(shuffles, 1) - mean**2, 0)
    p = np.full(width, np.nan)
    p[tested] = (1 + as_high) / (1 + shuffles)
    q = np.full(width, np.nan)
    q[tested] = false_discovery_rates(p[tested])
    return Chance(tested, expected, variance, p, q, shuffles, seed, minimum_studies)


def false_discovery_rates(p: Values) -> Values:
    """Return for each p the lowest rate of Benjamini and Hochberg at which it is kept."""
    order = np.argsort(p)[::-1]
    ranks = np.arange(len(p), 0, -1)
    rates = np.minimum.accumulate(p[order] * len(p) / ranks)
    found = np.empty(len(p))
    found[order] = np.minimum(rates, 1.0)
    return found


def expected_pairs(meetings: Meetings) -> Values:
    """Return the expected pairs of passages, studies x columns, in closed form.

    In a study with m meetings of different codes and a and b passages of two codes, m a b divided
    by the sum of such products over all pairs of codes.
    """
    joined = meetings.joined
    uses = np.zeros((len(meetings.evidence.studies), len(meetings.evidence.codes)))
    np.add.at(uses, (joined.study, joined.code), 1)
    low, high = meetings.columns
    products = uses[:, low] * uses[:, high]
    total = products.sum(axis=1, keepdims=True)
    found = meetings.pairs.sum(axis=1, keepdims=True)
    share = np.divide(products, total, out=np.zeros(products.shape), where=total > 0)
    return np.asarray(share * found)


@dataclass(frozen=True, eq=False, slots=True)
class _Place:
    """The passages of one study, and where they come together."""

    study: int
    codes: NDArray[np.int64]
    first: NDArray[np.int64]
    second: NDArray[np.int64]
    keep: int  # meetings of different codes
    reports: tuple[NDArray[np.int64], ...] | None  # places of each report; None counts pairs
    column: NDArray[np.int64]  # codes x codes; the width for pairs not tested
    same: int

    def count(
        self, random: np.random.Generator, size: int, width: int
    ) -> NDArray[np.int32] | NDArray[np.bool_]:
        """Return shuffles x tested pairs: the units of this study in each."""
        codes = random.permuted(np.broadcast_to(self.codes, (size, len(self.codes))), axis=1)
        columns = self.column[codes[:, self.first], codes[:, self.second]]
        columns = self._as_many(random, columns)
        shift = (np.arange(size) * (width + 1))[:, None]
        flat = np.where(columns > width, width, columns) + shift
        if self.reports is None:
            found = np.bincount(flat.ravel(), minlength=size * (width + 1))
            return found.reshape(size, width + 1)[:, :width].astype(np.int32)
        marks = map(partial(_marked, size=size * (width + 1)),
                    (flat[:, places] for places in self.reports))  # fmt: skip
        if len(self.reports) == 1:
            return next(marks).reshape(size, width + 1)[:, :width]
        total = np.zeros(size * (width + 1), dtype=np.int32)
        for mark in marks:
            total += mark
        return total.reshape(size, width + 1)[:, :width]

    def _as_many(
        self, random: np.random.Generator, columns: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Give each shuffle as many meetings of different codes as there are in the study."""
        differ = columns != self.same
        outcomes = columns[differ]
        if columns.shape[1] > self.keep:  # some are of one code in the review as well
            rank = np.argsort(random.random(columns.shape) + ~differ, axis=1)
            stays = np.zeros(columns.shape, dtype=np.bool_)
            np.put_along_axis(stays, rank[:, : self.keep], True, axis=1)
        else:
            stays = np.ones(columns.shape, dtype=np.bool_)
        empty = stays & ~differ
        columns = np.where(stays, columns, self.same)
        if len(outcomes):
            columns[empty] = outcomes[random.integers(0, len(outcomes), int(empty.sum()))]
        return columns


def _marked(flat: NDArray[np.int64], size: int) -> NDArray[np.bool_]:
    found = np.zeros(size, dtype=np.bool_)
    found[flat.ravel()] = True
    return found


def _places(meetings: Meetings, tested: NDArray[np.bool_]) -> list[_Place]:
    joined, size = meetings.joined, len(meetings.evidence.codes)
    width = int(tested.sum())
    numbers = np.full(len(tested) + 1, width, dtype=np.int64)
    numbers[:-1][tested] = np.arange(width)
    column = numbers[column_table(size)]
    np.fill_diagonal(column, width + 1)
    study_of = joined.study[meetings.first]
    found = []
    for study in np.unique(study_of).tolist():
        pairs = np.flatnonzero(study_of == study)
        passages = np.flatnonzero(joined.study == study)
        first = np.searchsorted(passages, meetings.first[pairs])
        second = np.searchsorted(passages, meetings.second[pairs])
        keep = int(meetings.pairs[study].sum())
        if not keep:
            continue
        of_report = meetings.report[meetings.first[pairs]]
        reports = tuple(np.flatnonzero(of_report == report) for report in np.unique(of_report))
        codes = joined.code[passages].astype(np.int64)
        unit_is_pairs = meetings.counting.unit == CODINGS
        found.append(
            _Place(study, codes, first, second, keep, None if unit_is_pairs else reports,
                   column, width + 1)
        )  # fmt: skip
    return found
