import hashlib
from itertools import pairwise

import pymupdf
import pytest

from app.documents.typesetting import (
    LAYOUTS,
    BlockQuote,
    Chart,
    Heading,
    Listing,
    Manuscript,
    Paragraph,
    Table,
    scanned,
    typeset,
)
from app.documents.typesetting.faces import face
from app.documents.typesetting.hyphens import break_points
from app.documents.typesetting.lines import break_lines, words_of
from app.documents.typesetting.right_to_left import stretches

MARK = "Sample text, invented for demonstration"
ENGLISH = (
    "The coordinator said that the weekly panel helped partners to agree on a plan, and that "
    "multi-agency working became easier once the responsibilities of each organisation were "
    "written down. Practitioners described professional judgement and supervision as "
    "complementary; the documentation requirements were considerable. \u201cIt took a "
    "while,\u201d one of them recalled, \u201cbut we would not go back.\u201d"
)
HEBREW = (
    "במקום שבו הצוות המשותף נפגש מדי שבוע אפשר היה למצוא דירה וטיפול בתוך ימים אחדים. "
    "המשתתפים הדגישו שהאמון ביניהם נבנה לאט, ממקרה למקרה, ושבלעדיו לא היה טעם במפגשים."
)
HEBREW_MARK = "טקסט לדוגמה, הומצא לצורך הדגמה"


def manuscript(**changes):
    body = [Heading("1 Introduction"), Paragraph(ENGLISH, note="A note at the foot.")]
    for number in range(2, 7):
        body += [Heading(f"{number} Findings"), Heading(f"{number}.1 In detail", 2)]
        body += [Paragraph(f"Part {number}. {ENGLISH} {ENGLISH}", solid=True)] * 2
    body.insert(8, Table("*Table 1.* Roles", ("Role", "Count"), (("Mentor", "4"), ("Police", "1"))))
    body.insert(12, Table("*Table 2.* Wide", ("A", "B"), (("one", "two"),) * 5, wide=True))
    body.insert(16, Chart("*Figure 1.* Themes", (("Trust", 9), ("Money", 4))))
    body += [BlockQuote("It is a small town.", "Mentor"), Listing(("First", "Second"), True)]
    plain = {
        "title": "Panels in five towns",
        "authors": ("Okoro, Abena", "Lindeholm, Bram"),
        "affiliation": "Sample Institute",
        "abstract": ENGLISH,
        "keywords": ("case management", "trust"),
        "body": tuple(body),
        "references": ("Ueland, V. (2011). Trust revisited. *Sample Studies*, 3(1), 2-9.",),
        "source_line": "Journal of Sample Studies, 12(3), 2021",
        "running_head": "Panels in five towns",
        "doi": "10.5555/sample.2021.001",
        "language": "en",
        "mark": MARK,
        "words": ("Abstract", "Keywords", "Contents", "References"),
        "first_page": 213,
        "year": 2021,
    }
    return Manuscript(**{**plain, **changes})


def opened(data):
    return pymupdf.open(stream=data, filetype="pdf")


def words(document):
    return " ".join(" ".join(page.get_text() for page in document).split())


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_every_page_of_every_layout_is_marked_and_text_stays_inside_the_paper(layout):
    document = opened(typeset(manuscript(), layout))
    assert document.page_count >= 4
    for page in document:
        assert MARK in page.get_text()
        assert all(
            page.rect.contains(pymupdf.Rect(word[:4]))
            for word in page.get_text("words")
            if not page.rotation
        )


@pytest.mark.parametrize("layout", ["article", "two_column", "government", "thesis"])
def test_text_comes_out_as_typed(layout):
    found = words(opened(typeset(manuscript(), layout)))
    unbroken = found.replace("- ", "").replace("-", "")
    assert ENGLISH.replace("-", "") in unbroken
    assert "\ufffd" not in found


def test_same_manuscript_gives_same_bytes():
    first, second = (typeset(manuscript(), "two_column") for _ in range(2))
    assert hashlib.sha256(first).hexdigest() == hashlib.sha256(second).hexdigest()
    assert typeset(manuscript(title="Another"), "two_column") != first


def test_page_labels_follow_the_printed_numbers():
    article = opened(typeset(manuscript(), "article"))
    assert [page.get_label() for page in article][:3] == ["213", "214", "215"]
    thesis = opened(typeset(manuscript(first_page=1), "thesis"))
    labels = [page.get_label() for page in thesis]
    assert labels[:3] == ["i", "ii", "iii"]
    assert "1" in labels[3:5]
    for page in list(thesis)[labels.index("1") :]:
        assert page.get_label() in page.get_text().split()


def test_contents_and_outline_name_the_printed_page_of_each_heading():
    document = opened(typeset(manuscript(first_page=1), "government"))
    title, page = next((row[1], row[2]) for row in document.get_toc() if row[1] == "4 Findings")
    assert title in document[page - 1].get_text()
    contents = document[1].get_text().split("\n")
    assert contents[contents.index(title) + 1] == document[page - 1].get_label()


