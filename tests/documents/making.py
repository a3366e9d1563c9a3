"""Makes small PDFs for tests."""

from collections.abc import Sequence

import pymupdf

Piece = tuple[float, float, str]


def make_pdf(
    pages: Sequence[Sequence[Piece]],
    *,
    rotation: int = 0,
    size: float = 11,
    title: str = "",
    labels: Sequence[dict[str, object]] = (),
    password: str = "",
) -> bytes:
    """Return a PDF with each piece of text at its baseline (x, y), points from the top left."""
    document = pymupdf.open()
    for pieces in pages:
        page = document.new_page()
        for x, y, text in pieces:
            page.insert_text((x, y), text, fontsize=size)
        page.set_rotation(rotation)
    if title:
        document.set_metadata({"title": title})
    if labels:
        document.set_page_labels(list(labels))
    if password:
        return document.tobytes(
            encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw=password, owner_pw="owner"
        )
    return document.tobytes()


def lines(*texts: str, x: float = 72, top: float = 120, step: float = 14) -> list[Piece]:
    """Return texts one below the other."""
    return [(x, top + step * i, text) for i, text in enumerate(texts)]


def column(words: str, *, x: float, top: float = 120, count: int = 12) -> list[Piece]:
    """Return a column of prose whose lines are numbered, so that their order can be read off."""
    return lines(*(f"{words} {i:02d} of quiet running prose" for i in range(count)), x=x, top=top)
