"""The shuffle finds links, finds none where there are none, and says the same for a seed."""

import numpy as np
import pytest

from app.analysis.cooccurring.chance import (
    Cancelled,
    expected_pairs,
    false_discovery_rates,
    pairs_to_test,
    shuffle_codes,
)
from app.analysis.cooccurring.meetings import Meetings, count_meetings
from app.analysis.cooccurring.rules import Counting, Rule
from app.analysis.cooccurring.units import TextUnits
from tests.analysis.cooccurring.unlinked import unlinked_review
from tests.analysis.synthetic import Row, evidence_of


def linked(studies: int = 12) -> Meetings:
    """Return a review in which codes 0 and 1 always stand together, 2 to 5 anywhere."""
    random = np.random.default_rng(3)
    rows: list[Row] = []
    for study in range(studies):
        for place in range(8):
            start = place * 100
            pair = (0, 1) if place < 2 else random.integers(2, 6, 2).tolist()
            rows += [(code, study, study, start, start + 50, 0) for code in pair]
    return count_meetings(evidence_of(rows, studies=studies, coders=1))


@pytest.mark.parametrize(
    ("unit", "rule", "topics"),
    [
        ("studies", "overlap", True),
        ("studies", "overlap", False),
        ("codings", "overlap", True),
        ("studies", "characters:400", True),
    ],
)
def test_where_nothing_is_linked_few_pairs_look_linked(unit: str, rule: str, topics: bool) -> None:
    below, tested, shown = 0, 0, 0
    for seed in range(4):
        evidence = unlinked_review(seed, topics=topics)
        meetings = count_meetings(evidence, Counting(Rule.parse(rule), unit))
        chance = shuffle_codes(meetings, shuffles=400, seed=seed)
        below += int((chance.p[chance.tested] < 0.05).sum())
        tested += int(chance.tested.sum())
        shown += int((chance.q[chance.tested] <= 0.10).sum())
    assert tested > 1_500
    assert below / tested <= 0.06
    assert below > 0
    assert shown / tested <= 0.002


def test_a_link_is_found() -> None:
    meetings = linked()
    chance = shuffle_codes(meetings, shuffles=500)
    column = meetings.column(0, 1)
    assert chance.p[column] == 1 / 501
    assert chance.q[column] < 0.05
    assert meetings.counts[column] == 12
    assert chance.expected_count[column] < 9
    others = np.delete(chance.q, column)
    assert np.nanmin(others) > 0.10


def test_a_seed_repeats_every_number_and_another_does_not() -> None:
    meetings = linked()
    first, again, other = (shuffle_codes(meetings, shuffles=300, seed=s) for s in (1, 1, 2))
    for name in ("expected", "variance", "p", "q"):
        assert np.array_equal(getattr(first, name), getattr(again, name), equal_nan=True)
    assert not np.array_equal(first.expected, other.expected)


@pytest.mark.parametrize("rule", ["overlap", "characters:60"])
def test_shuffled_pairs_have_the_mean_of_the_closed_form(rule: str) -> None:
    meetings = count_meetings(
        unlinked_review(5, studies=12, codes=8, codings=500),
        Counting(Rule.parse(rule), "codings"),
    )
    chance = shuffle_codes(meetings, shuffles=2_000)
    exact = expected_pairs(meetings)
    assert exact.sum() == pytest.approx(meetings.pairs.sum())
    error = np.sqrt(chance.variance[:, chance.tested] / 2_000)
    gap = np.abs(chance.expected - exact)[:, chance.tested]
    assert (gap <= 5 * error + 1e-9).all()


def test_every_shuffle_has_as_many_meetings_as_were_found() -> None:
    meetings = count_meetings(
        unlinked_review(6, studies=6, codes=5, codings=300), Counting(unit="codings")
    )
    chance = shuffle_codes(meetings, shuffles=50, minimum_studies=1)
    assert chance.tested.all()
    assert np.allclose(chance.expected.sum(axis=1), meetings.pairs.sum(axis=1))


def test_reports_of_a_study_are_shuffled_together_and_counted_apart() -> None:
    rows: list[Row] = []
    for study in range(4):
        for document in (study, study + 4):
            for place in range(4):
                for code in (place % 2 * 2, place % 2 * 2 + 1):
                    rows.append((code, study, document, place * 20, place * 20 + 9, 0))
    evidence = evidence_of(rows)
    units = TextUnits({}, *[np.zeros((0, 2), dtype=np.int64)] * 3, np.arange(8, dtype=np.int32))
    meetings = count_meetings(evidence, Counting(unit="reports"), units)
    chance = shuffle_codes(meetings, shuffles=300)
    assert meetings.counts[meetings.column(0, 1)] == 8
    assert chance.expected.max() <= 2
    assert 3 < chance.expected_count[meetings.column(0, 1)] < 8
    assert chance.p[meetings.column(0, 1)] < 0.05


def test_which_pairs_are_tested_does_not_look_at_the_ties() -> None:
    """Codes of three common studies are tested though they never meet; of two they are not."""
    rows: list[Row] = []
    for study in range(3):
        for code, start in ((0, 0), (1, 5), (2, 100), (3, 105)):
            if code != 3 or study < 2:
                rows.append((code, study, study, start, start + 10, 0))
    meetings = count_meetings(evidence_of(rows))
    tested = pairs_to_test(meetings)
    assert meetings.counts[meetings.column(0, 2)] == 0
    assert tested[meetings.column(0, 2)]
    assert not tested[meetings.column(2, 3)]
    chance = shuffle_codes(meetings, shuffles=20)
    assert np.isnan(chance.p[meetings.column(2, 3)])
    assert not np.isnan(chance.p[meetings.column(0, 2)])


def test_false_discovery_rates_are_those_of_benjamini_and_hochberg() -> None:
    p = np.array([0.01, 0.04, 0.03, 0.005, 0.5])
    assert false_discovery_rates(p) == pytest.approx([0.025, 0.05, 0.05, 0.025, 0.5])
    assert len(false_discovery_rates(np.zeros(0))) == 0


def test_progress_is_told_and_a_stop_is_obeyed() -> None:
    told: list[tuple[int, int]] = []
    shuffle_codes(linked(), shuffles=600, progress=lambda done, total: told.append((done, total)))
    assert told == [(250, 600), (500, 600), (600, 600)]
    with pytest.raises(Cancelled):
        shuffle_codes(linked(), shuffles=600, cancelled=lambda: True)


def test_the_same_study_is_not_tested_and_nothing_has_nothing_to_test() -> None:
    meetings = count_meetings(linked().evidence, Counting(Rule("study")))
    with pytest.raises(ValueError, match="same study"):
        shuffle_codes(meetings)
    empty = shuffle_codes(count_meetings(evidence_of([])), shuffles=10)
    assert not empty.tested.any()
