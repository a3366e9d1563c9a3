"""Finds the team's reference data beside the project, where it is present."""

from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data"


def shared_data(name: str) -> Path:
    """Return the path of one reference file or folder; skip the test where it is absent."""
    path = DATA / name
    if not path.exists():
        pytest.skip(f"reference data is not beside the project: {name}")
    return path
