from unicodedata import is_normalized, normalize

from hypothesis import given
from hypothesis import strategies as st

from app.documents.normalising import canonical_line, canonical_sources

LETTERS = st.text(
    st.sampled_from(
        "aeo ﬁx\u0301\u0308\u0327\u0323\u1100\u1161\u11a8\u0958\u2126\t\x00\x07\u00ad\u00a0\ufeffй"
    ),
    max_size=30,
)


def test_letters_and_accents_are_composed() -> None:
    assert canonical_line("cafe\u0301") == "café"
    assert canonical_sources("cafe\u0301") == [(0, 1), (1, 2), (2, 3), (3, 5)]


def test_control_characters_go_and_tabs_become_spaces() -> None:
    assert canonical_line("a\x00b\tc\x07 \n") == "ab c"
    assert canonical_sources("a\x00b\tc\x07 \n") == [(0, 1), (2, 3), (3, 4), (4, 5)]


def test_hangul_jamo_compose_although_none_of_them_is_a_mark() -> None:
    assert canonical_line("\u1100\u1161\u11a8") == "각"
    assert canonical_sources("\u1100\u1161\u11a8") == [(0, 3)]


def test_a_character_that_decomposes_in_nfc_gives_its_place_to_each_part() -> None:
    assert len(canonical_line("\u0958")) == 2
    assert canonical_sources("\u0958") == [(0, 1), (0, 1)]


@given(LETTERS)
def test_every_canonical_character_has_a_source(raw: str) -> None:
    text, sources = canonical_line(raw), canonical_sources(raw)
    assert len(sources) == len(text)
    assert all(0 <= start < end <= len(raw) for start, end in sources)
    assert [start for start, _ in sources] == sorted(start for start, _ in sources)


@given(st.text(max_size=40))
def test_canonical_lines_are_stable(raw: str) -> None:
    text = canonical_line(raw)
    assert is_normalized("NFC", text)
    assert text == canonical_line(text)
    assert "\n" not in text
    assert "\f" not in text
    assert text.encode().decode() == text


@given(st.text(st.sampled_from("aeox \u0301\t\x00\u2126й"), max_size=30))
def test_the_sources_spell_the_text(raw: str) -> None:
    for character, (start, end) in zip(canonical_line(raw), canonical_sources(raw), strict=True):
        kept = "".join(" " if c == "\t" else c for c in raw[start:end] if c not in "\x00\x07")
        assert character in normalize("NFC", kept)
