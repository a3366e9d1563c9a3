"""The agreement report: from the layers of a team to every number, with intervals."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.analysis.agreement import binary, bootstrap
from app.analysis.agreement.areas import area_matches, matched_areas, tiles
from app.analysis.agreement.bootstrap import Draws, Interval
from app.analysis.agreement.counts import CoderCounts, Counts, count
from app.analysis.agreement.facets import FacetScores, facet_scores
from app.analysis.agreement.intervals import (
    Pieces,
    Units,
    paragraphs,
    sweep,
    unite,
    whole_texts,
)
from app.analysis.agreement.label_sets import CharacterSets, character_sets, set_alpha
from app.analysis.agreement.layers import Floats, Layers, Named
from app.analysis.agreement.presence import count_documents, count_studies, label_set_items
from app.analysis.agreement.rows import Material, make_rows
from app.analysis.agreement.scores import Scores
from app.analysis.agreement.segments import Measure, SegmentCounts, count_segments, f1, match
from app.analysis.agreement.unitizing import Family, family, overlaps_itself

OVERLAPPING = "passages of one coder overlap, which this coefficient does not allow"
NO_SETS = "no document that two coders worked through, or all sets of codes are the same"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a report depends on besides the codings; all of it is printed with the numbers."""

    threshold: float = 0.5
    measure: Measure = "longer"
    replicates: int = bootstrap.REPLICATES
    seed: int = bootstrap.SEED
    level: float = bootstrap.LEVEL
    few_documents: int = bootstrap.FEW_DOCUMENTS


@dataclass(frozen=True, slots=True)
class Scope:
    """What was compared. ``missing`` counts texts x coders without an assignment."""

    n_documents: int
    n_texts: int
    n_single: int
    n_studies: int
    n_codings: int
    n_joined: int
    missing: int
    finished_empty: int
    coders: tuple[str, ...]
    rounds: tuple[str, ...]
    clusters_drawn: str
    n_clusters: int


