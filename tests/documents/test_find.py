"""Finding words in a document as a reader sees them."""

import pytest

from app.documents.cleaning import SOFT_HYPHEN
from app.documents.extraction import extract_document
from app.documents.find import find_some, prepare, shares
from tests.shared_data import shared_data

TEXT = (
    "Running head\nThe coordin-\nators said it was efﬁcient and speciﬁc. A well-\nknown na\u00efve "
    f"\u201cpanel\u201d met the house{SOFT_HYPHEN}\nhold. Co\u00f6peration\u2019s end was\f"
    "Running head\nnear the FUNDING case\u2014management team. Stra\u00dfe."
)
JOINS = frozenset({TEXT.index("coordin-") + 7})
HEADS = ((0, 12), (TEXT.index("\f") + 1, TEXT.index("\f") + 13))


def found(query: str, **options: bool) -> list[str]:
    case = options.pop("match_case", False)
    prepared = prepare(TEXT, HEADS, JOINS, match_case=case)
    return [TEXT[start:end] for start, end in find_some(prepared, query, **options)]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("coordinators", "coordin-\nators"),
        ("efficient", "efﬁcient"),
        ("EFFICIENT", "efﬁcient"),
        ("specific", "speciﬁc"),
        ("cific", "ciﬁc"),
        ("well-known", "well-\nknown"),
        ("wellknown", "well-\nknown"),
        ("naive", "na\u00efve"),
        ("na\u00efve", "na\u00efve"),
        ('"panel"', "\u201cpanel\u201d"),
        ("household", f"house{SOFT_HYPHEN}\nhold"),
        ("cooperation's", "Co\u00f6peration\u2019s"),
        ("end was near", "end was\fRunning head\nnear"),
        ("said  it", "said it"),
        ("case-management", "case\u2014management"),
        ("strasse", "Stra\u00dfe"),
        ("a.b*", None),
        ("  ", None),
        ("", None),
    ],
)
def test_words_are_found_however_they_are_set(query: str, words: str | None) -> None:
    assert found(query) == ([words] if words else [])


def test_running_heads_are_found_as_well_in_text_order() -> None:
    prepared = prepare(TEXT, HEADS, JOINS)
    places = find_some(prepared, "running head")
    assert [TEXT[start:end] for start, end in places] == ["Running head"] * 2
    assert list(places) == sorted(places)


def test_whole_words_and_case() -> None:
    assert found("fund") == ["FUND"]
    assert found("fund", whole_words=True) == []
    assert found("funding", whole_words=True) == ["FUNDING"]
    assert found("funding", match_case=True) == []
    assert found("FUNDING", match_case=True) == ["FUNDING"]
    assert found("efficient", match_case=True) == ["efﬁcient"]
    assert found("well", whole_words=True) == ["well"]
    assert found("coordin", whole_words=True) == []


def test_at_most_so_many_places() -> None:
    assert len(find_some(prepare(TEXT, HEADS, JOINS), "e", most=4)) == 4


def test_where_places_stand_on_their_pages() -> None:
    ticks = shares(((0, 1), (30, 31), (45, 46)), (0, 40), 50)
    assert ticks[:, 0].tolist() == [1, 1, 2]
    assert ticks[:, 1].tolist() == pytest.approx([0, 30 / 40, 5 / 11])


@pytest.mark.parametrize(
    ("name", "least"),
    [("pj_tracemonkey.pdf", (18, 8, 10)), ("pl_issue-982-example.pdf", (1, 0, 5))],
)
def test_words_with_ligatures_are_found_in_latex_papers(name: str, least: tuple[int, ...]) -> None:
    read = extract_document(shared_data(f"pdfs/{name}").read_bytes())
    heads, joins = [], set()
    for start, page in zip(read.page_starts, read.pages, strict=True):
        heads += [(start + a, start + b) for a, b in page.furniture]
        joins |= {start + at for at in page.joins}
    prepared = prepare(read.text, heads, joins)
    counts = [len(find_some(prepared, word)) for word in ("efficient", "specific", "find")]
    assert all(count >= low for count, low in zip(counts, least, strict=True)), counts
