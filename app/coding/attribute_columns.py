"""Columns of an imported table as attributes of the studies its rows went to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.coding.attribute_values import put_value
from app.coding.attributes import (
    CHOICE,
    CHOICES,
    NUMBER,
    TEXT,
    YEAR,
    YES_NO,
    AttributeDraft,
    AttributeInfo,
    add_attribute_in,
    info_of,
    parse_value,
)
from app.coding.folding import fold
from app.coding.people import acting_coder
from app.coding.references import ReferenceRecord
from app.errors import UserError
from app.models import Project
from app.models.attributes import Attribute

FEW = 12
SHORT = 40


@dataclass(frozen=True, slots=True)
class ColumnsTaken:
    """What became of columns: attributes made, values given, sentences about what did not fit."""

    attributes: int
    values: int
    problems: tuple[str, ...]


def take_columns(
    project: Project,
    studies: Iterable[tuple[ReferenceRecord, str]],
    heads: Sequence[str],
    *,
    source: str = "",
    group: str | None = None,
) -> ColumnsTaken:
    """Make attributes of columns and give their values to the studies, as you, in one act.

    An attribute of that name is used as it is; a value that does not fit it is told, not given.
    Acts with the same ``group`` undo as one.

    Raises:
        UserError: nobody has said who they are.
    """
    coder = acting_coder(project)
    rows = [(dict(record.extra), study_id) for record, study_id in studies]
    made = given = 0
    problems: list[str] = []
    label = f"Take {len(heads)} column{'' if len(heads) == 1 else 's'} as attributes"
    with project.change(label, group=group) as session:
        known = {fold(row.name): info_of(row) for row in session.scalars(select(Attribute))}
        for head in heads:
            cells = [(row.get(head, "").strip(), study_id) for row, study_id in rows]
            attribute = known.get(fold(head.replace("_", " ")))
            if attribute is None:
                attribute = _made(session, project, head, [text for text, _ in cells if text])
                known[fold(attribute.name)] = attribute
                made += 1
            for text, study_id in cells:
                try:
                    values = parse_value(attribute, text)
                except UserError as problem:
                    problems.append(problem.message)
                    continue
                if values:
                    put_value(session, study_id, attribute.id, coder, values, source=source)
                    given += 1
    return ColumnsTaken(made, given, tuple(dict.fromkeys(problems)))


def _made(session: Session, project: Project, head: str, texts: Sequence[str]) -> AttributeInfo:
    name = head.replace("_", " ").strip()
    name = name if any(letter.isupper() for letter in name) else name[:1].upper() + name[1:]
    kind, options = guess_kind(texts)
    made = add_attribute_in(session, project, AttributeDraft(name, kind, options))
    return info_of(session.get_one(Attribute, made))


def guess_kind(texts: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Return the kind of attribute that these texts look like, with the values of a list."""
    for kind in (YES_NO, YEAR, NUMBER):
        if texts and all(_fits(kind, text) for text in texts):
            return kind, ()
    parts = [[part.strip() for part in text.split(";") if part.strip()] for text in texts]
    several = any(len(found) > 1 for found in parts)
    distinct = _distinct(part for found in parts for part in found)
    repeated = 0 < len(distinct) * 2 <= sum(map(len, parts))
    if repeated and len(distinct) <= FEW and all(len(one) <= SHORT for one in distinct.values()):
        return (CHOICES if several else CHOICE), tuple(sorted(distinct.values(), key=fold))
    return TEXT, ()


def _distinct(parts: Iterable[str]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for part in parts:
        found.setdefault(fold(part), part)
    return found


def _fits(kind: str, text: str) -> bool:
    try:
        parse_value(AttributeInfo("", "", "", kind), text)
    except UserError:
        return False
    return kind != YES_NO or text.casefold() not in ("0", "1")
