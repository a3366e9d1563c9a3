import pytest

from app.coding.memo_text import link
from app.coding.memos import (
    list_memos,
    memos_on,
    project_subject,
    remove_memos,
    subjects_of_links,
    write_memo,
)
from app.coding.passages import code_passage, remove_codings
from app.coding.studies import list_studies
from app.coding.team_files import hand_in, hand_out, submit
from app.errors import UserError
from app.models import Project, ids
from app.models.device import DeviceIdentity


@pytest.fixture
def coding(review):
    return code_passage(
        review.project, review.document, *review.place("remit ended"), review.code("mandate")
    )


def test_memos_on_everything_are_listed_with_what_they_are_on(review, coding):
    project = review.project
    study = list_studies(project)[0]
    for kind, subject in (
        ("coding", coding), ("code", review.code("trust")), ("study", study.id),
        ("document", review.document), ("project", project_subject(project)),
    ):  # fmt: skip
        write_memo(project, kind, subject, f"On the **{kind}**")
    memos = {memo.subject.kind: memo for memo in list_memos(project)}
    assert {kind: memo.subject.name for kind, memo in memos.items()} == {
        "coding": "Mandate",
        "code": "Trust",
        "study": study.label,
        "document": "02_Okafor_2021.pdf",
        "project": "Review",
    }
    passage = memos["coding"]
    assert (passage.words, passage.coder, passage.is_own) == ("On the coding", "Ada Sample", True)
    assert passage.subject.detail == f"{study.label}, p. 12"
    assert (passage.subject.quote, passage.subject.start) == (
        "remit ended",
        review.place("remit ended")[0],
    )
    assert passage.changed_at > "2020"


def test_each_coder_has_one_memo_on_a_thing_and_removes_only_their_own(review):
    code = review.code("trust")
    write_memo(review.project, "code", code, "First")
    write_memo(review.project, "code", code, "Second")
    review.project.actor_id = review.ben
    write_memo(review.project, "code", code, "Ben's")
    ours = memos_on(review.project, "code", code)
    assert [(memo.coder, memo.text) for memo in ours] == [
        ("Ben Sample", "Ben's"),
        ("Ada Sample", "Second"),
    ]
    with pytest.raises(UserError, match="another coder's"):
        remove_memos(review.project, [memo.id for memo in ours])
    remove_memos(review.project, [ours[0].id])
    assert [memo.coder for memo in memos_on(review.project, "code", code)] == ["Ada Sample"]


def test_a_sitting_undoes_as_one_and_words_that_did_not_change_are_no_act(review):
    code = review.code("trust")
    write_memo(review.project, "code", code, "Before")
    sitting = ids.new_id()
    for text in ("B", "By and", "By and by"):
        write_memo(review.project, "code", code, text, group=sitting)
    write_memo(review.project, "code", code, "By and by\n")
    assert review.project.undo() == "Change memo"
    assert memos_on(review.project, "code", code)[0].text == "Before"
    assert review.project.undo_label == "Write memo"
    write_memo(review.project, "code", code, " ")
    assert memos_on(review.project, "code", code) == ()
    assert review.project.undo_label == "Remove memo"


def test_a_memo_on_nothing_is_refused(review):
    with pytest.raises(UserError, match="no longer there"):
        write_memo(review.project, "study", "nowhere", "Words")
    assert list_memos(review.project) == ()


def test_links_say_where_they_lead_and_when_it_is_gone(review, coding):
    text = (
        f"See {link('p. 12', 'passage', coding)} and {link('Trust', 'code', review.code('trust'))}"
    )
    write_memo(review.project, "project", project_subject(review.project), text)
    addresses = [f"passage:{coding}", f"code:{review.code('trust')}"]
    found = subjects_of_links(review.project, addresses)
    assert [found[one].name for one in addresses] == ["Mandate", "Trust"]
    assert found[addresses[0]].document_id == review.document
    remove_codings(review.project, [coding])
    gone = subjects_of_links(review.project, addresses)[addresses[0]]
    assert (gone.is_gone, gone.name) == (True, "Passage that is no longer there")


def test_a_memo_on_the_project_goes_out_only_to_its_coder_and_comes_back(review, tmp_path):
    key = project_subject(review.project)
    write_memo(review.project, "project", key, "Adas plan")
    review.project.actor_id = review.ben
    write_memo(review.project, "project", key, "Bens plan")
    review.project.actor_id = review.ada
    out, back = tmp_path / "ben.cofactor", tmp_path / "back.cofactor"
    hand_out(review.project, "Ben Sample", out)
    copy = Project.open(out, device=DeviceIdentity("device-2", "Ben"), back_up=False)
    assert [memo.text for memo in list_memos(copy)] == ["Bens plan"]
    write_memo(copy, "project", key, "Bens new plan")
    submit(copy, back)
    copy.close()
    hand_in(review.project, [back])
    assert {memo.text for memo in list_memos(review.project)} == {"Adas plan", "Bens new plan"}
