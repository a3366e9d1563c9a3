import pytest

from app.coding.code_editing import rename_code
from app.coding.coding_hits import propose
from app.coding.finding import CODES, MEMOS, QUOTES, STUDIES, TEXT, find, load_library
from app.coding.memos import write_memo
from app.coding.passages import code_passage


@pytest.fixture
def library(review):
    code_passage(
        review.project, review.document, *review.place("remit ended"), review.code("mandate")
    )
    write_memo(
        review.project, "code", review.code("trust"), "The **remit** was never\nwritten down"
    )
    return load_library(review.project)


def test_one_query_finds_codes_studies_memos_quotes_and_text(review, library):
    def kinds(query, **rest):
        return {g.kind: g.total for g in find(review.project, library, query, **rest)}

    assert kinds("remit") == {MEMOS: 1, QUOTES: 1, TEXT: 2}
    assert kinds("mandat") == {CODES: 1}
    assert kinds("what means") == {CODES: 4}
    assert kinds("okafor") == {STUDIES: 1}
    assert kinds("remit", kinds=(TEXT,)) == {TEXT: 2}
    study = propose(review.project, "remit")[1].study_id
    assert kinds("remit", study_ids=[study]) == {TEXT: 1}
    assert find(review.project, library, "  ") == ()


def test_names_come_before_texts_and_all_words_are_marked(review, library):
    (group,) = find(review.project, library, "trust", kinds=(CODES,))
    assert group.found[0].entry.name == "Trust"
    assert group.found[0].name_marks == ((0, 5),)
    (memos,) = find(review.project, library, "never remit", kinds=(MEMOS,))
    found = memos.found[0]
    assert [found.snippet[a:b] for a, b in found.marks] == ["remit", "never"]
    assert found.entry.detail == "Code, Ada Sample"


def test_more_are_counted_than_shown(review, library):
    (text,) = find(review.project, library, "remit", kinds=(TEXT,), limit=1)
    assert (len(text.found), text.total) == (1, 2)


def test_a_code_is_found_by_the_name_that_it_had(review):
    rename_code(review.project, review.code("trust"), "Confidence")
    (group,) = find(review.project, load_library(review.project), "trust", kinds=(CODES,))
    found = group.found[0]
    assert found.entry.name == "Confidence"
    assert found.snippet.startswith("Formerly Trust.")
