"""Chooses what a study reports, and writes it down: passages that show factors."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from random import Random

from app.exchange.sample_review.grammar import Slot, fill
from app.exchange.sample_review.sources import Factor, Link, factors, links

LEANING = {
    "maw": (6, 4, 1, 1), "info": (4, 6, 1, 1), "proc": (5, 5, 1, 1), "tool": (4, 5, 2, 1),
    "res": (2, 8, 1, 1), "gov": (3, 6, 1, 1), "rel": (6, 4, 1, 1), "exp": (7, 3, 1, 1),
    "train": (4, 5, 1, 1), "support": (6, 5, 1, 1), "staff": (3, 6, 1, 1), "ctx": (2, 7, 1, 1),
    "mod": (1, 2, 1, 9),
}  # fmt: skip
ORDER = ("facilitator", "barrier", "mixed", "moderates")
FREQUENT = {
    "maw.arrangement": 2.6, "rel.partner_trust": 2.6, "res.funding": 2.2, "exp.casework": 2.0,
    "support.supervision": 2.2, "info.protocol": 1.9, "proc.tailoring": 1.7, "res.duration": 1.8,
    "rel.client_alliance": 1.9, "ctx.political": 1.7, "tool.consistency": 1.5, "res.time": 1.6,
    "rel.goal_tension": 1.6, "train.initial": 1.5, "ctx.risk_logic": 1.5, "exp.subject": 1.4,
    "mod.voluntariness": 1.4, "proc.stage_link": 1.5, "exp.interdisciplinary": 1.4,
    "ctx.public": 1.3, "support.wellbeing": 1.4, "mod.setting": 1.3, "exp.lived": 0.4,
    "mod.conflict": 0.35, "tool.evidence": 0.5, "gov.fidelity": 0.6, "mod.provider": 0.5,
    "support.peer": 0.6, "staff.management": 0.6, "rel.longevity": 0.7, "res.infrastructure": 0.6,
}  # fmt: skip
DOUBLE_CODED = 0.1
NEAR = 0.6
TAILED = 0.28
STRENGTHS = (1.5, 1.0, 1.2, 0.8, 0.7, 1.1)  # of the planted links, in turn
TRIES = 25
TAILS = {
    "facilitator": (
        "\u201c[It is that simple|That kept us going|I would not do without it],\u201d {who} said.",
        "[Nobody we spoke to|Hardly anyone] [wished it otherwise|wanted to go back].",
        "[Partners|Colleagues] at the other sites [had asked for the same|looked on with envy].",
    ),
    "barrier": (
        "\u201c[We lost people over this|It wore us down],\u201d {who} said.",
        "[Several interviewees|Some] [came back to this unasked|raised it more than once].",
        "[It had been reported|Everyone knew of it], [without result|and nothing followed].",
    ),
    "mixed": ("\u201cBoth are true,\u201d {who} [said|added].",),
    "moderates": ("[The files show the same pattern|This was heard at each site].",),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A factor shown in a text from start to end."""

    start: int
    end: int
    code: str
    valence: str
    stages: tuple[str, ...]
    condition: str = ""

    def moved(self, by: int) -> "Mark":
        """Return the mark in a text that has ``by`` more characters in front."""
        return replace(self, start=self.start + by, end=self.end + by)


@dataclass(frozen=True, slots=True)
class Piece:
    """A few sentences and the factors they show."""

    text: str
    marks: tuple[Mark, ...] = ()

    @property
    def family(self) -> str:
        """Return the part of the first code's key that tells where the piece belongs."""
        return family_of(self.marks[0].code)


def family_of(code: str) -> str:
    """Return the section of background sentences that a code belongs to."""
    family = code.split(".")[0]
    if family == "rel":
        client = ("client", "engagement", "role_conflict", "family")
        return "relc" if code.split(".")[1].startswith(client) else "relp"
    return "support" if family == "staff" else family


