"""The command that takes files of others into a project."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.shared import ProjectPath, app, note, open_project
from app.errors import UserError


@app.command("import")
def import_(
    project: ProjectPath,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A codebook: YAML, CSV, XLSX.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what it would change.")
    ] = False,
    retire_missing: Annotated[
        bool, typer.Option("--retire-missing", help="Retire the codes that the file lacks.")
    ] = False,
) -> None:
    """Take a codebook file into a project; one undo takes it back."""
    from app.exchange.codebook_files import SUFFIXES, import_codebook_file

    if file.suffix.lower() not in SUFFIXES:
        raise UserError(
            f"{file.name} cannot be imported.",
            f"Codebooks end in {', '.join(SUFFIXES)}; PDFs and reference lists go in with add.",
        )
    with open_project(project) as opened:
        plan = import_codebook_file(opened, file, dry_run=dry_run, retire_missing=retire_missing)
    for code in plan.new:
        note(f"new      {code.name}")
    for one in plan.changed:
        note(f"changed  {one.name}: {', '.join(change.label for change in one.changes)}")
    for code in plan.missing:
        note(f"{'retired ' if retire_missing and not dry_run else 'missing '} {code.name}")
    print(f"{'Would take in' if dry_run else 'Took in'} {file.name}: {plan.sentence()}.")
