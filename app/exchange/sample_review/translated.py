"""The studies in German, Norwegian and Hebrew, read from their marked text."""

import re
from dataclasses import dataclass, field

from app.documents.typesetting import Block, Heading, Listing, Paragraph, Table
from app.exchange.sample_review.findings import Mark
from app.exchange.sample_review.sources import VALENCES, translated

_MARKED = re.compile(r"\{\{(\S+) (\S+) (\S+?)\|(.*?)(?:\|([^|]*?))?\}\}")


@dataclass(slots=True)
class TranslatedStudy:
    """Title, abstract and body of a study with its marked paragraphs."""

    title: str = ""
    running: str = ""
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    body: list[Block] = field(default_factory=list)
    marked: list[tuple[str, tuple[Mark, ...]]] = field(default_factory=list)


def read_translated(language: str, table: Table | None) -> TranslatedStudy:
    """Return the study in "german", "norwegian" or "hebrew", with its table where called for."""
    study = TranslatedStudy()
    for line in translated(language).splitlines():
        head, _, rest = line.partition(" ")
        if head in ("title:", "running:", "abstract:"):
            setattr(study, head[:-1], rest)
        elif head == "keywords:":
            study.keywords = tuple(rest.split("; "))
        elif head in ("#", "##"):
            study.body.append(Heading(rest, len(head)))
        elif head == "!table" and table:
            study.body.append(table)
        elif head == "!list":
            study.body.append(Listing(tuple(rest.split("|"))))
        elif line.strip():
            _paragraph(study, line.strip())
    return study


def _paragraph(study: TranslatedStudy, line: str) -> None:
    text, marks, done = "", [], 0
    for match in _MARKED.finditer(line):
        code, valence, stages, passage, condition = match.groups()
        text += line[done : match.start()]
        marks.append(
            Mark(
                len(text), len(text) + len(passage), code, VALENCES[valence],
                tuple(stages.split(",")), condition or "",
            )
        )  # fmt: skip
        text += passage
        done = match.end()
    text += line[done:]
    study.body.append(Paragraph(text, solid=bool(marks)))
    if marks:
        study.marked.append((text, tuple(marks)))
