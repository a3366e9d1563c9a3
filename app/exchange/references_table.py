"""Reference lists as tables (CSV): heads are recognised by name, further columns may be attributes.

Lines before the heads that begin with # are a note about the list, not data.
"""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.coding.folding import fold, fold_doi
from app.coding.references import ReferenceRecord
from app.errors import UserError
from app.exchange.reference_files import ReferenceList
from app.exchange.text_files import read_text

ATTRIBUTE, NOTHING = "attribute", ""
FIELDS = {
    "title": "Title",
    "authors": "Authors",
    "year": "Year",
    "container": "Journal or source",
    "volume": "Volume",
    "issue": "Issue",
    "pages": "Pages",
    "doi": "DOI",
    "url": "Link",
    "language": "Language of the report",
    "abstract": "Abstract",
    "type": "Type of publication",
    "key": "Key",
    "file_names": "File name",
    "flag": "Retracted or corrected",
}
_HEADS = {
    "title": ("title", "article title", "document title", "ti", "study title", "primary title"),
    "authors": ("authors", "author", "au", "author s", "author names", "authors primary"),
    "year": ("year", "publication year", "py", "date", "pub year", "year of publication"),
    "container": ("journal", "source", "publication title", "source title", "journal book",
                  "container", "secondary title", "publisher"),
    "volume": ("volume", "vol"),
    "issue": ("issue", "number", "no"),
    "pages": ("pages", "page", "page numbers"),
    "doi": ("doi", "doi link", "identifier", "identifiers"),
    "url": ("url", "link", "links", "urls"),
    "language": ("language", "lang", "la"),
    "abstract": ("abstract", "ab", "abstract note"),
    "type": ("type", "publication type", "item type", "document type", "reference type"),
    "key": ("key", "citation key", "cite key", "id", "record id", "refid"),
    "file_names": ("file", "file name", "filename", "pdf", "file attachments"),
    "flag": ("integrity flag", "integrity", "retracted", "retraction"),
}  # fmt: skip
_FIELD_OF_HEAD = {head: field for field, heads in _HEADS.items() for head in heads}
_TYPES = (
    ("thes", "thesis"), ("dissertation", "thesis"), ("chapter", "chapter"), ("book", "book"),
    ("conference", "conference"), ("proceeding", "conference"), ("report", "report"),
    ("government", "report"), ("web", "web"), ("article", "article"), ("journal", "article"),
)  # fmt: skip
EXAMPLE_MARK = "EXAMPLE LIST OF UNCHECKED CANDIDATES"
"""What the note of the shipped example begins with, and of every copy of it."""
_HINT = "Save the table as CSV with a first row of heads such as Title, Authors, Year, DOI."


@dataclass(frozen=True, slots=True)
class ReferenceTable:
    """A table as read; ``mapping`` says for each column its field, ATTRIBUTE or NOTHING.

    ``lines`` are the lines of the file that the rows end in.
    """

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    mapping: tuple[str, ...]
    note: str = ""
    problems: tuple[str, ...] = ()

    def example(self, column: int) -> str:
        """Return the first text that stands in a column."""
        return next((row[column] for row in self.rows if row[column]), "")


def read_table(path: Path) -> ReferenceTable:
    """Return a table and what its columns seem to be.

    Raises:
        UserError: there are no heads, no title, or no rows; the line is named.
    """
    lines = re.split(r"\r\n|\r|\n", read_text(path).replace("\x00", ""))
    above = 0
    while above < len(lines) and (not lines[above].strip() or lines[above].startswith("#")):
        above += 1
    note = " ".join(line.lstrip("# ").strip() for line in lines[:above] if line.strip())
    if above == len(lines):
        raise UserError(f"{path.name} is empty: there are no heads in line 1.", hint=_HINT)
    heads, cells = _cells(lines[above:], above, path.name)
    rows, at, problems = [], [], []
    for line, row in cells:
        if len(row) > len(heads) and any(cell.strip() for cell in row[len(heads) :]):
            problems.append(
                f"{path.name}, line {line}: {len(row)} cells under {len(heads)} heads; "
                "what is beyond the last head was left out."
            )
        texts = [" ".join(cell.split()) for cell in row[: len(heads)]]
        if any(texts):
            rows.append((*texts, *[""] * (len(heads) - len(texts))))
            at.append(line)
    mapping = _guess(heads)
    if not {"title", "doi"} & set(mapping):
        shown = ", ".join(head for head in heads if head)[:80]
        raise UserError(
            f"{path.name} has no column for title or DOI: line {above + 1} holds “{shown}”.",
            hint=_HINT,
        )
    if not rows:
        raise UserError(f"{path.name} holds no row below line {above + 1}.", hint=_HINT)
    return ReferenceTable(path.name, heads, tuple(rows), tuple(at), mapping, note, tuple(problems))


