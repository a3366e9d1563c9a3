"""The report says the same numbers as the parts it is made of, and warns."""

from dataclasses import replace

import numpy as np
import pytest

from app.analysis.cooccurring.meetings import Meetings, count_meetings
from app.analysis.cooccurring.report import Settings, chance_of, ties_report
from app.analysis.cooccurring.rules import Counting, Rule
from app.analysis.cooccurring.valence_of_ties import TieValence, tie_valence
from tests.analysis.synthetic import Row, evidence_of, review, some_codes

ASKED = Settings(shuffles=500, replicates=50)


@pytest.fixture(scope="module")
def meetings() -> Meetings:
    return count_meetings(review(some_codes(16), studies=20, codings=900, links=4))


def test_lines_are_the_ties_in_enough_studies_strongest_first(meetings: Meetings) -> None:
    report = ties_report(meetings, ASKED, chance_of(meetings, ASKED))
    assert len(report.ties) == int((meetings.counts >= 3).sum())
    counts = [tie.count for tie in report.ties]
    assert counts == sorted(counts, reverse=True)
    numbers = {code.id: at for at, code in enumerate(meetings.evidence.codes)}
    for tie in report.ties:
        column = meetings.column(numbers[tie.code_a], numbers[tie.code_b])
        assert tie.count == tie.studies == len(tie.study_labels) == meetings.counts[column]
        assert tie.passages == meetings.pairs[:, column].sum()
        assert tie.stands_alone == (not tie.breakers)
        assert tie.largest_study in tie.study_labels
        if tie.verdict == "not tested":
            assert tie.p is tie.q is tie.over_expected is None
        else:
            assert (tie.verdict == "more") == (tie.q <= 0.10)
            assert tie.over_expected == pytest.approx(tie.count / tie.expected)
    assert {"more", "expected"} <= {tie.verdict for tie in report.ties}
    assert report == ties_report(meetings, ASKED, chance_of(meetings, ASKED))


def test_warnings_name_what_can_mislead(meetings: Meetings) -> None:
    few = Settings(shuffles=50, replicates=5)
    assert "50 shuffles are few" in " ".join(
        ties_report(meetings, few, chance_of(meetings, few)).warnings
    )
    study = count_meetings(meetings.evidence, Counting(Rule("study")))
    assert chance_of(study, ASKED) is None
    report = ties_report(study, ASKED)
    assert "Same study says little" in report.warnings[0]
    assert {tie.verdict for tie in report.ties} == {"not tested"}
    other = (np.arange(len(meetings.evidence)) % 2).astype(np.int32)
    two = replace(meetings.evidence, coder=other, coders=("one", "two"))
    assert "disagreement" in ties_report(count_meetings(two), few).warnings[0]
    assert not ties_report(count_meetings(two, Counting(apart=True)), few).warnings


def test_no_codings_give_an_empty_report() -> None:
    report = ties_report(count_meetings(evidence_of([])), ASKED)
    assert report.ties == ()
    assert report.ei.value is None
    assert not any(bridge.bridges for bridge in report.bridges)


def test_valences_of_a_tie_are_counted_in_studies() -> None:
    rows: list[Row] = []
    valence: list[int] = []
    for study, (a, b) in enumerate([(0, 0), (0, 0), (1, 1), (0, 1)]):
        rows += [(0, study, study, 0, 9, 0), (1, study, study, 5, 12, 0)]
        valence += [a, b]
    meetings = count_meetings(evidence_of(rows, valence=valence))
    assert tie_valence(meetings, 0, 1) == TieValence(2, 1, 1, 0, "mixed")
    three = count_meetings(evidence_of(rows[:6], valence=[0, 0, 0, 0, -1, 2]))
    assert tie_valence(three, 1, 0) == TieValence(2, 0, 0, 1, "facilitators")
    two = count_meetings(evidence_of(rows[:4], valence=[0, 0, 0, 0]))
    assert tie_valence(two, 0, 1).kind == "mixed"
