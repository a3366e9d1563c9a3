"""Codings read back one by one, and the shortcuts that make reading them quick."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.coding.documents import load_text
from app.coding.evidence import load_evidence
from app.coding.listing import list_codings, list_places
from app.coding.passages import PassageEntry, code_passages, remove_codings, set_coding_memo
from app.coding.search import search
from app.errors import UserError
from app.models import Project, backup, ids
from app.models.coding import Coding as Row
from app.models.evidence import Document, Page, TextLayer
from app.models.log import Change
from tests.coding.conftest import PAGES


@pytest.fixture
def coded(review):
    """Twelve overlapping codings in the first document and one in the other."""
    start, _ = review.place("The panel met")
    ends = [at for at in range(start + 5, start + 40) if not PAGES[0][at - 1].isspace()][:12]
    facets = {"valence": ["barrier"], "stage": ["assessment", "delivery"]}
    entries = [
        PassageEntry(review.document, start, end, review.code("trust"), facets) for end in ends
    ]
    start, end = review.place("the post was lost", page=2)
    entries.append(PassageEntry(review.other_document, start, end, review.code("funding")))
    return review, code_passages(review.project, entries)


def test_single_codings_are_read_as_in_the_whole_list(coded):
    review, made = coded
    set_coding_memo(review.project, made[3], "Look again")
    every = {coding.id: coding for coding in list_codings(review.project)}
    some = list_codings(review.project, coding_ids=[made[5], made[3], made[12], "gone"])
    assert {coding.id for coding in some} == {made[3], made[5], made[12]}
    assert all(every[coding.id] == coding for coding in some)
    assert every[made[3]].memo == "Look again"
    assert list_codings(review.project, coding_ids=[]) == ()
    both = list_codings(review.project, document_id=review.document, coding_ids=made)
    assert len(both) == 12


def test_codings_come_in_the_order_of_the_text(coded):
    review, _made = coded
    keys = [(c.document_id, c.start, c.end, c.id) for c in list_codings(review.project)]
    assert keys == sorted(keys)


def test_the_time_of_a_coding_is_that_of_its_first_change(coded):
    review, made = coded
    with review.project.read() as session:
        at = session.scalars(select(Change.at).order_by(Change.seq.desc())).first()
    (coding,) = list_codings(review.project, coding_ids=made[:1])
    told = datetime.fromisoformat(coding.made_at)
    assert told.tzinfo == UTC
    assert abs(told - datetime.fromisoformat(at)) < timedelta(seconds=2)


def test_an_id_that_tells_no_time_has_the_time_of_its_first_revision(coded):
    review, made = coded
    (coding,) = list_codings(review.project, coding_ids=made[:1])
    assert ids.made_at(ids.agreed_id("a", "b")) == ""
    with review.project.change("Take over") as session:
        row = session.get_one(Row, coding.id)
        session.add(Row(id=ids.agreed_id("imported"), **row.content()))
    (taken,) = list_codings(review.project, coding_ids=[ids.agreed_id("imported")])
    assert taken.made_at >= coding.made_at
    assert replace(taken, id=coding.id, made_at=coding.made_at) == coding


def test_a_text_is_read_once_and_another_project_has_its_own(coded, tmp_path):
    review, _made = coded
    text = load_text(review.project, review.document)
    assert load_text(review.project, review.document) is text
    with pytest.raises(UserError):
        load_text(review.project, "gone")
    copy = tmp_path / "copy.cofactor"
    copy.write_bytes(review.project.path.read_bytes())
    other = Project.open(copy, back_up=False)
    assert load_text(other, review.document) == text
    assert load_text(other, review.document) is not text
    other.close()


def put_new_text(review, text):
    """Give the first document another text layer with this text on one page."""
    layer = ids.text_layer_id(review.document, "later")
    with review.project.cache() as session:
        old = session.scalars(
            select(TextLayer).where(TextLayer.document_id == review.document)
        ).one()
        kept = ("document_id", "device_id", "extractor", "extractor_version", "flags")
        session.add(
            TextLayer(
                id=layer, text=text, text_sha256="later", **{k: getattr(old, k) for k in kept}
            )
        )
        session.flush()
        session.add(
            Page(
                text_layer_id=layer, page=1, start=0, label="12", width=595, height=842,
                rotation=0, reading_order="stream", blocks=[], furniture=[], joins=[],
            )
        )  # fmt: skip
    with review.project.change("Read again") as session:
        session.get_one(Document, review.document).text_layer_id = layer


def test_places_follow_the_words_into_a_new_text(coded):
    review, made = coded
    before = {place.id: place for place in list_places(review.project)}
    assert set(before) == set(made)
    put_new_text(review, "A new first line.\n" + "\n".join(PAGES))
    codings = list_codings(review.project)
    assert {c.anchor_state for c in codings if c.document_id == review.document} == {"moved"}
    places = list_places(review.project)
    assert [(p.id, p.start, p.end, p.facets) for p in places] == [
        (c.id, c.start, c.end, c.facets) for c in codings
    ]
    assert all(
        place.start == before[place.id].start + 18
        for place in places
        if place.document_id == review.document
    )
    assert set(load_evidence(review.project).coding_ids) == set(made)


def test_places_whose_words_are_gone_are_not_counted(coded):
    review, made = coded
    put_new_text(review, "Nothing of the kind stands here any more.")
    orphans = [c for c in list_codings(review.project) if c.anchor_state == "orphan"]
    assert {c.id for c in orphans} == set(made[:12])
    assert [place.id for place in list_places(review.project)] == made[12:]
    remove_codings(review.project, made[12:])
    assert list_places(review.project) == []


def test_a_restored_backup_is_searched_as_before(coded, tmp_path):
    review, _made = coded
    before = search(review.project, "remit")
    copy = backup.take(review.project.path, whole=False)
    restored = tmp_path / "restored.cofactor"
    backup.restore(copy, restored)
    project = Project.open(restored, back_up=False)
    assert search(project, "remit") == before
    assert before
    project.close()


@pytest.mark.parametrize(
    "identifier",
    ["", "gone", "zzzzzzzz-zzzz-7zzz-zzzz-zzzzzzzzzzzz", "ffffffff-ffff-7000-8000-000000000000"],
)
def test_an_id_from_elsewhere_tells_no_time(identifier):
    assert ids.made_at(identifier) == ""


def test_an_id_of_ours_tells_when_it_was_made():
    assert ids.made_at("00000000-0001-7000-8000-000000000000") == "1970-01-01T00:00:00.001+00:00"
    told = datetime.fromisoformat(ids.made_at(ids.new_id()))
    assert abs(datetime.now(UTC) - told) < timedelta(seconds=5)
