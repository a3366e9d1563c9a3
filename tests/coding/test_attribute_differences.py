"""Values extracted twice: they come into the queue, are settled, and come back when stale."""

import pytest

from app.coding.attribute_differences import (
    ASK,
    OTHER_VALUE,
    TAKE,
    list_attribute_differences,
    settle_difference,
)
from app.coding.attribute_values import read_cells, set_value
from app.coding.attributes import AttributeDraft, add_attributes
from app.coding.documents import list_documents
from app.coding.people import list_coders
from app.coding.reconciling import consensus_coder


@pytest.fixture
def twice(review):
    """Ada and Ben say different countries and the same design of the first study."""
    country, design = add_attributes(
        review.project, [AttributeDraft("Country"), AttributeDraft("Design")]
    )
    study = list_documents(review.project)[0].study_id
    for coder, where in ((review.ada, "Ghana"), (review.ben, "Norway")):
        set_value(review.project, study, country, where, coder_id=coder)
        set_value(review.project, study, design, "Interviews", coder_id=coder)
    return review, study, country


def difference(project, name="Country"):
    return next(d for d in list_attribute_differences(project) if d.attribute == name)


def test_only_values_given_twice_are_compared(twice):
    review, study, _country = twice
    found = {d.attribute: (d.state, [v.text for v in d.values]) for d in
             list_attribute_differences(review.project)}  # fmt: skip
    assert found == {
        "Country": ("open", ["Ghana", "Norway"]),
        "Design": ("agreed", ["Interviews", "Interviews"]),
    }
    assert difference(review.project).study_id == study


def test_taking_one_settles_and_undo_opens_again(twice):
    review, study, country = twice
    open_one = difference(review.project)
    ben = open_one.values[1]
    settle_difference(review.project, open_one, TAKE, ben.values, from_value_id=ben.id)
    assert difference(review.project).state == "settled"
    cell = read_cells(review.project)[study, country]
    assert (cell.state, cell.settled.text) == ("settled", "Norway")
    (owner,) = [c for c in list_coders(review.project) if c.role == "consensus"]
    assert owner.id == consensus_coder(review.project)
    review.project.undo()
    assert difference(review.project).state == "open"
    assert review.project.undo_label is None or "Settle" not in review.project.undo_label


def test_a_changed_value_makes_the_decision_stale(twice):
    review, study, country = twice
    settle_difference(review.project, difference(review.project), OTHER_VALUE, ["Togo"])
    set_value(review.project, study, country, "Benin", coder_id=review.ben)
    stale = difference(review.project)
    assert (stale.state, stale.settled.text) == ("stale", "Togo")
    settle_difference(review.project, stale, TAKE, ["Benin"], from_value_id=stale.values[1].id)
    again = difference(review.project)
    assert (again.state, again.settled.text) == ("settled", "Benin")


def test_a_question_waits_with_its_words(twice):
    review, *_rest = twice
    settle_difference(review.project, difference(review.project), ASK, note="Which page?")
    asked = difference(review.project)
    assert (asked.state, asked.decision.note, asked.settled) == ("asked", "Which page?", None)
    assert asked.needs_someone
