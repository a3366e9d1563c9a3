"""Memos: what coders note on passages, codes, studies, documents and the project.

A coder has one memo on each thing, which may be long: two laptops of one coder then write the
same memo, and a hand-in shows a conflict where they differ. Texts are in the markup of
``memo_text``.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.coding.documents import DocumentInfo, list_documents
from app.coding.listing import Coding, list_codings
from app.coding.memo_text import plain
from app.coding.passages import put_memo
from app.coding.people import acting_coder
from app.coding.study_naming import INTEGRITY, flag_note_id, study_flags
from app.errors import UserError
from app.models import Project, ids
from app.models.base import logged_kinds
from app.models.codebook import Code
from app.models.coding import Coding as CodingRow
from app.models.coding import Memo
from app.models.evidence import Page, Study
from app.models.log import Change, Head, Revision
from app.models.people import Coder, Layer
from app.models.recorder import in_chunks
from app.models.team import Decision

PASSAGE, CODE, STUDY, DOCUMENT, PROJECT = "coding", "code", "study", "document", "project"
DECISION = "decision"
KINDS = (PROJECT, CODE, STUDY, DOCUMENT, PASSAGE)
KIND_WORDS = {
    PROJECT: "Project",
    CODE: "Code",
    STUDY: "Study",
    DOCUMENT: "Document",
    PASSAGE: "Passage",
    DECISION: "Difference",
}
NO_SUBJECT = UserError("What this memo is about is no longer there.", "It may have been undone.")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a memo is on, or a link leads to; offsets are document offsets, end-exclusive.

    ``name`` and ``detail`` say it in words. ``is_gone`` where it is not in the project.
    """

    kind: str
    id: str
    name: str
    detail: str = ""
    quote: str = ""
    study_id: str = ""
    document_id: str = ""
    start: int = 0
    end: int = 0
    code_id: str = ""
    is_gone: bool = False

    @property
    def kind_word(self) -> str:
        """What it is, within a sentence ("passage")."""
        return KIND_WORDS.get(self.kind, "Place").lower()


@dataclass(frozen=True, slots=True)
class MemoInfo:
    """One memo; ``words`` is its text without markup, ``changed_at`` is UTC."""

    id: str
    subject: Subject
    coder_id: str
    coder: str
    text: str
    words: str
    changed_at: str
    is_own: bool


def project_subject(project: Project) -> str:
    """Return the id under which memos on the project itself are kept."""
    return ids.agreed_id("facts", project.id)


def write_memo(
    project: Project, kind: str, subject_id: str, text: str, *, group: str | None = None
) -> None:
    """Write, change or (with no words) remove your memo on something.

    Memos written with the same ``group`` undo as one: what is typed in one sitting is kept often.

    Raises:
        UserError: the thing is gone, or nobody has said who they are.
    """
    coder = acting_coder(project)
    text = text.rstrip()
    with project.read() as session:
        before = session.scalar(
            select(Memo.text).where(Memo.id == ids.agreed_id("memo", kind, subject_id, coder))
        )
    if (before or "") == text:
        return
    label = "Remove memo" if not text else "Change memo" if before is not None else "Write memo"
    with project.change(label, group=group) as session:
        if text and session.get(logged_kinds()[kind], subject_id) is None:
            raise NO_SUBJECT
        put_memo(session, kind, subject_id, text, coder)


def remove_memos(project: Project, memo_ids: Sequence[str]) -> None:
    """Remove memos of yours.

    Raises:
        UserError: one is someone else's.
    """
    label = "Remove memo" if len(memo_ids) == 1 else f"Remove {len(memo_ids)} memos"
    with project.change(label) as session:
        for memo_id in memo_ids:
            memo = session.get(Memo, memo_id)
            if memo is None:
                continue
            if memo.coder_id != project.actor_id:
                raise UserError(
                    "This is another coder's memo; only they can remove it.",
                    "Write a memo of your own beside it.",
                )
            session.delete(memo)


def list_memos(project: Project) -> tuple[MemoInfo, ...]:
    """Return all memos, those changed last first."""
    return _read(project, None, None)


