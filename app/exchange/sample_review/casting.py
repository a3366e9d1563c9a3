"""Invented people, towns, programmes and earlier works; any likeness is chance."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from app.exchange.sample_review.grammar import Slot

SURNAMES = (
    "Achterveld", "Adeyinka", "Almqvist", "Anselmi", "Arkwright", "Baptista", "Bergholt",
    "Brandvold", "Calloway", "Castelmar", "Chukwu", "Dalgaard", "Delorme", "Drummore", "Eikeland",
    "Ellerby", "Fairholt", "Ferreirinha", "Fontanel", "Gadsby", "Ghirardi", "Grunewald",
    "Haddadi", "Halvard", "Heronby", "Ibanez Roca", "Ingleton", "Iyerson", "Jansma", "Kallio",
    "Karimova", "Kestrel", "Kilbarry", "Lindeholm", "Lorimer", "Maalouf", "Marchetti",
    "Mbeki-Lowe", "Merriden", "Nakatani", "Norrgard", "Nowicki", "Okoro", "Oldershaw",
    "Ostrander", "Pakenham", "Petrovan", "Quaresma", "Quillfeldt", "Rademaker", "Rasmund",
    "Rosenvinge", "Saltmarsh", "Sandoval Rey", "Suleimanov", "Tanabe", "Thistleton", "Ueland",
    "Vanterpool", "Verhulst", "Wadsley", "Westergren", "Yarrowby", "Zandstra", "Zielonka",
)  # fmt: skip
GIVEN = (
    "Abena", "Ada", "Aleksander", "Amir", "Anneke", "Beatriz", "Bram", "Cecilia", "Chidi",
    "Clara", "Daniel", "Dilnoza", "Edith", "Emeka", "Esther", "Farid", "Gudrun", "Hana", "Hugo",
    "Ines", "Ivar", "Jana", "Joris", "Karin", "Kenji", "Leila", "Linus", "Maren", "Mateo",
    "Miriam", "Nadia", "Niamh", "Olga", "Omar", "Paula", "Petra", "Rafael", "Rosa", "Samuel",
    "Sigrid", "Tariq", "Tomas", "Ulrike", "Vera", "Wanjiru", "Yusuf", "Zofia",
)  # fmt: skip
TOWNS = (
    "Aldermere", "Ashcombe Bay", "Bellhaven", "Birkwater", "Brackenford", "Calder Point",
    "Carrowfield", "Dunmarsh", "Eastering", "Elmsbrook", "Fenwick Sound", "Fernhollow",
    "Glasswater", "Greyholm", "Hartsmoor", "Highbeck", "Ivelstone", "Juniper Hill",
    "Kettlebridge", "Kirkwold", "Larchmont Quay", "Longmere", "Marlock", "Millhaven",
    "Northolt Ferry", "Oakenshore", "Orrinfell", "Port Sorrel", "Quarrytown", "Ravensey",
    "Redlake", "Saltby", "Selwick", "Stonecross", "Tarnhill", "Thornbay", "Underwold",
    "Vale Harbour", "Westrand", "Wexcombe", "Windermouth", "Yarrow Bridge",
)  # fmt: skip
PROGRAMMES = (
    "the Anchor Programme", "the Bridge Project", "Turning Point", "the Lantern Scheme",
    "New Paths", "the Harbour Programme", "Common Ground", "the Waymark Project", "Open Door",
    "Second Chapter", "the Compass Scheme", "Steady Ground", "the Causeway Project", "Next Step",
    "the Hearth Programme", "Way Back", "the Keystone Project", "Fresh Start",
    "the Beacon Programme", "Long Road",
)  # fmt: skip
COUNTRIES = (
    "Canada", "Australia", "Denmark", "the Netherlands", "Sweden", "Finland", "Belgium",
    "Ireland", "the United Kingdom", "the United States", "Kenya", "Nigeria", "Spain",
    "Switzerland", "France", "Austria", "New Zealand", "Indonesia", "Germany", "Norway",
)  # fmt: skip
JOURNALS = (
    "Journal of Sample Studies", "Invented Review of Social Work", "Sample Journal of Prevention",
    "Invented Quarterly of Probation", "Sample Papers in Public Service",
    "Invented Journal of Youth and Community", "Sample Review of Security and Care",
)  # fmt: skip
PUBLISHERS = (
    "Sample Institute for Public Service", "Invented Agency for Evaluation",
    "Sample Centre for Prevention Research", "Invented Ministry Research Office",
)  # fmt: skip
SPEAKERS = (
    "one case worker", "a coordinator", "a probation officer", "a youth worker", "a mentor",
    "a team leader", "a social worker", "a psychologist", "an outreach worker", "one manager",
    "a liaison officer", "a prison chaplain", "an experienced mentor", "a school counsellor",
)  # fmt: skip
GROUPS = (
    "several case workers", "most coordinators", "two probation officers", "many mentors",
    "three team leaders", "nearly all social workers", "some youth workers", "the case workers",
    "most interviewees", "four mentors", "several outreach workers", "both team leaders",
    "a number of practitioners", "interviewees",
)  # fmt: skip
PARTNERS = (
    "the housing office", "the health service", "the police district", "the school board",
    "the probation service", "the employment office", "the youth service", "the prison",
    "the municipality", "the child welfare office", "the clinic", "the immigration office",
)  # fmt: skip
TIMES = (
    "in the first year", "after eighteen months", "from the second year on",
    "over the whole period", "by the end of the pilot", "in the third year",
    "soon after the start", "in the final months",
)  # fmt: skip
FEW = ("two", "three", "four", "five", "six", "seven", "eight")
MANY = ("eleven", "fourteen", "sixteen", "nineteen", "twenty-three", "twenty-eight", "thirty-five")
_SUBJECTS = (
    "Assessment", "Case conferences", "Mentoring", "Joint work", "Aftercare",
    "Professional secrecy", "Discretion", "Supervision", "Referral", "Family work", "Training",
    "Documentation", "Trust", "Funding", "Outreach", "Probation", "Youth work",
    "Release planning",
)  # fmt: skip
_ANGLES = (
    "in small agencies", "between rules and relations", "as daily practice",
    "across three services", "under public scrutiny", "in rural districts",
    "and the limits of design", "from the inside", "after the pilot", "in mixed teams",
    "and what clients make of it", "revisited", "at the margins",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Work:
    """An invented earlier work: in-text citation, entry of the reference list, sort key."""

    citation: str
    entry: str


def works(rng: Random, count: int, latest: int) -> tuple[Work, ...]:
    """Return invented works in the order of a reference list."""
    found: dict[str, Work] = {}
    while len(found) < count:
        year = rng.randint(max(1985, latest - 18), latest)
        names = rng.sample(SURNAMES, rng.choice((1, 1, 2, 2, 3)))
        cited = f"{names[0]} et al." if len(names) > 2 else " & ".join(names)
        listed = [f"{name}, {rng.choice(GIVEN)[0]}." for name in names]
        authors = " & ".join([", ".join(listed[:-1]), listed[-1]] if len(listed) > 1 else listed)
        title = f"{rng.choice(_SUBJECTS)} {rng.choice(_ANGLES)}"
        found.setdefault(
            f"{names[0]} {year}",
            Work(f"({cited}, {year})", f"{authors} ({year}). {title}. {_container(rng)}"),
        )
    return tuple(found[key] for key in sorted(found))


def _container(rng: Random) -> str:
    if rng.random() < 0.3:
        return f"{rng.choice(PUBLISHERS)}."
    first = rng.randint(1, 400)
    pages = f"{first}\u2013{first + rng.randint(8, 26)}"
    return f"*{rng.choice(JOURNALS)}*, {rng.randint(3, 40)}({rng.randint(1, 4)}), {pages}."


def slots_for(
    rng: Random, programme: str, towns: tuple[str, str, str], country: str, year: int,
    cited: tuple[Work, ...],
) -> dict[str, Slot]:  # fmt: skip
    """Return what fills the open places of a study's sentences."""

    def one_of(items: tuple[str, ...]) -> Callable[[], str]:
        return lambda: rng.choice(items)

    sites = ("at the northern site", "at both sites", f"in {towns[0]}", f"in {towns[1]}",
             f"in {towns[2]}", "at the first site", "in the regional office")  # fmt: skip
    partner = rng.sample(PARTNERS, 6)
    start = year - rng.randint(4, 9)
    return {
        "prog": programme,
        "town": towns[0], "town2": towns[1], "town3": towns[2],
        "country": country, "year": str(year - 3), "start": str(start),
        "fieldyear": str(year - 2),
        "who": one_of(SPEAKERS), "whos": one_of(GROUPS), "site": one_of(sites),
        "partner": one_of(tuple(partner[:3])), "partner2": one_of(tuple(partner[3:])),
        "time": one_of(TIMES), "n": one_of(FEW), "m": one_of(MANY),
        "m2": rng.choice(("ten", "nine", "eight")),
        "interviews": rng.choice(("twenty-six", "thirty-one", "eighteen", "twenty-two")),
        "clients": rng.choice(("four", "five", "seven")),
        "files": rng.choice(("forty", "twenty-four", "thirty-two", "sixty")),
        "meetings": rng.choice(("five", "nine", "eleven")),
        "staff": rng.choice(("eleven", "fourteen", "nine", "nineteen")),
        "sites": "three",
        "cite": lambda: rng.choice(cited).citation,
        "k": lambda: str(rng.randint(2, 38)),
    }  # fmt: skip
