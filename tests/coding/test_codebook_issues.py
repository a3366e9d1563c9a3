"""What a definition left open, until it is clarified."""

import pytest

from app.coding.codebook_issues import close_issue, list_issues, raise_issue, reopen_issue
from app.coding.codebooks import load_codebook
from app.coding.disagreements import list_queue
from app.coding.passages import code_passage
from app.coding.people import current_round
from app.coding.rechecks import list_rechecks
from app.coding.reconciling import ISSUE, TAKE, Choice, decide
from app.coding.roster import submit_documents
from app.errors import UserError


def test_an_issue_leads_from_a_disagreement_to_the_list_to_look_at_again(review):
    project, round_id = review.project, current_round(review.project).id
    for coder in (review.ben, review.ada):
        project.actor_id = coder
        if coder == review.ada:
            coding = code_passage(project, review.document, 16, 40, review.code("trust"))
        submit_documents(project, [review.document], round_id=round_id)
    (entry,) = list_queue(project, round_id)
    decide(project, [entry], Choice(ISSUE, note="Does a promise count?"))
    (issue,) = list_issues(project)
    assert (issue.code_id, issue.coding_ids) == (review.code("trust"), (coding,))
    recheck = close_issue(project, issue.id, definition="Promises count.", look_again=True)
    assert load_codebook(project).code(issue.code_id).definition == "Promises count."
    assert [found.id for found in list_rechecks(project)] == [recheck]
    assert list_issues(project) == ()
    assert list_issues(project, with_closed=True)[0].recheck_id == recheck
    with pytest.raises(UserError, match="closed"):
        close_issue(project, issue.id)
    project.undo()
    assert list_issues(project) == (issue,)
    (entry,) = list_queue(project, round_id)
    decide(project, [entry], Choice(TAKE, coder_id=review.ada))
    assert list_issues(project) == (issue,)  # settled here, and unclear still


def test_issues_can_be_noted_by_hand(review):
    issue_id = raise_issue(review.project, review.code("trust"), "  Who  is meant? ")
    assert list_issues(review.project, code_id=review.code("trust"))[0].title == "Who is meant?"
    assert list_issues(review.project, code_id=review.code("funding")) == ()
    close_issue(review.project, issue_id)
    reopen_issue(review.project, issue_id)
    assert len(list_issues(review.project)) == 1
    with pytest.raises(UserError, match="words"):
        raise_issue(review.project, review.code("trust"), " ")
