"""A small typesetter: structured text in, the bytes of a PDF out."""

from app.documents.typesetting.book import typeset
from app.documents.typesetting.layouts import LAYOUTS
from app.documents.typesetting.manuscript import (
    Block,
    BlockQuote,
    Chart,
    Heading,
    LayoutName,
    Listing,
    Manuscript,
    Paragraph,
    Table,
)
from app.documents.typesetting.scan import scanned

__all__ = [
    "LAYOUTS",
    "Block",
    "BlockQuote",
    "Chart",
    "Heading",
    "LayoutName",
    "Listing",
    "Manuscript",
    "Paragraph",
    "Table",
    "scanned",
    "typeset",
]
