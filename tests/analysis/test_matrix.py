"""The code x study table counts studies, not codings."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.matrix import study_table
from tests.analysis.synthetic import VALENCES, evidence_of

FACILITATOR, BARRIER, MIXED, _, UNCLEAR = range(len(VALENCES))


def directions(*valences: int, study: int = 0) -> list[int]:
    rows = [(0, study, study, 10 * i, 10 * i + 5, 0) for i in range(len(valences))]
    return study_table(evidence_of(rows, valence=valences)).directions[0].tolist()


def test_a_study_counts_once_however_often_it_says_so() -> None:
    assert directions(FACILITATOR, FACILITATOR, FACILITATOR) == [1, 0, 0]
    assert directions(BARRIER, BARRIER) == [0, 0, 1]


def test_both_directions_in_one_study_are_in_the_middle() -> None:
    assert directions(FACILITATOR, BARRIER) == [0, 1, 0]
    assert directions(FACILITATOR, MIXED) == [0, 1, 0]


def test_codings_without_direction_do_not_weigh_against_one() -> None:
    assert directions(FACILITATOR, UNCLEAR, -1) == [1, 0, 0]
    assert directions(UNCLEAR) == [0, 1, 0]
    assert directions(-1) == [0, 1, 0]


codings = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3), st.integers(-1, 4)), max_size=60)


@given(codings)
def test_counts_are_those_of_plain_counting(drawn: list[tuple[int, int, int]]) -> None:
    rows = [(code, study, study, 0, 5, 0) for code, study, _ in drawn]
    table = study_table(evidence_of(rows, valence=[valence for *_, valence in drawn]))
    assert len(table) == 6
    assert table.codings.sum() == table.by_valence.sum() == len(drawn)
    for code in range(6):
        mine = [(study, valence) for c, study, valence in drawn if c == code]
        studies = {study for study, _ in mine}
        helping = {study for study, valence in mine if valence == FACILITATOR}
        assert table.code_studies[code] == len(studies) == table.directions[code].sum()
        assert table.facilitator_studies[code] == len(helping)
        assert table.facilitator_share()[code] == (len(helping) / len(studies) if studies else 0)
        for study in range(4):
            assert table.codings[code, study] == sum(s == study for s, _ in mine)
    used = table.code_studies > 0
    assert np.allclose(table.direction_shares().sum(axis=1), used)
    assert (table.facilitator_share() + table.barrier_share() <= 2).all()


def test_study_codes_count_different_codes() -> None:
    rows = [(0, 1, 1, 0, 5, 0), (0, 1, 1, 9, 12, 0), (3, 1, 1, 0, 5, 0)]
    assert study_table(evidence_of(rows)).study_codes.tolist() == [0, 2, 0, 0]
