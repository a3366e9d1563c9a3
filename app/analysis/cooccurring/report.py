"""Everything about the ties of a review in one table, and about its clusters."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis.cooccurring.chance import (
    FDR,
    MINIMUM_STUDIES,
    SEED,
    SHUFFLES,
    Chance,
    Progress,
    shuffle_codes,
)
from app.analysis.cooccurring.cluster_meetings import (
    Bridge,
    ClusterPair,
    EIIndex,
    bridges,
    cluster_pairs,
    ei_index,
)
from app.analysis.cooccurring.coefficients import (
    FEW_STUDIES,
    OVER_MARGINS,
    RARE_CODE_BIAS,
    SHARES,
    margin_counts,
    shared_characters,
    unit_counts,
)
from app.analysis.cooccurring.meetings import Meetings, is_tested
from app.analysis.cooccurring.rules import PAGE, PARAGRAPH, SENTENCE, STUDY
from app.analysis.cooccurring.stability import REPLICATES, Stability, stability

ABOVE, EXPECTED, NOT_TESTED = "more", "expected", "not tested"


@dataclass(frozen=True, slots=True)
class Settings:
    """What is asked; every number is repeated exactly by the same settings on the same data."""

    minimum_studies: int = MINIMUM_STUDIES
    shuffles: int = SHUFFLES
    replicates: int = REPLICATES
    fdr: float = FDR
    seed: int = SEED


@dataclass(frozen=True, slots=True)
class TieLine:
    """One pair of codes. None: not estimable, or not tested.

    ``count`` is in the unit asked for, ``studies`` always in studies, ``passages`` in pairs of
    passages. ``verdict``: "more" often than chance, "expected", or "not tested". ``stays`` is the
    share of resamples in which the tie stays; ``breakers`` are labels of studies without which it
    falls.
    """

    code_a: str
    code_b: str
    count: int
    studies: int
    passages: int
    coefficients: dict[str, float | None]
    expected: float | None
    over_expected: float | None
    z: float | None
    p: float | None
    q: float | None
    verdict: str
    stays: float
    stable: bool
    stands_alone: bool
    breakers: tuple[str, ...]
    largest_share: float
    largest_study: str
    study_labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TiesReport:
    """All ties in enough studies, the strongest first; what was counted; how clusters meet."""

    words: str
    warnings: tuple[str, ...]
    settings: Settings
    studies: int
    codings: int
    passages: int
    codes_used: int
    pairs_possible: int
    pairs_tested: int
    below_05: int
    ties: tuple[TieLine, ...]
    clusters: tuple[ClusterPair, ...]
    ei: EIIndex
    bridges: tuple[Bridge, ...]


def chance_of(
    meetings: Meetings,
    settings: Settings,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Chance | None:
    """Return what the shuffles say; None where there is no test or no shuffle is asked for."""
    if not settings.shuffles or not is_tested(meetings.counting):
        return None
    return shuffle_codes(
        meetings,
        shuffles=settings.shuffles,
        seed=settings.seed,
        minimum_studies=settings.minimum_studies,
        progress=progress,
        cancelled=cancelled,
    )


def ties_report(
    meetings: Meetings, settings: Settings | None = None, chance: Chance | None = None
) -> TiesReport:
    """Return the report; ``chance`` comes from ``chance_of``, which takes its time."""
    settings = settings or Settings()
    least = max(settings.minimum_studies, 1)
    steady = stability(
        meetings,
        chance,
        minimum_studies=least,
        replicates=settings.replicates,
        seed=settings.seed,
        fdr=settings.fdr,
    )
    asked = {"replicates": settings.replicates, "seed": settings.seed}
    shown = steady.holds
    evidence = meetings.evidence
    return TiesReport(
        words=meetings.counting.words,
        warnings=_warnings(meetings, chance),
        settings=settings,
        studies=len(np.unique(evidence.study)),
        codings=len(evidence),
        passages=len(meetings.joined),
        codes_used=len(np.unique(evidence.code)),
        pairs_possible=len(meetings.columns[0]),
        pairs_tested=int(chance.tested.sum()) if chance else 0,
        below_05=int((chance.p[chance.tested] < 0.05).sum()) if chance else 0,
        ties=_lines(meetings, settings, chance, steady),
        clusters=cluster_pairs(meetings, shown, **asked),
        ei=ei_index(meetings, shown, minimum_studies=least, **asked),
        bridges=bridges(meetings, shown, minimum_studies=least, **asked),
    )


def _warnings(meetings: Meetings, chance: Chance | None) -> tuple[str, ...]:
    rule = meetings.counting.rule
    found = [rule.warning] if rule.warning else []
    if rule.kind in (SENTENCE, PARAGRAPH, PAGE) and meetings.evidence.areas:
        where = "by the page they are on" if rule.kind == PAGE else "where they share surface"
        found.append(f"Coded areas count {where}.")
    several = len(np.unique(meetings.evidence.coder)) > 1
    if several and not meetings.counting.apart and rule.kind != STUDY:
        found.append(
            "Codings of several coders are merged: where they gave one passage different codes, "
            "their disagreement looks like a meeting of codes. Count the consensus, one coder, or "
            "coders apart."
        )
    if chance is not None and chance.coarse:
        found.append(
            f"{chance.shuffles:,} shuffles are few for {int(chance.tested.sum()):,} pairs: a pair "
            "that stands alone cannot be told from chance."
        )
    return tuple(found)


def _lines(
    meetings: Meetings, settings: Settings, chance: Chance | None, steady: Stability
) -> tuple[TieLine, ...]:
    evidence = meetings.evidence
    counts, studies, passages = meetings.counts, meetings.study_counts, meetings.pairs.sum(axis=0)
    low, high = meetings.columns
    columns = np.flatnonzero(steady.holds)
    columns = columns[
        np.lexsort((high[columns], low[columns], -passages[columns], -counts[columns]))
    ]
    values = _coefficients(meetings, columns, studies)
    share, main = meetings.largest()
    tested = _tested(meetings, chance, columns)
    labels = [study.label for study in evidence.studies]
    breakers = _names(labels, steady.breakers[:, columns])
    holders = _names(labels, meetings.by_study[:, columns] > 0)
    stable, alone = steady.stable, steady.stands_alone
    lines = []
    for row, column in enumerate(columns.tolist()):
        q = tested["q"][row]
        verdict = NOT_TESTED if q is None else ABOVE if q <= settings.fdr else EXPECTED
        lines.append(
            TieLine(
                code_a=evidence.codes[low[column]].id,
                code_b=evidence.codes[high[column]].id,
                count=int(counts[column]),
                studies=int(studies[column]),
                passages=int(passages[column]),
                coefficients={name: known[row] for name, known in values.items()},
                expected=tested["expected"][row],
                over_expected=tested["over_expected"][row],
                z=tested["z"][row],
                p=tested["p"][row],
                q=q,
                verdict=verdict,
                stays=float(steady.stays[column]),
                stable=bool(stable[column]),
                stands_alone=bool(alone[column]),
                breakers=breakers[row],
                largest_share=float(share[column]),
                largest_study=labels[main[column]],
                study_labels=holders[row],
            )
        )
    return tuple(lines)


def _coefficients(
    meetings: Meetings, columns: NDArray[np.int64], studies: NDArray[np.integer]
) -> dict[str, list[float | None]]:
    counts, margins = unit_counts(meetings), margin_counts(meetings)
    found = {name: _plain(formula(counts)[columns]) for name, formula in SHARES.items()}
    for name, formula in OVER_MARGINS.items():
        if margins is None:
            found[name] = [None] * len(columns)
            continue
        values = formula(margins)
        if name in RARE_CODE_BIAS:
            values = np.where(studies >= FEW_STUDIES, values, np.nan)
        found[name] = _plain(values[columns])
    found["shared_characters"] = _plain(shared_characters(meetings)[columns])
    return found


def _tested(
    meetings: Meetings, chance: Chance | None, columns: NDArray[np.int64]
) -> dict[str, list[float | None]]:
    if chance is None:
        return {
            name: [None] * len(columns) for name in ("expected", "over_expected", "z", "p", "q")
        }
    z = np.where(chance.tested, chance.z(meetings.counts), np.nan)
    expected = chance.expected_count
    known = np.isfinite(expected) & (expected > 0)
    over = np.divide(meetings.counts, expected, out=np.full(z.shape, np.nan), where=known)
    found = {"expected": expected, "over_expected": over, "z": z, "p": chance.p, "q": chance.q}
    return {name: _plain(values[columns]) for name, values in found.items()}


def _names(labels: list[str], which: NDArray[np.bool_]) -> list[tuple[str, ...]]:
    """Return for each column of studies x ties the labels of its studies."""
    found: list[list[str]] = [[] for _ in range(which.shape[1])]
    for study, tie in zip(*(index.tolist() for index in np.nonzero(which)), strict=True):
        found[tie].append(labels[study])
    return [tuple(names) for names in found]


def _plain(values: NDArray[np.float64]) -> list[float | None]:
    return [None if math.isnan(value) else value for value in values.tolist()]
