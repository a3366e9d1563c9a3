"""Draws a project's network into a file: from codings to figure in one call."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app import __version__
from app.analysis.cooccurrence import cooccurrence
from app.analysis.evidence import Evidence
from app.analysis.network_figure import build_network, settled_layout
from app.analysis.network_layout import Layout
from app.analysis.network_model import NetworkFigure
from app.analysis.network_words import CaptionFacts
from app.coding.codebook import Codebook
from app.coding.codebooks import load_codebook
from app.coding.evidence import load_evidence
from app.coding.people import find_coder
from app.exchange.network_files import write_network
from app.models import Project

ALL_CODERS = "all coders, duplicates merged"


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
    evidence: Evidence, facts: CaptionFacts, *, layout: Layout, minimum_studies: int = 3
) -> NetworkFigure:
    """Return the figure of one (filtered) evidence on the places of a settled layout."""
    return build_network(
        evidence,
        cooccurrence(evidence),
        facts=facts,
        minimum_studies=minimum_studies,
        layout=layout,
    )


def export_network(
    project: Project, out: Path, *, minimum_studies: int = 3, coder: str | None = None
) -> Drawn:
    """Write the network of a project, of all coders or of one, in the format of the suffix.

    A code has the same place whatever the filter: places are settled on all codings.

    Raises:
        UserError: the suffix or coder is unknown, or the file cannot be written.
    """
    evidence, layer = load_evidence(project), ALL_CODERS
    layout = settled_layout(evidence)
    if coder is not None:
        chosen = find_coder(project, coder)
        evidence, layer = evidence.where(coders=(chosen.id,)), chosen.name
    facts = caption_facts(load_codebook(project), layer=layer)
    figure = network_of(evidence, facts, layout=layout, minimum_studies=minimum_studies)
    write_network(figure, out)
    return Drawn(len(figure.nodes), len(figure.ties), figure.alt_text)
