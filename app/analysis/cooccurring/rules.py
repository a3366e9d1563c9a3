"""When two codings come together: the rules that can be chosen, in words and as plain values."""

from dataclasses import dataclass

SAME = "same"
OVERLAP = "overlap"
INCLUSION = "inclusion"
CHARACTERS = "characters"
SENTENCE = "sentence"
PARAGRAPH = "paragraph"
PAGE = "page"
STUDY = "study"
KINDS = (SAME, OVERLAP, INCLUSION, CHARACTERS, SENTENCE, PARAGRAPH, PAGE, STUDY)
OF_TEXT_UNITS = (SENTENCE, PARAGRAPH, PAGE)

STUDIES = "studies"
REPORTS = "reports"
CODINGS = "codings"
UNITS = (STUDIES, REPORTS, CODINGS)

_WORDS = {
    SAME: "both codes on exactly the same passage",
    OVERLAP: "passages of two codes share at least one character in the same document",
    INCLUSION: "a passage of one code lies inside a passage of the other",
    SENTENCE: "passages of two codes touch the same sentence",
    PARAGRAPH: "passages of two codes touch the same paragraph",
    PAGE: "passages of two codes touch the same page",
    STUDY: "both codes are used anywhere in the same study",
}
STUDY_WARNING = (
    "Same study says little: with long studies nearly all codes meet, and the counts mostly tell "
    "which codes are common. It is not tested against chance."
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule; ``characters`` is the widest gap of the rule "characters" and else 0."""

    kind: str = OVERLAP
    characters: int = 0

    def __post_init__(self) -> None:
        """Refuse what is no rule."""
        if self.kind not in KINDS or self.characters < 0:
            raise ValueError(f"There is no rule {self.kind}:{self.characters}.")
        if self.characters and self.kind != CHARACTERS:
            raise ValueError("Only the rule characters has a number.")

    @classmethod
    def parse(cls, text: str) -> "Rule":
        """Return the rule of "overlap", "characters:200" and the like; raise ValueError else."""
        kind, colon, number = text.strip().casefold().partition(":")
        if kind != CHARACTERS:
            return cls(text.strip().casefold())
        if not colon or not number.isascii() or not number.isdigit():
            raise ValueError("The rule characters needs a number, as in characters:200.")
        return cls(kind, int(number))

    def __str__(self) -> str:
        """Return the text that ``parse`` reads."""
        return f"{self.kind}:{self.characters}" if self.kind == CHARACTERS else self.kind

    @property
    def words(self) -> str:
        """Return what the rule says, for captions."""
        if self.kind == CHARACTERS:
            return (
                "passages of two codes overlap or stand at most "
                f"{self.characters:,} characters apart"
            )
        return _WORDS[self.kind]

    @property
    def warning(self) -> str:
        """Return what has to be said beside numbers made by this rule; mostly nothing."""
        return STUDY_WARNING if self.kind == STUDY else ""


@dataclass(frozen=True, slots=True)
class Counting:
    """How meetings are counted.

    ``apart``: only codings of one and the same coder meet; merged: those of different coders too.
    Either way passages of one code that overlap are one passage, whoever coded them.
    """

    rule: Rule = Rule()
    unit: str = STUDIES
    apart: bool = False

    def __post_init__(self) -> None:
        """Refuse units that do not exist or make no sense with the rule."""
        if self.unit not in UNITS:
            raise ValueError(f"There is no unit {self.unit}.")
        if self.rule.kind == STUDY and self.unit != STUDIES:
            raise ValueError("The rule study can only be counted in studies.")

    @property
    def words(self) -> str:
        """Return rule, unit and coders, for captions."""
        unit = "pairs of passages" if self.unit == CODINGS else self.unit
        coders = "only codings of one coder meet" if self.apart else "coders merged"
        return f"{self.rule.words}; counted in {unit}; {coders}, double coding counts once"
