"""Invented evidence for tests: a heavy-tailed review with planted links, from a seed."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from app.analysis.evidence import ClusterKey, CodeKey, Evidence, StudyKey

VALENCES = ("facilitator", "barrier", "mixed", "moderates", "unclear")
STAGES = ("identification", "assessment", "planning", "delivery", "monitoring", "exit", "whole")
CLUSTERS = (
    ClusterKey("c1", "Systems and structures", "1", False),
    ClusterKey("c2", "Relational processes", "2", False),
    ClusterKey("c3", "Staff training and support", "3", False),
    ClusterKey("ctx", "Context and moderators", "", True),
)
LONGEST = "Conflict-affected or low-infrastructure context"

Row = tuple[int, int, int, int, int, int]  # code, study, document, start, end, coder


def evidence_of(
    rows: Sequence[Row],
    *,
    codes: int = 6,
    studies: int = 4,
    coders: int = 3,
    valence: Sequence[int] | None = None,
    stage_mask: Sequence[int] | None = None,
) -> Evidence:
    """Return evidence with one coding per row of plain numbers."""
    columns = [np.array([row[i] for row in rows], dtype=np.int64) for i in range(6)]
    return Evidence(
        coding_ids=tuple(f"coding-{i}" for i in range(len(rows))),
        code=columns[0].astype(np.int32),
        study=columns[1].astype(np.int32),
        document=columns[2].astype(np.int32),
        start=columns[3],
        end=columns[4],
        coder=columns[5].astype(np.int32),
        valence=np.array(valence if valence is not None else [-1] * len(rows), dtype=np.int8),
        stage_mask=np.array(stage_mask or [0] * len(rows), dtype=np.int64),
        codes=some_codes(codes),
        clusters=CLUSTERS,
        studies=tuple(StudyKey(f"s{i}", f"Study {i}") for i in range(studies)),
        coders=tuple(f"coder-{i}" for i in range(coders)),
        valences=VALENCES,
        stages=STAGES,
    )


def some_codes(count: int) -> tuple[CodeKey, ...]:
    """Return codes spread over the clusters as a codebook lists them, cluster by cluster."""
    words = (
        "Trust between partners", "Level of funding", "Agreement on sharing information",
        "Length and stability of partner relations", "Supervision", LONGEST,
        "Clarity of roles and responsibilities", "Case conferences",
        "Passing on knowledge and institutional memory", "Power hierarchies",
    )  # fmt: skip
    clusters = sorted(
        ("c1", "c2", "c1", "c3", "ctx", "c1", "c2", "c3", "ctx", "c1")[i % 10] for i in range(count)
    )
    names = [
        words[i % len(words)] + (f" {i // len(words) + 1}" if i >= len(words) else "")
        for i in range(count)
    ]
    return tuple(
        CodeKey(f"code-{i}", name, cluster, f"{cluster}-family")
        for i, (name, cluster) in enumerate(zip(names, clusters, strict=True))
    )


def review(
    codes: Sequence[CodeKey],
    clusters: Sequence[ClusterKey] = CLUSTERS,
    *,
    studies: int = 46,
    codings: int = 2900,
    links: int = 32,
    seed: int = 7,
    unused: int = 2,
) -> Evidence:
    """Return a review in which some code pairs share text in many studies.

    Studies differ in length, codes in how common they are; passages often carry a second code,
    then mostly one that is linked to the first or of the same cluster.
    """
    random = np.random.default_rng(seed)
    count = len(codes)
    common = random.gamma(1.6, 1.0, count) + 0.05
    common[random.choice(count, unused, replace=False)] = 0
    sizes = random.lognormal(0, 0.75, studies)
    cluster = np.array([code.cluster for code in codes])
    linked: dict[int, list[int]] = {i: [] for i in range(count)}
    for _ in range(links):
        a = random.choice(count, p=common / common.sum())
        near = common * np.where(cluster == cluster[a], 2.5, 0.7)
        near[a] = 0
        b = random.choice(count, p=near / near.sum())
        linked[int(a)].append(int(b))
        linked[int(b)].append(int(a))
    leaning = random.beta(0.9, 0.9, count)
    rows: list[Row] = []
    valence: list[int] = []
    while len(rows) < codings:
        study = int(random.choice(studies, p=sizes / sizes.sum()))
        start = int(random.integers(0, 90_000))
        end = start + int(random.integers(60, 400))
        first = int(random.choice(count, p=common / common.sum()))
        chosen = [first]
        if random.random() < 0.4:
            near = common * np.where(cluster == cluster[first], 2.0, 0.7)
            if linked[first]:
                near[linked[first]] += 4 * common.mean() * count / 10
            near[first] = 0
            chosen.append(int(random.choice(count, p=near / near.sum())))
        for code in chosen:
            shift = int(random.integers(-20, 20)) if code != first else 0
            rows.append((code, study, study, max(start + shift, 0), end + shift, 0))
            kind = random.random()
            if kind < 0.14:
                valence.append(int(random.choice([2, 3, 4, -1])))
            else:
                valence.append(0 if random.random() < leaning[code] else 1)
    wide = evidence_of(rows[:codings], codes=count, studies=studies, coders=1,
                       valence=valence[:codings])  # fmt: skip
    return replace(wide, codes=tuple(codes), clusters=tuple(clusters))
