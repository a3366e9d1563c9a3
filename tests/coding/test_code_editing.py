"""The verbs that change a codebook, each taken back by one undo."""

from dataclasses import replace

import numpy as np
import pytest

from app.coding import code_editing as editing
from app.coding.code_passages import passage_of_example, set_example, split_code
from app.coding.codebooks import count_use, find_code, load_codebook
from app.coding.evidence import load_evidence
from app.coding.extracts import load_extracts
from app.coding.passages import code_passage, list_codings
from app.coding.rechecks import list_rechecks
from app.errors import UserError


def names(review, category=None):
    book = load_codebook(review.project)
    return [c.name for c in book.codes if not c.retired and category in (None, c.category_id)]


def category_of(review, key):
    return load_codebook(review.project).code(review.code(key)).category_id


def test_each_verb_changes_the_codebook_and_undo_brings_it_back(review):
    project, code = review.project, review.code
    group, other = category_of(review, "mandate"), category_of(review, "trust")
    cluster = load_codebook(project).category(other).cluster_id
    acts = (
        ("Create code", lambda: editing.create_code(project, "Clear roles", group)),
        ("Create category", lambda: editing.create_category(project, "Money", cluster)),
        ("Create cluster", lambda: editing.create_cluster(project, "Clients")),
        ("Rename code", lambda: editing.rename_code(project, code("trust"), "Confidence")),
        ("Rename category", lambda: editing.rename_category(project, group, "Sharing")),
        ("Rename cluster", lambda: editing.rename_cluster(project, cluster, "People")),
        ("Change definition", lambda: editing.edit_code(project, code("trust"), definition="New")),
        ("Change hot key", lambda: editing.edit_code(project, code("trust"), hot_key="t")),
        ("Change colour", lambda: editing.edit_code(project, code("trust"), colour="#1f6e9c")),
        ("Move code", lambda: editing.move_codes(project, [code("trust")], group)),
        ("Move category", lambda: editing.move_category(project, group, cluster)),
        ("Move cluster", lambda: editing.move_cluster(project, cluster)),
        ("Merge codes", lambda: editing.merge_codes(project, code("trust"), code("funding"))),
        ("Split code", lambda: split_code(project, code("trust"), "Trust of clients")),
        ("Retire code", lambda: editing.retire_codes(project, [code("trust")])),
    )
    before = load_codebook(project)
    for label, act in acts:
        act()
        assert project.undo_label == label
        assert load_codebook(project) != before, label
        assert project.undo() == label
        assert load_codebook(project) == before, label


def test_a_new_code_stands_where_it_was_asked_for_and_can_be_used(review):
    group = category_of(review, "mandate")
    first = editing.create_code(
        review.project, "  Clear   roles ", group, after=review.code("mandate")
    )
    assert names(review, group) == ["Mandate", "Clear roles", "Funding"]
    assert load_codebook(review.project).code(first).key == "clear_roles"
    code_passage(review.project, review.document, 16, 30, first)
    with pytest.raises(UserError, match="already"):
        editing.create_code(review.project, "clear ROLES", group)
    with pytest.raises(UserError, match="“-” sets the valence"):
        editing.rename_code(review.project, first, "Follow-up")
    with pytest.raises(UserError, match="needs a name"):
        editing.create_code(review.project, "  ", group)


def test_codes_are_put_in_any_order_and_few_rows_change(review):
    group = category_of(review, "mandate")
    for name in ("A", "B", "C"):
        editing.create_code(review.project, name, group)
    book = load_codebook(review.project)
    ids = {code.name: code.id for code in book.codes}
    heard = []
    review.project.subscribe(heard.append)
    editing.move_codes(review.project, [ids["C"]], group, before=ids["Mandate"])
    assert names(review, group) == ["C", "Mandate", "Funding", "A", "B"]
    assert heard[-1].ids == {ids["C"]}
    editing.move_codes(review.project, [ids["B"]], group, before=ids["Mandate"])
    editing.move_codes(review.project, [ids["A"]], group, before=ids["Mandate"])
    assert names(review, group) == ["C", "B", "A", "Mandate", "Funding"]
    editing.move_codes(review.project, [ids["C"], ids["A"]], category_of(review, "trust"))
    assert names(review, category_of(review, "trust")) == ["Trust", "C", "A"]
    moved = load_codebook(review.project).code(ids["A"])
    assert moved.cluster_id == load_codebook(review.project).code(review.code("trust")).cluster_id


def test_a_renamed_code_is_still_found_by_its_old_name(review):
    editing.rename_code(review.project, review.code("trust"), "Confidence")
    editing.rename_code(review.project, review.code("trust"), "Mutual trust")
    book = load_codebook(review.project)
    assert book.code(review.code("trust")).former_names == ("Confidence", "Trust")
    assert find_code(book, "confidence").name == "Mutual trust"
    editing.rename_code(review.project, review.code("trust"), "Trust")
    former = load_codebook(review.project).code(review.code("trust")).former_names
    assert sorted(former) == ["Confidence", "Mutual trust"]


