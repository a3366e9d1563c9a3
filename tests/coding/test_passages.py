import pytest

from app.coding.codebooks import count_use
from app.coding.passages import (
    PassageEntry,
    code_passage,
    code_passages,
    list_codings,
    recode,
    remove_codings,
    resize,
    set_coding_memo,
    set_facet,
)
from app.errors import UserError
from app.models.codebook import Code


def coded(review, words="nobody had told\nthem", key="mandate", **more):
    return code_passage(
        review.project, review.document, *review.place(words), review.code(key), **more
    )


def only(review):
    (coding,) = list_codings(review.project)
    return coding


def test_a_coding_keeps_its_words_page_coder_and_time(review):
    coding_id = coded(review, facets={"valence": ["barrier"], "stage": ["delivery", "whole"]})
    coding = only(review)
    assert coding.id == coding_id
    assert coding.quote == "nobody had told\nthem"
    assert (coding.page_first, coding.page_last) == (1, 1)
    assert coding.valence == "barrier"
    assert coding.stages == ("delivery", "whole")
    assert coding.coder_id == review.ada
    assert coding.made_at.startswith("20")


def test_white_space_at_the_ends_is_left_out(review):
    start, end = review.place("ended.\n12")
    code_passage(review.project, review.document, start, end - 2, review.code("mandate"))
    assert only(review).quote == "ended."


def test_the_same_passage_and_code_again_changes_the_coding_that_is_there(review):
    first = coded(review, facets={"valence": ["barrier"]})
    again = coded(review, facets={"stage": ["whole"]})
    assert first == again
    assert only(review).valence == "barrier"
    assert only(review).stages == ("whole",)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"facets": {"valence": ["barrier", "facilitator"]}}, "one valence only"),
        ({"facets": {"valence": ["splendid"]}}, "splendid is not a valence"),
        ({"facets": {"mood": ["x"]}}, "no facet mood"),
    ],
)
def test_unknown_facets_are_refused_and_nothing_is_coded(review, more, sentence):
    with pytest.raises(UserError, match=sentence):
        coded(review, **more)
    assert list_codings(review.project) == ()


def test_an_empty_selection_and_one_outside_the_text_are_refused(review):
    for start, end in ((15, 16), (5, 5), (10, 10_000), (-3, 4)):
        with pytest.raises(UserError):
            code_passage(review.project, review.document, start, end, review.code("mandate"))


def test_coding_needs_to_know_who_codes(review):
    review.project.actor_id = None
    with pytest.raises(UserError, match="who is coding"):
        coded(review)


def test_recode_facet_memo_and_resize_each_undo_alone(review):
    coding_id = coded(review)
    recode(review.project, [coding_id], review.code("trust"))
    set_facet(review.project, [coding_id], "valence", ["moderates"], "only in cities")
    set_coding_memo(review.project, coding_id, "Compare with Lind.")
    start, end = review.place("said that nobody had told\nthem")
    resize(review.project, coding_id, start, end)
    coding = only(review)
    assert coding.code_id == review.code("trust")
    assert (coding.valence, coding.condition) == ("moderates", "only in cities")
    assert coding.memo == "Compare with Lind."
    assert coding.quote == "said that nobody had told\nthem"
    labels = [review.project.undo() for _ in range(4)]
    assert labels == ["Resize passage", "Edit memo", "Change valence", "Change code"]
    coding = only(review)
    assert (coding.code_id, coding.valence, coding.memo) == (review.code("mandate"), "", "")
    assert coding.quote == "nobody had told\nthem"
    for _ in range(4):
        review.project.redo()
    assert only(review).memo == "Compare with Lind."


def test_removing_takes_the_memo_along_and_undo_brings_both_back(review):
    coding_id = coded(review)
    set_coding_memo(review.project, coding_id, "A memo")
    remove_codings(review.project, [coding_id])
    assert list_codings(review.project) == ()
    review.project.undo()
    assert only(review).memo == "A memo"


def test_undoing_a_coding_under_a_later_memo_of_someone_else_is_refused(review):
    coding_id = coded(review)
    review.project.actor_id = review.ben
    set_coding_memo(review.project, coding_id, "Ben doubts this.")
    review.project.actor_id = review.ada
    with pytest.raises(UserError, match="memo"):
        review.project.undo()


def test_nobody_changes_another_coders_rows(review):
    coding_id = coded(review)
    review.project.actor_id = review.ben
    for act in (
        lambda: recode(review.project, [coding_id], review.code("trust")),
        lambda: set_facet(review.project, [coding_id], "valence", ["barrier"]),
        lambda: resize(review.project, coding_id, *review.place("nobody")),
        lambda: remove_codings(review.project, [coding_id]),
    ):
        with pytest.raises(UserError, match="another coder"):
            act()


def test_two_coders_have_layers_of_their_own(review):
    mine = coded(review)
    review.project.actor_id = review.ben
    theirs = coded(review)
    assert mine != theirs
    assert {c.coder_id for c in list_codings(review.project)} == {review.ada, review.ben}
    assert len(list_codings(review.project, coder_id=review.ben)) == 1
    use = count_use(review.project)[review.code("mandate")]
    assert (use.codings, use.documents) == (2, 1)


def test_many_at_once_are_one_act(review):
    places = [review.place(words) for words in ("panel", "remit", "funding")]
    entries = [
        PassageEntry(review.document, *place, review.code("mandate"), memo="x") for place in places
    ]
    assert len(code_passages(review.project, entries)) == 3
    assert review.project.undo() == "Code 3 passages"
    assert list_codings(review.project) == ()


def test_a_retired_code_cannot_be_coded_with(review):
    with review.project.change("Retire code") as session:
        session.get_one(Code, review.code("mandate")).retired = True
    with pytest.raises(UserError, match="retired"):
        coded(review)


def test_a_passage_across_pages_knows_both(review):
    start, _ = review.place("remit ended")
    _, end = review.place("agreement said")
    code_passage(review.project, review.document, start, end, review.code("mandate"))
    assert (only(review).page_first, only(review).page_last) == (1, 2)
