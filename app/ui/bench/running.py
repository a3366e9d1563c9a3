"""Runs the measurements that were asked for, each on material that is made for it."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from app.ui.bench.headless import HEADLESS
from app.ui.bench.material import Material
from app.ui.bench.promise import Promise
from app.ui.bench.windowed import WINDOWED
from app.ui.bench.windowed_stalls import STALLS

PROMISES: tuple[Promise, ...] = (*WINDOWED, *STALLS, *HEADLESS)


def run_promises(*, only: str | None, progress: Callable[[str], None]) -> list[dict[str, Any]]:
    """Measure and return the rows; see ``app.ui.bench.run_bench``."""
    wanted = [p for p in PROMISES if only is None or only.casefold() in p.name.casefold()]
    if not wanted:
        return []
    rows = []
    with _own_settings() as folder:
        material = Material(folder, progress)
        for promise in wanted:
            progress(f"Measuring: {promise.name}")
            rows.append(promise.row(material))
    return rows


@contextmanager
def _own_settings() -> Iterator[Path]:
    """Give a folder that goes away, with settings of its own: the user's stay untouched."""
    before = os.environ.get("COFACTOR_HOME")
    with tempfile.TemporaryDirectory(
        prefix="cofactor-bench-", ignore_cleanup_errors=True
    ) as folder:
        home = Path(folder) / "home"
        home.mkdir()
        os.environ["COFACTOR_HOME"] = str(home)
        try:
            yield Path(folder)
        finally:
            if before is None:
                del os.environ["COFACTOR_HOME"]
            else:
                os.environ["COFACTOR_HOME"] = before
