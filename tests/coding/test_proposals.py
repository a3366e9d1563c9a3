"""Codes that coders made or changed apart from the team wait for the lead's answer."""

import pytest

from app.coding.code_editing import create_code, edit_code
from app.coding.codebooks import load_codebook
from app.coding.passages import code_passage, list_codings
from app.coding.proposals import accept, join, list_proposals, refuse
from app.errors import UserError
from app.models.merge import merge_file
from tests.coding.conftest import identifier
from tests.coding.test_merging import replicas


@pytest.fixture
def proposed(tmp_path):
    """Ben made a code of a name that is there and one that is new, and changed a definition."""
    review, (lead, ben, _) = replicas(tmp_path)
    group = identifier("category", "1")
    twin = create_code(ben, "Shared ways", group)
    create_code(lead, "Shared ways", group)
    code_passage(ben, review.document, 16, 30, twin)
    create_code(ben, "Quiet rooms", group)
    edit_code(ben, review.code("trust"), definition="A first try")
    edit_code(ben, review.code("trust"), definition="What Ben thinks it means")
    merge_file(lead, ben.path)
    return review, lead


def test_new_and_changed_codes_wait_for_an_answer(proposed):
    review, lead = proposed
    fresh, twin, changed = list_proposals(lead)
    assert (fresh.kind, fresh.name, fresh.same_as, fresh.codings) == ("new", "Quiet rooms", "", 0)
    assert (twin.kind, twin.codings, twin.coder_id) == ("new", 1, review.ben)
    assert twin.same_as not in ("", twin.code_id)
    assert changed.kind == "changed"
    assert changed.before == {"definition": "What trust means."}
    assert changed.after == {"definition": "What Ben thinks it means"}


def test_each_answer_does_what_it_says(proposed):
    review, lead = proposed
    fresh, twin, changed = list_proposals(lead)
    join(lead, twin, twin.same_as)
    assert [c.code_id for c in list_codings(lead) if c.coder_id == review.ben] == [twin.same_as]
    refuse(lead, changed)
    assert load_codebook(lead).code(review.code("trust")).definition == "What trust means."
    accept(lead, [fresh])
    assert list_proposals(lead) == ()
    for _ in range(3):
        lead.undo()
    assert len(list_proposals(lead)) == 3
    assert load_codebook(lead).code(review.code("trust")).definition == "What Ben thinks it means"
    refuse(lead, fresh)
    assert load_codebook(lead).code(fresh.code_id).retired
    with pytest.raises(UserError):
        join(lead, twin, twin.code_id)
