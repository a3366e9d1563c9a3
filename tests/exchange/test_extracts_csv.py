import csv
import io
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.coding.extracts import Extract
from app.errors import UserError
from app.exchange.extracts_csv import COLUMNS, EXCEL_CELL_LIMIT, Flavour, write_extracts

EXTRACT = Extract(
    coding_id="c1",
    study="Haugstvedt 2022",
    study_id="s1",
    report="Haugstvedt, H. (2022). With a little help.",
    document="Haugstvedt_2022.pdf",
    document_id="d1",
    page=19,
    page_label="172",
    start=100,
    end=160,
    code="Supervision",
    code_id="k1",
    code_key="support.supervision",
    category="Support",
    cluster="Workforce",
    cluster_id="w",
    valence="facilitator",
    valence_label="Facilitator",
    stages=("planning", "delivery"),
    stage_labels=("Planning", "Delivery"),
    coder="Ana",
    coder_id="a1",
    round="Round 1",
    round_id="r1",
    quote="the super-\nvision “helped”, they said",
    clean="the supervision “helped”, they said",
    memo="Å, ß, 中文 and 🙂",
    condition="",
    anchor_state="exact",
    made_at="2026-11-23T06:00:00Z",
)


def read_back(path: Path, encoding: str = "utf-8") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode(encoding), newline="")))


def test_a_tidy_row_holds_every_cell_exactly(tmp_path: Path) -> None:
    path = tmp_path / "extracts.csv"
    assert write_extracts([EXTRACT], path) == ()
    (row,) = read_back(path)
    assert tuple(row) == COLUMNS
    assert row["quote"] == EXTRACT.quote
    assert row["quote_clean"] == EXTRACT.clean
    assert row["memo"] == EXTRACT.memo
    assert (row["page"], row["page_index"]) == ("172", "19")
    assert row["stages"] == "planning; delivery"


def test_tidy_has_no_byte_order_mark_and_excel_has_one(tmp_path: Path) -> None:
    path = tmp_path / "extracts.csv"
    write_extracts([EXTRACT], path)
    assert path.read_bytes().startswith(b"study,report,")
    write_extracts([EXTRACT], path, flavour="excel")
    assert path.read_bytes().startswith(b"\xef\xbb\xbfstudy,report,")


def test_rows_end_with_crlf_and_cells_keep_their_own_line_breaks(tmp_path: Path) -> None:
    path = tmp_path / "extracts.csv"
    write_extracts([EXTRACT, EXTRACT], path)
    content = path.read_bytes()
    assert content.count(b"\r\n") == 3
    assert content.replace(b"\r\n", b"").count(b"\n") == 2


FORMULAS = ["=1+1", "+49 30", "-2", "@sum", "\tx", "\rx", "  =cmd", '"=1', "'-1", "\n=1", "＝1"]


@pytest.mark.parametrize("cell", FORMULAS)
def test_excel_cells_that_look_like_formulas_get_an_apostrophe(tmp_path: Path, cell: str) -> None:
    path = tmp_path / "extracts.csv"
    extract = replace(EXTRACT, memo=cell, study=cell)
    write_extracts([extract], path, flavour="excel")
    (row,) = read_back(path, "utf-8-sig")
    assert (row["memo"], row["study"]) == (f"'{cell}", f"'{cell}")
    write_extracts([extract], path)
    assert read_back(path)[0]["memo"] == cell


@pytest.mark.parametrize("cell", ["Trust = time", "a-b", "“=1”", "", "–2", "3 + 4"])
def test_other_excel_cells_stay_as_they_are(tmp_path: Path, cell: str) -> None:
    path = tmp_path / "extracts.csv"
    write_extracts([replace(EXTRACT, memo=cell)], path, flavour="excel")
    assert read_back(path, "utf-8-sig")[0]["memo"] == cell


@pytest.mark.parametrize("text", ["x" * 40_000, "🙂" * 20_000, "=" + "x" * 32_766])
def test_what_excel_cannot_hold_is_cut_and_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "extracts.csv"
    extract = replace(EXTRACT, memo=text)
    (told,) = write_extracts([extract, EXTRACT], path, flavour="excel")
    assert "1 row" in told
    assert "c1" in told
    cell = read_back(path, "utf-8-sig")[0]["memo"]
    assert cell.endswith("[…]")
    assert EXCEL_CELL_LIMIT - 1 <= len(cell.encode("utf-16-le")) / 2 <= EXCEL_CELL_LIMIT
    assert write_extracts([extract], path) == ()
    assert read_back(path)[0]["memo"] == text


def test_a_text_that_just_fits_is_not_cut(tmp_path: Path) -> None:
    path = tmp_path / "extracts.csv"
    fits = replace(EXTRACT, memo="x" * EXCEL_CELL_LIMIT)
    assert write_extracts([fits], path, flavour="excel") == ()


@given(st.text(st.characters(blacklist_categories=("Cs",)), max_size=50))
@example('"\r\n,;\x00\x0b')
def test_any_text_comes_back_exactly(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("csv") / "extracts.csv"
    write_extracts([replace(EXTRACT, quote=text, memo=text)], path)
    (row,) = read_back(path)
    assert (row["quote"], row["memo"]) == (text, text)


@pytest.mark.parametrize("flavour", ["tidy", "excel"])
def test_ten_thousand_extracts_are_written_at_once(tmp_path: Path, flavour: Flavour) -> None:
    path = tmp_path / "extracts.csv"
    start = time.perf_counter()
    write_extracts((EXTRACT for _ in range(10_000)), path, flavour=flavour)
    assert time.perf_counter() - start < 10
    assert len(read_back(path, "utf-8-sig")) == 10_000


def test_no_extracts_still_make_a_table(tmp_path: Path) -> None:
    path = tmp_path / "extracts.csv"
    write_extracts([], path)
    assert path.read_bytes() == ",".join(COLUMNS).encode() + b"\r\n"


def test_a_failure_while_extracts_are_read_leaves_the_old_table(tmp_path: Path) -> None:
    path = tmp_path / "extracts.csv"
    path.write_text("old")

    def broken():  # type: ignore[no-untyped-def]
        yield EXTRACT
        raise UserError("The project file is gone.")

    with pytest.raises(UserError, match="gone"):
        write_extracts(broken(), path)
    assert path.read_text() == "old"
