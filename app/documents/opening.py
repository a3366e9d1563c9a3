"""Opens PDF bytes and says in plain words why that failed."""

from typing import Any

from app.documents.mupdf import pymupdf
from app.documents.problems import DocumentProblem

_HEADER_WINDOW = 1024
_REPAIR_HINT = "Print or save it again as a PDF from another viewer and add that file."


def open_document(data: bytes, password: str | None = None) -> Any:
    """Return an open ``pymupdf.Document`` with at least one page.

    Raises DocumentProblem of kind "empty", "not_pdf", "damaged" or "password".
    """
    if not data:
        raise DocumentProblem("empty", "The file is empty.", "Download or copy it again.")
    try:
        document = pymupdf.open(stream=data, filetype="pdf")
    except Exception as error:
        raise _unopenable(data, error) from error
    if document.needs_pass and not (password and document.authenticate(password)):
        wrong = "The password does not open this PDF." if password else ""
        raise DocumentProblem(
            "password",
            wrong or "The PDF is protected by a password.",
            "Give the password, or save a copy without one.",
        )
    _require_pages(document)
    return document


def reason(error: Exception) -> str:
    """Return what the PDF engine said about a failure, without its error codes."""
    text = str(error).strip().removeprefix("code=").lstrip("0123456789").lstrip(": ")
    first_line = text.splitlines()[0] if text else type(error).__name__
    return first_line.rstrip(".")


def damaged(error: Exception) -> DocumentProblem:
    """Return the problem to raise for a file that fails as a whole."""
    return DocumentProblem("damaged", "The PDF is damaged.", _repair(reason(error)))


def _unopenable(data: bytes, error: Exception) -> DocumentProblem:
    if b"%PDF-" not in data[:_HEADER_WINDOW]:
        return DocumentProblem("not_pdf", "This file is not a PDF.", "Choose a PDF file.")
    cause = error.__cause__ or error.__context__
    return damaged(cause if isinstance(cause, Exception) else error)


def _require_pages(document: Any) -> None:
    try:
        count = document.page_count
    except Exception as error:
        raise damaged(error) from error
    if count < 1:
        raise DocumentProblem("damaged", "The PDF is damaged: it has no pages.", _REPAIR_HINT)


def _repair(technical: str) -> str:
    """Return the way out; what the PDF engine said stands last, in brackets."""
    return f"{_REPAIR_HINT} ({technical})"
