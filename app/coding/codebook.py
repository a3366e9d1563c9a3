"""What a codebook is: clusters, categories, codes and facets as plain frozen data.

One set of classes serves the YAML files in ``codebooks/`` and the codebook of an open project.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID, uuid5

VALENCE = "valence"
STAGE = "stage"

CODE_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")

_SHIPPED = UUID("6d0f3b52-64c6-5b0e-9a3b-0f6c2f8d41a7")

_RESERVED_HOT_KEYS = {
    "S": "S extends the selection by a sentence.",
    "P": "P extends the selection by a paragraph.",
    "Z": "Z takes back the last step.",
    "/": "/ opens the list of codes.",
}

_STANDARD_VALENCES = (
    ("facilitator", "Facilitator", "+", False),
    ("barrier", "Barrier", "-", False),
    ("mixed", "Mixed", "*", False),
    ("moderates", "Moderates", "~", True),
    ("unclear", "Unclear", "?", False),
)
_STANDARD_STAGES = (
    ("identification", "Client identification"),
    ("assessment", "Client assessment"),
    ("planning", "Case planning"),
    ("delivery", "Implementation / delivery"),
    ("monitoring", "Monitoring and evaluation"),
    ("exit", "Transition / exit"),
    ("whole", "Programme as a whole"),
)


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value a coding may take on a facet; ``symbol`` is one character or empty."""

    id: str
    key: str
    label: str
    symbol: str = ""
    needs_condition: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """A dimension of a coding; ``multiple`` says whether a coding may take several values."""

    id: str
    key: str
    label: str
    multiple: bool
    values: tuple[FacetValue, ...]

    def value(self, key: str) -> FacetValue:
        """Return the value with this key; KeyError when there is none."""
        for value in self.values:
            if value.key == key:
                return value
        raise KeyError(key)


@dataclass(frozen=True, slots=True)
class Cluster:
    """A good-practice cluster, or the context outside them (``number`` is then empty)."""

    id: str
    key: str
    name: str
    number: str = ""
    is_context: bool = False


@dataclass(frozen=True, slots=True)
class Category:
    """A group of codes inside one cluster; it cannot be coded with."""

    id: str
    key: str
    name: str
    cluster_id: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """One factor: what it means, where it belongs, and which neighbours to use instead.

    ``see_instead`` holds code keys. An empty ``colour`` means the colour of the main cluster.
    ``basis`` says in short what the code rests on. ``former_names`` are names it had, or that
    codes had which went into it. ``merged_into`` is the id of the code this one went into,
    ``split_from`` of the one it was parted from.
    """

    id: str
    key: str
    name: str
    category_id: str
    cluster_id: str
    further_cluster_ids: tuple[str, ...] = ()
    definition: str = ""
    include: str = ""
    exclude: str = ""
    example: str = ""
    see_instead: tuple[str, ...] = ()
    colour: str = ""
    hot_key: str = ""
    starter: bool = False
    retired: bool = False
    basis: str = ""
    former_names: tuple[str, ...] = ()
    merged_into: str = ""
    split_from: str = ""


@dataclass(frozen=True, slots=True)
class RatingScale:
    """How studies are rated on codes: whole numbers from ``lowest`` to ``highest``.

    ``labels`` are (number, words), ``reversed_codes`` the keys of codes rated the other way round.
    """

    id: str
    key: str
    label: str
    lowest: int
    highest: int
    allows_mixed: bool = False
    labels: tuple[tuple[int, str], ...] = ()
    reversed_codes: tuple[str, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True)
class Codebook:
    """A codebook; the order of the tuples is the order shown.

    ``family`` is what the ids are made from: codebooks of one family share the ids of their codes.
    """

    id: str
    key: str
    title: str
    version: str
    language: str
    description: str
    clusters: tuple[Cluster, ...]
    categories: tuple[Category, ...]
    codes: tuple[Code, ...]
    facets: tuple[Facet, ...]
    family: str = ""
    ratings: tuple[RatingScale, ...] = ()
    _clusters: Mapping[str, Cluster] = field(init=False, repr=False, compare=False)
    _categories: Mapping[str, Category] = field(init=False, repr=False, compare=False)
    _codes: Mapping[str, Code] = field(init=False, repr=False, compare=False)
    _codes_by_key: Mapping[str, Code] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the parts once: views look a code up for every coding they paint."""
        object.__setattr__(self, "_clusters", {part.id: part for part in self.clusters})
        object.__setattr__(self, "_categories", {part.id: part for part in self.categories})
        object.__setattr__(self, "_codes", {code.id: code for code in self.codes})
        object.__setattr__(self, "_codes_by_key", {code.key: code for code in self.codes})

    def cluster(self, cluster_id: str) -> Cluster:
        """Return the cluster with this id; KeyError when there is none."""
        return self._clusters[cluster_id]

    def category(self, category_id: str) -> Category:
        """Return the category with this id; KeyError when there is none."""
        return self._categories[category_id]

    def code(self, code_id: str) -> Code:
        """Return the code with this id; KeyError when there is none."""
        return self._codes[code_id]

    def living(self, code_id: str) -> str:
        """Return the id under which codings with this code count: where it went, if anywhere."""
        seen: set[str] = set()
        while code_id in self._codes and self._codes[code_id].merged_into and code_id not in seen:
            seen.add(code_id)
            code_id = self._codes[code_id].merged_into
        return code_id

    def by_key(self, key: str) -> Code:
        """Return the code with this key, such as ``maw.mandate``; KeyError when there is none."""
        return self._codes_by_key[key]

    def facet(self, key: str) -> Facet:
        """Return the facet with this key; KeyError when there is none."""
        for facet in self.facets:
            if facet.key == key:
                return facet
        raise KeyError(key)


def shipped_id(codebook_family: str, kind: str, key: str) -> str:
    """Return the id that every computer gives to this part of this codebook family.

    ``kind`` is one of codebook, cluster, category, code, facet, facet_value, rating; the key
    of a facet value is ``facet.value``. Equal arguments give equal ids, so that projects made
    apart can be merged.
    """
    return str(uuid5(_SHIPPED, f"{codebook_family}/{kind}/{key}"))


def standard_facets(codebook_family: str) -> tuple[Facet, Facet]:
    """Return the valence and the stage facet that every codebook has unless it declares its own."""
    valence = tuple(
        FacetValue(_value_id(codebook_family, VALENCE, key), key, label, symbol, needs_condition)
        for key, label, symbol, needs_condition in _STANDARD_VALENCES
    )
    stage = tuple(
        FacetValue(_value_id(codebook_family, STAGE, key), key, label)
        for key, label in _STANDARD_STAGES
    )
    return (
        Facet(shipped_id(codebook_family, "facet", VALENCE), VALENCE, "Valence", False, valence),
        Facet(shipped_id(codebook_family, "facet", STAGE), STAGE, "Stage", True, stage),
    )


def hot_key_problem(hot_key: str) -> str:
    """Return why this cannot be the hot key of a code, in one or two sentences; "" when it can."""
    key = hot_key.upper()
    if key in _RESERVED_HOT_KEYS:
        return f"{_RESERVED_HOT_KEYS[key]} Choose another key."
    if len(hot_key) == 1 and hot_key.isdigit():
        return "The digits stand for the codes used last. Choose a letter."
    if len(hot_key) != 1 or len(key) != 1 or not hot_key.isalpha():
        return "A hot key is one letter."
    return ""


def _value_id(family: str, facet_key: str, value_key: str) -> str:
    return shipped_id(family, "facet_value", f"{facet_key}.{value_key}")
