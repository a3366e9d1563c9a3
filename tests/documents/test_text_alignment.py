"""Passages keep their place from one frozen text of a paper to another."""

import random
from collections import Counter
from pathlib import Path

import pytest

from app.documents.anchors import context, locate_quote, normal_form
from app.documents.text_alignment import OffsetMap

FILES = Path(__file__).parent / "files"
STAMP = "\nDownloaded by A. Reader (sample) from the library of Examplestead, 23 November"


def frozen(name: str) -> str:
    return (FILES / f"layer_mupdf_{name}.txt").read_bytes().decode()


@pytest.fixture(scope="module")
def old() -> str:
    return frozen("1_23")


def copies(old: str) -> dict[str, str]:
    """The texts in which the passages of the old one have to be found."""
    pages = old.split("\f")
    return {
        "another version": frozen("1_28"),
        "a second copy": old,
        "a watermark": "\f".join(page + STAMP for page in pages),
        "a cover page": "Provided by the repository. Terms of use apply to this copy.\f" + old,
        "ligatures": old.replace("fi", "\ufb01").replace("fl", "\ufb02"),
        "lines joined": "\f".join(" ".join(page.split("\n")) for page in pages),
    }


def passages(text: str, count: int) -> list[tuple[int, int]]:
    """Random passages of 8 to 900 characters, from word to word."""
    chance = random.Random(11)
    found = []
    while len(found) < count:
        start = chance.randrange(len(text))
        end = min(len(text), start + chance.choice([20, 40, 80, 150, 300, 600, 900]))
        while start < end and (text[start].isalnum() and text[start - 1 : start].isalnum()):
            start += 1
        while start < end and not text[start].isalnum():
            start += 1
        while end > start and not (text[end - 1].isalnum() and not text[end : end + 1].isalnum()):
            end -= 1
        if end - start >= 8:
            found.append((start, end))
    return found


@pytest.mark.parametrize(
    "kind",
    ["another version", "a second copy", "a watermark", "a cover page", "ligatures",
     "lines joined"],
)  # fmt: skip
def test_at_least_99_of_100_passages_are_placed_and_none_wrongly(old: str, kind: str) -> None:
    new = copies(old)[kind]
    expected = OffsetMap(old, new)
    states: Counter[str] = Counter()
    for start, end in passages(old, 300):
        before, after = context(old, start, end)
        place = locate_quote(
            new, old[start:end], prefix=before, suffix=after, expected=expected.at(start)
        )
        assert place is not None
        states[place.state] += 1
        if place.state != "review":
            words = normal_form(new[place.start : place.end]).text
            stamp = normal_form(STAMP).text
            assert words.replace(stamp, "") == normal_form(old[start:end]).text
            there = expected.at(start)
            assert there is not None
            assert abs(there - place.start) < len(STAMP) + 40
    assert states["review"] <= 3


def test_passages_of_another_paper_are_never_placed(old: str) -> None:
    other = " ".join(reversed(frozen("1_28").split()))
    for start, end in passages(old, 60):
        if end - start < 40:
            continue
        before, after = context(old, start, end)
        place = locate_quote(other, old[start:end], prefix=before, suffix=after)
        assert place is None or place.state == "review"


def test_offsets_run_along_a_cover_page_and_past_what_was_moved() -> None:
    parts = [
        f"Paragraph {n} tells of the {n * 7919} cases of the {n}th site. " * 6 for n in range(9)
    ]
    text = "".join(parts)
    assert OffsetMap(text, text).at(123) == 123
    assert OffsetMap(text, "Cover. " + text).at(700) == 707
    moved = "".join([*parts[1:4], parts[0], *parts[4:]])
    middle = text.index("Paragraph 6")
    assert OffsetMap(text, moved).at(middle) == moved.index("Paragraph 6")
    assert OffsetMap(text, "Nothing of the kind.").at(50) is None
    assert OffsetMap("", "").at(0) == 0
