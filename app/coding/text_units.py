"""Which sentences, paragraphs, pages and report each coding of the evidence touches."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cache

import numpy as np

from app.analysis.cooccurring.rules import CHARACTERS, INCLUSION, OVERLAP, SAME, STUDY, Counting
from app.analysis.cooccurring.units import TextUnits
from app.analysis.evidence import Evidence
from app.coding.documents import DocumentText, list_documents, text_of
from app.documents.boundaries import paragraph_at, sentence_at, sentence_borders
from app.models import Project

Spans = list[tuple[int, int]]
_NEED_NO_TEXT = (SAME, OVERLAP, INCLUSION, CHARACTERS, STUDY)


def load_text_units(project: Project, evidence: Evidence, counting: Counting) -> TextUnits:
    """Return what a rule needs to know of the text around the codings of the evidence.

    Sentences are those of the reading view. A paragraph that goes on in the next column or page is
    one. Where a rule asks for none of them, only the reports are known.
    """
    documents = list_documents(project)
    reports = {key: n for n, key in enumerate(dict.fromkeys(d.report_id for d in documents))}
    kind = counting.rule.kind
    rows: list[Spans] = [[(-1, -1)] * len(evidence) for _ in range(3)]
    if kind not in _NEED_NO_TEXT:
        order = np.argsort(evidence.document, kind="stable")
        of_document = evidence.document[order]
        for number in np.unique(of_document).tolist():
            low, high = np.searchsorted(of_document, [number, number + 1])
            with project.read() as session:
                text = text_of(session, documents[number].id)
            _fill(rows, evidence, order[low:high].tolist(), text)
    tables = [np.array(spans, dtype=np.int64).reshape(-1, 2) for spans in rows]
    return TextUnits(
        row_of={coding_id: row for row, coding_id in enumerate(evidence.coding_ids)},
        sentences=tables[0],
        paragraphs=tables[1],
        pages=tables[2],
        report_of=np.array([reports[d.report_id] for d in documents], dtype=np.int32),
    )


def _fill(
    rows: Sequence[Spans], evidence: Evidence, codings: Sequence[int], text: DocumentText
) -> None:
    sentence, paragraph = _unit_starts(text)
    for row in codings:
        area = evidence.areas.get(evidence.coding_ids[row])
        if area is not None:
            rows[2][row] = (area.page, area.page)
            continue
        start, last = int(evidence.start[row]), int(evidence.end[row]) - 1
        if last < start:
            continue
        rows[0][row] = sentence(start), max(sentence(start), sentence(last))
        rows[1][row] = paragraph(start), paragraph(last)
        rows[2][row] = text.page_of(start), text.page_of(last)


def _unit_starts(text: DocumentText) -> tuple[Callable[[int], int], Callable[[int], int]]:
    """Return functions from an offset to the start of its sentence and of its paragraph."""
    borders = sentence_borders(text.text, text.blocks, text.furniture)

    @cache
    def sentence(offset: int) -> int:
        return sentence_at(text.text, offset, borders)[0]

    @cache
    def paragraph(offset: int) -> int:
        if not borders:
            return paragraph_at(text.text, offset)[0]
        place = bisect_right(borders, offset)
        return borders[place - 1] if place else 0

    return sentence, paragraph
