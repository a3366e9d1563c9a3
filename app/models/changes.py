"""What is told after each commit."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Changes:
    """One message after one commit; each view decides whether it cares.

    ``kinds`` are table names, ``ids`` the rows, ``documents`` the documents whose codings
    changed. ``origin`` is ``act``, ``undo``, ``redo``, ``merge`` or ``outside``.
    """

    kinds: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()
    label: str = ""
    origin: str = "act"
    everything: bool = False

    def touches(self, *kinds: str) -> bool:
        """Say whether one of these tables changed."""
        return self.everything or not self.kinds.isdisjoint(kinds)
