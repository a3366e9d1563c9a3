"""The log as people read it."""

import csv
import io

from app.coding.audit import HAND_INS, AuditFilter, count_audit, list_audit, write_audit_csv
from app.coding.passages import code_passage
from app.coding.people import rename_coder
from app.models.merge import merge_file
from app.models.receipts import list_receipts, withdraw_receipt
from tests.coding.test_merging import replicas


def test_acts_are_told_newest_first_with_who_and_what(review):
    coding = code_passage(review.project, review.document, 0, 12, review.code("mandate"))
    review.project.undo()
    newest, before, *_rest = list_audit(review.project)
    assert (newest.kind, before.label, before.coder) == ("undo", "Code passage", "Ada Sample")
    assert before.rows["coding"] == 1
    assert "Coding" in before.topics
    of_row = list_audit(review.project, AuditFilter(row_ids=frozenset({coding})))
    assert [entry.kind for entry in of_row] == ["undo", "act"]


def test_filters_narrow_and_the_count_agrees(review):
    rename_coder(review.project, review.ben, "Benedict Sample")
    for wanted, label in (
        (AuditFilter(topics=frozenset({"Team"}), words="rename"), "Rename coder"),
        (AuditFilter(coder_ids=frozenset({review.ada}), words="RENAME"), "Rename coder"),
    ):
        assert [entry.label for entry in list_audit(review.project, wanted)] == [label]
        assert count_audit(review.project, wanted) == 1
    later = AuditFilter(since="2999-01-01")
    assert list_audit(review.project, later) == ()
    assert len(list_audit(review.project, limit=2)) == 2
    both = {e.change_id for e in list_audit(review.project, limit=2, offset=1)}
    assert list_audit(review.project)[0].change_id not in both


def test_a_hand_in_is_told_with_its_file_also_when_it_was_taken_back(tmp_path):
    review, (lead, ben, _) = replicas(tmp_path)
    code_passage(ben, review.document, 16, 30, review.code("mandate"))
    merge_file(lead, ben.path)
    withdraw_receipt(lead, list_receipts(lead)[0].id)
    (entry,) = list_audit(lead, AuditFilter(topics=frozenset({HAND_INS})))
    assert (entry.source, entry.withdrawn, entry.coder) == (ben.path.name, True, "Ben Sample")
    out = io.StringIO()
    assert write_audit_csv(lead, out) == count_audit(lead)
    rows = list(csv.reader(io.StringIO(out.getvalue())))
    assert any("(taken back)" in row[-1] for row in rows)
    assert rows[1][0] <= rows[-1][0]
