"""What must hold of any agreement, and the six cases in which another program goes wrong."""

from dataclasses import replace

import numpy as np
import pytest

from app.analysis.agreement.report import Settings, make_report
from tests.analysis.agreement.making import layers_of

QUICK = Settings(replicates=50)
ROWS = [
    (0, 0, 0, 10, 30),
    (0, 0, 1, 15, 35),
    (0, 1, 0, 50, 60),
    (1, 0, 0, 5, 20),
    (1, 1, 1, 70, 80),
]


def only_code(rows, length=10_000, **more):
    return make_report(layers_of(rows, (length,), **more), QUICK).codes[0]


@pytest.mark.parametrize(
    ("rows", "percent", "kappa"),
    [
        ([(0, 0, 0, 0, 1000), (0, 0, 1, 0, 1000)], 1.0, 1.0),
        ([(0, 0, 0, 0, 1000), (0, 0, 1, 50, 1050)], 0.99, 0.944),
        ([(0, 0, 0, 0, 1000), (0, 0, 1, 500, 1500)], 0.90, 0.444),
        ([(0, 0, 0, 0, 4000), (0, 0, 1, 1000, 2000)], 0.70, 0.286),
        ([(0, 0, 0, 0, 1000), (0, 0, 1, 5000, 6000)], 0.80, -0.111),
        ([(0, 0, 0, 0, 600), (0, 0, 0, 400, 1000)], 0.90, 0.0),
    ],
    ids=["identical", "shifted by 50", "half", "inside", "apart", "twice against nothing"],
)
def test_six_cases_have_cohens_kappa(rows, percent, kappa):
    code = only_code(rows)
    assert code.text.percent == pytest.approx(percent, abs=5e-4)
    assert code.text.cohen_kappa == pytest.approx(kappa, abs=5e-4)


def test_twice_by_one_coder_is_not_once_by_two():
    code = only_code([(0, 0, 0, 0, 600), (0, 0, 0, 400, 1000)])
    assert code.text.both == 0
    assert code.text.only == {"p0": 1000.0, "p1": 0.0}
    assert code.n_units == 1
    assert code.segments.f1 == 0.0


def test_coders_who_do_the_same_agree_fully():
    rows = [(text, code, coder, 10 * code, 10 * code + 7)
            for text in range(3) for code in range(2) for coder in range(3)]  # fmt: skip
    report = make_report(layers_of(rows, (90, 80, 70), coders=3, codes=2), QUICK)
    for row in (
        *report.codes,
        report.overall,
        *report.documents,
        *(p.overall for p in report.pairs),
    ):
        assert row.text.alpha == row.text.u_alpha_binary == row.segments.f1 == 1.0
        assert row.text.fleiss_kappa == row.text.percent == row.text.jaccard == 1.0
    assert report.continuum.u_alpha == report.continuum.cu_alpha == 1.0
    assert report.overall.intervals["u_alpha_binary"].low == 1.0


def numbers(report):
    codes = {row.name: row.text for row in report.codes}
    return {
        name: (t.alpha, t.u_alpha_binary, t.cohen_kappa, t.gwet_ac1) for name, t in codes.items()
    }


def test_the_order_of_codes_and_coders_does_not_matter():
    layers = layers_of(ROWS, (100, 90), codes=2)
    turned = replace(
        layers,
        codes=layers.codes[::-1],
        coders=layers.coders[::-1],
        code=(1 - layers.code).astype(np.int32),
        coder=(1 - layers.coder).astype(np.int32),
    )
    one, other = numbers(make_report(layers, QUICK)), numbers(make_report(turned, QUICK))
    assert one.keys() == other.keys()
    for name, found in one.items():
        assert found == pytest.approx(other[name])


def test_text_in_front_changes_only_what_nobody_coded():
    plain = make_report(layers_of(ROWS, (100, 90), codes=2), QUICK)
    shifted = [(t, c, p, s + 500, e + 500) for t, c, p, s, e in ROWS]
    padded = make_report(layers_of(shifted, (600, 590), codes=2), QUICK)
    for one, other in zip(plain.codes, padded.codes, strict=True):
        assert (one.text.both, one.text.only) == (other.text.both, other.text.only)
        assert one.text.neither + 1000 == other.text.neither
        assert one.segments == other.segments
        assert one.text.jaccard == other.text.jaccard


def test_each_coder_cloned_agrees_more_as_predicted():
    one = only_code([(0, 0, 0, 10, 30), (0, 0, 1, 15, 35)], 100)
    rows = [(0, 0, coder, *place) for coder, place in enumerate([(10, 30), (15, 35)] * 2)]
    four = only_code(rows, 100, coders=4)
    # Two of the six pairs of the four are clones; the others differ as the two did.
    assert 1 - four.text.percent == pytest.approx((1 - one.text.percent) * 4 / 6)


def test_units_of_one_character_give_the_ordinary_alpha():
    said = ["aabbdccceddA", "babbbcccedDd"]
    rows = [(0, "abcde".index(v.lower()), coder, at, at + 1)
            for coder, line in enumerate(said) for at, v in enumerate(line)]  # fmt: skip
    report = make_report(layers_of(rows, (12,), codes=5), QUICK)
    assert report.continuum.u_alpha == pytest.approx(report.continuum.cu_alpha)
    for row in report.codes:
        assert row.text.u_alpha_binary == pytest.approx(row.text.alpha)


def test_coders_who_code_at_random_agree_by_chance_only():
    random, values = np.random.default_rng(3), []
    for _ in range(40):
        starts = random.integers(0, 1900, size=(2, 12))
        rows = [(0, 0, p, int(s), int(s) + 60) for p in range(2) for s in starts[p]]
        values.append(only_code(rows, 2000).text)
    for name in ("alpha", "u_alpha_binary", "cohen_kappa"):
        assert abs(np.mean([getattr(v, name) for v in values])) < 0.06


def test_independent_coders_get_no_kappa_for_coding_much():
    random = np.random.default_rng(5)
    for share in (0.3, 0.7, 0.9):
        coded = random.random((2, 30_000)) < share
        edges = [np.flatnonzero(np.diff(np.concatenate(([0], line, [0])))) for line in coded]
        rows = [(0, 0, p, int(s), int(e)) for p in range(2)
                for s, e in zip(edges[p][::2], edges[p][1::2], strict=True)]  # fmt: skip
        assert abs(only_code(rows, 30_000).text.cohen_kappa) < 0.02


def test_percent_and_ac1_follow_what_nobody_coded():
    code = only_code([(0, 0, 0, 0, 20), (0, 0, 1, 5000, 5020)])
    assert code.text.percent > 0.99
    assert code.text.gwet_ac1 > 0.99
    assert code.text.u_alpha_binary < 0.01
    assert any("nobody coded" in warning for warning in code.warnings)


def test_adjacent_passages_stay_two_units_and_only_the_correction_tells():
    apart = only_code([(0, 0, 0, 0, 50), (0, 0, 0, 50, 100), (0, 0, 1, 0, 90)], 1000)
    joined = only_code([(0, 0, 0, 0, 100), (0, 0, 1, 0, 90)], 1000)
    assert (apart.n_units, joined.n_units) == (3, 2)
    assert apart.text.alpha == joined.text.alpha
    assert apart.text.u_alpha_binary != joined.text.u_alpha_binary
