"""RIS files, the common tongue of reference managers and screening tools.

rispy reads one record at a time here, after the file has been cut into records: it would lose a
record without an end line, stop at a byte-order mark and keep only the first of several files.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from app.coding.folding import fold_doi
from app.coding.references import ReferenceRecord
from app.errors import UserError
from app.exchange.text_files import read_text

Fields = dict[str, list[str]]

_FIELD = re.compile(r"([A-Z][A-Z0-9])[ \u00a0]{2}-[ \u00a0]?(.*)")
_FIELD_WITH_ONE_SPACE = re.compile(r"([A-Z][A-Z0-9]) {1,2}- ?(.*)")
_OUTER_NOISE = "\x00\ufeff \t\r"
_KINDS = {
    "article": ("JOUR", "EJOUR", "JFULL", "MGZN", "NEWS", "INPR", "ABST"),
    "book": ("BOOK", "EBOOK", "EDBOOK"),
    "chapter": ("CHAP", "ECHAP", "ENCYC"),
    "conference": ("CPAPER", "CONF"),
    "report": ("RPRT", "GOVDOC", "STAND", "PAMP"),
    "thesis": ("THES",),
    "web": ("ELEC", "BLOG", "ICOMM"),
}
_KIND_OF_TYPE = {code: kind for kind, codes in _KINDS.items() for code in codes}
_FILE_FIELDS = ("L1", "L2", "L3", "L4", "LK")


def read_ris(path: Path) -> tuple[ReferenceRecord, ...]:
    """Return the records of a RIS file in their order.

    Raises UserError, naming the line, when the file holds no record or is something else.
    """
    lines = re.split(r"\r\n|\r|\n", read_text(path))
    records = tuple(_record(block) for block in _blocks(lines))
    if not records:
        raise _not_ris(lines, path.name)
    return records


def write_ris(records: Iterable[ReferenceRecord]) -> str:
    """Return records as the text of a RIS file, for UTF-8 without a byte-order mark."""
    return "\n".join("\n".join([*_lines(record), "ER  - ", ""]) for record in records)


# --- reading --------------------------------------------------------------------------------------


def _blocks(lines: Sequence[str]) -> Iterator[list[str]]:
    """Cut the lines into records of fields; a new TY line also ends one that lacks its ER line."""
    block: list[str] = []
    for tag, text in _fields(lines):
        if tag in ("TY", "ER") and block:
            yield block
            block = []
        if tag == "TY" or (block and tag not in ("ER", "")):
            block.append(f"{tag}  - {text}")
        elif block and not tag and len(block) > 1:
            block[-1] += f" {text}"
    if block:
        yield block


def _fields(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield tag and text of each line; a line that goes on with the one before has no tag."""
    pattern = _FIELD
    if not any(line.strip(_OUTER_NOISE).startswith("TY  -") for line in lines):
        # Only then: a wrapped abstract may hold a line such as "UK - the first programme".
        pattern = _FIELD_WITH_ONE_SPACE
    for raw in lines:
        line = raw.strip(_OUTER_NOISE)
        if field := pattern.match(line):
            yield field.group(1), field.group(2).strip()
        elif line in ("ER", "ER -", "ER  -"):
            yield "ER", ""
        elif line:
            yield "", line


def _not_ris(lines: Sequence[str], name: str) -> UserError:
    hint = "Export the records from the reference manager again, in the RIS format."
    for number, line in enumerate(lines, start=1):
        if start := line.strip(_OUTER_NOISE)[:30]:
            return UserError(
                f"{name} holds no RIS reference: line {number} begins with “{start}”, not with TY.",
                hint=hint,
            )
    return UserError(f"{name} is empty: there is no TY in line 1 or later.", hint=hint)


def _parse(block: Sequence[str]) -> Fields:
    """Return the fields of one record, each with every value it has."""
    import rispy

    tags = {line[:2] for line in block} - {"TY"}
    parser = rispy.RisParser(
        mapping={tag: tag for tag in ("TY", "UK", *tags)},
        list_tags=list(tags),
        delimiter_tags_mapping={},
    )
    (record,) = parser.parse("\n".join([*block, "ER  - "]))
    values = ((tag, [value] if tag == "TY" else value) for tag, value in record.items())
    return {tag: [" ".join(part.split()) for part in parts if part] for tag, parts in values}


def _record(block: Sequence[str]) -> ReferenceRecord:
    fields = _parse(block)

    def first(*tags: str) -> str:
        return next((value for tag in tags for value in fields.get(tag, ())), "")

    link = next((url for url in fields.get("UR", ()) if "doi.org/" in url), "")
    return ReferenceRecord(
        type=_KIND_OF_TYPE.get(first("TY").upper(), "other"),
        title=first("TI", "T1", "CT", "BT"),
        authors=_authors(fields),
        year=_year(first("PY", "Y1", "DA")),
        container=first("T2", "JF", "JO", "JA", "J2", "BT", "PB"),
        volume=first("VL"),
        issue=first("IS"),
        pages=_pages(first("SP"), first("EP")),
        doi=fold_doi(first("DO", "DI") or link),
        url=first("UR"),
        language=first("LA"),
        abstract=first("AB", "N2"),
        file_names=tuple(
            _file_name(value) for tag in _FILE_FIELDS for value in fields.get(tag, ())
        ),
        key=first("ID", "LB", "AN", "U1"),
        raw="\n".join(block),
    )


def _authors(fields: Fields) -> tuple[str, ...]:
    names = next((fields[tag] for tag in ("AU", "A1", "A2", "ED") if fields.get(tag)), [])
    # EndNote ends the name of a corporate body with a comma.
    return tuple(name.rstrip(", ") for name in names if name.rstrip(", "))


def _year(text: str) -> int | None:
    found = re.search(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)", text)
    return int(found.group()) if found else None


def _pages(start: str, end: str) -> str:
    return f"{start}–{end}" if start and end and end != start and "-" not in start else start or end


def _file_name(value: str) -> str:
    """Return the name of an attached file, without the folder or scheme in front of it."""
    return re.split(r"[/\\]", value.removeprefix("file://"))[-1].strip()


# --- writing --------------------------------------------------------------------------------------


def _lines(record: ReferenceRecord) -> Iterator[str]:
    start, _, end = record.pages.replace("-", "–").partition("–")
    fields: tuple[tuple[str, Iterable[str]], ...] = (
        ("TY", [_KINDS.get(record.type, ("GEN",))[0]]),
        ("ID", [record.key]),
        ("TI", [record.title]),
        ("AU", record.authors),
        ("PY", [str(record.year or "")]),
        ("T2", [record.container]),
        ("VL", [record.volume]),
        ("IS", [record.issue]),
        ("SP", [start.strip()]),
        ("EP", [end.strip()]),
        ("DO", [record.doi]),
        ("UR", [record.url]),
        ("LA", [record.language]),
        ("AB", [record.abstract]),
        ("L1", record.file_names),
    )
    for tag, values in fields:
        for value in values:
            if plain := " ".join(value.split()):
                yield f"{tag}  - {plain}"
