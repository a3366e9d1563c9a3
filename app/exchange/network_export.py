"""Draws a project's network into a file: from codings to figure in one call."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from app import __version__
from app.analysis.cooccurrence import Cooccurrence, cooccurrence
from app.analysis.cooccurring.for_figures import as_cooccurrence
from app.analysis.cooccurring.meetings import count_meetings
from app.analysis.cooccurring.rules import Counting
from app.analysis.evidence import Evidence
from app.analysis.network_figure import build_network, settled_layout
from app.analysis.network_layout import Layout
from app.analysis.network_model import NetworkFigure
from app.analysis.network_words import CaptionFacts
from app.coding.codebook import Codebook
from app.coding.codebooks import load_codebook
from app.coding.evidence import independent_coders, load_evidence
from app.coding.people import find_coder
from app.coding.text_units import load_text_units
from app.exchange.network_files import write_network
from app.models import Project

ALL_CODERS = "all coders, duplicates merged"
WITHOUT_CONSENSUS = f"{ALL_CODERS}; the consensus is left out"


@dataclass(frozen=True, slots=True)
class Drawn:
    """How much a figure shows, and in a few sentences what."""

    codes: int
    ties: int
    summary: str


def caption_facts(
    codebook: Codebook, *, layer: str = ALL_CODERS, filters: tuple[str, ...] = ()
) -> CaptionFacts:
    """Return what a caption says besides the numbers."""
    return CaptionFacts(
        layer=layer,
        codebook=codebook.title,
        codebook_version=codebook.version,
        app_version=__version__,
        date=datetime.now(UTC).date().isoformat(),
        filters=filters,
    )


def network_of(
    evidence: Evidence,
    facts: CaptionFacts,
    *,
    layout: Layout,
    minimum_studies: int = 3,
    ties: Cooccurrence | None = None,
) -> NetworkFigure:
    """Return the figure of one (filtered) evidence on the places of a settled layout.

    ``ties`` are those of another rule than overlap; ``facts.rule`` then says which.
    """
    return build_network(
        evidence,
        cooccurrence(evidence) if ties is None else ties,
        facts=facts,
        minimum_studies=minimum_studies,
        layout=layout,
    )


def export_network(
    project: Project,
    out: Path,
    *,
    minimum_studies: int = 3,
    coder: str | None = None,
    counting: Counting | None = None,
) -> Drawn:
    """Write the network of a project, of all coders or of one, in the format of the suffix.

    A code has the same place whatever the filter: places are settled on all codings. ``counting``
    asks for another rule than overlap, or for coders apart; it has to count studies.

    Raises:
        UserError: the suffix or coder is unknown, or the file cannot be written.
    """
    evidence, layer = load_evidence(project), ALL_CODERS
    layout = settled_layout(evidence)
    independent = independent_coders(project)
    if coder is None and independent is not None:
        evidence, layer = evidence.where(coders=independent), WITHOUT_CONSENSUS
    if coder is not None:
        chosen = find_coder(project, coder)
        evidence, layer = evidence.where(coders=(chosen.id,)), chosen.name
    facts = caption_facts(load_codebook(project), layer=layer)
    ties = None
    if counting is not None and counting != Counting():
        facts = replace(facts, rule=_rule_words(counting))
        units = load_text_units(project, evidence, counting)
        ties = as_cooccurrence(count_meetings(evidence, counting, units))
    figure = network_of(evidence, facts, layout=layout, minimum_studies=minimum_studies, ties=ties)
    write_network(figure, out)
    return Drawn(len(figure.nodes), len(figure.ties), figure.alt_text)


def _rule_words(counting: Counting) -> str:
    apart = ", both coded by one coder" if counting.apart else ""
    return counting.rule.words + apart
