"""Assembles the rows of the report from counts: codes, pairs, documents, rounds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from app.analysis.agreement.counts import CoderCounts
from app.analysis.agreement.intervals import Pieces, Units
from app.analysis.agreement.layers import Floats, Layers, Named
from app.analysis.agreement.scores import (
    COEFFICIENTS,
    NO_UNITS,
    Binary,
    Reduce,
    Scores,
    Segments,
    binaries,
    columns_of,
    pair_columns,
)
from app.analysis.agreement.segments import Matches, SegmentCounts, precision_recall_f1

RARE = 0.10
HIGH_PERCENT = 0.95


@dataclass(frozen=True, eq=False, slots=True)
class Material:
    """Everything that was counted."""

    layers: Layers
    units: Units
    pieces: Pieces
    text: CoderCounts
    matches: Matches
    segments: SegmentCounts
    presence: CoderCounts
    studies: CoderCounts
    areas: CoderCounts | None


@dataclass(frozen=True, slots=True)
class Row:
    """What a row is called."""

    kind: str
    id: str
    name: str


@dataclass(frozen=True, eq=False, slots=True)
class Rows:
    """The rows of a report."""

    codes: list[Scores]
    overall: Scores
    pairs: list[list[Scores]]
    documents: list[Scores]
    by_round: Callable[[Sequence[Named]], list[Scores]]


def make_rows(found: Material, few: int, *, only_codes: bool = False) -> Rows:
    """Make the rows of codes and, unless told otherwise, of everything else."""
    maker = _Maker(found, few)
    codes = maker.by_code()
    overall = codes[0] if only_codes and codes else maker.overall()
    return Rows(
        codes=codes,
        overall=overall,
        pairs=[maker.pair(n) for n in range(0 if only_codes else len(found.text.pairs))],
        documents=[] if only_codes else maker.by_document(),
        by_round=maker.by_round,
    )


class _Maker:
    def __init__(self, found: Material, few: int) -> None:
        self._found, self._few = found, few
        self._names = [coder.id for coder in found.layers.coders]
        self._matched, self._units = found.segments.everyone()
        self._area_numbers = _area_numbers(found.layers)

    def by_code(self) -> list[Scores]:
        """Return one row per code."""
        labels = [Row("code", code.id, code.name) for code in self._found.layers.codes]
        return self._of_everyone(labels, by_code, by_code)

    def overall(self) -> Scores:
        """Return one row for all codes, each text and code a layer of its own."""
        return self._of_everyone([Row("overall", "", "All codes")], all_together, all_together)[0]

    def by_document(self) -> list[Scores]:
        """Return one row per text, all codes together."""
        continua = self._found.layers.continua
        labels = [Row("document", c.document, c.label) for c in continua]
        return self._of_groups(labels, np.arange(len(labels)))

    def by_round(self, rounds: Sequence[Named]) -> list[Scores]:
        """Return one row per round, all codes together; nothing for a single round."""
        used = list(dict.fromkeys(c.round for c in self._found.layers.continua))
        known = {named.id: named.name for named in rounds}
        ids = [r for r in known if r in used] + [r for r in used if r not in known]
        of = np.array([ids.index(c.round) for c in self._found.layers.continua], dtype=np.int64)
        labels = [Row("round", r, known.get(r, r)) for r in ids]
        return self._of_groups(labels, of) if len(ids) > 1 else []

    def _of_groups(self, labels: list[Row], of: NDArray[np.integer]) -> list[Scores]:
        pieces = by_group(of[self._found.pieces.continuum], len(labels))
        texts = np.bincount(of, minlength=len(labels))
        return self._of_everyone(labels, pieces, by_group(of, len(labels)), texts)

    def _of_everyone(
        self,
        labels: list[Row],
        of_pieces: Reduce,
        of_texts: Reduce,
        texts: NDArray[np.integer] | None = None,
    ) -> list[Scores]:
        found, names = self._found, self._names

        def binary(counts: CoderCounts, reduce: Reduce) -> list[Binary]:
            columns = columns_of(counts, names, reduce)
            return binaries(columns, continuous=counts is found.text)

        return self._put_together(
            labels,
            text=binary(found.text, of_pieces),
            presence=binary(found.presence, of_texts),
            studies=binary(found.studies, of_texts) if texts is None else None,
            areas=None if found.areas is None else binary(found.areas, of_texts),
            segments=(of_pieces(self._matched), None, None, of_pieces(self._units)),
            units=of_pieces(found.segments.units.sum(axis=0)),
            area_numbers=of_texts(self._area_numbers),
            texts=np.full(len(labels), len(found.layers.continua)) if texts is None else texts,
        )

    def pair(self, number: int) -> list[Scores]:
        """Return the row of all codes, then one per code, of a pair of coders alone."""
        codes = self._found.layers.codes
        together = self._of_pair([Row("pair", "", "All codes")], number, all_together)
        return together + self._of_pair([Row("pair", c.id, c.name) for c in codes], number, by_code)

    def _of_pair(self, labels: list[Row], number: int, reduce: Reduce) -> list[Scores]:
        found, names = self._found, self._names
        matched, first, second = found.segments.of_pair(number)
        crew = found.layers.roster[:, list(found.text.pairs[number])].all(axis=1)

        def binary(counts: CoderCounts) -> list[Binary]:
            columns = pair_columns(counts, names, number, reduce)
            return binaries(columns, continuous=counts is found.text)

        return self._put_together(
            labels,
            text=binary(found.text),
            presence=binary(found.presence),
            studies=binary(found.studies),
            areas=None if found.areas is None else binary(found.areas),
            segments=(reduce(matched), reduce(first), reduce(second), reduce(first + second)),
            units=reduce(first + second),
            area_numbers=np.zeros(len(labels)),
            texts=np.full(len(labels), crew.sum()),
        )

    def _put_together(
        self,
        labels: list[Row],
        *,
        text: list[Binary],
        presence: list[Binary],
        studies: list[Binary] | None,
        areas: list[Binary] | None,
        segments: tuple[Floats, Floats | None, Floats | None, Floats],
        units: Floats,
        area_numbers: Floats,
        texts: NDArray[np.integer],
    ) -> list[Scores]:
        matched, first, second, both = segments
        one_sided = first is None or second is None
        half = both / 2
        precision, recall, score = precision_recall_f1(
            matched, half if first is None else first, half if second is None else second
        )
        return [
            Scores(
                kind=label.kind,
                id=label.id,
                name=label.name,
                n_units=int(units[row] - area_numbers[row]),
                n_areas=int(area_numbers[row]),
                n_documents=int(texts[row]),
                n_documents_with=round(presence[row].size - presence[row].neither),
                text=text[row],
                presence=presence[row],
                studies=studies[row] if studies else _nothing(),
                areas=areas[row] if areas else None,
                segments=Segments(
                    int(matched[row]),
                    int(both[row]),
                    None if one_sided else _or_none(precision[row]),
                    None if one_sided else _or_none(recall[row]),
                    _or_none(score[row]),
                ),
                why_null={} if both[row] else {"segment_f1": NO_UNITS},
                warnings=self._warnings(label.kind, text[row], presence[row]),
            )
            for row, label in enumerate(labels)
        ]

    def _warnings(self, kind: str, text: Binary, presence: Binary) -> tuple[str, ...]:
        if kind not in ("code", "cluster", "any_code") or not text.size:
            return ()
        used, size = presence.size - presence.neither, presence.size
        found = []
        if 0 < used < max(2.0, RARE * size) and used < size / 2:
            found.append(
                f"Rare: in {used:.0f} of {size:.0f} documents. Kappa and alpha swing with single "
                "passages, and percent agreement is high because almost everything is uncoded."
            )
        elif used and size - presence.both < RARE * size and size >= self._few:
            found.append(
                f"Found by everybody in {presence.both:.0f} of {size:.0f} documents: presence has "
                "little to tell apart, so presence kappa is unstable."
            )
        kappa = text.kappa
        if text.percent is not None and text.percent >= HIGH_PERCENT and (kappa or 0) < 0.667:
            found.append(
                f"Percent agreement ({text.percent:.1%}) comes from text that nobody coded; do not "
                "report it alone."
            )
        return tuple(found)


def by_code(values: Floats) -> Floats:
    """Add up the pieces of each code."""
    return np.asarray(values.sum(axis=0))


def all_together(values: Floats) -> Floats:
    """Add up everything."""
    return np.array([values.sum()])


def by_group(group: NDArray[np.integer], size: int) -> Reduce:
    """Return what adds up the pieces of each group, all codes together."""

    def added(values: Floats) -> Floats:
        out = np.zeros(size)
        np.add.at(out, group, values.sum(axis=1))
        return out

    return added


def _area_numbers(layers: Layers) -> Floats:
    found = np.zeros((len(layers.continua), len(layers.codes)))
    for area in layers.areas:
        found[area.continuum, area.code] += 1
    return found


def _nothing() -> Binary:
    return Binary(0, 0, 0, 0, {}, **dict.fromkeys(COEFFICIENTS), why_null={})


def _or_none(value: float) -> float | None:
    return float(value) if isfinite(value) else None
