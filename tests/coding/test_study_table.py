"""The table of studies as files hold it, and what extracts say of a study."""

import csv
from pathlib import Path

import openpyxl

from app.coding.attribute_evidence import show_evidence
from app.coding.attribute_values import set_value, settle_value
from app.coding.attributes import AttributeDraft, add_attributes
from app.coding.extracts import load_extracts
from app.coding.passages import code_passage
from app.coding.studies import find_study, set_integrity
from app.coding.translations import set_translation
from app.exchange.exports import export
from tests.coding.conftest import Review


def test_settled_values_passages_and_marks_are_written(review: Review, tmp_path: Path) -> None:
    project = review.project
    setting, people = add_attributes(
        project, [AttributeDraft("Setting"), AttributeDraft("People", "number", unit="n")]
    )
    study = find_study(project, "okafor 2021").id
    start, end = review.place("panel met")
    show_evidence(project, setting, review.document, start, end, ["=1+1"])
    set_value(project, study, people, "1,040")
    set_value(project, study, people, "12", coder_id=review.ben)
    settle_value(project, study, people, ["12"])
    set_integrity(project, study, "retracted", "2023")

    out = tmp_path / "studies.csv"
    assert export(project, "studies", out) == f"Wrote {out}: 2 studies."
    rows = {row["study"]: row for row in csv.DictReader(out.open(encoding="utf-8"))}
    okafor = rows["Okafor 2021"]
    assert (okafor["Setting"], okafor["People (n)"]) == ("=1+1", "12")
    assert (okafor["integrity"], okafor["integrity_note"]) == ("Retracted", "2023")
    export(project, "studies", out, for_excel=True)
    assert "'=1+1" in out.read_text(encoding="utf-8-sig")

    book = tmp_path / "studies.xlsx"
    export(project, "studies", book)
    sheets = openpyxl.load_workbook(book)
    heads, *values = sheets["Values and passages"].iter_rows(values_only=True)
    assert heads[:5] == ("study", "attribute", "coder", "settled", "value")
    assert ("Okafor 2021", "Setting", "Ada Sample", None, "=1+1", None, "panel met",
            "02_Okafor_2021.pdf", 1) in values  # fmt: skip
    said = [(row[2], row[3], row[4]) for row in values if row[1] == "People"]
    assert said == [
        ("Consensus", "yes", "12"), ("Ada Sample", None, "1040"), ("Ben Sample", None, "12"),
    ]  # fmt: skip
    assert sheets["Studies"].max_row == 3


def test_extracts_carry_the_mark_of_the_study_and_the_translation(review: Review) -> None:
    start, end = review.place("panel met")
    coding = code_passage(review.project, review.document, start, end, review.code("trust"))
    set_integrity(review.project, find_study(review.project, "Okafor 2021").id, "concern")
    set_translation(review.project, coding, "das Gremium traf sich")
    (extract,) = load_extracts(review.project)
    assert (extract.integrity, extract.translation) == ("concern", "das Gremium traf sich")
