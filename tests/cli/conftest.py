"""A project made by the command line alone, and a way to run commands and hear what they say."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.cli import main
from tests.documents.making import lines, make_pdf

OKAFOR = "Okafor 2021.pdf"
LIND = "Lind 2019.pdf"
BROKEN_QUOTE = "the coordinators said that nobody had told them where their remit ended"


@dataclass(frozen=True)
class Outcome:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON document on standard output; anything beside it is an error."""
        return json.loads(self.out)


Run = Callable[..., Outcome]


def write_pdfs(folder: Path) -> None:
    """Write two studies: one with printed page numbers from 101, a broken word and a ligature."""
    okafor = [
        lines(
            "The panel met every second week and the coordin-",
            "ators said that nobody had told",
            "them where their remit ended.",
        ),
        lines(
            "A two-page agreement said who could be told.",
            "The funding ended in March and the post was lost.",
        ),
    ]
    numbered = {"startpage": 0, "prefix": "", "style": "D", "firstpagenum": 101}
    (folder / OKAFOR).write_bytes(make_pdf(okafor, title="Panels and remits", labels=[numbered]))
    lind = [
        lines(
            "The funding ended early and trust between the partners was lost.",
            "The funding ended early in the other town as well.",
        )
    ]
    (folder / LIND).write_bytes(make_pdf(lind, title="Partners apart"))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run one command in this process."""

    def runner(*arguments: object) -> Outcome:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        return Outcome(code, *capsys.readouterr())

    return runner


@pytest.fixture(scope="session")
def made_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as made once; tests work on copies of it."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "pdfs").mkdir()
    write_pdfs(folder / "pdfs")
    project = folder / "review.cofactor"
    assert main(["new", str(project), "--codebook", "case-management-starter"]) == 0
    assert main(["add", str(project), str(folder / "pdfs")]) == 0
    return project


@pytest.fixture
def project(made_project: Path, tmp_path: Path) -> Path:
    """A copy of the project, with its PDFs beside it."""
    shutil.copytree(made_project.parent / "pdfs", tmp_path / "pdfs")
    return Path(shutil.copy(made_project, tmp_path / "review.cofactor"))


def code_passage(run: Run, project: Path, coder: str = "Ada Sample", **changed: str) -> Outcome:
    """Code the sentence that runs over two line ends."""
    options = {
        "document": OKAFOR,
        "quote": BROKEN_QUOTE,
        "code": "maw.mandate",
        "valence": "barrier",
        "coder": coder,
        **changed,
    }
    given = [part for name, value in options.items() for part in (f"--{name}", value)]
    return run("code", project, *given, "--json")
