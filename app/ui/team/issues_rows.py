"""What the view of codebook issues shows, read in one go; no Qt."""

from dataclasses import dataclass

from app.coding.codebook import Code, Codebook
from app.coding.codebook_issues import IssueInfo, list_issues
from app.coding.codebooks import load_codebook
from app.coding.documents import DocumentText, list_documents, load_text
from app.coding.listing import Coding, list_codings
from app.coding.people import list_coders
from app.models import Project
from app.ui.views.passages import Mark, PassageRow


@dataclass(frozen=True, slots=True)
class IssueRow:
    """An issue with its code (None where it is gone), who raised it, and its passages."""

    issue: IssueInfo
    code: Code | None
    number: str
    who: str
    passages: tuple[PassageRow, ...]

    @property
    def code_name(self) -> str:
        """Return the name of the code."""
        return self.code.name if self.code is not None else "Unknown code"


def load_issues(project: Project) -> tuple[IssueRow, ...]:
    """Return all issues, open ones first, newest first; may block."""
    issues = list_issues(project, with_closed=True)
    codebook = load_codebook(project)
    names = {coder.id: coder.name for coder in list_coders(project)}
    wanted = {coding for issue in issues for coding in issue.coding_ids}
    codings = {c.id: c for c in list_codings(project, coding_ids=wanted)} if wanted else {}
    studies = {document.id: document.study_label for document in list_documents(project)}
    texts = {c.document_id: load_text(project, c.document_id) for c in codings.values()}
    rows = [
        _row(
            issue, codebook, names.get(issue.coder_id, ""),
            [codings[key] for key in issue.coding_ids if key in codings], studies, texts,
        )
        for issue in reversed(issues)
    ]  # fmt: skip
    return tuple(sorted(rows, key=lambda row: row.issue.state != "open"))


def _row(
    issue: IssueInfo,
    codebook: Codebook,
    who: str,
    codings: list[Coding],
    studies: dict[str, str],
    texts: dict[str, DocumentText],
) -> IssueRow:
    passages = [
        _passage(coding, codebook, studies[coding.document_id], texts[coding.document_id])
        for coding in codings
    ]
    code, number = _code(codebook, issue.code_id)
    return IssueRow(issue, code, number, who, tuple(passages))


def _passage(coding: Coding, codebook: Codebook, study: str, text: DocumentText) -> PassageRow:
    words = text.clean(coding.start, coding.end) if not coding.area else "An area of the page"
    code, number = _code(codebook, coding.code_id)
    name = code.name if code is not None else "Unknown code"
    mark = Mark(name, number, coding.valence, 0, len(words))
    page = text.label_of(coding.page_first)
    end = max(coding.end, coding.start + 1)
    return PassageRow(
        study, page, coding.document_id, coding.start, end, words, (mark,), (coding.coder_id,),
        area_of=coding.id if coding.area else "",
    )  # fmt: skip


def _code(codebook: Codebook, code_id: str) -> tuple[Code | None, str]:
    try:
        code = codebook.code(code_id)
        return code, codebook.cluster(code.cluster_id).number
    except KeyError:
        return None, ""
