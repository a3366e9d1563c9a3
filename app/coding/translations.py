"""Translations beside coded passages that are in another language than the project."""

from collections.abc import Collection

from sqlalchemy import select

from app.coding.people import acting_coder
from app.errors import UserError
from app.models import Project, ids
from app.models.codebook import CodebookFacts
from app.models.coding import Coding, Translation


def project_language(project: Project) -> str:
    """Return the language the team works in, as ISO 639-1: that of the codebook, else English."""
    with project.read() as session:
        return (session.scalar(select(CodebookFacts.language).limit(1)) or "en")[:2].lower()


def is_foreign(project: Project, language: str) -> bool:
    """Say whether a text in this language (ISO 639-1, "" when unknown) asks for translations."""
    return bool(language) and language[:2].lower() != project_language(project)


def list_translations(
    project: Project, coding_ids: Collection[str] | None = None
) -> dict[str, dict[str, str]]:
    """Return translations by coding id and coder id."""
    question = select(Translation.coding_id, Translation.coder_id, Translation.text)
    if coding_ids is not None:
        question = question.where(Translation.coding_id.in_(list(coding_ids)))
    found: dict[str, dict[str, str]] = {}
    with project.read() as session:
        for coding_id, coder_id, text in session.execute(question.order_by(Translation.id)):
            found.setdefault(coding_id, {})[coder_id] = text
    return found


def set_translation(
    project: Project, coding_id: str, text: str, *, coder_id: str | None = None
) -> None:
    """Write your translation of a coded passage, anyone's; an empty one is removed.

    Raises:
        UserError: the coding is gone, or nobody has said who they are.
    """
    coder = acting_coder(project, coder_id)
    translation_id = ids.agreed_id("translation", coding_id, coder)
    with project.change("Edit translation") as session:
        if session.get(Coding, coding_id) is None:
            raise UserError("This coding is no longer there.", "It may have been undone elsewhere.")
        row = session.get(Translation, translation_id)
        words = text.strip()
        if not words:
            if row is not None:
                session.delete(row)
        elif row is None:
            session.add(
                Translation(id=translation_id, coding_id=coding_id, coder_id=coder, text=words)
            )
        else:
            row.text = words
