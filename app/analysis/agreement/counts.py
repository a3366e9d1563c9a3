"""Sufficient counts: what every coefficient for two values (coded or not) is made of.

The same counts serve characters, areas and presence in documents: a *piece* then is a stretch of
text, the pages of a document, or one document that counts as 1. Counts of several pieces or codes
are added, which is how results are pooled, and weighted, which is how the bootstrap draws.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis.agreement.layers import Floats, Mask

FIELDS = (
    "size",  # characters (or documents, or square points) that were compared
    "values",  # the same once per coder who worked there
    "values_2",  # size x coders squared: tells whether the number of coders was constant
    "agreed",  # size x share of coder pairs that agree
    "coded",  # size once per coder who coded it
    "share",  # size x share of the coders who coded it
    "differ",  # coincidences coded/not coded, one direction: k(m-k)/(m-1)
    "squares",  # sum of squared unit lengths, for the self-pairing correction
    "both",  # coded by all who worked there
    "some",  # coded by two or more of them, not by all
)


@dataclass(frozen=True, eq=False, slots=True)
class Counts:
    """Counts as one array, fields x ...; index with the names in ``fields``."""

    table: Floats
    fields: tuple[str, ...] = FIELDS

    def __getitem__(self, field: str) -> Floats:
        """Return the counts of one field."""
        return np.asarray(self.table[self.fields.index(field)])

    def only(self, fields: tuple[str, ...]) -> "Counts":
        """Return some of the fields."""
        return Counts(self.table[[self.fields.index(field) for field in fields]], fields)

    def grouped(self, group: NDArray[np.integer], size: int) -> "Counts":
        """Return the counts of pieces added up by group: groups x codes."""
        out = np.zeros((len(FIELDS), size, *self.table.shape[2:]))
        np.add.at(out.swapaxes(0, 1), group, self.table.swapaxes(0, 1))
        return Counts(out)


@dataclass(frozen=True, eq=False, slots=True)
class CoderCounts:
    """Counts of all coders together and of each coder and pair, by piece and code.

    ``coded``, ``only`` and ``squares`` are coders x pieces x codes, ``met`` holds for each pair
    what both coded.
    """

    everyone: Counts
    roster: Mask  # pieces x coders
    size: Floats  # pieces
    coded: Floats
    only: Floats
    squares: Floats
    pairs: tuple[tuple[int, int], ...]
    met: tuple[Floats, ...]

    def pair(self, number: int) -> Counts:
        """Return the counts of one pair of coders alone, where both worked."""
        a, b = self.pairs[number]
        together = (self.roster[:, a] & self.roster[:, b])[:, None]
        size = np.where(together, self.size[:, None], 0.0) + np.zeros_like(self.coded[a])
        one, other = self.coded[a] * together, self.coded[b] * together
        met = self.met[number]
        differ = one + other - 2 * met
        coded = one + other
        squares = (self.squares[a] + self.squares[b]) * together
        return Counts(
            np.stack((size, 2 * size, 4 * size, size - differ, coded, coded / 2, differ, squares,
                      met, np.zeros_like(met)))
        )  # fmt: skip

    def pair_table(self, number: int) -> tuple[Floats, Floats, Floats, Floats]:
        """Return for one pair what both, only the first, only the second, and neither coded."""
        a, b = self.pairs[number]
        together = (self.roster[:, a] & self.roster[:, b])[:, None]
        met = self.met[number]
        first, second = self.coded[a] * together - met, self.coded[b] * together - met
        size = np.where(together, self.size[:, None], 0.0)
        return met, first, second, size - met - first - second


def coder_pairs(count: int) -> tuple[tuple[int, int], ...]:
    """Return all pairs of coders."""
    return tuple((a, b) for a in range(count) for b in range(a + 1, count))


def count(
    *,
    codes: int,
    roster: Mask,
    size: Floats,
    piece: NDArray[np.integer],
    code: NDArray[np.integer],
    mask: NDArray[np.integer],
    length: NDArray[np.generic],
    squares: Floats | None = None,
    pairs: Sequence[tuple[int, int]] | None = None,
) -> CoderCounts:
    """Count stretches (piece, code, who coded it, how long) in pieces of the given sizes.

    ``squares`` (coders x pieces x codes) are the squared lengths of units, where units have one.
    """
    coders = roster.shape[1]
    shape = (len(size), codes)
    at = piece.astype(np.int64) * codes + code
    long = length.astype(np.float64)
    there = roster.sum(axis=1).astype(np.float64)
    m = there[piece]
    k = np.bitwise_count(mask.astype(np.int64)).astype(np.float64)
    on = [((mask >> c) & 1).astype(np.float64) for c in range(coders)]

    def added(weights: Floats) -> Floats:
        flat = np.bincount(at, weights=weights, minlength=shape[0] * shape[1])
        return np.asarray(flat.reshape(shape), dtype=np.float64)

    square = np.zeros((coders, *shape)) if squares is None else squares
    differ = added(long * k * (m - k) / (m - 1))
    whole = np.repeat(size[:, None], codes, axis=1)
    crew = there[:, None]
    everyone = np.stack(
        (
            whole,
            whole * crew,
            whole * crew**2,
            whole - 2 * differ / crew,
            added(long * k),
            added(long * k / m),
            differ,
            square.sum(axis=0),
            added(long * (k == m)),
            added(long * ((k >= 2) & (k < m))),
        )
    )
    chosen = coder_pairs(coders) if pairs is None else tuple(pairs)
    return CoderCounts(
        everyone=Counts(everyone),
        roster=roster,
        size=size,
        coded=np.array([added(long * on[c]) for c in range(coders)]).reshape(coders, *shape),
        only=np.array([added(long * on[c] * (k == 1)) for c in range(coders)]).reshape(
            coders, *shape
        ),
        squares=square,
        pairs=chosen,
        met=tuple(added(long * on[a] * on[b]) for a, b in chosen),
    )
