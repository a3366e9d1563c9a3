"""Search everything: codes, studies, memos, coded passages and the text of all studies."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from app.coding.codebooks import load_codebook
from app.coding.documents import DocumentInfo, list_documents
from app.coding.listing import list_codings
from app.coding.memos import KIND_WORDS, PASSAGE, list_memos
from app.coding.search import (
    Finder,
    Spans,
    count_matching_pages,
    folded,
    joined_spans,
    search,
    snippet_of,
)
from app.coding.studies import list_reports, list_studies
from app.errors import UserError
from app.models import Project

CODES, STUDIES, MEMOS, QUOTES, TEXT = "codes", "studies", "memos", "quotes", "text"
GROUPS = (CODES, STUDIES, MEMOS, QUOTES, TEXT)


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found by its ``name`` or its ``text``; both also folded.

    ``id`` is of the code, study, memo or coding; ``detail`` says where it stands.
    """

    kind: str
    id: str
    name: str
    text: str
    folded_name: str
    folded_text: str
    detail: str = ""
    study_id: str = ""
    document_id: str = ""
    start: int = 0
    end: int = 0
    code_id: str = ""
    subject_kind: str = ""
    subject_id: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """One result: name and snippet with the words of the query as ranges of them."""

    entry: Entry
    name_marks: Spans
    snippet: str
    marks: Spans
    page_label: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The results of one kind, best first; ``total`` counts also those that are not shown."""

    kind: str
    found: tuple[Found, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Library:
    """All that can be found beside the text of the studies, read once and kept."""

    entries: tuple[Entry, ...]


def load_library(project: Project) -> Library:
    """Read what can be found beside the text of the studies."""
    documents = {document.id: document for document in list_documents(project)}
    return Library(
        (
            *_codes(project),
            *_studies(project, documents.values()),
            *_memos(project),
            *_quotes(project, documents),
        )
    )


def find(
    project: Project,
    library: Library,
    query: str,
    *,
    kinds: Collection[str] = GROUPS,
    study_ids: Collection[str] | None = None,
    limit: int = 50,
    typing: bool = True,
) -> tuple[Group, ...]:
    """Return what holds all words of a query, by kind; nothing where the query has no word.

    ``study_ids`` narrows studies, memos, coded passages and text; codes belong to no study.
    """
    try:
        finder = Finder.of(query, typing=typing)
    except UserError:
        return ()
    groups = []
    for kind in (kind for kind in GROUPS if kind in kinds and kind != TEXT):
        entries = [
            entry
            for entry in library.entries
            if entry.kind == kind
            and (study_ids is None or kind == CODES or entry.study_id in study_ids)
        ]
        ranked = _ranked(entries, finder)
        found = tuple(_found(entry, finder) for entry in ranked[:limit])
        groups.append(Group(kind, found, len(ranked)))
    if TEXT in kinds:
        groups.append(_text(project, query, study_ids, limit, typing))
    return tuple(group for group in groups if group.total)


def _text(
    project: Project, query: str, study_ids: Collection[str] | None, limit: int, typing: bool
) -> Group:
    hits = search(project, query, limit=limit, typing=typing, study_ids=study_ids)
    total = len(hits)
    if total == limit:
        counted = count_matching_pages(project, query, typing=typing, study_ids=study_ids)
        total = max(total, counted)
    found = []
    for hit in hits:
        entry = Entry(
            TEXT, "", hit.study, hit.snippet, "", "", hit.document, hit.study_id,
            hit.document_id, hit.start, hit.end,
        )  # fmt: skip
        found.append(Found(entry, (), hit.snippet, hit.marks, hit.page_label))
    return Group(TEXT, tuple(found), total)


def _ranked(entries: Iterable[Entry], finder: Finder) -> list[Entry]:
    """Return the entries that hold every term, those with the terms in the name first."""
    firsts = [folded(words[0]) for words in finder.terms]
    ranked: list[tuple[int, int, Entry]] = []
    for number, entry in enumerate(entries):
        both = entry.folded_name, entry.folded_text
        # Most entries are ruled out by a plain look, which is much quicker.
        if not all(any(first in text for text in both) for first in firsts):
            continue
        if finder.spans(entry.folded_name) is not None:
            starts = entry.folded_name.startswith(firsts[0])
            ranked.append((0 if starts else 1, number, entry))
        elif finder.spans(f"{entry.folded_name}\n{entry.folded_text}") is not None:
            ranked.append((2, number, entry))
    return [entry for _, _, entry in sorted(ranked, key=lambda one: one[:2])]


def _found(entry: Entry, finder: Finder) -> Found:
    marks = finder.marks(entry.text)
    snippet = entry.text
    if marks:
        spans = finder.spans(entry.folded_text)
        places = finder.nearest(spans) if spans else [marks[0]]
        snippet, marks = snippet_of(entry.text, places, joined_spans(marks))
    elif len(snippet) > 160:
        snippet = f"{snippet[:160].rsplit(' ', 1)[0]}…"
    names = finder.marks(entry.name) if entry.folded_name else ()
    return Found(entry, names, snippet, marks)


def _entry(kind: str, identifier: str, name: str, text: str, **rest: object) -> Entry:
    words = " ".join(text.split())
    # A coded passage is found by its words; by its code it is found among the extracts.
    by_name = "" if kind == QUOTES else folded(name)
    return Entry(kind, identifier, name, words, by_name, folded(words), **rest)  # type: ignore[arg-type]


def _codes(project: Project) -> list[Entry]:
    try:
        book = load_codebook(project)
    except UserError:
        return []
    found = []
    for code in book.codes:
        if code.retired:
            continue
        former = f"Formerly {', '.join(code.former_names)}." if code.former_names else ""
        text = " ".join((former, code.definition, code.include, code.exclude, code.example))
        category = book.category(code.category_id).name if code.category_id else ""
        found.append(_entry(CODES, code.id, code.name, text, detail=category, code_id=code.id))
    return found


def _studies(project: Project, documents: Iterable[DocumentInfo]) -> list[Entry]:
    reports: dict[str, list[str]] = {}
    first: dict[str, str] = {}
    for report in list_reports(project):
        words = f"{report.title}. {'; '.join(report.authors)}. {report.year or ''} {report.doi}"
        reports.setdefault(report.study_id, []).append(words)
    for document in documents:
        reports.setdefault(document.study_id, []).append(document.file_name)
        first.setdefault(document.study_id, document.id)
    return [
        _entry(
            STUDIES, study.id, study.label, " ".join(reports.get(study.id, [study.title])),
            study_id=study.id, document_id=first.get(study.id, ""),
        )
        for study in list_studies(project)
    ]  # fmt: skip


def _memos(project: Project) -> list[Entry]:
    found = []
    for memo in list_memos(project):
        on = memo.subject
        kind = KIND_WORDS.get(on.kind, "")
        detail = ", ".join(part for part in (kind, on.detail, memo.coder) if part)
        found.append(
            _entry(
                MEMOS, memo.id, on.name, memo.words, detail=detail, study_id=on.study_id,
                document_id=on.document_id if on.kind == PASSAGE else "", start=on.start,
                end=on.end, code_id=on.code_id, subject_kind=on.kind, subject_id=on.id,
            )
        )  # fmt: skip
    return found


def _quotes(project: Project, documents: dict[str, DocumentInfo]) -> list[Entry]:
    try:
        names = {code.id: code.name for code in load_codebook(project).codes}
    except UserError:
        return []
    found = []
    seen = set()
    for coding in list_codings(project):
        document = documents.get(coding.document_id)
        place = coding.document_id, coding.start, coding.end, coding.code_id
        # What two coders said alike is one place to find.
        if not coding.quote or document is None or place in seen:
            continue
        seen.add(place)
        found.append(
            _entry(
                QUOTES, coding.id, names.get(coding.code_id, ""), coding.quote,
                detail=f"{document.study_label}, p. {coding.page_first}",
                study_id=document.study_id, document_id=coding.document_id,
                start=coding.start, end=coding.end, code_id=coding.code_id,
            )
        )  # fmt: skip
    return found
