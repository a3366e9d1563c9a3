"""One row of the report: every number of a code, pair, document, round or cluster."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import isfinite

import numpy as np

from app.analysis.agreement import binary
from app.analysis.agreement.bootstrap import Interval
from app.analysis.agreement.coefficients import TWO_CODERS, UNEQUAL
from app.analysis.agreement.counts import CoderCounts, Counts
from app.analysis.agreement.layers import Floats

NO_TEXT = "no text that two coders worked through"
UNUSED = "nobody used this here"
EVERYTHING = "everybody coded everything"
NO_UNITS = "no passages to match"
TEXT_ONLY = "defined for passages of a text only"
UNDEFINED = "not estimable from these counts"

Reduce = Callable[[Floats], Floats]
"""Adds up pieces x codes into one array with a number for each row of the report."""

COEFFICIENTS = (
    "percent",
    "jaccard",
    "holsti",
    "cohen_kappa",
    "light_kappa",
    "scott_pi",
    "fleiss_kappa",
    "s",
    "gwet_ac1",
    "alpha",
    "u_alpha_binary",
)


@dataclass(frozen=True, slots=True)
class Binary:
    """Coefficients for coded or not coded over items of one kind; NaN never, ``None`` instead.

    ``size`` is the number of characters, square points, documents or studies; ``both`` of them
    were coded by all coders who worked there, ``some`` by two or more but not all, ``only`` by
    one coder alone.
    """

    size: float
    both: float
    some: float
    neither: float
    only: dict[str, float]
    percent: float | None
    jaccard: float | None
    holsti: float | None
    cohen_kappa: float | None
    light_kappa: float | None
    scott_pi: float | None
    fleiss_kappa: float | None
    s: float | None
    gwet_ac1: float | None
    alpha: float | None
    u_alpha_binary: float | None
    why_null: dict[str, str]

    @property
    def kappa(self) -> float | None:
        """Return Cohen's kappa of two coders, of more the mean over their pairs."""
        return self.light_kappa if self.cohen_kappa is None else self.cohen_kappa


@dataclass(frozen=True, slots=True)
class Segments:
    """Passages and areas matched one to one; precision and recall only of a pair of coders."""

    matched: int
    n_units: int
    precision: float | None
    recall: float | None
    f1: float | None


