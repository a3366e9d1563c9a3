"""The command ``agreement`` in its three forms, as scripts use it."""

import json

import pytest

from tests.cli.conftest import code_passage

UNITS = """document,length,coder,code,start,end
one,100,Ann,trust,10,30
one,100,Bea,trust,15,35
two,80,Ann,,,
two,80,Bea,,,
"""
RATINGS = "item,coder,value\n" + "".join(
    f"{item},{coder},{value}\n"
    for item, values in enumerate([(1, 1), (2, 2), (3, 3), (3, 4), (1, 2)])
    for coder, value in zip("AB", values, strict=True)
)
KEYS = {
    "code", "n_units", "both", "only", "percent", "cohen_kappa", "scott_pi", "fleiss_kappa",
    "alpha", "gwet_ac1", "u_alpha_binary", "u_alpha", "interval", "presence_kappa", "segment_f1",
    "why_null",
}  # fmt: skip


@pytest.fixture
def units(tmp_path):
    (tmp_path / "units.csv").write_text(UNITS, encoding="utf-8")
    return tmp_path / "units.csv"


@pytest.fixture
def ratings(tmp_path):
    (tmp_path / "ratings.csv").write_text(RATINGS, encoding="utf-8")
    return tmp_path / "ratings.csv"


def test_passages_from_a_table(run, units):
    found = run("agreement", "--units", units, "--json").json
    assert {"scope", "codes", "overall", "pairs", "documents"} <= found.keys()
    (code,) = found["codes"]
    assert code.keys() >= KEYS
    assert (code["code"], code["n_units"], code["both"]) == ("trust", 2, 15)
    assert code["only"] == {"Ann": 5, "Bea": 5}
    assert code["percent"] == pytest.approx(170 / 180)
    assert code["presence_kappa"] == 1.0
    assert code["interval"] is None
    assert code["why_null"]["interval"]
    assert found["overall"]["u_alpha"] == pytest.approx(code["u_alpha_binary"])
    assert found["scope"]["finished_empty"] == 2


def test_one_text_gives_the_value_of_the_literature(run, units):
    units.write_text(UNITS[: UNITS.index("two")], encoding="utf-8")
    assert run("agreement", "--units", units, "--json").json["codes"][0]["u_alpha"] == (
        pytest.approx(0.695)
    )


def test_people_get_a_table_and_warnings(run, units):
    outcome = run("agreement", "--units", units)
    assert outcome.code == 0
    assert "trust" in outcome.out
    assert "2016/2019" in outcome.out
    assert "–" in outcome.out
    assert "intervals are rough" in outcome.err


def test_ratings_of_four_levels(run, ratings):
    found = {
        level: run("agreement", "--ratings", ratings, "--level", level, "--json").json
        for level in ("nominal", "ordinal", "interval", "ratio")
    }
    for values in found.values():
        assert values.keys() >= {"n_items", "percent", "alpha", "cohen_kappa", "scott_pi",
                                 "fleiss_kappa", "gwet_ac1", "s"}  # fmt: skip
        assert (values["n_items"], values["percent"]) == (5, 0.6)
    assert len({round(values["alpha"], 6) for values in found.values()}) == 4
    assert "0.600" in run("agreement", "--ratings", ratings, "--level", "ordinal").out


def test_a_level_that_does_not_exist_is_wrong_usage(run, ratings):
    outcome = run("agreement", "--ratings", ratings, "--level", "cardinal", "--json")
    assert (outcome.code, outcome.out) == (2, "")
    assert run("agreement", "--ratings", ratings, "--units", ratings).code == 2
    assert run("agreement", "--units", ratings, "--coder", "A").code == 2


def test_a_table_that_is_not_there_is_one_sentence(run, tmp_path):
    outcome = run("agreement", "--units", tmp_path / "none.csv", "--json")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.count("\n") == 1


def test_a_project_with_its_rounds_coders_and_files(run, project, tmp_path):
    for coder in ("Ann", "Bea"):
        code_passage(run, project, coder)
    found = run("agreement", project, "--json").json
    (code,) = [row for row in found["codes"] if row["n_units"]]
    assert code["u_alpha_binary"] == 1.0
    assert code["only"] == {"Ann": 0, "Bea": 0}
    assert found["scope"]["open_layers"] == 2
    assert found["scope"]["codebook_version"]
    finished = run("agreement", project, "--finished-only", "--json").json
    assert finished["scope"]["documents"] == 0
    out = tmp_path / "agreement.json"
    assert (
        "Wrote" in run("agreement", project, "--coder", "Ann", "--coder", "Bea", "--out", out).err
    )
    assert json.loads(out.read_text(encoding="utf-8"))["scope"]["coders"] == ["Ann", "Bea"]
    assert run("agreement", project, "--coder", "Nobody").code == 1
    assert run("agreement", project, "--round", "No such").code == 1


@pytest.mark.parametrize(
    ("what", "name"),
    [("agreement", "a.html"), ("agreement-long", "a.csv"), ("agreement-matrix", "a.csv"),
     ("agreement-methods", "a.txt"), ("agreement-methods", "a.json")],
)  # fmt: skip
def test_it_can_be_exported_even_when_there_is_nothing_yet(run, project, tmp_path, what, name):
    outcome = run("export", project, what, "--out", tmp_path / name)
    assert outcome.code == 0
    assert (tmp_path / name).read_text(encoding="utf-8")


def test_a_run_is_kept_and_repeated(run, project):
    for coder in ("Ann", "Bea"):
        code_passage(run, project, coder)
    kept = run(
        "agreement", project, "--coder", "Ann", "--coder", "Bea", "--keep", "First", "--json"
    )
    assert "Kept as First." in kept.err
    again = run("agreement", project, "--repeat", "first", "--json")
    assert "The same codings, same settings: the numbers are the same." in again.err
    assert again.json["codes"] == kept.json["codes"]
    assert again.json["scope"]["filters"] == ["coders: Ann, Bea"]
    assert run("agreement", project, "--repeat", "never").code == 1
    assert run("agreement", project, "--repeat", "first", "--newest").code == 2
    assert run("agreement", project, "--keep", "First").code == 1
