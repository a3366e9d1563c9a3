"""Invented reviews in which no two codes are linked: what a test against chance must not find."""

import numpy as np

from app.analysis.evidence import Evidence
from tests.analysis.synthetic import Row, evidence_of


def unlinked_review(
    seed: int, *, studies: int = 46, codes: int = 40, codings: int = 2_800, topics: bool = True
) -> Evidence:
    """Return codings whose codes are drawn without regard to what else stands there.

    Studies differ much in volume and, with ``topics``, in which codes they use; passages lie on
    top of each other, in long reports also by accident. Some passages of one code overlap.
    """
    random = np.random.default_rng(seed)
    common = random.gamma(1.5, 1.0, codes) + 0.05
    sizes = random.lognormal(0, 0.8, studies)
    own = random.lognormal(0, 1.0 if topics else 0.0, (studies, codes)) * common
    rows: list[Row] = []
    for study in random.choice(studies, codings // 2, p=sizes / sizes.sum()).tolist():
        start = int(random.integers(0, 60_000))
        chances = own[study] / own[study].sum()
        for _ in range(int(random.choice([1, 2, 3], p=[0.4, 0.35, 0.25]))):
            begin = max(start + int(random.integers(-80, 80)), 0)
            code = int(random.choice(codes, p=chances))
            rows.append((code, study, study, begin, begin + int(random.integers(60, 400)), 0))
    return evidence_of(rows[:codings], codes=codes, studies=studies, coders=1)
