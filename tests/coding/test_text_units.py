"""Sentences, paragraphs, pages and reports of codings, as the documents have them."""

import pytest

from app.analysis.cooccurring.meetings import count_meetings
from app.analysis.cooccurring.rules import Counting, Rule
from app.coding.areas import code_area
from app.coding.evidence import load_evidence
from app.coding.passages import code_passage
from app.coding.text_units import load_text_units
from tests.coding.conftest import Review

PLACES = ("The panel met", "where their remit", "A two-page agreement", "The funding\nended")


def code_each(review: Review) -> None:
    codes = ("mandate", "trust", "mandate", "trust")
    for words, code in zip(PLACES, codes, strict=True):
        code_passage(review.project, review.document, *review.place(words), review.code(code))


def studies_of(review: Review, rule: str) -> int:
    evidence = load_evidence(review.project)
    counting = Counting(Rule.parse(rule), "codings")
    units = load_text_units(review.project, evidence, counting)
    meetings = count_meetings(evidence, counting, units)
    at = {code.id: number for number, code in enumerate(evidence.codes)}
    column = meetings.column(at[review.code("mandate")], at[review.code("trust")])
    return int(meetings.counts[column])


@pytest.mark.parametrize(
    ("rule", "pairs"),
    [("overlap", 0), ("sentence", 1), ("page", 2), ("characters:60", 2), ("characters:10", 0)],
)
def test_rules_of_text_find_what_stands_together(review: Review, rule: str, pairs: int) -> None:
    """One sentence over three lines; two sentences on the next page."""
    code_each(review)
    assert studies_of(review, rule) == pairs


def test_units_are_first_and_last_of_each_coding(review: Review) -> None:
    code_each(review)
    start, _ = review.place("The panel met")
    _, end = review.place("A two-page agreement")
    code_passage(review.project, review.document, start, end, review.code("trust"))
    evidence = load_evidence(review.project)
    units = load_text_units(review.project, evidence, Counting(Rule("sentence")))
    spans = {
        (int(evidence.start[row]), int(evidence.end[row])): row for row in range(len(evidence))
    }
    row = spans[start, end]
    assert units.spans(evidence, "page")[row].tolist() == [1, 2]
    first, last = units.spans(evidence, "sentence")[row].tolist()
    assert first == start
    assert last == review.place("A two-page agreement")[0]
    kept = evidence.where(codes=[review.code("mandate")])
    assert len(units.spans(kept, "paragraph")) == len(kept) == 2
    with pytest.raises(ValueError, match="no units"):
        units.spans(evidence, "chapter")


def test_an_area_has_a_page_and_no_sentence(review: Review) -> None:
    code_each(review)
    code_area(review.project, review.document, 2, (10, 10, 90, 90), review.code("mandate"))
    evidence = load_evidence(review.project)
    units = load_text_units(review.project, evidence, Counting(Rule("page")))
    (row,) = [at for at, key in enumerate(evidence.coding_ids) if key in evidence.areas]
    assert units.spans(evidence, "page")[row].tolist() == [2, 2]
    assert units.spans(evidence, "sentence")[row].tolist() == [-1, -1]
    assert studies_of(review, "page") == 3
    assert studies_of(review, "sentence") == 1


def test_reports_are_known_of_every_document(review: Review) -> None:
    evidence = load_evidence(review.project)
    units = load_text_units(review.project, evidence, Counting(unit="reports"))
    assert sorted(units.report_of.tolist()) == [0, 1]
