"""The code x study table: how many codings, in which direction, in how many studies."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis.evidence import Evidence

FACILITATOR = "facilitator"
BARRIER = "barrier"

Counts = NDArray[np.int32]
Shares = NDArray[np.float64]


@dataclass(frozen=True, eq=False, slots=True)
class StudyTable:
    """Codings per code and study, and what follows from them.

    ``codings`` is codes x studies; ``by_valence`` is (valences + 1) x codes x studies with the
    codings without a valence last; ``code_studies`` and ``study_codes`` count non-empty cells of a
    row and of a column.
    """

    codings: Counts
    by_valence: Counts
    code_studies: Counts
    study_codes: Counts
    facilitator_studies: Counts
    barrier_studies: Counts
    directions: Counts

    def facilitator_share(self) -> Shares:
        """Return per code the share of its studies that call it a facilitator at least once."""
        return _share(self.facilitator_studies, self.code_studies)

    def barrier_share(self) -> Shares:
        """Return per code the share of its studies that call it a barrier at least once."""
        return _share(self.barrier_studies, self.code_studies)

    def direction_shares(self) -> Shares:
        """Return codes x 3; rows of used codes sum to 1.

        Shares of the studies that report a code only as facilitator; as both, mixed or unclear;
        only as barrier.
        """
        return _share(self.directions, np.broadcast_to(self.code_studies[:, None], (len(self), 3)))

    def __len__(self) -> int:
        """Return the number of codes."""
        return len(self.codings)


def study_table(evidence: Evidence) -> StudyTable:
    """Count codings per code, study and valence.

    A study speaks *only as facilitator* for a code when it holds facilitator codings of the code
    and no barrier, mixed or moderating ones; codings without a direction do not weigh against it.
    Likewise *only as barrier*. All other studies that use the code are in the middle.
    """
    codes, studies, valences = (
        len(evidence.codes),
        len(evidence.studies),
        len(evidence.valences),
    )
    layer = np.where(evidence.valence < 0, valences, evidence.valence).astype(np.int64)
    flat = (layer * codes + evidence.code) * studies + evidence.study
    size = (valences + 1) * codes * studies
    by_valence = np.bincount(flat, minlength=size).astype(np.int32)
    by_valence = by_valence.reshape(valences + 1, codes, studies)
    codings = by_valence.sum(axis=0, dtype=np.int32)
    used = codings > 0
    helps = _with_valence(evidence, by_valence, {FACILITATOR})
    hinders = _with_valence(evidence, by_valence, {BARRIER})
    others = set(evidence.valences) - {FACILITATOR, BARRIER, "unclear"}
    depends = _with_valence(evidence, by_valence, others)
    only_helps = helps & ~hinders & ~depends
    only_hinders = hinders & ~helps & ~depends
    middle = used & ~only_helps & ~only_hinders
    return StudyTable(
        codings=codings,
        by_valence=by_valence,
        code_studies=_count(used),
        study_codes=used.sum(axis=0).astype(np.int32),
        facilitator_studies=_count(helps),
        barrier_studies=_count(hinders),
        directions=np.column_stack((_count(only_helps), _count(middle), _count(only_hinders))),
    )


def _with_valence(evidence: Evidence, by_valence: Counts, keys: set[str]) -> NDArray[np.bool_]:
    rows = [index for index, key in enumerate(evidence.valences) if key in keys]
    return np.asarray(by_valence[rows].sum(axis=0) > 0, dtype=np.bool_)


def _count(cells: NDArray[np.bool_]) -> Counts:
    return np.asarray(cells.sum(axis=1), dtype=np.int32)


def _share(part: Counts, whole: Counts) -> Shares:
    return np.divide(part, whole, out=np.zeros(part.shape), where=whole > 0)
