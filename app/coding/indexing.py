"""Puts the words of pages into the search index, with the way back to document offsets."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from app.coding.documents import load_text_layer
from app.coding.ligatures import lost_ligatures
from app.documents.cleaning import clean_text, search_form
from app.documents.repaired import with_repairs
from app.models import Project
from app.models.evidence import Document, SearchMap, TextLayer
from app.models.search_index import forget_document, index_pages, indexed_documents

RUN_ON = 160  # characters of the next page's own words: a phrase across two pages is found


class TextPlaces(Protocol):
    """Where pages start, what is furniture and which line ends are joined (document offsets)."""

    @property
    def page_starts(self) -> tuple[int, ...]:
        """Return the offset of each page."""

    @property
    def furniture(self) -> tuple[tuple[int, int], ...]:
        """Return the ranges of running heads, page numbers and stamps."""

    @property
    def joins(self) -> frozenset[int]:
        """Return the hyphens that are dropped with their line break."""


def index_document(
    session: Session, document_id: str, text: str, places: TextPlaces, text_layer_id: str = ""
) -> None:
    """Index a document's pages anew; page 0 of the maps says which text layer was indexed."""
    forget_document(session, document_id)
    rows, maps = [], [{"document_id": document_id, "page": 0, "jumps": text_layer_id.encode()}]
    bounds = (*places.page_starts, len(text) + 1)
    breaks, joined_at = line_end_hyphens(text), sorted(places.joins)
    repairs = lost_ligatures(session, document_id, text)
    for page, (start, following) in enumerate(pairwise(bounds), start=1):
        end = _run_on(following, places.furniture, len(text))
        inside = [pair for pair in places.furniture if pair[0] < end and pair[1] > start]
        joins = _between(joined_at, start, end)
        words = search_form(clean_text(text, start, end, inside, joins))
        body = with_repairs(words, repairs, as_spelt=True)
        every = joins.union(_between(breaks, start, end))
        joined = ""
        if len(every) > len(joins):
            joined = search_form(clean_text(text, start, end, inside, every)).text
        rows.append((body.text, joined, document_id, page))
        maps.append({"document_id": document_id, "page": page, "jumps": jumps_of(body.offsets)})
    if rows:
        index_pages(session, rows)
    session.execute(insert(SearchMap), maps)


def _between(offsets: list[int], start: int, end: int) -> set[int]:
    return set(offsets[bisect_left(offsets, start) : bisect_left(offsets, end)])


def _run_on(following: int, furniture: Sequence[tuple[int, int]], length: int) -> int:
    """Return where a page's indexed text ends; furniture at the next page's head does not count."""
    end = following - 1 + RUN_ON
    for first, last in sorted(furniture):
        if following <= first < end:
            end += last - first
    return min(end, length)


def line_end_hyphens(text: str) -> list[int]:
    """Return the offsets of hyphens that end a line inside a word."""
    found, at = [], text.find("-\n")
    while at >= 0:
        if at > 0 and text[at - 1].isalpha() and text[at + 2 : at + 3].isalpha():
            found.append(at)
        at = text.find("-\n", at + 1)
    return found


def jumps_of(offsets: NDArray[np.int32]) -> bytes:
    """Pack a map of offsets that mostly run along: pairs of index and offset at each jump."""
    if len(offsets) == 0:
        return b""
    index = np.concatenate(([0], np.flatnonzero(np.diff(offsets) != 1) + 1)).astype("<i4")
    return np.stack((index, offsets[index].astype("<i4")), axis=1).tobytes()


def offset_at(jumps: bytes, index: int) -> int:
    """Return the document offset of one character of an indexed page."""
    pairs = np.frombuffer(jumps, dtype="<i4").reshape(-1, 2)
    row = int(np.searchsorted(pairs[:, 0], index, side="right")) - 1
    return int(pairs[row, 1]) + index - int(pairs[row, 0])


def index_missing(project: Project) -> int:
    """Index documents that are not yet in the index, or with a text that they had before.

    Returns how many there were.
    """
    with project.read() as session:
        known = indexed_documents(session)
        marked = select(SearchMap.document_id, SearchMap.jumps).where(SearchMap.page == 0)
        layers = {document: layer.decode() for document, layer in session.execute(marked)}
        several = select(TextLayer.document_id).group_by(TextLayer.document_id)
        many = set(session.scalars(several.having(func.count() > 1)))
        missing = [
            row
            for row in session.execute(select(Document.id, Document.text_layer_id))
            if row[0] not in known or layers.get(row[0], "" if row[0] in many else row[1]) != row[1]
        ]
    for document_id, text_layer_id in missing:
        with project.read() as session:
            text = load_text_layer(session, document_id, text_layer_id)
        with project.cache() as session:
            index_document(session, document_id, text.text, text, text_layer_id)
    return len(missing)
