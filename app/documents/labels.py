"""Printed page labels: "iv", "A-3", "867"."""

import codecs
import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from typing import Any

from app.documents.normalising import canonical_line

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_HEX_STRING = re.compile(r"<([0-9A-Fa-f\s]*)>")
_OCTAL = re.compile(r"\\([0-7]{1,3})")


def page_labels(document: Any) -> list[str]:
    """Return one label per page, "" for each page without one.

    Labels that cannot be read count as absent.
    """
    count = document.page_count
    try:
        rules = sorted(document.get_page_labels(), key=lambda rule: int(rule["startpage"]))
    except Exception:  # the rules are free text in the file; any error means no labels
        return [""] * count
    starts = [rule["startpage"] for rule in rules]
    labels = []
    for index in range(count):
        position = bisect_right(starts, index) - 1
        labels.append(_label(rules[position], index) if position >= 0 else "")
    return labels


def decode_prefix(stored: str) -> str:
    """Return a label prefix as text; the engine hands UTF-16 over as ``<FEFF0069>``."""
    match = _HEX_STRING.fullmatch(stored.strip())
    if match:
        digits = "".join(match[1].split())
        data = bytes.fromhex(digits + "0" * (len(digits) % 2))
    else:
        unescaped = _OCTAL.sub(lambda octal: chr(int(octal[1], 8) & 255), stored)
        if not unescaped.startswith("\xfe\xff"):
            return unescaped
        data = unescaped.encode("latin-1", "ignore")
    if data.startswith(codecs.BOM_UTF16_BE):
        return data[2:].decode("utf-16-be", "ignore")
    return data.decode("latin-1")


def _label(rule: dict[str, Any], index: int) -> str:
    number = index - int(rule["startpage"]) + int(rule["firstpagenum"])
    prefix = decode_prefix(rule.get("prefix", ""))
    return canonical_line(prefix + _numeral(rule.get("style", ""), number))


def _numeral(style: str, number: int) -> str:
    if style == "D":
        return str(number)
    if number < 1:
        return ""
    if style in ("r", "R"):
        numeral = _roman(number)
    elif style in ("a", "A"):
        repeats, letter = divmod(number - 1, 26)
        numeral = chr(ord("a") + letter) * (repeats + 1)
    else:
        return ""
    return numeral.upper() if style.isupper() else numeral


def _roman(number: int) -> str:
    numeral = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        numeral += letters * times
    return numeral


def page_of_label(labels: Sequence[str], words: str) -> int | None:
    """Return the 1-based page that someone asks for: a printed label, or "#12" for a place.

    A page without a label has its number for one. Of several pages with a label the first counts.
    """
    asked = words.strip().casefold()
    if asked.startswith("#"):
        place = asked[1:].strip()
        return int(place) if place.isdecimal() and 1 <= int(place) <= len(labels) else None
    known = [(label or str(page)).casefold() for page, label in enumerate(labels, 1)]
    return known.index(asked) + 1 if asked in known else None


def corrected_labels(
    labels: Sequence[str], *, numbered: bool, offset: int, covers: Collection[int]
) -> tuple[str, ...]:
    """Return the labels of all pages as a person has corrected them.

    With ``numbered`` a page is printed as its 1-based number plus ``offset``, whatever the file
    says, and one before the first number has "#" and its place in the file. ``covers`` are
    1-based pages that someone put before the publication; they have no number.
    """
    return tuple(
        corrected_label(label, page, numbered=numbered, offset=offset, covers=covers)
        for page, label in enumerate(labels, 1)
    )


def corrected_label(
    label: str, page: int, *, numbered: bool, offset: int, covers: Collection[int]
) -> str:
    """Return the label of one page; see ``corrected_labels``."""
    if page in covers:
        return "cover" if len(covers) == 1 else f"cover {sorted(covers).index(page) + 1}"
    if not numbered:
        return label
    return str(page + offset) if page + offset > 0 else f"#{page}"
