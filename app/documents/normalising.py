"""The canonical form of one line of print, and where each of its characters came from."""

import re
from unicodedata import combining, is_normalized, normalize

_UNWANTED = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_WHITE = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029")


def canonical_line(raw: str) -> str:
    """Return a line as stored: NFC, no control characters, no white space at either end."""
    if _UNWANTED.search(raw):
        raw = "".join(_substitute(character) for character in raw)
    if not raw.isascii():
        raw = normalize("NFC", raw)
    return raw.strip()


def canonical_sources(raw: str) -> list[tuple[int, int]]:
    """Return the range of raw characters behind each character of ``canonical_line(raw)``."""
    kept = [(i, _substitute(c)) for i, c in enumerate(raw) if _substitute(c)]
    clean = "".join(character for _, character in kept)
    spans = [(i, i + 1) for i, _ in kept]
    if not is_normalized("NFC", clean):
        spans = _composed_spans(clean, spans)
        clean = normalize("NFC", clean)
    start = len(clean) - len(clean.lstrip())
    return spans[start : start + len(clean.strip())]


def _substitute(character: str) -> str:
    if not _UNWANTED.match(character):
        return character
    return " " if character in _WHITE else ""


def _composed_spans(clean: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    composed: list[tuple[int, int]] = []
    for start, end in _clusters(clean):
        count = len(normalize("NFC", clean[start:end]))
        taken = end - start - count  # marks that the first letter takes in
        if taken < 0:
            composed += [(spans[start][0], spans[end - 1][1])] * count
            continue
        composed.append((spans[start][0], spans[start + taken][1]))
        composed += spans[start + taken + 1 : end]
    return composed


def _clusters(text: str) -> list[tuple[int, int]]:
    """Cut the text where no composition reaches across."""
    cuts = [0]
    for i in range(1, len(text)):
        if combining(text[i]) == 0 and not _joins_previous(text[cuts[-1] : i], text[i]):
            cuts.append(i)
    return list(zip(cuts, [*cuts[1:], len(text)], strict=True))


def _joins_previous(cluster: str, character: str) -> bool:
    apart = normalize("NFC", cluster) + normalize("NFC", character)
    return normalize("NFC", cluster + character) != apart
