"""Reads one page as lines of print, cheaply or with a box for every character.

Both ways use the same flags and the same line-building code of MuPDF, so their texts agree.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from app.documents.mupdf import pymupdf
from app.documents.normalising import canonical_line
from app.documents.reading_order import chosen_order, row_order, segment_order
from app.documents.text_layer import LINES, ROWS, SEGMENT, SHIFT, STREAM

FLAGS = int(pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_MEDIABOX_CLIP)
"""No TEXT_PRESERVE_LIGATURES: words with ligatures must be found. No
TEXT_CID_FOR_UNKNOWN_UNICODE: glyph numbers must not pass for characters."""

_GLYPHS = int(pymupdf.TEXT_CID_FOR_UNKNOWN_UNICODE)
_UNMAPPED = "\ufffd"
_SPACE_GLYPH, _LAST_ASCII_GLYPH = 3, 97
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
    step, order = _split(order)
    content = _content(page, FLAGS, with_boxes=with_boxes)
    if step is not None:
        glyphs = _content(page, FLAGS | _GLYPHS, with_boxes=with_boxes)
        put_in_letters(content, glyphs, step)
    lines = list(_lines(content["blocks"], page))
    indices, name = _in_order(lines, page, order)
    if step is not None:
        name = f"{SHIFT}{step}|{name}"
    return PageReading(lines if indices is None else [lines[i] for i in indices], name)


def _content(page: Any, flags: int, *, with_boxes: bool) -> dict[str, Any]:
    textpage = page.get_textpage(flags=flags)
    content: dict[str, Any] = textpage.extractRAWDICT() if with_boxes else textpage.extractDICT()
    return content


def _split(order: str | None) -> tuple[int | None, str | None]:
    """Return the step of letters that the PDF does not tell, and the order without it."""
    if order is None or not order.startswith(SHIFT):
        return None, order
    step, _bar, rest = order.removeprefix(SHIFT).partition("|")
    return int(step), rest or STREAM


def _in_order(
    lines: list[PageLine], page: Any, order: str | None
) -> tuple[Sequence[int] | None, str]:
    """Return the indices in which the lines are read (None: as stored) and the order's name."""
    if order == STREAM:
        return None, STREAM
    if order == ROWS:
        return row_order(lines), ROWS
    if order is not None and order.startswith(LINES):
        chosen = chosen_order(order, len(lines))
        return chosen, order if chosen is not None else STREAM
    found = segment_order(lines, lambda: _segmented_lines(page), unconditionally=order == SEGMENT)
    return found, STREAM if found is None else SEGMENT


def put_in_letters(content: dict[str, Any], glyphs: dict[str, Any], step: int) -> None:
    """Put letters in the place of unmapped ones: the glyph's number plus a step."""
    for known, numbered in zip(_spans(content), _spans(glyphs), strict=False):
        if "chars" in known:
            for char, glyph in zip(known["chars"], numbered["chars"], strict=False):
                char["c"] = _letter(char["c"], glyph["c"], step)
        else:
            pairs = zip(known["text"], numbered["text"], strict=False)
            known["text"] = "".join(_letter(char, glyph, step) for char, glyph in pairs)


def _spans(content: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for block in content["blocks"]:
        for line in block.get("lines", ()):
            yield from line["spans"]


def _letter(char: str, glyph: str, step: int) -> str:
    if char != _UNMAPPED or not 0 < ord(glyph) + step < 0x10000:
        return char
    if step and _SPACE_GLYPH <= ord(glyph) <= _LAST_ASCII_GLYPH:
        return chr(ord(glyph) + ord(" ") - _SPACE_GLYPH)  # the usual order of TrueType fonts
    return chr(ord(glyph) + step)


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
