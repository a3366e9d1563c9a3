"""Plans the whole sample review from one seed; nothing is written yet."""

from functools import lru_cache
from random import Random

from app.exchange.sample_review.analysts import MarkedParagraph, read
from app.exchange.sample_review.profiles import profiles
from app.exchange.sample_review.records import ANALYSTS, PlannedCoding, SamplePlan, SampleReport
from app.exchange.sample_review.studies import write_study

SEED = 46


@lru_cache(maxsize=2)
def plan_review(seed: int = SEED) -> SamplePlan:
    """Return 46 studies in 47 reports and what two analysts code in them.

    The same seed gives the same plan, word for word, on every computer.
    """
    reports: list[SampleReport] = []
    codings: list[PlannedCoding] = []
    for number, profile in enumerate(profiles(seed)):
        report, marked = write_study(profile, seed)
        reports.append(report)
        paragraphs = [MarkedParagraph(number, text, marks) for text, marks in marked]
        for analyst in ANALYSTS:
            codings += read(paragraphs, analyst, Random(f"reading {seed} {number} {analyst}"))
    return SamplePlan(seed, tuple(reports), tuple(codings))
