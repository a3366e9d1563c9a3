"""Every command that works without a window; ``python3 main.py --help`` lists them.

Exit codes: 0 done; 1 an expected problem, told in one plain sentence on standard error; 2 wrong
usage. With ``--json`` standard output holds one JSON document and nothing else.
"""

import contextlib
import gc
import sys
from collections.abc import Sequence
from pathlib import Path

from app.errors import UserError

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, or open the window, and return the exit code."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    try:
        if not arguments or _is_project(arguments):
            return _open_window(Path(arguments[0]) if arguments else None)
        return _command(arguments)
    except UserError as problem:
        print(problem, file=sys.stderr)
        return 1


def _is_project(arguments: Sequence[str]) -> bool:
    name = arguments[0]
    return len(arguments) == 1 and name.endswith(".cofactor") and Path(name).is_file()


def _open_window(path: Path | None) -> int:
    gc.disable()  # what a start makes stays; the window turns it on again
    from app.ui.starting import run

    return run(path)


def _command(arguments: list[str]) -> int:
    """Run a command; the window, which comes by another way, starts sooner without these."""
    import typer

    # They register the commands.
    from app.cli import (  # noqa: F401
        agreement,
        cooccurrence,
        evidence,
        importing,
        results,
        studies,
        team,
        texts,
    )
    from app.cli.shared import app

    commands = {
        str(command.name or command.callback.__name__).replace("_", "-")
        for command in app.registered_commands
        if command.callback
    }
    try:
        if not (arguments[0].startswith("-") or arguments[0] in commands):
            return _window(arguments)
        return int(app(args=arguments, prog_name="main.py", standalone_mode=False) or 0)
    except UserError:
        raise
    except typer.Exit as leaving:
        return leaving.exit_code
    except (typer.Abort, KeyboardInterrupt):
        print("Stopped. What was reported as done is saved.", file=sys.stderr)
        return 1
    except Exception as error:
        show = getattr(error, "show", None)
        if show is None:
            raise
        show()
        return int(getattr(error, "exit_code", 2))


def _window(arguments: Sequence[str]) -> int:
    from app.cli.shared import existing

    if len(arguments) > 1:
        print(f"There is no command {arguments[0]}; try --help.", file=sys.stderr)
        return 2
    path = existing(Path(arguments[0])) if arguments else None
    if path is not None and not path.is_file():
        if not path.suffix:
            print(f"There is no command or project {arguments[0]}; try --help.", file=sys.stderr)
            return 2
        raise UserError(f"There is no project {path.name} here.", "Check the name and folder.")
    return _open_window(path)
