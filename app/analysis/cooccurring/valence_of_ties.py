"""In which direction do two codes meet: both helping, both hindering, or one against the other."""

from dataclasses import dataclass

import numpy as np

from app.analysis.cooccurring.meetings import Meetings
from app.analysis.matrix import BARRIER, FACILITATOR

ENOUGH_STUDIES = 3
MAJORITY = 2 / 3
FACILITATORS, BARRIERS, OPPOSED, MIXED = "facilitators", "barriers", "opposed", "mixed"


@dataclass(frozen=True, slots=True)
class TieValence:
    """Studies in which the codings of a tie meet in these valences; a study may be in several.

    ``kind`` is "facilitators", "barriers" or "opposed" where at least three studies have the tie
    and two thirds of them agree on just that; else "mixed".
    """

    both_facilitators: int
    both_barriers: int
    opposed: int
    other: int
    kind: str


def tie_valence(meetings: Meetings, code_a: int, code_b: int) -> TieValence:
    """Return the valences of the codings behind a tie, counted in studies."""
    rows = meetings.evidence
    pairs = meetings.codings_of(code_a, code_b)
    helps = rows.valence == _number(rows.valences, FACILITATOR)
    hinders = rows.valence == _number(rows.valences, BARRIER)
    a, b = pairs[:, 0], pairs[:, 1]
    kinds = np.stack(
        [
            helps[a] & helps[b],
            hinders[a] & hinders[b],
            (helps[a] & hinders[b]) | (hinders[a] & helps[b]),
        ]
    )
    kinds = np.vstack([kinds, ~kinds.any(axis=0)])
    seen = np.zeros((4, len(rows.studies)), dtype=np.bool_)
    for kind, which in enumerate(kinds):
        seen[kind, rows.study[a[which]]] = True
    total = int(seen.any(axis=0).sum())
    only = seen & (seen.sum(axis=0) == 1)
    words = MIXED
    if total >= ENOUGH_STUDIES:
        for kind, name in enumerate((FACILITATORS, BARRIERS, OPPOSED)):
            if only[kind].sum() >= MAJORITY * total:
                words = name
    first, second, third, fourth = seen.sum(axis=1).tolist()
    return TieValence(first, second, third, fourth, words)


def _number(valences: tuple[str, ...], key: str) -> int:
    return valences.index(key) if key in valences else -2
