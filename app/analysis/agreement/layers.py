"""What agreement starts from: who worked through which text, and what they coded there."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.int32]
Offsets = NDArray[np.int64]
Floats = NDArray[np.float64]
Integers = NDArray[np.integer]
Mask = NDArray[np.bool_]

MOST_CODERS = 62  # one bit each in a signed 64-bit integer


@dataclass(frozen=True, slots=True)
class Continuum:
    """One document in one round: a text of ``length`` characters that coders worked through.

    ``page_area`` is the area of all pages in square points (0 where it is unknown);
    ``paragraphs`` are the offsets at which paragraphs begin.
    """

    document: str
    label: str
    study: str
    round: str
    length: int
    study_label: str = ""
    page_area: float = 0.0
    paragraphs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """A code, coder or round; ``group`` is the cluster of a code."""

    id: str
    name: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class AreaCoding:
    """One coded area: which continuum, code and coder (as numbers), which page, which box.

    ``facets`` are its values as bit masks, in the order of ``Layers.facets``.
    """

    id: str
    continuum: int
    code: int
    coder: int
    page: int
    box: tuple[float, float, float, float]
    facets: tuple[int, ...] = ()


@dataclass(frozen=True, eq=False, slots=True)
class FacetMasks:
    """The values of one facet on every coding: bit ``i`` stands for ``values[i]``."""

    key: str
    label: str
    multiple: bool
    values: tuple[str, ...]
    masks: Offsets


@dataclass(frozen=True, eq=False, slots=True)
class Layers:
    """The independent work of several coders, as arrays of one length per coded passage.

    ``roster[d, c]`` says that coder ``c`` worked through continuum ``d``: without codings that is
    a zero, whereas a coder who is not on the roster is missing there.
    """

    continua: tuple[Continuum, ...]
    codes: tuple[Named, ...]
    coders: tuple[Named, ...]
    roster: Mask
    continuum: Indices
    code: Indices
    coder: Indices
    start: Offsets
    end: Offsets
    coding_ids: tuple[str, ...]
    areas: tuple[AreaCoding, ...] = ()
    facets: tuple[FacetMasks, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what would make the numbers wrong: see the messages."""
        if len(self.coders) > MOST_CODERS:
            raise ValueError(f"At most {MOST_CODERS} coders can be compared.")
        if self.roster.shape != (len(self.continua), len(self.coders)):
            raise ValueError("The roster needs one row per continuum and one column per coder.")
        size = len(self.coding_ids)
        columns = (self.continuum, self.code, self.coder, self.start, self.end)
        if any(column.shape != (size,) for column in columns):
            raise ValueError("Every column needs one value per coding.")
        if not size:
            return
        lengths = np.array([continuum.length for continuum in self.continua], dtype=np.int64)
        if (self.end <= self.start).any() or (self.start < 0).any():
            raise ValueError("A passage needs at least one character.")
        if (self.end > lengths[self.continuum]).any():
            raise ValueError("A passage ends behind the end of its text.")
        if not self.roster[self.continuum, self.coder].all():
            raise ValueError("A coder who coded in a text is on its roster.")

    def fingerprint(self) -> str:
        """Return a hash of all that numbers depend on; equal input, settings and version repeat."""
        parts = [repr((self.continua, self.codes, self.coders, self.areas))]
        arrays = [self.roster, self.continuum, self.code, self.coder, self.start, self.end]
        for facet in self.facets:
            parts.append(repr((facet.key, facet.values)))
            arrays.append(facet.masks)
        digest = sha256("".join(parts).encode())
        for array in arrays:
            digest.update(np.ascontiguousarray(array).tobytes())
        return digest.hexdigest()

    def where(
        self,
        *,
        coders: Collection[str] | None = None,
        codes: Collection[str] | None = None,
        documents: Collection[str] | None = None,
        rounds: Collection[str] | None = None,
    ) -> "Layers":
        """Return only these coders, codes, documents and rounds (ids; ``None`` lets all pass)."""
        keep_coder = _kept([coder.id for coder in self.coders], coders)
        keep_code = _kept([code.id for code in self.codes], codes)
        keep = _kept([c.document for c in self.continua], documents)
        keep &= _kept([c.round for c in self.continua], rounds)
        return self._take(keep, keep_code, keep_coder)

    def comparable(self) -> "Layers":
        """Return only the texts that at least two coders worked through."""
        every = np.ones(len(self.codes), dtype=np.bool_), np.ones(len(self.coders), dtype=np.bool_)
        return self._take(self.roster.sum(axis=1) >= 2, *every)

    def grouped(self, groups: tuple[Named, ...], group_of: Indices) -> "Layers":
        """Return the same work with codes joined: code ``i`` counts as ``groups[group_of[i]]``."""
        return replace(
            self,
            codes=groups,
            code=group_of[self.code],
            areas=tuple(replace(area, code=int(group_of[area.code])) for area in self.areas),
            facets=(),
        )

    def _take(self, keep: Mask, keep_code: Mask, keep_coder: Mask) -> "Layers":
        if keep.all() and keep_code.all() and keep_coder.all():
            return self
        rows = np.flatnonzero(keep[self.continuum] & keep_code[self.code] & keep_coder[self.coder])
        new, new_code, new_coder = (
            _renumbered(keep),
            _renumbered(keep_code),
            _renumbered(keep_coder),
        )
        return Layers(
            continua=tuple(c for c, kept in zip(self.continua, keep, strict=True) if kept),
            codes=tuple(c for c, kept in zip(self.codes, keep_code, strict=True) if kept),
            coders=tuple(c for c, kept in zip(self.coders, keep_coder, strict=True) if kept),
            roster=self.roster[keep][:, keep_coder],
            continuum=new[self.continuum[rows]],
            code=new_code[self.code[rows]],
            coder=new_coder[self.coder[rows]],
            start=self.start[rows],
            end=self.end[rows],
            coding_ids=tuple(self.coding_ids[row] for row in rows.tolist()),
            areas=tuple(
                replace(
                    a,
                    continuum=int(new[a.continuum]),
                    code=int(new_code[a.code]),
                    coder=int(new_coder[a.coder]),
                )
                for a in self.areas
                if keep[a.continuum] and keep_code[a.code] and keep_coder[a.coder]
            ),
            facets=tuple(replace(facet, masks=facet.masks[rows]) for facet in self.facets),
        )


def _kept(known: list[str], asked: Collection[str] | None) -> Mask:
    return np.fromiter(
        (asked is None or item in asked for item in known), dtype=np.bool_, count=len(known)
    )


def _renumbered(keep: Mask) -> Indices:
    return (np.cumsum(keep) - 1).astype(np.int32)
