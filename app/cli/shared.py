"""What all commands share: the list they are in, their arguments, and how they speak."""

import contextlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.errors import UserError

if TYPE_CHECKING:
    from app.models import Project

ProjectPath = Annotated[Path, typer.Argument(metavar="PROJECT", help="A .cofactor file.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
RoundName = Annotated[str | None, typer.Option("--round", help="Id or name of a round.")]
OutFile = Annotated[Path, typer.Option("--out", help="The file to write.")]

app = typer.Typer(
    name="main.py",
    no_args_is_help=False,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Cofactor: code implementation factors in study PDFs. Without a command the window opens.",
)


def existing(path: Path) -> Path:
    """Return the path, with the ending that was left out.

    Raises:
        UserError: it is a folder.
    """
    with_suffix = path.with_name(f"{path.name}.cofactor") if path.name else path
    if not path.is_file() and with_suffix.is_file():
        return with_suffix
    if path.is_dir():
        raise UserError("A folder is not a project.", "Name a file that ends in .cofactor.")
    return path


@contextlib.contextmanager
def open_project(path: Path) -> Iterator["Project"]:
    """Open a project for one command."""
    from app.models import Project

    project = Project.open(existing(path))
    try:
        yield project
    finally:
        project.close()


def print_json(value: object) -> None:
    """Print the one JSON document of a command."""
    print(json.dumps(value, ensure_ascii=False, indent=1))


def counted(number: int, noun: str) -> str:
    """Return "1 coding", "2 codings", "1,200 codings"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def note(text: str) -> None:
    """Say something on standard error."""
    print(text, file=sys.stderr)