def memos_on(project: Project, kind: str, subject_id: str) -> tuple[MemoInfo, ...]:
    """Return the memos on one thing, your own first; the subject is given by its id alone."""
    found = _read(project, kind, subject_id)
    return tuple(sorted(found, key=lambda memo: not memo.is_own))


def subjects_of_links(project: Project, addresses: Iterable[str]) -> dict[str, Subject]:
    """Return where links such as ``passage:ID`` lead; what is gone says so."""
    wanted: dict[str, list[str]] = {}
    for address in dict.fromkeys(addresses):
        kind, _, identifier = address.partition(":")
        wanted.setdefault(PASSAGE if kind == "passage" else kind, []).append(identifier)
    found = find_subjects(project, wanted)
    return {
        f"{'passage' if kind == PASSAGE else kind}:{identifier}": found[kind, identifier]
        for kind, identifiers in wanted.items()
        for identifier in identifiers
    }


def find_subjects(
    project: Project, wanted: Mapping[str, Collection[str]]
) -> dict[tuple[str, str], Subject]:
    """Return what ids stand for, by kind and id; ids of nothing give a subject that is gone."""
    found: dict[tuple[str, str], Subject] = {}
    with project.read() as session:
        found |= _named(session, CODE, Code.id, Code.name, wanted.get(CODE, ()))
        found |= _named(session, STUDY, Study.id, Study.label, wanted.get(STUDY, ()))
    documents: dict[str, DocumentInfo] = {}
    if wanted.get(DOCUMENT) or wanted.get(PASSAGE):
        documents = {document.id: document for document in list_documents(project)}
    for document_id in wanted.get(DOCUMENT, ()):
        if document_id in documents:
            found[DOCUMENT, document_id] = _document(documents[document_id])
    for subject in _passages(project, wanted.get(PASSAGE, ()), documents):
        found[PASSAGE, subject.id] = subject
    found |= _differences(project, wanted.get(DECISION, ()))
    for project_id in wanted.get(PROJECT, ()):
        if project_id == project_subject(project):
            found[PROJECT, project_id] = Subject(PROJECT, project_id, project.title)
    for kind, identifiers in wanted.items():
        for identifier in identifiers:
            if (kind, identifier) not in found:
                words = f"{KIND_WORDS.get(kind, 'Place')} that is no longer there"
                found[kind, identifier] = Subject(kind, identifier, words, is_gone=True)
    return found


def recent_passages(project: Project, limit: int, first: str = "") -> list[Subject]:
    """Return the passages that you coded last, newest first; a coding ``first`` before them."""
    with project.read() as session:
        question = (
            select(CodingRow.id)
            .join(Layer, Layer.id == CodingRow.layer_id)
            .where(Layer.coder_id == (project.actor_id or ""))
            .order_by(CodingRow.id.desc())  # ids are made in the order of time
            .limit(limit)
        )
        wanted = list(session.scalars(question))
    if first:
        wanted = [first, *(key for key in wanted if key != first)]
    found = find_subjects(project, {PASSAGE: wanted})
    return [one for one in (found[PASSAGE, key] for key in wanted) if not one.is_gone]


def _read(project: Project, kind: str | None, subject_id: str | None) -> tuple[MemoInfo, ...]:
    question = (
        select(
            Memo.id, Memo.subject_kind, Memo.subject_id, Memo.coder_id, Memo.text, Coder.name,
            Change.at,
        )
        .outerjoin(Coder, Coder.id == Memo.coder_id)
        .outerjoin(Head, (Head.kind == "memo") & (Head.row_id == Memo.id))
        .outerjoin(Revision, Revision.id == Head.revision_id)
        .outerjoin(Change, Change.id == Revision.change_id)
        .order_by(Change.at, Memo.id)
    )  # fmt: skip
    if kind is not None:
        question = question.where(Memo.subject_kind == kind, Memo.subject_id == subject_id)
    with project.read() as session:
        rows = {row[0]: row for row in session.execute(question)}.values()
    wanted: dict[str, list[str]] = {}
    for row in rows:
        wanted.setdefault(row[1], []).append(row[2])
    if kind is None:
        subjects = find_subjects(project, wanted)
    else:
        subjects = {(row[1], row[2]): Subject(row[1], row[2], "") for row in rows}
    about = _reasons_of_marks(project, rows, subjects)
    memos = [
        MemoInfo(
            id=row[0],
            subject=about.get(row[0], subjects[row[1], row[2]]),
            coder_id=row[3] or "",
            coder=row[5] or "",
            text=row[4],
            words=plain(row[4]),
            changed_at=row[6] or "",
            is_own=row[3] is not None and row[3] == project.actor_id,
        )
        for row in rows
    ]
    return tuple(sorted(memos, key=lambda memo: memo.changed_at, reverse=True))


