"""Measures the promises about speed on this machine; nothing here is part of the window.

The processes that are measured import this package too, so it imports nothing by itself.
"""

from collections.abc import Callable
from typing import Any


def run_bench(*, only: str | None, progress: Callable[[str], None]) -> list[dict[str, Any]]:
    """Measure the promises whose name contains ``only`` (case does not matter), or all.

    Each row holds ``name``, ``measured`` (None where it could not be measured), ``unit``, ``bar``,
    ``ok``, ``repeats`` and ``how``. An ``only`` that no name contains gives an empty list.
    """
    from app.ui.bench.running import run_promises

    return run_promises(only=only, progress=progress)


def promise_names() -> tuple[str, ...]:
    """Return the names of all promises that are measured."""
    from app.ui.bench.running import PROMISES

    return tuple(promise.name for promise in PROMISES)
