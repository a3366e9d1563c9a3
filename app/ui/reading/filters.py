"""Which codings of the open document are shown: by code, cluster, coder and valence; no Qt."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields

from app.coding.codebook import Codebook
from app.ui.reading.marks import Mark

Keys = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MarkFilter:
    """What is chosen of each kind; nothing chosen lets everything through."""

    codes: Keys = ()
    clusters: Keys = ()
    coders: Keys = ()
    valences: Keys = ()
    """Keys of valences; "" stands for codings without one."""

    def __bool__(self) -> bool:
        """Tell whether something is chosen."""
        return any(getattr(self, field.name) for field in fields(self))

    def kept(self) -> dict[str, list[str]]:
        """Return it as settings keep it."""
        return {kind: list(keys) for kind, keys in asdict(self).items() if keys}

    @classmethod
    def of(cls, kept: object) -> "MarkFilter":
        """Make it from what settings have kept; what is not understood counts as nothing."""
        if not isinstance(kept, Mapping):
            return cls()
        known = {field.name for field in fields(cls)}
        return cls(**{
            kind: tuple(str(key) for key in keys)
            for kind, keys in kept.items()
            if kind in known and isinstance(keys, list)
        })  # fmt: skip


def passing(chosen: MarkFilter, codebook: Codebook | None) -> Callable[[Mark], bool] | None:
    """Return the test that a mark has to pass, None where nothing is filtered.

    A code that is chosen by itself and a code of a chosen cluster both have to be met where both
    are chosen, as with the filters of every other view.
    """
    if not chosen:
        return None
    codes: frozenset[str] | None = frozenset(chosen.codes) if chosen.codes else None
    if chosen.clusters and codebook is not None:
        of_clusters = frozenset(
            code.id for code in codebook.codes if code.cluster_id in chosen.clusters
        )
        codes = of_clusters if codes is None else codes & of_clusters
    coders, valences = frozenset(chosen.coders), frozenset(chosen.valences)

    def passes(mark: Mark) -> bool:
        return (
            (codes is None or mark.code_id in codes)
            and (not coders or mark.coder_id in coders)
            and (not valences or mark.valence in valences)
        )

    return passes
