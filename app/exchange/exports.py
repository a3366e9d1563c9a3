"""What can be exported, in one explicit tuple."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.coding.codebooks import load_codebook
from app.coding.extracts import load_extracts
from app.errors import UserError
from app.models import Project


@dataclass(frozen=True, slots=True)
class Export:
    """One thing to export; ``write`` returns a sentence that says what was written."""

    what: str
    title: str
    suffixes: tuple[str, ...]
    write: Callable[[Project, Path, bool], str]


def export(project: Project, what: str, out: Path, *, for_excel: bool = False) -> str:
    """Write one export and return a sentence that says what was written.

    Raises:
        UserError: the suffix does not fit, or the file cannot be written.
    """
    door = next(door for door in EXPORTS if door.what == what)
    if out.suffix.lower() not in door.suffixes:
        raise UserError(
            f"{door.title} cannot be written as {out.suffix or 'a file without an ending'}.",
            f"Use {' or '.join(door.suffixes)}.",
        )
    return door.write(project, out, for_excel)


def _extracts(project: Project, out: Path, for_excel: bool) -> str:
    from app.exchange.extracts_csv import write_extracts

    extracts = load_extracts(project)
    told = write_extracts(extracts, out, flavour="excel" if for_excel else "tidy")
    return " ".join([f"Wrote {out}: {len(extracts)} extracts.", *told])


def _codebook(project: Project, out: Path, _for_excel: bool) -> str:
    from app.exchange.codebook_yaml import write_codebook

    codebook = load_codebook(project)
    write_codebook(codebook, out)
    return f"Wrote {out}: {len(codebook.codes)} codes."


EXPORTS = (
    Export("extracts", "Coded passages with citation and page", (".csv",), _extracts),
    Export("codebook", "The codebook", (".yaml", ".yml"), _codebook),
)
