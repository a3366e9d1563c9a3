from dataclasses import replace

import pytest

from app.coding.codebooks import count_use, find_code, install_codebook, load_codebook
from app.coding.passages import code_passage
from app.errors import UserError
from app.exchange.codebook_files import find_codebook
from app.models import Project
from tests.coding.conftest import small_codebook


def test_a_codebook_comes_out_as_it_went_in(review):
    assert load_codebook(review.project) == small_codebook()


def test_the_starter_grows_into_the_full_codebook_without_recoding(tmp_path):
    starter = find_codebook("case-management-starter")
    full = find_codebook("case-management")
    project = Project.create(tmp_path / "r.cofactor", title="R")
    install_codebook(project, starter)
    assert len(load_codebook(project).codes) == 33
    install_codebook(project, full)
    grown = load_codebook(project)
    assert len(grown.codes) == 70
    assert {code.id for code in starter.codes} <= {code.id for code in grown.codes}
    assert grown.title == full.title
    project.undo()
    assert len(load_codebook(project).codes) == 33
    project.close()


def test_another_family_is_refused(review):
    with pytest.raises(UserError, match="already"):
        install_codebook(review.project, find_codebook("case-management"))


def test_codes_that_were_used_stay_when_the_codebook_shrinks(review):
    code_passage(review.project, review.document, 16, 30, review.code("trust"))
    book = small_codebook()
    smaller = replace(book, codes=tuple(c for c in book.codes if c.key not in ("trust", "funding")))
    install_codebook(review.project, smaller)
    assert {c.key for c in load_codebook(review.project).codes} == {"mandate", "scrutiny", "trust"}
    assert count_use(review.project)[review.code("trust")].codings == 1


def test_codes_are_found_by_id_key_and_name(review):
    book = load_codebook(review.project)
    for name in (review.code("trust"), "trust", "TRUST", "Trust"):
        assert find_code(book, name).key == "trust"
    with pytest.raises(UserError, match="no code"):
        find_code(book, "love")


def test_political_scrutiny_lies_outside_the_three_clusters():
    book = find_codebook("case-management")
    code = next(c for c in book.codes if "scrutiny" in c.name and "olitical" in c.name)
    assert book.cluster(code.cluster_id).is_context
    assert [c.number for c in book.clusters if not c.is_context] == ["1", "2", "3"]
