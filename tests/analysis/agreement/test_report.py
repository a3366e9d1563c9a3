"""Who is missing and who says no; what is not estimable; the other units; intervals."""

from dataclasses import replace

import numpy as np
import pytest

from app.analysis.agreement.layers import AreaCoding, Named
from app.analysis.agreement.report import OVERLAPPING, Settings, make_report
from app.analysis.agreement.scores import COEFFICIENTS, EVERYTHING, NO_TEXT, UNUSED
from tests.analysis.agreement.making import layers_of

QUICK = Settings(replicates=100)


def report_of(rows, lengths=(100, 100), settings=QUICK, **more):
    return make_report(layers_of(rows, lengths, **more), settings)


# --- zero and missing -----------------------------------------------------------------------------


def test_finished_and_empty_is_a_zero_and_unassigned_is_missing():
    rows = [(0, 0, 0, 10, 30), (0, 0, 1, 10, 30), (1, 0, 0, 10, 30)]
    zero, missing = report_of(rows), report_of(rows, missing=[(1, 1)])
    assert zero.codes[0].text.size == 200
    assert zero.codes[0].text.only == {"p0": 20.0, "p1": 0.0}
    assert zero.codes[0].text.alpha < 1
    assert zero.scope.finished_empty == 1
    assert missing.codes[0].text.size == 100
    assert missing.codes[0].text.alpha == 1.0
    assert (missing.scope.n_texts, missing.scope.n_single) == (1, 1)


def test_a_third_coder_may_be_missing_in_some_texts():
    rows = [(t, 0, c, 10, 30) for t in range(2) for c in range(3) if (t, c) != (1, 2)]
    found = report_of(rows, coders=3, missing=[(1, 2)])
    assert found.scope.missing == 1
    text = found.codes[0].text
    assert text.alpha == text.light_kappa == 1.0
    assert text.both == 40
    assert text.fleiss_kappa is None
    assert "same number" in text.why_null["fleiss_kappa"]
    assert "two coders" in text.why_null["cohen_kappa"]
    pair = next(p for p in found.pairs if p.coders == ("p0", "p2"))
    assert pair.overall.text.size == 100
    assert [row.text.cohen_kappa for row in found.documents] == [None, 1.0]


def test_a_code_that_nobody_used_is_not_estimable_with_counts():
    (code,) = report_of([]).codes
    assert [getattr(code.text, name) for name in COEFFICIENTS] == [None] * len(COEFFICIENTS)
    assert {code.text.why_null[name] for name in COEFFICIENTS} == {UNUSED}
    assert (code.text.size, code.text.neither) == (200, 200)
    assert code.presence.kappa is code.presence.percent is code.segments.f1 is None
    assert code.interval is None
    assert code.why_null.keys() == {"segment_f1", "interval"}


def test_a_text_that_everybody_coded_wholly_is_not_estimable():
    (code,) = report_of([(t, 0, c, 0, 100) for t in range(2) for c in range(2)]).codes
    assert code.text.alpha is code.text.u_alpha_binary is code.text.gwet_ac1 is None
    assert code.text.why_null["alpha"] == EVERYTHING
    assert code.text.percent == 1.0


def test_nothing_to_compare_makes_a_report_of_reasons():
    for layers in (
        layers_of([(0, 0, 0, 1, 5)], coders=1),
        layers_of([(0, 0, 0, 1, 5)], missing=[(0, 1)]),
        layers_of([], (), codes=0),
        layers_of([], (), coders=0, codes=2),
    ):
        found = make_report(layers, QUICK, clusters=(Named("k0", "One"), Named("k1", "Two")))
        assert found.scope.n_texts == 0
        assert all(set(code.text.why_null.values()) == {NO_TEXT} for code in found.codes)
        assert found.set_alpha is None


def test_codes_of_one_coder_that_overlap_leave_no_common_continuum():
    found = report_of([(0, 0, 0, 0, 20), (0, 1, 0, 10, 30), (0, 0, 1, 0, 20)], codes=2)
    assert found.continuum.u_alpha is found.continuum.u_alpha_binary is None
    assert found.why_no_continuum == OVERLAPPING
    assert found.codes[0].text.u_alpha_binary == 1.0


