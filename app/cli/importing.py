"""The command that takes files of others into a project: codebooks and reference lists."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.reference_lists import read_list, take_list, tell_matching
from app.cli.shared import AsJson, ProjectPath, app, counted, note, open_project, print_json
from app.errors import UserError

LATER = {
    ".qdpx": "Projects of other programs (REFI-QDA)",
    ".qde": "Projects of other programs (REFI-QDA)",
    ".qdc": "Codebooks in REFI-QDA form",
    ".pdf": "Highlights in PDFs",
}
INSTEAD = {
    ".qdc": "Export the codebook there as a table, and import that.",
    ".pdf": "The PDF itself goes in with: main.py add PROJECT FILE.",
}


@app.command("import")
def import_(
    project: ProjectPath,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="A codebook (YAML, CSV, XLSX) or a reference list (RIS, BibTeX, CSL JSON, CSV).",
        ),
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what it would change.")
    ] = False,
    retire_missing: Annotated[
        bool, typer.Option("--retire-missing", help="Codebooks: retire codes the file lacks.")
    ] = False,
    columns: Annotated[
        bool, typer.Option("--columns", help="Reference tables: further columns as attributes.")
    ] = False,
    unchecked: Annotated[
        bool, typer.Option("--unchecked", help="Take the example list, which nobody has checked.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Take a codebook or a reference list into a project; one undo takes it back."""
    from app.exchange.codebook_files import SUFFIXES as CODEBOOKS
    from app.exchange.codebook_files import is_codebook_file
    from app.exchange.reference_files import SUFFIXES as LISTS

    suffix = file.suffix.lower()
    if suffix in LATER:
        raise UserError(
            f"{LATER[suffix]} ({suffix}) cannot be imported yet; that comes in a later version.",
            INSTEAD.get(suffix, "What can be imported: main.py import --help."),
        )
    if suffix not in LISTS and suffix not in CODEBOOKS:
        raise UserError(
            f"{file.name} cannot be imported.",
            f"Codebooks end in {', '.join(CODEBOOKS)}, reference lists in {', '.join(LISTS)}.",
        )
    if suffix in LISTS and not is_codebook_file(file):
        _import_list(
            project, file, columns=columns, unchecked=unchecked, dry_run=dry_run, as_json=as_json
        )
    else:
        _import_codebook(
            project, file, dry_run=dry_run, retire_missing=retire_missing, as_json=as_json
        )


def _import_list(
    project: Path, file: Path, *, columns: bool, unchecked: bool, dry_run: bool, as_json: bool
) -> None:
    from app.coding.people import acting_coder

    found = read_list(file, unchecked=unchecked)
    with open_project(project) as opened:
        if columns:
            acting_coder(opened)
        matching = take_list(opened, found, columns=columns, dry_run=dry_run)
    if as_json:
        print_json({"file": file.name, "dry_run": dry_run, "references": matching})
        return
    tell_matching(matching)
    records = counted(len(found.content.records), "record")
    print(f"{'Would take in' if dry_run else 'Took in'} {file.name}: {records}.")


def _import_codebook(
    project: Path, file: Path, *, dry_run: bool, retire_missing: bool, as_json: bool
) -> None:
    from app.exchange.codebook_files import import_codebook_file

    with open_project(project) as opened:
        plan = import_codebook_file(opened, file, dry_run=dry_run, retire_missing=retire_missing)
    if as_json:
        names = {
            "new": [code.name for code in plan.new],
            "changed": [one.name for one in plan.changed],
            "missing": [code.name for code in plan.missing],
        }
        print_json({"file": file.name, "dry_run": dry_run, "codebook": names})
        return
    for code in plan.new:
        note(f"new      {code.name}")
    for one in plan.changed:
        note(f"changed  {one.name}: {', '.join(change.label for change in one.changes)}")
    for code in plan.missing:
        note(f"{'retired ' if retire_missing and not dry_run else 'missing '} {code.name}")
    print(f"{'Would take in' if dry_run else 'Took in'} {file.name}: {plan.sentence()}.")
