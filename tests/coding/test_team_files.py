import sqlite3

import pytest

from app.coding.checking import check_project
from app.coding.passages import code_passage, list_codings, set_coding_memo, set_facet
from app.coding.people import add_coder, add_round, choose_coder
from app.coding.search import search
from app.coding.team_files import hand_in, hand_out, submit
from app.errors import UserError
from app.models import Project, backup
from app.models.device import DeviceIdentity

BENS_LAPTOP = DeviceIdentity("bens-laptop", "Ben's")


def act_as(review, coder):
    review.project.actor_id = coder


def opened(path, device=BENS_LAPTOP):
    return Project.open(path, device=device, back_up=False)


@pytest.fixture
def busy(review):
    """Both coders have coded and written memos; there is a third coder."""
    project = review.project
    mine = code_passage(
        project, review.document, *review.place("second week"), review.code("mandate")
    )
    set_coding_memo(project, mine, "Adas secret thought")
    act_as(review, review.ben)
    code_passage(project, review.document, *review.place("funding"), review.code("funding"))
    third = add_coder(project, "Cleo Thirdperson")
    act_as(review, third)
    code_passage(project, review.document, *review.place("agreement"), review.code("trust"))
    act_as(review, review.ada)
    return review


def test_a_hand_out_holds_nothing_of_other_coders(busy, tmp_path):
    out = tmp_path / "for ben.cofactor"
    report = hand_out(busy.project, "Ben Sample", out)
    assert (report.documents, report.codings, report.with_pdfs) == (2, 1, True)
    data = out.read_bytes()
    others = [c for c in list_codings(busy.project) if c.coder_id != busy.ben]
    assert len(others) == 2
    for secret in (
        "Ada Sample",
        "Cleo Thirdperson",
        "Adas secret",
        busy.ada,
        *(c.id for c in others),
        *(c.layer_id for c in others),
    ):
        assert secret.encode() not in data, secret
    copy = opened(out)
    assert copy.actor_id == busy.ben
    assert [c.quote for c in list_codings(copy)] == ["funding"]
    assert check_project(copy).findings == ()
    assert len(search(copy, "remit")) == 2
    copy.close()


def test_a_hand_out_can_go_without_pdfs(busy, tmp_path):
    out = tmp_path / "ben.cofactor"
    assert not hand_out(busy.project, "Ben Sample", out, with_pdfs=False).with_pdfs
    assert b"%PDF-a" not in out.read_bytes()
    copy = opened(out)
    assert [f.what for f in check_project(copy).notes] == ["its PDF is not in this project"] * 2
    copy.close()


def test_the_whole_way_there_and_back(busy, tmp_path):
    out, back = tmp_path / "ben.cofactor", tmp_path / "ben back.cofactor"
    hand_out(busy.project, "Ben Sample", out)
    copy = opened(out)
    (handed,) = list_codings(copy)
    set_facet(copy, [handed.id], "valence", ["barrier"])
    fresh = code_passage(copy, busy.document, *busy.place("remit ended"), busy.code("mandate"))
    set_coding_memo(copy, fresh, "Check the annex")
    report = submit(copy, back)
    copy.close()
    assert report.codings == 2
    assert back.stat().st_size < 600_000
    (foretold,) = hand_in(busy.project, [back], dry_run=True)
    assert foretold.added["coding"] == 1
    assert foretold.changed == {"coding": 1}
    assert foretold.conflicts == ()
    assert "adds" in foretold.sentence()
    assert len(list_codings(busy.project, coder_id=busy.ben)) == 1
    (done,) = hand_in(busy.project, [back])
    assert (done.added, done.changed, done.coder) == (
        foretold.added,
        foretold.changed,
        "Ben Sample",
    )
    by_quote = {c.quote: c for c in list_codings(busy.project, coder_id=busy.ben)}
    assert by_quote["funding"].valence == "barrier"
    assert by_quote["remit ended"].memo == "Check the annex"
    (again,) = hand_in(busy.project, [back])
    assert again.sentence() == "brings nothing new"
    assert check_project(busy.project).findings == ()


