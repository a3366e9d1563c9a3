from dataclasses import dataclass

import pytest

from app.documents.titles import find_doi, guess_title, is_sensible


@dataclass
class Line:
    text: str
    size: float
    level: bool = True


PAGE = [
    Line("Journal of Careful Work", 9),
    Line("What helps case managers: a", 18),
    Line("study of three sites", 18),
    Line("A. Author and B. Author", 11),
    *(Line("Running prose of the first page.", 10) for _ in range(8)),
]


@pytest.mark.parametrize(
    "stored",
    [
        "",
        "untitled document",
        "Microsoft Word - draft3.doc",
        "report final.pdf",
        "PII: S0277 95",
        "12/3",
    ],
)
def test_a_useless_stored_title_gives_way_to_the_largest_type(stored: str) -> None:
    assert not is_sensible(stored)
    assert guess_title(stored, PAGE) == "What helps case managers: a study of three sites"


def test_a_sensible_stored_title_wins() -> None:
    assert guess_title("  What helps\n case managers ", PAGE) == "What helps case managers"


def test_a_page_in_one_size_has_no_title() -> None:
    assert guess_title("", [Line("Running prose of the first page.", 10)] * 20) == ""


def test_unreadable_type_is_no_title() -> None:
    garbled = [Line("\ufffd\ufffdab\ufffd\ufffd\ufffd cde \ufffd", 20), *PAGE[4:]]
    assert guess_title("", garbled) == ""


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("see https://doi.org/10.1080/23322705.2016.1199241.", "10.1080/23322705.2016.1199241"),
        ("DOI:10.1016/S0140-6736(05)66862-7)", "10.1016/s0140-6736(05)66862-7"),
        ("(10.1002/EV.20487)", "10.1002/ev.20487"),
        ("version 10.12 of May", ""),
    ],
)
def test_doi(text: str, doi: str) -> None:
    assert find_doi(["no number here", text]) == doi
