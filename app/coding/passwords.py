"""Passwords of protected PDFs: kept while the program runs, stored only when told to."""

from sqlalchemy import select, update

from app.models import Project
from app.models.evidence import Document, FileBytes

_session: dict[tuple[str, str], str] = {}
"""By project id and SHA-256 of the PDF; gone when the program ends."""


def keep_for_session(project: Project, sha256: str, password: str) -> None:
    """Keep a password until the program ends."""
    _session[project.id, sha256] = password


def pdf_password(project: Project, document_id: str) -> str | None:
    """Return the password of a document's PDF, remembered or of this session; None without one."""
    sha256, stored = _stored(project, document_id)
    return stored or _session.get((project.id, sha256)) or None


def is_remembered(project: Project, document_id: str) -> bool:
    """Tell whether the project file holds the password of a document's PDF."""
    return bool(_stored(project, document_id)[1])


def give_password(project: Project, document_id: str, password: str, *, remember: bool) -> None:
    """Take a password that was found right; with ``remember`` store it in the project file.

    Whoever has the project file can then read the PDF: it protects nothing any more.
    """
    sha256, _stored_one = _stored(project, document_id)
    keep_for_session(project, sha256, password)
    if remember:
        _store(project, sha256, password)


def forget_password(project: Project, document_id: str) -> None:
    """Take a remembered password out of the project file, and out of this session."""
    sha256, _stored_one = _stored(project, document_id)
    _session.pop((project.id, sha256), None)
    _store(project, sha256, "")


def _stored(project: Project, document_id: str) -> tuple[str, str]:
    with project.read() as session:
        found = session.execute(
            select(Document.sha256, FileBytes.password)
            .outerjoin(FileBytes, FileBytes.sha256 == Document.sha256)
            .where(Document.id == document_id)
        ).first()
    return (found[0], found[1] or "") if found is not None else ("", "")


def _store(project: Project, sha256: str, password: str) -> None:
    with project.cache() as session:
        session.execute(
            update(FileBytes).where(FileBytes.sha256 == sha256).values(password=password)
        )
