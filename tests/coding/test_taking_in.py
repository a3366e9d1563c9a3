"""What is said of a file before it comes in, what it brings, and how it is taken back."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from app.coding.areas import code_area
from app.coding.attribute_values import set_value
from app.coding.attributes import AttributeDraft, add_attributes
from app.coding.checking import check_project
from app.coding.code_editing import create_code, edit_code, rename_code, retire_codes
from app.coding.codebooks import load_codebook
from app.coding.documents import load_text, remove_documents
from app.coding.passages import (
    code_passage,
    list_codings,
    remove_codings,
    set_coding_memo,
    set_facet,
)
from app.coding.people import add_coder, list_coders
from app.coding.taking_in import look_into, take_in
from app.coding.team_files import (
    dependents_in_words,
    find_receipt,
    hand_in,
    hand_out,
    list_conflict_sides,
    submit,
)
from app.coding.text_layers import present_pages, preview_text, replace_text
from app.documents.new_text import READ_AGAIN, from_pages
from app.errors import UserError
from app.models import Project, backup
from app.models.device import DeviceIdentity
from app.models.receipts import list_receipts, withdraw_receipt
from tests.coding.conftest import PAGES, identifier
from tests.coding.test_merging import replicas

COVER = "Provided by the library of Examplestead for one reader."


@pytest.fixture
def apart(review, tmp_path):
    """A hand-out for Ben, opened on his laptop; ``send`` writes what he sends back."""
    out = tmp_path / "ben.cofactor"
    code_passage(
        review.project, review.document, *review.place("funding"), review.code("funding"),
        coder_id=review.ben,
    )  # fmt: skip
    hand_out(review.project, "Ben Sample", out)
    return Apart(review, out, tmp_path)


class Apart:
    def __init__(self, review, handed: Path, folder: Path) -> None:
        self.review, self.handed, self.folder, self.sent = review, handed, folder, 0

    def send(self, act, *, device: str = "laptop", copy: bool = False) -> Path:
        """Let Ben do something on a laptop and return the file he sends."""
        path = self.handed
        if copy:
            path = self.folder / f"{device}.cofactor"
            path.write_bytes(self.handed.read_bytes())
        project = Project.open(path, device=DeviceIdentity(device, device), back_up=False)
        act(project)
        self.sent += 1
        out = self.folder / f"back {self.sent}.cofactor-handin"
        submit(project, out)
        project.close()
        return out

    def code(self, words: str, key: str = "trust"):
        place, code = self.review.place(words), self.review.code(key)
        return lambda project: code_passage(project, self.review.document, *place, code)


def test_a_dry_run_tells_everything_and_writes_nothing(apart):
    review = apart.review

    def work(project):
        apart.code("second week")(project)
        code = create_code(project, "Quiet rooms", identifier("category", "1"))
        code_passage(project, review.document, *review.place("lost"), code)
        remove_codings(project, [c.id for c in list_codings(project) if c.quote == "funding"])

    sent = apart.send(work)
    (one,) = look_into(review.project, [sent])
    assert one.report.sentence() == "adds 2 codings; withdraws 1 coding; 1 new code proposed"
    facts = one.report.facts
    assert {row.words for row in facts.added} == {"second week", "lost"}
    assert {row.title for row in facts.added} == {"Trust", "Quiet rooms"}
    assert facts.added[0].where.startswith("Okafor 2021, page")
    assert [row.words for row in facts.withdrawn] == ["funding"]
    assert [row.title for row in facts.codes] == ["Quiet rooms"]
    assert facts.studies == 1
    assert len(list_codings(review.project)) == 1
    assert list_receipts(review.project) == ()
    done = take_in(review.project, [sent])
    assert (done.codings, done.refused) == (2, ())
    assert len(backup.list_backups(review.project.path)) == 1


def test_one_person_on_two_laptops_is_asked_which_one_is_meant(apart):
    project, handed = apart.review.project, list_codings(apart.review.project)[0].id

    def valence(key):
        return lambda copy: set_facet(copy, [handed], "valence", [key])

    office = apart.send(valence("barrier"), device="office", copy=True)
    home = apart.send(valence("facilitator"), device="home", copy=True)
    take_in(project, [office])
    (looked,) = look_into(project, [home])
    (conflict,) = looked.report.facts.conflicts
    assert conflict.one_person
    assert {side.device for side in conflict.sides} == {"office", "home"}
    assert "two copies" in looked.report.warnings()[0][0]
    chosen = next(side for side in conflict.sides if side.device == "home")
    done = take_in(project, [home], {("coding", handed): chosen.revision_id})
    assert done.settled == 1
    assert list_conflict_sides(project) == ()
    assert list_codings(project)[0].valence == "facilitator"


def test_two_ids_of_one_person_are_noticed(tmp_path):
    _review, (lead, ben, _) = replicas(tmp_path)
    second = add_coder(lead, "Cleo Sample")
    other = add_coder(ben, "Cleo Sample")
    (looked,) = look_into(lead, [ben.path])
    assert "Cleo Sample is here under two ids." in looked.report.warnings()[0][0]
    (offer,) = looked.report.facts.joins
    assert {offer.coder_id, offer.into_id} == {second, other}


def test_what_the_lead_removed_or_retired_meanwhile_is_said(apart):
    review = apart.review
    project = review.project

    def work(copy):
        apart.code("second week", "mandate")(copy)
        code_passage(copy, review.other_document, 16, 40, review.code("trust"))

    sent = apart.send(work)
    retire_codes(project, [review.code("mandate")])
    remove_documents(project, [review.other_document])
    (looked,) = look_into(project, [sent])
    assert looked.report.facts.retired == (("Mandate", 1),)
    assert looked.report.facts.kept == ("Lind 2019",)
    told = " ".join(text for text, _way in looked.report.warnings())
    assert "Lind 2019 was removed here" in told
    assert "1 coding uses “Mandate”, which was retired here." in told
    take_in(project, [sent])
    assert check_project(project).findings == ()


def test_a_file_sent_twice_brings_nothing_new_and_other_files_are_refused(apart, tmp_path):
    project = apart.review.project
    sent = apart.send(apart.code("lost"))
    take_in(project, [sent])
    text = tmp_path / "notes.cofactor-handin"
    text.write_text("Dear all")
    again, damaged = look_into(project, [sent, text])
    assert again.report.is_empty
    assert again.report.warnings()[0][0] == "This file brings nothing new."
    assert (damaged.report, "damaged" in damaged.problem, damaged.way != "") == (None, True, True)
    second = apart.send(apart.code("second week"))
    done = take_in(project, [text, second])
    assert len(done.refused) == 1
    assert done.codings == 1


def test_codings_of_another_text_are_placed_by_their_words(apart):
    review = apart.review
    project = review.project
    sent = apart.send(apart.code("post was lost"))
    first = present_pages(load_text(project, review.document))[0]
    plain = replace(first, furniture=(), joins=(), blocks=(0,))
    pages = [replace(plain, text=text) for text in (COVER, *PAGES)]
    new = from_pages(READ_AGAIN, pages, "test", "2", 0)
    replace_text(project, preview_text(project, review.document, new))
    (looked,) = look_into(project, [sent])
    (text,) = looked.report.facts.texts
    assert (text.found, text.unsure, text.lost) == (1, 0, 0)
    assert text.sentence() == "Okafor 2021: 1 of 1 passages found again"
    assert "1 document text differs" in looked.report.sentence()
    take_in(project, [sent])
    (coding,) = [c for c in list_codings(project) if c.code_id == review.code("trust")]
    assert (coding.quote, coding.anchor_state, coding.page_first) == ("post was lost", "moved", 3)
    shown = load_text(project, review.document).text
    assert shown[coding.start : coding.end] == "post was lost"


def test_a_hand_in_is_taken_back_after_later_acts_which_are_named_first(apart):
    review = apart.review
    project = review.project
    sent = apart.send(lambda copy: create_code(copy, "Quiet rooms", identifier("category", "1")))
    take_in(project, [sent])
    (code,) = [c for c in load_codebook(project).codes if c.name == "Quiet rooms"]
    edit_code(project, code.id, definition="Where people can talk.")
    receipt = find_receipt(project, sent.name)
    found, rows = dependents_in_words(project, receipt.id)
    assert [key[1] for key in found.changed_again] == [code.id]
    assert [row.title for row in rows] == ["Quiet rooms"]
    withdraw_receipt(project, receipt.id)
    assert check_project(project).findings == ()
    (again,) = look_into(project, [sent])
    assert again.report.again
    with pytest.raises(UserError, match="No file nowhere was taken in"):
        find_receipt(project, "nowhere")


KILLED = """
import sys, time
from pathlib import Path
from app.models import Project
from app.models.merge import merge_file
project = Project.open(Path(sys.argv[1]), back_up=False)
def inspect(connection, report):
    print("inside", report.added["coding"], flush=True)
    time.sleep(60)
