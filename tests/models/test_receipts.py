"""A file that was taken in can be taken back, and taken in again."""

import shutil

import pytest

from app.coding.passages import code_passage, list_codings, set_facet
from app.errors import UserError
from app.models import Project
from app.models.merge import merge_file
from app.models.receipts import find_dependents, list_receipts, withdraw_receipt
from app.models.team import Decision
from tests.coding.test_merging import everything, replicas


@pytest.fixture
def merged(tmp_path):
    review, (lead, ben, _) = replicas(tmp_path)
    code_passage(lead, review.document, 0, 12, review.code("funding"))
    code_passage(ben, review.document, 16, 30, review.code("mandate"))
    code_passage(ben, review.document, 31, 44, review.code("mandate"))
    before = everything(lead)
    merge_file(lead, ben.path)
    return review, lead, ben, before


def _shown(state):
    return {name: state[name] for name in ("rows", "heads", "kept", "conflicts")}


def test_a_hand_in_taken_back_leaves_the_project_as_it_was(merged):
    _review, lead, ben, before = merged
    after = everything(lead)
    (receipt,) = list_receipts(lead)
    assert receipt.rows["coding"] == 2
    assert find_dependents(lead, receipt.id).none
    assert withdraw_receipt(lead, receipt.id) >= 2
    assert _shown(everything(lead)) == _shown(before)
    assert list_receipts(lead)[0].withdrawn
    with pytest.raises(UserError):
        withdraw_receipt(lead, receipt.id)
    assert merge_file(lead, ben.path).added["coding"] == 2
    assert everything(lead) == after


def test_what_came_later_stays_and_is_told_first(merged):
    review, lead, _ben, _before = merged
    (receipt,) = list_receipts(lead)
    found = [c.id for c in list_codings(lead) if c.coder_id == review.ben]
    lead.actor_id = review.ben  # the same person on this laptop
    set_facet(lead, [found[0]], "valence", ["barrier"])
    lead.actor_id = review.ada
    round_id = next(c.round_id for c in list_codings(lead))
    with lead.change("Settle") as session:
        session.add(
            Decision(
                id="d1",
                round_id=round_id,
                document_id=review.document,
                coder_id=review.ada,
                kind="one_sided",
                action="both",
                inputs={found[1]: "r"},
                at="2026-11-23T00:00:00.000+00:00",
            )
        )
    told = find_dependents(lead, receipt.id)
    assert ("coding", found[0]) in told.changed_again
    assert told.decision_ids == ("d1",)
    withdraw_receipt(lead, receipt.id)
    left = [c.id for c in list_codings(lead) if c.coder_id == review.ben]
    assert left == [found[0]]


def test_what_was_taken_back_does_not_travel_on(merged, tmp_path):
    _review, lead, _ben, before = merged
    third = Project.open(shutil.copy(lead.path, tmp_path / "third.cofactor"), back_up=False)
    (receipt,) = list_receipts(third)
    withdraw_receipt(third, receipt.id)
    merge_file(third, lead.path)
    assert len(list_codings(third)) == 3
    withdraw_receipt(third, list_receipts(third)[0].id)
    withdraw_receipt(lead, receipt.id)
    assert merge_file(lead, third.path).is_empty
    assert _shown(everything(lead)) == _shown(before)
    third.close()
