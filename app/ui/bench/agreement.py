"""The promise about the agreement report: a large team's work, compared in every way."""

import time

import numpy as np

from app.analysis.agreement.layers import Continuum, FacetMasks, Layers, Named
from app.analysis.agreement.report import make_report
from app.ui.bench.material import Material
from app.ui.bench.promise import Measurement, NotMeasured, median, spoken

DOCUMENTS, CODERS, CODES, CODINGS, LENGTH = 46, 6, 60, 100_000, 100_000
REPEATS = 5
CLUSTERS = tuple(Named(f"cluster-{n}", f"Cluster {n}") for n in range(4))


def measure_agreement(_material: Material) -> Measurement:
    """Make the report with everything in it several times; loading is not part of it."""
    layers, times = team_work(), []
    for _repeat in range(REPEATS):
        began = time.perf_counter()
        report = make_report(layers, clusters=CLUSTERS)
        times.append(time.perf_counter() - began)
    if report.overall.interval is None or len(report.pairs) != CODERS * (CODERS - 1) // 2:
        raise NotMeasured("the report lacks its intervals or pairs.")
    return Measurement(
        median(times),
        REPEATS,
        f"wall time from plain arrays to all tables and {report.settings.replicates:,} replicates, "
        f"median; fastest {spoken(min(times))}, slowest {spoken(max(times))}",
    )


def team_work() -> Layers:
    """Return invented work in which coders share about six of ten passages, ends moved a little."""
    random, each = np.random.default_rng(46), -(-CODINGS // CODERS)
    text, code = random.integers(0, DOCUMENTS, each), random.geometric(0.06, each) % CODES
    place, length = random.integers(0, LENGTH - 600, each), random.integers(60, 400, each)
    parts = []
    for coder in range(CODERS):
        shared = random.random(each) < 0.6
        near = np.maximum(0, place + random.integers(-25, 25, each))
        start = np.where(shared, near, random.integers(0, LENGTH - 600, each))
        end = start + length + random.integers(-25, 25, each)
        parts.append(np.stack((text, code, np.full(each, coder), start, end)))
    table = np.concatenate(parts, axis=1)[:, :CODINGS]
    valence = np.int64(1) << random.integers(0, 5, CODINGS)
    stages = random.integers(1, 128, CODINGS)
    return Layers(
        continua=tuple(
            Continuum(f"d{n}", f"Document {n}", f"s{n}", "r", LENGTH) for n in range(DOCUMENTS)
        ),
        codes=tuple(Named(f"c{n}", f"Code {n}", CLUSTERS[n % 4].id) for n in range(CODES)),
        coders=tuple(Named(f"p{n}", f"Coder {n}") for n in range(CODERS)),
        roster=np.ones((DOCUMENTS, CODERS), dtype=np.bool_),
        continuum=table[0].astype(np.int32),
        code=table[1].astype(np.int32),
        coder=table[2].astype(np.int32),
        start=table[3],
        end=table[4],
        coding_ids=tuple(str(n) for n in range(CODINGS)),
        facets=(
            FacetMasks("valence", "Valence", False, tuple("abcde"), valence),
            FacetMasks("stage", "Stage", True, tuple("abcdefg"), stages),
        ),
    )
