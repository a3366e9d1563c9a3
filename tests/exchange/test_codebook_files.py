"""Codebooks as files: round trips, previews, and what is wrong told with its line."""

import csv
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from app.cli import main
from app.coding import code_editing as editing
from app.coding.code_passages import split_code
from app.coding.codebook import RatingScale, shipped_id
from app.coding.codebooks import install_codebook, load_codebook
from app.coding.passages import code_passage, list_codings
from app.errors import UserError
from app.exchange.codebook_files import import_codebook_file, write_codebook_file
from app.exchange.codebook_yaml import read_codebook
from app.models import Project
from app.paths import codebook_file
from tests.coding.conftest import identifier, review, small_codebook  # noqa: F401


def worked_on(review):  # noqa: F811
    """A codebook with everything that can be done to one."""
    project, code = review.project, review.code
    cluster = editing.create_cluster(project, "Clients; families")
    group = editing.create_category(project, "Families", cluster)
    made = editing.create_code(project, "Help at home", group, definition='Says "=1+1", often.')
    editing.rename_code(project, made, "Support at home")
    editing.edit_code(
        project, made, include="-5 and more\nsecond line", colour="#2A9D8F", hot_key="h",
        further_cluster_ids=[identifier("cluster", "1")], see_instead=["trust"],
    )  # fmt: skip
    split_code(project, code("mandate"), "Mandate of police")
    editing.merge_codes(project, code("trust"), code("funding"))
    editing.retire_codes(project, [code("scrutiny")])
    return load_codebook(project)


@pytest.mark.parametrize("suffix", [".yaml", ".csv", ".xlsx"])
def test_what_is_exported_changes_nothing_when_it_is_imported_again(review, tmp_path, suffix):  # noqa: F811
    before = worked_on(review)
    path = tmp_path / f"codebook{suffix}"
    assert write_codebook_file(review.project, path) == len(before.codes)
    plan = import_codebook_file(review.project, path, dry_run=True)
    assert not plan.changes_anything
    assert plan.same == len(before.codes)
    assert not plan.missing
    import_codebook_file(review.project, path)
    assert load_codebook(review.project) == before
    other = Project.create(tmp_path / "other.cofactor", title="Other")
    install_codebook(other, replace(small_codebook(), codes=()))
    import_codebook_file(other, path)
    assert by_keys(load_codebook(other)) == by_keys(before)
    other.close()


def by_keys(book):
    """The codes with the keys of their groups: a table does not hold the ids of groups."""
    clusters = {one.id: (one.key, one.name, one.number) for one in book.clusters}
    return [
        replace(
            code,
            category_id=book.category(code.category_id).name,
            cluster_id=clusters[code.cluster_id],
            further_cluster_ids=tuple(clusters[one] for one in code.further_cluster_ids),
        )
        for code in book.codes
    ]


def test_a_yaml_codebook_holds_its_ratings(tmp_path):
    path = tmp_path / "rated.yaml"
    path.write_text(RATED, encoding="utf-8")
    codebook = read_codebook(path)
    (scale,) = codebook.ratings
    assert scale == RatingScale(
        shipped_id("rated", "rating", "influence"), "influence", "Influence", -2, 2, True,
        ((-2, "Strongly hindering"), (0, "Neutral")), ("a.two",), "How a study is rated.",
    )  # fmt: skip
    project = Project.create(tmp_path / "r.cofactor", title="R")
    install_codebook(project, codebook)
    assert load_codebook(project).ratings == codebook.ratings
    again = tmp_path / "again.yaml"
    write_codebook_file(project, again)
    assert read_codebook(again) == codebook
    project.close()


def test_cfir_has_its_constructs_domains_and_rating():
    book = read_codebook(codebook_file("cfir"))
    general = [code for code in book.codes if code.key.endswith(".general")]
    parts = [c for c in book.codes if c.key.split(".")[0] in {g.key.split(".")[0] for g in general}]
    assert book.by_key("assess.context") in parts  # a construct of its own beside them
    subconstructs = len(parts) - len(general) - 1
    assert (len(book.codes) - subconstructs, subconstructs) == (48, 19)
    assert [cluster.number for cluster in book.clusters] == ["1", "2", "3", "4", "5"]
    (scale,) = book.ratings
    assert (scale.lowest, scale.highest, scale.allows_mixed) == (-2, 2, True)
    assert scale.reversed_codes == ()
    assert "in our own words" in book.title
    assert "10.1186/s13012-022-01245-0" in book.description
    assert book.by_key("inn.cost").id == shipped_id("cfir", "code", "inn.cost")


def test_problems_of_ratings_are_told_with_their_lines(tmp_path):
    path = tmp_path / "rated.yaml"
    path.write_text(RATED.replace("highest: 2", "highest: -3").replace("a.two]", "a.six]"))
    with pytest.raises(UserError) as told:
        read_codebook(path)
    assert "line 14: The lowest value" in str(told.value)
    assert "unknown code a.six" in str(told.value)


