"""The codebook: clusters, categories, codes, aliases, facets, their values, rechecks, ratings."""

from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Logged, reference


class CodebookFacts(Logged):
    """Which codebook the project codes with."""

    __tablename__ = "codebook"

    key: Mapped[str]
    family: Mapped[str]
    title: Mapped[str]
    version: Mapped[str]
    language: Mapped[str]
    description: Mapped[str]


class Cluster(Logged):
    """A good-practice cluster, or the context outside the clusters."""

    __tablename__ = "cluster"

    key: Mapped[str]
    name: Mapped[str]
    number: Mapped[str]
    is_context: Mapped[bool]
    position: Mapped[int]


class Category(Logged):
    """A group of codes that cannot itself be coded."""

    __tablename__ = "category"

    key: Mapped[str]
    name: Mapped[str]
    cluster_id: Mapped[str] = mapped_column(reference("cluster.id"), index=True)
    description: Mapped[str]
    position: Mapped[int]


class Code(Logged):
    """One factor."""

    __tablename__ = "code"

    key: Mapped[str]
    name: Mapped[str]
    category_id: Mapped[str] = mapped_column(reference("category.id"), index=True)
    cluster_id: Mapped[str] = mapped_column(reference("cluster.id"), index=True)
    further_cluster_ids: Mapped[list[str]]
    definition: Mapped[str]
    include: Mapped[str]
    exclude: Mapped[str]
    example: Mapped[str]
    see_instead: Mapped[list[str]]
    colour: Mapped[str]
    hot_key: Mapped[str]
    starter: Mapped[bool]
    retired: Mapped[bool]
    basis: Mapped[str]
    position: Mapped[int]


class Facet(Logged):
    """A dimension of a coding, such as valence (one value) or stage (several)."""

    __tablename__ = "facet"

    key: Mapped[str]
    label: Mapped[str]
    multiple: Mapped[bool]
    position: Mapped[int]


class FacetValue(Logged):
    """A value that a facet can take."""

    __tablename__ = "facet_value"

    facet_id: Mapped[str] = mapped_column(reference("facet.id"), index=True)
    key: Mapped[str]
    label: Mapped[str]
    symbol: Mapped[str]
    needs_condition: Mapped[bool]
    position: Mapped[int]


class CodeAlias(Logged):
    """A name that a code had, or that of a code which went into it.

    ``origin`` is ``rename``, ``merge`` or ``split``; ``origin_code_id`` is the other code of a
    merge or split, empty for a rename.
    """

    __tablename__ = "code_alias"

    code_id: Mapped[str] = mapped_column(reference("code.id"), index=True)
    name: Mapped[str]
    origin: Mapped[str]
    origin_code_id: Mapped[str] = mapped_column(default="")


class Recheck(Logged):
    """A wish that passages coded under an earlier meaning of a code be looked at again."""

    __tablename__ = "recheck"

    code_id: Mapped[str] = mapped_column(reference("code.id"), index=True)
    reason: Mapped[str]
    asked_at: Mapped[str]
    closed: Mapped[bool] = mapped_column(default=False)


class RecheckMark(Logged):
    """One passage of a recheck that was looked at; ``outcome`` is ``kept`` or ``changed``."""

    __tablename__ = "recheck_mark"

    recheck_id: Mapped[str] = mapped_column(reference("recheck.id"), index=True)
    coding_id: Mapped[str]
    coder_id: Mapped[str] = mapped_column(reference("coder.id"), index=True)
    outcome: Mapped[str]


class RatingScale(Logged):
    """How studies are rated on codes: whole numbers from ``lowest`` to ``highest``.

    ``labels`` maps a number (as text) to its words, ``reversed_codes`` are the codes whose rating
    counts the other way round.
    """

    __tablename__ = "rating_scale"

    key: Mapped[str]
    label: Mapped[str]
    description: Mapped[str]
    lowest: Mapped[int]
    highest: Mapped[int]
    allows_mixed: Mapped[bool]
    labels: Mapped[dict[str, str]]
    reversed_codes: Mapped[list[str]]
