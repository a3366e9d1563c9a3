import pytest

from app.coding.passages import code_passage, list_codings, recode
from app.coding.people import (
    add_coder,
    add_round,
    choose_coder,
    current_round,
    find_coder,
    find_round,
    initials_of,
    list_coders,
    list_layers,
    list_rounds,
    rename_coder,
)
from app.errors import UserError
from app.models import Project
from app.models.people import Layer


def test_coders_are_found_by_id_and_name_and_names_are_taken_once(review):
    assert find_coder(review.project, "ada sample").id == review.ada
    assert find_coder(review.project, review.ben).name == "Ben Sample"
    with pytest.raises(UserError, match="no coder Nobody"):
        find_coder(review.project, "Nobody")
    with pytest.raises(UserError, match="already"):
        add_coder(review.project, " ADA  sample ")
    with pytest.raises(UserError, match="needs a name"):
        add_coder(review.project, "   ")


def test_initials_tell_coders_apart():
    assert initials_of("Amina Rahman", set()) == "AR"
    assert initials_of("Amina van Rahman", {"AR"}) == "AR2"
    assert initials_of("Cher", set()) == "CH"


def test_renaming_keeps_the_person(review):
    code_passage(review.project, review.document, 16, 30, review.code("trust"))
    rename_coder(review.project, review.ada, "Ada Newname")
    assert find_coder(review.project, "Ada Newname").id == review.ada
    assert list_codings(review.project)[0].coder_id == review.ada


def test_the_first_lead_is_part_of_making_the_project(review, tmp_path):
    project = Project.create(tmp_path / "new.cofactor", title="New")
    add_coder(project, "Lead Sample", role="lead")
    assert project.undo_label is None
    add_coder(project, "Second Sample")
    assert project.undo_label == "Add coder"
    project.close()


def test_who_you_are_is_remembered_on_this_computer(review):
    choose_coder(review.project, review.ben)
    path = review.project.path
    review.project.close()
    again = Project.open(path, back_up=False)
    assert again.actor_id == review.ben
    again.close()


def test_rounds_are_separate_layers(review):
    first = current_round(review.project)
    code_passage(review.project, review.document, 16, 30, review.code("trust"))
    second = add_round(review.project, "Round 2")
    assert current_round(review.project).id == second
    code_passage(review.project, review.document, 16, 30, review.code("trust"))
    assert {layer.round_id for layer in list_layers(review.project)} == {first.id, second}
    assert len(list_codings(review.project)) == 2
    assert find_round(review.project, "round 2").id == second
    with pytest.raises(UserError, match="no round"):
        find_round(review.project, "Round 9")
    with pytest.raises(UserError, match="no other round"):
        add_round(review.project, "ROUND 2")
    assert [r.name for r in list_rounds(review.project)] == ["Round 1", "Round 2"]


def test_a_submitted_layer_is_frozen(review):
    coding = code_passage(review.project, review.document, 16, 30, review.code("trust"))
    (layer,) = list_layers(review.project)
    with review.project.change("Submit document") as session:
        session.get_one(Layer, layer.id).state = "submitted"
    with pytest.raises(UserError, match="frozen"):
        code_passage(review.project, review.document, 40, 50, review.code("trust"))
    with pytest.raises(UserError, match="frozen"):
        recode(review.project, [coding], review.code("mandate"))


def test_coders_are_listed_in_the_order_in_which_they_came(review):
    add_coder(review.project, "Aaron Sample")
    names = [coder.name for coder in list_coders(review.project)]
    assert names == ["Ada Sample", "Ben Sample", "Aaron Sample"]
