"""Coefficients of a tie, from sets of units: never from pairs of codings, where they break.

Shares (Jaccard and the like) start from the units of the tie: studies or reports. Coefficients
that compare with the margins (lift, phi and the like) need units of which each holds a code or not
and holds two codes by holding each: coded characters for overlap; the coded sentences, paragraphs
or pages of such a rule; studies for "same study". Mixing the two would compare ties with mere
presence, and phi would leave its range. docs/cooccurrence.md has formulas and sources.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis.cooccurrence import overlapping_pairs
from app.analysis.cooccurring.meetings import Meetings, units_per_code
from app.analysis.cooccurring.passages import Joined
from app.analysis.cooccurring.rules import CODINGS, OF_TEXT_UNITS, OVERLAP, STUDY
from app.analysis.cooccurring.units import TextUnits
from app.analysis.evidence import Evidence

Values = NDArray[np.float64]
FEW_STUDIES = 3
"""Lift and its kin are shown from so many studies on: with fewer they favour rare codes."""


@dataclass(frozen=True, eq=False, slots=True)
class UnitCounts:
    """Numbers of units per pair of codes (columns of ``Meetings``).

    ``both`` units hold the tie, ``a`` and ``b`` use the codes, ``total`` hold any coding. ``both``
    is never above ``a`` or ``b``.
    """

    both: Values
    a: Values
    b: Values
    total: int


def unit_counts(meetings: Meetings) -> UnitCounts:
    """Return what the coefficients start from: reports where these are counted, else studies."""
    uses, total = units_per_code(meetings)
    of_pairs = meetings.counting.unit == CODINGS
    both = meetings.study_counts if of_pairs else meetings.counts
    low, high = meetings.columns
    return UnitCounts(
        both.astype(np.float64),
        uses[low].astype(np.float64),
        uses[high].astype(np.float64),
        total,
    )


def margin_counts(meetings: Meetings) -> UnitCounts | None:
    """Return units that hold codes independently of ties; None for rules that have none."""
    kind = meetings.counting.rule.kind
    if kind == STUDY:
        return unit_counts(meetings)
    if kind in OF_TEXT_UNITS and meetings.units is not None:
        return text_unit_counts(meetings.evidence, meetings.units, kind)
    return character_counts(meetings) if kind == OVERLAP else None


def text_unit_counts(evidence: Evidence, units: TextUnits, kind: str) -> UnitCounts:
    """Return the same with coded sentences, paragraphs or pages as the units.

    ``both`` are those that both codes touch. Units of one study are not independent of each other.
    """
    spans = units.spans(evidence, kind)
    rows = np.flatnonzero(spans[:, 0] >= 0)
    # A coding touches the units of its document that other codings begin or end in between.
    stride = int(spans.max(initial=0)) + 2
    base = evidence.document[rows].astype(np.int64) * stride
    low, high = base + spans[rows, 0], base + spans[rows, 1]
    known = np.unique(np.concatenate((low, high)))
    first, last = np.searchsorted(known, low), np.searchsorted(known, high)
    lengths = last - first + 1
    unit = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths - first, lengths)
    used = np.zeros((len(evidence.codes), len(known)), dtype=np.float32)
    used[np.repeat(evidence.code[rows], lengths), unit] = 1
    both = (used @ used.T).astype(np.float64)
    a, b = np.triu_indices(len(evidence.codes), 1)
    size = both.diagonal()
    return UnitCounts(both[a, b], size[a], size[b], len(known))


def jaccard(n: UnitCounts) -> Values:
    """Return both / (a + b - both)."""
    return _ratio(n.both, n.a + n.b - n.both)


def dice(n: UnitCounts) -> Values:
    """Return 2 both / (a + b)."""
    return _ratio(2 * n.both, n.a + n.b)


def cosine(n: UnitCounts) -> Values:
    """Return both / sqrt(a b), also called Ochiai's coefficient."""
    return _ratio(n.both, np.sqrt(n.a * n.b))


