"""Each coder beside the consensus: named as such, and never mixed into independent agreement."""

from dataclasses import replace

from app.analysis.agreement.report import PairScores, Settings, make_report
from app.coding.agreement import Question, load_team_work
from app.coding.people import list_coders
from app.models import Project


def against_consensus(
    project: Project, question: Question, settings: Settings
) -> tuple[PairScores, ...]:
    """Return one pair for each coder who shares documents with the consensus layer.

    Intervals are not drawn: the consensus was made from the coder's own work.
    """
    coders = list_coders(project)
    consensus = next((coder.id for coder in coders if coder.role == "consensus"), "")
    if not consensus:
        return ()
    found: list[PairScores] = []
    for coder in coders:
        asked = question.coder_ids
        if coder.id == consensus or (asked is not None and coder.id not in asked):
            continue
        pair = frozenset({coder.id, consensus})
        work = load_team_work(project, replace(question, coder_ids=pair, with_consensus=False))
        if not (work.layers.roster.sum(axis=1) >= 2).any():
            continue
        report = make_report(work.layers, replace(settings, replicates=2))
        found += report.pairs
    return tuple(found)
