"""Where an offset of one text of a document stands in another text of it, roughly.

The texts differ as two extractions or two copies of a paper do. Pieces that occur once in both
are the milestones; between two of them an offset is placed in proportion.
"""

from bisect import bisect_left
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from app.documents.anchors import NormalForm, normal_form

_PIECE = 32
_STEP = 160


class OffsetMap:
    """Takes the old and the new text once; then ``at`` is cheap."""

    def __init__(self, old: str, new: str) -> None:
        """Find the milestones of two texts; equal texts need none."""
        self._same = old == new
        self._new_length = len(new)
        if self._same:
            return
        self._old, self._new = normal_form(old), normal_form(new)
        pairs = np.array(list(_milestones(self._old, self._new)), dtype=np.int64).reshape(-1, 2)
        pairs = pairs[_rising(pairs[:, 1])]
        self._from, self._to = pairs[:, 0], pairs[:, 1]

    def at(self, offset: int) -> int | None:
        """Return the offset of the new text, or ``None`` where the texts have nothing in common."""
        if self._same:
            return offset
        if not len(self._from):
            return None
        index = self._old.index_of(offset)
        after = int(np.searchsorted(self._from, index, side="right"))
        if after == 0 or after == len(self._from):
            nearest = min(after, len(self._from) - 1)
            moved = index + int(self._to[nearest] - self._from[nearest])
        else:
            low, high = int(self._from[after - 1]), int(self._from[after])
            first, last = int(self._to[after - 1]), int(self._to[after])
            moved = first + round((index - low) * (last - first) / (high - low))
        return self._origin(moved)

    def _origin(self, index: int) -> int:
        origin = self._new.origin
        if not len(origin):
            return 0
        return int(origin[min(max(index, 0), len(origin) - 1)])


def _milestones(old: NormalForm, new: NormalForm) -> Iterator[tuple[int, int]]:
    """Yield (old index, new index) of pieces that stand once in each text."""
    expected = 0
    for at in range(0, len(old.text) - _PIECE + 1, _STEP):
        piece = old.text[at : at + _PIECE]
        found = new.text.find(piece, expected, expected + 4 * _STEP)
        if found < 0:
            found = new.text.find(piece)
        if found < 0 or new.text.find(piece, found + 1) >= 0:
            continue
        if old.text.find(piece, at + 1) >= 0 or old.text.find(piece) < at:
            continue
        expected = found
        yield at, found


def _rising(values: NDArray[np.int64]) -> list[int]:
    """Return the indices of a longest rising row of values: what was moved about is left out."""
    tails: list[int] = []
    tops: list[int] = []
    before = [-1] * len(values)
    for number, value in enumerate(values.tolist()):
        place = bisect_left(tops, value)
        before[number] = tails[place - 1] if place else -1
        tails[place:] = [number, *tails[place + 1 :]]
        tops[place:] = [value, *tops[place + 1 :]]
    chosen: list[int] = []
    at = tails[-1] if tails else -1
    while at >= 0:
        chosen.append(at)
        at = before[at]
    return chosen[::-1]
