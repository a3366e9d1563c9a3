import pytest

from app.ui.reading.matching import Entry, fold, rank

ENTRIES = [
    Entry("a", "Agreement on sharing information", "Information", "I"),
    Entry("b", "Shared understanding of aims", "Multi-agency working", ""),
    Entry("c", "Trust between partners", "Partners", "T", ("Willingness to share and to wait.",)),
    Entry("d", "Supervision", "Support", "V"),
    Entry("e", "Clarity of mandate", "Multi-agency working", "M", (), "maw.mandate"),
    Entry("f", "Übergabe und Nachsorge", "Ende", ""),
]


def found(query: str) -> list[str]:
    return [match.entry.code_id for match in rank(ENTRIES, query)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("shar", ["b", "a", "c"]),
        ("SUPERVISION", ["d"]),
        ("v", ["d"]),
        ("agency", ["b", "e"]),
        ("clarity mandate", ["e"]),
        ("maw.mand", ["e"]),
        ("ubergabe", ["f"]),
        ("nothing like it", []),
    ],
)
def test_finds_by_name_category_key_and_further_words(query: str, expected: list[str]) -> None:
    assert found(query) == expected


@pytest.mark.parametrize("query", ["supervison", "suprevision", "sipervision"])
def test_forgives_a_slip(query: str) -> None:
    assert found(query) == ["d"]


def test_says_where_it_matched() -> None:
    first, second, third = rank(ENTRIES, "shar")
    assert first.spans == ((0, 4),)
    assert second.entry.name[slice(*second.spans[0])] == "shar"
    assert third.also == "Willingness to share and to"


def test_recent_codes_come_first_without_a_query_and_break_ties() -> None:
    assert [m.entry.code_id for m in rank(ENTRIES, "", ["d", "c"])][:3] == ["d", "c", "a"]
    assert [m.entry.code_id for m in rank(ENTRIES, "agency", ["e"])] == ["e", "b"]


@pytest.mark.parametrize("text", ["Straße", "İstanbul", "ﬁne", "Ünïcode", ""])
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)
