"""The command ``cooccurrence`` and the rules of ``network``."""

import csv
import shutil

import pytest

from app.cli import main
from tests.cli.conftest import code_passage

FAST = ("--minimum-studies", "1", "--shuffles", "100", "--replicates", "20")
SECOND = "A two-page agreement said who could be told."
THIRD = "The funding ended in March and the post was lost."


@pytest.fixture(scope="module")
def coded(made_project, tmp_path_factory):
    """A project with three codings by two coders; the commands here only read it."""
    project = tmp_path_factory.mktemp("coded") / "review.cofactor"
    shutil.copy(made_project, project)

    def run(*arguments):
        return main([str(argument) for argument in arguments])

    code_passage(run, project, quote=SECOND)
    code_passage(run, project, quote=SECOND, code="res.funding", coder="Ben Sample")
    code_passage(run, project, quote=THIRD, code="maw.arrangement")
    return project


def test_json_holds_settings_ties_and_clusters(run, coded):
    outcome = run("cooccurrence", coded, *FAST, "--seed", "7", "--json")
    assert outcome.code == 0
    found = outcome.json
    assert found["settings"]["rule"] == "overlap"
    assert found["settings"]["seed"] == 7
    (tie,) = found["ties"]
    assert (tie["count"], tie["studies"], tie["study_labels"]) == (1, 1, ["Okafor 2021"])
    assert tie["coefficients"]["jaccard"] == tie["coefficients"]["shared_characters"] == 1
    assert {tie["name_a"], tie["name_b"]} != {""}
    assert len(found["clusters"]) == 10
    assert run("cooccurrence", coded, *FAST, "--seed", "7", "--json").json == found


def test_the_table_says_what_was_counted_and_warns(run, coded):
    outcome = run("cooccurrence", coded, *FAST)
    assert outcome.code == 0
    assert "counted in studies; coders merged" in outcome.out
    assert "disagreement" in outcome.err
    (tie,) = [line.split() for line in outcome.out.splitlines() if line.startswith("       1")]
    assert tie[:4] == ["1", "1", "1.00", "1.00"]
    assert tie[11:13] == ["no", "expected"]
    assert "E-I index" in outcome.out


@pytest.mark.parametrize(
    ("options", "ties"),
    [
        (("--coders", "apart"), 0),
        (("--rule", "page"), 3),
        (("--rule", "page", "--unit", "reports"), 3),
        (("--rule", "paragraph", "--unit", "codings"), 3),
        (("--rule", "sentence"), 1),
        (("--rule", "characters:5", "--coder", "Ada Sample"), 1),
        (("--rule", "study"), 3),
    ],
)
def test_rules_units_and_coders(run, coded, options, ties):
    outcome = run("cooccurrence", coded, *FAST, *options, "--json")
    assert outcome.code == 0
    assert len(outcome.json["ties"]) == ties


@pytest.mark.parametrize(
    "options",
    [
        ("--rule", "near"),
        ("--rule", "characters"),
        ("--unit", "pages"),
        ("--coders", "none"),
        ("--rule", "study", "--unit", "codings"),
    ],
)
def test_what_does_not_exist_is_refused_in_a_sentence(run, coded, options):
    outcome = run("cooccurrence", coded, *options)
    assert (outcome.code, outcome.out) == (1, "")
    assert "Traceback" not in outcome.err
    assert outcome.err.strip()


def test_the_network_is_drawn_by_another_rule_and_says_so(run, coded, tmp_path):
    out = tmp_path / "n.csv"
    one = ("--minimum-studies", "1")
    assert "1 tie." in run("network", coded, *one, "--out", out).err
    assert "3 ties." in run("network", coded, *one, "--rule", "page", "--out", out).err
    with out.open(encoding="utf-8", newline="") as file:
        assert {row["n_studies"] for row in csv.DictReader(file)} == {"1"}
    assert "0 ties" in run("network", coded, *one, "--coders", "apart", "--out", out).err
    said = run("network", coded, *one, "--rule", "study", "--out", tmp_path / "n.svg").err
    assert "Same study says little" in said
    assert "used anywhere in the same study" in (tmp_path / "n.svg").read_text("utf-8")
    assert run("network", coded, "--unit", "codings", "--out", out).code == 1
