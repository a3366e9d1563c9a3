"""The columns of the table of agreement: heads, and what each number means in one sentence."""

from dataclasses import dataclass

CHARACTERS, DOCUMENTS, STUDIES, PASSAGES = "characters", "documents", "studies", "passages"
AREAS = "areas"
UNITS = (
    (CHARACTERS, "Characters"),
    (DOCUMENTS, "Documents"),
    (STUDIES, "Studies"),
    (PASSAGES, "Passages"),
)
NAME, NUMBER, INTERVAL, RANGE = "name", "number", "interval", "range"
COUNT, NOTE, WORDS = "count", "note", "words"
ONLY = "only:"
SCALE_WIDTH, SCALE_NARROW = 232, 140


@dataclass(frozen=True, slots=True)
class Column:
    """A column; ``kind`` says how its cells are painted, ``width`` is in pixels at 100 %."""

    key: str
    head: str
    tip: str
    kind: str = NUMBER
    width: int = 76


MAIN = {
    CHARACTERS: Column(
        "main", "|u-alpha", "Krippendorff's |u-alpha, form of 2016/2019: does the code stand in "
        "the same places of the text? 1 is full agreement, 0 what chance would give.",
    ),
    DOCUMENTS: Column(
        "main", "Kappa", "Cohen's kappa on presence: do coders find the code in the same "
        "documents? The mean over pairs where there are more than two coders.",
    ),
    STUDIES: Column(
        "main", "Kappa", "Cohen's kappa on presence: do coders find the code in the same studies? "
        "The level at which a synthesis counts.",
    ),
    PASSAGES: Column(
        "main", "F1", "Passages matched one to one at the overlap above: twice the matches over "
        "the passages of both. Not corrected for chance.",
    ),
}  # fmt: skip
SCALE = Column("scale", "", "The interval on a scale from 0 to 1. Lines at .667 and .8 are "
               "customary, not laws.", INTERVAL, SCALE_WIDTH)  # fmt: skip
SPAN = Column(
    "range", "95 % interval", "The middle 95 % of what comes out when whole documents are drawn "
    "with replacement, with the seed above.", RANGE, 100,
)  # fmt: skip
PRESENCE = Column(
    "presence_kappa", "Presence kappa",
    "Cohen's kappa on whether a document has the code at all.", width=104,
)  # fmt: skip
F1 = Column(
    "segment_f1", "F1", "Passages matched one to one at the overlap above; no correction for "
    "chance.", width=52,
)  # fmt: skip
WITH = Column("studies_with", "Studies", "Studies in which anybody found it.", COUNT, 74)
FURTHER = (
    Column("presence_alpha", "Presence alpha", "Krippendorff's alpha on presence in documents.",
           width=112),
    Column("study_kappa", "Study kappa", "Cohen's kappa on presence in studies.", width=98),
    Column("precision", "Precision", "Share of B's passages that A has too; of a pair.", width=82),
    Column("recall", "Recall", "Share of A's passages that B has too; of a pair.", width=70),
    Column("alpha", "Alpha", "Krippendorff's alpha with every character an item.", width=70),
    Column("kappa", "Kappa, characters", "Cohen's kappa on characters; of several coders the mean "
           "over pairs.", width=130),
    Column("scott_pi", "Scott's pi", "On characters; two coders only (Scott 1955).", width=84),
    Column("fleiss_kappa", "Fleiss' kappa", "On characters; the same number of coders everywhere.",
           width=104),
    Column("gwet_ac1", "AC1", "On characters (Gwet 2008); for rare codes it follows percent.",
           width=66),
    Column("s", "S (PABAK)", "On characters, chance taken as one half.", width=88),
    Column("percent", "Percent", "Share of characters on which coders agree. Never alone: what "
           "nobody coded dominates it.", width=76),
    Column("holsti", "Holsti", "Twice the common length over both lengths; no correction for "
           "chance.", width=68),
    Column("jaccard", "Jaccard", "Common length over what either coded; no correction for chance.",
           width=74),
    Column("below_667", "P < .667", "Share of the drawn samples in which |u-alpha is below .667.",
           width=78),
    Column("below_800", "P < .8", "Share of the drawn samples in which |u-alpha is below .8.",
           width=70),
    Column("n_passages", "Passages", "Passages and areas of all coders.", COUNT, 82),
    Column("n_documents", "Documents", "Documents compared.", COUNT, 92),
    Column("neither", "Nobody", "What nobody coded.", COUNT, 92),
)  # fmt: skip
FIRST = Column("name", "", "", NAME, 260)
REMARK = Column("note", "Note", "What to know before trusting the number; point at it to read it.",
                NOTE, 124)  # fmt: skip
COUNTED = {
    CHARACTERS: "characters",
    DOCUMENTS: "documents",
    STUDIES: "studies",
    PASSAGES: "passages",
}


def both_column(unit: str) -> Column:
    """Return the column of what all coders coded."""
    what = COUNTED[unit].capitalize()
    return Column("both", "Both", f"{what} coded by all who worked there.", COUNT, 74)


def some_column(unit: str) -> Column:
    """Return the column of what several but not all coded."""
    what = COUNTED[unit].capitalize()
    return Column("some", "Some", f"{what} coded by two or more, but not by all.", COUNT, 74)


def only_column(coder_id: str, sign: str, name: str, unit: str) -> Column:
    """Return the column of what one coder alone coded."""
    what = COUNTED[unit].capitalize()
    return Column(f"{ONLY}{coder_id}", f"Only {sign}", f"{what} coded by {name} alone.", COUNT, 78)
