"""How two invented analysts read the same passages: mostly alike, now and then not."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from app.exchange.sample_review.findings import Mark
from app.exchange.sample_review.records import Analyst, PlannedCoding
from app.exchange.sample_review.sources import factors

_SENTENCE = re.compile(r"(?<=[.?!\u201d]) (?=[A-Z\u201c\u00c0-\u00de\u05d0-\u05ea])")
SHORTEST_QUOTE = 25


@dataclass(frozen=True, slots=True)
class Reading:
    """Chances with which an analyst departs from what the author of the passage meant."""

    missing: float
    other_code: float
    other_valence: float
    shorter: float
    longer: float
    extra: float
    other_stage: float


READINGS: dict[Analyst, Reading] = {
    "A": Reading(0.02, 0.005, 0.005, 0.01, 0.01, 0.02, 0.02),
    "B": Reading(0.08, 0.055, 0.05, 0.06, 0.06, 0.05, 0.08),
}
TURNED = {"facilitator": "mixed", "barrier": "mixed", "mixed": "barrier", "moderates": "mixed"}


@dataclass(frozen=True, slots=True)
class MarkedParagraph:
    """A paragraph as printed, with the factors its author put into it."""

    report: int
    text: str
    marks: tuple[Mark, ...]


def read(
    paragraphs: Sequence[MarkedParagraph], analyst: Analyst, rng: Random
) -> list[PlannedCoding]:
    """Return what an analyst codes in the paragraphs, in the order of reading."""
    habits = READINGS[analyst]
    found: list[PlannedCoding] = []
    for paragraph in paragraphs:
        for mark in paragraph.marks:
            if rng.random() < habits.missing:
                continue
            found.append(_coding(paragraph, _own_view(paragraph.text, mark, habits, rng), analyst))
            if rng.random() < habits.extra:
                neighbour = replace(mark, code=_neighbour(mark.code, rng))
                found.append(_coding(paragraph, neighbour, analyst))
    return list(dict.fromkeys(found))


def _coding(paragraph: MarkedParagraph, mark: Mark, analyst: Analyst) -> PlannedCoding:
    return PlannedCoding(
        paragraph.report, analyst, paragraph.text[mark.start : mark.end],
        mark.code, mark.valence, mark.stages, mark.condition,
    )  # fmt: skip


def _own_view(text: str, mark: Mark, habits: Reading, rng: Random) -> Mark:
    """Return the mark as this analyst sees it; at most one of code, valence and edges differs."""
    draw = rng.random()
    other_valence = habits.other_code + habits.other_valence
    shorter = other_valence + habits.shorter
    if draw < habits.other_code:
        mark = replace(mark, code=_neighbour(mark.code, rng))
    elif draw < other_valence:
        mark = replace(mark, valence=TURNED[mark.valence], condition="")
    elif draw < shorter:
        mark = _shorter(text, mark, rng)
    elif draw < shorter + habits.longer:
        mark = _longer(text, mark, rng)
    if rng.random() < habits.other_stage:
        mark = replace(mark, stages=(rng.choice(factors()[mark.code].stages),))
    return mark


def _neighbour(code: str, rng: Random) -> str:
    return rng.choice(factors()[code].neighbours)


def _shorter(text: str, mark: Mark, rng: Random) -> Mark:
    """Cut at a sentence end or a comma, so that what is left still makes sense."""
    inside = text[mark.start : mark.end]
    cuts = [match.start() for match in re.finditer(r"[,;:] |(?<=[.?!]) ", inside)]
    cuts = [at for at in cuts if SHORTEST_QUOTE <= at <= len(inside) - 8]
    return replace(mark, end=mark.start + rng.choice(cuts)) if cuts else mark


def _longer(text: str, mark: Mark, rng: Random) -> Mark:
    """Take in the sentence before or after."""
    starts = [0, *(match.end() for match in _SENTENCE.finditer(text))]
    ends = [*(match.start() for match in _SENTENCE.finditer(text)), len(text)]
    before = [start for start in starts if start < mark.start]
    after = [end for end in ends if end > mark.end]
    if after and (not before or rng.random() < 0.6):
        return replace(mark, end=after[0])
    return replace(mark, start=before[-1]) if before else mark
