"""One finding of the command palette."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """A line of the palette: ``kind`` is its group ("Actions", "Documents", "Codes" ...)."""

    kind: str
    text: str
    detail: str
    run: Callable[[], object]
    icon: str = ""
    key: str = ""
    cluster: str = ""
    enabled: bool = True
