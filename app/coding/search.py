"""Searching the text of all studies."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from app.coding.documents import DocumentInfo, list_documents
from app.coding.indexing import index_missing, offset_at
from app.documents.labels import corrected_label
from app.errors import UserError
from app.models import Project
from app.models.evidence import DocumentView, Page, SearchMap
from app.models.recorder import in_chunks
from app.models.search_index import count_pages, matching_pages

_TERM = re.compile(r'"([^"]*)"?|(\S+)')
LONG = 150  # characters of a snippet, as near as its words let it come
FAR = 100  # characters between the words of a query from which each has a piece of its own
Span = tuple[int, int]
Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that matches; offsets are document offsets, the snippet is clean text.

    ``marks`` are the words of the query as ranges of the snippet.
    """

    document_id: str
    document: str
    study: str
    page: int
    page_label: str
    start: int
    end: int
    snippet: str
    rank: float
    marks: Spans = ()
    study_id: str = ""


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


class Finder:
    """Finds the terms of a query in folded text; ``is_open`` lets the last word go on."""

    def __init__(self, terms: list[list[str]], *, is_open: bool = False) -> None:
        """Make a pattern for each term."""
        self.terms, self.is_open = terms, is_open
        last = len(terms) - 1
        self._patterns = [
            _Pattern(words, is_open=is_open and number == last)
            for number, words in enumerate(terms)
        ]
        self._by_length = sorted(
            range(len(terms)), key=lambda number: -sum(map(len, terms[number]))
        )

    @classmethod
    def of(cls, query: str, *, typing: bool = False) -> "Finder":
        """Read a query; while ``typing``, a last word without a space after it may go on.

        Raises:
            UserError: the query holds no word.
        """
        return cls(parse_query(query), is_open=typing and query[-1:].isalnum())

    @property
    def expression(self) -> str:
        """The query for the full-text index, in which nothing is search syntax."""
        terms = [f'"{" ".join(words)}"' for words in self.terms]
        return " AND ".join(terms) + ("*" if self.is_open else "")

    def spans(self, body: str) -> list[list[Span]] | None:
        """Return where each term stands in a folded text; None where one is missing."""
        found = []
        for pattern in self._patterns:
            spans = pattern.spans(body)
            if not spans:
                return None
            found.append(spans)
        return found

    def marks(self, text: str) -> Spans:
        """Return all that a text holds of the query, overlaps joined."""
        body = folded(text)
        return joined_spans(span for pattern in self._patterns for span in pattern.spans(body))

    def nearest(self, spans: list[list[Span]]) -> list[Span]:
        """Return one place for each term, so that they stand as near together as they do."""
        order = sorted(
            (start, end, number) for number, each in enumerate(spans) for start, end in each
        )
        last: dict[int, Span] = {}
        best: list[Span] = []
        least = -1
        for start, end, number in order:
            last[number] = (start, end)
            if len(last) == len(spans):
                wide = max(e for _, e in last.values()) - min(s for s, _ in last.values())
                if least < 0 or wide < least:
                    least, best = wide, [last[number] for number in range(len(spans))]
        return best

    def main(self, places: list[Span]) -> Span:
        """Return the place of the longest term."""
        return places[self._by_length[0]]


class _Pattern:
    """A word or phrase: as typed, else with hyphens of line ends inside words."""

    def __init__(self, words: list[str], *, is_open: bool) -> None:
        bare = [folded(word) for word in words]
        ending = r"\w*" if is_open else r"(?!\w)"
        self._first = bare[0]
        self._exact = re.compile(r"\W+".join(re.escape(word) for word in bare) + ending)
        broken = r"\W+".join("-?".join(map(re.escape, word)) for word in bare)
        self._broken = re.compile(r"(?<!\w)" + broken + (r"\w*" if is_open else ""))

    def spans(self, body: str) -> list[Span]:
        """Return where it stands in a folded text."""
        found = []
        # Much quicker than a pattern that begins with a look behind.
        at = body.find(self._first)
        while at >= 0:
            match = None
            if at == 0 or not _is_of_word(body[at - 1]):
                match = self._exact.match(body, at)
            if match is not None:
                found.append(match.span())
            at = body.find(self._first, match.end() if match is not None else at + 1)
        return found or [match.span() for match in self._broken.finditer(body)]


def _is_of_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def joined_spans(spans: Iterable[Span]) -> Spans:
    """Return spans in their order, those that overlap as one."""
    apart: list[Span] = []
    for start, end in sorted(spans):
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return tuple(apart)


