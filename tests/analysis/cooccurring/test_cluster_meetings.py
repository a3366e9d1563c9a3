"""Clusters meet as often as plain sums say, and labels dealt by chance tell what to expect."""

import numpy as np
import pytest

from app.analysis.cooccurring.chance import expected_pairs
from app.analysis.cooccurring.cluster_meetings import bridges, cluster_pairs, ei_index
from app.analysis.cooccurring.meetings import count_meetings
from tests.analysis.cooccurring.unlinked import unlinked_review
from tests.analysis.synthetic import Row, evidence_of


def of_ties(ties: list[tuple[int, int]], codes: int = 12, studies: int = 5):
    rows: list[Row] = []
    for study in range(studies):
        for place, pair in enumerate(ties):
            rows += [(code, study, study, place * 20, place * 20 + 9, 0) for code in pair]
    meetings = count_meetings(evidence_of(rows, codes=codes, studies=studies, coders=1))
    return meetings, meetings.counts >= 3


def clusters_of(meetings) -> list[str]:
    return [code.cluster for code in meetings.evidence.codes]


def test_pairs_of_clusters_sum_their_codes() -> None:
    meetings = count_meetings(unlinked_review(4, studies=10, codes=12, codings=500))
    ties = meetings.counts >= 3
    expected = expected_pairs(meetings).sum(axis=0)
    names = clusters_of(meetings)
    found = cluster_pairs(meetings, ties, replicates=50)
    assert len(found) == 10
    for pair in found:
        columns = [
            column for column, (a, b) in enumerate(zip(*meetings.columns, strict=True))
            if {names[a], names[b]} == {pair.cluster_a, pair.cluster_b}
        ]  # fmt: skip
        assert pair.observed == meetings.pairs[:, columns].sum()
        assert pair.expected == pytest.approx(expected[columns].sum(), rel=1e-5)
        assert pair.ties == ties[columns].sum()
        assert pair.studies == (meetings.pairs[:, columns].sum(axis=1) > 0).sum()
        assert pair.ratio == pytest.approx(pair.observed / pair.expected)
        assert pair.low <= pair.ratio <= pair.high
    assert sum(pair.observed for pair in found) == pytest.approx(sum(p.expected for p in found))


def test_the_ei_index_is_judged_by_dealt_labels() -> None:
    names = clusters_of(of_ties([])[0])
    home = [i for i, name in enumerate(names) if name == "c1"]
    inside = [(a, b) for a in home for b in home if a < b]
    meetings, ties = of_ties([*inside, (home[0], home[-1] + 1)])
    found = ei_index(meetings, ties, permutations=500, replicates=50)
    assert (found.within, found.between) == (len(inside), 1)
    assert found.value == (1 - len(inside)) / (1 + len(inside))
    assert found.low <= found.value <= found.high
    assert -1 <= found.by_chance <= 1
    assert found.by_chance > found.value
    assert 1 / 501 <= found.p <= 1
    assert ei_index(meetings, ties, permutations=500, replicates=50) == found
    assert ei_index(meetings, np.zeros_like(ties)).value is None


def test_codes_bridge_by_the_spread_of_their_strength() -> None:
    names = clusters_of(of_ties([])[0])
    far = [names.index(name) for name in ("c2", "c3", "ctx")]
    home = [i for i, name in enumerate(names) if name == "c1"]
    meetings, ties = of_ties([(home[0], code) for code in far] + [(home[1], code) for code in home])
    found = bridges(meetings, ties, replicates=50)
    assert found[home[0]].participation == pytest.approx(1 - 4 * (1 / 4) ** 2)
    assert found[home[0]].ties == 4
    assert found[home[0]].bridges
    assert found[home[1]].participation == pytest.approx(0)
    assert not found[home[1]].bridges
    assert found[far[0]].participation is None