def _reasons_of_marks(
    project: Project, rows: Iterable[Any], subjects: Mapping[tuple[str, str], Subject]
) -> dict[str, Subject]:
    """Return, by memo id, what says that a memo is the reason why a study is marked."""
    reasons = [row for row in rows if row[1] == STUDY and row[0] == flag_note_id(row[2])]
    marks = study_flags(project) if reasons else {}
    return {
        row[0]: replace(
            subjects[row[1], row[2]],
            detail=f"Reason of the mark: {INTEGRITY.get(marks.get(row[2], ''), '').lower()}",
        )
        for row in reasons
    }


def _named(
    session: Session, kind: str, key: object, name: object, identifiers: Collection[str]
) -> dict[tuple[str, str], Subject]:
    found = {}
    for chunk in in_chunks(identifiers):
        for row in session.execute(select(key, name).where(key.in_(chunk))):  # type: ignore[call-overload,attr-defined]
            own = {"code_id": row[0]} if kind == CODE else {"study_id": row[0]}
            found[kind, row[0]] = Subject(kind, row[0], row[1], **own)
    return found


def _differences(project: Project, decision_ids: Collection[str]) -> dict[tuple[str, str], Subject]:
    """Return the differences that decisions were about, by the study they stand in."""
    found = {}
    labels = {document.id: document.study_label for document in list_documents(project)}
    with project.read() as session:
        for chunk in in_chunks(decision_ids):
            question = select(Decision.id, Decision.document_id, Decision.study_id)
            for row in session.execute(question.where(Decision.id.in_(chunk))):
                study = session.get(Study, row[2]) if row[2] else None
                where = study.label if study is not None else labels.get(row[1], "")
                found[DECISION, row[0]] = Subject(
                    DECISION, row[0], "A difference between coders", where, document_id=row[1]
                )
    return found


def _document(document: DocumentInfo) -> Subject:
    return Subject(
        DOCUMENT, document.id, document.file_name, document.study_label,
        study_id=document.study_id, document_id=document.id,
    )  # fmt: skip


def _passages(
    project: Project, coding_ids: Collection[str], documents: Mapping[str, DocumentInfo]
) -> list[Subject]:
    if not coding_ids:
        return []
    codings = list_codings(project, coding_ids=coding_ids)
    with project.read() as session:
        names = {row[0]: row[1] for row in session.execute(select(Code.id, Code.name))}
        labels = _page_labels(session, codings, documents)
    found = []
    for coding in codings:
        document = documents.get(coding.document_id)
        label = labels.get((coding.document_id, coding.page_first)) or str(coding.page_first)
        study = document.study_label if document else ""
        found.append(
            Subject(
                PASSAGE, coding.id, names.get(coding.code_id, "Passage"), f"{study}, p. {label}",
                quote=" ".join(coding.quote.split()),
                study_id=document.study_id if document else "",
                document_id=coding.document_id, start=coding.start, end=coding.end,
                code_id=coding.code_id,
            )
        )  # fmt: skip
    return found


def _page_labels(
    session: Session, codings: Sequence[Coding], documents: Mapping[str, DocumentInfo]
) -> dict[tuple[str, int], str]:
    used = {coding.document_id for coding in codings}
    layers = {documents[one].text_layer_id: one for one in used if one in documents}
    labels: dict[tuple[str, int], str] = {}
    for chunk in in_chunks(layers):
        question = select(Page.text_layer_id, Page.page, Page.label)
        for layer, page, label in session.execute(question.where(Page.text_layer_id.in_(chunk))):
            labels[layers[layer], page] = label
    return labels