def search(
    project: Project,
    query: str,
    *,
    limit: int = 50,
    typing: bool = False,
    study_ids: Collection[str] | None = None,
) -> tuple[Hit, ...]:
    """Return places that hold all words and phrases of the query on one page, best first.

    While ``typing`` the last word may be the beginning of one. ``study_ids`` narrows it.

    Raises:
        UserError: the query holds no word.
    """
    finder = Finder.of(query, typing=typing)
    index_missing(project)
    documents = {
        document.id: document
        for document in list_documents(project)
        if study_ids is None or document.study_id in study_ids
    }
    within = None if study_ids is None else documents.keys()
    with project.read() as session:
        rows = matching_pages(session, finder.expression, limit * 2, within)
        places = _Places(session, [(row[0], row[1]) for row in rows], documents)
    hits: list[Hit] = []
    seen: set[tuple[str, int]] = set()
    for document_id, page, rank, body in rows:
        document = documents.get(document_id)
        jumps = places.jumps.get((document_id, page))
        spans = finder.spans(folded(body)) if document and jumps else None
        if document is None or jumps is None or spans is None:
            continue
        nearest = finder.nearest(spans)
        first, last = finder.main(nearest)
        start, end = offset_at(jumps, first), offset_at(jumps, last - 1) + 1
        if (document_id, start) in seen:
            continue
        seen.add((document_id, start))
        page, label = places.page_of(document, page, start)
        snippet, marks = snippet_of(body, nearest, joined_spans(s for each in spans for s in each))
        names = document.file_name, document.study_label
        hits.append(
            Hit(
                document_id, *names, page, label, start, end, snippet, rank, marks,
                document.study_id,
            )
        )  # fmt: skip
        if len(hits) == limit:
            break
    return tuple(hits)


def count_matching_pages(
    project: Project,
    query: str,
    *,
    typing: bool = False,
    study_ids: Collection[str] | None = None,
) -> int:
    """Return on how many pages all words of the query stand.

    Raises:
        UserError: the query holds no word.
    """
    finder = Finder.of(query, typing=typing)
    within = None
    if study_ids is not None:
        within = [one.id for one in list_documents(project) if one.study_id in study_ids]
    with project.read() as session:
        return count_pages(session, finder.expression, within)


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
        views = select(
            DocumentView.document_id,
            DocumentView.numbered,
            DocumentView.label_offset,
            DocumentView.cover_pages,
        )
        self._views = {row[0]: row[1:] for row in session.execute(views)}
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
        label = self._pages[document.text_layer_id, page][1]
        if document.id in self._views:
            numbered, shift, covers = self._views[document.id]
            label = corrected_label(label, page, numbered=numbered, offset=shift, covers=covers)
        return page, label or str(page)


def snippet_of(body: str, places: list[Span], marks: Spans) -> tuple[str, Spans]:
    """Return the words around places in a text, and the marks among them.

    Places near together give one piece, those far apart one piece each, so that none is missing.
    """
    places = sorted(places)
    wide = places[-1][1] - places[0][0]
    inside = wide if wide <= FAR else sum(end - start for start, end in places)
    number = 1 if wide <= FAR else len(places)
    around = max(14, (LONG - inside) // (2 * number))
    pieces: list[Span] = []
    for start, end in [(places[0][0], places[-1][1])] if wide <= FAR else places:
        left, right = _cut(body, start, end, around)
        if pieces and left <= pieces[-1][1] + 1:
            pieces[-1] = (pieces[-1][0], max(right, pieces[-1][1]))
        else:
            pieces.append((left, right))
    words, shown = "…" if pieces[0][0] else "", []
    for number, (left, right) in enumerate(pieces):
        words += " … " if number else ""
        moved = len(words) - left
        shown += [(s + moved, e + moved) for s, e in marks if left <= s and e <= right]
        words += body[left:right]
    return words + ("…" if pieces[-1][1] < len(body) else ""), tuple(shown)


def _cut(body: str, start: int, end: int, around: int) -> Span:
    """Return a stretch around a match, cut at spaces and without spaces at its ends."""
    left, right = max(0, start - around), min(len(body), end + around)
    if left:
        left = body.find(" ", left, start) + 1 or left
    if right < len(body):
        right = max(body.rfind(" ", end, right), end)
    while left < start and body[left].isspace():
        left += 1
    while right > end and body[right - 1].isspace():
        right -= 1
    return left, right
