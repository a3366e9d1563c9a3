"""Reads one page as lines of print, cheaply or with a box for every character.

Both ways use the same flags and the same line-building code of MuPDF, so their texts agree.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from app.documents.mupdf import pymupdf
from app.documents.normalising import canonical_line
from app.documents.reading_order import segment_order
from app.documents.text_layer import SEGMENT, STREAM

FLAGS = int(pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_MEDIABOX_CLIP)
"""No TEXT_PRESERVE_LIGATURES: words with ligatures must be found. No
TEXT_CID_FOR_UNKNOWN_UNICODE: glyph numbers must not pass for characters."""

_LEVEL = 0.02  # sine of about one degree


@dataclass(slots=True)
class PageLine:
    """One line of print; the box is (x0, y0, x1, y1) in display space."""

    text: str
    box: tuple[float, float, float, float]
    level: bool
    """Whether the line runs from left to right or right to left as shown."""
    block: int
    size: float
    """Largest type size in the line, points."""
    raw: dict[str, Any]


@dataclass(slots=True)
class PageReading:
    """The lines of one page in the order in which they are read."""

    lines: list[PageLine]
    order: str

    @property
    def text(self) -> str:
        """Return the canonical page text."""
        return "\n".join(line.text for line in self.lines)


def read_page(page: Any, *, order: str | None = None, with_boxes: bool = False) -> PageReading:
    """Read a page in the given order, or decide the order when none is given.

    With ``with_boxes`` the spans of each line's ``raw`` hold "chars" instead of "text".
    """
    textpage = page.get_textpage(flags=FLAGS)
    content = textpage.extractRAWDICT() if with_boxes else textpage.extractDICT()
    lines = list(_lines(content["blocks"], page))
    if order == STREAM:
        return PageReading(lines, STREAM)
    indices = segment_order(lines, lambda: _segmented_lines(page), unconditionally=order == SEGMENT)
    if indices is None:
        return PageReading(lines, STREAM)
    return PageReading([lines[i] for i in indices], SEGMENT)


def raw_text(raw_line: dict[str, Any]) -> str:
    """Return a line's characters as MuPDF gives them."""
    spans = raw_line["spans"]
    if spans and "chars" in spans[0]:
        return "".join([char["c"] for span in spans for char in span["chars"]])
    return "".join([span["text"] for span in spans])


def _lines(blocks: Sequence[dict[str, Any]], page: Any) -> Iterator[PageLine]:
    matrix = page.rotation_matrix if page.rotation else None
    turned = page.rotation in (90, 270)
    for number, block in enumerate(blocks):
        for raw in block.get("lines", ()):
            text = canonical_line(raw_text(raw))
            if not text:
                continue
            box = raw["bbox"] if matrix is None else tuple(pymupdf.Rect(raw["bbox"]) * matrix)
            dx, dy = raw["dir"]
            level = abs(dx if turned else dy) < _LEVEL
            size = max([span["size"] for span in raw["spans"]])
            yield PageLine(text, box, level, number, size, raw)


def _segmented_lines(page: Any) -> list[str]:
    # The dictionary output leaves out segmented blocks; the plain text output has them.
    text = page.get_textpage(flags=FLAGS | pymupdf.TEXT_SEGMENT).extractText()
    return [line for line in map(canonical_line, text.split("\n")) if line]
