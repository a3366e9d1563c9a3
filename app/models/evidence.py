"""What is coded: study, report, document, and the document's text."""

from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Logged, reference


class ProjectFacts(Logged):
    """The one row that says what this project is called."""

    __tablename__ = "project"

    title: Mapped[str]
    note: Mapped[str] = mapped_column(default="")


class Study(Logged):
    """The unit of evidence; it has one or more reports."""

    __tablename__ = "study"

    label: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    flag: Mapped[str] = mapped_column(default="")


class Report(Logged):
    """A publication about a study, with its bibliographic record."""

    __tablename__ = "report"

    study_id: Mapped[str] = mapped_column(reference("study.id"), index=True)
    type: Mapped[str] = mapped_column(default="")
    title: Mapped[str] = mapped_column(default="")
    authors: Mapped[list[str]] = mapped_column(default=list)
    year: Mapped[int | None] = mapped_column(default=None)
    container: Mapped[str] = mapped_column(default="")
    volume: Mapped[str] = mapped_column(default="")
    issue: Mapped[str] = mapped_column(default="")
    pages: Mapped[str] = mapped_column(default="")
    doi: Mapped[str] = mapped_column(default="")
    url: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="")
    abstract: Mapped[str] = mapped_column(default="")
    raw: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Document(Logged):
    """A PDF of a report. Its bytes are kept once per SHA-256, its text in a text layer."""

    __tablename__ = "document"

    report_id: Mapped[str] = mapped_column(reference("report.id"), index=True)
    file_name: Mapped[str]
    sha256: Mapped[str]
    text_layer_id: Mapped[str]
    page_count: Mapped[int]
    character_count: Mapped[int]
    title: Mapped[str] = mapped_column(default="")
    doi: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="")
    text_state: Mapped[str] = mapped_column(default="good")
    text_note: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)


class DocumentView(Logged):
    """How a document is to be read: printed page numbers, cover pages, turned pages.

    ``label_offset`` is added to the 1-based page to give the printed number (0 and
    ``numbered`` false: the labels of the file). ``turns`` maps a page (as text) to degrees
    clockwise. One row for each document.
    """

    __tablename__ = "document_view"

    document_id: Mapped[str] = mapped_column(reference("document.id"), index=True)
    numbered: Mapped[bool] = mapped_column(default=False)
    label_offset: Mapped[int] = mapped_column(default=0)
    cover_pages: Mapped[list[int]] = mapped_column(default=list)
    turns: Mapped[dict[str, int]] = mapped_column(default=dict)


class FileBytes(Base):
    """The bytes of a PDF; written once, never changed, in no log."""

    __tablename__ = "file_bytes"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    password: Mapped[str] = mapped_column(default="")
    data: Mapped[bytes]


class TextLayer(Base):
    """The canonical text of a document, frozen; pages are joined by one form feed."""

    __tablename__ = "text_layer"

    id: Mapped[str] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(index=True)
    device_id: Mapped[str]
    text: Mapped[str]
    text_sha256: Mapped[str]
    extractor: Mapped[str]
    extractor_version: Mapped[str]
    flags: Mapped[int]


class Page(Base):
    """One page of a text layer; ``furniture``, ``joins`` and ``blocks`` are document offsets."""

    __tablename__ = "page"

    text_layer_id: Mapped[str] = mapped_column(ForeignKey("text_layer.id"), primary_key=True)
    page: Mapped[int] = mapped_column(primary_key=True)
    start: Mapped[int]
    label: Mapped[str]
    width: Mapped[float]
    height: Mapped[float]
    rotation: Mapped[int]
    reading_order: Mapped[str]
    blocks: Mapped[list[int]]
    furniture: Mapped[list[int]]
    joins: Mapped[list[int]]


class Geometry(Base):
    """Where each character of a page stands, packed, frozen at the first opening of the page."""

    __tablename__ = "geometry"

    text_layer_id: Mapped[str] = mapped_column(primary_key=True)
    page: Mapped[int] = mapped_column(primary_key=True)
    packed: Mapped[bytes]


class SearchMap(Base):
    """Where the indexed text of a page stands in the document.

    ``jumps`` is an array of little-endian int32 pairs: from this character of the indexed text
    on, the document offset is this one and runs along.
    """

    __tablename__ = "search_map"

    document_id: Mapped[str] = mapped_column(primary_key=True)
    page: Mapped[int] = mapped_column(primary_key=True)
    jumps: Mapped[bytes]
