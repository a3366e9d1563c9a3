"""Presence: whether a coder finds a code in a document, or in a study, at all."""

import numpy as np

from app.analysis.agreement.coefficients import Items
from app.analysis.agreement.counts import CoderCounts, count
from app.analysis.agreement.label_sets import Labels
from app.analysis.agreement.layers import Layers, Mask


def presence(layers: Layers) -> Mask:
    """Return coders x continua x codes: whether the coder coded it there, as text or area."""
    found = np.zeros((len(layers.coders), len(layers.continua), len(layers.codes)), dtype=np.bool_)
    found[layers.coder, layers.continuum, layers.code] = True
    for area in layers.areas:
        found[area.coder, area.continuum, area.code] = True
    return found


def count_documents(layers: Layers) -> CoderCounts:
    """Count documents (in each round) as items."""
    return _counted(presence(layers), layers.roster)


def count_studies(layers: Layers) -> tuple[CoderCounts, tuple[str, ...]]:
    """Count studies as items, and return their ids.

    A coder has a say on a study after working through all of its documents that anybody worked
    through; otherwise the coder is missing there.
    """
    studies = tuple(dict.fromkeys(continuum.study for continuum in layers.continua))
    place = {study: number for number, study in enumerate(studies)}
    of = np.array([place[continuum.study] for continuum in layers.continua], dtype=np.int64)
    coders, codes = len(layers.coders), len(layers.codes)
    found = np.zeros((coders, len(studies), codes), dtype=np.bool_)
    np.logical_or.at(found.swapaxes(0, 1), of, presence(layers).swapaxes(0, 1))
    roster = np.ones((len(studies), coders), dtype=np.bool_)
    np.logical_and.at(roster, of, layers.roster)
    found &= roster.T[:, :, None]
    kept = roster.sum(axis=1) >= 2
    names = tuple(study for study, keep in zip(studies, kept, strict=True) if keep)
    return _counted(found[:, kept], roster[kept]), names


def _counted(found: Mask, roster: Mask) -> CoderCounts:
    coders, items, codes = found.shape
    mask = np.zeros((items, codes), dtype=np.int64)
    for coder in range(coders):
        mask |= found[coder].astype(np.int64) << coder
    item, code = np.nonzero(mask)
    return count(
        codes=codes,
        roster=roster,
        size=np.ones(items),
        piece=item,
        code=code,
        mask=mask[item, code],
        length=np.ones(len(item)),
    )


def label_set_items(layers: Layers) -> Items:
    """Return for each document the set of codes that each coder found there (None: missing)."""
    found = presence(layers)

    def labels(item: int, coder: int) -> Labels | None:
        if not layers.roster[item, coder]:
            return None
        return frozenset(np.flatnonzero(found[coder, item]).tolist())

    return [
        [labels(item, coder) for coder in range(len(layers.coders))]
        for item in range(len(layers.continua))
    ]
