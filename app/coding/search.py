"""Searching the text of all studies."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from app.coding.documents import DocumentInfo, list_documents
from app.coding.indexing import index_missing, offset_at
from app.errors import UserError
from app.models import Project
from app.models.evidence import Page, SearchMap
from app.models.recorder import in_chunks
from app.models.search_index import matching_pages

_TERM = re.compile(r'"([^"]*)"?|(\S+)')
AROUND = 70


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that matches; offsets are document offsets, the snippet is clean text."""

    document_id: str
    document: str
    study: str
    page: int
    page_label: str
    start: int
    end: int
    snippet: str
    rank: float


class _Folding(dict[int, str]):
    """Folds one character to one: lower case, without accents."""

    def __missing__(self, code: int) -> str:
        bare = unicodedata.normalize("NFKD", chr(code))[0].casefold()
        self[code] = bare if len(bare) == 1 else chr(code)
        return self[code]


_FOLDING = _Folding()


def folded(text: str) -> str:
    """Return the text for comparing, of the same length."""
    return text.translate(_FOLDING)


def parse_query(query: str) -> list[list[str]]:
    """Return the terms of a query, each a list of words: words are ANDed, quotes make phrases.

    Raises:
        UserError: the query holds no word.
    """
    terms = []
    text = unicodedata.normalize("NFKC", query).replace("“", '"').replace("”", '"')
    for phrase, word in _TERM.findall(text):
        words = re.findall(r"\w+", phrase or word)
        if words:
            terms.append(words)
    if not terms:
        raise UserError("There is no word to search for.", "Type a word, or a phrase in quotes.")
    return terms


def search(project: Project, query: str, *, limit: int = 50) -> tuple[Hit, ...]:
    """Return places that hold all words and phrases of the query on one page, best first.

    Raises:
        UserError: the query holds no word.
    """
    terms = parse_query(query)
    index_missing(project)
    expression = " AND ".join('"' + " ".join(words) + '"' for words in terms)
    documents = {document.id: document for document in list_documents(project)}
    with project.read() as session:
        rows = matching_pages(session, expression, limit * 2)
        places = _Places(session, [(row[0], row[1]) for row in rows], documents)
    hits: list[Hit] = []
    seen: set[tuple[str, int]] = set()
    for document_id, page, rank, body in rows:
        document = documents.get(document_id)
        jumps = places.jumps.get((document_id, page))
        found = _first_match(folded(body), terms) if document and jumps else None
        if document is None or jumps is None or found is None:
            continue
        start, end = offset_at(jumps, found[0]), offset_at(jumps, found[1] - 1) + 1
        if (document_id, start) in seen:
            continue
        seen.add((document_id, start))
        page, label = places.page_of(document, page, start)
        snippet = _snippet(body, *found)
        names = document.file_name, document.study_label
        hits.append(Hit(document_id, *names, page, label, start, end, snippet, rank))
        if len(hits) == limit:
            break
    return tuple(hits)


class _Places:
    """The way back from indexed pages to document offsets and printed page labels."""

    def __init__(
        self,
        session: Session,
        pages: list[tuple[str, int]],
        documents: Mapping[str, DocumentInfo],
    ) -> None:
        """Ask once for all pages, and for those after them, into which the indexed text runs on."""
        maps = select(SearchMap.document_id, SearchMap.page, SearchMap.jumps)
        self.jumps: dict[tuple[str, int], bytes] = {}
        self._pages: dict[tuple[str, int], tuple[int, str]] = {}
        known = [(documents[d].text_layer_id, page) for d, page in pages if d in documents]
        both = dict.fromkeys(
            (layer, number) for layer, page in known for number in (page, page + 1)
        )
        for chunk in in_chunks(pages):
            where = tuple_(SearchMap.document_id, SearchMap.page).in_(chunk)
            self.jumps |= {(row[0], row[1]): row[2] for row in session.execute(maps.where(where))}
        labels = select(Page.text_layer_id, Page.page, Page.start, Page.label)
        for chunk in in_chunks(both):
            where = tuple_(Page.text_layer_id, Page.page).in_(chunk)
            self._pages |= {
                (row[0], row[1]): (row[2], row[3]) for row in session.execute(labels.where(where))
            }

    def page_of(self, document: DocumentInfo, page: int, offset: int) -> tuple[int, str]:
        """Return the number and printed label of the page that holds an offset."""
        following = self._pages.get((document.text_layer_id, page + 1))
        if following is not None and following[0] <= offset:
            page += 1
        return page, self._pages[document.text_layer_id, page][1] or str(page)


def _first_match(body: str, terms: list[list[str]]) -> tuple[int, int] | None:
    """Return where the longest term stands; line-end hyphens inside words may be skipped."""
    for words in sorted(terms, key=lambda term: -sum(map(len, term))):
        bare = [folded(word) for word in words]
        exact = r"(?<!\w)" + r"\W+".join(re.escape(word) for word in bare) + r"(?!\w)"
        broken = r"(?<!\w)" + r"\W+".join("-?".join(map(re.escape, word)) for word in bare)
        match = re.search(exact, body) or re.search(broken, body)
        if match:
            return match.span()
    return None


def _snippet(body: str, start: int, end: int) -> str:
    """Return the words around a match, cut at spaces."""
    left = max(0, start - AROUND)
    right = min(len(body), end + AROUND)
    if left:
        left = body.find(" ", left, start) + 1 or left
    if right < len(body):
        right = max(body.rfind(" ", end, right), end)
    return f"{'…' if left else ''}{body[left:right].strip()}{'…' if right < len(body) else ''}"
