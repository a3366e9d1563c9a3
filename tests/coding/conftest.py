"""A small review in a temporary folder: two documents, a codebook, two coders."""

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from app.coding.adding import store_document
from app.coding.codebook import Category, Cluster, Code, Codebook, Facet, FacetValue, shipped_id
from app.coding.codebooks import install_codebook
from app.coding.people import add_coder
from app.documents.text_layer import ExtractedDocument, ExtractedPage
from app.models import Project, ids
from app.models.device import DeviceIdentity

PAGES = (
    "Running head 12\nThe panel met every second week and the coordin-\nators said that nobody had "
    "told\nthem where their remit ended.\n12",
    "Running head 13\nA two-page agreement said who could be told. The funding\nended in March "
    "and the post was lost.\n13",
)

_TEMPLATES = tempfile.TemporaryDirectory(prefix="cofactor-review-")


def identifier(kind: str, key: str) -> str:
    return shipped_id("test", kind, key)


def small_codebook() -> Codebook:
    """Four codes in two clusters and the context."""
    clusters = [
        ("1", "Systems", "1", False),
        ("2", "Relations", "2", False),
        ("ctx", "Context", "", True),
    ]
    codes = [("mandate", "1"), ("funding", "1"), ("trust", "2"), ("scrutiny", "ctx")]
    return Codebook(
        id=identifier("codebook", "test"),
        key="test",
        family="test",
        title="Test codebook",
        version="1",
        language="en",
        description="",
        clusters=tuple(Cluster(identifier("cluster", k), k, n, no, c) for k, n, no, c in clusters),
        categories=tuple(
            Category(identifier("category", k), k, f"Group {k}", identifier("cluster", k))
            for k, *_ in clusters
        ),
        codes=tuple(
            Code(
                identifier("code", k),
                k,
                k.title(),
                identifier("category", c),
                identifier("cluster", c),
                definition=f"What {k} means.",
            )
            for k, c in codes
        ),
        facets=(
            Facet(
                identifier("facet", "valence"),
                "valence",
                "Valence",
                False,
                tuple(
                    FacetValue(identifier("value", v), v, v.title(), s, v == "moderates")
                    for v, s in (("facilitator", "+"), ("barrier", "-"), ("moderates", "~"))
                ),
            ),
            Facet(
                identifier("facet", "stage"),
                "stage",
                "Stage",
                True,
                tuple(
                    FacetValue(identifier("value", v), v, v.title())
                    for v in ("assessment", "delivery", "whole")
                ),
            ),
        ),
    )


def extracted(name: str, pages: tuple[str, ...] = PAGES) -> ExtractedDocument:
    """A document as the worker would return it; labels run from 12."""
    return ExtractedDocument(
        sha256=hashlib.sha256(b"%PDF-" + name.encode()).hexdigest(),
        byte_count=6,
        pages=tuple(
            ExtractedPage(
                text=text,
                label=str(12 + number),
                width=595.0,
                height=842.0,
                rotation=0,
                order="stream",
                blocks=(0, 16),
                furniture=((0, 15), (len(text) - 2, len(text))),
                joins=tuple(i for i in [text.find("coordin-\n") + 7] if i > 7),
                has_images=False,
            )
            for number, text in enumerate(pages)
        ),
        title=f"Title of {name}",
        doi="",
        language="en",
        text_state="good",
        text_note="",
        extractor="test",
        extractor_version="1",
        flags=0,
        page_problems=(),
    )


@dataclass
class Review:
    """An open project with the ids that tests need."""

    project: Project
    document: str
    other_document: str
    ada: str
    ben: str

    def code(self, key: str) -> str:
        return identifier("code", key)

    def place(self, words: str, page: int = 1) -> tuple[int, int]:
        """Where words stand in the text of the documents."""
        text = "\f".join(PAGES)
        start = text.index(words)
        return start, start + len(words)


def make_review(path: Path, device: str = "device-1") -> Review:
    """Make the review; the same documents get the same ids everywhere."""
    template, *rows = _made_once(device)
    shutil.copyfile(template, path)
    project = Project.open(path, device=DeviceIdentity(device, device), back_up=False)
    made = Review(project, *rows)
    project.actor_id = made.ada
    return made


@cache
def _made_once(device: str) -> tuple[Path, str, str, str, str]:
    """Return the file that reviews are copied from, its documents and its coders."""
    path = Path(_TEMPLATES.name) / f"{device}.cofactor"
    project = Project.create(path, title="Review", device=DeviceIdentity(device, device))
    install_codebook(project, small_codebook())
    first = store_document(project, "02_Okafor_2021.pdf", b"%PDF-a", extracted("a"), "add")
    second = store_document(project, "Lind 2019.pdf", b"%PDF-b", extracted("b"), "add")
    ada = add_coder(project, "Ada Sample", role="lead")
    ben = add_coder(project, "Ben Sample")
    project.close()
    return path, first, second, ada, ben


@pytest.fixture
def review(tmp_path: Path) -> Iterator[Review]:
    """The small review, opened by Ada."""
    made = make_review(tmp_path / "review.cofactor")
    yield made
    made.project.close()


@pytest.fixture
def new_id() -> str:
    return ids.new_id()
