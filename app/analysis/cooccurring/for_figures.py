"""Gives meetings the form that the network and its table are drawn from."""

import numpy as np

from app.analysis.cooccurrence import Cooccurrence, studies_per_code
from app.analysis.cooccurring.meetings import Meetings
from app.analysis.cooccurring.relations import coding_pairs
from app.analysis.cooccurring.rules import STUDIES


def as_cooccurrence(meetings: Meetings) -> Cooccurrence:
    """Return the ties of any rule as the figure reads them.

    Raises:
        ValueError: they are counted in something else than studies, which a figure does not say.
    """
    if meetings.counting.unit != STUDIES:
        raise ValueError("A network is drawn from counts of studies.")
    evidence = meetings.evidence
    codes, studies = len(evidence.codes), len(evidence.studies)
    low, high = meetings.columns
    study, column = np.nonzero(meetings.pairs)
    keys = (low[column].astype(np.int64) * codes + high[column]) * max(studies, 1) + study
    order = np.argsort(keys)
    first, second = coding_pairs(evidence, meetings.counting, meetings.units)
    differ = evidence.code[first] != evidence.code[second]
    first, second = first[differ], second[differ]
    swap = evidence.code[first] > evidence.code[second]
    first, second = np.where(swap, second, first), np.where(swap, first, second)
    pair_keys = evidence.code[first].astype(np.int64) * codes + evidence.code[second]
    by_code = np.argsort(pair_keys, kind="stable")
    share, main = meetings.largest()
    return Cooccurrence(
        evidence=evidence,
        studies=meetings.square(meetings.counts),
        overlaps=meetings.square(meetings.pairs.sum(axis=0).astype(np.int32)),
        largest_share=meetings.square(share),
        largest_study=meetings.square(main + 1) - 1,
        code_studies=studies_per_code(evidence),
        tie_keys=keys[order],
        tie_counts=meetings.pairs[study, column][order],
        pair_keys=pair_keys[by_code],
        pair_codings=np.column_stack((first, second))[by_code].astype(np.int32),
    )
