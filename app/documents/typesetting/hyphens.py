"""Where a word may be broken at a line end; a few rules of thumb, no dictionary."""

from functools import lru_cache
from itertools import pairwise

VOWELS = frozenset("aeiouyäöüåøæéè")
ENDINGS = (
    "tional", "tions", "tion", "sions", "sion", "ments", "ment", "ness", "less", "ful",
    "ships", "ship", "lichen", "liche", "lich", "keiten", "keit", "heiten", "heit", "ungen",
    "schaft", "skap", "ling",
)  # fmt: skip
BEGINNINGS = ("inter", "multi", "under", "over", "trans", "counter", "unter", "zwischen")
ONSETS = frozenset(
    (
        "bl", "br", "ch", "ck", "cl", "cr", "dr", "fl", "fr", "gh", "gl", "gr", "gn", "kl",
        "kn", "kr", "ph", "pl", "pr", "qu", "sc", "sch", "sh", "sk", "skj", "sl", "sm", "sn",
        "sp", "spr", "st", "str", "sw", "th", "thr", "tr", "tw", "wh", "wr",
    )
)  # fmt: skip
SHORTEST_HEAD = 3
SHORTEST_TAIL = 3
SHORTEST_WORD = 7


@lru_cache(maxsize=50_000)
def break_points(word: str) -> tuple[int, ...]:
    """Return the offsets at which a word may be parted, in rising order.

    An offset directly after a hyphen that the word has already needs no further hyphen.
    """
    own = tuple(
        at + 1 for at in range(2, len(word) - 3) if word[at] == "-" and word[at + 1].isalpha()
    )
    if own:
        return own
    start, end = _letters(word)
    core = word[start:end]
    if len(core) < SHORTEST_WORD or not core.isalpha() or not core[1:].islower():
        return ()
    low = core.lower()
    found = {
        at
        for at in (_affixes(low) | _syllables(low))
        if SHORTEST_HEAD <= at <= len(low) - SHORTEST_TAIL and _sounds(low, at)
    }
    return tuple(start + at for at in sorted(found))


def _letters(word: str) -> tuple[int, int]:
    start, end = 0, len(word)
    while start < end and not word[start].isalpha():
        start += 1
    while end > start and not word[end - 1].isalpha():
        end -= 1
    return start, end


def _affixes(low: str) -> set[int]:
    found = {len(start) for start in BEGINNINGS if low.startswith(start)}
    for ending in ENDINGS:
        if low.endswith(ending):
            found.add(len(low) - len(ending))
            break
    return found


def _syllables(low: str) -> set[int]:
    """Part doubled or unlike consonants between two vowels: part-ner, pro-gramme."""
    found = set()
    vowels = [at for at, letter in enumerate(low) if letter in VOWELS]
    for left, right in pairwise(vowels):
        between = low[left + 1 : right]
        if len(between) < 2 or between in ONSETS:
            continue
        keep = 2 if len(between) > 2 and between[-2:] in ONSETS else 1
        found.add(right - keep)
    return found


def _sounds(low: str, at: int) -> bool:
    """Tell whether both parts hold a vowel that is spoken."""
    tail = low[at:]
    spoken = tail[:-1] if tail.endswith(("es", "ed")) else tail
    last = spoken[:-1] if spoken.endswith("e") else spoken
    return any(c in VOWELS for c in low[:at]) and any(c in VOWELS for c in last)
