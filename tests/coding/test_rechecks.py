"""Looking again at passages after a code's meaning changed; and the history of a code."""

import pytest

from app.coding import rechecks
from app.coding.code_editing import edit_code, rename_code
from app.coding.code_history import changed_since, revisions_of, word_diff
from app.coding.passages import code_passage, list_codings
from app.errors import UserError


@pytest.fixture
def asked(review):
    """Three codings of Ada, one of Ben, a changed definition, and the wish to look again."""
    project, code = review.project, review.code("trust")
    mine = [
        code_passage(project, review.document, start, start + 10, code) for start in (16, 40, 60)
    ]
    project.actor_id = review.ben
    theirs = code_passage(project, review.document, 20, 45, code)
    project.actor_id = review.ada
    edit_code(project, code, definition="What trust means between partners.")
    recheck = rechecks.ask_to_look_again(project, code, "Definition changed")
    return review, recheck, mine, theirs


def test_what_was_coded_before_is_listed_and_goes_as_it_is_looked_at(asked):
    review, recheck, mine, theirs = asked
    project = review.project
    code_passage(project, review.other_document, 16, 30, review.code("trust"))  # after the wish
    (before,) = rechecks.list_rechecks(project)
    assert [c.id for c in before.open_codings] == [*mine, theirs]
    assert (before.mine, before.mine_done) == (3, 0)
    rechecks.keep(project, recheck, mine[:1])
    rechecks.change_code(project, recheck, mine[1], review.code("funding"))
    rechecks.remove(project, recheck, mine[2])
    (after,) = rechecks.list_rechecks(project, review.code("trust"))
    assert [c.id for c in after.open_codings] == [theirs]
    assert (after.done, after.mine, after.mine_done) == (3, 3, 3)
    assert {c.id: c.code_id for c in list_codings(project)}[mine[1]] == review.code("funding")


def test_each_answer_is_taken_back_by_one_undo(asked):
    review, recheck, mine, _theirs = asked
    project = review.project
    before = (rechecks.list_rechecks(project), list_codings(project))
    for answer in (
        lambda: rechecks.keep(project, recheck, mine),
        lambda: rechecks.change_code(project, recheck, mine[1], review.code("funding")),
        lambda: rechecks.remove(project, recheck, mine[2]),
        lambda: rechecks.close_recheck(project, recheck),
    ):
        answer()
        assert (rechecks.list_rechecks(project), list_codings(project)) != before
        project.undo()
        assert (rechecks.list_rechecks(project), list_codings(project)) == before


def test_nobody_answers_for_another(asked):
    review, recheck, _mine, theirs = asked
    with pytest.raises(UserError, match="another coder"):
        rechecks.keep(review.project, recheck, [theirs])
    with pytest.raises(UserError, match="another coder"):
        rechecks.remove(review.project, recheck, theirs)


def test_there_is_nothing_to_look_at_where_nothing_was_coded(review):
    with pytest.raises(UserError, match="Nothing is coded"):
        rechecks.ask_to_look_again(review.project, review.code("trust"), "")


def test_the_history_tells_who_changed_which_words(review):
    code = review.code("trust")
    edit_code(review.project, code, definition="What mutual trust means.")
    rename_code(review.project, code, "Mutual trust")
    review.project.undo()
    newest, renamed, defined, first = revisions_of(review.project, code)
    assert [r.number for r in (newest, renamed, defined, first)] == [4, 3, 2, 1]
    assert defined.who == "Ada Sample"
    assert defined.label == "Change definition"
    (change,) = defined.changes
    assert change.label == "Definition"
    assert change.parts == (
        ("same", "What"),
        ("added", " mutual"),
        ("same", " trust means."),
    )
    assert first.is_first
    assert not first.changes_meaning
    assert newest.changes_meaning
    edit_code(review.project, code, colour="#004C99")
    assert not revisions_of(review.project, code)[0].changes_meaning


def test_what_changed_since_a_moment(review):
    moment = revisions_of(review.project, review.code("trust"))[0].at
    edit_code(review.project, review.code("trust"), include="Promises kept.")
    edit_code(review.project, review.code("funding"), exclude="Gifts.")
    changed = changed_since(review.project, moment)
    assert {(r.code_id, r.changes[0].label) for r in changed} == {
        (review.code("funding"), "Exclude"), (review.code("trust"), "Include"),
    }  # fmt: skip
    assert changed_since(review.project, changed[0].at) == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [("", "New words."), ("Old words.", ""), ("a b c d", "a x c d e"), ("one\n\ntwo", "one two")],
)
def test_a_word_diff_holds_both_texts(before, after):
    parts = word_diff(before, after)
    assert "".join(w for kind, w in parts if kind != "added").split() == before.split()
    assert "".join(words for kind, words in parts if kind != "gone") == after
