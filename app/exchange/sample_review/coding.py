"""Codes the planned passages in a project that holds the sample PDFs."""

from collections.abc import Callable
from dataclasses import dataclass

from app.coding.codebooks import load_codebook
from app.coding.documents import DocumentText, list_documents, load_text
from app.coding.passages import STAGE, VALENCE, PassageEntry, code_passages
from app.coding.people import add_coder, list_coders
from app.documents.anchors import all_quotes
from app.documents.cleaning import clean_text
from app.exchange.sample_review.records import ANALYSTS, Analyst, PlannedCoding, SamplePlan
from app.models import Project

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class CodedSample:
    """How many codings were written and which planned passages were not found."""

    coding_count: int
    missed: tuple[PlannedCoding, ...]


def code_review(project: Project, plan: SamplePlan, progress: Progress) -> CodedSample:
    """Code every planned passage, each analyst on a layer of their own.

    Raises:
        UserError: the project's codebook lacks a code or a facet value of the plan.
    """
    documents = {one.file_name: one.id for one in list_documents(project)}
    ids = [documents[report.file_name] for report in plan.reports]
    codes = {code.key: code.id for code in load_codebook(project).codes}
    coders = {analyst: _coder(project, name) for analyst, name in ANALYSTS.items()}
    entries: dict[Analyst, list[PassageEntry]] = {analyst: [] for analyst in ANALYSTS}
    missed: list[PlannedCoding] = []
    planned = _by_report(plan)
    for done, (number, codings) in enumerate(planned.items()):
        progress(done, len(planned), plan.reports[number].file_name)
        finder = PassageFinder(load_text(project, ids[number]))
        for coding in codings:
            place = finder.find(coding.quote)
            if place is None:
                missed.append(coding)
                continue
            entry = _entry(coding, ids[number], place, codes[coding.code])
            entries[coding.analyst].append(entry)
    count = 0
    for analyst, wanted in entries.items():
        label = f"Code {len(wanted)} sample passages"
        count += len(set(code_passages(project, wanted, coder_id=coders[analyst], label=label)))
    progress(len(planned), len(planned), "")
    return CodedSample(count, tuple(missed))


class PassageFinder:
    """Finds passages as typed in a document whose lines and pages break them."""

    def __init__(self, text: DocumentText) -> None:
        """Read the words of the whole document once, without running heads."""
        self._clean = clean_text(text.text, 0, len(text.text), text.furniture, text.joins)

    def find(self, quote: str) -> tuple[int, int] | None:
        """Return the document offsets of a passage, or None when it stands nowhere."""
        start = self._clean.text.find(quote)
        end = start + len(quote)
        if start < 0:
            places = all_quotes(self._clean.text, quote)
            if not places:
                return None
            start, end = places[0]
        offsets = self._clean.offsets
        return int(offsets[start]), int(offsets[end - 1]) + 1


def _by_report(plan: SamplePlan) -> dict[int, list[PlannedCoding]]:
    found: dict[int, list[PlannedCoding]] = {}
    for coding in plan.codings:
        found.setdefault(coding.report, []).append(coding)
    return found


def _coder(project: Project, name: str) -> str:
    known = {coder.name: coder.id for coder in list_coders(project)}
    lead = name == ANALYSTS["A"]
    return known.get(name) or add_coder(project, name, role="lead" if lead else "coder")


def _entry(
    coding: PlannedCoding, document_id: str, place: tuple[int, int], code_id: str
) -> PassageEntry:
    facets = {VALENCE: (coding.valence,), STAGE: coding.stages}
    return PassageEntry(document_id, *place, code_id, facets, coding.condition)
