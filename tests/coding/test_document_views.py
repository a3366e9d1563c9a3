"""Printed page numbers, cover pages and turned pages, said once and used everywhere."""

import pytest

from app.coding.areas import code_area
from app.coding.document_views import (
    ViewOfDocument,
    number_as_in_file,
    number_pages,
    set_cover_pages,
    turn_page,
    view_of,
)
from app.coding.documents import load_text
from app.coding.extracts import load_extracts, quote_with_citation
from app.coding.passages import code_passage
from app.coding.search import search
from app.documents.labels import corrected_labels
from app.errors import UserError


def labels(review):
    return load_text(review.project, review.document).labels


def test_a_printed_number_counts_on_everywhere_and_undo_takes_it_back(review):
    code_passage(
        review.project, review.document, *review.place("two-page", 2), review.code("trust")
    )
    assert labels(review) == ("12", "13")
    number_pages(review.project, review.document, 2, 867)
    assert labels(review) == ("866", "867")
    (extract,) = load_extracts(review.project)
    assert extract.page_label == "867"
    quoted = quote_with_citation(review.project, review.document, *review.place("two-page", 2))
    assert quoted.endswith("p. 867)")
    found = {hit.document_id: hit.page_label for hit in search(review.project, "two-page")}
    assert found == {review.document: "867", review.other_document: "13"}
    assert review.project.undo() == "Correct page numbers"
    assert labels(review) == ("12", "13")


def test_cover_pages_have_no_number_and_pages_before_the_first_their_place(review):
    set_cover_pages(review.project, review.document, [1])
    assert labels(review) == ("cover", "13")
    number_pages(review.project, review.document, 2, 1)
    assert labels(review) == ("cover", "1")
    set_cover_pages(review.project, review.document, [])
    assert labels(review) == ("#1", "1")
    number_as_in_file(review.project, review.document)
    assert labels(review) == ("12", "13")
    assert corrected_labels(("", "", "i"), numbered=False, offset=0, covers=(1, 2)) == (
        "cover 1",
        "cover 2",
        "i",
    )


def test_pages_and_numbers_that_are_not_there_are_refused(review):
    with pytest.raises(UserError, match="no page 9"):
        number_pages(review.project, review.document, 9, 1)
    with pytest.raises(UserError, match="1 or more"):
        number_pages(review.project, review.document, 1, 0)
    with pytest.raises(UserError, match="no page 3"):
        set_cover_pages(review.project, review.document, [1, 3])
    assert view_of(review.project, review.document) == ViewOfDocument()


def test_a_turned_page_keeps_its_areas(review):
    made = code_area(review.project, review.document, 2, (10, 20, 110, 320), review.code("trust"))
    turn_page(review.project, review.document, 2, 90)
    turn_page(review.project, review.document, 2, 90)
    turn_page(review.project, review.document, 2, 90)
    text = load_text(review.project, review.document)
    assert (text.sizes[1], text.rotations[1]) == ((595, 842), 0)
    shown = text.shown()
    assert (shown.sizes[1], shown.rotations[1]) == ((842, 595), 270)
    (extract,) = load_extracts(review.project)
    assert (extract.coding_id, extract.area) == (made, (10, 20, 110, 320))
    turn_page(review.project, review.document, 2, 90)
    assert view_of(review.project, review.document).turns == {}
    review.project.undo()
    assert view_of(review.project, review.document).turns == {2: 270}