def test_wide_table_stands_on_a_turned_page():
    document = opened(typeset(manuscript(), "working_paper"))
    turned = [page for page in document if page.rotation]
    assert [page.rotation for page in turned] == [90]
    assert turned[0].rect.width > turned[0].rect.height
    assert "Table 2. Wide" in turned[0].get_text()


def test_two_columns_do_not_overlap_and_are_read_one_after_the_other():
    document = opened(typeset(manuscript(), "two_column"))
    lines = [line for block in document[1].get_text("dict")["blocks"] for line in block["lines"]]
    middle = document[1].rect.width / 2
    inside = [line["bbox"] for line in lines if 70 < line["bbox"][1] < 660]
    assert all(box[2] <= middle or box[0] >= middle for box in inside)
    sides = [box[0] > middle for box in inside]
    assert sum(left != right for left, right in pairwise(sides)) == 1


def test_lines_keep_a_distance_from_one_another():
    document = opened(typeset(manuscript(), "article"))
    for page in document:
        lines = [line for block in page.get_text("dict")["blocks"] for line in block["lines"]]
        heights = sorted(
            {
                round(line["spans"][0]["origin"][1], 1)
                for line in lines
                if line["spans"][0]["size"] > 8
            }
        )
        assert all(low - high > 8 for high, low in pairwise(heights))


@pytest.mark.parametrize("layout", sorted(set(LAYOUTS) - {"hebrew", "two_column"}))
def test_two_lines_of_text_follow_every_heading_on_its_page(layout):
    foot_lines = 2
    for page in opened(typeset(manuscript(), layout)):
        lines = [text for text in page.get_text().split("\n") if text][:-foot_lines]
        if "Contents" not in lines:
            assert not any(text.endswith(("Findings", "In detail")) for text in lines[-2:])


def test_hebrew_is_extracted_in_reading_order():
    body = (Heading("ממצאים"), *[Paragraph(HEBREW)] * 6)
    text = manuscript(
        body=body, title="עבודה משותפת", language="he", mark=f"{HEBREW_MARK}\n{MARK}", references=()
    )
    document = opened(typeset(text, "hebrew"))
    assert words(document).count(HEBREW) >= 4
    for page in document:
        assert HEBREW_MARK in page.get_text()
        assert MARK in page.get_text()


def test_hebrew_lines_end_at_the_left_margin():
    text = manuscript(body=(Paragraph(HEBREW * 3),), language="he", references=())
    page = opened(typeset(text, "hebrew"))[-1]
    boxes = [line["bbox"] for block in page.get_text("dict")["blocks"] for line in block["lines"]]
    left, right = LAYOUTS["hebrew"].margins[0], page.rect.width - LAYOUTS["hebrew"].margins[2]
    assert all(box[0] > left - 1.5 and box[2] < right + 1.5 for box in boxes)


def test_numbers_and_latin_words_run_rightwards_in_hebrew():
    assert stretches("אב 12 גד") == [("אב ", False), ("12", True), (" גד", False)]
    assert stretches("Sample Institute אב") == [("Sample Institute", True), (" אב", False)]
    assert stretches("(אב)") == [(")אב(", False)]


def test_scan_has_no_text_but_ink():
    data = scanned(typeset(manuscript(), "article"), seed=7)
    assert data == scanned(typeset(manuscript(), "article"), seed=7)
    assert data != scanned(typeset(manuscript(), "article"), seed=8)
    document = opened(data)
    assert not words(document)
    page = document[1]
    assert len(page.get_images()) == 1
    foot = pymupdf.Rect(180, page.rect.height - 52, page.rect.width - 180, page.rect.height - 30)
    grey = page.get_pixmap(clip=foot, colorspace=pymupdf.csGRAY).samples
    assert min(grey) < 120, "the line that says the text is invented is drawn into the picture"


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("partnership", {"partner-ship", "part-nership"}),
        ("implementation", {"implementa-tion"}),
        ("multi-agency", {"multi--agency"}),
        ("through", set()),
        ("changes", set()),
        ("NGOs", set()),
    ],
)
def test_words_are_broken_where_both_parts_can_be_read(word, parts):
    found = {f"{word[:at]}-{word[at:]}" for at in break_points(word)}
    assert parts <= found
    assert bool(parts) == bool(found)


def test_no_line_is_longer_than_its_measure_can_hold():
    kind = LAYOUTS["two_column"].body
    measure = LAYOUTS["two_column"].measure
    lines = break_lines(words_of(ENGLISH, kind), measure, kind.size, hyphens=True, justified=True)
    space = face("serif").word(" ")[1]
    for line in lines:
        slack = (len(line.words) - 1) * space * 0.25
        assert line.width - slack <= measure / kind.size * 1000


def test_stars_set_italics_and_are_not_printed():
    kind = LAYOUTS["article"].body
    found = [(one.name, word) for one, word in words_of("see *Journal of Trust*, 3", kind)]
    assert found == [
        ("times", "see"),
        ("times-italic", "Journal"),
        ("times-italic", "of"),
        ("times-italic", "Trust,"),
        ("times", "3"),
    ]
