"""Writes the English studies: sections, paragraphs, tables and references."""

from collections.abc import Mapping, Sequence
from random import Random

from app.documents.typesetting import (
    Block,
    BlockQuote,
    Chart,
    Heading,
    Listing,
    Paragraph,
    Table,
)
from app.exchange.sample_review.findings import Mark, Piece
from app.exchange.sample_review.grammar import Deck, Slot, fill
from app.exchange.sample_review.sources import background, factors

THEMES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Working together", ("maw", "info", "relp")),
    ("From referral to exit", ("proc", "tool")),
    ("Resources and steering", ("res", "gov")),
    ("People who are supported", ("relc",)),
    ("People who support", ("exp", "train", "support")),
    ("The world around", ("ctx", "mod")),
)
FAMILY_TITLES = {
    "maw": "How partners are organised", "info": "What partners tell one another",
    "proc": "Steps of a case", "tool": "Tools and their use", "res": "Money, people and time",
    "gov": "Purpose and oversight", "relp": "Relations between partners",
    "relc": "Relations with clients", "exp": "What workers bring", "train": "Learning the work",
    "support": "Supervision and care for staff", "ctx": "Pressures from outside",
    "mod": "Conditions and contrasts",
}  # fmt: skip
ENOUGH_FOR_A_HEADING = 4
QUOTES = (
    "You can write anything into a plan. Whether it happens depends on who picks up the telephone.",
    "I have been to meetings where everyone was right and nothing was decided.",
    "People ask me what the method is. The method is that I come back next week.",
    "We are asked for numbers, and we have them. They are not what I would tell you over coffee.",
    "It is a small town. If I lose their trust once, I may as well move.",
    "Nobody trains you for the silence in the car on the way home.",
    "When it works it looks like luck. It is not luck, but try and put that in a report.",
    "He asked me who reads what I write. I told him. He nodded and then he told me the rest.",
    "The file said high risk. The man was looking for his glasses.",
    "They sent us a manual and took away the driver.",
)
REMARKS = (
    "Raised without being asked about", "Mostly by case workers",
    "Named in the first interviews only", "Both helping and hindering",
    "By partners more than by staff", "Also seen in the files",
    "Clients spoke of it in other words", "In single cases", "Tied to persons, not to posts",
    "Views changed over the period", "Seldom without an example",
)  # fmt: skip
ROLES = ("Case worker", "Coordinator", "Probation officer", "Police officer", "Teacher", "Client",
         "Manager", "Psychologist")  # fmt: skip


