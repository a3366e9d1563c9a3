"""The links planted in the sample review are found, and little else is shown."""

import pytest

from app.analysis.cooccurring.meetings import count_meetings
from app.analysis.cooccurring.report import Settings, chance_of, ties_report
from app.analysis.cooccurring.rules import Counting
from app.coding.codebooks import load_codebook
from app.coding.evidence import independent_coders, load_evidence
from app.exchange.sample_review.demo import make_demo
from app.exchange.sample_review.sources import factors, links
from app.models import Project


@pytest.mark.slow
@pytest.mark.parametrize("apart", [False, True])
def test_planted_links_are_found_and_little_else(sample_evidence, apart):
    """A tie is spurious when it is neither a planted link nor of codes described as neighbours.

    The invented analysts see neighbours in one passage now and then, and take one for another.
    """
    evidence, keys = sample_evidence
    settings = Settings(fdr=0.10, replicates=100)
    meetings = count_meetings(evidence, Counting(apart=apart))
    report = ties_report(meetings, settings, chance_of(meetings, settings))
    shown = {
        frozenset((keys[tie.code_a], keys[tie.code_b]))
        for tie in report.ties
        if tie.verdict == "more"
    }
    planted = {frozenset(link.codes) for link in links()}
    near = {frozenset((key, other)) for key, one in factors().items() for other in one.neighbours}
    assert len(shown & planted) >= len(planted) / 2
    assert len(shown - planted - near) <= 0.10 * len(shown)
    assert len(shown) < 60


@pytest.fixture(scope="module")
def sample_evidence(tmp_path_factory):
    def quiet(*_words):
        return None

    project = Project.open(make_demo(tmp_path_factory.mktemp("demo") / "review", quiet, quiet))
    try:
        keys = {code.id: code.key for code in load_codebook(project).codes}
        evidence = load_evidence(project).where(coders=independent_coders(project))
    finally:
        project.close()
    return evidence, keys
