"""The log: immutable revisions grouped into changes, and what came in under which receipt."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Meta(Base):
    """Facts about the file itself, by name."""

    __tablename__ = "meta"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class Change(Base):
    """One committed act. ``reverts`` names the group that an undo or redo takes back.

    ``kind`` is ``act``, ``undo``, ``redo``, ``settle`` or ``setup`` (no undo). ``seq`` is the
    order of arrival in this file; ``receipt_id`` is set on what came from another file.
    """

    __tablename__ = "change"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(unique=True)
    group_id: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    label: Mapped[str]
    reverts: Mapped[str | None]
    actor_id: Mapped[str | None]
    device_id: Mapped[str]
    at: Mapped[str]
    schema: Mapped[int]
    receipt_id: Mapped[str | None] = mapped_column(index=True, default=None)


class Revision(Base):
    """One state of one row; ``content`` is JSON, or null for a row that is gone.

    ``parents`` is a JSON list of the revisions that this one supersedes.
    """

    __tablename__ = "revision"
    __table_args__ = (Index("ix_revision_row", "kind", "row_id"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    change_id: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    row_id: Mapped[str]
    parents: Mapped[str]
    content: Mapped[str | None]


class Head(Base):
    """The newest revision of each row; two for one row are a conflict unless they say the same."""

    __tablename__ = "head"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012

    kind: Mapped[str] = mapped_column(primary_key=True)
    row_id: Mapped[str] = mapped_column(primary_key=True)
    revision_id: Mapped[str] = mapped_column(ForeignKey("revision.id"), primary_key=True)


class KeptRow(Base):
    """A row that someone removed while someone else used it; it stays until the use ends."""

    __tablename__ = "kept_row"

    kind: Mapped[str] = mapped_column(primary_key=True)
    row_id: Mapped[str] = mapped_column(primary_key=True)


class Receipt(Base):
    """A file that was taken in: which, when, by whom; what is withdrawn does not count."""

    __tablename__ = "receipt"

    id: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[str]
    source_name: Mapped[str]
    source_kind: Mapped[str]
    actor_id: Mapped[str | None]
    withdrawn: Mapped[bool] = mapped_column(default=False, server_default="0")
