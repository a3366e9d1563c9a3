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


RIS = """TY  - JOUR
TI  - Panels and remits of a town
AU  - Okafor, Ada
PY  - 2021
ER  -
TY  - JOUR
TI  - A study nobody has found yet
AU  - Iyer, B
PY  - 2020
ER  -
"""


def test_reference_lists_are_imported_by_their_ending(
    run: Run, project: Path, tmp_path: Path
) -> None:
    assert run("add", project, tmp_path / OKAFOR).code == 0
    (tmp_path / "list.ris").write_text(RIS, encoding="utf-8")
    tried = run("import", project, tmp_path / "list.ris", "--dry-run", "--json").json
    assert tried["references"]["records_without_pdf"] == ["A study nobody has found yet"]
    assert run("info", project, "--json").json["studies"] == 1
    taken = run("import", project, tmp_path / "list.ris", "--json").json
    assert taken["references"] == tried["references"]
    # One record has no PDF; the other is kept beside the PDF when it is not sure, else upon it.
    unsure = len(taken["references"]["unsure"])
    assert run("info", project, "--json").json["studies"] == 2 + unsure
    again = run("import", project, tmp_path / "list.ris")
    assert again.code == 0, again.err
    assert run("info", project, "--json").json["studies"] == 2 + unsure

    table = tmp_path / "list.csv"
    table.write_text("Title,Year\nOn remits,2019\n", encoding="utf-8")
    assert "1 records" not in run("import", project, table).out
    assert run("info", project, "--json").json["studies"] == 3 + unsure
    for name in ("a.qdpx", "a.qdc", "a.pdf"):
        later = run("import", project, name)
        assert (later.code, "later version" in later.err) == (1, True)


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
