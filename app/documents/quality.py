"""Judges whether the text of a PDF can be used at all.

Wrong character maps yield text without any bad character, so the share of a language's commonest
words decides as well: readable prose has at least 0.078, wrongly mapped text 0.000.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from app.documents.language import stop_word_share
from app.documents.words import SPACELESS

_ENOUGH_WORDS = 200
_STOP_WORD_SHARE = 0.03
_MOSTLY_UNMAPPED = 0.3
_PARTLY_UNMAPPED = 0.05
_PARTLY_PRIVATE = 0.01
_UNMAPPED = "\ufffd"
_PRIVATE_USE = re.compile("[\ue000-\uf8ff]")
_VOWELS = re.compile("[aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýœ]")
_LATIN = re.compile("[a-zß-öø-ÿœ]")
_NATURAL_VOWELS = (0.3, 0.55)

# "ng«n", "giÌi": signs and capitals that stand inside words of a wrongly decoded 8-bit text.
_FOREIGN_SIGN = re.compile(r"[a-zß-ÿ][ª«¬®¯°±²³´µ¶·¸¹º»¼½¾¿¡¢£¤¥¦§¨©À-ÖØ-Þ][a-zß-ÿ]")
_FOREIGN_SHARE = 0.1  # of all words; in sound text hardly any

NO_TEXT = (
    "This PDF has no text, so it cannot be searched or quoted; "
    "code areas of its pages, or add a copy with recognised text (OCR)."
)
WRONG_LETTERS = (
    "The letters of this PDF are stored wrongly, so its text cannot be searched or quoted; "
    "another copy, or one with recognised text (OCR), helps."
)
SOME_LETTERS = (
    "Some letters of this PDF are stored wrongly, so parts of it cannot be searched or quoted."
)
SOME_FIGURES = (
    "Some figures or letters of this PDF are stored as private characters, so a search does not "
    "find them and quotes show them wrongly."
)


@dataclass(frozen=True, slots=True)
class PageSample:
    """The body text of one page (without furniture) and whether it holds images."""

    text: str
    has_images: bool


def judge_text(pages: Sequence[PageSample], counts: Counter[str]) -> tuple[str, str]:
    """Return the text state and, when it is not "good", one plain sentence about it."""
    text = "".join(page.text for page in pages)
    visible = len(text) - text.count(" ") - text.count("\n")
    if not visible:
        return "none", NO_TEXT
    unmapped = text.count(_UNMAPPED) / visible
    private = len(_PRIVATE_USE.findall(text)) / visible
    if unmapped + private > _MOSTLY_UNMAPPED or _reads_wrongly(text, counts):
        return "unreadable", WRONG_LETTERS
    empty = [n for n, page in enumerate(pages, 1) if page.has_images and not page.text.strip()]
    if empty:
        return "partly", _images_only(empty)
    if unmapped > _PARTLY_UNMAPPED:
        return "partly", SOME_LETTERS
    if private > _PARTLY_PRIVATE:
        return "partly", SOME_FIGURES
    return "good", ""


def _reads_wrongly(text: str, counts: Counter[str]) -> bool:
    """Whether there are enough words to judge and they are words of no language."""
    words = counts.total()
    if words < _ENOUGH_WORDS:
        return False
    if len(_FOREIGN_SIGN.findall(text)) > _FOREIGN_SHARE * words:
        return True
    if stop_word_share(counts) >= _STOP_WORD_SHARE or len(SPACELESS.findall(text)) > words:
        return False
    return not _natural_latin(counts)


def _natural_latin(counts: Counter[str]) -> bool:
    """Whether the words could be a language without a word list, by their share of vowels."""
    letters = vowels = 0
    for word, count in counts.items():
        letters += count * len(_LATIN.findall(word))
        vowels += count * len(_VOWELS.findall(word))
    low, high = _NATURAL_VOWELS
    return letters > 0 and low <= vowels / letters <= high


def _images_only(pages: Sequence[int]) -> str:
    if len(pages) == 1:
        return f"Page {pages[0]} has no text, only images; code areas of it."
    shown = ", ".join(str(page) for page in pages[:5])
    more = f" and {len(pages) - 5} more" if len(pages) > 5 else ""
    return f"Pages {shown}{more} have no text, only images; code areas of them."
