"""What the sample review consists of, as plain data."""

from dataclasses import dataclass
from typing import Literal

from app.coding.references import ReferenceRecord
from app.documents.typesetting import LayoutName, Manuscript

Analyst = Literal["A", "B"]
ANALYSTS: dict[Analyst, str] = {"A": "Amina Rahman (sample)", "B": "Jonas Weller (sample)"}


@dataclass(frozen=True, slots=True)
class PlannedCoding:
    """A passage as typed, the code that an analyst gives it, and why it would do so."""

    report: int
    analyst: Analyst
    quote: str
    code: str
    valence: str
    stages: tuple[str, ...]
    condition: str = ""


@dataclass(frozen=True, slots=True)
class SampleReport:
    """A publication: how it is printed and what a reference list says of it."""

    file_name: str
    layout: LayoutName
    manuscript: Manuscript
    record: ReferenceRecord
    study: int
    seed: int
    scanned: bool = False


@dataclass(frozen=True, slots=True)
class SamplePlan:
    """Everything that is made: reports, the number of studies behind them, and the codings."""

    seed: int
    reports: tuple[SampleReport, ...]
    codings: tuple[PlannedCoding, ...]

    @property
    def study_count(self) -> int:
        """Return the number of studies."""
        return len({report.study for report in self.reports})
