"""Attributes, marks and reference lists by commands alone."""

import csv
from pathlib import Path

import pytest

from app.paths import resource
from tests.cli.conftest import OKAFOR, Run, write_pdfs

BIB = "@article{a, title={Panels and remits}, author={Okafor, Ada}, year={2021}}\n@book{b, title={"


@pytest.fixture
def project(run: Run, tmp_path: Path) -> Path:
    path = tmp_path / "review.cofactor"
    assert run("new", path, "--codebook", "case-management-starter").code == 0
    write_pdfs(tmp_path)
    return path


def test_lists_attributes_values_and_marks(run: Run, project: Path, tmp_path: Path) -> None:
    (tmp_path / "list.bib").write_text(BIB, encoding="utf-8")
    added = run("add", project, tmp_path / OKAFOR, "--references", tmp_path / "list.bib", "--json")
    assert added.json["references"]["matched"] == 1
    assert "list.bib, line 2" in added.err

    refused = run(
        "add", project, tmp_path / OKAFOR, "--references",
        resource("examples", "candidate-studies.csv"),
    )  # fmt: skip
    assert (refused.code, "nobody has checked" in refused.err) == (1, True)

    names = [one["name"] for one in run("attributes", project, "--add-usual", "--json").json]
    assert names[:2] == ["Country", "Setting"]
    nobody = run("set", project, "Okafor 2021", "country", "Spain")
    assert (nobody.code, "who is coding" in nobody.err) == (1, True)
    coded = run(
        "code", project, "--document", OKAFOR, "--quote", "funding", "--code", "maw.mandate",
        "--coder", "Ada Sample",
    )  # fmt: skip
    assert coded.code == 0, coded.err
    assert run(
        "set", project, "okafor 2021", "country", "Spain", "--coder", "Ada Sample"
    ).code == 0  # fmt: skip
    marked = run("mark", project, "Okafor 2021", "--as", "retracted", "--reason", "Publisher")
    assert marked.err.strip() == "Okafor 2021: retracted."
    out = tmp_path / "studies.csv"
    assert run("export", project, "studies", "--out", out).code == 0
    (row,) = csv.DictReader(out.open(encoding="utf-8"))
    assert (row["study"], row["integrity_note"]) == ("Okafor 2021", "Publisher")
    assert run("mark", project, "Okafor 2021", "--as", "wrong").code == 1
