import pytest

from app.documents.quality import PageSample, judge_text
from app.documents.words import count_words
from tests.documents.test_language import SENTENCES

PROSE = SENTENCES["en"] * 8


def judge(*texts: str, images: bool = False) -> str:
    state, note = judge_text([PageSample(text, images) for text in texts], count_words(texts))
    assert bool(note) == (state != "good")
    return state


def shifted(text: str, by: int = 7) -> str:
    return "".join(chr(ord(c) + by) if c.isalpha() else c for c in text)


def test_prose_is_good() -> None:
    assert judge(PROSE, PROSE) == "good"


def test_no_text_at_all() -> None:
    assert judge("", "", images=True) == "none"


def test_shifted_letters_are_found_although_every_character_is_valid() -> None:
    assert judge(shifted(PROSE)) == "unreadable"


def test_an_eight_bit_text_in_the_wrong_code_page_is_found() -> None:
    assert judge("tuyªn ng«n toµn thÕ giíi vÒ nh©n quyÒn " * 40) == "unreadable"


def test_a_short_strange_text_is_not_condemned() -> None:
    assert judge(shifted(PROSE[:300])) == "good"


def test_a_short_text_with_unmapped_letters_is() -> None:
    assert judge("ab\ufffd\ufffd\ufffd cd \ufffd\ufffd") == "unreadable"


def test_a_language_without_a_list_is_not_condemned() -> None:
    assert judge("lorem ipsum dolor sitamet consectetur adipiscing elitum seddoo " * 40) == "good"


def test_chinese_is_not_condemned() -> None:
    assert judge("项目经理认为团队的支持是留在岗位上的原因之一。\n" * 300) == "good"


def test_some_unmapped_letters() -> None:
    assert judge(PROSE + " \ufffd" * 150) == "partly"


def test_old_style_figures_in_the_private_use_area() -> None:
    assert judge(PROSE + " \uf643\uf644\uf645\uf646" * 10) == "partly"


@pytest.mark.parametrize(("empty", "words"), [(1, "Page 2 has"), (7, "Pages 2, 3, 4, 5, 6 and 2")])
def test_pages_of_images_are_named(empty: int, words: str) -> None:
    pages = [PageSample(PROSE, False), *[PageSample(" ", True)] * empty]
    state, note = judge_text(pages, count_words([PROSE]))
    assert state == "partly"
    assert note.startswith(words)