def inclusion(n: UnitCounts) -> Values:
    """Return both / min(a, b)."""
    return _ratio(n.both, np.minimum(n.a, n.b))


def a_given_b(n: UnitCounts) -> Values:
    """Return both / b: of the units with B, the share in which A comes together with it."""
    return _ratio(n.both, n.b)


def b_given_a(n: UnitCounts) -> Values:
    """Return both / a."""
    return _ratio(n.both, n.a)


def lift(n: UnitCounts) -> Values:
    """Return both total / (a b): observed over expected from the margins, 1 is as expected."""
    return _ratio(n.both * n.total, n.a * n.b)


def association_strength(n: UnitCounts) -> Values:
    """Return both / (a b), as VOSviewer defines it: lift without the number of units."""
    return _ratio(n.both, n.a * n.b)


def npmi(n: UnitCounts) -> Values:
    """Return log2(lift) / -log2(both / total): -1 never together, 0 as expected, 1 always."""
    with np.errstate(divide="ignore", invalid="ignore"):
        share = n.both / max(n.total, 1)
        value = np.log2(lift(n)) / -np.log2(share)
    value = np.where(share >= 1, 1.0, value)
    return np.where((n.a > 0) & (n.b > 0), np.where(n.both > 0, value, -1.0), np.nan)


def phi(n: UnitCounts) -> Values:
    """Return the correlation of the two columns of the 2 x 2 table of units."""
    spread = np.sqrt(n.a * n.b * (n.total - n.a) * (n.total - n.b))
    return _ratio(n.both * n.total - n.a * n.b, spread)


SHARES: dict[str, Callable[[UnitCounts], Values]] = {
    "jaccard": jaccard,
    "dice": dice,
    "cosine": cosine,
    "inclusion": inclusion,
    "p_a_given_b": a_given_b,
    "p_b_given_a": b_given_a,
}
"""By the names of exported columns. NaN: not estimable, as neither code is used."""
OVER_MARGINS: dict[str, Callable[[UnitCounts], Values]] = {
    "lift": lift,
    "association_strength": association_strength,
    "npmi": npmi,
    "phi": phi,
}
"""NaN: not estimable, as a code is in no unit or (phi) in all."""
RARE_CODE_BIAS = frozenset({"lift", "association_strength", "npmi"})


def character_counts(meetings: Meetings) -> UnitCounts:
    """Return coded characters as the units: those of both codes, of either, of any code.

    Indifferent to how finely people cut passages and to coding twice. Areas have no characters.
    """
    joined, codes = meetings.joined, len(meetings.evidence.codes)
    first, second = overlapping_pairs(joined.document, joined.start, joined.end)
    low = np.maximum(joined.start[first], joined.start[second])
    common = np.minimum(joined.end[first], joined.end[second]) - low
    place = joined.code[first].astype(np.int64) * codes + joined.code[second]
    matrix = np.bincount(place, weights=common, minlength=codes * codes).reshape(codes, codes)
    length = (joined.end - joined.start).astype(np.float64)
    size = np.bincount(joined.code, weights=length, minlength=codes).astype(np.float64)
    a, b = meetings.columns
    both = (matrix[a, b] + matrix[b, a]).astype(np.float64)
    return UnitCounts(both, size[a], size[b], _covered(joined))


def _covered(joined: Joined) -> int:
    """Return how many characters have any code."""
    stride = int(joined.end.max(initial=0)) + 1
    base = joined.document.astype(np.int64) * stride
    order = np.argsort(base + joined.start, kind="stable")
    starts, ends = (base + joined.start)[order], (base + joined.end)[order]
    before = np.concatenate(([0], np.maximum.accumulate(ends)[:-1]))[: len(ends)]
    return int(np.maximum(ends - np.maximum(starts, before), 0).sum())


def shared_characters(meetings: Meetings) -> Values:
    """Return characters coded with both codes / characters coded with either, per column."""
    return jaccard(character_counts(meetings))


def _ratio(part: Values, whole: Values) -> Values:
    return np.asarray(np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole > 0))
