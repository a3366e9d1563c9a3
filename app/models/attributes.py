"""What is known of a study beside its codings: attributes, their values, where they are shown."""

from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Logged, reference


class Attribute(Logged):
    """A property that the team records of every study, such as its country.

    ``kind`` is ``text``, ``number``, ``year``, ``yes_no``, ``choice`` or ``choices``; ``options``
    are the values of the last two.
    """

    __tablename__ = "attribute"

    key: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    options: Mapped[list[str]] = mapped_column(default=list)
    unit: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)
    retired: Mapped[bool] = mapped_column(default=False)


class AttributeValue(Logged):
    """What one coder says of one attribute of one study, and the passage that shows it.

    ``values`` are texts (one, unless the attribute takes several). Without a passage
    ``document_id`` is empty; with one, the anchor is that of a coding. ``area`` is as there.
    """

    __tablename__ = "attribute_value"

    study_id: Mapped[str] = mapped_column(reference("study.id"), index=True)
    attribute_id: Mapped[str] = mapped_column(reference("attribute.id"), index=True)
    coder_id: Mapped[str] = mapped_column(reference("coder.id"), index=True)
    values: Mapped[list[str]]
    note: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    document_id: Mapped[str] = mapped_column(default="")
    text_layer_id: Mapped[str] = mapped_column(default="")
    start: Mapped[int] = mapped_column(default=0)
    end: Mapped[int] = mapped_column(default=0)
    quote: Mapped[str] = mapped_column(default="")
    prefix: Mapped[str] = mapped_column(default="")
    suffix: Mapped[str] = mapped_column(default="")
    page_first: Mapped[int] = mapped_column(default=0)
    page_last: Mapped[int] = mapped_column(default=0)
    area: Mapped[list[float]] = mapped_column(default=list)