@pytest.mark.parametrize(
    ("row", "words"),
    [((0, 0, 0, 5, 5), "at least one"), ((0, 0, 0, 90, 101), "behind the end"),
     ((0, 0, 0, -1, 4), "at least one")],
)  # fmt: skip
def test_passages_that_cannot_be_are_refused(row, words):
    with pytest.raises(ValueError, match=words):
        layers_of([row])


# --- presence, studies, clusters, rounds ----------------------------------------------------------


def test_presence_counts_documents_and_studies():
    rows = [(0, 0, 0, 1, 5), (1, 0, 1, 50, 60), (2, 0, 0, 1, 5), (2, 0, 1, 90, 99)]
    found = report_of(rows, (100,) * 4, studies=["a", "a", "b", "c"]).codes[0]
    presence, studies = found.presence, found.studies
    assert (presence.both, presence.neither, presence.percent) == (1, 1, 0.5)
    assert presence.kappa == pytest.approx(0.0)
    assert (studies.size, studies.both, studies.neither) == (3, 2, 1)
    assert studies.kappa == 1.0
    assert found.text.both == 0


def test_a_coder_who_saw_half_of_a_study_has_no_say_on_it():
    rows = [(0, 0, 0, 1, 5), (1, 0, 1, 1, 5), (2, 0, 0, 1, 5)]
    found = report_of(rows, (100,) * 3, coders=3, studies=["a", "a", "b"], missing=[(0, 1)])
    assert found.codes[0].studies.size == 2
    pair = next(p for p in found.pairs if p.coders == ("p0", "p1"))
    assert pair.codes[0].studies.size == 1


def test_codes_of_a_cluster_count_as_one():
    rows = [(0, 0, 0, 10, 30), (0, 2, 1, 10, 30), (0, 1, 0, 50, 60)]
    layers = layers_of(rows, codes=3)
    found = make_report(layers, QUICK, clusters=(Named("k0", "One"), Named("k1", "Two")))
    assert [row.name for row in found.clusters] == ["One", "Two"]
    assert found.clusters[0].text.u_alpha_binary == 1.0
    assert found.cluster_continua[0].cu_alpha == 0.0  # one place, always the other code
    assert found.codes[0].text.u_alpha_binary < 0
    assert found.any_code.text.only == {"p0": 10.0, "p1": 0.0}


def test_rounds_stay_apart():
    rows = [(0, 0, 0, 10, 30), (0, 0, 1, 60, 70), (1, 0, 0, 10, 30), (1, 0, 1, 10, 30)]
    layers = layers_of(rows, (100, 100), rounds=["trial", "main"])
    found = make_report(layers, QUICK, rounds=(Named("trial", "Trial"), Named("main", "Main")))
    assert [row.name for row in found.rounds] == ["Trial", "Main"]
    assert found.rounds[0].text.alpha < 0
    assert found.rounds[1].text.alpha == 1.0
    assert make_report(layers.where(rounds=["main"]), QUICK).codes[0].text.alpha == 1.0


# --- matching, facets, areas ----------------------------------------------------------------------


def test_the_overlap_decides_which_passages_match():
    rows = [(0, 0, 0, 0, 20), (0, 0, 1, 8, 28), (0, 0, 0, 60, 70), (0, 0, 1, 60, 71)]
    by_overlap = [
        report_of(rows, settings=Settings(threshold=t, measure=m, replicates=10)).pairs[0].codes[0]
        for t, m in ((0.5, "longer"), (0.5, "union"), (0.95, "longer"))
    ]
    assert [row.segments.matched for row in by_overlap] == [2, 1, 0]
    assert by_overlap[1].segments.f1 == by_overlap[1].segments.precision == 0.5


def test_precision_takes_the_first_coder_as_the_reference():
    rows = [(0, 0, 0, 0, 10), (0, 0, 1, 0, 10), (0, 0, 1, 50, 60), (0, 0, 1, 70, 80)]
    segments = report_of(rows).pairs[0].codes[0].segments
    assert segments.precision == pytest.approx(1 / 3)
    assert (segments.recall, segments.f1) == (1.0, 0.5)


