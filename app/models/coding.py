"""What a coder says: codings, memos, translations; and where a coding stands in another text."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Logged, reference


class Coding(Logged):
    """One passage or area x one code x one layer.

    ``start`` and ``end`` are document offsets in code points of the text layer, end-exclusive.
    ``facets`` maps facet keys to value keys. An area coding has ``area`` (x0, y0, x1, y1 in
    points of the unrotated crop box, y down) on ``page_first`` and an empty quote.
    """

    __tablename__ = "coding"
    __table_args__ = (Index("ix_coding_place", "layer_id", "start"),)

    layer_id: Mapped[str] = mapped_column(reference("layer.id"))
    code_id: Mapped[str] = mapped_column(reference("code.id"), index=True)
    text_layer_id: Mapped[str]
    start: Mapped[int]
    end: Mapped[int]
    quote: Mapped[str]
    prefix: Mapped[str]
    suffix: Mapped[str]
    page_first: Mapped[int]
    page_last: Mapped[int]
    area: Mapped[list[float]] = mapped_column(default=list)
    facets: Mapped[dict[str, list[str]]] = mapped_column(default=dict)
    condition: Mapped[str] = mapped_column(default="")
    anchor_state: Mapped[str] = mapped_column(default="exact")


class Memo(Logged):
    """A coder's note on anything; ``subject_kind`` is the table, ``subject_id`` the row."""

    __tablename__ = "memo"

    subject_kind: Mapped[str]
    subject_id: Mapped[str] = mapped_column(index=True)
    coder_id: Mapped[str | None] = mapped_column(reference("coder.id"), default=None)
    text: Mapped[str]


class Translation(Logged):
    """A coder's translation of a coded passage in another language, shown beside it."""

    __tablename__ = "translation"

    coding_id: Mapped[str] = mapped_column(reference("coding.id"), index=True)
    coder_id: Mapped[str] = mapped_column(reference("coder.id"), index=True)
    text: Mapped[str]


class AnchorFix(Logged):
    """Where a person says that a coding stands in another text layer; the coding itself stays.

    ``state`` is ``placed``, or ``absent`` when the passage is not in that text.
    """

    __tablename__ = "anchor_fix"

    coding_id: Mapped[str] = mapped_column(index=True)
    text_layer_id: Mapped[str]
    coder_id: Mapped[str] = mapped_column(reference("coder.id"), index=True)
    state: Mapped[str]
    start: Mapped[int] = mapped_column(default=0)
    end: Mapped[int] = mapped_column(default=0)


class Placement(Base):
    """Where a coding was found in another text layer than its own; made again at any time.

    ``anchor`` is the SHA-256 of the coding's anchor, so that a changed coding is placed anew.
    """

    __tablename__ = "placement"

    coding_id: Mapped[str] = mapped_column(primary_key=True)
    text_layer_id: Mapped[str] = mapped_column(primary_key=True)
    anchor: Mapped[str]
    start: Mapped[int]
    end: Mapped[int]
    state: Mapped[str]
