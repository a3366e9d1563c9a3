"""Coefficients keep their range where those on pairs of codings would not."""

import numpy as np
import pytest
from hypothesis import given

from app.analysis.cooccurring import coefficients
from app.analysis.cooccurring.coefficients import (
    OVER_MARGINS,
    SHARES,
    UnitCounts,
    character_counts,
    margin_counts,
    shared_characters,
    text_unit_counts,
    unit_counts,
)
from app.analysis.cooccurring.meetings import count_meetings
from app.analysis.cooccurring.rules import Counting, Rule
from tests.analysis.cooccurring.test_meetings import PARAGRAPH, Plain, build, codings, rules


def one(both: int, a: int, b: int, total: int) -> UnitCounts:
    return UnitCounts(np.array([float(both)]), np.array([float(a)]), np.array([float(b)]), total)


def test_formulas() -> None:
    n = one(6, 8, 12, 40)
    expected = {
        "jaccard": 6 / 14, "dice": 12 / 20, "cosine": 6 / 96**0.5, "inclusion": 6 / 8,
        "p_a_given_b": 0.5, "p_b_given_a": 0.75, "lift": 2.5, "association_strength": 6 / 96,
        "npmi": np.log2(2.5) / -np.log2(0.15),
        "phi": (6 * 40 - 96) / (8 * 12 * 32 * 28) ** 0.5,
    }  # fmt: skip
    for name, formula in (SHARES | OVER_MARGINS).items():
        assert formula(n)[0] == pytest.approx(expected[name]), name


def test_what_cannot_be_estimated_is_not_a_number() -> None:
    assert np.isnan(coefficients.jaccard(one(0, 0, 0, 5))[0])
    assert np.isnan(coefficients.phi(one(3, 5, 3, 5))[0])
    assert coefficients.npmi(one(0, 2, 2, 5))[0] == -1
    assert coefficients.npmi(one(5, 5, 5, 5))[0] == 1


def test_two_and_three_codings_of_one_place_stay_in_range() -> None:
    """On pairs of codings the c-coefficient of this is 6 / (2 + 3 - 6) = -6."""
    rows: list[Plain] = [(0, 0, 0, 9, coder, "text") for coder in range(2)]
    rows += [(1, 0, 0, 9, coder, "text") for coder in range(3)]
    for unit in ("studies", "codings"):
        evidence, text = build(rows)
        counts = unit_counts(count_meetings(evidence, Counting(unit=unit), text))
        assert coefficients.jaccard(counts)[0] == 1


@given(codings, rules)
def test_every_value_stays_in_its_range(rows: list[Plain], rule: str) -> None:
    evidence, text = build(rows)
    meetings = count_meetings(evidence, Counting(Rule.parse(rule)), text)
    shares = unit_counts(meetings)
    margins = margin_counts(meetings)
    assert (margins is None) == (meetings.counting.rule.kind in ("same", "inclusion", "characters"))
    for name, formula in (SHARES | OVER_MARGINS).items():
        counts = shares if name in SHARES else margins
        if counts is None:
            continue
        assert (counts.both <= np.minimum(counts.a, counts.b)).all()
        assert (np.maximum(counts.a, counts.b) <= counts.total).all()
        values = formula(counts)
        values = values[np.isfinite(values)]
        lowest = -1 if name in ("phi", "npmi") else 0
        highest = np.inf if name == "lift" else 1
        assert ((values >= lowest - 1e-9) & (values <= highest + 1e-9)).all(), name


@given(codings)
def test_characters_are_those_counted_one_by_one(rows: list[Plain]) -> None:
    evidence, text = build(rows)
    meetings = count_meetings(evidence, units=text)
    sets = [
        {(row[1], at) for row in rows if row[0] == code and row[5] == "text"
         for at in range(row[2], row[2] + row[3])}
        for code in range(6)
    ]  # fmt: skip
    counts = character_counts(meetings)
    assert counts.total == len(set().union(*sets))
    for column, (a, b) in enumerate(zip(*meetings.columns, strict=True)):
        assert counts.both[column] == len(sets[a] & sets[b])
        union = len(sets[a] | sets[b])
        value = shared_characters(meetings)[column]
        assert np.isnan(value) if not union else value == len(sets[a] & sets[b]) / union


def test_paragraphs_that_hold_both_codes_are_counted_once() -> None:
    rows: list[Plain] = [(0, 0, 0, 2, 0, "text"), (0, 0, 3, 2, 1, "text"), (1, 0, 6, 2, 0, "text"),
                         (1, 0, PARAGRAPH, 4, 0, "text")]  # fmt: skip
    evidence, text = build(rows)
    counts = text_unit_counts(evidence, text, "paragraph")
    assert (counts.both[0], counts.a[0], counts.b[0], counts.total) == (1, 1, 2, 2)