merge_file(project, Path(sys.argv[2]), inspect=inspect)
"""


def test_killed_in_the_middle_the_old_state_is_there(apart):
    project = apart.review.project
    sent = apart.send(apart.code("second week"))
    path, before = project.path, len(list_codings(project))
    project.close()
    child = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(path), str(sent)],
        stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": os.getcwd()},
    )  # fmt: skip
    assert child.stdout.readline().strip() == "inside 1"
    child.send_signal(signal.SIGKILL) if hasattr(signal, "SIGKILL") else child.kill()
    child.wait()
    child.stdout.close()
    again = Project.open(path, back_up=False)
    assert len(list_codings(again)) == before
    assert list_receipts(again) == ()
    assert check_project(again).findings == ()
    assert take_in(again, [sent]).codings == 1
    again.close()


def test_nothing_of_the_eight_kinds_that_are_lost_elsewhere_is_lost(tmp_path):
    """All text codings, areas, shifted texts, renamed codes, definitions, files, links, backups."""
    review, (lead, ben, _) = replicas(tmp_path)
    text_codings = [
        code_passage(ben, review.document, at, at + 12, review.code("trust"))
        for at in range(20, 140, 20)
    ]
    area = code_area(ben, review.document, 2, (100, 100, 300, 200), review.code("funding"))
    set_coding_memo(ben, text_codings[0], "Look at the annex")
    rename_code(ben, review.code("trust"), "Trust between partners")
    edit_code(ben, review.code("mandate"), definition="Who may do what.")
    (attribute,) = add_attributes(ben, [AttributeDraft("Country", "text")])
    study = _study_of(ben, review.document)
    set_value(ben, study, attribute, "Ghana")
    remove_codings(ben, [text_codings[-1]])
    take_in(lead, [ben.path])
    found = {coding.id: coding for coding in list_codings(lead)}
    assert set(found) == {*text_codings[:-1], area}  # 1: every one, and 8: the removed one is gone
    assert (found[area].page_first, found[area].area) == (2, (100, 100, 300, 200))  # 2
    assert found[text_codings[0]].memo == "Look at the annex"
    shown = load_text(lead, review.document).text
    assert all(shown[c.start : c.end] == c.quote for c in found.values() if c.quote)  # 3
    codes = [code.name for code in load_codebook(lead).codes]
    assert codes.count("Trust between partners") == 1  # 4: one code, by its new name
    assert "Trust" not in codes
    assert load_codebook(lead).code(review.code("mandate")).definition == "Who may do what."  # 5
    _assert_links(lead, study, attribute)  # 6 and 7
    set_facet(ben, [text_codings[0]], "valence", ["barrier"])
    take_in(lead, [ben.path])
    assert len(backup.list_backups(lead.path)) == 2  # a backup for each, in the same minute
    assert check_project(lead).findings == ()
    assert {coder.name for coder in list_coders(lead)} == {"Ada Sample", "Ben Sample"}


def test_a_file_that_was_added_apart_arrives_with_its_bytes_and_study(tmp_path):
    from app.coding.adding import store_document
    from app.coding.documents import list_documents, pdf_bytes
    from tests.coding.conftest import extracted

    review, (lead, ben, _) = replicas(tmp_path)
    made = store_document(ben, "Petrov 2014.pdf", b"%PDF-c", extracted("c"), "add")
    code_passage(ben, made, 20, 40, review.code("trust"))
    hand_in(lead, [ben.path])
    (document,) = [d for d in list_documents(lead) if d.id == made]
    assert document.has_pdf
    assert pdf_bytes(lead, made) == b"%PDF-c"
    assert document.study_label == "Petrov 2014"
    assert [c.document_id for c in list_codings(lead)] == [made]


def _study_of(project, document_id):
    from app.coding.documents import find_document

    return find_document(project, document_id).study_id


def _assert_links(project, study, attribute):
    from app.coding.attribute_values import list_values

    (value,) = [v for v in list_values(project) if v.attribute_id == attribute]
    assert (value.study_id, value.values) == (study, ("Ghana",))
