"""The linter, the formatter and the type checker are part of the tests."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def told(*command: str) -> str:
    """Run a tool of the environment on the project; return what it says when it objects."""
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_the_linter_has_nothing_to_say() -> None:
    assert told("ruff", "check", "--no-cache", ".") == ""


def test_all_code_is_formatted_alike() -> None:
    assert told("ruff", "format", "--no-cache", "--check", ".") == ""


@pytest.mark.slow
def test_the_types_fit(tmp_path: Path) -> None:
    assert told("mypy", "--cache-dir", str(tmp_path)) == ""
