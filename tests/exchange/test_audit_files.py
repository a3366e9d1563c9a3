import csv

import openpyxl
import pytest

from app.coding.audit import AuditFilter
from app.coding.codebooks import install_codebook
from app.coding.people import add_coder
from app.errors import UserError
from app.exchange.audit_files import HEADS, write_audit
from app.exchange.codebook_files import find_codebook
from app.exchange.exports import export
from app.models import Project


@pytest.fixture
def project(tmp_path):
    made = Project.create(tmp_path / "p.cofactor", title="P")
    made.choose_actor(add_coder(made, "=Ada Sample", role="lead"))
    install_codebook(made, find_codebook("case-management-starter"))
    add_coder(made, "Ben Sample")
    yield made
    made.close()


def test_the_log_is_written_oldest_first_as_csv_and_workbook(project, tmp_path):
    told = export(project, "audit", tmp_path / "log.csv")
    with (tmp_path / "log.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert f"{len(rows)} acts" in told
    assert [row["act"] for row in rows][-1] == "Add coder"
    assert [row["time (UTC)"] for row in rows] == sorted(row["time (UTC)"] for row in rows)
    assert write_audit(project, tmp_path / "log.xlsx", AuditFilter(words="add coder")) == 2
    sheet = openpyxl.load_workbook(tmp_path / "log.xlsx").active
    cells = list(sheet.values)
    assert cells[0] == HEADS
    assert len(cells) == 3
    assert cells[2][1] == "=Ada Sample"
    with pytest.raises(UserError, match="cannot be written as"):
        export(project, "audit", tmp_path / "log.docx")
