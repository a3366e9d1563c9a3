"""Filters leave fewer codings and the same tables to point into."""

from dataclasses import replace

import numpy as np
import pytest

from app.analysis.evidence import Evidence
from tests.analysis.synthetic import evidence_of

ROWS = [(0, 0, 0, 0, 9, 0), (1, 0, 0, 5, 20, 1), (2, 1, 1, 0, 9, 2), (0, 2, 2, 3, 4, 0)]


@pytest.fixture
def evidence() -> Evidence:
    return evidence_of(ROWS, valence=[0, 1, -1, 0], stage_mask=[0b11, 0b100, 0, 0b10])


def kept(evidence: Evidence) -> list[int]:
    return [int(coding.removeprefix("coding-")) for coding in evidence.coding_ids]


def test_no_filter_keeps_all(evidence: Evidence) -> None:
    assert kept(evidence.where()) == [0, 1, 2, 3]


def test_filters_meet(evidence: Evidence) -> None:
    assert kept(evidence.where(codes={"code-0"})) == [0, 3]
    assert kept(evidence.where(studies={"s0", "s1"})) == [0, 1, 2]
    assert kept(evidence.where(coders={"coder-0"}, studies={"s2"})) == [3]
    assert kept(evidence.where(codes=())) == []


def test_valences_and_codings_without_one(evidence: Evidence) -> None:
    assert kept(evidence.where(valences={"facilitator"})) == [0, 3]
    assert kept(evidence.where(valences={"barrier", ""})) == [1, 2]


def test_one_of_the_stages_is_enough(evidence: Evidence) -> None:
    assert kept(evidence.where(stages={"assessment"})) == [0, 3]
    assert kept(evidence.where(stages={"planning", ""})) == [1, 2]
    assert kept(evidence.where(stages={"unknown"})) == []


def test_index_spaces_stay(evidence: Evidence) -> None:
    fewer = evidence.where(codes={"code-2"})
    assert fewer.codes is evidence.codes
    assert fewer.studies is evidence.studies
    assert fewer.code.tolist() == [2]
    assert fewer.end.tolist() == [9]
    assert len(fewer) == 1


def test_columns_of_unlike_length_are_refused(evidence: Evidence) -> None:
    with pytest.raises(ValueError, match="one value per coding"):
        replace(evidence, start=np.zeros(2, dtype=np.int64))


def test_a_code_that_is_not_in_the_table_is_refused(evidence: Evidence) -> None:
    with pytest.raises(ValueError, match="code"):
        replace(evidence, code=np.array([0, 1, 2, 99], dtype=np.int32))


def test_code_index(evidence: Evidence) -> None:
    assert evidence.code_index("code-3") == 3
    with pytest.raises(KeyError):
        evidence.code_index("nowhere")
