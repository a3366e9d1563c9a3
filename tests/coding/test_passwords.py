"""Passwords of protected PDFs: of this session, unless one says that they are to be remembered."""

import sqlite3

import pytest

from app.coding import passwords
from app.coding.adding import add_pdfs
from app.coding.documents import list_documents
from app.coding.passwords import forget_password, give_password, is_remembered, pdf_password
from app.documents.engine import PdfEngine
from tests.documents.making import lines, make_pdf

SECRET = "Maple-77"


@pytest.fixture
def locked(tmp_path):
    """A protected PDF."""
    path = tmp_path / "Locked 2020.pdf"
    path.write_bytes(make_pdf([lines("The minutes were kept in a drawer.")], password=SECRET))
    return path


@pytest.fixture(scope="module")
def engine():
    """One worker for the tests of this file."""
    made = PdfEngine()
    yield made
    made.close()


def stored_passwords(project):
    with sqlite3.connect(project.path) as file:
        return {row[0] for row in file.execute("SELECT password FROM file_bytes")}


@pytest.mark.parametrize("remember", [False, True])
def test_a_password_is_stored_only_when_told_so(review, engine, locked, remember):
    result = add_pdfs(
        review.project, engine, [locked],
        passwords={locked.name: SECRET}, remember_passwords=remember,
    )  # fmt: skip
    (document,) = result.added
    assert pdf_password(review.project, document) == SECRET
    assert is_remembered(review.project, document) == remember
    assert (SECRET in stored_passwords(review.project)) == remember
    passwords._session.clear()  # as when the program starts again
    assert pdf_password(review.project, document) == (SECRET if remember else None)


def test_giving_and_forgetting_a_password(review, engine, locked):
    (document,) = add_pdfs(review.project, engine, [locked], passwords={locked.name: SECRET}).added
    give_password(review.project, document, SECRET, remember=True)
    assert is_remembered(review.project, document)
    forget_password(review.project, document)
    assert pdf_password(review.project, document) is None
    assert SECRET not in stored_passwords(review.project)
    others = [d.id for d in list_documents(review.project) if d.id != document]
    assert all(pdf_password(review.project, other) is None for other in others)
