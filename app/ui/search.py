"""One finding of the command palette, and which findings fit a query."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

GROUPS = ("Codes", "Studies", "Memos", "Coded passages", "Passages", "Actions")
MOST_EACH = 8


@dataclass(frozen=True, slots=True)
class Finding:
    """A line of a list of findings: ``kind`` is its group ("Codes", "Studies", "Passages" ...)."""

    kind: str
    text: str
    detail: str
    run: Callable[[], object]
    icon: str = ""
    key: str = ""
    cluster: str = ""
    enabled: bool = True
    place: str = ""
    """What stands after the detail and is never cut ("p. 87")."""
    marks: tuple[tuple[int, int], ...] = ()
    """The words searched for, as ranges of ``text``."""
    about: str = ""
    """The id of what it leads to; two findings of one kind about the same are one."""
    is_passage: bool = False
    """True where ``text`` is prose that takes two lines, with ``detail`` and ``place`` below."""
    in_serif: bool = True
    """False for prose that is yours and not a paper's."""

    @property
    def what(self) -> tuple[str, str]:
        """What tells it from other findings."""
        return self.kind, self.about or self.text

    @property
    def is_prose(self) -> bool:
        """Whether it is shown as prose."""
        return self.is_passage or self.kind == "Passages"


def folded(text: str) -> str:
    """Return a text for comparing: lower case, without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def rank(finding: Finding, words: Sequence[str]) -> int | None:
    """Return how well a finding fits (0 is best), or None where a word is missing."""
    name, rest = folded(finding.text), folded(f"{finding.text} {finding.detail}")
    if not all(word in rest for word in words):
        return None
    if not words or name.startswith(words[0]):
        return 0
    starts = re.findall(r"\w+", name)
    if all(any(start.startswith(word) for start in starts) for word in words):
        return 1
    return 2 if all(word in name for word in words) else 3


def best(findings: Sequence[Finding], query: str) -> list[Finding]:
    """Return the findings that fit, by group, best first, at most eight of a group."""
    words = folded(query).split()
    ranked: dict[str, list[tuple[int, int, Finding]]] = {}
    for place, finding in enumerate(findings):
        how_well = 0 if finding.is_prose else rank(finding, words)
        if how_well is not None:
            ranked.setdefault(finding.kind, []).append((how_well, place, finding))
    return [
        finding
        for kind in sorted(ranked, key=group_rank)
        for _, _, finding in sorted(ranked[kind], key=lambda entry: entry[:2])[:MOST_EACH]
    ]


def group_rank(kind: str) -> int:
    """Return where a group stands: codes, studies, passages, actions, then what is not known."""
    return GROUPS.index(kind) if kind in GROUPS else len(GROUPS)


def marks_of(text: str, terms: Sequence[Sequence[str]], fold: Callable[[str], str]) -> tuple[
    tuple[int, int], ...
]:  # fmt: skip
    """Return where the terms of a query stand in a text; ``fold`` keeps the length of a text."""
    body = fold(text)
    found: list[tuple[int, int]] = []
    for words in terms:
        # A hyphen at the end of a line stays in the words of a passage.
        wanted = r"\W+".join("-?".join(map(re.escape, fold(word))) for word in words)
        found += [match.span() for match in re.finditer(rf"(?<!\w){wanted}(?!\w)", body)]
    apart: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return tuple(apart)


def runs_in_view(
    text: str, marks: Sequence[tuple[int, int]], lead: Callable[[str], bool]
) -> list[tuple[str, bool]]:
    """Cut a text before its first mark so that the mark is in view; return parts and emphasis.

    ``lead(words)`` says whether these words are short enough to stand before the first mark.
    """
    start = 0
    first = marks[0][0] if marks else 0
    while start < first and not lead(text[start:first]):
        following = text.find(" ", start, first)
        start = first if following < 0 else following + 1
    cut = start > 0 and text[:start] != "…"
    runs = [("…", False)] if cut else []
    at = start
    for begin, end in marks:
        runs += [(text[at:begin], False), (text[begin:end], True)]
        at = end
    runs.append((text[at:], False))
    return [run for run in runs if run[0]]
