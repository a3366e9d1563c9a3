"""Where the tour takes the sample review from."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from app.ui.sample import KEPT
from app.ui.settings import home, settings

PROJECT, PDFS, RECORDS = "sample-review.cofactor", "pdfs", "references.ris"


@dataclass(frozen=True, slots=True)
class Sample:
    """Project, folder of PDFs and reference list; they exist once the project has been opened."""

    project: Path
    folder: Path
    made: bool

    @property
    def pdfs(self) -> list[Path]:
        """The PDFs, in the order of their names."""
        return sorted((self.folder / PDFS).glob("*.pdf"))

    @property
    def records(self) -> Path:
        """The reference list."""
        return self.folder / RECORDS


def find_sample(out: Path, own: Path) -> Sample:
    """Return the sample review of ``out``, its project copied to ``own``; else one to be made."""
    for folder in (out, out / "sample-review"):
        if (folder / PROJECT).is_file() and any((folder / PDFS).glob("*.pdf")):
            project = own / PROJECT
            shutil.copy(folder / PROJECT, project)
            settings().remember(KEPT, str(project))
            return Sample(project, folder, made=True)
    folder = home() / "sample-review"
    return Sample(folder / PROJECT, folder, made=False)
