"""Codebook files of every kind: found, read by their suffix, written, taken into a project."""

from pathlib import Path

from app import paths
from app.coding.codebook import Codebook
from app.coding.codebook_files import Plan, apply_import, plan_import
from app.coding.codebooks import load_codebook
from app.errors import UserError
from app.exchange.codebook_table import is_codebook_table, read_codebook_table, write_codebook_table
from app.exchange.codebook_yaml import read_codebook, write_codebook
from app.models import Project

YAML, TABLES = (".yaml", ".yml"), (".csv", ".xlsx")
SUFFIXES = (*YAML, *TABLES)


def find_codebook(id_or_file: str) -> Codebook:
    """Return a shipped codebook by its id, or one from a YAML file.

    Raises:
        UserError: there is neither, or the file does not hold a sound codebook.
    """
    shipped = paths.shipped_codebooks()
    if id_or_file in shipped:
        return read_codebook(paths.codebook_file(id_or_file))
    path = Path(id_or_file)
    if not path.is_file():
        raise UserError(
            f"There is no codebook {id_or_file}.",
            f"Shipped ones are {', '.join(shipped)}; or name a YAML file.",
        )
    return read_codebook(path)


def is_codebook_file(path: Path) -> bool:
    """Say whether a file is to be read as a codebook, by suffix and, for tables, by its head."""
    suffix = path.suffix.lower()
    return suffix in YAML or (suffix in TABLES and is_codebook_table(path))


def read_codebook_file(project: Project, path: Path) -> Codebook:
    """Read a codebook for a project; a table takes from the project what it does not hold.

    Raises:
        UserError: the suffix is none of a codebook, or the file holds problems.
    """
    suffix = path.suffix.lower()
    if suffix in YAML:
        return read_codebook(path)
    if suffix not in TABLES:
        raise UserError(
            f"{path.name} is not a codebook file.", f"Codebooks end in {', '.join(SUFFIXES)}."
        )
    return read_codebook_table(path, load_codebook(project))


def write_codebook_file(project: Project, path: Path) -> int:
    """Write the project's codebook by the suffix; return the number of codes.

    Raises:
        UserError: the file cannot be written.
    """
    codebook = load_codebook(project)
    write = write_codebook if path.suffix.lower() in YAML else write_codebook_table
    write(codebook, path)
    return len(codebook.codes)


def import_codebook_file(
    project: Project, path: Path, *, dry_run: bool = False, retire_missing: bool = False
) -> Plan:
    """Take a codebook file into a project in one act; with ``dry_run`` only say what it would do.

    Raises:
        UserError: the file holds problems.
    """
    codebook = read_codebook_file(project, path)
    if dry_run:
        return plan_import(project, codebook)
    return apply_import(project, codebook, retire_missing=retire_missing)
