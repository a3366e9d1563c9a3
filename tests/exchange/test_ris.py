from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.coding.references import ReferenceRecord
from app.errors import UserError
from app.exchange.ris import read_ris, write_ris

HAUGSTVEDT = """TY  - JOUR
ID  - haugstvedt2022
T1  - "With a Little Help": Peer support in the prevention of extremism
AU  - Haugstvedt, Håvard
AU  - Gunnarsdottir, Hulda Mjöll
PY  - 2023/05/01/
T2  - Qualitative Social Work
VL  - 22
IS  - 1
SP  - 154
EP  - 172
DO  - https://doi.org/10.1177/14733250211051410
UR  - https://example.org/a;b
L1  - internal-pdf://3162/Haugstvedt 2022.pdf
L1  - files/12/Haugstvedt supplement.pdf
L4  - C:\\Figures\\figure1.pdf
N2  - The first line of the abstract,
UK - the second one, and
the third.
ZZ  - a field nobody knows
ER  -
"""


def ris_file(folder: Path, content: str | bytes) -> Path:
    path = folder / "records.ris"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_reads_every_field_of_a_journal_article(tmp_path: Path) -> None:
    (record,) = read_ris(ris_file(tmp_path, HAUGSTVEDT))
    assert record.type == "article"
    assert record.authors == ("Haugstvedt, Håvard", "Gunnarsdottir, Hulda Mjöll")
    assert (record.year, record.volume, record.issue) == (2023, "22", "1")
    assert record.pages == "154–172"
    assert record.doi == "10.1177/14733250211051410"
    assert record.url == "https://example.org/a;b"
    assert record.container == "Qualitative Social Work"
    assert record.key == "haugstvedt2022"
    assert record.abstract.endswith("abstract, UK - the second one, and the third.")
    assert "ZZ  - a field nobody knows" in record.raw


def test_keeps_every_attached_file(tmp_path: Path) -> None:
    (record,) = read_ris(ris_file(tmp_path, HAUGSTVEDT))
    assert record.file_names == ("Haugstvedt 2022.pdf", "Haugstvedt supplement.pdf", "figure1.pdf")


@pytest.mark.parametrize(
    "content",
    [
        HAUGSTVEDT.encode("utf-8-sig"),
        HAUGSTVEDT.encode("utf-16"),
        HAUGSTVEDT.encode("cp1252"),
        HAUGSTVEDT.replace("\n", "\r\n").encode(),
        HAUGSTVEDT.replace("\n", "\r").encode(),
        ("\n\n" + HAUGSTVEDT).encode(),
    ],
    ids=["byte-order mark", "utf-16", "cp1252", "crlf", "cr", "blank lines first"],
)
def test_encodings_and_line_ends_make_no_difference(tmp_path: Path, content: bytes) -> None:
    assert read_ris(ris_file(tmp_path, content)) == read_ris(ris_file(tmp_path, HAUGSTVEDT))


def test_bytes_that_are_in_no_windows_code_page_are_read_as_latin_1(tmp_path: Path) -> None:
    content = b"TY  - JOUR\nTI  - caf\xe9 \x81 end\nAU  - M\xfcller, A\nER  - \n"
    (record,) = read_ris(ris_file(tmp_path, content))
    assert record.authors == ("Müller, A",)
    assert record.title.startswith("café")


def test_a_record_without_its_end_line_is_not_lost(tmp_path: Path) -> None:
    content = "TY  - RPRT\nTI  - One\nTY  - THES\nTI  - Two\nER  - \n\nTY  - BOOK\nTI  - Three"
    records = read_ris(ris_file(tmp_path, content))
    assert [(record.type, record.title) for record in records] == [
        ("report", "One"),
        ("thesis", "Two"),
        ("book", "Three"),
    ]


def test_one_space_before_the_dash_is_enough_when_the_whole_file_has_it(tmp_path: Path) -> None:
    (record,) = read_ris(ris_file(tmp_path, "TY - JOUR\nTI - One\nPY - 2019\nER -\n"))
    assert (record.title, record.year) == ("One", 2019)


def test_a_corporate_author_loses_the_comma_that_endnote_adds(tmp_path: Path) -> None:
    content = "TY  - RPRT\nAU  - Andersson Elffers Felix,\nTI  - Evaluatie\nER  - \n"
    assert read_ris(ris_file(tmp_path, content))[0].authors == ("Andersson Elffers Felix",)


def test_the_doi_is_taken_from_the_link_where_it_has_no_field(tmp_path: Path) -> None:
    content = "TY  - JOUR\nUR  - https://www.doi.org/10.1080/1068316X.2022.2030333\nER  - \n"
    assert read_ris(ris_file(tmp_path, content))[0].doi == "10.1080/1068316x.2022.2030333"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "line 1"),
        (b"\n\n@article{key,\n title={One}}\n", "line 3 begins with “@article{key,”"),
        (b"%PDF-1.7\n\x00\x01", "line 1 begins with “%PDF-1.7”"),
        (b"TI  - A title without its TY line\nER  - \n", "line 1"),
    ],
    ids=["empty", "bibtex", "pdf", "no TY"],
)
def test_what_is_no_ris_file_is_refused_with_its_line(
    tmp_path: Path, content: bytes, told: str
) -> None:
    with pytest.raises(UserError, match=told.replace("{", r"\{")):
        read_ris(ris_file(tmp_path, content))


def test_a_missing_file_is_an_expected_problem(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"There is no file"):
        read_ris(tmp_path / "nowhere.ris")


line = st.text(
    st.characters(blacklist_categories=("Cc", "Cs", "Zl", "Zp")), max_size=40
).map(lambda text: " ".join(text.split()).strip("\ufeff "))  # fmt: skip
name = line.map(lambda text: text.rstrip(", "))
plain_records = st.builds(
    ReferenceRecord,
    type=st.sampled_from(["article", "book", "chapter", "conference", "report", "thesis", "web"]),
    title=line,
    authors=st.lists(name.filter(bool), max_size=3).map(tuple),
    year=st.none() | st.integers(1900, 2099),
    container=line,
    volume=line,
    issue=line,
    pages=st.sampled_from(["", "7", "e1004", "154–172"]),
    language=st.sampled_from(["", "en", "nb"]),
    abstract=line,
    file_names=st.lists(st.sampled_from(["a.pdf", "Ø b.pdf"]), max_size=2, unique=True).map(tuple),
    key=line,
)


@given(st.lists(plain_records, min_size=1, max_size=3))
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, records: list[ReferenceRecord]
) -> None:
    path = ris_file(tmp_path_factory.mktemp("ris"), write_ris(records))
    found = read_ris(path)
    assert [replace_raw(record) for record in found] == [replace_raw(record) for record in records]


def replace_raw(record: ReferenceRecord) -> tuple[object, ...]:
    names = [name for name in ReferenceRecord.__dataclass_fields__ if name != "raw"]
    return tuple(getattr(record, name) for name in names)


@given(st.binary(max_size=300))
def test_no_bytes_bring_the_reader_down(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = ris_file(tmp_path_factory.mktemp("ris"), b"TY  - JOUR\n" + content)
    assert len(read_ris(path)) >= 1