class Reporter:
    """Writes the passages of one study; no passage comes twice."""

    def __init__(self, rng: Random, slots: Mapping[str, Slot]) -> None:
        """Decide how much this study says about each factor."""
        self._rng, self._slots = rng, slots
        self._said: set[str] = set()
        self._weights = {
            key: FREQUENT.get(key, 1.0) * rng.lognormvariate(0.0, 0.8) for key in factors()
        }

    def pieces(self, count: int, linked: float) -> list[Piece]:
        """Return about ``count`` passages; each planted link comes with the chance ``linked``."""
        found = [
            self._linked(link)
            for at, link in enumerate(links())
            if self._rng.random() < linked * STRENGTHS[at % len(STRENGTHS)]
        ]
        keys = list(self._weights)
        chosen = self._rng.choices(keys, [self._weights[key] for key in keys], k=count)
        found += [self._single(factors()[key]) for key in chosen]
        self._rng.shuffle(found)
        return found

    def _single(self, factor: Factor) -> Piece:
        rng = self._rng
        valence = self._valence(factor)
        options = [one for one in factor.templates if one.valence == valence]
        for _ in range(TRIES):
            template = rng.choice(options)
            text = fill(template.text, rng, self._slots)
            if text not in self._said:
                break
        self._said.add(text)
        mark = Mark(0, len(text), factor.key, valence, self._stages(factor), template.condition)
        marks = [mark]
        if rng.random() < DOUBLE_CODED:
            marks.append(self._second_view(mark, factor))
        if rng.random() < TAILED:
            tail = fill(rng.choice(TAILS[valence]), rng, self._slots)
            if rng.random() < 0.5:
                marks = [replace(one, end=len(text) + 1 + len(tail)) for one in marks]
            text = f"{text} {tail}"
        return Piece(text, tuple(marks))

    def _second_view(self, mark: Mark, factor: Factor) -> Mark:
        """Return the same passage under another code, mostly one that is close by."""
        others = {key: FREQUENT.get(key, 1.0) for key in factors() if key != factor.key}
        near = self._rng.random() < NEAR
        pool = factor.neighbours if near else tuple(others)
        key = self._rng.choices(pool, [others[one] for one in pool])[0]
        valence = "mixed" if mark.valence == "moderates" else mark.valence
        stages = self._stages(factors()[key])
        return replace(mark, code=key, valence=valence, stages=stages, condition="")

    def _linked(self, link: Link) -> Piece:
        rng = self._rng
        template = rng.choice(link.templates)
        parts = [fill(part, rng, self._slots) for part in template.sentences]
        text = " ".join(parts)
        self._said.add(text)
        second = len(parts[0]) + 1
        spans = ((0, second + len(parts[1])), (second, len(text)))
        marks = []
        for code, valence, (start, end) in zip(link.codes, template.valences, spans, strict=True):
            condition = template.condition if valence == "moderates" else ""
            if rng.random() < 0.25:
                start = second
                end = second + len(parts[1])
            stages = self._stages(factors()[code])
            marks.append(Mark(start, end, code, valence, stages, condition))
        return Piece(text, tuple(marks))

    def _valence(self, factor: Factor) -> str:
        present = {template.valence for template in factor.templates}
        weights = LEANING[factor.key.split(".")[0]]
        pairs = [(name, w) for name, w in zip(ORDER, weights, strict=True) if name in present]
        return self._rng.choices([name for name, _ in pairs], [weight for _, weight in pairs])[0]

    def _stages(self, factor: Factor) -> tuple[str, ...]:
        rng = self._rng
        count = 1 if rng.random() < 0.82 else 2
        first = rng.choices(factor.stages, [1.0 / (n + 1) for n in range(len(factor.stages))])
        chosen = {*first, *rng.sample(factor.stages, min(count, len(factor.stages)) - 1)}
        return tuple(stage for stage in factor.stages if stage in chosen)
