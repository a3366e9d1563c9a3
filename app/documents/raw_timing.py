"""What MuPDF alone takes: the floor that the measurements of speed are compared with."""

import time

from app.documents.mupdf import pymupdf


def count_pages(data: bytes) -> int:
    """Return the number of pages of a PDF."""
    with pymupdf.open(stream=data, filetype="pdf") as document:
        return int(document.page_count)


def text_seconds(data: bytes) -> float:
    """Return how long MuPDF takes for the plain text of all pages, in seconds of wall time."""
    began = time.perf_counter()
    with pymupdf.open(stream=data, filetype="pdf") as document:
        for page in document:
            page.get_text("text")
    return time.perf_counter() - began


def first_page_seconds(data: bytes, scale: float) -> float:
    """Return how long MuPDF takes to open and draw page 1, in seconds of wall time.

    ``scale`` is device pixels per point.
    """
    began = time.perf_counter()
    with pymupdf.open(stream=data, filetype="pdf") as document:
        document.load_page(0).get_pixmap(
            matrix=pymupdf.Matrix(scale, scale), colorspace=pymupdf.csRGB, alpha=False
        )
    return time.perf_counter() - began
