"""Words, sentences and paragraphs, in the shapes that study texts really have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents.boundaries import paragraph_at, sentence_at, sentence_borders, word_at


def sentences(text: str, blocks: list[int] | None = None) -> list[str]:
    """Walk through a text sentence by sentence."""
    found: list[str] = []
    offset = 0
    while offset < len(text):
        if text[offset].isspace():
            offset += 1
            continue
        start, end = sentence_at(text, offset, blocks)
        assert start <= offset < end
        found.append(text[start:end])
        offset = end
    return found


@pytest.mark.parametrize(
    "expected",
    [
        ["As Berg et al. (2010) found, trust matters.", "The hub met weekly."],
        ["Berg et al. Found no difference.", "We did."],
        ["It was said by Berg et al.", "However, others differ."],
        ["Tools, e.g. a checklist, i.e. a list, helped.", "It was used."],
        ["See p. 12 for more.", "Cf. pp. 3 and 4.", "Dr. Moen agreed.", "We left."],
        ["It was led by J. K. Solberg in Bergen.", "She left."],
        ["Solberg, J. The effects of trust.", "Journal of Case Work, vol. 3, no. 2, pp. 1-3."],
        ["The mean was 3.5 points.", "It rose by 0.4."],
        ["Trust grew over time (Berg, 2010).", "Then it fell (see Moen, 2012, p. 4)."],
        ["He said \u201cstop.\u201d", "Then he left (really.)", "\u201cWhy?\u201d she asked."],
        ["It was a crime.4", "The police came.[12, 13]", "They left.\u00b3", "So did we."],
        ["Fig. 2 shows it.", "No. 5 did not.", "Did she?", "No.", "They waited."],
        ["In the U.S. Congress it passed.", "They met at 5 p.m.", "The end."],
        ["Das gilt z. B. f\u00fcr Berlin.", "Am 3. Oktober war, d. h. sp\u00e4ter, Schluss."],
        ["Vgl. Abs. 2 und S. 12.", "Im 19. Jahrhundert war das anders."],
        ["Dette gjelder bl.a. Oslo kommune.", "Den 17. mai var fri.", "Vi dro f.eks. Til fots."],
        ["And then \u2026 she went on.", "Then [...] it ended.", "(See Table 1.)", "Next."],
        ["\u0647\u0630\u0627 \u0646\u0635.", "\u0648\u0647\u0630\u0627 \u0622\u062e\u0631\u061f"],
        ["Is it?", "Yes!", "It is."],
    ],
)
def test_sentences_end_where_a_reader_sees_the_end(expected: list[str]) -> None:
    assert sentences(" ".join(expected)) == expected
    assert [s.replace("\n", " ") for s in sentences("\n".join(expected))] == expected


def test_line_breaks_inside_a_sentence_do_not_end_it() -> None:
    text = "The hub met every week,\ne.g.\non Mondays. Nobody\ncame."
    assert sentences(text) == ["The hub met every week,\ne.g.\non Mondays.", "Nobody\ncame."]


def test_a_list_number_stays_with_its_line() -> None:
    text = "1. Introduction is short.\n2. Methods are long.\nIt rose to\n12. The rest fell."
    assert sentences(text) == [
        "1. Introduction is short.",
        "2. Methods are long.",
        "It rose to\n12.",
        "The rest fell.",
    ]


def test_a_page_break_ends_a_sentence_only_after_a_full_stop() -> None:
    text = "trust grew over\fthe next year. It fell.\flater it rose. As Berg et al.\f(2010) say."
    assert sentences(text) == [
        "trust grew over\fthe next year.",
        "It fell.",
        "later it rose.",
        "As Berg et al.\f(2010) say.",
    ]


def test_blocks_are_hard_borders() -> None:
    text = "Results\nTrust grew over\nthe year. It fell."
    assert sentences(text) == ["Results\nTrust grew over\nthe year.", "It fell."]
    assert sentences(text, [0, 8]) == ["Results", "Trust grew over\nthe year.", "It fell."]
    assert paragraph_at(text, 3, [0, 8]) == (0, 7)
    assert paragraph_at(text, 20, [0, 8]) == (8, len(text))


def test_paragraphs_without_blocks_end_at_empty_lines_and_full_pages() -> None:
    text = "One line\nand another.\n \nNext part goes on\fover the page.\fLast."
    parts = ["One line\nand another.", "Next part goes on\fover the page.", "Last."]
    for part in parts:
        start = text.index(part)
        for offset in (start, start + len(part) // 2, start + len(part) - 1):
            assert paragraph_at(text, offset) == (start, start + len(part))


def test_a_sentence_is_found_far_from_any_full_stop() -> None:
    long = "Word " + "word " * 5000
    text = f"Short one. {long.strip()}. Short two."
    start, end = sentence_at(text, 15_000)
    assert text[start:end] == long.strip() + "."
    assert sentence_at(text, len(text))[0] == text.index("Short two")


@pytest.mark.parametrize(
    ("text", "offset", "word"),
    [
        ("the multi-agency hub", 8, "multi-agency"),
        ("the part-\nnership met", 5, "part-\nnership"),
        ("the part\u00ad\nnership met", 11, "part\u00ad\nnership"),
        ("the client's view", 6, "client's"),
        ("the client\u2019s view", 12, "client\u2019s"),
        ("rose by 3.5 points", 9, "3.5"),
        ("the hub, then", 7, ","),
        ("the hub then", 7, "hub"),
        ("the hub", 7, "hub"),
        ("a  b", 2, ""),
        ("", 0, ""),
        ("na\u00efve caf\u00e9", 1, "na\u00efve"),
    ],
)
def test_word_at(text: str, offset: int, word: str) -> None:
    start, end = word_at(text, offset)
    assert text[start:end] == word


_TEXT = st.text(alphabet="abT .!?()\u201d,\n\f-12\u00ad", max_size=80)


@given(_TEXT, st.integers(0, 80))
def test_every_unit_holds_its_offset(text: str, offset: int) -> None:
    offset = min(offset, len(text))
    inside = offset < len(text) and not text[offset].isspace()
    for find in (word_at, sentence_at, paragraph_at):
        start, end = find(text, offset)
        assert 0 <= start <= end <= len(text)
        if inside:
            assert start <= offset < end
        assert text[start:end] == text[start:end].strip()


@given(_TEXT)
def test_every_offset_of_a_sentence_finds_the_same_sentence(text: str) -> None:
    for offset in range(len(text)):
        if not text[offset].isspace():
            start, end = sentence_at(text, offset)
            assert {sentence_at(text, other) for other in range(start, end)} == {(start, end)}


BLOCKS = (
    "A head of the page 12\n",
    "Client assessment in case management\n",
    "Okafor, Lindqvist and Dubois\n",
    "Where the working alliance was well specified, the staff of the programme found that\n"
    "the workload had an effect on the screening, as the meetings of the panel in the United\n",
    "A head of the page 13\n",
    "Kingdom had shown before. This was said by many, and by most of those who came to\n"
    "the second meeting of the panel and knew of it.\n",
    "Next to it the panel met.",
)


def test_headings_and_finished_paragraphs_end_a_sentence_and_page_breaks_do_not() -> None:
    text = "".join(BLOCKS)
    starts = [text.index(block) for block in BLOCKS]
    heads = [(starts[n], starts[n] + len(BLOCKS[n])) for n in (0, 4)]
    borders = sentence_borders(text, starts, heads)
    assert sentence_borders("", ()) == ()
    assert borders == (starts[1], starts[2], starts[3], starts[6])
    for words, whole in (
        ("assessment", BLOCKS[1].strip()),
        ("Lindqvist", BLOCKS[2].strip()),
        ("had shown", "Where the working alliance"),
    ):
        first, last = sentence_at(text, text.index(words), borders)
        assert text[first:last].startswith(whole)
    first, last = sentence_at(text, text.index("workload"), borders)
    assert text[first:last].endswith("Kingdom had shown before.")
