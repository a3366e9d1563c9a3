"""What a coder says: codings and memos."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Logged, reference


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
