"""Pages: the PDF engine and everything read from a page."""
