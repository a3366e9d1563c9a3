"""Reference lists in all forms: one shape of record, damage told with its line."""

from pathlib import Path

import pytest

from app.coding.references import ReferenceRecord
from app.errors import UserError
from app.exchange.reference_files import read_references, write_references
from app.exchange.references_table import EXAMPLE_MARK, read_table, records_of_table, split_authors
from app.paths import resource

BIBTEX = r"""
@string{jd = "Journal for Deradicalization"}
@article{smith2020, title={{A} {\"U}bung of \emph{things} \& 50% more},
  author={M{\"u}ller, Jan and {Health and Care Agency} and Pim van der Berg}, journal=jd,
  year=2020, pages={1--12}, doi={https://doi.org/10.1234/X_1},
  file={Full Text:files/12/M\:uller.pdf:application/pdf;Other:C\:\\Me\\x.pdf:application/pdf}}
@book{broken, title={never closed, year=2020
@techreport{ok, title="Fine", date={2019-03}, institution={RAND Europe}, author={{RAND Europe}}}
"""
CSL = """[
 {"id": "k1", "type": "article-journal", "title": "A <i>title</i>", "DOI": "10.1234/ABC",
  "author": [{"family": "Berg", "non-dropping-particle": "van der", "given": "Pim"},
             {"literal": "RAND Europe"}],
  "issued": {"date-parts": [["2021", 5]]}, "container-title": ["Journal"], "page": "3-9"},
 {"id": "nothing"}
]"""
RECORDS = (
    ReferenceRecord(
        type="article", title="Über {Brüche} & 50 % mehr_oder_weniger", year=2019,
        authors=("van der Berg, Pim", "Health and Care Agency"), container="Journal & more",
        volume="3", issue="2", pages="1–12", doi="10.1234/a_b", url="https://example.org/a_b",
        abstract="100 % of $5.", key="berg2019",
    ),
    ReferenceRecord(type="thesis", title="Nothing else", authors=("Lind, A.",), container="Oslo"),
)  # fmt: skip


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_bibtex_becomes_letters_and_a_broken_entry_is_told_with_its_line(tmp_path: Path) -> None:
    found = read_references(written(tmp_path, "lib.bib", BIBTEX))
    first, last = found.records
    assert first.title == "A Übung of things & 50% more"
    assert first.authors == ("Müller, Jan", "Health and Care Agency", "van der Berg, Pim")
    assert (first.container, first.pages) == ("Journal for Deradicalization", "1–12")
    assert (first.doi, first.key, first.type) == ("10.1234/x_1", "smith2020", "article")
    assert first.file_names == ("M:uller.pdf", "x.pdf")
    assert (last.type, last.year, last.authors) == ("report", 2019, ("RAND Europe",))
    (problem,) = found.problems
    assert problem.startswith("lib.bib, line 7: “@book{broken")


def test_csl_json_is_read_and_an_empty_entry_told(tmp_path: Path) -> None:
    found = read_references(written(tmp_path, "lib.json", CSL))
    (record,) = found.records
    assert record.authors == ("van der Berg, Pim", "RAND Europe")
    assert (record.title, record.year, record.doi) == ("A title", 2021, "10.1234/abc")
    assert (record.container, record.pages, record.type) == ("Journal", "3–9", "article")
    assert "entry 2" in found.problems[0]


@pytest.mark.parametrize("suffix", [".bib", ".json", ".ris"])
def test_what_is_written_reads_as_it_was(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"out{suffix}"
    write_references(RECORDS, path)
    found = read_references(path)
    assert found.problems == ()
    for before, after in zip(RECORDS, found.records, strict=True):
        for name in ("type", "title", "authors", "year", "container", "volume", "pages", "doi"):
            assert getattr(after, name) == getattr(before, name)
        assert after.abstract == before.abstract


def test_heads_of_a_table_are_recognised_and_the_rest_offered(tmp_path: Path) -> None:
    text = (
        "# Screened in May\n\nTitle\tAuthors\tPublication Year\tSetting\tIntegrity\n"
        "One\tA B, C D\t2019\tCustody\tRETRACTED (page)\n\t\t\t\t\n\t\t\tTown\t\n"
        "Two\tLind, A.\t2020\n"
    )
    table = read_table(written(tmp_path, "list.tsv", text))
    assert table.mapping == ("title", "authors", "year", "attribute", "flag")
    found = records_of_table(table, table.mapping)
    assert found.note == "Screened in May"
    assert found.columns == ("Setting",)
    assert [(r.title, r.year, r.flag, r.extra) for r in found.records] == [
        ("One", 2019, "retracted", (("Setting", "Custody"),)),
        ("Two", 2020, "", (("Setting", ""),)),
    ]
    assert found.problems == (
        "list.tsv, line 6: neither title, author nor DOI; the row was left out.",
    )


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Spalek, B.; Davies, L.", ("Spalek, B.", "Davies, L.")),
        ("Smith J, van Meijel B", ("Smith, J", "van Meijel, B")),
        ("Smith, J., Doe, A.", ("Smith, J.", "Doe, A.")),
        ("RAND Europe", ("RAND Europe",)),
        ("", ()),
    ],
)
def test_authors_are_told_apart(text: str, names: tuple[str, ...]) -> None:
    assert split_authors(text) == names


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.json", "[\n{'a': 1}]", "line 2"),
        ("a.json", "[]", "holds no reference"),
        ("a.bib", "@article{x,\n title={a\n", "a.bib, line 1"),
        ("a.bib", "just words", "line 1 begins with “just words”"),
        ("a.csv", "Name,Place\nx,y\n", "line 1 holds “Name, Place”"),
        ("a.csv", "Title,Year\n", "no row below line 1"),
        ("a.csv", "", "line 1"),
        ("a.ris", "nothing\n", "line 1"),
    ],
)
def test_a_damaged_file_is_told_in_a_sentence_with_its_line(
    tmp_path: Path, name: str, text: str, words: str
) -> None:
    with pytest.raises(UserError, match=words):
        read_references(written(tmp_path, name, text))


def test_the_example_says_of_itself_that_it_is_unchecked() -> None:
    found = read_references(resource("examples", "candidate-studies.csv"))
    assert len(found.records) == 56
    assert found.note.startswith(EXAMPLE_MARK)
    assert {dict(record.extra)["list_status"] for record in found.records} == {
        "unchecked candidate"
    }
    assert [record.flag for record in found.records].count("retracted") == 1
