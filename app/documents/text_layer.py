"""What reading a PDF yields: one frozen text per page and what is known about it."""

from dataclasses import dataclass
from itertools import accumulate

PAGE_BREAK = "\f"
STREAM = "stream"
SEGMENT = "segment"
ROWS = "rows"
LINES = "lines:"
"""Then the numbers of the lines as the file stores them, such as "lines:0-4,9,5-8"."""
SHIFT = "shift:"
"""Then a step and another order ("shift:470|stream"): letters that the PDF does not tell are
their glyph's number plus the step."""
OCR = "ocr:"
"""Then the languages: the words were recognised in the picture of the page."""


@dataclass(frozen=True, slots=True)
class ExtractedPage:
    """One page: its canonical text, its size and the places in it that need care.

    Offsets count code points from the start of the page text and are end-exclusive. Lengths are
    points of the page as shown (cropped and rotated).
    """

    text: str
    """NFC, one line of print per line, no form feed, no line break at the end."""
    label: str
    """The printed page label, "" when the file has none."""
    width: float
    height: float
    rotation: int
    """0, 90, 180 or 270 degrees."""
    order: str
    """How the page is read again: "stream" (as the file stores it), "segment" (rearranged by
    column), "rows", or one of the longer forms above."""
    blocks: tuple[int, ...]
    """Offsets at which a block of text starts."""
    furniture: tuple[tuple[int, int], ...]
    """Running heads, page numbers and stamps."""
    joins: tuple[int, ...]
    """Line-end hyphens that a clean quote drops together with the line break."""
    has_images: bool


@dataclass(frozen=True, slots=True)
class ExtractedDocument:
    """A whole PDF as text, with how far that text can be trusted."""

    sha256: str
    byte_count: int
    pages: tuple[ExtractedPage, ...]
    title: str
    """A guess: the stored title if sensible, else the largest type on page 1, else ""."""
    doi: str
    """Lower case; "" when none was found."""
    language: str
    """ISO 639-1, judged from the text itself; "" when unsure."""
    text_state: str
    """"good", "partly", "unreadable" (wrong character map) or "none" (no text)."""
    text_note: str
    """One plain sentence when the state is not good."""
    extractor: str
    extractor_version: str
    flags: int
    page_problems: tuple[tuple[int, str], ...]
    """1-based page and what was wrong with it."""

    @property
    def text(self) -> str:
        """Return the text of all pages, joined by one form feed each."""
        return PAGE_BREAK.join(page.text for page in self.pages)

    @property
    def page_starts(self) -> tuple[int, ...]:
        """Return the document offset at which each page starts."""
        lengths = (len(page.text) + len(PAGE_BREAK) for page in self.pages)
        return tuple(accumulate(lengths, initial=0))[: len(self.pages)]
