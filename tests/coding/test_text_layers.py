"""Another text for a document: previewed, put in place, taken back; and the codings in it."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from app.coding.adding import _present
from app.coding.anchor_review import count_anchors, review_queue, settle_absent, settle_here
from app.coding.areas import code_area, resize_area
from app.coding.attribute_evidence import show_evidence
from app.coding.attribute_values import list_values
from app.coding.attributes import AttributeDraft, add_attributes
from app.coding.checking import check_project
from app.coding.document_views import number_pages, turn_page, view_of
from app.coding.documents import list_documents, load_geometry, load_text, store_geometry
from app.coding.evidence import load_evidence
from app.coding.listing import list_codings, list_places
from app.coding.passages import PassageEntry, code_passage, code_passages
from app.coding.people import choose_coder
from app.coding.search import search
from app.coding.text_layers import (
    present_pages,
    preview_text,
    replace_text,
    text_facts,
    use_layer,
)
from app.documents.new_text import COPY, READ_AGAIN, from_extraction, from_pages
from app.errors import UserError
from app.models.coding import Placement
from app.models.evidence import Document
from tests.coding.conftest import PAGES, extracted

COVER = "Provided by the library of Examplestead for one reader."
QUOTES = ("coordin-\nators said that nobody", "the post was lost", "every second week")


@pytest.fixture
def coded(review):
    """Three passages of the first document, one of them by Ben, and one of the other."""
    made = {}
    for number, words in enumerate(QUOTES):
        coder = review.ben if number == 1 else review.ada
        span = review.place(words)
        made[words] = code_passage(
            review.project, review.document, *span, review.code("trust"), coder_id=coder
        )
    entry = PassageEntry(review.other_document, 16, 40, review.code("funding"))
    code_passages(review.project, [entry])
    return review, made


def pages_of(review, *texts):
    first = present_pages(load_text(review.project, review.document))[0]
    plain = replace(first, furniture=(), joins=(), blocks=(0,))
    return [replace(plain, text=text) for text in texts]


def put(review, *texts, reason=READ_AGAIN):
    """Give the first document these pages."""
    new = from_pages(reason, pages_of(review, *texts), "test", "2", 0)
    preview = preview_text(review.project, review.document, new)
    replace_text(review.project, preview)
    return preview


def places(review):
    return {
        c.id: (c.start, c.end, c.quote, c.anchor_state)
        for c in list_codings(review.project, document_id=review.document)
    }


def test_a_preview_says_what_would_change_and_writes_nothing(coded):
    review, _made = coded
    before, revisions = places(review), check_project(review.project).revisions
    new = from_pages(READ_AGAIN, pages_of(review, COVER, *PAGES), "test", "2", 0)
    told = []
    preview = preview_text(
        review.project, review.document, new, progress=lambda *facts: told.append(facts)
    )
    assert (preview.kept, preview.review, preview.orphan) == (3, 0, 0)
    assert preview.pages == (2, 3)
    assert "3 codings of 3 keep their place." in preview.sentences
    assert told
    assert places(review) == before
    assert check_project(review.project).revisions == revisions
    stopped = preview_text(review.project, review.document, new, cancelled=lambda: True)
    assert stopped is None


def test_codings_of_all_coders_follow_the_new_text_and_undo_goes_back(coded):
    review, made = coded
    before, evidence = places(review), load_evidence(review.project)
    preview = put(review, COVER, *PAGES)
    text = load_text(review.project, review.document)
    assert text.text_layer_id == preview.layer_id
    after = places(review)
    assert {state for *_place, state in after.values()} == {"moved"}
    shift = len(COVER) + 1
    for words, coding_id in made.items():
        start, end, quote, _state = after[coding_id]
        assert text.text[start:end] == quote == words
        assert start == before[coding_id][0] + shift
    assert [c.page_first for c in list_codings(review.project, document_id=review.document)] == [
        2, 2, 3,
    ]  # fmt: skip
    assert set(load_evidence(review.project).coding_ids) == set(evidence.coding_ids)
    assert review.project.undo_label == "New text: Read again"
    review.project.undo()
    assert places(review) == before
    assert load_text(review.project, review.document).text == "\f".join(PAGES)
    review.project.redo()
    assert places(review) == after


def test_what_was_found_is_kept_and_agrees_everywhere(coded):
    review, _made = coded
    put(review, COVER, *PAGES)
    with review.project.read() as session:
        kept = session.scalars(select(Placement)).all()
        assert {(row.start, row.end) for row in kept} == {
            place[:2] for place in places(review).values()
        }
    with review.project.cache() as session:  # wrong on purpose: this is what is believed
        row = session.scalars(select(Placement)).first()
        row.start, moved, layer = 0, row.coding_id, row.text_layer_id
    assert places(review)[moved][0] == 0
    assert next(p.start for p in list_places(review.project) if p.id == moved) == 0
    with review.project.cache() as session:
        session.get_one(Placement, (moved, layer)).anchor = "of another anchor"
    assert places(review)[moved][0] > 0, "a coding that was changed is placed anew"


def test_unsure_and_missing_codings_wait_in_a_queue_and_nothing_is_dropped(coded):
    review, made = coded
    first, second = (page.replace("every second week", "weekly") for page in PAGES)
    preview = put(review, first.replace("nobody", "no one at all"), second)
    assert preview.review + preview.orphan == 2
    queue = review_queue(review.project)
    assert {one.coding_id for one in queue} == {made[QUOTES[0]], made[QUOTES[2]]}
    listed = places(review)
    assert set(listed) == set(made.values())
    for one in queue:
        assert listed[one.coding_id][3] == one.state
        assert listed[one.coding_id][2] == one.quote, "the words that were coded, until settled"
    report = check_project(review.project)
    assert report.is_clean
    assert report.moved.open == 2
    assert any("looked at" in note.what or "not found" in note.what for note in report.notes)


def test_people_settle_the_queue_for_themselves_and_for_others_with_undo(coded):
    review, made = coded
    project = review.project
    put(review, "Nothing of it stands here.\nSomebody was told.", PAGES[1].replace("post", "job"))
    assert count_anchors(project).open == 3
    bens = made["the post was lost"]
    start = load_text(project, review.document).text.index("the job was lost")
    settle_here(project, bens, start, start + len("the job was lost"))
    assert places(review)[bens][2:] == ("the job was lost", "moved")
    settle_absent(project, made["every second week"])
    counts = count_anchors(project)
    assert (counts.open, counts.settled) == (1, 2)
    assert places(review)[made["every second week"]][3] == "orphan"
    assert project.undo() == "Coding is not in this text"
    assert project.undo() == "Place coding"
    assert count_anchors(project).open == 3
    choose_coder(project, review.ben)
    settle_absent(project, bens)
    choose_coder(project, review.ada)
    with pytest.raises(UserError, match="Ben Sample"):
        settle_here(project, bens, start, start + 5)
    other = list_codings(project, document_id=review.other_document)[0]
    with pytest.raises(UserError, match="its place is sure"):
        settle_absent(project, other.id)


def test_coding_a_passage_again_meets_the_coding_of_the_earlier_text(coded):
    review, made = coded
    put(review, COVER, *PAGES)
    text = load_text(review.project, review.document).text
    start = text.index("every second week")
    again = code_passage(
        review.project, review.document, start, start + 17, review.code("trust"),
        facets={"valence": ["barrier"]},
    )  # fmt: skip
    assert again == made["every second week"]
    old_place = review.place("coordin-\nators said that nobody")
    fresh = code_passage(review.project, review.document, *old_place, review.code("trust"))
    assert fresh not in made.values(), "the same numbers are another passage in another text"


def test_the_search_follows_the_text_and_undo(coded):
    review, _made = coded
    assert not search(review.project, "Examplestead")
    put(review, COVER, *PAGES)
    (hit,) = search(review.project, "Examplestead")
    assert (hit.page, hit.start) == (1, COVER.index("Examplestead"))
    review.project.undo()
    assert not search(review.project, "Examplestead")
    assert search(review.project, "remit")


def test_the_same_text_is_not_put_in_twice_and_a_stale_preview_is_refused(coded):
    review, _made = coded
    new = from_pages(READ_AGAIN, pages_of(review, *PAGES), "test", "2", 0)
    same = preview_text(review.project, review.document, new)
    assert same.is_same
    assert same.sentences == ("This gives exactly the text that is there; nothing would change.",)
    with pytest.raises(UserError):
        replace_text(review.project, same)
    other = from_pages(READ_AGAIN, pages_of(review, "One page only."), "test", "2", 0)
    stale = preview_text(review.project, review.document, other)
    put(review, COVER, *PAGES)
    with pytest.raises(UserError, match="meanwhile"):
        replace_text(review.project, stale)


def test_an_earlier_text_can_be_used_again(coded):
    review, _made = coded
    before = places(review)
    put(review, COVER, *PAGES)
    facts = text_facts(review.project, review.document)
    assert facts.layer.extractor == "test"
    assert [layer.codings for layer in facts.layers] == [0, 3]
    use_layer(review.project, review.document, facts.layers[1].id)
    assert places(review) == before


def test_another_copy_of_the_pdf_keeps_all_codings(coded):
    review, made = coded
    copy = replace(extracted("publisher"), pages=tuple(pages_of(review, COVER, *PAGES)))
    new = replace(
        from_extraction(COPY, copy), pdf=b"%PDF-copy", sha256=copy.sha256, file_name="Copy.pdf"
    )
    preview = preview_text(review.project, review.document, new)
    assert not preview.is_same
    replace_text(review.project, preview)
    info = next(d for d in list_documents(review.project) if d.id == review.document)
    assert (info.file_name, info.sha256, info.page_count) == ("Copy.pdf", copy.sha256, 3)
    assert {state for *_rest, state in places(review).values()} == {"moved"}
    assert set(places(review)) == set(made.values())
    twice = preview_text(review.project, review.other_document, new)
    with pytest.raises(UserError, match="in the project already"):
        replace_text(review.project, twice)
    review.project.undo()
    info = next(d for d in list_documents(review.project) if d.id == review.document)
    assert info.file_name == "02_Okafor_2021.pdf"


def test_boxes_of_pages_that_stay_are_kept(coded):
    review, _made = coded
    layer = load_text(review.project, review.document).text_layer_id
    for page in (1, 2):
        store_geometry(review.project, layer, page, b"boxes %d" % page)
    preview = put(review, PAGES[0], PAGES[1].replace("post", "job"))
    assert load_geometry(review.project, preview.layer_id, 1) == b"boxes 1"
    assert load_geometry(review.project, preview.layer_id, 2) is None


def test_a_replaced_pdf_is_known_by_both_its_contents(coded):
    review, _made = coded
    old = next(d.sha256 for d in list_documents(review.project) if d.id == review.document)
    with review.project.change("New text: Another copy") as session:
        session.get_one(Document, review.document).sha256 = "f" * 64
    assert _present(review.project, "f" * 64, b"%PDF-copy", None) == review.document
    assert _present(review.project, old, b"%PDF-a", None) == review.document
    assert _present(review.project, "0" * 64, b"", None) == ""


def test_areas_values_and_page_numbers_go_on_with_their_pages(review):
    project, document = review.project, review.document
    area = code_area(project, document, 2, (100, 100, 300, 200), review.code("trust"))
    (country,) = add_attributes(project, [AttributeDraft("Country", "text")])
    shown = show_evidence(project, country, document, *review.place(QUOTES[2]), ["Norway"])
    number_pages(project, document, 1, 87)
    turn_page(project, document, 2, 90)
    before = view_of(project, document)
    put(review, COVER, *PAGES)
    (moved,) = list_codings(project, document_id=document)
    text = load_text(project, document)
    assert (moved.id, moved.page_first, moved.anchor_state) == (area, 3, "exact")
    assert moved.start == moved.end == text.page_starts[2]
    (value,) = list_values(project)
    assert (value.id, value.page, value.anchor_state) == (shown, 2, "moved")
    assert text.text[value.start : value.end] == QUOTES[2]
    view = view_of(project, document)
    assert (view.cover_pages, dict(view.turns)) == ((1,), {3: 90})
    assert text.label_of(3) == "88"
    resize_area(project, area, (100, 100, 320, 200))
    assert list_codings(project, coding_ids=[area])[0].page_first == 3
    project.undo()
    project.undo()
    assert view_of(project, document) == before
    assert list_codings(project, document_id=document)[0].page_first == 2


def test_an_area_on_an_unsure_page_waits_for_somebody_to_say_which(review):
    project, document = review.project, review.document
    area = code_area(project, document, 2, (100, 100, 300, 200), review.code("trust"))
    other = "A wholly different page, long enough to be known again by the words it has. " * 3
    put(review, PAGES[0], other, other[::-1])
    (unsure,) = review_queue(project, document)
    assert (unsure.coding_id, unsure.state, unsure.is_area) == (area, "review", True)
    assert list_codings(project, document_id=document)[0].anchor_state == "review"
    starts = load_text(project, document).page_starts
    settle_here(project, area, starts[2] + 5, starts[2] + 9)
    (settled,) = list_codings(project, document_id=document)
    assert (settled.page_first, settled.anchor_state, review_queue(project)) == (3, "exact", ())
