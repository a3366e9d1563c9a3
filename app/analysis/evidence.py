"""Evidence: all codings of a project as plain arrays, the one input of every question."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.int32]
Offsets = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class CodeKey:
    """One code of the codebook; ``cluster`` is a cluster id and may be empty."""

    id: str
    name: str
    cluster: str
    category: str


@dataclass(frozen=True, slots=True)
class ClusterKey:
    """One good-practice cluster; ``number`` is empty for the context."""

    id: str
    name: str
    number: str
    is_context: bool


@dataclass(frozen=True, slots=True)
class StudyKey:
    """One study, the unit that counts."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class PageArea:
    """A rectangle (x0, y0, x1, y1) on a page."""

    page: int
    box: tuple[float, ...]

    def overlaps(self, other: "PageArea") -> bool:
        """Tell whether two areas of one document share surface; edges that touch do not."""
        a, b = self.box, other.box
        across = min(a[2], b[2]) > max(a[0], b[0])
        return self.page == other.page and across and min(a[3], b[3]) > max(a[1], b[1])


@dataclass(frozen=True, eq=False, slots=True)
class Evidence:
    """Codings as arrays of one length; the integers point into the tuples.

    ``start`` and ``end`` are document offsets in code points, end-exclusive. ``valence`` is -1 for
    a coding without one. Bit ``i`` of ``stage_mask`` stands for ``stages[i]``.
    """

    coding_ids: tuple[str, ...]
    code: Indices
    study: Indices
    document: Indices
    start: Offsets
    end: Offsets
    coder: Indices
    valence: NDArray[np.int8]
    stage_mask: Offsets
    codes: tuple[CodeKey, ...]
    clusters: tuple[ClusterKey, ...]
    studies: tuple[StudyKey, ...]
    coders: tuple[str, ...]
    valences: tuple[str, ...]
    stages: tuple[str, ...]
    areas: Mapping[str, PageArea] = field(default_factory=dict)
    """Where codings of areas stand, by coding id; their range is empty."""

    def __post_init__(self) -> None:
        """Refuse arrays of different lengths and integers that point nowhere."""
        size = len(self.coding_ids)
        columns = (self.code, self.study, self.document, self.start, self.end, self.coder,
                   self.valence, self.stage_mask)  # fmt: skip
        if any(column.shape != (size,) for column in columns):
            raise ValueError("Every column of the evidence needs one value per coding.")
        _check_range("code", self.code, len(self.codes))
        _check_range("study", self.study, len(self.studies))
        _check_range("coder", self.coder, len(self.coders))
        _check_range("valence", self.valence + 1, len(self.valences) + 1)

    def __len__(self) -> int:
        """Return the number of codings."""
        return len(self.coding_ids)

    def where(
        self,
        *,
        codes: Collection[str] | None = None,
        studies: Collection[str] | None = None,
        coders: Collection[str] | None = None,
        valences: Collection[str] | None = None,
        stages: Collection[str] | None = None,
    ) -> "Evidence":
        """Return the codings that pass every given filter, with the same tuples to point into.

        Filters hold ids (codes, studies, coders) or keys (valences, stages). ``None`` lets all
        pass, an empty collection none. The valence ``""`` means codings without a valence, the
        stage ``""`` codings without a stage; a coding passes when one of its stages is asked for.
        """
        keep = np.ones(len(self), dtype=np.bool_)
        if codes is not None:
            keep &= _wanted([code.id for code in self.codes], codes)[self.code]
        if studies is not None:
            keep &= _wanted([study.id for study in self.studies], studies)[self.study]
        if coders is not None:
            keep &= _wanted(self.coders, coders)[self.coder]
        if valences is not None:
            # Index -1 (no valence) reads the last place of the table.
            keep &= _wanted((*self.valences, ""), valences)[self.valence]
        if stages is not None:
            bits = sum(1 << i for i, stage in enumerate(self.stages) if stage in stages)
            keep &= ((self.stage_mask & bits) != 0) | (("" in stages) & (self.stage_mask == 0))
        return self.take(keep)

    def take(self, keep: Mask) -> "Evidence":
        """Return the codings of a boolean mask of length n, in their order."""
        rows = np.flatnonzero(keep)
        if len(rows) == len(self):
            return self
        return replace(
            self,
            coding_ids=tuple(self.coding_ids[row] for row in rows.tolist()),
            **{name: getattr(self, name)[rows] for name in _COLUMNS},
        )

    def code_index(self, code_id: str) -> int:
        """Return the position of a code id in ``codes``; raise KeyError when it is unknown."""
        for index, code in enumerate(self.codes):
            if code.id == code_id:
                return index
        raise KeyError(code_id)


_COLUMNS = ("code", "study", "document", "start", "end", "coder", "valence", "stage_mask")


def _wanted(known: Collection[str], asked: Collection[str]) -> Mask:
    return np.fromiter((item in asked for item in known), dtype=np.bool_, count=len(known))


def _check_range(name: str, values: NDArray[np.signedinteger], size: int) -> None:
    if values.size and (int(values.min()) < 0 or int(values.max()) >= size):
        raise ValueError(f"The column {name} points outside its table.")
