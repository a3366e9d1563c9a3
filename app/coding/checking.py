"""Looks a project over: the file, every anchor, and the log; and counts what it holds."""

import hashlib
import json
from dataclasses import dataclass, field

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from app.coding.anchor_review import AnchorCounts, count_anchors
from app.coding.documents import DocumentText, load_text_layer
from app.documents.turning import turned_size
from app.models import Project
from app.models.base import logged_kinds
from app.models.codebook import Code
from app.models.coding import Coding
from app.models.evidence import Document, FileBytes, Page, Report, Study, TextLayer
from app.models.heads import shown_state
from app.models.log import Head, KeptRow, Revision
from app.models.merge import conflicts_in
from app.models.migrations import SCHEMA
from app.models.people import Coder, Layer, Round
from app.models.recorder import to_json


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be: ``where`` it is and ``what`` it is."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check looked at and found; no findings means all is well."""

    findings: tuple[Finding, ...]
    notes: tuple[Finding, ...]
    anchors: int
    revisions: int
    files: int
    moved: AnchorCounts = field(default_factory=AnchorCounts)
    """Codings in another text than they were made on, and how many need a look."""

    @property
    def is_clean(self) -> bool:
        """Say whether nothing is wrong."""
        return not self.findings


def count_contents(project: Project) -> dict[str, int]:
    """Return how many studies, reports, documents, pages ... the project holds."""
    with project.read() as session:

        def number(table: type) -> int:
            return session.scalar(select(func.count()).select_from(table)) or 0

        totals = session.execute(
            select(func.sum(Document.page_count), func.sum(Document.character_count))
        ).one()
        return {
            "studies": number(Study),
            "reports": number(Report),
            "documents": number(Document),
            "pages": totals[0] or 0,
            "characters": totals[1] or 0,
            "codes": number(Code),
            "codings": number(Coding),
            "coders": number(Coder),
            "rounds": number(Round),
            "schema": SCHEMA,
        }


def check_project(project: Project) -> CheckReport:
    """Look at the file, every anchor, every PDF and the whole log; change nothing."""
    findings: list[Finding] = []
    notes: list[Finding] = []
    with project.read() as session:
        verdict = session.scalar(text("PRAGMA integrity_check(5)"))
        if verdict != "ok":
            findings.append(Finding("file", f"SQLite reports: {verdict}"))
        for row in session.execute(text("PRAGMA foreign_key_check")):
            findings.append(Finding(str(row[0]), f"a row refers to a missing row of {row[2]}"))
        findings += _check_log(session)
        files = _check_files(session, findings, notes)
        anchors = _check_anchors(session, findings)
        for conflict in conflicts_in(session.connection()):
            notes.append(
                Finding(
                    conflict.kind,
                    "two people changed the same row differently; someone has to settle it",
                )
            )
        revisions = session.scalar(select(func.count()).select_from(Revision)) or 0
    moved = count_anchors(project)
    for number, what in ((moved.review, "to be looked at"), (moved.orphan, "not found")):
        if number:
            words = f"{number} {'coding is' if number == 1 else 'codings are'} {what}"
            notes.append(Finding("anchors", f"{words} in the text that their document has now"))
    return CheckReport(tuple(findings), tuple(notes), anchors, revisions, files, moved)


def _check_log(session: Session) -> list[Finding]:
    """Compare each typed row with the heads of its log."""
    heads: dict[tuple[str, str], dict[str, str | None]] = {}
    for kind, row_id, revision, content in session.execute(
        select(Head.kind, Head.row_id, Head.revision_id, Revision.content).join(
            Revision, Revision.id == Head.revision_id
        )
    ):
        heads.setdefault((kind, row_id), {})[revision] = content
    kept = set(session.execute(select(KeptRow.kind, KeptRow.row_id)))
    expected = {
        key: state for key, known in heads.items() if (state := shown_state(known)) is not None
    }
    found: list[Finding] = []
    actual: set[tuple[str, str]] = set()
    for kind, row_class in logged_kinds().items():
        for row in session.scalars(select(row_class)):
            key = (kind, row.id)
            actual.add(key)
            if key not in kept and expected.get(key) != to_json(row.content()):
                found.append(Finding(f"{kind} {row.id}", "the row differs from its log"))
    found += [
        Finding(f"{kind} {row_id}", "the log holds a row that is missing")
        for kind, row_id in expected.keys() - actual
    ]
    unknown = session.execute(
        text("SELECT count(*) FROM revision WHERE change_id NOT IN (SELECT id FROM change)")
    ).scalar()
    if unknown:
        found.append(Finding("log", f"{unknown} revisions belong to no change"))
    for parents in session.scalars(select(Revision.parents)):
        if not isinstance(json.loads(parents), list):
            found.append(Finding("log", "a revision does not say what it supersedes"))
    return found


