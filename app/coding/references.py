"""Bibliographic records, and which record belongs to which PDF.

The evidence is taken in this order: the DOI, a file the record itself names, the title, the name of
the file. A pair counts as matched only when each of the two is clearly the best for the other; what
fits twice or only middling is handed to a person.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import product

from rapidfuzz import fuzz

from app.coding.file_names import FileName, names_in_files, read_file_name
from app.coding.folding import fold, fold_doi

EVIDENCE = ("doi", "attachment", "title", "file_name")
ACCEPTED = 92.0
WORTH_ASKING = 75.0
CLEAR_LEAD = 4.0
CERTAIN = 99.9
YEARS_APART = 2
TITLES_DISAGREE = 45.0
FIRST_PAGE_CHARACTERS = 4000


@dataclass(frozen=True, slots=True)
class ReferenceRecord:
    """One bibliographic record as a reference manager gave it; unknown fields are empty."""

    type: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None
    container: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""
    url: str = ""
    language: str = ""
    abstract: str = ""
    file_names: tuple[str, ...] = ()
    key: str = ""
    raw: str = ""
    flag: str = ""
    """Whether it was retracted or corrected, where the list says so; see ``studies.INTEGRITY``."""
    extra: tuple[tuple[str, str], ...] = ()
    """Further columns of a table: head and text, which may become attributes."""


@dataclass(frozen=True, slots=True)
class PdfCandidate:
    """What is known of a PDF that still lacks its record; ``year`` is a guess or None."""

    document_id: str
    file_name: str
    title: str = ""
    doi: str = ""
    first_page_text: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """One record and one PDF; ``evidence`` is one of EVIDENCE, ``score`` runs from 0 to 100."""

    record: ReferenceRecord
    document_id: str
    evidence: str
    score: float


@dataclass(frozen=True, slots=True)
class Unsure:
    """A record with the PDFs that may be its own, the likeliest first."""

    record: ReferenceRecord
    candidates: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Matching:
    """The outcome: every record and every PDF stands in it; PDFs may be unsure more than once."""

    matched: tuple[Match, ...]
    unsure: tuple[Unsure, ...]
    records_without_pdf: tuple[ReferenceRecord, ...]
    pdfs_without_record: tuple[str, ...]


def match_records(
    records: Iterable[ReferenceRecord], candidates: Iterable[PdfCandidate]
) -> Matching:
    """Match records to PDFs, each at most once. 2,000 records and 46 PDFs take about a second."""
    ours = [_Record.read(record) for record in records]
    pdfs = [_Pdf.read(candidate) for candidate in candidates]
    open_records, open_pdfs = set(range(len(ours))), set(range(len(pdfs)))
    pairs: dict[tuple[int, int], Match] = {}
    matched: dict[int, Match] = {}
    for evidence in EVIDENCE:
        scores = _scores(ours, pdfs, open_records, open_pdfs, SCORING[evidence])
        for (row, column), score in scores.items():
            if (row, column) not in pairs or score > pairs[row, column].score:
                pdf = pdfs[column].candidate.document_id
                pairs[row, column] = Match(ours[row].record, pdf, evidence, score)
        while clear := list(_clear_pairs(scores)):
            for row, column in clear:
                matched[row] = pairs[row, column]
                open_records.discard(row)
                open_pdfs.discard(column)
            # What is settled is no rival any more.
            scores = {
                pair: score
                for pair, score in scores.items()
                if pair[0] in open_records and pair[1] in open_pdfs
            }
    return _outcome(ours, pdfs, matched, pairs, open_records, open_pdfs)


# --- one record against one PDF -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Record:
    record: ReferenceRecord
    title: str
    title_words: frozenset[str]
    doi: str
    doi_in_file_names: str
    files: frozenset[str]
    first_author: str
    author_names: frozenset[str]

    @classmethod
    def read(cls, record: ReferenceRecord) -> "_Record":
        author = next(iter(record.authors), "")
        title = fold(record.title)
        doi = fold_doi(record.doi or record.url)
        return cls(
            record,
            title,
            frozenset(title.split()),
            doi,
            fold(doi).replace(" ", ""),
            frozenset(_base_name(name) for name in record.file_names) - {""},
            fold(author.split(",")[0]),
            names_in_files(author),
        )


@dataclass(frozen=True, slots=True)
class _Pdf:
    candidate: PdfCandidate
    title: str
    doi: str
    page: str
    page_words: frozenset[str]
    file: str
    name: FileName

    @classmethod
    def read(cls, candidate: PdfCandidate) -> "_Pdf":
        page = fold(candidate.first_page_text[:FIRST_PAGE_CHARACTERS])
        return cls(
            candidate,
            fold(candidate.title),
            fold_doi(candidate.doi),
            f" {page} ",
            frozenset(page.split()),
            _base_name(candidate.file_name),
            read_file_name(candidate.file_name),
        )


def _base_name(path: str) -> str:
    return fold(re.split(r"[/\\]", path)[-1])


def _doi_score(record: _Record, pdf: _Pdf) -> float:
    if not record.doi:
        return 0.0
    if record.doi != pdf.doi and record.doi_in_file_names not in pdf.name.joined:
        return 0.0
    # A first page can carry the DOI of another work: a reply, a supplement, a whole issue.
    return WORTH_ASKING + 5 if _titles_disagree(record, pdf) else 100.0


def _attachment_score(record: _Record, pdf: _Pdf) -> float:
    return 100.0 if pdf.file in record.files else 0.0


def _title_score(record: _Record, pdf: _Pdf) -> float:
    score = max(title_similarity(record.title, pdf.title), _on_first_page(record, pdf))
    if score < WORTH_ASKING:
        return 0.0
    unlike = _years_apart(record, pdf) > YEARS_APART or len(record.title.split()) < 3
    other_doi = bool(record.doi and pdf.doi and record.doi != pdf.doi)
    if (unlike or (other_doi and score < 97)) and not _author_in_sight(record, pdf):
        score = min(score, ACCEPTED - 1)
    return score


def _file_name_score(record: _Record, pdf: _Pdf) -> float:
    author = not pdf.name.openings.isdisjoint(record.author_names)
    years = _years_apart(record, pdf, by_file_name=True)
    if years > YEARS_APART:
        return 0.0
    long_enough = min(len(record.title), len(pdf.name.title)) >= 12
    title = fuzz.partial_ratio(record.title, pdf.name.title) if long_enough else 0.0
    if title >= ACCEPTED:
        return title
    if not author or (len(pdf.name.title) >= 12 and title < 60):
        return 0.0
    if _titles_disagree(record, pdf) or pdf.name.year is None:
        return WORTH_ASKING + 5
    return 100.0 - CLEAR_LEAD * years


SCORING: dict[str, Callable[[_Record, _Pdf], float]] = {
    "doi": _doi_score,
    "attachment": _attachment_score,
    "title": _title_score,
    "file_name": _file_name_score,
}


def title_similarity(first: str, second: str) -> float:
    """Return how alike two folded titles are, 0 to 100; a missing subtitle costs little."""
    short, long = sorted((first, second), key=len)
    if not short:
        return 0.0
    whole = max(fuzz.ratio(first, second), fuzz.token_sort_ratio(first, second) - 3)
    if len(short.split()) >= 4 and len(short) >= 24:
        whole = max(whole, fuzz.ratio(short, long[: len(short)]) - 3)
    return whole


def _on_first_page(record: _Record, pdf: _Pdf) -> float:
    """Return how surely a first page carries the title, 0 to 100."""
    expected = record.title_words
    if len(expected) < 4 or len(expected & pdf.page_words) < 0.6 * len(expected):
        return 0.0
    if f" {record.title} " in pdf.page:
        return 100.0
    return min(97.0, fuzz.partial_ratio(record.title, pdf.page) - 3)


def _titles_disagree(record: _Record, pdf: _Pdf) -> bool:
    if not record.title or not (pdf.title or pdf.page_words):
        return False
    known = title_similarity(record.title, pdf.title) >= TITLES_DISAGREE if pdf.title else False
    return not known and _on_first_page(record, pdf) < TITLES_DISAGREE


def _years_apart(record: _Record, pdf: _Pdf, *, by_file_name: bool = False) -> int:
    found = pdf.name.year if by_file_name else pdf.candidate.year or pdf.name.year
    if record.record.year is None or found is None:
        return 0
    return abs(record.record.year - found)


def _author_in_sight(record: _Record, pdf: _Pdf) -> bool:
    if not pdf.name.openings.isdisjoint(record.author_names):
        return True
    return bool(record.first_author) and f" {record.first_author} " in pdf.page


# --- all records against all PDFs -----------------------------------------------------------------


def _scores(
    ours: Sequence[_Record],
    pdfs: Sequence[_Pdf],
    rows: Iterable[int],
    columns: Iterable[int],
    score: Callable[[_Record, _Pdf], float],
) -> dict[tuple[int, int], float]:
    pairs = product(sorted(rows), sorted(columns))
    found = ((pair, score(ours[pair[0]], pdfs[pair[1]])) for pair in pairs)
    return {pair: value for pair, value in found if value >= WORTH_ASKING}


def _clear_pairs(scores: dict[tuple[int, int], float]) -> Iterator[tuple[int, int]]:
    """Yield the accepted pairs in which each side is clearly the best for the other."""
    by_row: defaultdict[int, list[float]] = defaultdict(list)
    by_column: defaultdict[int, list[float]] = defaultdict(list)
    for (row, column), score in scores.items():
        by_row[row].append(score)
        by_column[column].append(score)
    best = {("row", row): nlargest(2, found) for row, found in by_row.items()}
    best |= {("column", column): nlargest(2, found) for column, found in by_column.items()}
    for (row, column), score in scores.items():
        if (
            score >= ACCEPTED
            and _leads(score, best["row", row])
            and _leads(score, best["column", column])
        ):
            yield row, column


def _leads(score: float, best_two: list[float]) -> bool:
    rival = best_two[1] if len(best_two) > 1 else 0.0
    return score == best_two[0] and (score - rival >= CLEAR_LEAD or score >= CERTAIN > rival)


def _outcome(
    ours: Sequence[_Record],
    pdfs: Sequence[_Pdf],
    matched: dict[int, Match],
    pairs: dict[tuple[int, int], Match],
    open_records: set[int],
    open_pdfs: set[int],
) -> Matching:
    doubts: defaultdict[int, list[Match]] = defaultdict(list)
    asked: set[int] = set()
    for (row, column), match in pairs.items():
        if row in open_records and column in open_pdfs:
            doubts[row].append(match)
            asked.add(column)
    unsure = (
        Unsure(ours[row].record, tuple(sorted(doubts[row], key=lambda match: -match.score)))
        for row in sorted(doubts)
    )
    return Matching(
        matched=tuple(matched[row] for row in sorted(matched)),
        unsure=tuple(unsure),
        records_without_pdf=tuple(ours[row].record for row in sorted(open_records - doubts.keys())),
        pdfs_without_record=tuple(
            pdfs[column].candidate.document_id for column in sorted(open_pdfs - asked)
        ),
    )