def test_only_one_round_goes_out_and_comes_back_when_asked(busy, tmp_path):
    second = add_round(busy.project, "Round 2")
    act_as(busy, busy.ben)
    code_passage(
        busy.project, busy.document, *busy.place("lost"), busy.code("trust"), round_id=second
    )
    act_as(busy, busy.ada)
    out = tmp_path / "ben.cofactor"
    hand_out(busy.project, "Ben Sample", out, round_="Round 2")
    copy = opened(out)
    assert [c.quote for c in list_codings(copy)] == ["lost"]
    copy.close()


def test_a_hand_out_is_for_one_coder(busy, tmp_path):
    out = tmp_path / "ben.cofactor"
    hand_out(busy.project, "Ben Sample", out)
    copy = opened(out)
    other = add_coder(copy, "Somebody Else")
    with pytest.raises(UserError, match="one coder"):
        choose_coder(copy, other)
    copy.close()


def test_what_cannot_be_taken_in_is_refused_in_a_sentence_and_changes_nothing(busy, tmp_path):
    out, back = tmp_path / "ben.cofactor", tmp_path / "back.cofactor"
    hand_out(busy.project, "Ben Sample", out)
    copy = opened(out)
    code_passage(copy, busy.document, *busy.place("remit ended"), busy.code("mandate"))
    submit(copy, back)
    copy.close()
    before = len(list_codings(busy.project))

    def spoiled(name, *statements):
        path = tmp_path / name
        path.write_bytes(back.read_bytes())
        connection = sqlite3.connect(path)
        for statement in statements:
            connection.execute(statement)
        connection.commit()
        connection.close()
        return path

    short = tmp_path / "short.cofactor"
    short.write_bytes(back.read_bytes()[:9000])
    text = tmp_path / "text.cofactor"
    text.write_text("Dear all, here are my codings.")
    cases = {
        short: "damaged",
        text: "damaged",
        tmp_path / "nowhere.cofactor": "no file",
        spoiled("newer.cofactor", "PRAGMA user_version = 99"): "newer Cofactor",
        spoiled("other.cofactor", "UPDATE meta SET value='x' WHERE name='project'"): "another",
        spoiled("foreign.cofactor", "UPDATE change SET actor_id='someone'"): "someone other",
        spoiled("kind.cofactor", "UPDATE revision SET kind='sqlite_master'"): "cannot read",
        spoiled("json.cofactor", "UPDATE revision SET content='{' WHERE kind='coding'"): "cannot",
        spoiled(
            "typed.cofactor",
            "UPDATE revision SET content=replace(content, '\"start\":',"
            ' \'"start":"x","was":\') WHERE kind=\'coding\'',
        ): "cannot read",
        spoiled(
            "dangling.cofactor",
            "UPDATE revision SET content=replace(content,"
            f" '{busy.code('mandate')}', 'nowhere') WHERE kind='coding'",
        ): "does not have",
    }
    for path, sentence in cases.items():
        with pytest.raises(UserError, match=sentence):
            hand_in(busy.project, [path])
        assert len(list_codings(busy.project)) == before, path.name
    assert check_project(busy.project).findings == ()


def test_a_submission_is_not_opened_as_a_project(busy, tmp_path):
    act_as(busy, busy.ben)
    back = tmp_path / "back.cofactor"
    submit(busy.project, back)
    with pytest.raises(UserError, match="sent back"):
        opened(back)


def test_existing_files_are_never_overwritten(busy, tmp_path):
    out = tmp_path / "there.cofactor"
    out.write_text("mine")
    with pytest.raises(UserError, match="exists already"):
        hand_out(busy.project, "Ben Sample", out)
    assert out.read_text() == "mine"
    assert backup.list_backups(out) == []
