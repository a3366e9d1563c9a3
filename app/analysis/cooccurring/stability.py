"""Tells whether a tie depends on which studies happen to be in the review.

Studies are drawn again with replacement (bootstrap), and each is left out once. A tie stays when
it is still in enough studies and, where it was found to be above chance, still above chance.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis.cooccurring.chance import FDR, MINIMUM_STUDIES, SEED, Chance, z_of
from app.analysis.cooccurring.meetings import Meetings

Values = NDArray[np.float64]
REPLICATES = 500
STABLE = 0.8
STILL_ABOVE = 1.645
"""The z that a tie above chance still has to have: p = .05, one-sided."""


@dataclass(frozen=True, eq=False, slots=True)
class Stability:
    """Per column: ``stays`` is the share of resamples in which the tie stays.

    ``breakers`` is studies x columns: the tie holds with all studies and falls without this one.
    """

    stays: Values
    holds: NDArray[np.bool_]
    breakers: NDArray[np.bool_]
    replicates: int
    seed: int

    @property
    def stable(self) -> NDArray[np.bool_]:
        """Return which ties stay in at least 80 % of the resamples."""
        return np.asarray(self.stays >= STABLE, dtype=np.bool_)

    @property
    def stands_alone(self) -> NDArray[np.bool_]:
        """Return which ties hold without any one study."""
        return np.asarray(self.holds & ~self.breakers.any(axis=0), dtype=np.bool_)


def stability(
    meetings: Meetings,
    chance: Chance | None = None,
    *,
    minimum_studies: int = MINIMUM_STUDIES,
    replicates: int = REPLICATES,
    seed: int = SEED,
    fdr: float = FDR,
) -> Stability:
    """Draw studies again and leave each out; the same seed gives the same numbers.

    With ``chance`` the ties whose q is at most ``fdr`` also have to stay above chance.
    """
    present = (meetings.by_study > 0).astype(np.float32)
    studies, width = present.shape
    judged = np.zeros(width, dtype=np.bool_)
    if chance is not None:
        judged = chance.tested & (chance.q <= fdr)
    draws = study_draws(studies, replicates, seed)
    # Ties in fewer studies than asked for may come up in a resample, too.
    stays = draws @ present >= minimum_studies
    counts = present.sum(axis=0)
    left = counts - present >= minimum_studies
    if chance is not None and judged.any():
        above = (meetings.by_study - chance.expected)[:, judged]
        variance = chance.variance[:, judged]
        stays[:, judged] &= z_of(draws @ above, draws @ variance) >= STILL_ABOVE
        without = z_of(above.sum(axis=0) - above, variance.sum(axis=0) - variance)
        left[:, judged] &= without >= STILL_ABOVE
    holds = counts >= minimum_studies
    share = stays.mean(axis=0) if replicates else np.zeros(width)
    return Stability(
        stays=np.asarray(share, dtype=np.float64),
        holds=np.asarray(holds, dtype=np.bool_),
        breakers=np.asarray(holds & ~left, dtype=np.bool_),
        replicates=replicates,
        seed=seed,
    )


def study_draws(studies: int, replicates: int, seed: int) -> NDArray[np.float32]:
    """Return how often each study is drawn in each resample, resamples x studies."""
    if not studies:
        return np.zeros((replicates, 0), dtype=np.float32)
    random = np.random.default_rng(seed)
    draws = random.multinomial(studies, np.full(studies, 1 / studies), size=replicates)
    return draws.astype(np.float32)
