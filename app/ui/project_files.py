"""Making project files from what a form holds; called from worker threads and from forms."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths

if TYPE_CHECKING:
    from app.models import Project

SUFFIX = ".cofactor"


@dataclass(frozen=True, slots=True)
class CodebookChoice:
    """A codebook that a new project can start from; ``key`` is a shipped id or a file."""

    key: str
    title: str
    fact: str


def shipped_choices() -> list[CodebookChoice]:
    """Return the shipped codebooks, the fullest first."""
    from app.exchange.codebook_files import find_codebook
    from app.paths import shipped_codebooks

    books = [(key, find_codebook(key)) for key in shipped_codebooks()]
    books.sort(key=lambda entry: -len(entry[1].codes))
    return [
        CodebookChoice(
            key,
            book.title,
            f"{len(book.codes)} codes in {len(book.categories)} categories, version {book.version}",
        )
        for key, book in books
    ]


def file_name_for(title: str) -> str:
    """Return a file name such as "case-management-review.cofactor" for a title."""
    words = re.sub(r"[^\w]+", "-", title.casefold(), flags=re.UNICODE).strip("-_")
    return f"{words[:60].rstrip('-') or 'review'}{SUFFIX}"


def documents_folder() -> Path:
    """Return where the platform keeps a person's documents."""
    place = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(QStandardPaths.writableLocation(place) or Path.home())


def create_project(path: Path, title: str, codebook: str, coder: str) -> "Project":
    """Make a project with a codebook and, where named, a first coder who is you.

    Raises:
        UserError: the file is there already, or the codebook cannot be read.
    """
    from app.coding.codebooks import install_codebook
    from app.coding.people import add_coder, choose_coder
    from app.exchange.codebook_files import find_codebook
    from app.models import Project

    book = find_codebook(codebook)
    project = Project.create(path, title=title)
    try:
        install_codebook(project, book)
        if coder.strip():
            choose_coder(project, add_coder(project, coder, role="lead"))
    except BaseException:
        project.close()
        path.unlink(missing_ok=True)
        raise
    return project
