"""Taking in several files: looked at first, then written one by one, with answers to conflicts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.coding.team_files import HandinReport, hand_in, list_conflicts, settle_conflict
from app.errors import UserError
from app.models import Project

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A file and what it would bring, or why it cannot be taken in (``problem``)."""

    path: Path
    report: HandinReport | None
    problem: str = ""
    way: str = ""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What was taken in, what was refused, and how many conflicts were settled."""

    reports: tuple[HandinReport, ...]
    refused: tuple[LookedAt, ...]
    settled: int

    @property
    def codings(self) -> int:
        """Return how many codings were added."""
        return sum(report.added.get("coding", 0) for report in self.reports)


Step = Callable[[int, int, str], object]


def look_into(
    project: Project, paths: Sequence[Path], step: Step | None = None
) -> tuple[LookedAt, ...]:
    """Say of each file what it would do; nothing is written."""
    found = []
    for number, path in enumerate(paths):
        if step is not None:
            step(number, len(paths), path.name)
        try:
            (report,) = hand_in(project, [path], dry_run=True)
        except UserError as problem:
            found.append(LookedAt(path, None, problem.message, problem.hint))
        else:
            found.append(LookedAt(path, report))
    return tuple(found)


def take_in(
    project: Project,
    paths: Sequence[Path],
    answers: Mapping[Key, str] | None = None,
    step: Step | None = None,
) -> TakenIn:
    """Take files in, each wholly or not at all; ``answers`` maps rows to the version that counts.

    One that is refused does not keep the others out.
    """
    reports: list[HandinReport] = []
    refused: list[LookedAt] = []
    for number, path in enumerate(paths):
        if step is not None:
            step(number, len(paths), path.name)
        try:
            reports += hand_in(project, [path])
        except UserError as problem:
            refused.append(LookedAt(path, None, problem.message, problem.hint))
    settled = 0
    for conflict in list_conflicts(project):
        chosen = (answers or {}).get((conflict.kind, conflict.row_id), "")
        if chosen in conflict.versions:
            settle_conflict(project, conflict, chosen)
            settled += 1
    if step is not None:
        step(len(paths), len(paths), "")
    return TakenIn(tuple(reports), tuple(refused), settled)
