"""A tie's dependence on single studies, against doing it the slow way."""

import numpy as np
import pytest

from app.analysis.cooccurring.chance import shuffle_codes
from app.analysis.cooccurring.meetings import Meetings, count_meetings
from app.analysis.cooccurring.stability import stability, study_draws
from tests.analysis.cooccurring.unlinked import unlinked_review
from tests.analysis.synthetic import Row, evidence_of


@pytest.fixture(scope="module")
def meetings() -> Meetings:
    return count_meetings(unlinked_review(2, studies=14, codes=8, codings=500))


def test_the_share_of_resamples_is_that_of_counting_each(meetings: Meetings) -> None:
    found = stability(meetings, minimum_studies=4, replicates=60, seed=9)
    draws = study_draws(14, 60, 9).astype(int)
    assert (draws.sum(axis=1) == 14).all()
    for column in range(len(found.stays)):
        present = meetings.by_study[:, column] > 0
        stays = [sum(times for times, is_in in zip(draw, present, strict=True) if is_in) >= 4
                 for draw in draws]  # fmt: skip
        assert found.stays[column] == pytest.approx(np.mean(stays))


def test_leaving_a_study_out_is_filtering_it_out(meetings: Meetings) -> None:
    found = stability(meetings, minimum_studies=4, replicates=5)
    evidence = meetings.evidence
    keys = [study.id for study in evidence.studies]
    for left_out, key in enumerate(keys):
        rest = count_meetings(evidence.where(studies=[other for other in keys if other != key]))
        falls = (meetings.counts >= 4) & (rest.counts < 4)
        assert np.array_equal(found.breakers[left_out], falls)
    assert found.breakers.any()
    assert found.stands_alone.any()
    assert not (found.stands_alone & found.breakers.any(axis=0)).any()


def test_a_tie_above_chance_has_to_stay_above_chance() -> None:
    """Codes 0 and 1 meet in four studies of much coding and, against all odds, in three small."""
    random = np.random.default_rng(1)
    rows: list[Row] = []
    for study in range(9):
        for place in range(14):
            pair = (0, 1) if place < 3 and study < 6 else random.integers(2, 6, 2).tolist()
            rows += [(code, study, study, place * 50, place * 50 + 9, 0) for code in pair]
    meetings = count_meetings(evidence_of(rows, studies=9, coders=1))
    chance = shuffle_codes(meetings, shuffles=300)
    column = meetings.column(0, 1)
    alone, judged = (stability(meetings, known, replicates=400) for known in (None, chance))
    assert chance.q[column] <= 0.10
    assert 0 < judged.stays[column] <= alone.stays[column] <= 1
    others = ~(chance.tested & (chance.q <= 0.10))
    assert np.array_equal(judged.stays[others], alone.stays[others])
    again = stability(meetings, chance, replicates=400)
    assert np.array_equal(again.stays, judged.stays)


def test_no_studies_no_ties() -> None:
    found = stability(count_meetings(evidence_of([], studies=0)), replicates=10)
    assert not found.holds.any()
    assert not found.stays.any()
