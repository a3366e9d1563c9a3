"""Codes and the passages they stand on: splitting a code, taking an example from the text."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.coding.code_aliases import living_codes
from app.coding.code_editing import GONE, add_code, note_split
from app.coding.documents import list_documents, load_text
from app.coding.listing import list_codings
from app.coding.passages import own_row
from app.coding.rechecks import add_recheck
from app.errors import UserError
from app.models import Project
from app.models.codebook import Code
from app.models.coding import Coding
from app.models.people import Layer


@dataclass(frozen=True, slots=True)
class Split:
    """What splitting a code did: the new code, and how many of your codings took it.

    ``others`` counts the codings of others, left for them to look at under ``recheck_id`` ("" for
    none).
    """

    code_id: str
    moved: int
    others: int
    recheck_id: str


def split_code(
    project: Project,
    code_id: str,
    name: str,
    coding_ids: Sequence[str] = (),
    *,
    definition: str = "",
) -> Split:
    """Part a new code from an existing one; these codings of yours take the new code.

    Other coders' codings stay; they are asked to look at theirs again.

    Raises:
        UserError: the name is taken, or a coding is someone else's, frozen, or of another code.
    """
    with project.change("Split code") as session:
        source = session.get(Code, code_id)
        if source is None:
            raise GONE
        new_id = add_code(session, name, source.category_id, definition=definition, after=source.id)
        session.flush()
        new = session.get_one(Code, new_id)
        new.cluster_id = source.cluster_id
        new.further_cluster_ids = list(source.further_cluster_ids)
        note_split(session, new_id, source)
        spellings = living_codes(session).spellings(code_id)
        for coding_id in coding_ids:
            row = own_row(session, project, coding_id)
            if row.code_id not in spellings:
                raise UserError("One of these passages has another code.", "Choose them again.")
            row.code_id = new_id
        others = session.connection().scalars(
            select(Coding.id)
            .join(Layer, Layer.id == Coding.layer_id)
            .where(Coding.code_id.in_(spellings), Layer.coder_id != (project.actor_id or ""))
        )
        left = len(others.all())
        reason = f"Split: some may belong to “{new.name}” now."
        recheck = add_recheck(session, code_id, reason) if left else ""
        return Split(new_id, len(coding_ids), left, recheck)


def set_example(project: Project, code_id: str, document_id: str, start: int, end: int) -> str:
    """Make a passage the example of a code, with its source; return the example.

    Raises:
        UserError: the code is gone.
    """
    from app.coding.extracts import quote_with_citation

    example = quote_with_citation(project, document_id, start, end)
    with project.change("Take example from passage") as session:
        row = session.get(Code, code_id)
        if row is None:
            raise GONE
        row.example = example
    return example


def passage_of_example(project: Project, code_id: str, example: str) -> tuple[str, int, int] | None:
    """Return document, start and end of the coding that an example quotes; None for none."""
    words = "".join(example.split())
    known = {document.id for document in list_documents(project)}
    for coding in list_codings(project, code_id=code_id):
        if coding.document_id not in known or not coding.quote:
            continue
        head = "".join(coding.quote.split())[:24]
        if head not in words:
            continue
        clean = load_text(project, coding.document_id).clean(coding.start, coding.end)
        if "".join(clean.split()) in words:
            return coding.document_id, coding.start, coding.end
    return None
