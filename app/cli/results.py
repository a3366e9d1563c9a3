"""Commands that give results: the sample review, figures, exports, measurements, pictures."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from app import __version__
from app.cli.cooccurrence import CodersName, RuleName, UnitName, counting_of
from app.cli.shared import (
    AsJson,
    OutFile,
    ProjectPath,
    app,
    counted,
    note,
    open_project,
    print_json,
)
from app.errors import UserError


@app.command()
def version() -> None:
    """Print the version."""
    print(__version__)


@app.command()
def demo(
    out: Annotated[Path, typer.Option(help="Folder for the sample review.")] = Path(
        "sample-review"
    ),
    no_window: Annotated[bool, typer.Option("--no-window", help="Do not open it.")] = False,
) -> int:
    """Make the sample review (invented studies), count, export and draw it, and open it."""
    from app.exchange.sample_review.demo import make_demo

    project = make_demo(out, note, print)
    if no_window or not _has_display():
        return 0
    from app.ui.starting import run

    return run(project)


def _has_display() -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


@app.command()
def network(
    project: ProjectPath,
    out: OutFile,
    minimum_studies: Annotated[
        int, typer.Option(min=1, help="Ties in at least so many studies.")
    ] = 3,
    coder: Annotated[str | None, typer.Option(help="Only this coder's codings.")] = None,
    rule: RuleName = "overlap",
    unit: UnitName = "studies",
    coders: CodersName = "merged",
) -> None:
    """Draw which codes come together in the text, counted in studies; format by the suffix."""
    from app.exchange.network_export import export_network

    counting = counting_of(rule, unit, coders)
    if counting.unit != "studies":
        raise UserError(
            "A network counts studies.", "main.py cooccurrence counts reports and codings too."
        )
    if counting.rule.warning:
        note(counting.rule.warning)
    with open_project(project) as opened:
        drawn = export_network(
            opened, out, minimum_studies=minimum_studies, coder=coder, counting=counting
        )
    note(f"Wrote {out}: {counted(drawn.codes, 'code')}, {counted(drawn.ties, 'tie')}.")


@app.command()
def export(
    project: Annotated[Path | None, typer.Argument(metavar="PROJECT")] = None,
    what: Annotated[str | None, typer.Argument(metavar="WHAT")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="The file to write.")] = None,
    for_excel: Annotated[
        bool,
        typer.Option(
            "--for-excel", help="CSV that is safe to open in Excel; the tidy one is exact."
        ),
    ] = False,
    coder: Annotated[
        str | None,
        typer.Option(help="Extracts of this coder only; the consensus is left out unless named."),
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="List what can be exported.")] = False,
) -> int:
    """Export extracts or the codebook; format by the suffix."""
    from app.exchange import exports

    if list_:
        for door in exports.EXPORTS:
            print(f"{door.what:<10} {' '.join(door.suffixes):<12} {door.title}")
        return 0
    if project is None or what is None or out is None:
        note("Usage: main.py export PROJECT WHAT --out FILE (main.py export --list)")
        return 2
    if what not in {door.what for door in exports.EXPORTS}:
        note(f"{what} cannot be exported; see main.py export --list.")
        return 2
    with open_project(project) as opened:
        told = exports.export(opened, what, out, for_excel=for_excel, coder=coder)
    note(told)
    return 0


@app.command()
def bench(
    as_json: AsJson = False,
    only: Annotated[str | None, typer.Option(help="Only promises with this in their name.")] = None,
) -> int:
    """Measure the promises about speed on this machine."""
    from app.ui.bench import promise_names, run_bench

    rows = run_bench(only=only, progress=note)
    if not rows:
        names = "; ".join(promise_names())
        raise UserError(f"No promise has {only} in its name.", f"There are: {names}.")
    if as_json:
        print_json(rows)
    else:
        for row in rows:
            print(
                f"{'ok ' if row['ok'] else 'no '} {row['name']}: {row['measured']} "
                f"{row['unit']} (bar {row['bar']}; {row['how']})"
            )
    return 0


@app.command()
def tour(out: Annotated[Path, typer.Option(help="Folder for the pictures.")]) -> int:
    """Drive the real window through every main task and save a picture of each."""
    from app.ui.tour import run_tour

    for picture in run_tour(out):
        print(picture)
    return 0