def _check_files(session: Session, findings: list[Finding], notes: list[Finding]) -> int:
    files = 0
    for document in session.scalars(select(Document)):
        data = session.scalar(select(FileBytes.data).where(FileBytes.sha256 == document.sha256))
        if data is None:
            notes.append(Finding(document.file_name, "its PDF is not in this project"))
        elif hashlib.sha256(data).hexdigest() != document.sha256:
            findings.append(Finding(document.file_name, "the stored PDF is damaged"))
        files += data is not None
        layer = session.get(TextLayer, document.text_layer_id)
        if layer is None:
            findings.append(Finding(document.file_name, "its text is missing"))
        elif _hash(layer.text) != layer.text_sha256:
            findings.append(Finding(document.file_name, "its stored text is damaged"))
        elif (
            session.scalar(
                select(func.count()).select_from(Page).where(Page.text_layer_id == layer.id)
            )
            != document.page_count
        ):
            findings.append(Finding(document.file_name, "some of its pages are missing"))
        session.expunge_all()
    return files


def _hash(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def _check_anchors(session: Session, findings: list[Finding]) -> int:
    """Compare each quote with the text at its place."""
    rows = session.execute(
        select(
            Coding.id,
            Coding.text_layer_id,
            Coding.start,
            Coding.end,
            Coding.quote,
            Coding.page_first,
            Layer.document_id,
        )
        .join(Layer, Layer.id == Coding.layer_id)
        .where(Coding.quote != "")
        .order_by(Coding.text_layer_id)
    ).all()
    areas = session.execute(
        select(Coding.id, Coding.area, Page.width, Page.height, Page.rotation)
        .outerjoin(
            Page,
            (Page.text_layer_id == Coding.text_layer_id) & (Page.page == Coding.page_first),
        )
        .where(
            Coding.quote == "",
            Coding.text_layer_id.in_(select(TextLayer.id)),  # an earlier text is not handed out
        )
    ).all()
    for coding_id, area, width, height, rotation in areas:
        if not _on_page(area, width, height, rotation):
            findings.append(Finding(f"coding {coding_id}", "the area is not on its page"))
    present = set(session.scalars(select(Document.text_layer_id)))
    held: DocumentText | None = None
    for coding_id, layer_id, start, end, quote, page, document_id in rows:
        if held is None or held.text_layer_id != layer_id:
            if session.get(TextLayer, layer_id) is None:
                if layer_id in present:
                    what = "the text it stands on is missing"
                    findings.append(Finding(f"coding {coding_id}", what))
                continue  # an earlier text that was not handed out: it is placed by its words
            held = load_text_layer(session, document_id, layer_id)
        if held.text[start:end] != quote:
            findings.append(Finding(f"coding {coding_id}", "the quote is not at its place"))
        elif held.page_of(start) != page:
            findings.append(Finding(f"coding {coding_id}", "the page number is wrong"))
    return len(rows) + len(areas)


def _on_page(area: list[float], width: float | None, height: float | None, rotation: int) -> bool:
    if len(area) != 4 or width is None or height is None:
        return False
    wide, high = turned_size((width, height), rotation)
    x0, y0, x1, y1 = area
    return 0 <= x0 < x1 <= wide + 0.01 and 0 <= y0 < y1 <= high + 0.01
