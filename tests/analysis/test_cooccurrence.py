"""The fast counts agree with a plain reading of the definitions."""

from collections import defaultdict
from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.cooccurrence import cooccurrence, merged_passages, overlapping_pairs
from tests.analysis.synthetic import Row, evidence_of

# document d belongs to study d % 4, so one study may hold two documents
ranges = st.tuples(
    st.integers(0, 5), st.integers(0, 5), st.integers(0, 30), st.integers(0, 9), st.integers(0, 2)
)
codings = st.lists(ranges, max_size=40).map(
    lambda rows: [(code, doc % 4, doc, start, start + length, coder)
                  for code, doc, start, length, coder in rows]
)  # fmt: skip


def overlap(a: Row, b: Row) -> bool:
    return a[2] == b[2] and max(a[3], b[3]) < min(a[4], b[4])


def plain_studies(rows: list[Row]) -> dict[tuple[int, int], set[int]]:
    found: dict[tuple[int, int], set[int]] = defaultdict(set)
    for a, b in combinations(rows, 2):
        if a[0] != b[0] and overlap(a, b):
            found[min(a[0], b[0]), max(a[0], b[0])].add(a[1])
    return found


def plain_passages(rows: list[Row]) -> list[Row]:
    """Join overlapping ranges of one code until nothing joins any more."""
    left = [row for row in rows if row[4] > row[3]]
    for i, j in combinations(range(len(left)), 2):
        a, b = left[i], left[j]
        if a[0] == b[0] and overlap(a, b):
            rest = [row for k, row in enumerate(left) if k not in (i, j)]
            return plain_passages([*rest, (*a[:3], min(a[3], b[3]), max(a[4], b[4]), 0)])
    return left


@given(codings)
def test_pairs_are_those_of_all_pairs(rows: list[Row]) -> None:
    evidence = evidence_of(rows)
    first, second = overlapping_pairs(evidence.document, evidence.start, evidence.end)
    got = sorted(tuple(sorted(pair)) for pair in zip(first.tolist(), second.tolist(), strict=True))
    assert got == [
        (i, j) for i, j in combinations(range(len(rows)), 2) if overlap(rows[i], rows[j])
    ]


@given(codings)
def test_study_counts_are_those_of_all_pairs(rows: list[Row]) -> None:
    result = cooccurrence(evidence_of(rows))
    expected = plain_studies(rows)
    for a, b in combinations(range(6), 2):
        studies = expected.get((a, b), set())
        assert result.studies[a, b] == result.studies[b, a] == len(studies)
        assert result.study_indices(b, a).tolist() == sorted(studies)
    assert not result.studies.diagonal().any()


@settings(max_examples=60)
@given(codings)
def test_overlaps_count_merged_passages(rows: list[Row]) -> None:
    result = cooccurrence(evidence_of(rows))
    counts: dict[tuple[int, int], dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for a, b in combinations(plain_passages(rows), 2):
        if a[0] != b[0] and overlap(a, b):
            counts[min(a[0], b[0]), max(a[0], b[0])][a[1]] += 1
    for a, b in combinations(range(6), 2):
        per_study = counts.get((a, b), {})
        total = sum(per_study.values())
        assert result.overlaps[a, b] == result.overlaps[b, a] == total
        assert result.tensor()[:, a, b].sum() == result.tensor()[:, b, a].sum() == total
        if total:
            largest = max(per_study.values())
            assert result.largest_share[a, b] == largest / total
            main = min(study for study, count in per_study.items() if count == largest)
            assert result.largest_study[a, b] == result.largest_study[b, a] == main
        else:
            assert result.largest_share[a, b] == 0
            assert result.largest_study[a, b] == -1


@given(codings)
def test_passages_behind_a_tie_are_its_overlapping_codings(rows: list[Row]) -> None:
    result = cooccurrence(evidence_of(rows))
    for a in range(6):
        for b in range(6):
            expected = {(i, j) for i, x in enumerate(rows) for j, y in enumerate(rows)
                        if (x[0], y[0]) == (a, b) and a != b and overlap(x, y)}  # fmt: skip
            got = [tuple(pair) for pair in result.passages(a, b).tolist()]
            assert len(got) == len(set(got))
            assert set(got) == expected


@given(codings, st.data())
def test_coding_again_changes_no_count(rows: list[Row], data: st.DataObject) -> None:
    again = data.draw(st.lists(st.sampled_from(rows), max_size=10)) if rows else []
    more = [*rows, *((*row[:5], (row[5] + 1) % 3) for row in again)]
    before, after = cooccurrence(evidence_of(rows)), cooccurrence(evidence_of(more))
    assert np.array_equal(before.studies, after.studies)
    assert np.array_equal(before.overlaps, after.overlaps)
    assert np.array_equal(before.largest_share, after.largest_share)


@given(codings, st.randoms(use_true_random=False))
def test_order_does_not_matter(rows: list[Row], random: object) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    before, after = cooccurrence(evidence_of(rows)), cooccurrence(evidence_of(shuffled))
    for name in ("studies", "overlaps", "largest_share", "largest_study", "code_studies"):
        assert np.array_equal(getattr(before, name), getattr(after, name))
    assert before.ties() == after.ties()


def test_touching_ranges_do_not_overlap() -> None:
    rows = [(0, 0, 0, 0, 10, 0), (1, 0, 0, 10, 20, 0), (2, 0, 0, 9, 10, 0)]
    result = cooccurrence(evidence_of(rows))
    assert result.studies[0, 1] == 0
    assert result.studies[0, 2] == 1
    assert result.studies[1, 2] == 0


def test_conditional_shares_divide_by_the_studies_of_the_condition() -> None:
    both = [(0, 0, 0, 0, 10, 0), (1, 0, 0, 5, 15, 0), (0, 1, 1, 0, 10, 0), (1, 1, 1, 5, 15, 0)]
    alone = [(0, 2, 2, 0, 10, 0), (0, 3, 3, 0, 10, 0)]
    result = cooccurrence(evidence_of(both + alone))
    assert result.code_studies[:2].tolist() == [4, 2]
    assert result.given()[0, 1] == 1.0
    assert result.given()[1, 0] == 0.5
    assert result.jaccard()[0, 1] == result.jaccard()[1, 0] == 0.5
    assert result.given()[2, 3] == 0.0


def test_ties_come_strongest_first() -> None:
    rows: list[Row] = []
    for study in range(3):
        rows += [(2, study, study, 0, 10, 0), (3, study, study, 0, 10, 0)]
    rows += [(0, 0, 0, 50, 60, 0), (1, 0, 0, 50, 60, 0)]
    result = cooccurrence(evidence_of(rows))
    assert result.ties() == [(2, 3), (0, 1)]
    assert result.ties(2) == [(2, 3)]


def test_merging_keeps_the_study_and_joins_chains() -> None:
    rows = [(0, 2, 6, 0, 10, 0), (0, 2, 6, 8, 20, 1), (0, 2, 6, 18, 30, 2), (0, 2, 6, 30, 40, 0)]
    merged = merged_passages(evidence_of(rows))
    assert merged.start.tolist() == [0, 30]
    assert merged.end.tolist() == [30, 40]
    assert merged.study.tolist() == [2, 2]


def test_no_codings_give_no_ties() -> None:
    result = cooccurrence(evidence_of([]))
    assert result.ties() == []
    assert result.passages(0, 1).shape == (0, 2)
    assert result.tensor().shape == (4, 6, 6)