@dataclass(frozen=True, slots=True)
class PairScores:
    """A pair of coders: all codes together, and each code; precision refers to the first."""

    coders: tuple[str, str]
    overall: Scores
    codes: tuple[Scores, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Report:
    """All numbers, and the layers they come from."""

    layers: Layers
    settings: Settings
    scope: Scope
    codes: tuple[Scores, ...]
    overall: Scores
    any_code: Scores
    continuum: Family
    why_no_continuum: str
    set_alpha: float | None
    text_sets: CharacterSets
    pairs: tuple[PairScores, ...]
    documents: tuple[Scores, ...]
    rounds: tuple[Scores, ...]
    clusters: tuple[Scores, ...]
    cluster_continua: tuple[Family | None, ...]
    """Per cluster the alphas with its codes as values; ``None`` where passages overlap."""
    facets: tuple[FacetScores, ...]
    document_codes: Floats
    """|u-alpha by text and code; NaN where it is not estimable."""


def make_report(
    layers: Layers,
    settings: Settings | None = None,
    *,
    rounds: Sequence[Named] = (),
    clusters: Sequence[Named] = (),
) -> Report:
    """Compute everything; ``clusters`` are the groups that ``Layers.codes`` name."""
    settings = settings or Settings()
    compared = layers.comparable()
    units = unite(compared)
    drawn, pieces, group = _drawn(compared, settings)
    found = _counted(compared, units, pieces, settings)
    rows = make_rows(found, settings.few_documents)
    codes = _with_intervals(rows.codes, found, group, settings, drawn)
    pooled = _with_intervals([rows.overall], found, group, settings, drawn, pooled=True)[0]
    overlapping = overlaps_itself(compared, units)
    nothing = Family(None, None, None, (None,) * len(compared.codes), None)
    return Report(
        layers=compared,
        settings=settings,
        scope=_scope(layers, compared, units, drawn, group),
        codes=tuple(codes),
        overall=pooled,
        any_code=_joined_codes(compared, (Named("any", "Any code"),), settings)[0],
        continuum=nothing if overlapping else family(compared, units),
        why_no_continuum=OVERLAPPING if overlapping else "",
        set_alpha=set_alpha(label_set_items(compared)),
        text_sets=character_sets(compared, units),
        pairs=tuple(
            PairScores(
                (compared.coders[a].id, compared.coders[b].id),
                rows.pairs[number][0],
                tuple(rows.pairs[number][1:]),
            )
            for number, (a, b) in enumerate(found.text.pairs)
        ),
        documents=tuple(rows.documents),
        rounds=tuple(rows.by_round(rounds)),
        clusters=_joined_codes(compared, tuple(clusters), settings) if clusters else (),
        cluster_continua=tuple(_family_of(compared, cluster) for cluster in clusters),
        facets=facet_scores(
            compared,
            units,
            found.matches,
            area_matches(compared, settings.threshold, settings.measure),
        ),
        document_codes=binary.u_alpha(_by_text(found)),
    )


def _counted(layers: Layers, units: Units, pieces: Pieces, settings: Settings) -> Material:
    codes, coders = len(layers.codes), len(layers.coders)
    stretches = sweep(layers, units, pieces)
    shape = (coders, len(pieces.start), codes)
    piece = pieces.of(units.continuum, units.start)
    squares = np.zeros(shape)
    length = (units.end - units.start).astype(np.float64)
    np.add.at(squares, (units.coder, piece, units.code), length**2)
    text = count(
        codes=codes,
        roster=layers.roster[pieces.continuum],
        size=pieces.length.astype(np.float64),
        piece=stretches.piece,
        code=stretches.code,
        mask=stretches.mask,
        length=stretches.length,
        squares=squares,
    )
    matches = match(layers, units, settings.threshold, settings.measure)
    segments = count_segments(layers, units, matches, pieces, text.pairs)
    studies, _ids = count_studies(layers)
    return Material(
        layers=layers,
        units=units,
        pieces=pieces,
        text=text,
        matches=matches,
        segments=_with_areas(layers, segments, pieces, settings),
        presence=count_documents(layers),
        studies=studies,
        areas=_area_counts(layers) if layers.areas else None,
    )


def _area_counts(layers: Layers) -> CoderCounts:
    found = tiles(layers)
    return count(
        codes=len(layers.codes),
        roster=layers.roster,
        size=np.array([continuum.page_area for continuum in layers.continua]),
        piece=found.continuum,
        code=found.code,
        mask=found.mask,
        length=found.surface,
    )


def _with_areas(
    layers: Layers, segments: SegmentCounts, pieces: Pieces, settings: Settings
) -> SegmentCounts:
    """Let areas take part in matching; they count with the first piece of their text."""
    if not layers.areas:
        return segments
    matched, counted = matched_areas(layers, segments.pairs, settings.threshold, settings.measure)
    first = np.searchsorted(pieces.continuum, np.arange(len(layers.continua)))
    all_matched, all_counted = segments.matched.copy(), segments.units.copy()
    all_matched[:, first] += matched
    all_counted[:, first] += counted
    return replace(segments, matched=all_matched, units=all_counted)


# --- intervals ------------------------------------------------------------------------------------


def _drawn(layers: Layers, settings: Settings) -> tuple[str, Pieces, np.ndarray]:
    """Return what the bootstrap draws, the pieces of the texts, and the cluster of each piece."""
    documents = list(dict.fromkeys(continuum.document for continuum in layers.continua))
    known = all(continuum.paragraphs for continuum in layers.continua)
    if len(documents) < settings.few_documents and known and documents:
        pieces = paragraphs(layers)
        return "paragraphs", pieces, np.arange(len(pieces.start))
    place = {document: number for number, document in enumerate(documents)}
    group = np.array([place[c.document] for c in layers.continua], dtype=np.int64)
    return "documents", whole_texts(layers), group


def _with_intervals(
    rows: Sequence[Scores],
    found: Material,
    group: np.ndarray,
    settings: Settings,
    drawn: str,
    *,
    pooled: bool = False,
) -> list[Scores]:
    clusters = int(group.max()) + 1 if len(group) else 0
    draws = Draws.make(clusters, settings.replicates, settings.seed)
    counts = found.text.everyone.only(binary.ALPHA_FIELDS)
    text = _pooled(bootstrap.add_up(counts.table, group, clusters), pooled)
    segments = bootstrap.add_up(np.stack(found.segments.everyone()), group, clusters)
    named = bootstrap.intervals(
        {
            "u_alpha_binary": lambda t: binary.u_alpha(Counts(t, binary.ALPHA_FIELDS)),
            "alpha": lambda t: binary.alpha(Counts(t, binary.ALPHA_FIELDS)),
        },
        draws,
        text,
        settings.level,
    )
    named |= bootstrap.intervals(
        {"segment_f1": lambda t: f1(t[0], t[1])}, draws, _pooled(segments, pooled), settings.level
    )
    if drawn == "documents":
        named |= _presence_intervals(found.presence, group, clusters, draws, settings, pooled)
    used = (Counts(text, binary.ALPHA_FIELDS)["coded"] > 0).sum(axis=0)
    return [
        _add_intervals(row, {name: column[number] for name, column in named.items()},
                       int(used[number]), drawn)
        for number, row in enumerate(rows)
    ]  # fmt: skip


def _presence_intervals(
    presence: CoderCounts,
    group: np.ndarray,
    clusters: int,
    draws: Draws,
    settings: Settings,
    pooled: bool,
) -> dict[str, list[Interval | None]]:
    counts = presence.everyone.only(binary.ALPHA_FIELDS)
    found = bootstrap.intervals(
        {"presence_alpha": lambda t: binary.alpha(Counts(t, binary.ALPHA_FIELDS))},
        draws,
        _pooled(bootstrap.add_up(counts.table, group, clusters), pooled),
        settings.level,
    )
    if len(presence.pairs) == 1:
        table = bootstrap.add_up(np.stack(presence.pair_table(0)), group, clusters)
        found |= bootstrap.intervals(
            {"presence_kappa": lambda t: binary.cohen(t[0], t[1], t[2], t[3])},
            draws,
            _pooled(table, pooled),
            settings.level,
        )
    return found


def _pooled(table: Floats, pooled: bool) -> Floats:
    return table.sum(axis=2, keepdims=True) if pooled else table


def _add_intervals(row: Scores, found: dict[str, Interval | None], used: int, drawn: str) -> Scores:
    """Attach intervals to a row; without two clusters that hold the code there is none."""
    why = dict(row.why_null)
    if used < 2:
        few = f"an interval needs two {drawn} with passages of this code"
        return replace(row, why_null=why | {"interval": few})
    kept = {name: interval for name, interval in found.items() if interval is not None}
    if "u_alpha_binary" not in kept:
        why["interval"] = "most replicates of the bootstrap are not estimable"
    return replace(row, intervals=kept, why_null=why)


# --- other groupings ------------------------------------------------------------------------------


def _joined_codes(
    layers: Layers, groups: tuple[Named, ...], settings: Settings
) -> tuple[Scores, ...]:
    """Return rows in which all codes of a group count as one code."""
    if len(groups) == 1:
        of = np.zeros(len(layers.codes), dtype=np.int32)
        chosen = layers
    else:
        place = {group.id: number for number, group in enumerate(groups)}
        known = [code.id for code in layers.codes if code.group in place]
        chosen = layers.where(codes=known)
        of = np.array([place[code.group] for code in chosen.codes], dtype=np.int32)
    grouped = chosen.grouped(groups, of)
    found = _counted(grouped, unite(grouped), whole_texts(grouped), settings)
    rows = make_rows(found, settings.few_documents, only_codes=True).codes
    kind = "any_code" if len(groups) == 1 else "cluster"
    return tuple(replace(row, kind=kind) for row in rows)


def _family_of(layers: Layers, cluster: Named) -> Family | None:
    chosen = layers.where(codes=[code.id for code in layers.codes if code.group == cluster.id])
    units = unite(chosen)
    return None if overlaps_itself(chosen, units) else family(chosen, units)


def _by_text(found: Material) -> Counts:
    return found.text.everyone.grouped(found.pieces.continuum, len(found.layers.continua))


def _scope(layers: Layers, compared: Layers, units: Units, drawn: str, group: np.ndarray) -> Scope:
    crew = compared.roster
    used = np.zeros(crew.shape, dtype=np.bool_)
    used[compared.continuum, compared.coder] = True
    for area in compared.areas:
        used[area.continuum, area.coder] = True
    there = np.flatnonzero(crew.any(axis=0)).tolist()
    return Scope(
        n_documents=len({continuum.document for continuum in compared.continua}),
        n_texts=len(compared.continua),
        n_single=int((layers.roster.sum(axis=1) == 1).sum()),
        n_studies=len({continuum.study for continuum in compared.continua}),
        n_codings=len(compared.coding_ids) + len(compared.areas),
        n_joined=units.joined,
        missing=int((~crew[:, there]).sum()),
        finished_empty=int((crew & ~used).sum()),
        coders=tuple(compared.coders[number].name for number in there),
        rounds=tuple(dict.fromkeys(continuum.round for continuum in compared.continua)),
        clusters_drawn=drawn,
        n_clusters=len(np.unique(group)),
    )
