"""Joins codings into passages: what counts once, however often and by whomever it was coded.

Ranges of one code in one document that overlap are one passage, and so are areas of one code that
share surface. Coding the same place again therefore never adds a passage.
"""

from dataclasses import dataclass

import numpy as np

from app.analysis.area_overlaps import same_code_heads
from app.analysis.evidence import Evidence, Indices, Offsets


@dataclass(frozen=True, eq=False, slots=True)
class Joined:
    """``passage_of`` numbers the passage of each coding; the others hold one value per passage.

    ``start`` and ``end`` are equal where a passage is an area.
    """

    passage_of: Indices
    code: Indices
    study: Indices
    document: Indices
    coder: Indices
    start: Offsets
    end: Offsets
    first: Indices

    def __len__(self) -> int:
        """Return the number of passages."""
        return len(self.code)


def join_passages(evidence: Evidence, *, by_coder: bool = False) -> Joined:
    """Return the passages of the evidence; ``by_coder`` joins only what one coder coded.

    A coding without text and without an area is a passage of its own that meets nothing.
    """
    size = len(evidence)
    coder = evidence.coder.astype(np.int64) if by_coder else np.zeros(size, dtype=np.int64)
    group = evidence.document.astype(np.int64) * max(len(evidence.codes), 1) + evidence.code
    group = group * max(len(evidence.coders), 1) + coder
    stride = int(evidence.end.max()) + 1 if size else 1
    low, high = group * stride + evidence.start, group * stride + evidence.end
    rows = np.flatnonzero(high > low)
    order = rows[np.argsort(low[rows], kind="stable")]
    reach = np.maximum.accumulate(high[order])
    opens = np.ones(len(order), dtype=np.bool_)
    opens[1:] = low[order][1:] >= reach[:-1]
    head = np.arange(size)
    head[order] = order[np.maximum.accumulate(np.where(opens, np.arange(len(order)), 0))]
    for row, first in same_code_heads(evidence, by_coder=by_coder).items():
        head[row] = first
    _, rows, passage_of = np.unique(head, return_index=True, return_inverse=True)
    start = np.full(len(rows), np.iinfo(np.int64).max)
    end = np.zeros(len(rows), dtype=np.int64)
    np.minimum.at(start, passage_of, evidence.start)
    np.maximum.at(end, passage_of, evidence.end)
    return Joined(
        passage_of=passage_of.astype(np.int32),
        code=evidence.code[rows],
        study=evidence.study[rows],
        document=evidence.document[rows],
        coder=evidence.coder[rows],
        start=start,
        end=end,
        first=rows.astype(np.int32),
    )
