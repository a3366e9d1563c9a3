"""Brings titles, names and DOIs into one form in which they can be compared."""

import re
import unicodedata

# Letters that no Unicode decomposition takes apart.
_PLAIN = str.maketrans(
    {"ø": "o", "œ": "oe", "æ": "ae", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h"}
)
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]+", re.IGNORECASE)


def fold(text: str) -> str:
    """Return lower-case words without diacritics and punctuation, one space between them."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("&", " and "))
    letters = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    plain = letters.casefold().translate(_PLAIN)
    return " ".join(re.findall(r"[^\W_]+", re.sub(r"['’ʼ]", "", plain)))


def words(text: str) -> tuple[str, ...]:
    """Return the folded words of a text."""
    return tuple(fold(text).split())


def fold_doi(text: str) -> str:
    """Return the DOI in a text or link in lower case, without what stands around it; or ""."""
    found = _DOI.search(text.replace("%2F", "/").replace("%2f", "/"))
    if not found:
        return ""
    doi = found.group().lower().rstrip(".,;:]}")
    while doi.endswith(")") and doi.count(")") > doi.count("("):
        doi = doi[:-1].rstrip(".,;:")
    return doi
