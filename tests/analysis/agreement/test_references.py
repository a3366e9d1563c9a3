"""Published and recomputed values: all of the reference file, and a few that travel with us."""

import json
from typing import Any

import pytest

from app.analysis.agreement.coefficients import Table, disagreement, items_of_table, rate
from app.analysis.agreement.intervals import unite
from app.analysis.agreement.label_sets import masi, set_alpha
from app.analysis.agreement.report import make_report
from app.analysis.agreement.unitizing import alpha_1995, family
from tests.analysis.agreement.making import layers_of
from tests.shared_data import shared_data

# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, sections A and C.
KRIPPENDORFF_A = [(0, 1), (1, 1), (0, 1), (0, 0), (0, 0), (0, 1), (0, 0), (0, 0), (1, 0), (0, 0)]
KRIPPENDORFF_C = [
    (1, 1, None, 1), (2, 2, 3, 2), (3, 3, 3, 3), (3, 3, 3, 3), (2, 2, 2, 2), (1, 2, 3, 4),
    (4, 4, 4, 4), (1, 1, 2, 1), (2, 2, 2, 2), (None, 5, 5, 5), (None, None, 1, 1),
    (None, None, 3, None),
]  # fmt: skip
# Artstein & Poesio (2008: 558); Cohen (1960: 37).
ARTSTEIN_POESIO = [[20, 10], [20, 50]]
COHEN = [[25, 12, 3], [13, 2, 15], [12, 16, 2]]
# Krippendorff (2004: 254): a text from 150 on, 300 long; start and length of the units.
KRIPPENDORFF_2004 = [
    [[(225, 70), (370, 30)], [(220, 80), (355, 20), (400, 20)]],
    [[(180, 60), (300, 50)], [(180, 60), (300, 50)]],
]


def test_krippendorff_2011_with_and_without_missing_values():
    assert rate(KRIPPENDORFF_A).alpha == pytest.approx(0.095, abs=5e-4)
    assert rate(KRIPPENDORFF_C).alpha == pytest.approx(0.743, abs=5e-4)
    assert rate(KRIPPENDORFF_C, "ordinal").alpha == pytest.approx(0.815, abs=5e-4)
    assert rate(KRIPPENDORFF_C, "interval").alpha == pytest.approx(0.849, abs=5e-4)
    assert rate(KRIPPENDORFF_C, "ratio").alpha == pytest.approx(0.797, abs=5e-4)


def test_artstein_and_poesio_2008_and_the_table_of_cohen_1960():
    found = rate(items_of_table(ARTSTEIN_POESIO))
    assert found.percent == pytest.approx(0.7)
    assert found.s == pytest.approx(0.4)
    assert found.scott_pi == pytest.approx(0.341, abs=1e-3)
    assert found.cohen_kappa == pytest.approx(0.348, abs=1e-3)
    assert rate(items_of_table(COHEN)).gwet_ac1 == pytest.approx(-0.04797, abs=1e-5)


def test_unitising_of_krippendorff_2004_in_the_form_of_that_time():
    alpha, parts = alpha_1995(150, 300, KRIPPENDORFF_2004)
    assert alpha == pytest.approx(0.8591, abs=5e-4)
    assert parts[0] == pytest.approx((0.0144, 0.0532), abs=1e-4)
    assert parts[1] == pytest.approx((0.0, 0.0490), abs=1e-4)


# Computed twice from the definition of 2016/2019, by exact fractions and character by character;
# no published numbers of this form could be found. Code, coder, start, end; length 300.
FORM_OF_2016 = [
    (0, 0, 75, 145), (0, 0, 220, 250), (1, 0, 30, 75), (1, 0, 150, 200), (0, 1, 90, 150),
    (0, 1, 205, 225), (0, 1, 250, 270), (1, 1, 30, 90), (1, 1, 150, 200),
]  # fmt: skip


def test_units_in_the_form_of_2016():
    layers = layers_of([(0, *row) for row in FORM_OF_2016], (300,), codes=2)
    found = family(layers, unite(layers))
    assert found.u_alpha == pytest.approx(0.623277072, abs=1e-8)
    assert found.u_alpha_binary == pytest.approx(0.535006859, abs=1e-8)
    assert found.cu_alpha == pytest.approx(0.845369042, abs=1e-8)
    assert found.coverage == pytest.approx(170 / 202.5)
    (shifted,) = make_report(layers_of([(0, 0, 0, 10, 30), (0, 0, 1, 15, 35)])).codes
    assert shifted.text.u_alpha_binary == pytest.approx(0.695)
    (alone,) = make_report(layers_of([(0, 0, 0, 40, 60)])).codes
    assert alone.text.u_alpha_binary == pytest.approx(-0.095)


