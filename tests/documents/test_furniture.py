from app.documents.furniture import furniture_and_joins, furniture_lines
from app.documents.placed_lines import PlacedLine, PlacedPage
from app.documents.words import count_words

WIDTH, HEIGHT = 595.0, 842.0
Placed = tuple[float, float, str]


def page(*placed: Placed, level: bool = True) -> PlacedPage:
    """Lines given as x, middle height and text, in any order of the stream."""
    lines, offset = [], 0
    for x, y, text in placed:
        box = (x, y - 6, x + 5 * len(text), y + 6)
        lines.append(PlacedLine(text, offset, box, level))
        offset += len(text) + 1
    return PlacedPage(lines, WIDTH, HEIGHT)


def found(pages: list[PlacedPage]) -> list[set[str]]:
    return [
        {page.lines[i].text for i in indices}
        for page, indices in zip(pages, furniture_lines(pages), strict=True)
    ]


def body(number: int) -> list[Placed]:
    return [(72, 120 + 14 * i, f"{'abcdefghij'[number]}{'klmnopqrst'[i]} prose") for i in range(10)]


def test_alternating_heads_and_page_numbers_are_found_wherever_they_are_stored() -> None:
    pages = []
    for number in range(8):
        head = (72, 50, "Work and Others") if number % 2 else (300, 50, "Journal 12 (3)")
        folio = (500 if number % 2 else 72, 800, str(100 + number))
        stored_first = [head, *body(number), folio]
        pages.append(page(*(stored_first if number < 4 else stored_first[::-1])))
    heads = [{"Journal 12 (3)", "Work and Others"} & texts for texts in found(pages)]
    assert all(len(head) == 1 for head in heads)
    assert all(len(texts) == 2 for texts in found(pages))


def test_a_line_that_recurs_on_too_few_pages_stays() -> None:
    pages = [page(*body(n), *([(72, 50, "Now and then")] if n < 2 else [])) for n in range(8)]
    assert found(pages) == [set()] * 8


def test_speaker_labels_down_the_page_stay() -> None:
    pages = [
        page(*((72, 60 + 28 * i, "Interviewer:") for i in range(25)), *body(n)) for n in range(6)
    ]
    assert found(pages) == [set()] * 6


def test_numbers_in_a_table_stay_although_they_recur_at_one_height() -> None:
    pages = [page(*body(n), (300, 300, "12.5"), (400, 300, "7")) for n in range(6)]
    assert found(pages) == [set()] * 6


def test_a_rotated_stamp_at_the_side_is_found() -> None:
    stamp = PlacedLine("Downloaded by reader 12 on 1.2.2020", 0, (575, 100, 590, 700), False)
    pages = [PlacedPage([stamp, *page(*body(n)).lines], WIDTH, HEIGHT) for n in range(4)]
    assert all(stamp.text in texts for texts in found(pages))


def test_what_changes_in_a_running_head_goes_with_it() -> None:
    names = ["Dr. Adler", "Frau Bauer", "Herr Chen", "Dr. Dia", "Frau Engel"]
    pages = [
        page(*body(n), (400, 50, name), (72, 50, f"Sitzung 96, Seite {n}"))
        for n, name in enumerate(names)
    ]
    assert [name in texts for name, texts in zip(names, found(pages), strict=True)] == [True] * 5


def test_margin_letters_do_not_take_the_prose_beside_them_along() -> None:
    pages = [page((40, 120, "(A)"), *body(n)) for n in range(6)]
    assert found(pages) == [{"(A)"}] * 6


def test_a_form_that_is_the_same_on_every_page_stays_but_for_its_head() -> None:
    questions = [(72, 200 + 40 * i, f"{'abcdefghij'[i]}) Your answer:") for i in range(10)]
    pages = [page((72, 40, "Form 12"), *questions) for _ in range(6)]
    assert found(pages) == [{"Form 12"}] * 6


def joined(*lines: str) -> list[str]:
    """The hyphens that are dropped, each with the letters around it."""
    single = page(*((72, 100 + 14 * i, line) for i, line in enumerate(lines)))
    text = "\n".join(lines)
    _, joins = furniture_and_joins([single], count_words([text]))
    return [text[offset - 2 : offset + 4].replace("\n", "/") for offset in joins[0]]


def test_a_word_that_occurs_whole_is_joined() -> None:
    assert joined("the inter-", "vention and each intervention") == ["er-/ve"]


def test_a_compound_that_occurs_with_its_hyphen_keeps_it() -> None:
    assert joined("joint decision-", "making, not decision-making alone, decision") == []


def test_both_forms_elsewhere_keep_the_hyphen() -> None:
    assert joined("they co-", "operate, cooperate, co-operate") == []


def test_a_soft_hyphen_is_always_joined() -> None:
    assert joined("Richtungs\u00ad", "entscheidung") == ["gs\u00ad/en"]


def test_two_known_words_without_a_witness_keep_the_hyphen() -> None:
    assert joined("forced-", "labour, where labour is forced") == []


def test_a_half_that_is_no_word_is_joined() -> None:
    assert joined("an incli-", "nation of the nation") == ["li-/na"]


def test_a_prefix_keeps_its_hyphen() -> None:
    assert joined("a non-", "governmental office") == []


def test_suspended_hyphens_stay() -> None:
    assert joined("alle Vorsorge-", "und Nachsorgeangebote") == []


def test_the_last_part_of_a_longer_compound_is_judged_by_itself() -> None:
    assert joined("their decision-mak-", "ing, the making of it, maker") == ["ak-/in"]


def test_numbers_and_dashes_are_no_broken_words() -> None:
    assert joined("from 2019-", "2020 and -", "so on") == []


def test_a_word_broken_across_pages_is_joined_past_the_furniture() -> None:
    pages = [
        page(*body(n), (72, 300, "inter-" if n == 1 else "plain end"), (290, 800, str(n + 1)))
        for n in range(4)
    ]
    pages[2] = page((72, 50, "vention goes on"), (290, 800, "3"))
    words = "intervention " + " ".join(line.text for p in pages for line in p.lines)
    _, joins = furniture_and_joins(pages, count_words([words]))
    hyphen = next(line.start + 5 for line in pages[1].lines if line.text == "inter-")
    assert joins == [(), (hyphen,), (), ()]
