"""Whether a document is set in one column or in two, told from its text alone.

The margins of a document are decided once, before any page is measured, so that no page ever
jumps sideways while someone reads.
"""

from collections import Counter
from statistics import median

from app.coding.documents import DocumentText

SET_WIDTH = 0.76
"""Share of a page's width that its text usually takes."""
GLYPH, LEADING = 0.48, 1.2
"""Width of a character and distance of two lines, in sizes of the type."""
TOO_TALL = 1.15
LEAST_LINES = 8
SHORT = 0.6


def is_two_column(text: DocumentText) -> bool:
    """Tell whether most pages stand in two columns; pages with a few lines do not count."""
    votes = Counter(
        verdict
        for page in range(1, len(text.sizes) + 1)
        if (verdict := page_has_columns(_lines(text, page), *text.sizes[page - 1])) is not None
    )
    return votes[True] > votes[False]


def page_has_columns(lines: list[str], width: float, height: float) -> bool | None:
    """Tell whether lines of text fit on a page (points) only side by side; None with too few.

    If the lines stood in one column, their length would give the size of the type and that,
    times their number, the height of the column: twice the page for text in two columns.
    """
    lengths = [len(line) for line in lines]
    if len(lengths) < LEAST_LINES:
        return None
    usual = max(median(lengths), 1)
    full = [length for length in lengths if length >= SHORT * usual]
    size = SET_WIDTH * width / (GLYPH * median(full))
    return len(full) * LEADING * size > TOO_TALL * height


def _lines(text: DocumentText, page: int) -> list[str]:
    start, end = text.page_range(page)
    return [line for line in text.text[start:end].split("\n") if line.strip()]