def test_valence_is_compared_where_both_gave_the_same_code():
    rows = [(0, 0, p, s, s + 10) for s in (0, 20, 40, 60) for p in range(2)] + [(0, 0, 0, 80, 90)]
    said = [0, 0, 1, 1, 0, 1, 2, -1, 0]
    found = report_of(rows, valences=said).facets
    every = next(f for f in found if not f.code and not f.coders)
    assert (every.n_pairs, every.n_unset) == (3, 1)
    assert every.percent == pytest.approx(2 / 3)
    assert every.cohen_kappa == pytest.approx(0.4)
    assert every.alpha == pytest.approx(1 - 5 * 2 / 18)
    assert every.confusion == (("helps", "helps", 1), ("helps", "hinders", 1),
                               ("hinders", "hinders", 1))  # fmt: skip
    assert report_of(rows, valences=[0] * 9).facets[0].why_null.keys() == {"alpha", "cohen_kappa"}


def area(number, coder, box, page=1):
    return AreaCoding(f"a{number}", 0, 0, coder, page, box)


def test_areas_count_with_their_surface_as_units_and_in_presence():
    areas = [area(0, 0, (0, 0, 10, 10)), area(1, 1, (0, 0, 10, 8)), area(2, 0, (0, 0, 5, 5), 2)]
    (code,) = report_of([], areas=areas, page_area=1000.0).codes
    assert (code.n_units, code.n_areas) == (0, 3)
    assert (code.areas.both, code.areas.only) == (80, {"p0": 45.0, "p1": 0.0})
    assert code.areas.holsti == pytest.approx(160 / 205)
    assert code.areas.cohen_kappa > 0.7
    assert (code.segments.matched, code.segments.n_units) == (1, 3)
    assert code.presence.both == 1
    assert code.text.alpha is None


# --- intervals ------------------------------------------------------------------------------------


def noisy_rows(texts, seed=1):
    random = np.random.default_rng(seed)
    rows = []
    for text in range(texts):
        start = int(random.integers(0, 60))
        rows.append((text, 0, 0, start, start + 20))
        rows.append((text, 0, 1, start + int(random.integers(0, 12)), start + 30))
    return rows


def test_intervals_hold_the_value_and_repeat_with_their_seed():
    layers = layers_of(noisy_rows(12), (100,) * 12)
    one = make_report(layers).codes[0]
    again, other = make_report(layers).codes[0], make_report(layers, Settings(seed=7)).codes[0]
    assert one.intervals == again.intervals != other.intervals
    assert one.interval.low < one.text.u_alpha_binary < one.interval.high
    assert one.interval.below_667 <= one.interval.below_800
    assert {"alpha", "segment_f1", "u_alpha_binary"} <= one.intervals.keys()


def test_documents_are_drawn_whole_though_they_stand_in_two_rounds():
    rows = noisy_rows(12)
    apart = layers_of(rows, (100,) * 12)
    same = replace(
        apart, continua=tuple(replace(c, document="d0", round=f"r{n}") for n, c in
                              enumerate(apart.continua)))  # fmt: skip
    found = make_report(same)
    assert found.scope.n_clusters == 1
    assert "two documents" in found.codes[0].why_null["interval"]


def test_one_document_has_no_interval_and_a_few_draw_paragraphs():
    rows = noisy_rows(2)
    assert "interval" in report_of(rows[:2], (100,)).codes[0].why_null
    cut = report_of(rows, paragraphs=[tuple(range(0, 100, 10))] * 2)
    assert (cut.scope.clusters_drawn, cut.scope.n_clusters) == ("paragraphs", 20)
    assert cut.codes[0].interval is not None
    whole = report_of(rows)
    assert whole.scope.clusters_drawn == "documents"
    assert whole.codes[0].text == cut.codes[0].text
    assert whole.codes[0].segments == cut.codes[0].segments


def test_rare_codes_are_warned_of():
    rows = [(0, 0, 0, 1, 5), (0, 0, 1, 1, 5)]
    (code,) = report_of(rows, (100,) * 12).codes
    assert code.warnings[0].startswith("Rare: in 1 of 12 documents.")
    assert "two documents" in code.why_null["interval"]
