"""Who wrote each of the 46 studies, when, where, and in which kind of publication."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from app.documents.typesetting import LayoutName
from app.exchange.sample_review.casting import (
    COUNTRIES,
    GIVEN,
    JOURNALS,
    PROGRAMMES,
    PUBLISHERS,
    SURNAMES,
    TOWNS,
)

STUDIES = 46
THESIS, GERMAN, NORWEGIAN, HEBREW, SCANNED, TWO_REPORTS = 17, 8, 23, 31, 5, 38
SPECIAL: dict[int, LayoutName] = {
    THESIS: "thesis", GERMAN: "practice_report", NORWEGIAN: "practice_report", HEBREW: "hebrew",
    SCANNED: "article", TWO_REPORTS: "article",
}  # fmt: skip
COMMON: tuple[LayoutName, ...] = (
    "two_column", "article", "two_column", "government", "working_paper", "two_column", "article",
    "practice_report", "two_column", "article",
)  # fmt: skip
LANGUAGES = {GERMAN: "de", NORWEGIAN: "nb", HEBREW: "he"}
FIRST_YEAR, LAST_YEAR = 2003, 2022
_TOPICS = (
    "Panels in {number} towns", "Who holds the case", "Keeping the thread", "A table for all",
    "What the files do not say", "Time to sit and wait", "The two-page agreement",
    "After the gate", "Plans that change", "The mentor's week", "Between care and control",
    "Ratings and reasons", "When the grant ends", "The silent partner", "Speaking of risk",
    "First visits", "Trust before procedure", "One person throughout", "The work of coordinators",
    "Small teams, long roads", "Learning the work", "A name on the door", "From referral to exit",
    "Who supervises the helpers", "Doors and badges", "Under the public eye",
    "The same story four times", "Rules of the room", "Working with families", "Handing over",
    "Nobody's case", "The drawer and the plan", "Partners of long standing",
    "Counting what counts", "A frame for judgement", "On the edge of the map",
    "Voluntary, more or less", "The price of secrecy", "Helpers who report", "Pilots without end",
    "Ordinary help", "The second chair", "What keeps people in the work", "A year of conferences",
    "Common words", "In the corridor", "Step by step down",
)  # fmt: skip
_ANGLES = (
    "case management in a prevention programme",
    "implementing case work against violent extremism",
    "a qualitative study of an exit programme", "an implementation study at three sites",
    "experiences of practitioners and partners", "conditions of joint case work",
    "a process evaluation", "lessons from delivery", "staff accounts of a support programme",
    "how individual support is organised and sustained",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Profile:
    """The outer facts of one report."""

    study: int
    layout: LayoutName
    language: str
    authors: tuple[str, ...]
    year: int
    country: str
    towns: tuple[str, str, str]
    programme: str
    short_title: str
    title: str
    container: str
    volume: int
    issue: int
    first_page: int
    doi: str
    passages: int
    linked: float
    scanned: bool = False


def profiles(seed: int) -> tuple[Profile, ...]:
    """Return the profiles of all reports in the order of their studies."""
    rng = Random(f"profiles {seed}")
    topics = list(_TOPICS)
    rng.shuffle(topics)
    surnames = list(SURNAMES)
    rng.shuffle(surnames)
    common = iter(COMMON * 5)
    amounts = _amounts(rng)
    found = []
    for study in range(STUDIES):
        layout = SPECIAL[study] if study in SPECIAL else next(common)
        one = _profile(study, layout, rng, topics, surnames, amounts[study])
        found.append(one)
        if study == TWO_REPORTS:
            found.append(_second_report(one, rng, topics))
    return tuple(found)


def _amounts(rng: Random) -> list[int]:
    """Return how many passages each study gets: many with a few, a few with many."""
    amounts = [max(6, min(64, round(rng.lognormvariate(2.3, 0.72)))) for _ in range(STUDIES)]
    amounts[THESIS] = 180
    return amounts


def _profile(
    study: int, layout: LayoutName, rng: Random, topics: list[str], surnames: list[str], amount: int
) -> Profile:
    year = rng.randint(FIRST_YEAR if rng.random() < 0.3 else 2012, LAST_YEAR)
    count = 1 if layout == "thesis" else rng.choice((1, 2, 2, 3, 3, 4))
    names = [surnames[study], *rng.sample(SURNAMES, count - 1)]
    authors = tuple(f"{name}, {rng.choice(GIVEN)}" for name in dict.fromkeys(names))
    topic = topics.pop().format(number=rng.choice(("four", "five", "three", "six")))
    towns = rng.sample(TOWNS, 3)
    journal = layout in ("article", "two_column", "hebrew")
    return Profile(
        study=study,
        layout=layout,
        language=LANGUAGES.get(study, "en"),
        authors=authors,
        year=year,
        country=rng.choice(COUNTRIES),
        towns=(towns[0], towns[1], towns[2]),
        programme=rng.choice(PROGRAMMES),
        short_title=topic,
        title=f"{topic}: {rng.choice(_ANGLES)}",
        container=rng.choice(JOURNALS) if journal else rng.choice(PUBLISHERS),
        volume=rng.randint(2, 41) if journal else 0,
        issue=rng.randint(1, 4) if journal else 0,
        first_page=rng.randint(11, 480) if journal else 1,
        doi=f"10.5555/sample.{year}.{study + 1:03d}" if journal else "",
        passages=amount,
        linked=min(0.75, rng.betavariate(2.2, 3.4) + amount / 400),
        scanned=study == SCANNED,
    )


def _second_report(first: Profile, rng: Random, topics: Sequence[str]) -> Profile:
    """Return the final report to the funder on a study that an article has come from."""
    topic = topics[0].format(number="three")
    return Profile(
        study=first.study,
        layout="government",
        language="en",
        authors=first.authors,
        year=min(LAST_YEAR, first.year + 1),
        country=first.country,
        towns=first.towns,
        programme=first.programme,
        short_title=topic,
        title=f"{topic}: final report on {first.programme}",
        container=PUBLISHERS[0],
        volume=0,
        issue=0,
        first_page=1,
        doi="",
        passages=max(8, first.passages // 2),
        linked=rng.uniform(0.1, 0.3),
    )
