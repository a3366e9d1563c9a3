"""Your codings beside the consensus, and the consensus never counted beside its coders."""

import pytest

from app.coding.disagreements import list_queue
from app.coding.evidence import independent_coders, load_evidence
from app.coding.own_comparison import compare_with_consensus
from app.coding.passages import code_passage
from app.coding.people import current_round
from app.coding.reconciling import TAKE, Choice, consensus_coder, decide
from app.coding.roster import submit_documents


@pytest.fixture
def settled(review):
    """Two differences, of which Ben's version was taken once and Ada's once."""
    project, round_id = review.project, current_round(review.project).id
    for coder, ends in ((review.ada, (40, 80)), (review.ben, (44, 84))):
        for start, end, code in zip((16, 60), ends, ("mandate", "funding"), strict=True):
            code_passage(project, review.document, start, end, review.code(code), coder_id=coder)
        submit_documents(project, [review.document], round_id=round_id, coder_id=coder)
    for entry in list_queue(project, round_id):
        taken = review.ben if entry.item.codes == (review.code("mandate"),) else review.ada
        decide(project, [entry], Choice(TAKE, coder_id=taken))
    return review


def test_what_was_taken_from_you_is_the_same(settled):
    round_id = current_round(settled.project).id
    own = compare_with_consensus(settled.project, round_id, settled.ada)
    assert own.consensus_id == consensus_coder(settled.project)
    assert (own.same, len(own.entries)) == (1, 2)
    other = next(entry for entry in own.entries if entry.state == "open")
    assert other.item.codes == (settled.code("mandate"),)
    assert other.decision is None


def test_without_a_consensus_nothing_is_compared_or_left_out(review):
    assert compare_with_consensus(review.project, current_round(review.project).id, review.ada
                                  ).entries == ()  # fmt: skip
    assert independent_coders(review.project) is None


def test_the_consensus_is_told_from_those_who_code(settled):
    coders = independent_coders(settled.project)
    assert coders == {settled.ada, settled.ben}
    evidence = load_evidence(settled.project)
    assert len(evidence) == 6
    assert len(evidence.where(coders=coders)) == 4