def test_a_file_is_taken_in_as_one_act_that_undo_takes_back(review, tmp_path):  # noqa: F811
    project = review.project
    coding = code_passage(project, review.document, 16, 30, review.code("scrutiny"))
    editing.edit_code(project, review.code("mandate"), include="Written ones.", hot_key="M")
    before = load_codebook(project)
    path = tmp_path / "codes.csv"
    path.write_text(
        "Category;Name;Definition;id\n"
        "Group 1;Mandate;Who may do what.;\n"
        "Group 1;Money;What funding means.;funding\n"
        "Group 2;Warmth;Kindness shown.;\n",
        encoding="utf-8",
    )
    plan = import_codebook_file(project, path, dry_run=True)
    assert [code.name for code in plan.new] == ["Warmth"]
    assert {one.name: [c.label for c in one.changes] for one in plan.changed} == {
        "Mandate": ["Definition"], "Funding": ["Name"],
    }  # fmt: skip
    assert [code.name for code in plan.missing] == ["Trust", "Scrutiny"]
    assert load_codebook(project) == before
    import_codebook_file(project, path, retire_missing=True)
    after = load_codebook(project)
    assert after.code(review.code("mandate")).definition == "Who may do what."
    assert after.code(review.code("mandate")).include == "Written ones."  # no such column
    assert after.code(review.code("mandate")).hot_key == "M"
    assert after.code(review.code("funding")).former_names == ("Funding",)
    assert after.code(review.code("scrutiny")).retired
    assert list_codings(project) == ()
    assert project.undo() == "Import codebook"
    assert load_codebook(project) == before
    assert [c.id for c in list_codings(project)] == [coding]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("name;definition\nTrust;x\n", "line 1: The first row has no column category"),
        ("name;category\nTrust;Group 2\n;Group 2\n", "line 3: This code has no name"),
        ("name;category;hot_key\nTrust;Group 2;S\n", "line 2: The hot key S"),
        ("name;category;id\nA;Group 2;a b\n", "line 2: The id a b"),
        ("name;category;see_instead\nA;Group 2;nothing\n", "line 2: The code nothing"),
        ("name;category\nA;Nowhere\n", "line 2: This code has no cluster"),
        ('name;category\n"A;Group 2\n', "line 2: The table cannot be understood"),
        ("name;category\n", "no codes in this table"),
        ("name;category;retired\nA;Group 2;perhaps\n", "line 2: retired is either yes or empty"),
    ],
)
def test_what_is_wrong_in_a_table_is_told_with_its_line(tmp_path, content, sentence):
    from app.exchange.codebook_table import read_codebook_table

    path = tmp_path / "codes.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UserError) as told:
        read_codebook_table(path, small_codebook())
    assert sentence in str(told.value)


def test_a_damaged_workbook_is_refused_in_a_sentence(tmp_path):
    from app.exchange.codebook_table import read_codebook_table

    path = tmp_path / "codes.xlsx"
    path.write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(UserError, match="not a workbook"):
        read_codebook_table(path, small_codebook())


def test_no_cell_is_a_formula_for_a_spreadsheet(review, tmp_path):  # noqa: F811
    editing.edit_code(review.project, review.code("trust"), definition="=HYPERLINK(1)")
    write_codebook_file(review.project, tmp_path / "c.csv")
    write_codebook_file(review.project, tmp_path / "c.xlsx")
    with (tmp_path / "c.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert "'=HYPERLINK(1)" in cells
    sheet = load_workbook(tmp_path / "c.xlsx")["Codes"]
    assert {c.data_type for row in sheet.iter_rows() for c in row if c.value} == {"s"}


def test_the_commands_write_and_take_in_a_codebook(review, tmp_path, capsys):  # noqa: F811
    project = str(review.project.path)
    out = tmp_path / "codes.xlsx"
    assert main(["export", project, "codebook", "--out", str(out)]) == 0
    book = load_workbook(out)
    sheet = book["Codes"]
    heads = [cell.value for cell in sheet[1]]
    sheet.cell(2, heads.index("definition") + 1, "Said anew.")
    book.save(out)
    assert main(["import", project, str(out), "--dry-run"]) == 0
    assert "Would take in codes.xlsx: 0 new codes, 1 changed" in capsys.readouterr().out
    assert main(["import", project, str(out)]) == 0
    assert load_codebook(review.project).codes[0].definition == "Said anew."
    assert main(["import", project, str(tmp_path / "notes.docx")]) == 1
    assert "cannot be imported" in capsys.readouterr().err


RATED = """\
codebook:
  id: rated
  title: Rated
clusters:
  - {id: a, name: A, number: 1}
categories:
  - {id: c, name: C, cluster: a}
ratings:
  - id: influence
    label: Influence
    description: How a study is rated.
    mixed: true
    reversed: [a.two]
    lowest: -2
    highest: 2
    labels:
      - {value: -2, label: Strongly hindering}
      - {value: 0, label: Neutral}
codes:
  - {id: a.one, name: One, category: c}
  - {id: a.two, name: Two, category: c}
"""