@dataclass(frozen=True, slots=True)
class Scores:
    """All numbers of one row; ``why_null`` gives the reason for what could not be estimated."""

    kind: str
    id: str
    name: str
    n_units: int
    n_areas: int
    n_documents: int
    n_documents_with: int
    text: Binary
    presence: Binary
    studies: Binary
    areas: Binary | None
    segments: Segments
    intervals: dict[str, Interval] = field(default_factory=dict)
    why_null: dict[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    @property
    def interval(self) -> Interval | None:
        """Return the interval of |u-alpha."""
        return self.intervals.get("u_alpha_binary")


@dataclass(frozen=True, eq=False, slots=True)
class Columns:
    """Counts of many rows: of everyone, of each pair as a 2 x 2 table, of each coder alone."""

    everyone: Counts
    tables: Sequence[tuple[Floats, ...]]
    only: Floats  # coders x rows
    coders: Sequence[str]


def columns_of(counts: CoderCounts, coders: Sequence[str], reduce: Reduce) -> Columns:
    """Return the columns of all coders together."""
    tables = [counts.pair_table(number) for number in range(len(counts.pairs))]
    return Columns(
        Counts(_reduced(counts.everyone.table, reduce)),
        [tuple(map(reduce, table)) for table in tables],
        _reduced(counts.only, reduce),
        coders,
    )


def pair_columns(
    counts: CoderCounts, coders: Sequence[str], number: int, reduce: Reduce
) -> Columns:
    """Return the columns of one pair of coders alone."""
    both, first, second, neither = map(reduce, counts.pair_table(number))
    return Columns(
        Counts(_reduced(counts.pair(number).table, reduce)),
        [(both, first, second, neither)],
        np.stack((first, second)),
        [coders[place] for place in counts.pairs[number]],
    )


def _reduced(table: Floats, reduce: Reduce) -> Floats:
    if not len(table):
        return np.zeros((0, 1))
    return np.stack([reduce(part) for part in table])


def binaries(columns: Columns, *, continuous: bool = False) -> list[Binary]:
    """Return the coefficients of all rows; |u-alpha only of a continuous text."""
    counts = columns.everyone
    values = _coefficients(columns)
    rows = counts["size"].shape[0]
    listed = {name: column.tolist() for name, column in values.items()}
    only = columns.only.T.tolist() if len(columns.coders) else [[] for _ in range(rows)]
    both, some = counts["both"].tolist(), counts["some"].tolist()
    size, coded = counts["size"].tolist(), counts["coded"].tolist()
    full = counts["values"].tolist()
    several = (_pairs_there(columns) > 1).tolist()
    found = []
    for row in range(rows):
        numbers = {name: _or_none(listed[name][row]) for name in COEFFICIENTS}
        general = _general(size[row], coded[row], full[row])
        if general == UNUSED:
            numbers = dict.fromkeys(COEFFICIENTS)
        if not continuous:
            numbers["u_alpha_binary"] = None
        why = {
            name: _reason(name, general, several=several[row], continuous=continuous)
            for name, value in numbers.items()
            if value is None
        }
        alone = dict(zip(columns.coders, only[row], strict=True))
        used = both[row] + some[row] + sum(only[row])
        found.append(
            Binary(
                size=size[row],
                both=both[row],
                some=some[row],
                neither=size[row] - used,
                only=alone,
                why_null=why,
                **numbers,
            )
        )
    return found


def _coefficients(columns: Columns) -> dict[str, Floats]:
    counts, tables = columns.everyone, columns.tables
    rows = counts["size"].shape
    kappas = np.array([binary.cohen(*table) for table in tables]).reshape(len(tables), *rows)
    met = np.sum([table[0] for table in tables], axis=0)
    either = np.sum([table[1] + table[2] for table in tables], axis=0)
    pairs = _pairs_there(columns)
    estimable = np.isfinite(kappas)
    number = estimable.sum(axis=0)
    mean = np.divide(
        np.where(estimable, kappas, 0).sum(axis=0), number, out=np.full(rows, np.nan),
        where=number > 0,
    )  # fmt: skip
    fleiss = binary.fleiss(counts)
    return {
        "percent": binary.percent(counts),
        "jaccard": binary.jaccard(met, either, np.zeros(rows)),
        "holsti": binary.jaccard(2 * met, either, np.zeros(rows)),
        "cohen_kappa": np.where(pairs == 1, mean, np.nan),
        "light_kappa": np.where(pairs > 1, mean, np.nan),
        "scott_pi": np.where(pairs == 1, fleiss, np.nan),
        "fleiss_kappa": fleiss,
        "s": np.where(binary.varies(counts), binary.free_marginal(counts), np.nan),
        "gwet_ac1": binary.gwet(counts),
        "alpha": binary.alpha(counts),
        "u_alpha_binary": binary.u_alpha(counts),
    }


def _pairs_there(columns: Columns) -> Floats:
    """Return how many pairs of coders have texts in common, by row."""
    found = np.zeros(columns.everyone["size"].shape)
    for table in columns.tables:
        found += np.sum(table, axis=0) > 0
    return found


def _or_none(value: float) -> float | None:
    return value if isfinite(value) else None


def _general(size: float, coded: float, full: float) -> str:
    if size <= 0:
        return NO_TEXT
    if coded <= 0:
        return UNUSED
    return EVERYTHING if coded >= full else ""


def _reason(name: str, general: str, *, several: bool, continuous: bool) -> str:
    if name == "u_alpha_binary" and not continuous:
        return TEXT_ONLY
    if general:
        return general
    if name in ("cohen_kappa", "scott_pi") and several:
        return TWO_CODERS
    if name == "light_kappa" and not several:
        return "the mean over pairs of coders needs more than two coders"
    return UNEQUAL if name == "fleiss_kappa" else UNDEFINED
