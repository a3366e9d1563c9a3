"""The sweep: from codings to stretches of text with the set of coders who coded each.

Everything else follows from the stretches and from the lengths of the units. No array is as long
as the text: n codings make at most 2n stretches.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from app.analysis.agreement.layers import Indices, Layers, Offsets


@dataclass(frozen=True, eq=False, slots=True)
class Units:
    """Passages after joining what one coder coded twice, arrays of one length.

    Passages of one coder, code and text that overlap are one unit; those that only touch stay
    two. ``unit_of`` gives the unit of each coding.
    """

    continuum: Indices
    code: Indices
    coder: Indices
    start: Offsets
    end: Offsets
    unit_of: Indices

    @property
    def joined(self) -> int:
        """Return how many codings went into the unit of another one."""
        return len(self.unit_of) - len(self.start)


@dataclass(frozen=True, eq=False, slots=True)
class Stretches:
    """Stretches of coded text, ordered by layer and place; bit ``c`` of ``mask`` is coder ``c``.

    ``piece`` is the piece of text it stands in (see ``Pieces``).
    """

    piece: Indices
    code: Indices
    mask: Offsets
    length: Offsets


@dataclass(frozen=True, eq=False, slots=True)
class Pieces:
    """How the texts are cut into pieces that are drawn together by the bootstrap.

    Pieces are ordered by continuum and start. Usually each continuum is one piece.
    """

    continuum: Indices
    start: Offsets
    length: Offsets

    def of(self, continuum: Indices, place: Offsets) -> Indices:
        """Return the piece that holds each place."""
        stride = int((self.start + self.length).max(initial=0)) + 1
        keys = self.continuum.astype(np.int64) * stride + self.start
        wanted = continuum.astype(np.int64) * stride + place
        return (np.searchsorted(keys, wanted, side="right") - 1).astype(np.int32)


def whole_texts(layers: Layers) -> Pieces:
    """Return each continuum as one piece."""
    count = len(layers.continua)
    return Pieces(
        np.arange(count, dtype=np.int32),
        np.zeros(count, dtype=np.int64),
        np.array([c.length for c in layers.continua], dtype=np.int64),
    )


def paragraphs(layers: Layers) -> Pieces:
    """Return the paragraphs of each continuum as pieces."""
    rows = []
    for number, continuum in enumerate(layers.continua):
        inside = {p for p in continuum.paragraphs if 0 < p < continuum.length}
        edges = [0, *sorted(inside), continuum.length]
        rows += [(number, low, high - low) for low, high in pairwise(edges)]
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return Pieces(table[:, 0].astype(np.int32), table[:, 1], table[:, 2])


def unite(layers: Layers) -> Units:
    """Join the overlapping passages of one coder, code and text."""
    if not layers.coding_ids:
        return Units(layers.continuum, layers.code, layers.coder, layers.start, layers.end,
                     np.zeros(0, dtype=np.int32))  # fmt: skip
    stride = int(layers.end.max()) + 1
    layer = layers.continuum.astype(np.int64) * len(layers.codes) + layers.code
    layer = layer * len(layers.coders) + layers.coder
    order = np.argsort(layer * stride + layers.start, kind="stable")
    low, high = (layer * stride + layers.start)[order], (layer * stride + layers.end)[order]
    reach = np.maximum.accumulate(high)
    opens = np.concatenate(([True], low[1:] >= reach[:-1]))
    heads = np.flatnonzero(opens)
    first = order[heads]
    unit_of = np.empty(len(order), dtype=np.int32)
    unit_of[order] = np.cumsum(opens) - 1
    return Units(
        layers.continuum[first],
        layers.code[first],
        layers.coder[first],
        layers.start[first],
        np.maximum.reduceat(layers.end[order], heads),
        unit_of,
    )


def sweep(layers: Layers, units: Units, pieces: Pieces) -> Stretches:
    """Return the stretches of every (text, code) layer that at least one coder coded."""
    if not len(units.start):
        nothing = np.zeros(0, dtype=np.int32)
        return Stretches(nothing, nothing, nothing.astype(np.int64), nothing.astype(np.int64))
    codes = len(layers.codes)
    stride = max(continuum.length for continuum in layers.continua) + 1
    group = units.continuum.astype(np.int64) * codes + units.code
    bit = np.int64(1) << units.coder.astype(np.int64)
    cut_group, cut_place = _cuts(pieces, codes, group)
    keys = np.concatenate(
        (group * stride + units.start, group * stride + units.end, cut_group * stride + cut_place)
    )
    toggles = np.concatenate((bit, bit, np.zeros(len(cut_group), dtype=np.int64)))
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    # Units of one coder do not overlap here, so a coder's bit flips at every end; at the last
    # event of a layer all are off again.
    mask = np.bitwise_xor.accumulate(toggles[order])[:-1]
    length = np.diff(keys)
    found = np.flatnonzero((mask != 0) & (length > 0))
    layer, place = np.divmod(keys[found], stride)
    continuum, code = np.divmod(layer, codes)
    piece = pieces.of(continuum.astype(np.int32), place)
    return _summed(piece, code.astype(np.int32), mask[found], length[found])


def distinct(values: Offsets) -> Offsets:
    """Return the different values in order; for many of them faster than numpy's own way."""
    ordered = np.sort(values)
    return (
        ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))] if len(values) else ordered
    )


def _cuts(pieces: Pieces, codes: int, group: Offsets) -> tuple[Offsets, Offsets]:
    """Return, for every layer in use, the places where a piece begins inside its text."""
    inner = np.flatnonzero(pieces.start > 0)
    if not len(inner):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    used = distinct(group)
    by_text = np.bincount(used // codes, minlength=int(pieces.continuum.max()) + 1)
    repeats = by_text[pieces.continuum[inner]]
    place = np.repeat(pieces.start[inner], repeats)
    first_used = np.searchsorted(used // codes, pieces.continuum[inner])
    run = np.repeat(np.cumsum(repeats) - repeats, repeats)
    group = used[np.repeat(first_used, repeats) + np.arange(len(place)) - run]
    return group, place


def _summed(piece: Indices, code: Indices, mask: Offsets, length: Offsets) -> Stretches:
    """Add up the stretches of one piece and code that the same coders coded."""
    order = np.lexsort((mask, code, piece))
    piece, code, mask, length = piece[order], code[order], mask[order], length[order]
    if not len(order):
        return Stretches(piece, code, mask, length)
    new = (np.diff(piece) != 0) | (np.diff(code) != 0) | (np.diff(mask) != 0)
    heads = np.flatnonzero(np.concatenate(([True], new)))
    return Stretches(piece[heads], code[heads], mask[heads], np.add.reduceat(length, heads))
