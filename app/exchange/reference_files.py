"""Reference lists in any form: which reader takes a file, by its content and its ending."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from app.coding.references import ReferenceRecord
from app.errors import UserError
from app.exchange.atomic import read_bytes, replace_file

PATTERNS = "*.ris *.bib *.bibtex *.json *.csv *.tsv *.txt *.nbib"
SUFFIXES = tuple(pattern[1:] for pattern in PATTERNS.split())
RIS, BIBTEX, CSL, TABLE = "RIS", "BibTeX", "CSL JSON", "table"
_BY_SUFFIX = {
    ".ris": RIS,
    ".bib": BIBTEX,
    ".bibtex": BIBTEX,
    ".json": CSL,
    ".csv": TABLE,
    ".tsv": TABLE,
}


@dataclass(frozen=True, slots=True)
class ReferenceList:
    """What a file holds; ``problems`` are sentences about records that could not be read.

    ``columns`` are heads of a table that are no part of a reference and may become attributes.
    ``note`` is what a table says of itself before its heads.
    """

    records: tuple[ReferenceRecord, ...]
    problems: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    note: str = ""


def form_of(path: Path) -> str:
    """Return the form of a reference list: RIS, BIBTEX, CSL or TABLE.

    Raises:
        UserError: the file cannot be read.
    """
    start = read_bytes(path)[:4096].lstrip(b"\xef\xbb\xbf \t\r\n\x00")
    suffix = _BY_SUFFIX.get(path.suffix.lower())
    if b"TY  -" in start or b"TY -" in start[:20]:
        return RIS
    if suffix == TABLE:
        return TABLE
    if start[:1] in (b"[", b"{"):
        return CSL
    if start[:1] == b"@" or (b"\n@" in start and suffix != CSL):
        return BIBTEX
    return suffix or RIS


def read_references(path: Path) -> ReferenceList:
    """Return the records of a reference list in their order.

    Raises:
        UserError: it holds none, or is damaged; the line is named.
    """
    form = form_of(path)
    if form == BIBTEX:
        from app.exchange.bibtex import read_bibtex

        return read_bibtex(path)
    if form == CSL:
        from app.exchange.csl_json import read_csl_json

        return read_csl_json(path)
    if form == TABLE:
        from app.exchange.references_table import read_table, records_of_table

        table = read_table(path)
        return records_of_table(table, table.mapping)
    from app.exchange.ris import read_ris

    return ReferenceList(read_ris(path))


def write_references(records: Iterable[ReferenceRecord], path: Path) -> None:
    """Write a reference list in the form that the ending names: .ris, .bib or .json."""
    records = tuple(records)
    form = _BY_SUFFIX.get(path.suffix.lower(), "")
    if form == RIS:
        from app.exchange.ris import write_ris

        text = write_ris(records)
    elif form == BIBTEX:
        from app.exchange.bibtex import write_bibtex

        text = write_bibtex(records)
    elif form == CSL:
        from app.exchange.csl_json import write_csl_json

        text = write_csl_json(records)
    else:
        raise UserError(
            f"A reference list cannot be written as {path.suffix or 'a file without an ending'}.",
            "Use .ris, .bib or .json.",
        )
    with replace_file(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")


def citation_keys(records: Iterable[ReferenceRecord]) -> list[str]:
    """Return a key for each record, its own where it has one, and each only once."""
    from app.coding.citations import surname
    from app.coding.folding import fold

    taken: set[str] = set()
    keys = []
    for record in records:
        author = fold(surname(record.authors[0])).replace(" ", "") if record.authors else "record"
        wanted = record.key or f"{author}{record.year or ''}"
        letters = ("", *"abcdefghijklmnopqrstuvwxyz", *(f"-{n}" for n in range(2, 100_000)))
        key = next(f"{wanted}{x}" for x in letters if f"{wanted}{x}" not in taken)
        taken.add(key)
        keys.append(key)
    return keys
