"""The PDF engine, imported once and without its types, which are incomplete."""

from typing import Any

import pymupdf as _pymupdf

pymupdf: Any = _pymupdf

# What MuPDF thinks of a damaged page is told in `page_problems`, not on the terminal.
pymupdf.TOOLS.mupdf_display_errors(False)
pymupdf.TOOLS.mupdf_display_warnings(False)
