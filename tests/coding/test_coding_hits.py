import pytest

from app.coding.coding_hits import PARAGRAPH, SENTENCE, WORDS, code_all, coded_already, propose
from app.coding.passages import code_passage, list_codings
from app.errors import UserError
from app.models.people import Layer


def test_every_place_is_proposed_in_the_unit_wanted(review):
    words = propose(review.project, "remit")
    assert [(one.words, one.page_label) for one in words] == [("remit", "12")] * 2
    assert (words[0].start, words[0].end) == review.place("remit")
    sentences = propose(review.project, "coordinators remit", SENTENCE)
    assert len(sentences) == 2
    assert sentences[0].words.startswith("The panel met")
    assert sentences[0].words.endswith("ended.")
    marked = [sentences[0].words[a:b] for a, b in sentences[0].found]
    assert marked == ["coordinators", "remit"]
    paragraphs = propose(review.project, "nobody", PARAGRAPH)
    assert paragraphs[0].start <= sentences[0].start
    assert propose(review.project, "elephants") == ()


def test_words_in_one_sentence_make_one_passage(review):
    assert len(propose(review.project, "who that", WORDS)) == 2
    twice = propose(review.project, "the", SENTENCE, typing=True)
    starts = [one.start for one in twice if one.document_id == review.document]
    assert len(starts) == len(set(starts))


def test_all_are_coded_in_one_act_that_undo_takes_back(review):
    project, code = review.project, review.code("mandate")
    code_passage(project, review.document, *review.place("remit ended"), code)
    proposals = propose(project, "remit")
    assert coded_already(project, code, proposals) == {0}
    assert coded_already(project, review.code("trust"), proposals) == frozenset()
    told = []
    number = code_all(
        project, proposals[1:] + proposals[:1], code, facets={"valence": ["barrier"]},
        label="Code all “remit”", report=lambda done, total: told.append((done, total)),
    )  # fmt: skip
    assert (number, told[-1]) == (2, (2, 2))
    assert sorted(c.valence for c in list_codings(project)) == ["", "barrier", "barrier"]
    assert project.undo() == "Code all “remit”"
    assert len(list_codings(project)) == 1


def test_more_than_one_commit_undoes_as_one(review, monkeypatch):
    monkeypatch.setattr("app.coding.coding_hits.AT_ONCE", 1)
    proposals = propose(review.project, "ended")
    assert len(proposals) > 2
    stopped = code_all(
        review.project, proposals, review.code("trust"),
        is_cancelled=lambda: len(list_codings(review.project)) >= 2,
    )  # fmt: skip
    assert (stopped, len(list_codings(review.project))) == (2, 2)
    review.project.undo()
    assert list_codings(review.project) == ()


def test_a_submitted_document_is_marked_and_never_coded(review):
    code_passage(
        review.project, review.document, *review.place("remit ended"), review.code("trust")
    )
    with review.project.change("Submit") as session:
        for layer in session.query(Layer):
            layer.state = "submitted"
    proposals = propose(review.project, "remit")
    assert [one.is_frozen for one in proposals] == [True, False]
    with pytest.raises(UserError, match="frozen"):
        code_all(review.project, proposals, review.code("mandate"))
    with pytest.raises(UserError, match="ticked"):
        code_all(review.project, (), review.code("mandate"))
