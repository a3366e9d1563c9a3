"""How studies and reports are named in lists, exports and quotes."""

import re
from collections.abc import Sequence

_NUMBERED = re.compile(r"^\d{1,3}[ _.-]+")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})[a-z]?(?!\d)")


def surname(author: str) -> str:
    """Return the family name of "Family, Given" or "Given Family"; corporate names stay whole."""
    return author.split(",")[0].strip() if "," in author else author.strip()


def author_year(authors: Sequence[str], year: int | None) -> str:
    """Return "Okafor 2021", "Okafor and Lind 2021", "Okafor et al. 2021", or an empty string."""
    names = [surname(author) for author in authors if author.strip()]
    if not names:
        return ""
    who = (
        names[0]
        if len(names) == 1
        else " and ".join(names)
        if len(names) == 2
        else (f"{names[0]} et al.")
    )
    return f"{who} {year}" if year else who


def short_citation(authors: Sequence[str], year: int | None, title: str) -> str:
    """Return author and year, or the title where there is no author."""
    return author_year(authors, year) or title


def label_from_file_name(file_name: str) -> str:
    """Return "Okafor 2021" for "02_Okafor_2021.pdf"; otherwise the name made readable."""
    stem = re.sub(r"\.pdf$", "", file_name, flags=re.IGNORECASE)
    words = re.sub(r"[_\s]+", " ", _NUMBERED.sub("", stem)).strip()
    match = _YEAR.search(words)
    if match:
        before = words[: match.start()].strip(" -(,")
        if before:
            return f"{before} {match[1]}"
    return words or stem


def year_from_file_name(file_name: str) -> int | None:
    """Return the last year that stands in a file name."""
    years = _YEAR.findall(file_name)
    return int(years[-1]) if years else None