def test_masi_is_one_minus_jaccard_times_monotonicity():
    a, ab, bc = frozenset("a"), frozenset("ab"), frozenset("bc")
    assert masi(a, ab) == pytest.approx(2 / 3)
    assert masi(ab, bc) == pytest.approx(8 / 9)
    assert masi(frozenset(), frozenset()) == 0.0
    assert masi(frozenset(), a) == 1.0


# --- all of the reference file --------------------------------------------------------------------

LEFT_OUT = ("gamma", "alpha_U_2013")


def entries() -> list[dict[str, Any]]:
    known = json.loads(shared_data("agreement_refs.json").read_text(encoding="utf-8"))["entries"]
    return [e for e in known if e["verified_independently"] and e["kind"] not in LEFT_OUT]


def answers_of_items(entry: dict[str, Any]) -> dict[str, float | None]:
    inputs, kind = entry["inputs"], entry["kind"]
    items = items_of_table(inputs["table"]) if "table" in inputs else inputs["units"]
    level = kind.split("_")[1] if kind.startswith("alpha_") else "nominal"
    found = rate(items, level)
    observed, expected = disagreement(items, level)
    kappa = found.cohen_kappa if "table" in inputs else found.fleiss_kappa
    by_value = {str(v): Table.of(items).fleiss_of_value(v) for v in found.values}
    return by_value | {
        "alpha": found.alpha, "D_o": observed, "D_e": expected, "percent": found.percent,
        "kappa": kappa, "fleiss_kappa": found.fleiss_kappa, "cohen_kappa": found.cohen_kappa,
        "scott_pi": found.scott_pi, "S": found.s, "ac1": found.gwet_ac1,
    }  # fmt: skip


def answers_of_old_units(inputs: dict[str, Any]) -> dict[str, float | None]:
    begin, length = inputs["continuum"]
    coders = inputs["coders"]
    if isinstance(coders, list):  # the printed value is that of ever finer units of length
        fine = 50_000
        units = [[[(u["start"] * fine, u["length"] * fine) for u in c] for c in coders]]
        alpha, [(observed, expected)] = alpha_1995(begin, length * fine, units)
        return {"D_o": observed, "D_e_limit": expected, "alpha_U": alpha}
    units = [[[(u["start"], u["length"]) for u in c] for c in coders[k]] for k in "ck"]
    alpha, [(o_c, e_c), (o_k, e_k)] = alpha_1995(begin, length, units)
    return {"D_o_c": o_c, "D_e_c": e_c, "alpha_c": 1 - o_c / e_c, "D_e_k": e_k,
            "alpha_k": 1 - o_k / e_k, "alpha": alpha}  # fmt: skip


def answers_of_units(inputs: dict[str, Any]) -> dict[str, float | None]:
    values = sorted({unit["value"] for coder in inputs["coders"] for unit in coder})
    rows = [
        (0, values.index(unit["value"]), coder, unit["start"], unit["end"])
        for coder, units in enumerate(inputs["coders"])
        for unit in units
    ]
    layers = layers_of(rows, (inputs["length"],), coders=len(inputs["coders"]), codes=len(values))
    report = make_report(layers)
    if len(values) == 1:
        assert report.codes[0].text.u_alpha_binary == pytest.approx(report.continuum.u_alpha)
    found = report.continuum
    return {"u_alpha": found.u_alpha, "u_alpha_binary": found.u_alpha_binary}


def answers_of_lengths(inputs: dict[str, int]) -> dict[str, float | None]:
    both, only, neither = inputs["both"], inputs["only_one"], inputs["neither"]
    rows = [(0, 0, 0, 0, both + only), (0, 0, 1, 0, both)]
    (code,) = make_report(layers_of(rows, (both + only + neither,))).codes
    return {"percent": code.text.percent}


def answers(entry: dict[str, Any]) -> dict[str, float | None]:
    inputs = entry["inputs"]
    if entry["kind"] == "u_alpha_2016":
        return answers_of_units(inputs)
    if entry["kind"] == "alpha_U_1995":
        return answers_of_old_units(inputs)
    if entry["kind"] == "tool_parity":
        return answers_of_lengths(inputs)
    if entry["kind"] == "alpha_masi":
        items = [[frozenset(value) for value in item] for item in inputs["units"]]
        return {"alpha_masi": set_alpha(items)}
    return answers_of_items(entry)


def test_every_verified_entry_of_the_reference_file_is_met():
    known = entries()
    assert len(known) >= 20
    missed = []
    for entry in known:
        found = answers(entry)
        for name, wanted in entry["answers"].items():
            value = found[name]
            if value is None or abs(value - wanted) > entry["tolerance"]:
                missed.append((entry["id"], name, wanted, value))
    assert missed == []
