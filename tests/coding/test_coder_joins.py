"""Two ids of one person: their work counts together, and can be parted again."""

import pytest

from app.coding.agreement import Question, load_team_work
from app.coding.coder_joins import join_coders, list_joins, offered_joins, part_coders
from app.coding.disagreements import list_queue
from app.coding.listing import list_places
from app.coding.passages import code_passage, list_codings, set_facet
from app.coding.people import add_coder, choose_coder, current_round, find_coder, list_coders
from app.coding.roster import (
    assign,
    list_work,
    reopen_documents,
    submit_documents,
    unassign,
)
from app.coding.studies import count_codings_by_coder
from app.coding.team_files import hand_out
from app.errors import UserError
from app.models import Project
from app.models.device import DeviceIdentity


@pytest.fixture
def doubled(review):
    """Ben coded under two ids, one passage each."""
    project = review.project
    second = add_coder(project, "Ben")
    for coder, words in ((review.ben, "second week"), (second, "funding")):
        span = review.place(words)
        code_passage(project, review.document, *span, review.code("trust"), coder_id=coder)
    return review, second


def test_a_first_name_is_offered_for_joining(doubled):
    review, second = doubled
    with review.project.read() as session:
        (offer,) = offered_joins(session)
    assert (offer.coder_id, offer.into_id) == (second, review.ben)


def test_joined_work_counts_as_one_persons_everywhere(doubled):
    review, second = doubled
    project, round_id = review.project, current_round(review.project).id
    submit_documents(project, [review.document], round_id=round_id, coder_id=second)
    join_coders(project, second, review.ben)
    assert [coder.id for coder in list_coders(project)] == [review.ada, review.ben]
    assert find_coder(project, second).id == review.ben
    assert {c.coder_id for c in list_codings(project)} == {review.ben}
    assert {place.coder_id for place in list_places(project)} == {review.ben}
    assert len(list_codings(project, coder_id=review.ben)) == 2
    assert count_codings_by_coder(project) == {(review.document, review.ben): 2}
    work = {(w.document_id, w.coder_id): w for w in list_work(project, round_id)}
    assert set(work) == {
        (d, c) for d in (review.document, review.other_document) for c in (review.ada, review.ben)
    }
    assert work[review.document, review.ben].state == "submitted"
    assert work[review.document, review.ben].codings == 2
    layers = load_team_work(project, Question(newest_only=True)).layers
    assert len(layers.coding_ids) == 2
    code_passage(project, review.document, 40, 60, review.code("trust"), coder_id=review.ada)
    queue = list_queue(project, round_id, unfinished=True)
    assert {p.coder for entry in queue for p in entry.item.pieces} == {review.ada, review.ben}


def test_one_person_may_change_what_either_id_coded_and_submits_both(doubled):
    review, second = doubled
    project, round_id = review.project, current_round(review.project).id
    join_coders(project, second, review.ben)
    choose_coder(project, second)
    assert project.actor_id == review.ben
    for coding in list_codings(project):
        set_facet(project, [coding.id], "valence", ["barrier"])
    submit_documents(project, [review.document], round_id=round_id)
    with pytest.raises(UserError, match="frozen"):
        set_facet(project, [list_codings(project)[0].id], "valence", [])
    with pytest.raises(UserError, match="frozen"):
        code_passage(project, review.document, 40, 60, review.code("trust"), coder_id=second)
    (work,) = [w for w in list_work(project, round_id) if w.state == "submitted"]
    reopen_documents(project, [work.layer_id])
    assert not [w for w in list_work(project, round_id) if w.state == "submitted"]


def test_lists_of_both_ids_are_one_list(doubled):
    review, second = doubled
    project, round_id = review.project, current_round(review.project).id
    assign(project, round_id, [review.document], [second])
    join_coders(project, second, review.ben)
    assert assign(project, round_id, [review.document], [review.ben]) == 0
    assert unassign(project, round_id, [review.document], [review.ben]) == 1
    assert not any(work.assigned for work in list_work(project, round_id))


def test_parting_and_undo_bring_back_two_people(doubled):
    review, second = doubled
    project = review.project
    join_coders(project, second, review.ben)
    assert [join.coder_id for join in list_joins(project)] == [second]
    with pytest.raises(UserError, match="already"):
        join_coders(project, review.ben, second)
    part_coders(project, second)
    assert len(list_coders(project)) == 3
    project.undo()
    assert len(list_coders(project)) == 2
    project.undo()
    assert len(list_coders(project)) == 3
    with pytest.raises(UserError, match="not joined"):
        part_coders(project, second)


def test_a_hand_out_holds_the_work_of_both_ids(doubled, tmp_path):
    review, second = doubled
    join_coders(review.project, second, review.ben)
    out = tmp_path / "ben.cofactor"
    hand_out(review.project, "Ben Sample", out)
    copy = Project.open(out, device=DeviceIdentity("b", "b"), back_up=False)
    assert len(list_codings(copy, coder_id=review.ben)) == 2
    set_facet(copy, [c.id for c in list_codings(copy)], "valence", ["barrier"])
    copy.close()
