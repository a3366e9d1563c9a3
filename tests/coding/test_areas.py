"""Coding areas of pages: what is stored, refused, counted, listed, handed out and checked."""

import pytest

from app.analysis.cooccurrence import cooccurrence
from app.coding.areas import code_area, read_area, resize_area
from app.coding.checking import check_project
from app.coding.evidence import load_evidence
from app.coding.extracts import load_extracts
from app.coding.passages import code_passage, list_codings, recode, remove_codings, resize
from app.coding.team_files import hand_in, hand_out, submit
from app.documents.turning import turn_back, turn_box, turned_size
from app.errors import UserError
from app.models import Project
from app.models.device import DeviceIdentity

TABLE = (60.0, 420.0, 260.0, 560.0)


def draw(review, code="mandate", page=2, area=TABLE, **options):
    made = code_area(review.project, review.document, page, area, review.code(code), **options)
    return made


def the_coding(review, coding_id):
    return next(c for c in list_codings(review.project) if c.id == coding_id)


def test_an_area_is_stored_on_its_page_and_stands_in_text_order(review):
    coding = the_coding(review, draw(review, facets={"valence": ["barrier"]}))
    before = code_passage(
        review.project, review.document, *review.place("second week"), review.code("trust")
    )
    after = code_passage(
        review.project, review.document, *review.place("two-page agreement", 2),
        review.code("trust"),
    )  # fmt: skip
    assert (coding.area, coding.quote, coding.page_first) == (TABLE, "", 2)
    assert (coding.valence, coding.anchor_state) == ("barrier", "exact")
    assert coding.start == coding.end
    assert [c.id for c in list_codings(review.project)] == [before, coding.id, after]


def test_coding_the_same_area_again_changes_the_coding_there(review):
    first = draw(review)
    assert draw(review, facets={"valence": ["barrier"]}) == first
    assert the_coding(review, first).valence == "barrier"
    assert draw(review, code="trust") != first


def test_an_area_is_cut_at_the_page_and_its_corners_may_come_in_any_order(review):
    coding = the_coding(review, draw(review, area=(700, 900, 500, 800)))
    assert coding.area == (500, 800, 595, 842)


@pytest.mark.parametrize(
    ("page", "area", "words"),
    [
        (9, TABLE, "There is no page 9."),
        (1, (10, 10, 11, 400), "too small"),
        (1, (700, 10, 800, 90), "beside the page"),
    ],
)
def test_what_is_no_area_is_refused_and_nothing_is_written(review, page, area, words):
    with pytest.raises(UserError, match=words):
        draw(review, page=page, area=area)
    assert not list_codings(review.project)
    assert review.project.undo_label != "Code area"


def test_resizing_recoding_removing_and_undo(review):
    made = draw(review)
    resize_area(review.project, made, (10, 20, 110, 120))
    recode(review.project, [made], review.code("trust"))
    assert the_coding(review, made).area == (10, 20, 110, 120)
    review.project.undo()
    review.project.undo()
    assert the_coding(review, made).area == TABLE
    with pytest.raises(UserError, match="is an area"):
        resize(review.project, made, 3, 9)
    passage = code_passage(
        review.project, review.document, *review.place("second week"), review.code("trust")
    )
    with pytest.raises(UserError, match="passage of text"):
        resize_area(review.project, passage, TABLE)
    remove_codings(review.project, [made])
    review.project.undo()
    assert the_coding(review, made).area == TABLE
    assert check_project(review.project).is_clean


def test_areas_that_share_surface_are_a_tie_and_text_is_never_one_with_them(review):
    draw(review)
    draw(review, area=(80, 430, 300, 600))  # same code: one place with the first
    draw(review, code="trust", area=(100, 440, 200, 500))
    draw(review, code="funding", area=(260, 700, 300, 800))
    start, _end = review.place("A two-page", 2)
    code_passage(review.project, review.document, 0, start + 40, review.code("scrutiny"))
    evidence = load_evidence(review.project)
    ties = cooccurrence(evidence)
    codes = {code.id: number for number, code in enumerate(evidence.codes)}
    mandate, trust = codes[review.code("mandate")], codes[review.code("trust")]
    assert ties.ties() == [tuple(sorted((mandate, trust)))]
    assert ties.overlaps[mandate, trust] == 1
    assert len(ties.passages(mandate, trust)) == 2
    assert ties.code_studies[codes[review.code("funding")]] == 1
    nothing = cooccurrence(evidence.where(codes={review.code("mandate")}))
    assert not nothing.ties()


def test_extracts_say_where_the_area_is(review):
    draw(review)
    (extract,) = load_extracts(review.project)
    assert extract.clean == "(area on p. 13)"
    assert (extract.quote, extract.area, extract.page) == ("", TABLE, 2)


def test_an_area_goes_with_the_hand_out_and_comes_back(review, tmp_path):
    draw(review, coder_id=review.ben)
    hand_out(review.project, "Ben Sample", tmp_path / "ben.cofactor")
    laptop = DeviceIdentity("bens-laptop", "Ben's")
    bens = Project.open(tmp_path / "ben.cofactor", device=laptop, back_up=False)
    try:
        (coding,) = list_codings(bens)
        assert coding.area == TABLE
        resize_area(bens, coding.id, (10, 20, 110, 120))
        submit(bens, tmp_path / "back.cofactor")
    finally:
        bens.close()
    hand_in(review.project, [tmp_path / "back.cofactor"])
    assert the_coding(review, coding.id).area == (10, 20, 110, 120)
    assert check_project(review.project).is_clean


def test_check_finds_an_area_that_is_not_on_its_page(review):
    made = draw(review)
    with review.project.change("Break it") as session:
        from app.models.coding import Coding

        session.get_one(Coding, made).area = [0, 0, 900, 900]
    findings = check_project(review.project).findings
    assert [finding.what for finding in findings] == ["the area is not on its page"]


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_turning_a_box_and_back(degrees):
    size, box = (600.0, 800.0), (10.0, 20.0, 110.0, 320.0)
    shown = turned_size(size, degrees)
    turned = turn_box(box, size, degrees)
    assert turn_back(turned, shown, degrees) == box
    assert all(0 <= edge <= shown[i % 2] for i, edge in enumerate(turned))


def test_reading_an_area():
    assert read_area("72, 120,300.5,260") == (72, 120, 300.5, 260)
    for words in ("1,2,3", "a,b,c,d", ""):
        with pytest.raises(UserError, match="four numbers"):
            read_area(words)
