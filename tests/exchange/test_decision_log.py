"""The log of decisions and the places where coders differ, read back from files."""

import csv

import docx
import openpyxl
import pytest

from app.analysis.agreement.report import Settings
from app.coding.agreement import agreement
from app.coding.areas import code_area
from app.coding.disagreements import list_queue
from app.coding.passages import code_passage
from app.coding.people import current_round
from app.coding.reconciling import NOTHING, Choice, decide
from app.coding.roster import submit_documents
from app.errors import UserError
from app.exchange.agreement_files import write_places
from app.exchange.agreement_r import write_long
from app.exchange.agreement_units import read_units
from app.exchange.decision_log import HEADER, write_decision_log
from tests.coding.conftest import review

__all__ = ["review"]


@pytest.fixture
def settled(review):
    """Ben has coded nothing, and Ada's passage was settled away."""
    for coder, codes in ((review.ada, ["mandate"]), (review.ben, [])):
        review.project.actor_id = coder
        for code in codes:
            code_passage(review.project, review.document, 16, 40, review.code(code))
        submit_documents(
            review.project, [review.document], round_id=current_round(review.project).id
        )
    review.project.actor_id = review.ada
    (entry,) = list_queue(review.project, current_round(review.project).id)
    decide(review.project, [entry], Choice(NOTHING, reason="=1+1", note="<b>said</b>"))
    return review


def test_every_format_holds_the_decision(settled, tmp_path):
    paths = {suffix: tmp_path / f"log.{suffix}" for suffix in ("csv", "xlsx", "docx", "html")}
    for path in paths.values():
        assert write_decision_log(settled.project, path).endswith(": 1 decisions.")
    (row,) = csv.DictReader(paths["csv"].open(encoding="utf-8", newline=""))
    assert tuple(row) == HEADER
    assert (row["Kind"], row["Codes"], row["Action"]) == ("one sided", "Mandate", "Nothing here")
    assert (row["Reason"], row["Who"], row["Superseded"]) == ("=1+1", "Ada Sample", "")
    assert row["Compared"].startswith("Ada Sample: Mandate, p. 12, “")
    sheet = openpyxl.load_workbook(paths["xlsx"]).active
    cell = sheet.cell(2, HEADER.index("Reason") + 1)
    assert (cell.value, cell.data_type) == ("=1+1", "s")
    table = docx.Document(str(paths["docx"])).tables[0]
    assert "Nothing here" in [cell.text for cell in table.rows[1].cells]
    assert "&lt;b&gt;said" in paths["html"].read_text(encoding="utf-8")
    with pytest.raises(UserError, match="cannot be written as"):
        write_decision_log(settled.project, tmp_path / "log.pdf")


def test_places_and_areas_leave_for_other_programs(settled, tmp_path):
    code_area(settled.project, settled.other_document, 1, (10, 20, 110, 220),
              settled.code("trust"), coder_id=settled.ada)  # fmt: skip
    for coder in (settled.ada, settled.ben):
        settled.project.actor_id = coder
        submit_documents(
            settled.project, [settled.other_document], round_id=current_round(settled.project).id
        )
    done = agreement(settled.project, settings=Settings(replicates=20))
    assert write_places(done, tmp_path / "places.csv").endswith("2 places where coders differ.")
    rows = list(csv.DictReader((tmp_path / "places.csv").open(encoding="utf-8", newline="")))
    assert [row["Kind"] for row in rows] == ["one sided", "one sided"]
    assert {row["Page of the area"] for row in rows} == {"", "1"}

    write_long(done, tmp_path / "long.csv")
    rows = list(csv.DictReader((tmp_path / "long.csv").open(encoding="utf-8", newline="")))
    (area,) = [row for row in rows if row["area_code"]]
    assert (area["area_code"], area["code"], area["page"]) == ("Trust", "", "1")
    assert [float(area[side]) for side in ("x0", "y0", "x1", "y1")] == [10, 20, 110, 220]
    again = read_units(tmp_path / "long.csv")
    assert len(again.coding_ids) == 1
    assert again.roster.all()
