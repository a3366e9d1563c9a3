"""Which passages have no counterpart, counted by code, document, round and coder."""

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from app.analysis.agreement.areas import area_matches
from app.analysis.agreement.intervals import Units, unite
from app.analysis.agreement.layers import Layers, Mask, Named
from app.analysis.agreement.report import Settings
from app.analysis.agreement.segments import match

if TYPE_CHECKING:
    from app.ui.team.agreement_lines import Target


def narrowed(layers: Layers, target: "Target") -> Layers:
    """Return the layers that a row of the table is about."""
    chosen = layers.where(
        codes=target.code_ids or None,
        coders=target.coder_ids or None,
        documents=(target.document_id,) if target.document_id else None,
        rounds=(target.round_id,) if target.round_id else None,
    ).comparable()
    if target.joined:
        one = np.zeros(len(chosen.codes), dtype=np.int32)
        chosen = chosen.grouped((Named("joined", "Joined"),), one)
    return chosen


def matched_units(layers: Layers, settings: Settings) -> tuple[Units, Mask]:
    """Return the units, and which of them have a counterpart of somebody else."""
    units = unite(layers)
    found = np.zeros(len(units.start), dtype=np.bool_)
    if len(units.start):
        matches = match(layers, units, settings.threshold, settings.measure)
        found[matches.first] = True
        found[matches.second] = True
    return units, found


class Unmatched:
    """Counts once for all codes and texts; clusters and pairs once when first asked for."""

    def __init__(self, layers: Layers, settings: Settings) -> None:
        self._layers, self._settings = layers, settings
        self._known: dict[Target, dict[str, int]] = {}

    def of(self, target: "Target") -> dict[str, int]:
        """Return, by coder, how many passages and areas of a row have no counterpart."""
        known = self._known.get(target)
        if known is None:
            known = self._known[target] = self._count(target)
        return known

    def _count(self, target: "Target") -> dict[str, int]:
        layers, counts = self._layers, None
        if target.joined or target.coder_ids:
            layers = narrowed(layers, target)
            counts = _count(layers, self._settings).sum(axis=(1, 2))
        else:
            codes = [not target.code_ids or code.id in target.code_ids for code in layers.codes]
            texts = [
                target.document_id in ("", text.document) and target.round_id in ("", text.round)
                for text in layers.continua
            ]
            counts = self._everything[:, texts][:, :, codes].sum(axis=(1, 2))
        return {c.id: int(n) for c, n in zip(layers.coders, counts, strict=True)}

    @cached_property
    def _everything(self) -> np.ndarray:
        return _count(self._layers, self._settings)


def _count(layers: Layers, settings: Settings) -> np.ndarray:
    """Return coders x texts x codes."""
    units, found = matched_units(layers, settings)
    counts = np.zeros((len(layers.coders), len(layers.continua), len(layers.codes)), dtype=np.int64)
    np.add.at(counts, (units.coder[~found], units.continuum[~found], units.code[~found]), 1)
    met = {n for pair in area_matches(layers, settings.threshold, settings.measure) for n in pair}
    for number, area in enumerate(layers.areas):
        if number not in met:
            counts[area.coder, area.continuum, area.code] += 1
    return counts