class Writer:
    """Builds the body of one study and keeps where each factor is shown."""

    def __init__(self, rng: Random, slots: Mapping[str, Slot], share: float) -> None:
        """``share`` is the part of the background sentences that this study uses."""
        self._rng, self._slots, self._share = rng, slots, share
        self._decks = {name: Deck(lines, rng) for name, lines in background().items()}
        self._quotes = Deck(QUOTES, rng)
        self.blocks: list[Block] = []
        self.marked: list[tuple[str, tuple[Mark, ...]]] = []
        self._chapter = 0
        self._section = 0
        self._tables = 0

    def heading(self, text: str, level: int = 1, *, numbered: bool = True) -> None:
        """Open a section."""
        if level == 1:
            self._chapter += 1
            self._section = 0
            sign = f"{self._chapter} "
        else:
            self._section += 1
            sign = f"{self._chapter}.{self._section} "
        self.blocks.append(Heading(sign + text if numbered else text, level))

    def prose(self, section: str, *, share: float | None = None, note: str = "") -> None:
        """Write paragraphs of background sentences in their order, leaving out some of them.

        The first sentence always opens the section; ``share`` is the part that is kept.
        """
        lines = background()[section]
        count = max(1, round(len(lines) * (self._share if share is None else share)))
        kept = [0, *sorted(self._rng.sample(range(1, len(lines)), count - 1))]
        sentences = [fill(lines[at], self._rng, self._slots) for at in kept]
        size = self._rng.choice((3, 3, 4))
        groups = [sentences[at : at + size] for at in range(0, len(sentences), size)]
        if len(groups) > 1 and len(groups[-1]) == 1:
            last = groups.pop()
            groups[-1] += last
        for at, group in enumerate(groups):
            self.blocks.append(Paragraph(" ".join(group), note=note if at == 0 else ""))

    def findings(self, pieces: Sequence[Piece], *, headings: bool = True) -> None:
        """Write the passages under their themes, each between sentences that show no factor."""
        by_family: dict[str, list[Piece]] = {}
        for piece in pieces:
            by_family.setdefault(piece.family, []).append(piece)
        themes = list(THEMES)
        self._rng.shuffle(themes)
        for title, families in themes:
            present = [name for name in families if by_family.get(name)]
            if not present:
                continue
            if headings:
                self.heading(title, 2)
            for name in present:
                if headings and len(present) > 1 and len(by_family[name]) >= ENOUGH_FOR_A_HEADING:
                    self.blocks.append(Heading(FAMILY_TITLES[name], 3))
                self.family(name, by_family[name])

    def family(self, name: str, pieces: Sequence[Piece], *, most_opening: int = 2) -> None:
        """Write the passages of one family of factors after some sentences that show none."""
        waiting = list(pieces)
        fresh = self._decks[name].fresh
        opening = [self._sentence(name) for _ in range(min(most_opening, fresh))]
        while waiting:
            count = min(len(waiting), self._rng.choice((1, 2, 2, 3)))
            group, waiting = waiting[:count], waiting[count:]
            self._mixed_paragraph(name, opening, group)
            opening = []
            if self._rng.random() < 0.12:
                source = f"{self._rng.choice(ROLES)}, interview {self._rng.randint(2, 26)}"
                self.blocks.append(BlockQuote(self._quotes.deal(), source))

    def vignettes(self, count: int) -> None:
        """Tell short stories of cases, none of which shows a factor."""
        for number in sorted(self._rng.sample(range(2, 99), count)):
            slots = {**self._slots, "k": str(number)}
            text = fill(self._decks["vignette"].deal(), self._rng, slots)
            self.blocks.append(Paragraph(text))

    def listing(self, section: str, count: int, *, numbered: bool = False) -> None:
        """Set sentences as a list."""
        lines = background()[section]
        chosen = sorted(self._rng.sample(range(len(lines)), min(count, len(lines))))
        self.blocks.append(Listing(tuple(lines[at] for at in chosen), numbered))

    def sample_table(self, towns: Sequence[str]) -> None:
        """Set a table of interviewees by role and town."""
        rows = []
        for role in self._rng.sample(ROLES, 5):
            counts = [self._rng.randint(0, 6) for _ in towns]
            rows.append((role, *(str(count) for count in counts), str(sum(counts))))
        self._tables += 1
        caption = f"*Table {self._tables}.* Interviewees by role and site (invented figures)"
        self.blocks.append(Table(caption, ("Role", *towns, "All"), tuple(rows)))

    def interview_tables(self, towns: Sequence[str], count: int) -> None:
        """Set tables that list every interview, twenty to a table."""
        for first in range(1, count + 1, 20):
            rows = tuple(
                (str(number), self._rng.choice(ROLES), self._rng.choice(towns),
                 f"{self._rng.randint(35, 110)} min")
                for number in range(first, min(first + 20, count + 1))
            )  # fmt: skip
            self._tables += 1
            caption = f"*Table {self._tables}.* Interviews (invented)"
            self.blocks.append(Table(caption, ("No.", "Role", "Town", "Length"), rows))

    def chart(self, pieces: Sequence[Piece]) -> None:
        """Set a chart of how many interviews raised a theme."""
        bars = [
            (title, sum(piece.family in families for piece in pieces) + self._rng.randint(2, 9))
            for title, families in THEMES
        ]
        bars.sort(key=lambda bar: -bar[1])
        self.blocks.append(
            Chart("*Figure 1.* Interviews that raised a theme (invented figures)", tuple(bars))
        )

    def wide_table(self, towns: Sequence[str]) -> None:
        """Set a wide table that needs a page turned by a quarter."""
        degree = ("often named", "named", "rarely named", "not named")
        remarks = Deck(REMARKS, self._rng)
        rows = [
            (title, *(self._rng.choice(degree) for _ in towns), remarks.deal())
            for title in self._rng.sample(sorted(FAMILY_TITLES.values()), 9)
        ]
        self._tables += 1
        caption = f"*Table {self._tables}.* Themes by site, with remarks (invented)"
        columns = ("Theme", *towns, "Remark")
        self.blocks.append(Table(caption, columns, tuple(rows), wide=True))

    def _sentence(self, section: str) -> str:
        return fill(self._decks[section].deal(), self._rng, self._slots)

    def _mixed_paragraph(self, name: str, opening: list[str], pieces: Sequence[Piece]) -> None:
        """Join passages to one paragraph, with a sentence in between now and then."""
        parts = list(opening)
        marks: list[Mark] = []
        position = sum(len(part) + 1 for part in parts)
        for at, piece in enumerate(pieces):
            if at and self._decks[name].fresh and self._rng.random() < 0.35:
                parts.append(self._sentence(name))
                position += len(parts[-1]) + 1
            parts.append(piece.text)
            marks += [mark.moved(position) for mark in piece.marks]
            position += len(piece.text) + 1
        text = " ".join(parts)
        self.blocks.append(Paragraph(text, solid=True))
        self.marked.append((text, tuple(marks)))


def codes_named(pieces: Sequence[Piece]) -> list[str]:
    """Return the codes that the passages show most, most often first."""
    counts: dict[str, int] = {}
    for piece in pieces:
        for mark in piece.marks:
            counts[mark.code] = counts.get(mark.code, 0) + 1
    return sorted(counts, key=lambda key: (-counts[key], list(factors()).index(key)))
