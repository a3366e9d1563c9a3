from uuid import UUID

from app.models.ids import agreed_id, new_id


def test_new_ids_increase_and_are_uuid_version_7():
    ids = [new_id() for _ in range(5000)]
    assert ids == sorted(ids)
    assert len(set(ids)) == len(ids)
    assert {UUID(i).version for i in ids} == {7}


def test_two_computers_reach_the_same_agreed_id_and_parts_do_not_run_together():
    assert agreed_id("a", "bc") == agreed_id("a", "bc")
    assert agreed_id("a", "bc") != agreed_id("ab", "c")
