"""Searching the text of all studies."""

import re
import unicodedata
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.coding.documents import DocumentInfo, list_documents
from app.coding.indexing import index_missing, offset_at
from app.errors import UserError
from app.models import Project
from app.models.evidence import Page, SearchMap
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
    hits: list[Hit] = []
    seen: set[tuple[str, int]] = set()
    with project.read() as session:
        for document_id, page, rank, body in matching_pages(session, expression, limit * 2):
            document = documents.get(document_id)
            if document is None or len(hits) >= limit:
                continue
            jumps = (
                session.scalar(
                    select(SearchMap.jumps).where(
                        SearchMap.document_id == document_id, SearchMap.page == page
                    )
                )
                or b""
            )
            found = _first_match(folded(body), terms)
            if found is None or not jumps:
                continue
            start, end = offset_at(jumps, found[0]), offset_at(jumps, found[1] - 1) + 1
            if (document_id, start) in seen:
                continue
            seen.add((document_id, start))
            label = _label(session, document, start)
            hits.append(
                Hit(
                    document_id,
                    document.file_name,
                    document.study_label,
                    label[0],
                    label[1],
                    start,
                    end,
                    _snippet(body, *found),
                    rank,
                )
            )
    return tuple(hits)


def _label(session: Session, document: DocumentInfo, offset: int) -> tuple[int, str]:
    row = session.execute(
        select(Page.page, Page.label)
        .where(Page.text_layer_id == document.text_layer_id, Page.start <= offset)
        .order_by(Page.page.desc())
        .limit(1)
    ).one()
    return row.page, row.label or str(row.page)


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
