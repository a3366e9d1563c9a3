"""The codebook: clusters, categories, codes, aliases, facets and their values."""

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