def test_a_hot_key_is_a_free_letter_and_has_one_code(review):
    refused = {"s": "S extends the", "/": "opens the list", "7": "digits", "ab": "one letter"}
    for key, sentence in refused.items():
        with pytest.raises(UserError, match=sentence):
            editing.edit_code(review.project, review.code("trust"), hot_key=key)
    editing.edit_code(review.project, review.code("trust"), hot_key="t")
    with pytest.raises(UserError, match="hot key of “Trust”"):
        editing.edit_code(review.project, review.code("funding"), hot_key="T")
    editing.retire_codes(review.project, [review.code("trust")])
    editing.edit_code(review.project, review.code("funding"), hot_key="T")
    editing.bring_back(review.project, review.code("trust"))
    assert load_codebook(review.project).code(review.code("trust")).hot_key == ""


def test_merging_counts_all_codings_under_the_target_and_edits_nobodys_rows(review):
    project = review.project
    mine = code_passage(project, review.document, 16, 30, review.code("trust"))
    project.actor_id = review.ben
    theirs = code_passage(project, review.other_document, 16, 30, review.code("trust"))
    project.actor_id = review.ada
    both = code_passage(project, review.document, 40, 60, review.code("funding"))
    heard = []
    project.subscribe(heard.append)
    told = editing.merge_codes(project, review.code("trust"), review.code("funding"))
    assert (told.codings, told.into) == (2, "Funding")
    assert not heard[-1].touches("coding")
    target = review.code("funding")
    assert {c.id for c in list_codings(project, code_id=target)} == {mine, theirs, both}
    assert {c.code_id for c in list_codings(project)} == {target}
    assert count_use(project)[target].codings == 3
    assert count_use(project)[target].documents == 2
    assert {e.code for e in load_extracts(project)} == {"Funding"}
    evidence = load_evidence(project)
    assert np.unique(evidence.code).tolist() == [[c.id for c in evidence.codes].index(target)]
    book = load_codebook(project)
    assert book.living(review.code("trust")) == target
    assert find_code(book, "Trust").id == target
    assert book.code(target).former_names == ("Trust",)
    # A coder who has not heard of it codes on with the old code; it still counts.
    assert code_passage(project, review.document, 16, 30, review.code("trust")) == mine
    editing.bring_back(project, review.code("trust"))
    assert {c.id for c in list_codings(project, code_id=review.code("trust"))} == {mine, theirs}


def test_the_same_words_coded_with_both_count_once_but_are_listed_twice(review):
    project, target = review.project, review.code("funding")
    code_passage(project, review.document, 16, 30, review.code("trust"))
    code_passage(project, review.document, 16, 30, target)
    code_passage(project, review.document, 40, 60, review.code("trust"))
    code_passage(project, review.document, 40, 60, target, facets={"valence": ["barrier"]})
    editing.merge_codes(project, review.code("trust"), target)
    # What differs in valence says two things; what does not says one.
    assert count_use(project)[target].codings == 3
    assert count_use(project, document_id=review.document)[target].codings == 3
    assert len(load_evidence(project).coding_ids) == 3
    assert len(list_codings(project)) == 4
    assert len(load_extracts(project)) == 4
    project.undo()
    assert len(load_evidence(project).coding_ids) == 4


def test_merges_follow_one_another(review):
    project = review.project
    coding = code_passage(project, review.document, 16, 30, review.code("trust"))
    editing.merge_codes(project, review.code("trust"), review.code("funding"))
    editing.merge_codes(project, review.code("funding"), review.code("mandate"))
    assert [c.id for c in list_codings(project, code_id=review.code("mandate"))] == [coding]
    with pytest.raises(UserError, match="retired"):
        editing.merge_codes(project, review.code("mandate"), review.code("trust"))
    with pytest.raises(UserError, match="itself"):
        editing.merge_codes(project, review.code("mandate"), review.code("mandate"))


def test_a_retired_code_is_neither_listed_nor_counted_until_it_is_brought_back(review):
    project, code = review.project, review.code("trust")
    coding = code_passage(project, review.document, 16, 30, code)
    editing.retire_codes(project, [code])
    assert list_codings(project) == ()
    assert len(load_evidence(project).coding_ids) == 0
    assert load_extracts(project) == ()
    assert [c.id for c in list_codings(project, code_id=code)] == [coding]
    with pytest.raises(UserError, match="retired"):
        code_passage(project, review.document, 40, 60, code)
    editing.bring_back(project, code)
    assert [c.id for c in list_codings(project)] == [coding]