def records_of_table(table: ReferenceTable, mapping: Sequence[str]) -> ReferenceList:
    """Return the rows as records; rows that name no publication are told, not taken."""
    records, problems = [], list(table.problems)
    columns = tuple(
        head for head, field in zip(table.heads, mapping, strict=True) if field == ATTRIBUTE
    )
    for line, row in zip(table.lines, table.rows, strict=True):
        record = _record(table.heads, row, mapping)
        if record.title or record.doi or record.authors:
            records.append(record)
        else:
            problems.append(
                f"{table.name}, line {line}: neither title, author nor DOI; the row was left out."
            )
    if not records:
        raise UserError(
            f"{table.name}: no row from line {table.lines[0]} on has a title.", hint=_HINT
        )
    return ReferenceList(tuple(records), tuple(problems), columns, table.note)


def _cells(
    lines: Sequence[str], above: int, name: str
) -> tuple[tuple[str, ...], list[tuple[int, list[str]]]]:
    delimiter = max(",;\t", key=lambda mark: (lines[0].count(mark), mark == ","))
    csv.field_size_limit(10_000_000)
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=delimiter, strict=False)
    try:
        heads = tuple(" ".join(cell.split()) for cell in next(reader))
        cells = [(above + reader.line_num, row) for row in reader]
    except csv.Error:
        line = above + reader.line_num
        raise UserError(f"{name} cannot be read from line {line} on.", hint=_HINT) from None
    while heads and not heads[-1]:
        heads = heads[:-1]
    return heads, cells


def _guess(heads: Sequence[str]) -> tuple[str, ...]:
    taken: set[str] = set()
    mapping = []
    for head in heads:
        field = _FIELD_OF_HEAD.get(fold(head), ATTRIBUTE if head else NOTHING)
        if field in taken:
            field = ATTRIBUTE
        if field != ATTRIBUTE:
            taken.add(field)
        mapping.append(field)
    return tuple(mapping)


def _record(heads: Sequence[str], row: Sequence[str], mapping: Sequence[str]) -> ReferenceRecord:
    cells: dict[str, str] = {}
    extra = []
    for head, text, field in zip(heads, row, mapping, strict=True):
        if field == ATTRIBUTE:
            extra.append((head, text))
        elif field:
            cells.setdefault(field, text)
    told = (f"{head}: {text}" for head, text in zip(heads, row, strict=True) if text)
    return _filled(cells, tuple(extra), "\n".join(told))


def _filled(
    cells: Mapping[str, str], extra: tuple[tuple[str, str], ...], raw: str
) -> ReferenceRecord:
    def text(field: str) -> str:
        return cells.get(field, "")

    year = re.search(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)", text("year"))
    files = re.split(r"\s*;\s*", text("file_names"))
    return ReferenceRecord(
        type=_type(text("type")),
        title=text("title"),
        authors=split_authors(text("authors")),
        year=int(year.group()) if year else None,
        container=text("container"),
        volume=text("volume"),
        issue=text("issue"),
        pages=re.sub(r"\s*[-–—]+\s*", "–", text("pages")),
        doi=fold_doi(text("doi")) or fold_doi(text("url")),
        url=text("url"),
        language=text("language"),
        abstract=text("abstract"),
        file_names=tuple(re.split(r"[/\\]", name)[-1] for name in files if name),
        key=text("key"),
        raw=raw,
        flag=_flag(text("flag")),
        extra=extra,
    )


def split_authors(text: str) -> tuple[str, ...]:
    """Split authors as tables write them: "A, B.; C, D.", "A B, C D", "A, B., C, D."."""
    text = text.strip().rstrip(";")
    if ";" in text:
        parts = text.split(";")
    elif "|" in text:
        parts = text.split("|")
    elif re.search(r"\sand\s|\s&\s", text) and "," in text:
        parts = re.split(r"(?:,\s*)?\s(?:and|&)\s|(?<=\.),\s+", text)
    elif re.fullmatch(r"[^\s,]+( [^\s,]+)* [A-Z]{1,3}(, [^,]+ [A-Z]{1,3})*", text):
        parts = [re.sub(r" ([A-Z]{1,3})$", r", \1", one) for one in text.split(", ")]
    elif text.count(",") > 1:
        parts = re.split(r"(?<=\.),\s+", text)
    else:
        parts = [text]
    return tuple(part.strip() for part in parts if part.strip())


def _type(text: str) -> str:
    folded = fold(text)
    return next((kind for word, kind in _TYPES if word in folded), "other" if folded else "")


def _flag(text: str) -> str:
    folded = fold(text)
    marks = (
        ("retract", "retracted"), ("concern", "concern"), ("correct", "corrected"),
        ("corrig", "corrected"), ("errat", "corrected"),
    )  # fmt: skip
    if folded in ("yes", "true", "1"):
        return "retracted"
    return next((flag for word, flag in marks if word in folded), "")
