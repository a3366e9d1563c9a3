"""Counts the words of a document once, for language, quality and broken words."""

import re
from collections import Counter
from collections.abc import Iterable

WORD = re.compile(r"[^\W\d_]+(?:[-\u2010'’][^\W\d_]+)*")
"""A word with its inner hyphens and apostrophes."""

SPACELESS = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
"""A letter of a script that is written without spaces between words."""


def count_words(texts: Iterable[str]) -> Counter[str]:
    """Return how often each word occurs, in lower case with a plain hyphen inside."""
    counts: Counter[str] = Counter()
    for text in texts:
        plain = text.lower().replace("\u00ad", "").replace("\u2010", "-")
        counts.update(WORD.findall(plain))
    return counts
