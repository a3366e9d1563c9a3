from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.coding.adding import add_pdfs, store_document
from app.coding.indexing import jumps_of, offset_at
from app.coding.search import folded, parse_query, search
from app.errors import UserError
from app.models import Project
from tests.coding.conftest import extracted
from tests.shared_data import shared_data


def test_words_are_anded_and_phrases_stay_together(review):
    assert {h.document for h in search(review.project, "panel week")} == {
        "02_Okafor_2021.pdf",
        "Lind 2019.pdf",
    }
    assert search(review.project, "panel elephants") == ()
    assert len(search(review.project, '"second week"')) == 2
    assert search(review.project, '"week second"') == ()


def test_words_broken_at_a_line_end_are_found_at_their_place(review):
    hit = search(review.project, "coordinators")[0]
    start, _ = review.place("coordin-")
    assert (hit.start, hit.end) == (start, start + len("coordin-\nators"))
    assert (hit.page, hit.page_label) == (1, "12")
    assert "coordinators said" in hit.snippet


def test_a_phrase_across_two_pages_is_found_without_the_running_head(review):
    hit = search(review.project, '"remit ended. A two-page"')[0]
    assert hit.page == 1


def test_a_long_head_on_the_next_page_does_not_hide_a_phrase_across_two_pages(tmp_path):
    head = "A running head that goes on and on " * 5
    pages = ("The post was lost and", f"{head}\nthe work went on without it.")
    document = extracted("long", pages)
    second = replace(document.pages[1], furniture=((0, len(head)),))
    document = replace(document, pages=(replace(document.pages[0], furniture=()), second))
    project = Project.create(tmp_path / "r.cofactor", title="R")
    store_document(project, "long.pdf", b"%PDF", document, "add")
    (hit,) = search(project, '"lost and the work went"')
    assert hit.page == 1
    project.close()


@pytest.mark.parametrize("query", ["NEAR(", "a OR", "body:x", "remit AND (", "x*"])
def test_no_query_is_ever_read_as_search_syntax(review, query):
    assert isinstance(search(review.project, query), tuple)


@pytest.mark.parametrize("query", ['"', "*", "-", "'", "  "])
def test_a_query_without_a_word_is_refused_in_a_sentence(review, query):
    with pytest.raises(UserError, match="no word"):
        search(review.project, query)


@given(st.text(max_size=40))
def test_folding_keeps_the_length(text):
    assert len(folded(text)) == len(text)


def test_folding_ignores_case_and_accents():
    assert folded("Évaluation ÅSE") == "evaluation ase"


@given(st.lists(st.integers(1, 4), min_size=1, max_size=60), st.integers(0, 500))
def test_packed_offsets_unpack(steps, first):
    offsets = np.cumsum([first, *steps]).astype(np.int32)
    packed = jumps_of(offsets)
    assert [offset_at(packed, i) for i in range(len(offsets))] == offsets.tolist()


def test_queries_are_split_into_terms():
    assert parse_query("multi-agency “case conference” x") == [
        ["multi", "agency"],
        ["case", "conference"],
        ["x"],
    ]


@pytest.mark.slow
def test_phrases_of_the_true_text_are_found(tmp_path):
    import random

    from app.documents.engine import PdfEngine

    pdf = shared_data("corpus46/02_Okafor_2021.pdf")
    words = shared_data("corpus46/truth/02.txt").read_text(encoding="utf-8").split()
    project = Project.create(tmp_path / "r.cofactor", title="R")
    engine = PdfEngine()
    add_pdfs(project, engine, [pdf])
    engine.close()
    choice = random.Random(1)
    missed = []
    for _ in range(150):
        at = choice.randrange(len(words) - 6)
        phrase = " ".join(words[at : at + 6]).replace('"', "")
        if not search(project, f'"{phrase}"'):
            missed.append(phrase)
    project.close()
    assert len(missed) <= 1, missed


def marked(hit):
    return [hit.snippet[start:end] for start, end in hit.marks]


def test_every_word_of_the_query_is_marked_also_far_apart(tmp_path):
    filler = "other words stand here " * 20
    page = f"The supervisor came late. {filler}Training was cut, said the supervisor. {filler}End."
    document = extracted("far", (page,))
    bare = replace(document.pages[0], furniture=(), joins=())
    project = Project.create(tmp_path / "r.cofactor", title="R")
    store_document(project, "f.pdf", b"%PDF", replace(document, pages=(bare,)), "add")
    (near,) = search(project, "supervisor training")
    assert marked(near) == ["Training", "supervisor"]  # the two that stand near each other
    (far,) = search(project, "late end")
    assert marked(far) == ["late", "End"]
    assert "late. other" in far.snippet
    assert " … " in far.snippet
    project.close()


def test_while_typing_the_last_word_may_go_on(review):
    assert search(review.project, "agree") == ()
    hit = search(review.project, "two agree", typing=True)[0]
    assert marked(hit) == ["two", "agreement"]
    assert search(review.project, "agree ", typing=True) == ()


def test_a_search_can_be_narrowed_to_studies(review):
    every = search(review.project, "remit")
    assert len({hit.study_id for hit in every}) == 2
    one = search(review.project, "remit", study_ids=[every[0].study_id])
    assert [hit.document_id for hit in one] == [every[0].document_id]
