"""Code all of these: every place that a query finds, as passages to be coded in one act."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select, tuple_

from app.coding.documents import DocumentText, list_documents, load_text_layer
from app.coding.indexing import index_missing, offset_at
from app.coding.listing import list_places
from app.coding.passages import PassageEntry, code_passages
from app.coding.people import acting_coder, newest_round
from app.coding.search import Finder, Span, folded, joined_spans
from app.documents.boundaries import paragraph_at, sentence_at, sentence_borders
from app.errors import UserError
from app.models import Project, ids
from app.models.evidence import SearchMap
from app.models.people import Layer
from app.models.recorder import in_chunks
from app.models.search_index import matching_pages

WORDS, SENTENCE, PARAGRAPH = "words", "sentence", "paragraph"
UNITS = (WORDS, SENTENCE, PARAGRAPH)
NEAR = 300  # characters within which the words of a query count as one place
MOST_PAGES = 20_000
AT_ONCE = 250
_NEVER = (lambda _done, _total: None, lambda: False)

Report = Callable[[int, int], object]
Asked = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A passage that would be coded; ``found`` are the words found, as ranges of ``words``.

    Offsets are document offsets. ``is_frozen`` where you have submitted the document.
    """

    document_id: str
    study_id: str
    study: str
    page: int
    page_label: str
    start: int
    end: int
    words: str
    found: tuple[Span, ...]
    is_frozen: bool = False


def propose(
    project: Project,
    query: str,
    unit: str = WORDS,
    *,
    typing: bool = False,
    study_ids: Collection[str] | None = None,
    report: Report = _NEVER[0],
    is_cancelled: Asked = _NEVER[1],
) -> tuple[Proposal, ...]:
    """Return every passage that holds the query, in the order of studies and text.

    Several words count where they stand within one paragraph's length of each other. Places that
    fall into one sentence or paragraph are one passage.

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
    found = _places(project, finder, documents)
    frozen = _frozen(project)
    proposals: list[Proposal] = []
    wanted = [document for document in documents.values() if document.id in found]
    for number, document in enumerate(wanted):
        if is_cancelled():
            break
        with project.read() as session:
            text = load_text_layer(session, document.id, document.text_layer_id)
        for span in _by_unit(text, found[document.id], unit):
            page = text.page_of(span[0])
            clean = text.clean(*span)
            proposals.append(
                Proposal(
                    document.id, document.study_id, document.study_label, page,
                    text.label_of(page), *span, clean,
                    finder.marks(clean), document.id in frozen,
                )
            )  # fmt: skip
        report(number + 1, len(wanted))
    return tuple(proposals)


def coded_already(project: Project, code_id: str, proposals: Sequence[Proposal]) -> frozenset[int]:
    """Return which proposals (by place in the list) overlap a coding of yours with this code."""
    actor = project.actor_id
    taken: dict[str, list[Span]] = {}
    for place in list_places(project):
        if place.code_id == code_id and place.coder_id == actor:
            taken.setdefault(place.document_id, []).append((place.start, place.end))
    return frozenset(
        number
        for number, one in enumerate(proposals)
        if any(s < one.end and e > one.start for s, e in taken.get(one.document_id, ()))
    )


def code_all(
    project: Project,
    proposals: Sequence[Proposal],
    code_id: str,
    *,
    facets: Mapping[str, Sequence[str]] | None = None,
    label: str = "",
    report: Report = _NEVER[0],
    is_cancelled: Asked = _NEVER[1],
) -> int:
    """Code the passages and return how many; what was done undoes as one, also when stopped.

    Raises:
        UserError: the code is retired, a document is frozen, or nobody has said who they are.
    """
    acting_coder(project)
    if not proposals:
        raise UserError("No passage is ticked.", "Tick at least one passage.")
    if any(one.is_frozen for one in proposals):
        raise UserError(
            "One of these documents has been submitted in this round and is frozen.",
            "Untick its passages, or ask the team lead to open it again.",
        )
    group, done = ids.new_id(), 0
    for start in range(0, len(proposals), AT_ONCE):
        if is_cancelled():
            break
        chunk = proposals[start : start + AT_ONCE]
        entries = [
            PassageEntry(one.document_id, one.start, one.end, code_id, facets or {})
            for one in chunk
        ]
        code_passages(project, entries, label=label or f"Code {len(proposals)} passages found",
                      group=group)  # fmt: skip
        done += len(chunk)
        report(done, len(proposals))
    return done


def _places(project: Project, finder: Finder, documents: Collection[str]) -> dict[str, list[Span]]:
    """Return where the query stands in each document, in document offsets."""
    with project.read() as session:
        rows = [
            row
            for row in matching_pages(session, finder.expression, MOST_PAGES)
            if row[0] in documents
        ]
        jumps: dict[tuple[str, int], bytes] = {}
        for chunk in in_chunks([(row[0], row[1]) for row in rows]):
            question = select(SearchMap.document_id, SearchMap.page, SearchMap.jumps)
            where = tuple_(SearchMap.document_id, SearchMap.page).in_(chunk)
            jumps |= {(row[0], row[1]): row[2] for row in session.execute(question.where(where))}
    found: dict[str, set[Span]] = {}
    for document_id, page, _rank, body in rows:
        known = jumps.get((document_id, page))
        if known is None:
            continue
        for start, end in occurrences(finder, folded(body)):
            place = offset_at(known, start), offset_at(known, end - 1) + 1
            found.setdefault(document_id, set()).add(place)
    return {document: _without_doubles(places) for document, places in found.items()}


def _without_doubles(places: Iterable[Span]) -> list[Span]:
    """Drop what the run-on of one page and the beginning of the next both hold."""
    kept: list[Span] = []
    for start, end in sorted(places, key=lambda place: (place[0], -place[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def occurrences(finder: Finder, body: str) -> list[Span]:
    """Return the shortest stretches of a folded text that hold all terms, none overlapping."""
    spans = finder.spans(body)
    if spans is None:
        return []
    if len(spans) == 1:
        return list(joined_spans(spans[0]))
    order = sorted((s, e, number) for number, each in enumerate(spans) for s, e in each)
    last: dict[int, Span] = {}
    found: list[Span] = []
    for start, end, number in order:
        last[number] = (start, end)
        if len(last) == len(spans):
            stretch = min(s for s, _ in last.values()), max(e for _, e in last.values())
            if stretch[1] - stretch[0] <= NEAR:
                found.append(stretch)
                last.clear()
    return found


def _by_unit(text: DocumentText, places: Sequence[Span], unit: str) -> list[Span]:
    """Widen places to their unit; those of one unit come once."""
    if unit == WORDS:
        return list(places)
    at: Callable[[str, int, Sequence[int]], Span] = paragraph_at
    blocks = text.blocks
    if unit == SENTENCE:
        at, blocks = sentence_at, sentence_borders(text.text, text.blocks, text.furniture)
    widened = set()
    for start, end in places:
        first = at(text.text, start, blocks)
        last = at(text.text, max(start, end - 1), blocks)
        widened.add((min(first[0], start), max(last[1], end)))
    return sorted(widened)


def _frozen(project: Project) -> set[str]:
    """Return the documents that you have submitted in this round."""
    with project.read() as session:
        question = select(Layer.document_id).where(
            Layer.coder_id == (project.actor_id or ""),
            Layer.round_id == newest_round(session),
            Layer.state != "open",
        )
        return set(session.scalars(question))
