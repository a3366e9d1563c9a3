"""Runs the tour in a process of its own: ``python -m tests.ui.touring FOLDER`` prints JSON."""

import json
import os
import sys
from pathlib import Path

from app.ui.tour import run_tour
from tests.ui.geometry import problems


def main(folder: Path) -> None:
    """Print the names of the pictures, and what was wrong in the window at each of them."""
    found: dict[str, list[str]] = {}
    before = dict(os.environ)
    pictures = run_tour(folder, lambda name, window: found.__setitem__(name, problems(window)))
    kept = {key: os.environ.get(key) == before.get(key) for key in ("COFACTOR_HOME", "HOME")}
    json.dump({"pictures": [str(path) for path in pictures], "found": found, "kept": kept},
              sys.stdout)  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]))
