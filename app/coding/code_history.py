"""The history of the codebook, read from the log: who changed what of a code, and when."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from re import findall
from typing import Any

from sqlalchemy import select

from app.models import Project
from app.models.codebook import Category, Cluster
from app.models.log import Change, Revision
from app.models.people import Coder

SAME, ADDED, GONE = "same", "added", "gone"
TEXT_FIELDS = {
    "name": "Name",
    "definition": "Definition",
    "include": "Include",
    "exclude": "Exclude",
    "example": "Example",
    "basis": "Basis",
}
OTHER_FIELDS = {
    "see_instead": "See instead",
    "further_cluster_ids": "Also belongs to",
    "category_id": "Category",
    "cluster_id": "Cluster",
    "colour": "Colour",
    "hot_key": "Hot key",
    "retired": "Retired",
}
MEANING = ("name", "definition", "include", "exclude")
"""What a change of meaning shows in: after it, passages may have to be looked at again."""

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """How one field changed; ``parts`` are (same, added or gone; words)."""

    field: str
    label: str
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CodeRevision:
    """One state of a code: its number from 1, who made it and when, and what it changed."""

    number: int
    code_id: str
    at: str
    who: str
    label: str
    changes: tuple[FieldChange, ...]
    is_first: bool
    made_here: bool

    @property
    def changes_meaning(self) -> bool:
        """Say whether what the code means changed."""
        return not self.is_first and any(one.field in MEANING for one in self.changes)


def revisions_of(project: Project, code_id: str) -> tuple[CodeRevision, ...]:
    """Return the revisions of a code, newest first; moves up and down are left out."""
    return _revisions(project, code_id).get(code_id, ())[::-1]


def changed_since(project: Project, moment: str) -> tuple[CodeRevision, ...]:
    """Return what changed in the codebook after a moment (UTC, ISO 8601), newest first."""
    found = [
        revision
        for revisions in _revisions(project, "").values()
        for revision in revisions
        if revision.at > moment
    ]
    return tuple(sorted(found, key=lambda revision: revision.at, reverse=True))


def state_at(project: Project, code_id: str, moment: str) -> Content:
    """Return what a code said at a moment (UTC, ISO 8601); its first state before that."""
    question = (
        select(Revision.content, Change.at)
        .join(Change, Change.id == Revision.change_id)
        .where(Revision.kind == "code", Revision.row_id == code_id)
        .order_by(Change.at, Change.seq)
    )
    with project.read() as session:
        rows = [(json.loads(c), at) for c, at in session.connection().execute(question) if c]
    states = [content for content, at in rows if at <= moment] or [c for c, _at in rows[:1]]
    return states[-1] if states else {}


def versions(project: Project) -> tuple[tuple[str, str], ...]:
    """Return the versions that the codebook had and since when, newest first."""
    question = (
        select(Revision.content, Change.at)
        .join(Change, Change.id == Revision.change_id)
        .where(Revision.kind == "codebook")
        .order_by(Change.at, Change.seq)
    )
    found: dict[str, str] = {}
    with project.read() as session:
        for content, at in session.connection().execute(question):
            if content:
                found.setdefault(json.loads(content)["version"], at)
    return tuple(reversed(found.items()))


def changed_here(project: Project) -> frozenset[str]:
    """Return the codes that were made or changed in this hand-out: the lead gets them proposed."""
    if project.kind != "handout":
        return frozenset()
    with project.read() as session:
        question = (
            select(Revision.row_id)
            .join(Change, Change.id == Revision.change_id)
            .where(Revision.kind == "code", Change.receipt_id.is_(None), Change.kind != "setup")
        )
        return frozenset(session.scalars(question))


def word_diff(before: str, after: str) -> tuple[tuple[str, str], ...]:
    """Return what stayed, went and came, word by word; the parts joined give both texts."""
    old, new = findall(r"\s*\S+|\s+$", before), findall(r"\s*\S+|\s+$", after)
    matcher = SequenceMatcher(None, [w.strip() for w in old], [w.strip() for w in new], False)
    parts: list[tuple[str, str]] = []
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        if tag == "equal":
            parts.append((SAME, "".join(new[b1:b2])))
            continue
        if a2 > a1:
            parts.append((GONE, "".join(old[a1:a2])))
        if b2 > b1:
            parts.append((ADDED, "".join(new[b1:b2])))
    return tuple(parts)


def field_changes(
    before: Content, after: Content, names: Mapping[str, str]
) -> tuple[FieldChange, ...]:
    """Return the fields in which two states of a code differ; ``names`` are those of ids."""
    found = [
        FieldChange(field, label, word_diff(before.get(field, ""), after.get(field, "")))
        for field, label in TEXT_FIELDS.items()
        if before.get(field, "") != after.get(field, "")
    ]
    moved = before.get("category_id") != after.get("category_id")
    for field, label in OTHER_FIELDS.items():
        old, new = before.get(field), after.get(field)
        if old == new or (field == "cluster_id" and moved):
            continue
        words = ((GONE, _words(old, names)), (ADDED, _words(new, names)))
        found.append(FieldChange(field, label, tuple(part for part in words if part[1])))
    return tuple(found)


def _words(value: object, names: Mapping[str, str]) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(names.get(one, one) for one in value)
    return names.get(str(value), str(value)) if value else ""


def _revisions(project: Project, code_id: str) -> dict[str, tuple[CodeRevision, ...]]:
    """Return the revisions by code id, oldest first, of one code or of all."""
    question = (
        select(
            Revision.row_id, Revision.content, Change.at, Change.actor_id, Change.label,
            Change.receipt_id, Change.kind,
        )
        .join(Change, Change.id == Revision.change_id)
        .where(Revision.kind == "code")
        .order_by(Change.at, Change.seq)
    )  # fmt: skip
    if code_id:
        question = question.where(Revision.row_id == code_id)
    with project.read() as session:
        rows = session.connection().execute(question).all()
        people = dict(session.connection().execute(select(Coder.id, Coder.name)).all())
        names = dict(session.connection().execute(select(Cluster.id, Cluster.name)).all())
        names |= dict(session.connection().execute(select(Category.id, Category.name)).all())
    by_code: dict[str, list[Any]] = {}
    for row in rows:
        by_code.setdefault(row.row_id, []).append(row)
    return {one: tuple(_numbered(one, found, people, names)) for one, found in by_code.items()}


def _numbered(
    code_id: str, rows: Sequence[Any], people: Mapping[str, str], names: Mapping[str, str]
) -> Iterable[CodeRevision]:
    before: Content = {}
    number = 0
    for row in rows:
        content: Content = json.loads(row.content) if row.content else {}
        changes = field_changes(before, content, names) if number else ()
        if content and (changes or not number):
            number += 1
            who = people.get(row.actor_id or "", "")
            here = row.receipt_id is None and row.kind != "setup"
            yield CodeRevision(number, code_id, row.at, who, row.label, changes, number == 1, here)
        before = content or before
