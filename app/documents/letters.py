"""Letters that a PDF stores wrongly: how they can be told, and what they stand for.

Three kinds occur in real studies. Figures as private characters, in one run of ten. A whole text
shifted by one number, so that every letter is another one. Ligatures stored as their first letter
or not at all ("confdential", "conidence"): these are not changed in the text, but found by the
word that was meant.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from app.documents.language import COMMONEST, stop_word_share
from app.documents.words import WORD, count_words

_PRIVATE = re.compile("[\ue000-\uf8ff]")
_RUN = 10
_FEWEST_FIGURES = 20
_FEWEST_WORDS = 100
_SHIFTS = 1200
_CLEAR_SHARE = 0.08
_READS_WELL = 0.07
_DIFFERENT_WORDS = 5
_CLEAR_LETTERS = 0.85
_CLEAR_LIKENESS = 0.9
_SCRIPTS = {
    "ru": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё",
    "el": "αοιετσνηυρπκμλωςάόγήδέχθφβύξζώψ",
    "en": "etaoinsrhldcumfpgwybvkxjqz",
}
"""The letters of scripts, commonest first."""
_PLAIN = frozenset(" \n\f\t0123456789.,;:!?()[]-–—'\"/%")


@dataclass(frozen=True, slots=True)
class LetterMap:
    """What stored characters stand for, one for one; ``kind`` is "digits" or "shift"."""

    kind: str
    table: Mapping[int, int]
    characters: int
    """How many characters of the text it changes."""

    def apply(self, text: str) -> str:
        """Return the text with the letters that were meant; its length stays."""
        return text.translate(self.table)

    @property
    def sentence(self) -> str:
        """Return what it does in one sentence."""
        if self.kind == "digits":
            return f"{self.characters:,} figures are stored as private characters."
        return f"{self.characters:,} letters are stored as other letters, all by the same step."


def digit_map(text: str) -> LetterMap | None:
    """Return the figures behind private characters that stand in one run of ten."""
    counts = Counter(_PRIVATE.findall(text))
    if counts.total() < _FEWEST_FIGURES:
        return None
    best: tuple[int, int] | None = None
    for first in {ord(char) - back for char in counts for back in range(_RUN)}:
        run = [counts.get(chr(first + digit), 0) for digit in range(_RUN)]
        # Zero, one and two are the commonest figures of years and counts: they tell the start.
        if all(run) and (best is None or sum(run) > best[0]):
            best = (sum(run), first)
    if best is None or not _reads_as_figures(text, best[1]):
        return None
    total, first = best
    return LetterMap("digits", {first + n: ord("0") + n for n in range(_RUN)}, total)


def _reads_as_figures(text: str, first: int) -> bool:
    """Whether the run gives years: of groups of four that begin with 1 or 2, most are years."""
    run = f"[{chr(first)}-{chr(first + 9)}]"
    groups = re.findall(f"(?<!{run}){run}{{4}}(?!{run})", text)
    years = [chr(ord(g[0]) - first + 48) + chr(ord(g[1]) - first + 48) for g in groups]
    fitting = sum(start in ("15", "16", "17", "18", "19", "20") for start in years)
    return not groups or 2 * fitting >= len(groups)


def shift_map(text: str) -> LetterMap | None:
    """Return the one step by which all letters of a text are off, where one gives real words.

    Upper and lower case and Latin letters among them may be right already: only characters that
    the step takes into the letters of a script are moved.
    """
    if stop_word_share(count_words([text])) > _READS_WELL:
        return None
    counts = Counter(word for word in re.split(r"\s+", text.replace("\f", " ")) if word)
    if counts.total() < _FEWEST_WORDS:
        return None
    votes: Counter[int] = Counter()
    wanted = _by_length()
    for word, number in counts.most_common(400):
        for common in wanted.get(len(word), ()):
            step = _step(word, common)
            if step:
                votes[step] += number
    best: tuple[float, int, LetterMap] | None = None
    for step, _votes in votes.most_common(8):
        table = _shifted(set(text), step)
        made = LetterMap("shift", table, sum(text.count(chr(c)) for c in table))
        share = _readable(made.apply(text))
        if best is None or share > best[0]:
            best = (share, step, made)
    return best[2] if best and best[0] >= _CLEAR_SHARE else None


def _by_length() -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for words in COMMONEST.values():
        for word in words:
            if 1 < len(word) <= 6:
                found.setdefault(len(word), set()).add(word)
    return found


def _step(word: str, common: str) -> int:
    """Return by how much a word must be moved to read as a common one, 0 where no step does."""
    step = ord(common[0]) - ord(word[0])
    if not 0 < abs(step) <= _SHIFTS:
        return 0
    return step if all(ord(b) - ord(a) == step for a, b in zip(word, common, strict=True)) else 0


def _shifted(characters: Collection[str], step: int) -> dict[int, int]:
    table = {}
    for char in characters:
        if char in _PLAIN:
            continue
        target = chr(ord(char) + step) if 0 <= ord(char) + step < 0x110000 else ""
        if target.isalpha() or (target and target in _PLAIN and not char.isalnum()):
            table[ord(char)] = ord(target)
    return table


def _readable(text: str) -> float:
    """Return the share of common words of one language; 0 where hardly any of them occurs."""
    counts = count_words([text])
    several = any(
        sum(word in counts for word in words if len(word) > 1) >= _DIFFERENT_WORDS
        for words in COMMONEST.values()
    )
    return stop_word_share(counts) if several else 0.0


def learn_letters(text: str) -> LetterMap | None:
    """Return the map that repairs a text, ``None`` where none is to be had."""
    return shift_map(text) or digit_map(text)


def learn_glyph_step(glyphs: Counter[str]) -> int | None:
    """Return what to add to the numbers of unmapped glyphs to get letters, ``None`` when unsure.

    Fonts often number their glyphs in the order of the alphabet. The step is the one with which
    the letters are about as frequent as they are in a language.
    """
    total = glyphs.total()
    if total < _FEWEST_WORDS:
        return None
    best: tuple[float, int] = (0.0, 0)
    for letters in _SCRIPTS.values():
        ranks = {letter: 1 / (place + 3) for place, letter in enumerate(letters)}
        steps = {
            ord(letter) - ord(glyph)
            for glyph, _count in glyphs.most_common(6)
            for letter in letters[:6]
        }
        for step in steps:
            best = max(best, (_likeness(glyphs, step, ranks), step))
    return best[1] if best[0] >= _CLEAR_LIKENESS else None


def _likeness(glyphs: Counter[str], step: int, ranks: Mapping[str, float]) -> float:
    """Return how much moved glyphs are like a language in the frequency of letters, 0 to 1."""
    found: Counter[str] = Counter()
    for glyph, count in glyphs.items():
        code = ord(glyph) + step
        if 0 < code < 0x10000:
            found[chr(code).lower()] += count
    inside = {letter: count for letter, count in found.items() if letter in ranks}
    if sum(inside.values()) < _CLEAR_LETTERS * glyphs.total():
        return 0.0
    shared = sum(count * ranks[letter] for letter, count in inside.items())
    size = sum(count**2 for count in inside.values()) ** 0.5
    return float(shared / (size * sum(rank**2 for rank in ranks.values()) ** 0.5))


# -- ligatures ---------------------------------------------------------------------------------

_SHORTEST = 4
_FEWEST_REPAIRS = 5
_SHARE_OF_WORDS = 0.001
_LIGATURES = ("ffi", "ffl", "fi", "fl", "ff", "ft", "ti", "tt", "th")


class LostLigatures:
    """Finds the word that was meant where a ligature lost its letters.

    ``known`` are sound words: of the other documents of the same language, and common ones.
    """

    def __init__(self, known: Iterable[str]) -> None:
        """Index the known words by what is left of them when a ligature loses letters."""
        self._meant: dict[str, set[str]] = {}
        self._known = {word.lower() for word in known if len(word) > 2}
        for word in self._known:
            for damaged in _damaged(word):
                self._meant.setdefault(damaged, set()).add(word)

    def repaired(self, word: str) -> str:
        """Return the word that was meant, or "" where the word is sound or it cannot be told."""
        small = word.lower()
        if small in self._known or not (word.islower() or word.istitle()):
            return ""
        meant = self._meant.get(small, ())
        if word[0] == "T" and "th" + small[1:] in meant:
            meant = {"th" + small[1:]}
        elif len(small) < _SHORTEST:
            return ""
        if len(meant) != 1:
            return ""
        found = next(iter(meant))
        return found[:1].upper() + found[1:] if word[:1].isupper() else found

    def repairs(self, text: str) -> dict[str, str]:
        """Return the damaged words of a text and what they mean."""
        counts = Counter(WORD.findall(text))
        found = {w: fixed for w in counts if len(w) > 1 and (fixed := self.repaired(w))}
        # A few odd words are misprints or names; a lost ligature shows all over a text.
        damaged = sum(counts[word] for word in found)
        enough = len(found) >= _FEWEST_REPAIRS and damaged >= _SHARE_OF_WORDS * counts.total()
        return found if enough else {}


def _damaged(word: str) -> set[str]:
    """Return the spellings of a word whose ligatures lost letters (all of one kind at once)."""
    found = set()
    for ligature in _LIGATURES:
        if ligature not in word:
            continue
        for left in (ligature[0], ""):
            damaged = word.replace(ligature, left)
            if len(damaged) > 1 and damaged != word:
                found.add(damaged)
    return found