def test_splitting_moves_your_passages_and_asks_others_to_look(review):
    project, code = review.project, review.code("trust")
    project.actor_id = review.ben
    theirs = code_passage(project, review.other_document, 16, 30, code)
    project.actor_id = review.ada
    mine = [code_passage(project, review.document, *span, code) for span in ((16, 30), (40, 60))]
    with pytest.raises(UserError, match="another coder"):
        split_code(project, code, "Trust of clients", [theirs])
    assert "Trust of clients" not in names(review)
    told = split_code(project, code, "Trust of clients", mine[:1])
    assert (told.moved, told.others) == (1, 1)
    assert [c.id for c in list_codings(project, code_id=told.code_id)] == mine[:1]
    book = load_codebook(project)
    assert book.code(told.code_id).split_from == code
    assert names(review, book.code(code).category_id) == ["Trust", "Trust of clients"]
    (recheck,) = list_rechecks(project, code)
    assert theirs in {c.id for c in recheck.open_codings}
    assert "Trust of clients" in recheck.reason


def test_groups_go_only_when_they_are_empty(review):
    group = category_of(review, "trust")
    editing.retire_codes(review.project, [review.code("trust")])
    with pytest.raises(UserError, match="1 code, 1 of them retired"):
        editing.remove_group(review.project, "category", group)
    cluster = editing.create_cluster(review.project, "Clients")
    inside = editing.create_category(review.project, "Families", cluster)
    with pytest.raises(UserError, match="1 category"):
        editing.remove_group(review.project, "cluster", cluster)
    editing.remove_group(review.project, "category", inside)
    editing.remove_group(review.project, "cluster", cluster)
    assert len(load_codebook(review.project).clusters) == 3


def test_an_example_is_taken_from_a_passage_and_leads_back_to_it(review):
    code = review.code("trust")
    place = review.place("nobody had told\nthem")
    code_passage(review.project, review.document, *place, code)
    example = set_example(review.project, code, review.document, *place)
    assert example.startswith("“nobody had told them”")
    assert "p. 12" in example
    assert load_codebook(review.project).code(code).example == example
    assert passage_of_example(review.project, code, example) == (review.document, *place)
    assert passage_of_example(review.project, code, "“Something else”") is None


def test_a_name_of_the_codebook_file_survives_what_is_done_to_it(review):
    before = load_codebook(review.project).code(review.code("trust"))
    editing.rename_code(review.project, review.code("trust"), "Confidence")
    after = load_codebook(review.project).code(review.code("trust"))
    assert replace(after, name="Trust", former_names=()) == before


def test_work_handed_in_later_under_a_merged_code_counts_under_the_other(review, tmp_path):
    from app.coding.team_files import hand_in, hand_out, submit
    from app.models import Project
    from app.models.device import DeviceIdentity

    lead, folder = review.project, tmp_path
    hand_out(lead, "Ben Sample", folder / "ben.cofactor")
    editing.merge_codes(lead, review.code("trust"), review.code("funding"))
    ben = Project.open(folder / "ben.cofactor", device=DeviceIdentity("device-2", "device-2"))
    coding = code_passage(ben, review.document, 16, 30, review.code("trust"))
    submit(ben, folder / "sent.cofactor")
    ben.close()
    hand_in(lead, [folder / "sent.cofactor"])
    (found,) = list_codings(lead)
    assert (found.id, found.code_id) == (coding, review.code("funding"))
    assert load_evidence(lead).coding_ids == (coding,)


def test_changes_in_a_hand_out_are_known_as_proposals(review, tmp_path):
    from app.coding.code_history import changed_here
    from app.coding.team_files import hand_out
    from app.models import Project
    from app.models.device import DeviceIdentity

    assert changed_here(review.project) == frozenset()
    hand_out(review.project, "Ben Sample", tmp_path / "ben.cofactor")
    ben = Project.open(tmp_path / "ben.cofactor", device=DeviceIdentity("device-2", "device-2"))
    editing.edit_code(ben, review.code("trust"), definition="Ben says.")
    made = editing.create_code(ben, "Ben adds", load_codebook(ben).categories[0].id)
    assert changed_here(ben) == {review.code("trust"), made}
    assert editing.is_proposal(ben)
    ben.close()


def test_a_version_is_named_and_changes_are_listed_since(review):
    from app.coding.code_history import changed_since, versions

    editing.edit_code(review.project, review.code("trust"), include="Before.")
    editing.name_version(review.project, "1.1")
    editing.edit_code(review.project, review.code("funding"), include="After.")
    (version, since), (first, _start) = versions(review.project)
    assert (version, first) == ("1.1", "1")
    assert [r.code_id for r in changed_since(review.project, since)] == [review.code("funding")]
    with pytest.raises(UserError, match="called version"):
        editing.name_version(review.project, "1.1")
