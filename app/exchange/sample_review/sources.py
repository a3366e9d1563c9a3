"""Reads the sentences written for the sample review from resources/sample."""

from dataclasses import dataclass
from functools import cache

from app.paths import resource

PASSAGE_FILES = ("systems.txt", "relations.txt", "context.txt")
VALENCES = {
    "+": "facilitator",
    "-": "barrier",
    "*": "mixed",
    "~": "moderates",
    "mixed": "mixed",
}


@dataclass(frozen=True, slots=True)
class Template:
    """A sentence with alternatives in brackets and open places in braces."""

    valence: str
    text: str
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Factor:
    """The sentences that show one code, its usual stages and the codes it is confused with."""

    key: str
    stages: tuple[str, ...]
    neighbours: tuple[str, ...]
    templates: tuple[Template, ...]


@dataclass(frozen=True, slots=True)
class LinkTemplate:
    """Three sentences: the first code is seen in one and two, the second code in two and three."""

    valences: tuple[str, str]
    sentences: tuple[str, str, str]
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Two factors that the sample is to show together."""

    codes: tuple[str, str]
    templates: tuple[LinkTemplate, ...]


@cache
def factors() -> dict[str, Factor]:
    """Return all factors by their code key, in the order of the files."""
    found = {}
    for name in PASSAGE_FILES:
        for head, lines in _sections(name):
            key, stages, neighbours = (part.strip() for part in head.split("|"))
            templates = tuple(_template(line) for line in lines)
            found[key] = Factor(key, tuple(stages.split()), tuple(neighbours.split()), templates)
    return found


@cache
def links() -> tuple[Link, ...]:
    """Return the planted links."""
    return tuple(
        Link((head.split()[0], head.split()[1]), tuple(_link_template(line) for line in lines))
        for head, lines in _sections("links.txt")
    )


@cache
def background() -> dict[str, tuple[str, ...]]:
    """Return the sentences that show no factor, by section."""
    return {head: tuple(lines) for head, lines in _sections("background.txt")}


def translated(language: str) -> str:
    """Return the marked text of the study in "german", "norwegian" or "hebrew"."""
    return resource("sample", f"{language}.txt").read_text(encoding="utf-8")


def _sections(name: str) -> list[tuple[str, list[str]]]:
    sections: list[tuple[str, list[str]]] = []
    for line in resource("sample", name).read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            sections.append((line[1:].strip(), []))
        elif line.strip():
            sections[-1][1].append(line.strip())
    return sections


def _template(line: str) -> Template:
    sign, text = line.split(" ", 1)
    text, _, condition = text.partition(" // ")
    return Template(VALENCES[sign], text.strip(), condition.strip())


def _link_template(line: str) -> LinkTemplate:
    signs, text = line.split(" ", 1)
    text, _, condition = text.partition(" // ")
    first, second, third = (part.strip() for part in text.split("||"))
    return LinkTemplate(
        (VALENCES[signs[0]], VALENCES[signs[1]]), (first, second, third), condition.strip()
    )
