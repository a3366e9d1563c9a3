"""Extracts: codings with everything that a citation needs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from app.coding.areas import area_words
from app.coding.codebook import Codebook
from app.coding.codebooks import load_codebook
from app.coding.documents import DocumentInfo, DocumentText, list_documents, load_text
from app.coding.evidence import independent_coders
from app.coding.ligatures import repairs_of
from app.coding.memo_text import plain
from app.coding.passages import STAGE, VALENCE, Coding, list_codings
from app.coding.people import list_coders, list_rounds
from app.coding.study_naming import study_flags
from app.coding.translations import list_translations
from app.documents.repaired import meant_words
from app.models import Project


@dataclass(frozen=True, slots=True)
class Extract:
    """A coding as exported; ``quote`` is verbatim, ``clean`` the words for quoting."""

    coding_id: str
    study: str
    study_id: str
    report: str
    document: str
    document_id: str
    page: int
    page_label: str
    start: int
    end: int
    code: str
    code_id: str
    code_key: str
    category: str
    cluster: str
    cluster_id: str
    valence: str
    valence_label: str
    stages: tuple[str, ...]
    stage_labels: tuple[str, ...]
    coder: str
    coder_id: str
    round: str
    round_id: str
    quote: str
    clean: str
    memo: str
    condition: str
    anchor_state: str
    made_at: str
    area: tuple[float, ...] = ()
    """Of a coded area x0, y0, x1, y1 in points of the unturned page; its quote is empty."""
    integrity: str = ""
    """Whether the study was retracted, corrected or put in doubt; a key of INTEGRITY."""
    translation: str = ""
    repaired: str = ""
    """The words for quoting as they were meant, where letters were lost in the PDF."""


@dataclass(frozen=True, slots=True)
class ExtractFilter:
    """What to show; ``None`` lets everything through, ``text`` is looked for in quote and memo."""

    code_ids: frozenset[str] | None = None
    cluster_ids: frozenset[str] | None = None
    valences: frozenset[str] | None = None
    stages: frozenset[str] | None = None
    study_ids: frozenset[str] | None = None
    coder_ids: frozenset[str] | None = None
    document_ids: frozenset[str] | None = None
    text: str = ""

    def passes(self, extract: Extract) -> bool:
        """Say whether an extract is to be shown. ``""`` among valences or stages means none."""
        wanted = (
            (self.code_ids, extract.code_id),
            (self.cluster_ids, extract.cluster_id),
            (self.valences, extract.valence),
            (self.study_ids, extract.study_id),
            (self.coder_ids, extract.coder_id),
            (self.document_ids, extract.document_id),
        )
        if any(allowed is not None and value not in allowed for allowed, value in wanted):
            return False
        if self.stages is not None and self.stages.isdisjoint(extract.stages or ("",)):
            return False
        text = self.text.casefold()
        return not text or any(
            text in words.casefold() for words in (extract.clean, extract.memo, extract.code)
        )


EVERYTHING = ExtractFilter()


def load_extracts(project: Project, wanted: ExtractFilter = EVERYTHING) -> tuple[Extract, ...]:
    """Return the extracts that pass the filter, by study, document and place."""
    builder = _Builder(project)
    codings = list_codings(project)
    found = [extract for extract in builder.build(codings) if wanted.passes(extract)]
    by_document: dict[str, list[Extract]] = {document_id: [] for document_id in builder.documents}
    for extract in found:
        by_document[extract.document_id].append(extract)
    # One document at a time: a long sort lets no other thread of the program do anything.
    return tuple(
        extract
        for here in by_document.values()
        for extract in sorted(here, key=lambda e: (e.start, e.end, e.code))
    )


def without_consensus(
    project: Project, wanted: ExtractFilter = EVERYTHING
) -> tuple[ExtractFilter, bool]:
    """Return the filter that also leaves the consensus out, and whether it does.

    A filter that names coders stays as it is: the consensus is there for who asks for it.
    """
    independent = independent_coders(project)
    if wanted.coder_ids is not None or independent is None:
        return wanted, False
    return replace(wanted, coder_ids=independent), True


def quote_with_citation(project: Project, document_id: str, start: int, end: int) -> str:
    """Return a passage as one pastes it into a paper: clean words, citation, printed page."""
    text = load_text(project, document_id)
    info = next(d for d in list_documents(project) if d.id == document_id)
    first, last = text.page_of(start), text.page_of(max(start, end - 1))
    pages = f"p. {text.label_of(first)}"
    if first != last:
        pages = f"pp. {text.label_of(first)}–{text.label_of(last)}"
    return f"“{text.clean(start, end)}” ({info.citation or info.study_label}, {pages})"


class _Builder:
    """Joins codings with the names of everything; loads each document's text once."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self.documents: dict[str, DocumentInfo] = {d.id: d for d in list_documents(project)}
        self._codebook: Codebook = load_codebook(project)
        self._coders = {coder.id: coder.name for coder in list_coders(project)}
        self._rounds = {known.id: known.name for known in list_rounds(project)}
        self._labels = {
            (facet.key, value.key): value.label
            for facet in self._codebook.facets
            for value in facet.values
        }
        self._text: DocumentText | None = None
        self._repairs: Mapping[str, str] = {}
        self._flags = study_flags(project)
        self._translations = list_translations(project)

    def build(self, codings: Iterable[Coding]) -> list[Extract]:
        return [self._extract(coding) for coding in codings]

    def _text_of(self, document_id: str) -> DocumentText:
        if self._text is None or self._text.document_id != document_id:
            self._text = load_text(self._project, document_id)
            self._repairs = repairs_of(self._project, document_id)
        return self._text

    def _extract(self, coding: Coding) -> Extract:
        code = self._codebook.code(coding.code_id)
        document = self.documents[coding.document_id]
        text = self._text_of(coding.document_id)
        words = _words(coding, text)
        return Extract(
            coding_id=coding.id,
            study=document.study_label,
            study_id=document.study_id,
            report=document.citation,
            document=document.file_name,
            document_id=document.id,
            page=coding.page_first,
            page_label=text.label_of(coding.page_first),
            start=coding.start,
            end=coding.end,
            code=code.name,
            code_id=code.id,
            code_key=code.key,
            category=self._codebook.category(code.category_id).name,
            cluster=self._codebook.cluster(code.cluster_id).name,
            cluster_id=code.cluster_id,
            valence=coding.valence,
            valence_label=self._labels.get((VALENCE, coding.valence), ""),
            stages=coding.stages,
            stage_labels=tuple(self._labels.get((STAGE, key), key) for key in coding.stages),
            coder=self._coders.get(coding.coder_id, ""),
            coder_id=coding.coder_id,
            round=self._rounds.get(coding.round_id, ""),
            round_id=coding.round_id,
            quote=coding.quote,
            clean=words,
            memo=plain(coding.memo),
            condition=coding.condition,
            anchor_state=coding.anchor_state,
            made_at=coding.made_at,
            area=coding.area,
            integrity=self._flags.get(document.study_id, ""),
            translation="\n".join(self._translations.get(coding.id, {}).values()),
            repaired="" if coding.area else meant_words(words, self._repairs),
        )


def _words(coding: Coding, text: DocumentText) -> str:
    """Return the words of a coding for quoting; for an area, where it is."""
    if coding.area:
        return area_words(text.label_of(coding.page_first))
    if coding.anchor_state in ("orphan", "review"):
        return coding.quote
    return text.clean(coding.start, coding.end)
