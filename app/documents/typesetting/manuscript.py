"""Plain structured text, as an author would hand it to a printer."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Heading:
    """A section heading; level 1 opens a chapter in a thesis."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; ``*stars*`` set a word or phrase in italics. A note goes to the page foot.

    A ``solid`` paragraph never runs around notes or figures from one page to the next.
    """

    text: str
    note: str = ""
    solid: bool = False


@dataclass(frozen=True, slots=True)
class BlockQuote:
    """An indented quotation with the line that says who speaks."""

    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """Short items, numbered or with a dash."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table; ``wide`` gives it a page of its own, turned by a quarter."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A horizontal bar chart with one number for each label."""

    caption: str
    bars: tuple[tuple[str, int], ...]


Block = Heading | Paragraph | BlockQuote | Listing | Table | Chart
LayoutName = Literal[
    "article", "two_column", "government", "practice_report", "working_paper", "thesis", "hebrew"
]


@dataclass(frozen=True, slots=True)
class Manuscript:
    """Everything that is printed in one report.

    ``first_page`` is the printed number of the first page. ``mark`` is the line on every page that
    says that the text is invented. ``words`` holds the few printed words that depend on the
    language: abstract, keywords, contents, references, note.
    """

    title: str
    authors: tuple[str, ...]
    affiliation: str
    abstract: str
    keywords: tuple[str, ...]
    body: tuple[Block, ...]
    references: tuple[str, ...]
    source_line: str
    running_head: str
    doi: str
    language: str
    mark: str
    words: tuple[str, str, str, str]
    first_page: int = 1
    year: int = 2000
