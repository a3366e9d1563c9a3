"""Guesses a document's title and finds its DOI."""

import re
from collections.abc import Sequence
from typing import Protocol

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>{}|\\^`]+", re.IGNORECASE)
_FILE_NAME = re.compile(
    r"\.(docx?|pdf|indd|tex|dvi|rtf|odt|pages|qxd|fm|ps|html?)\b", re.IGNORECASE
)
_NO_TITLE = re.compile(
    r"^(untitled|microsoft (word|powerpoint)|document\d*|title|layout \d|slide \d|pii:|doi:|"
    r"powerpoint|print(ing)?\b|\W*$|none$|unknown)",
    re.IGNORECASE,
)
_SAME_SIZE = 0.5  # points
_SHORTEST, _LONGEST = 8, 300
_TITLE_LINES = 6  # a title has fewer lines; where more have one size, it is the body's


class SizedLine(Protocol):
    """A line with the size of its type."""

    text: str
    size: float
    level: bool


def guess_title(stored: str, first_page: Sequence[SizedLine]) -> str:
    """Return the stored title if it is sensible, else the largest type of the page, else ""."""
    stored = " ".join(stored.split())
    return stored if is_sensible(stored) else _largest_type(first_page)


def is_sensible(title: str) -> bool:
    """Whether a stored title reads like one, not like a file name or a program's default."""
    if not _SHORTEST <= len(title) <= _LONGEST or " " not in title:
        return False
    if _NO_TITLE.search(title) or _FILE_NAME.search(title):
        return False
    return _is_readable(title)


def find_doi(texts: Sequence[str]) -> str:
    """Return the first DOI in the texts, in lower case, "" when there is none."""
    for text in texts:
        match = _DOI.search(text)
        if match:
            return _balanced(match[0].rstrip(".,;:'’”")).lower()
    return ""


def _largest_type(lines: Sequence[SizedLine]) -> str:
    candidates = [line for line in lines if line.level and _has_words(line.text)]
    largest = max((line.size for line in candidates), default=0.0)
    if all(line.size >= largest - _SAME_SIZE for line in candidates[:_TITLE_LINES]):
        return ""
    title = ""
    for line in candidates:
        if line.size >= largest - _SAME_SIZE:
            title = " ".join((title, line.text))
        elif title:
            break
    title = " ".join(title.replace("\u00ad ", "").split())
    return title if _SHORTEST <= len(title) <= _LONGEST and _is_readable(title) else ""


def _is_readable(title: str) -> bool:
    letters = sum(character.isalpha() for character in title)
    return letters > 0.6 * len(title) and "\ufffd" not in title


def _has_words(text: str) -> bool:
    return sum(character.isalpha() for character in text) >= 3


def _balanced(doi: str) -> str:
    while doi and doi[-1] in ")]" and doi.count(doi[-1]) > doi.count({")": "(", "]": "["}[doi[-1]]):
        doi = doi[:-1].rstrip(".,;:")
    return doi
