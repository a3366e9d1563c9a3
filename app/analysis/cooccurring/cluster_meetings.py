"""How the clusters meet: observed over expected, the E-I index, codes that bridge clusters.

Every number has a 90 % interval from studies drawn again, as clusters are few and studies differ.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis.cooccurring.chance import MINIMUM_STUDIES, SEED, expected_pairs
from app.analysis.cooccurring.meetings import Meetings
from app.analysis.cooccurring.stability import REPLICATES, study_draws

Values = NDArray[np.float64]
PERMUTATIONS = 2_000
INTERVAL = (5.0, 95.0)
BRIDGE_TIES = 3
BRIDGE_PARTICIPATION = 0.5


@dataclass(frozen=True, slots=True)
class ClusterPair:
    """Pairs of passages between two clusters (or within one), found and expected.

    ``ratio`` is None where nothing is expected, ``low`` and ``high`` where too few resamples have
    any. ``studies`` counts the studies in which the clusters meet, ``ties`` the ties that hold.
    """

    cluster_a: str
    cluster_b: str
    observed: int
    expected: float
    ratio: float | None
    low: float | None
    high: float | None
    studies: int
    ties: int


@dataclass(frozen=True, slots=True)
class EIIndex:
    """(ties between - ties within) / ties; ``p``: as low by shuffled clusters, one-sided."""

    value: float | None
    low: float | None
    high: float | None
    between: int
    within: int
    by_chance: float | None
    p: float | None
    permutations: int
    seed: int


@dataclass(frozen=True, slots=True)
class Bridge:
    """How evenly a code's ties spread over clusters: 0 one cluster, near 1 many alike."""

    code_id: str
    ties: int
    participation: float | None
    low: float | None
    high: float | None
    bridges: bool


def cluster_index(meetings: Meetings) -> NDArray[np.int64]:
    """Return the cluster of each code as an index, -1 where it has none."""
    number = {cluster.id: index for index, cluster in enumerate(meetings.evidence.clusters)}
    return np.array([number.get(code.cluster, -1) for code in meetings.evidence.codes], dtype=int)


def cluster_pairs(
    meetings: Meetings,
    ties: NDArray[np.bool_],
    *,
    replicates: int = REPLICATES,
    seed: int = SEED,
) -> tuple[ClusterPair, ...]:
    """Return all pairs of clusters in the order of the codebook, each with itself first.

    ``ties`` tells per column which ties hold. Expected are the pairs that codes shuffled within
    each study would give (``chance.expected_pairs``).
    """
    clusters = meetings.evidence.clusters
    of_code, size = cluster_index(meetings), len(clusters)
    low, high = meetings.columns
    a, b = of_code[low], of_code[high]
    block = np.where((a < 0) | (b < 0), -1, np.minimum(a, b) * size + np.maximum(a, b))
    order = [(i, j) for i in range(size) for j in range(i, size)]
    member = np.stack([block == i * size + j for i, j in order], axis=1) if order else None
    if member is None:
        return ()
    blocks = member.astype(np.float32)
    found = meetings.pairs.astype(np.float32) @ blocks
    expected = expected_pairs(meetings) @ blocks
    draws = study_draws(len(found), replicates, seed)
    drawn = _ratio(draws @ found, draws @ expected)
    held = ties @ member.astype(np.int64)
    rows = []
    for k, (i, j) in enumerate(order):
        total, hoped = float(found[:, k].sum()), float(expected[:, k].sum())
        bounds = _interval(drawn[:, k])
        rows.append(
            ClusterPair(
                clusters[i].id, clusters[j].id, round(total), hoped,
                total / hoped if hoped > 0 else None, *bounds,
                int((found[:, k] > 0).sum()), int(held[k]),
            )
        )  # fmt: skip
    return tuple(rows)


