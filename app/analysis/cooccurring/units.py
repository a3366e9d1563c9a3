"""Where codings stand in sentences, paragraphs, pages and reports, as plain arrays."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from app.analysis.cooccurring.rules import OF_TEXT_UNITS, PAGE, PARAGRAPH, SENTENCE
from app.analysis.evidence import Evidence, Indices, Offsets


@dataclass(frozen=True, eq=False, slots=True)
class TextUnits:
    """The first and last unit that each coding touches, codings x 2, by ``row_of`` its id.

    The numbers of units grow with the text and only mean something within one document. A coding
    without text (an area) has a page, and -1 for sentence and paragraph. ``report_of`` numbers the
    report of each document of the evidence.
    """

    row_of: Mapping[str, int]
    sentences: Offsets
    paragraphs: Offsets
    pages: Offsets
    report_of: Indices

    def spans(self, evidence: Evidence, kind: str) -> Offsets:
        """Return for each coding of the (filtered) evidence its first and last unit."""
        if kind not in OF_TEXT_UNITS:
            raise ValueError(f"There are no units of text called {kind}.")
        table = {SENTENCE: self.sentences, PARAGRAPH: self.paragraphs, PAGE: self.pages}[kind]
        rows = np.fromiter(
            (self.row_of[coding_id] for coding_id in evidence.coding_ids),
            dtype=np.int64,
            count=len(evidence),
        )
        return table[rows]
