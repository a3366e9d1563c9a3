"""Text with damaged words as they were meant, and the way back to the words of the file."""

from collections.abc import Mapping

import numpy as np
from rapidfuzz.distance import Indel

from app.documents.cleaning import CleanText
from app.documents.words import WORD

_APART = " · "


def meant_words(words: str, repairs: Mapping[str, str]) -> str:
    """Return words as they were meant, "" where none of them is damaged."""
    if not repairs:
        return ""
    meant = WORD.sub(lambda match: repairs.get(match.group(), match.group()), words)
    return meant if meant != words else ""


def with_repairs(
    clean: CleanText, repairs: Mapping[str, str], *, as_spelt: bool = False
) -> CleanText:
    """Return clean text with damaged words as they were meant; offsets lead to the file's words.

    With ``as_spelt`` the damaged words follow at the end, so that they are found as well.
    """
    if not repairs:
        return clean
    texts: list[str] = []
    sources: list[int] = []
    spelt: list[tuple[int, int]] = []
    done = 0
    for match in WORD.finditer(clean.text):
        meant = repairs.get(match.group())
        if meant is None:
            continue
        start, end = match.span()
        texts += (clean.text[done:start], meant)
        sources += range(done, start)
        sources += [start + place for place in _origins(match.group(), meant)]
        spelt.append((start, end))
        done = end
    if not done:
        return clean
    texts.append(clean.text[done:])
    sources += range(done, len(clean.text))
    for start, end in spelt if as_spelt else ():
        texts += (_APART, clean.text[start:end])
        sources += [start] * len(_APART)
        sources += range(start, end)
    return CleanText("".join(texts), clean.offsets[np.array(sources, dtype=np.intp)])


def _origins(damaged: str, meant: str) -> list[int]:
    """Return, for each letter of the word meant, the letter of the damaged word it comes from."""
    found = [0] * len(meant)
    for block in Indel.opcodes(damaged, meant):
        for step in range(block.dest_end - block.dest_start):
            at = block.src_start + (step if block.tag == "equal" else -1)
            found[block.dest_start + step] = min(max(at, 0), len(damaged) - 1)
    return found
