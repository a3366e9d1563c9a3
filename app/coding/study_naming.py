"""What studies are called and where they stand in the list."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import Project, ids
from app.models.evidence import Study

INTEGRITY = {
    "": "Nothing known",
    "retracted": "Retracted",
    "concern": "Expression of concern",
    "corrected": "Corrected",
}
LETTERS = ("", *"bcdefghijklmnopqrstuvwxyz")


def free_label(session: Session, label: str, study_id: str) -> str:
    """Return the label, with a letter when another study has it: Okafor 2021, Okafor 2021b."""
    taken = set(session.scalars(select(Study.label).where(Study.id != study_id)))
    return next((f"{label}{x}" for x in LETTERS if f"{label}{x}" not in taken), label)


def next_position(session: Session) -> int:
    """Return the place of a study that comes now."""
    return session.scalar(select(func.count()).select_from(Study)) or 0


def flag_note_id(study_id: str) -> str:
    """Return the id of the project's memo that says why a study is marked as it is."""
    return ids.agreed_id("memo", "study flag", study_id)


def study_flags(project: Project) -> dict[str, str]:
    """Return the marks of integrity of the studies that have one."""
    with project.read() as session:
        marked = select(Study.id, Study.flag).where(Study.flag != "")
        return {study_id: flag for study_id, flag in session.execute(marked)}
