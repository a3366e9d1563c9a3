"""Who codes what, what is finished, and that finished work is frozen."""

from collections import Counter

import pytest

from app.coding.passages import code_passage, list_codings, remove_codings
from app.coding.people import add_coder, add_round, current_round, list_layers
from app.coding.roster import (
    assign,
    list_work,
    own_work,
    progress,
    rename_round,
    reopen_documents,
    share_out,
    submit_documents,
    unassign,
)
from app.coding.team_files import hand_out
from app.errors import UserError
from app.models import Project
from app.models.team import Assignment


def states(review):
    round_id = current_round(review.project).id
    return {(w.document_id, w.coder_id): w.state for w in list_work(review.project, round_id)}


def test_each_document_of_each_coder_has_a_state(review):
    project, round_id = review.project, current_round(review.project).id
    assert set(states(review).values()) == {"unassigned"}
    assert assign(project, round_id, [review.document], [review.ada, review.ben]) == 2
    assert assign(project, round_id, [review.document], [review.ada]) == 0
    project.actor_id = review.ada
    code_passage(project, review.document, 0, 12, review.code("mandate"))
    known = states(review)
    assert known[review.document, review.ada] == "open"
    assert known[review.document, review.ben] == "waiting"
    project.actor_id = review.ben
    submit_documents(project, [review.document], round_id=round_id)
    assert states(review)[review.document, review.ben] == "submitted"
    by_coder = {p.coder_id: p for p in progress(project, round_id)}
    assert (by_coder[review.ada].begun, by_coder[review.ada].codings) == (1, 1)
    assert (by_coder[review.ben].submitted, by_coder[review.ben].codings) == (1, 0)


def test_submitted_work_is_frozen_until_it_is_opened_again(review):
    project, round_id = review.project, current_round(review.project).id
    project.actor_id = review.ben
    coding = code_passage(project, review.document, 0, 12, review.code("mandate"))
    submit_documents(project, [review.document], round_id=round_id)
    for act in (
        lambda: code_passage(project, review.document, 14, 30, review.code("trust")),
        lambda: remove_codings(project, [coding]),
    ):
        with pytest.raises(UserError, match="frozen"):
            act()
    (layer,) = [layer.id for layer in list_layers(project) if layer.coder_id == review.ben]
    reopen_documents(project, [layer])
    remove_codings(project, [coding])
    assert not [c for c in list_codings(project) if c.coder_id == review.ben]
    for _ in range(3):
        project.undo()
    assert states(review)[review.document, review.ben] == "open"
    project.redo()
    with pytest.raises(UserError, match="frozen"):
        code_passage(project, review.document, 14, 30, review.code("trust"))


def test_only_the_lead_opens_what_another_submitted(review):
    project, round_id = review.project, current_round(review.project).id
    project.actor_id = review.ben
    submit_documents(project, [review.document], round_id=round_id)
    (layer,) = [layer.id for layer in list_layers(project) if layer.coder_id == review.ben]
    cara = add_coder(project, "Cara Sample")
    project.actor_id = cara
    with pytest.raises(UserError, match="lead"):
        reopen_documents(project, [layer])
    project.actor_id = review.ada
    reopen_documents(project, [layer])
    assert states(review)[review.document, review.ben] == "unassigned"


def test_what_was_submitted_stays_on_the_list(review):
    project, round_id = review.project, current_round(review.project).id
    assign(project, round_id, [review.document], [review.ben])
    project.actor_id = review.ben
    submit_documents(project, [review.document], round_id=round_id)
    with pytest.raises(UserError, match="submitted"):
        unassign(project, round_id, [review.document], [review.ben])


def test_a_hand_out_takes_only_its_coders_list_along(review, tmp_path):
    project, round_id = review.project, current_round(review.project).id
    assign(project, round_id, [review.document], [review.ada, review.ben])
    later = add_round(project, "Round two")
    assign(project, later, [review.document], [review.ben])
    rename_round(project, later, "Coding")
    with pytest.raises(UserError, match="no other round"):
        rename_round(project, round_id, "coding")
    hand_out(project, review.ben, tmp_path / "ben.cofactor", round_="Coding")
    copy = Project.open(tmp_path / "ben.cofactor", back_up=False)
    with copy.read() as session:
        rows = session.query(Assignment).all()
        assert [(row.coder_id, row.round_id) for row in rows] == [(review.ben, later)]
    copy.close()


def test_documents_are_shared_out_evenly_with_a_share_coded_twice():
    documents, coders = [f"d{n}" for n in range(20)], ["ada", "ben", "cleo"]
    pairs = share_out(documents, coders, overlap=0.2, seed=1)
    assert pairs == share_out(documents, coders, overlap=0.2, seed=1)
    assert pairs != share_out(documents, coders, overlap=0.2, seed=2)
    times = Counter(document for document, _coder in pairs)
    assert sorted(times.values()) == [1] * 16 + [2] * 4
    assert sorted(Counter(coder for _document, coder in pairs).values()) == [8, 8, 8]
    assert len(set(pairs)) == len(pairs)
    assert set(Counter(c for _d, c in share_out(documents, ["ada"], overlap=0.5)).values()) == {20}
    assert share_out(documents, []) == ()


def test_your_own_list_says_how_far_you_are(review):
    project, round_id = review.project, current_round(review.project).id
    assign(project, round_id, [review.document, review.other_document], [review.ada])
    submit_documents(project, [review.other_document], round_id=round_id)
    found = own_work(project, review.document)
    assert found is not None
    assert found[1:] == ("Round 1", "", "waiting", 1, 2)
    assert own_work(project, review.other_document)[3] == "submitted"
