"""How a document is to be read: its printed page numbers, its cover pages, its turned pages."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.coding.placing import pages_between
from app.errors import UserError
from app.models import Project, ids
from app.models.evidence import Document, DocumentView


@dataclass(frozen=True, slots=True)
class ViewOfDocument:
    """What a person has said of a document's pages; pages are 1-based.

    With ``numbered`` the printed number of a page is the page plus ``offset``; else the labels
    of the file hold. ``turns`` are degrees clockwise by page.
    """

    numbered: bool = False
    offset: int = 0
    cover_pages: tuple[int, ...] = ()
    turns: Mapping[int, int] = field(default_factory=dict)


def view_of(project: Project, document_id: str) -> ViewOfDocument:
    """Return how a document is to be read."""
    with project.read() as session:
        row = _row(session, document_id)
        if row is None:
            return ViewOfDocument()
        turns = {int(page): degrees for page, degrees in row.turns.items()}
        return ViewOfDocument(row.numbered, row.label_offset, tuple(row.cover_pages), turns)


def number_pages(project: Project, document_id: str, page: int, printed: int) -> None:
    """Say which number is printed on a page; the other pages are numbered on from it.

    Raises:
        UserError: there is no such page, or no such number.
    """
    if printed < 1:
        raise UserError("A printed page number is 1 or more.", "Leave it empty to take the file's.")
    with project.change("Correct page numbers") as session:
        row = _made(session, document_id, page)
        row.numbered, row.label_offset = True, printed - page


def number_as_in_file(project: Project, document_id: str) -> None:
    """Take the page numbers that the file gives."""
    with project.change("Correct page numbers") as session:
        row = _row(session, document_id)
        if row is not None:
            row.numbered, row.label_offset = False, 0


def set_cover_pages(project: Project, document_id: str, pages: Collection[int]) -> None:
    """Say which pages someone has put before the publication, such as a library's cover sheet.

    Raises:
        UserError: the document has no such page.
    """
    with project.change("Mark cover pages") as session:
        row = _made(session, document_id, *pages)
        row.cover_pages = sorted(set(pages))


def turn_page(project: Project, document_id: str, page: int, degrees: int) -> None:
    """Show a page turned by so many more degrees clockwise; its codings stay where they are.

    Raises:
        UserError: the document has no such page.
    """
    if degrees % 90:
        raise ValueError("pages are turned by quarters")
    with project.change("Turn page") as session:
        row = _made(session, document_id, page)
        turn = (row.turns.get(str(page), 0) + degrees) % 360
        kept = {key: value for key, value in row.turns.items() if key != str(page)}
        row.turns = {**kept, str(page): turn} if turn else kept


def follow_pages(session: Session, document: Document, layer_id: str) -> None:
    """Let what was said of a document's pages go with them into the text it is about to get.

    Pages that then stand before the first are cover pages, where the pages had been numbered.
    """
    row = _row(session, document.id)
    if row is None:
        return
    pages = pages_between(session, document.id, document.text_layer_id, layer_id)
    ahead = pages[0].page - 1 if pages[0].sure else 0
    moved = {number: found.page for number, found in enumerate(pages, start=1) if found.sure}
    covers = {moved[page] for page in row.cover_pages if page in moved}
    shifts = Counter(page - number for number, page in moved.items())
    if row.numbered and shifts:
        row.label_offset -= shifts.most_common(1)[0][0]
        covers |= set(range(1, ahead + 1))
    row.cover_pages = sorted(covers)
    row.turns = {
        str(moved[int(page)]): turn for page, turn in row.turns.items() if int(page) in moved
    }


def _row(session: Session, document_id: str) -> DocumentView | None:
    found = session.scalars(
        select(DocumentView).where(DocumentView.document_id == document_id)
    ).all()
    return found[0] if found else None


def _made(session: Session, document_id: str, *pages: int) -> DocumentView:
    """Return the row of a document, made when there is none; two computers make the same one."""
    document = session.get(Document, document_id)
    if document is None:
        raise UserError("This document is no longer in the project.", "Undo its removal.")
    for page in pages:
        if not 1 <= page <= document.page_count:
            last = document.page_count
            raise UserError(f"There is no page {page}.", f"Pages run from 1 to {last}.")
    row = _row(session, document_id)
    if row is None:
        row = DocumentView(
            id=ids.agreed_id("document_view", document_id), document_id=document_id,
            numbered=False, label_offset=0, cover_pages=[], turns={},
        )  # fmt: skip
        session.add(row)
    return row
