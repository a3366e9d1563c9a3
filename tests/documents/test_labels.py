import pymupdf
import pytest

from app.documents.labels import decode_prefix, page_labels
from tests.documents.making import lines, make_pdf
from tests.shared_data import shared_data


@pytest.mark.parametrize(
    ("stored", "decoded"),
    [
        ("<FEFF0069>", "i"),
        ("<FEFF 0041 002D>", "A-"),
        ("\\376\\377\\000i", "i"),
        ("<412D>", "A-"),
        ("Title pg ", "Title pg "),
        ("", ""),
    ],
)
def test_prefixes_are_decoded(stored: str, decoded: str) -> None:
    assert decode_prefix(stored) == decoded


def test_numbering_styles() -> None:
    rules = [
        {"startpage": 0, "prefix": "", "style": "r", "firstpagenum": 3},
        {"startpage": 2, "prefix": "A-", "style": "D", "firstpagenum": 9},
        {"startpage": 4, "prefix": "", "style": "A", "firstpagenum": 26},
    ]
    with pymupdf.open(stream=make_pdf([lines("x")] * 6, labels=rules)) as document:
        assert page_labels(document) == ["iii", "iv", "A-9", "A-10", "Z", "AA"]


def test_a_file_without_labels_has_empty_ones() -> None:
    with pymupdf.open(stream=make_pdf([lines("x")] * 2)) as document:
        assert page_labels(document) == ["", ""]


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("studies/ar_rdr2018_brief.pdf", ["i1", "1", "2"]),
        ("studies/en_wiley_evalpolicy_federal.pdf", ["85", "86", "87"]),
        ("studies/de_plenarprotokoll_19_96.pdf", ["I", "II", "III", "IV", "11551"]),
        ("studies/en_wiley_microservices_interviews.pdf", ["", "", ""]),
    ],
)
def test_labels_of_real_files(name: str, first: list[str]) -> None:
    with pymupdf.open(shared_data(name)) as document:
        assert page_labels(document)[: len(first)] == first
