"""Ranks codes for what someone types into the palette; no Qt."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from unicodedata import combining, normalize


@dataclass(frozen=True, slots=True)
class Entry:
    """What can be found of one code. ``words`` are further texts such as its definition."""

    code_id: str
    name: str
    category: str
    hot_key: str = ""
    words: tuple[str, ...] = ()
    key: str = ""
    folded: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Fold the texts once, not at each key press."""
        texts = (self.name, self.category, self.key, *self.words)
        object.__setattr__(self, "folded", tuple(fold(text) for text in texts))


@dataclass(frozen=True, slots=True)
class Match:
    """One found code; ``spans`` are the matching parts of the name, ``also`` quotes other words."""

    entry: Entry
    score: float
    spans: tuple[tuple[int, int], ...] = ()
    also: str = ""


def fold(text: str) -> str:
    """Return ``text`` in lower case without accents, character by character of the same length."""
    if text.isascii():
        return text.lower()
    return "".join(_fold_character(character) for character in text)


def rank(entries: Sequence[Entry], query: str, recent: Sequence[str] = ()) -> list[Match]:
    """Return the entries that fit ``query``, best first; for "" all of them, recent ones first."""
    words = fold(query).split()
    if not words:
        return _recent_first(entries, recent)
    found = [match for entry in entries if (match := _match(entry, words)) is not None]
    boost = {code_id: 0.5 - index * 0.01 for index, code_id in enumerate(recent[:20])}
    order = {entry.code_id: index for index, entry in enumerate(entries)}
    found.sort(key=lambda m: (-m.score - boost.get(m.entry.code_id, 0), order[m.entry.code_id]))
    return found


def _recent_first(entries: Sequence[Entry], recent: Sequence[str]) -> list[Match]:
    place = {code_id: index for index, code_id in enumerate(recent)}
    ordered = sorted(entries, key=lambda entry: place.get(entry.code_id, len(place)))
    return [Match(entry, 0.0) for entry in ordered]


def _fold_character(character: str) -> str:
    base = "".join(part for part in normalize("NFKD", character) if not combining(part))
    return base.lower() if len(base.lower()) == 1 else character


def _match(entry: Entry, words: Sequence[str]) -> Match | None:
    name, category, key, *further = entry.folded
    if len(words) == 1 and len(words[0]) == 1 and words[0] == entry.hot_key.lower():
        return Match(entry, 100.0)
    score, spans, also = 0.0, [], ""
    for word in words:
        best = _in_name(name, word)
        if best is not None:
            points, span = best
            spans.append(span)
        else:
            points, found_in = _elsewhere(entry, category, key, further, word)
            also = also or found_in
            if not points:
                points = _nearly(name, word)
            if not points:
                return None
        score += points
    return Match(entry, score / len(words), tuple(_joined(spans)), also)


def _in_name(name: str, word: str) -> tuple[float, tuple[int, int]] | None:
    at = name.find(word)
    if at < 0:
        initials = _initials(name)
        if len(word) > 1 and initials.startswith(word):
            return 40.0, (0, 0)
        return None
    starts_word = at == 0 or not name[at - 1].isalnum()
    while not starts_word:
        further = name.find(word, at + 1)
        if further < 0:
            break
        at, starts_word = further, not name[further - 1].isalnum()
    at = at if starts_word else name.find(word)
    points = 90.0 if at == 0 else 80.0 if starts_word else 60.0
    return points - min(len(name), 60) / 60, (at, at + len(word))


def _elsewhere(
    entry: Entry, category: str, key: str, further: Sequence[str], word: str
) -> tuple[float, str]:
    if _starts_a_word(category, word):
        return 50.0, ""
    if word in key:
        return 45.0, ""
    for text, original in zip(further, entry.words, strict=True):
        at = _word_start(text, word)
        if at >= 0:
            return 30.0, _around(original, at, len(word))
    return 0.0, ""


def _nearly(name: str, word: str) -> float:
    if len(word) < 4:
        return 0.0
    from rapidfuzz.distance import OSA

    allowed = 1 if len(word) < 7 else 2
    nearest = min(
        (OSA.distance(word, part[: len(word) + dx]) for part in name.split() for dx in (-1, 0, 1)),
        default=9,
    )
    return 20.0 - 4 * nearest if nearest <= allowed else 0.0


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.replace("-", " ").split())


def _word_start(text: str, word: str) -> int:
    at = text.find(word)
    while at > 0 and text[at - 1].isalnum():
        at = text.find(word, at + 1)
    return at


def _starts_a_word(text: str, word: str) -> bool:
    return _word_start(text, word) >= 0


def _around(text: str, at: int, length: int) -> str:
    """Return the words round a hit, at most about 30 characters."""
    start = text.rfind(" ", 0, max(at - 12, 0)) + 1 if at > 12 else 0
    end = text.find(" ", at + length + 8)
    return text[start : end if end >= 0 else len(text)].strip(" .,;:")[:40]


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    ordered = sorted(span for span in spans if span[1] > span[0])
    for (_start, end), (start, _end) in pairwise(ordered):
        if start < end:
            return ordered[:1]
    return ordered
