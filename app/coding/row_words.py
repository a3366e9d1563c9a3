"""Logged rows in words, from their contents: for what comes in, conflicts and the audit trail."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.coding.code_aliases import living_codes
from app.coding.coder_joins import living_coders
from app.coding.documents import recent_text_layer
from app.errors import UserError
from app.models.base import logged_kinds
from app.models.codebook import Code, FacetValue
from app.models.coding import Coding
from app.models.evidence import Document, Report, Study
from app.models.people import Coder, Layer, Round
from app.models.recorder import in_chunks

QUOTE = 160
_HYPHEN = re.compile(r"(?<=\w)-\n(?=[a-zß-ÿ])")
NOUNS = {
    "coding": "Coding",
    "memo": "Memo",
    "code": "Code",
    "category": "Category",
    "cluster": "Cluster",
    "document": "Document",
    "study": "Study",
    "report": "Report",
    "coder": "Coder",
    "device": "Computer",
    "round": "Round",
    "layer": "Work on a document",
    "assignment": "Assignment",
    "attribute": "Attribute",
    "attribute_value": "Value of a study",
    "rating": "Rating",
    "decision": "Decision",
    "codebook_issue": "Codebook issue",
    "translation": "Translation",
    "anchor_fix": "Place of a coding",
    "recheck": "List to look at again",
    "recheck_mark": "Mark on a list",
    "proposal_answer": "Answer to a proposal",
    "agreement_run": "Agreement run",
    "coder_join": "Joined coders",
    "code_alias": "Joined code",
    "document_view": "View of a document",
    "project": "Title of the project",
}


@dataclass(frozen=True, slots=True)
class RowWords:
    """A row as people know it, and where to go to see it.

    ``where`` is "Okafor 2021, p. 12" for what stands in a text, ``title`` a code, study or kind,
    ``words`` the quote, memo or definition.
    """

    kind: str
    row_id: str
    title: str
    where: str = ""
    words: str = ""
    details: tuple[tuple[str, str], ...] = ()
    document_id: str = ""
    start: int = 0
    end: int = 0
    code_id: str = ""
    study_id: str = ""
    coder: str = ""


class RowReader:
    """Knows the names of a project; made for one session."""

    def __init__(self, session: Session) -> None:
        """Read the names once."""
        self._session = session
        self.codes = _pairs(session, Code.id, Code.name)
        self.coders = _pairs(session, Coder.id, Coder.name)
        self.rounds = _pairs(session, Round.id, Round.name)
        self.studies = _pairs(session, Study.id, Study.label)
        self._person = living_coders(session).of
        self._living = living_codes(session)
        self._values = _pairs(session, FacetValue.key, FacetValue.label)
        self._documents = {
            row[0]: row
            for row in session.execute(
                select(Document.id, Document.file_name, Study.label, Study.id)
                .join(Report, Report.id == Document.report_id)
                .join(Study, Study.id == Report.study_id)
            )
        }
        self._layers = {
            row[0]: row
            for row in session.execute(select(Layer.id, Layer.document_id, Layer.coder_id))
        }

    def name_of(self, coder_id: str | None) -> str:
        """Return a coder's name, "" where nobody is meant or known."""
        return self.coders.get(self._person(coder_id or ""), "")

    def document(self, document_id: str) -> str:
        """Return the name of a document's study, or "a document that is gone"."""
        row = self._documents.get(document_id)
        return row[2] if row is not None else "a document that is gone"

    def code(self, code_id: str) -> str:
        """Return the name of the code under which codings with this one count."""
        return self.codes.get(self._living.of(code_id), "a code that is gone")

    def read(self, keys: Iterable[tuple[str, str]]) -> tuple[RowWords, ...]:
        """Return rows that are there in words, in the order asked for."""
        wanted = list(dict.fromkeys(keys))
        kinds = logged_kinds()
        found: dict[tuple[str, str], RowWords] = {}
        for kind in dict.fromkeys(kind for kind, _row_id in wanted):
            table = kinds[kind].__table__
            for chunk in in_chunks([row_id for k, row_id in wanted if k == kind]):
                for row in self._session.execute(select(table).where(table.c.id.in_(chunk))):
                    found[kind, row.id] = self.words(kind, row.id, dict(row._mapping))
        return tuple(found[key] for key in wanted if key in found)

    def words(self, kind: str, row_id: str, content: Mapping[str, Any] | None) -> RowWords:
        """Return one state of a row in words; None for a row that is gone."""
        noun = NOUNS.get(kind, kind.replace("_", " ").capitalize())
        if content is None:
            return RowWords(kind, row_id, noun, words="removed")
        if kind == "coding":
            return self._coding(row_id, content)
        if kind == "memo":
            return self._memo(row_id, content)
        if kind in ("code", "category", "cluster", "study", "round", "coder", "document"):
            return self._named(kind, row_id, content)
        return self._other(kind, row_id, content, noun)

    def _coding(self, row_id: str, content: Mapping[str, Any]) -> RowWords:
        layer = self._layers.get(content["layer_id"])
        document_id = layer[1] if layer is not None else ""
        facets = content.get("facets") or {}
        if isinstance(facets, str):
            facets = json.loads(facets)
        shown = [self._values.get(v, v) for values in facets.values() for v in values]
        details = [("Valence and stage", ", ".join(shown))] if shown else []
        if content.get("condition"):
            details.append(("Condition", content["condition"]))
        quote = self._quote(document_id, content)
        return RowWords(
            "coding",
            row_id,
            self.code(content["code_id"]),
            f"{self.document(document_id)}, page {content['page_first']}",
            quote if len(quote) <= QUOTE else f"{quote[:QUOTE].rstrip()} …",
            tuple(details),
            document_id,
            content["start"],
            content["end"],
            self._living.of(content["code_id"]),
            coder=self.name_of(layer[2]) if layer is not None else "",
        )

    def _quote(self, document_id: str, content: Mapping[str, Any]) -> str:
        """Return the words for quoting, joined at line ends as the text of the document says."""
        quote, start, end = str(content["quote"]), content["start"], content["end"]
        try:
            text = recent_text_layer(self._session, document_id, content["text_layer_id"])
        except UserError:
            text = None
        if quote and text is not None and text.text[start:end] == quote:
            return text.clean(start, end)
        return " ".join(_HYPHEN.sub("", quote).split())

    def _memo(self, row_id: str, content: Mapping[str, Any]) -> RowWords:
        kind, subject = content["subject_kind"], content["subject_id"]
        where, document_id, code_id, study_id, place = "", "", "", "", (0, 0)
        if kind == "coding":
            row = self._session.get(Coding, subject)
            layer = self._layers.get(row.layer_id) if row is not None else None
            if row is not None and layer is not None:
                document_id, place = layer[1], (row.start, row.end)
                where = f"{self.document(document_id)}, page {row.page_first}"
        elif kind == "code":
            code_id, where = subject, self.code(subject)
        elif kind == "study":
            study_id, where = subject, self.studies.get(subject, "")
        elif kind == "document":
            document_id, where = subject, self.document(subject)
        words = " ".join(str(content["text"]).split())
        coder = self.name_of(content.get("coder_id"))
        return RowWords(
            "memo", row_id, "Memo", where, words, (), document_id, *place, code_id, study_id, coder
        )

    def _named(self, kind: str, row_id: str, content: Mapping[str, Any]) -> RowWords:
        name = content.get("name") or content.get("label") or content.get("file_name") or ""
        fields = ("definition", "include", "exclude", "example")
        details = tuple((f.capitalize(), str(content[f])) for f in fields if content.get(f))
        if content.get("retired"):
            details = (*details, ("State", "retired"))
        return RowWords(
            kind,
            row_id,
            str(name),
            NOUNS[kind],
            details=details,
            document_id=row_id if kind == "document" else "",
            code_id=row_id if kind == "code" else "",
            study_id=row_id if kind == "study" else "",
        )

    def _other(self, kind: str, row_id: str, content: Mapping[str, Any], noun: str) -> RowWords:
        document_id = str(content.get("document_id") or "")
        code_id = str(content.get("code_id") or "")
        study_id = str(content.get("study_id") or "")
        where = (
            (self.document(document_id) if document_id else "")
            or (self.code(code_id) if code_id else "")
            or self.studies.get(study_id, "")
        )
        said = ("value", "text", "title", "name", "state", "action", "answer", "label")
        words = next((str(content[key]) for key in said if content.get(key)), "")
        return RowWords(
            kind, row_id, noun, where, words, (), document_id, 0, 0, code_id, study_id,
            self.name_of(content.get("coder_id")),
        )  # fmt: skip


def _pairs(session: Session, key: Any, value: Any) -> dict[str, str]:
    return {row[0]: row[1] for row in session.execute(select(key, value))}
