"""The report in every format, read back; tables of passages and ratings, read and refused."""

import csv
import json

import docx
import lxml.html
import openpyxl
import pytest
import xlsxwriter

from app.analysis.agreement.layers import Named
from app.analysis.agreement.report import Settings, make_report
from app.coding.agreement import Agreement, TeamWork
from app.errors import UserError
from app.exchange.agreement_files import (
    write_agreement,
    write_methods,
    write_settings,
    xlsx_sheet,
)
from app.exchange.agreement_json import agreement_values, report_values
from app.exchange.agreement_methods import methods
from app.exchange.agreement_r import write_long, write_matrix
from app.exchange.agreement_tables import Table
from app.exchange.agreement_units import read_ratings, read_units
from tests.analysis.agreement.making import layers_of

ROWS = [
    (text, code, coder, 10 + 3 * coder + text, 40 + text)
    for text in range(9)
    for code in range(2)
    for coder in range(2)
    if (text + code) % 3 or coder
]
QUICK = Settings(replicates=100, seed=11)


@pytest.fixture(scope="module")
def done() -> Agreement:
    layers = layers_of(ROWS, (200,) * 10, codes=3, valences=[0, 1] * (len(ROWS) // 2),
                       missing=[(9, 1)])  # fmt: skip
    clusters = (Named("k0", "=One"), Named("k1", "Two"))
    report = make_report(layers, QUICK, clusters=clusters)
    work = TeamWork(
        layers, (Named("r1", "Round 1"),), clusters, "Factors", "0.3", "Review", 2, 0, 0
    )
    return Agreement(report, work, ("submitted work only",))


def table(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_csv_is_exact_and_says_na_with_the_reason(done, tmp_path):
    write_agreement(done, tmp_path / "a.csv")
    rows = table(tmp_path / "a.csv")
    assert [row["code"] for row in rows] == ["Code 0", "Code 1", "Code 2", "All codes"]
    code = done.report.codes[0]
    assert float(rows[0]["u_alpha_binary"]) == code.text.u_alpha_binary
    assert float(rows[0]["low"]) == code.interval.low
    assert int(rows[0]["length"]) == 1800
    assert rows[2]["u_alpha_binary"] == "NA"
    assert "u_alpha_binary: nobody used this here" in rows[2]["why_not_estimable"]


def test_xlsx_says_what_is_not_estimable(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "b.xlsx") as made:
        xlsx_sheet(made, Table("codes", "Codes", ("Code", "Alpha"), (("One", None),)))
    sheet = openpyxl.load_workbook(tmp_path / "b.xlsx")["Codes"]
    assert sheet["B2"].value == "not estimable"


def test_xlsx_has_numbers_as_numbers_and_no_formulas(done, tmp_path):
    write_agreement(done, tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert {"Methods", "Codes", "Clusters", "Pairs", "Pairs codes", "Documents", "Documents codes",
            "Facets", "Disagreements", "Settings"} == set(book.sheetnames)  # fmt: skip
    header = [cell.value for cell in book["Codes"][1]]
    first = dict(zip(header, [cell.value for cell in book["Codes"][2]], strict=True))
    assert first["|u-alpha"] == pytest.approx(done.report.codes[0].text.u_alpha_binary)
    assert "Holsti, areas" not in header
    places = [cell for row in book["Disagreements"].iter_rows(values_only=True) for cell in row]
    assert len(places) > 12
    assert "not estimable" not in places
    assert book["Clusters"]["A2"].value == "=One"
    assert book["Clusters"]["A2"].data_type == "s"
    notes = [row[0].value for row in book["Codes"].iter_rows() if row[0].value]
    assert notes[-1] == "Used by nobody, therefore not estimable: Code 2."
    facts = {row[0].value: row[1].value for row in book["Settings"].iter_rows()}
    assert facts["settings seed"] == 11
    assert facts["codebook version"] == "0.3"


def test_docx_and_html_show_the_same_table(done, tmp_path):
    for suffix in ("docx", "html"):
        write_agreement(done, tmp_path / f"a.{suffix}")
    document = docx.Document(str(tmp_path / "a.docx"))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert set(methods(done)) < set(texts)
    grid = document.tables[0]
    column = [cell.text for cell in grid.rows[0].cells].index("|u-alpha")
    shown = grid.rows[1].cells[column].text
    page = lxml.html.fromstring((tmp_path / "a.html").read_text(encoding="utf-8"))
    cells = [cell.text_content() for cell in page.xpath("//h2[@id='codes']/following::tr[2]/td")]
    assert shown == f"{done.report.codes[0].text.u_alpha_binary:.3f}"
    assert shown in cells
    assert "<script" not in (tmp_path / "a.html").read_text(encoding="utf-8")


def test_the_methods_paragraph_holds_the_exact_settings_and_numbers(done, tmp_path):
    write_methods(done, tmp_path / "m.txt")
    told = (tmp_path / "m.txt").read_text(encoding="utf-8")
    overall = done.report.overall
    for words in (
        "Coder 0 and Coder 1 coded 9 documents of 9 studies", "“Factors” (version 0.3)",
        "submitted work only", "100 replicates, seed 11", "form of 2016/2019", "at least 50%",
        f"|u-alpha was {overall.text.u_alpha_binary:.3f} ({overall.interval.low:.3f} to",
        "for 1 it was not estimable", "1 document with one coder only", "2 layers not submitted",
    ):  # fmt: skip
        assert words in told
    empty = Agreement(make_report(layers_of([], coders=1), QUICK))
    assert methods(empty)[0].startswith("Agreement could not be computed")


def test_settings_and_the_whole_report_as_json(done, tmp_path):
    write_settings(done, tmp_path / "s.json")
    write_agreement(done, tmp_path / "a.json")
    scope = json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))
    values = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert values["scope"] == scope
    assert scope["settings"]["threshold"] == 0.5
    assert scope["filters"] == ["submitted work only"]
    assert values == json.loads(json.dumps(agreement_values(done)))


def test_whatever_is_null_has_a_reason(done):
    values = report_values(done.report, done.work)
    json.dumps(values, allow_nan=False)
    rows = [*values["codes"], values["overall"], *values["clusters"], *values["documents"],
            *values["pairs"], *(row for pair in values["pairs"] for row in pair["codes"]),
            *values["facets"]]  # fmt: skip
    for row in rows:
        missing = {name for name, value in row.items() if value is None}
        assert missing <= {name for name, why in row["why_null"].items() if why}


def test_the_long_table_gives_the_same_numbers_again(done, tmp_path):
    assert write_long(done, tmp_path / "long.csv") == len(ROWS) + 18
    rows = table(tmp_path / "long.csv")
    assert {row["valence"] for row in rows} == {"", "helps", "hinders"}
    again = make_report(read_units(tmp_path / "long.csv"), QUICK)
    found = {row.name: row for row in again.codes}
    for code in done.report.codes[:2]:
        assert found[code.name].text.u_alpha_binary == code.text.u_alpha_binary
        assert found[code.name].presence.kappa == code.presence.kappa


def test_the_matrix_holds_ones_zeros_and_na(tmp_path):
    layers = layers_of([(0, 0, 0, 1, 5), (0, 0, 2, 1, 5), (1, 0, 1, 1, 5)], (9, 9), coders=3,
                       missing=[(1, 2)])  # fmt: skip
    assert write_matrix(Agreement(make_report(layers, QUICK)), tmp_path / "m.csv") == 2
    rows = [[row[f"Coder {n}"] for n in range(3)] for row in table(tmp_path / "m.csv")]
    assert rows == [["1", "0", "1"], ["0", "1", "NA"]]


def test_another_ending_is_refused(done, tmp_path):
    with pytest.raises(UserError, match=r"cannot be written as \.pdf"):
        write_agreement(done, tmp_path / "a.pdf")


# --- reading --------------------------------------------------------------------------------------

HEADER = "document,length,coder,code,start,end\n"


def test_a_row_without_a_code_says_that_the_coder_finished(tmp_path):
    path = tmp_path / "u.csv"
    path.write_text(HEADER + "d,100,A,x,0,10\nd,100,B,,,\ne,50,A,,,\n", encoding="utf-8-sig")
    layers = read_units(path)
    assert layers.roster.tolist() == [[True, True], [True, False]]
    assert make_report(layers, QUICK).codes[0].text.cohen_kappa == 0.0
    path.write_text((HEADER + "d,100,A,x,0,10\n").replace(",", ";"), encoding="utf-8")
    assert len(read_units(path).coding_ids) == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "lacks the column document"),
        (HEADER, "has no rows"),
        ("document,coder\nd,A\n", "lacks the column length"),
        (HEADER + "d,100,A,x,0,101\n", "Line 2: a passage from 0 to 101"),
        (HEADER + "d,100,A,x,5,5\n", "Line 2: a passage from 5 to 5"),
        (HEADER + "d,100,A,x,0,ten\n", "Line 2: the end is ten"),
        (HEADER + "d,100,A,x,0,9\nd,99,B,x,0,9\n", "Line 3: the length of d is 99"),
        (HEADER + "d,100,,x,0,9\n", "Line 2: the coder is missing"),
    ],
)
def test_passages_that_make_no_sense_are_refused_by_line(tmp_path, text, words):
    (tmp_path / "u.csv").write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as told:
        read_units(tmp_path / "u.csv")
    assert words in str(told.value)


def test_ratings_are_read_with_what_is_missing(tmp_path):
    path = tmp_path / "r.csv"
    path.write_text("item,coder,value\n1,A,2\n1,B,2.0\n2,A,3\n3,B,\n", encoding="utf-8")
    assert read_ratings(path, "interval") == [[2.0, 2.0], [3.0, None], [None, None]]
    assert read_ratings(path, "nominal")[0] == ["2", "2.0"]


@pytest.mark.parametrize(
    ("rows", "level", "words"),
    [("1,A,high\n", "ordinal", "Line 2: high is not a number"),
     ("1,A,-1\n", "ratio", "Line 2: -1 is below zero"),
     ("1,A,1\n1,A,1\n", "nominal", "Line 3: A has rated 1 already"),
     ("1,A,nan\n", "interval", "Line 2: nan is not a number")],
)  # fmt: skip
def test_ratings_that_make_no_sense_are_refused(tmp_path, rows, level, words):
    (tmp_path / "r.csv").write_text("item,coder,value\n" + rows, encoding="utf-8")
    with pytest.raises(UserError) as told:
        read_ratings(tmp_path / "r.csv", level)
    assert words in str(told.value)
