"""Reference lists on the command line: read, taken into a project, told."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli.shared import counted, note
from app.errors import UserError

if TYPE_CHECKING:
    from app.coding.studies import MatchResult
    from app.exchange.reference_files import ReferenceList
    from app.models import Project


@dataclass(frozen=True, slots=True)
class NamedList:
    """A reference list with the name of its file."""

    name: str
    content: "ReferenceList"


def read_list(path: Path, *, unchecked: bool) -> NamedList:
    """Read a reference list and tell what is wrong with single records.

    Raises:
        UserError: it holds none; or it is the example list and nobody said ``unchecked``.
    """
    from app.exchange.reference_files import read_references
    from app.exchange.references_table import EXAMPLE_MARK

    found = read_references(path)
    if found.note.startswith(EXAMPLE_MARK) and not unchecked:
        raise UserError(
            "This is the example list: nobody has checked these candidates.",
            "Say --unchecked to take it as what it is.",
        )
    for problem in found.problems:
        note(problem)
    return NamedList(path.name, found)


def take_list(
    project: "Project", found: NamedList, *, columns: bool, dry_run: bool = False
) -> dict[str, Any]:
    """Match a list to the PDFs and return what ``--json`` prints of that.

    Nobody is there to be asked, so what is unsure is kept as a study that needs its PDF.
    """
    from app.coding.studies import match_references
    from app.models.ids import new_id

    group = new_id()
    result = match_references(
        project, found.content.records, keep_unsure=True, dry_run=dry_run, group=group
    )
    if columns and found.content.columns and not dry_run:
        _take_columns(project, result, found, group)
    return {
        "matched": len(result.matched),
        "unsure": [unsure.record.title for unsure in result.unsure],
        "records_without_pdf": [record.title for record in result.records_without_pdf],
        "pdfs_without_record": list(result.pdfs_without_record),
    }


def _take_columns(project: "Project", result: "MatchResult", found: NamedList, group: str) -> None:
    from app.coding.attribute_columns import take_columns

    taken = take_columns(
        project, result.studies, found.content.columns, source=found.name, group=group
    )
    note(f"{counted(taken.attributes, 'attribute')} made, {counted(taken.values, 'value')} given.")
    for problem in taken.problems:
        note(problem)


def tell_matching(matching: dict[str, Any]) -> None:
    """Say what became of a list."""
    note(f"{counted(matching['matched'], 'record')} matched to PDFs.")
    for name, words in (
        ("unsure", "Unsure, kept without a PDF (add the list in the window to choose their PDFs)"),
        ("records_without_pdf", "Records without a PDF"),
        ("pdfs_without_record", "PDFs without a record"),
    ):
        if matching[name]:
            note(f"{words}:")
            for line in matching[name]:
                note(f"  {line}")
