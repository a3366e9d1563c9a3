"""Letting codes of one cluster change places so that heavy ties become short."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_DOWN = 1.4  # labels hang under nodes, so a tie straight down runs through one


def swapped(
    places: Floats, region: NDArray[np.int64], weights: Floats, *, rounds: int = 400
) -> list[int]:
    """Return for each code the number of the place it moves to.

    Repeatedly makes the one swap within a region that shortens the sum of weight x length most,
    until none helps; no chance is involved, so the same input gives the same places. Heavier ties
    count more than proportionally: they are the ones drawn. ``places`` is codes x 2 in mm.
    """
    count = len(places)
    if not count:
        return []
    pull = np.triu(weights, 1) ** 1.5
    pull = pull + pull.T
    across, down = (places[:, None, :] - places[None, :, :]).transpose(2, 0, 1)
    length = np.hypot(across, _DOWN * down)
    at = np.arange(count)
    allowed = np.triu(region[:, None] == region[None, :], 1)
    for _ in range(rounds):
        gain = np.where(allowed, _gains(pull, length[np.ix_(at, at)]), 0.0).round(6)
        best = int(gain.argmax())
        first, second = divmod(best, count)
        if gain[first, second] <= 1e-6:
            break
        at[[first, second]] = at[[second, first]]
    return [int(place) for place in at]


def _gains(pull: Floats, length: Floats) -> Floats:
    """Return how much shorter the sum becomes when codes a and b change places.

    With S[a, b] = sum over k of pull[a, k] * length[b, k], the part of the sum that a and b take
    part in changes from S[a, a] + S[b, b] to S[a, b] + S[b, a], apart from their own tie, whose
    length stays.
    """
    cross = pull @ length
    own = np.diagonal(cross)
    return own[:, None] + own[None, :] - cross - cross.T - 2 * pull * length