def ei_index(
    meetings: Meetings,
    ties: NDArray[np.bool_],
    *,
    minimum_studies: int = MINIMUM_STUDIES,
    permutations: int = PERMUTATIONS,
    replicates: int = REPLICATES,
    seed: int = SEED,
) -> EIIndex:
    """Return the E-I index of the ties; -1 all within clusters, 1 all between.

    With several clusters most ties would lie between them by chance alone, so the value says
    nothing without ``by_chance``: clusters are dealt anew to the codes that are used and have one.
    The interval draws studies again and keeps those of the ties in enough studies.
    """
    of_code = cluster_index(meetings)
    low, high = meetings.columns
    known = (of_code[low] >= 0) & (of_code[high] >= 0)
    kept = ties & known
    a, b = low[kept], high[kept]
    within = int((of_code[a] == of_code[b]).sum())
    total = len(a)
    if not total:
        return EIIndex(None, None, None, 0, 0, None, None, permutations, seed)
    value = (total - 2 * within) / total
    random = np.random.default_rng(seed)
    used = np.zeros(len(of_code), dtype=np.bool_)
    used[meetings.joined.code] = True
    rows = np.flatnonzero(used & (of_code >= 0))
    dealt = np.tile(of_code.astype(np.int16)[:, None], (1, permutations))
    dealt[rows] = random.permuted(
        np.tile(of_code[rows].astype(np.int16), (permutations, 1)), axis=1
    ).T
    inside = (dealt[a] == dealt[b]).sum(axis=0)
    chances = (total - 2 * inside) / total
    present = (meetings.by_study[:, kept] > 0).astype(np.float32)
    stays = study_draws(len(present), replicates, seed) @ present >= minimum_studies
    same = of_code[a] == of_code[b]
    number = stays.sum(axis=1)
    drawn = _ratio(number - 2.0 * stays[:, same].sum(axis=1), number)
    return EIIndex(
        value, *_interval(drawn), total - within, within,
        float(chances.mean()) if permutations else None,
        float((1 + (inside >= within).sum()) / (1 + permutations)), permutations, seed,
    )  # fmt: skip


def bridges(
    meetings: Meetings,
    ties: NDArray[np.bool_],
    *,
    minimum_studies: int = MINIMUM_STUDIES,
    replicates: int = REPLICATES,
    seed: int = SEED,
) -> tuple[Bridge, ...]:
    """Return per code 1 - sum over clusters of (strength to the cluster / strength) squared.

    Strength is the count of the tie. Codes with fewer than three ties have no value.
    """
    of_code = cluster_index(meetings)
    low, high = (index[ties] for index in meetings.columns)
    strength = meetings.by_study[:, ties].astype(np.float32)
    groups = len(meetings.evidence.clusters) + 1  # partners without a cluster are one more
    member = np.zeros((len(low), len(of_code), groups), dtype=np.float32)
    member[np.arange(len(low)), low, of_code[high]] = 1
    member[np.arange(len(low)), high, of_code[low]] = 1
    draws = study_draws(len(strength), replicates, seed)
    drawn = draws @ strength
    drawn[draws @ (strength > 0).astype(np.float32) < minimum_studies] = 0
    values = _participation(strength.sum(axis=0, keepdims=True), member)[0]
    bounds = _intervals(_participation(drawn, member))
    number = np.bincount(np.concatenate((low, high)), minlength=len(of_code))
    found = []
    for code, key in enumerate(meetings.evidence.codes):
        if number[code] < BRIDGE_TIES:
            found.append(Bridge(key.id, int(number[code]), None, None, None, False))
            continue
        value = float(values[code])
        bridge = value > BRIDGE_PARTICIPATION
        found.append(Bridge(key.id, int(number[code]), value, *bounds[code], bridge))
    return tuple(found)


def _participation(strength: NDArray[np.float32], member: NDArray[np.float32]) -> Values:
    """Return rows x codes from the strengths of ties and ties x codes x groups of partners."""
    ties, codes, groups = member.shape
    parts = strength @ member.reshape(ties, codes * groups)
    parts = parts.reshape(len(strength), codes, groups).astype(np.float64)
    return 1 - _ratio((parts**2).sum(axis=2), parts.sum(axis=2) ** 2)


def _intervals(drawn: Values) -> list[tuple[float | None, float | None]]:
    """Return an interval per column."""
    if not len(drawn):
        return [(None, None)] * drawn.shape[1]
    known: NDArray[np.bool_] = np.asarray(np.isfinite(drawn).all(axis=0))
    low, high = np.percentile(np.where(known, drawn, 0.0), INTERVAL, axis=0)
    return [
        (float(low[k]), float(high[k])) if known[k] else _interval(drawn[:, k])
        for k in range(drawn.shape[1])
    ]


def _interval(drawn: Values) -> tuple[float | None, float | None]:
    known = drawn[np.isfinite(drawn)]
    if not len(drawn) or len(known) < len(drawn) / 2:
        return None, None
    low, high = np.percentile(known, INTERVAL)
    return float(low), float(high)


def _ratio(part: Values, whole: Values) -> Values:
    return np.asarray(np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole > 0))
