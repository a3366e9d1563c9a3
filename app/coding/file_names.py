"""Reads author, year and title out of the names that people and programs give to PDFs."""

import re
from dataclasses import dataclass

from app.coding.folding import fold, words

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)[a-z]?(?![a-z0-9])")
_SMALL_WORDS = frozenset(("and", "de", "der", "des", "du", "for", "of", "the", "und", "van", "von"))


@dataclass(frozen=True, slots=True)
class FileName:
    """What a file name tells, folded; ``joined`` is all of it without spaces.

    ``openings`` are the beginnings of the author part, word by word, without spaces: the first
    author is one of them, however many words the name has and whoever follows.
    """

    openings: frozenset[str]
    year: int | None
    title: str
    joined: str


def read_file_name(file_name: str) -> FileName:
    """Read "Author et al. - Year - Title.pdf", "12_Author_Year.pdf", "AuthorYear.pdf" and kin."""
    stem = re.sub(r"\.pdf$", "", re.split(r"[/\\]", file_name)[-1], flags=re.IGNORECASE)
    stem = stem.replace("_", " ")
    joined = fold(stem).replace(" ", "")
    found = _year_in(stem)
    if found is None:
        return FileName(_openings(stem), None, fold(stem), joined)
    before, after = stem[: found.start()], stem[found.end() :]
    if not _has_word(before):  # "2018 - Author - Title"
        before, _, after = after.strip(" -").partition(" - ")
    return FileName(_openings(before), int(found.group(1)), fold(after), joined)


def _has_word(text: str) -> bool:
    return re.search(r"[^\W\d_]{2}", text) is not None


def _year_in(stem: str) -> "re.Match[str] | None":
    """Return the year that follows a name, rather than one that a title opens with."""
    found = list(_YEAR.finditer(stem))
    named = [year for year in found if _has_word(stem[: year.start()])]
    return next(iter(named or found), None)


def _openings(text: str) -> frozenset[str]:
    folded = fold(re.sub(r"\bet\s+al\b\.?", " ", text, flags=re.IGNORECASE))
    parts = re.sub(r"^(\d{1,3} )+", "", folded).split()
    return frozenset("".join(parts[:count]) for count in range(1, len(parts) + 1))


def names_in_files(author: str) -> frozenset[str]:
    """Return the ways in which file names write an author, folded and without spaces.

    A person is "Family, Given"; a name without a comma may also be a corporate body, which file
    names shorten to its initials or its first words.
    """
    family, _, given = (part.strip() for part in author.partition(","))
    whole = words(family)
    names = {"".join(whole)}
    if given:
        names.add("".join(words(given) + whole))
    elif len(whole) > 1:
        initials = "".join(word[0] for word in whole if word not in _SMALL_WORDS)
        names |= {initials, "".join(whole[:2]), whole[-1]}
    names |= {fold(short) for short in re.findall(r"\(([^)]+)\)", author)}
    return frozenset(name for name in names if len(name) >= 2)
