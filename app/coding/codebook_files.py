"""Taking a codebook file into a project: first what it would change, then all of it in one act."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.coding.code_history import FieldChange, field_changes
from app.coding.codebook import Code, Codebook
from app.coding.codebooks import (
    install_codebook,
    load_codebook,
    new_code_row,
    put_code_aliases,
    put_ratings,
)
from app.models import Project
from app.models import codebook as rows

FIELDS = (
    "name", "definition", "include", "exclude", "example", "basis", "see_instead", "colour",
    "hot_key", "retired", "further_cluster_ids", "category_id", "cluster_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ChangedCode:
    """A code that the file says other things of."""

    code_id: str
    name: str
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What taking in a codebook file changes; ``missing`` codes are in the project only.

    ``groups`` are the names of new clusters and categories, ``is_first`` says that the project had
    no codebook.
    """

    new: tuple[Code, ...]
    changed: tuple[ChangedCode, ...]
    missing: tuple[Code, ...]
    same: int
    groups: tuple[str, ...] = ()
    ratings: int = 0
    is_first: bool = False

    @property
    def changes_anything(self) -> bool:
        """Say whether there is anything to take in."""
        return bool(self.new or self.changed or self.groups or self.ratings or self.is_first)

    def sentence(self) -> str:
        """Return it in words: "3 new codes, 2 changed, 65 as they are"."""
        parts = [f"{len(self.new)} new {'code' if len(self.new) == 1 else 'codes'}"]
        parts += [f"{len(self.changed)} changed", f"{self.same} as they are"]
        if self.missing:
            parts.append(f"{len(self.missing)} not in the file, which stay")
        return ", ".join(parts)


def plan_import(project: Project, codebook: Codebook) -> Plan:
    """Return what taking in this codebook would change."""
    present = load_codebook(project)
    return _plan(present, _fitted(present, codebook))


def apply_import(project: Project, codebook: Codebook, *, retire_missing: bool = False) -> Plan:
    """Take a codebook in as one act and return what it changed.

    Codes are recognised by id, then by key, then by name; where they stand is kept, new ones come
    at the end of their category. Codes that the file lacks stay, or are retired if told so.
    """
    present = load_codebook(project)
    if not present.id and not present.clusters:
        install_codebook(project, codebook)
        return replace(_plan(present, codebook), is_first=True)
    fitted = _fitted(present, codebook)
    plan = _plan(present, fitted)
    with project.change("Import codebook") as session:
        _put_groups(session, present, fitted)
        new = {code.id for code in plan.new}
        changed = {one.code_id for one in plan.changed}
        last = session.scalar(select(func.max(rows.Code.position))) or 0
        for number, code in enumerate(fitted.codes, start=last + 1):
            if code.id in new:
                session.add(new_code_row(code, number))
            elif code.id in changed:
                _write(session, code)
        put_code_aliases(session, fitted, present)
        put_ratings(session, codebook.ratings)
        for code in plan.missing if retire_missing else ():
            session.get_one(rows.Code, code.id).retired = True
    return plan


def _write(session: Session, code: Code) -> None:
    row = session.get_one(rows.Code, code.id)
    for field in FIELDS:
        value = getattr(code, field)
        setattr(row, field, list(value) if isinstance(value, tuple) else value)


def _plan(present: Codebook, fitted: Codebook) -> Plan:
    known = {code.id: code for code in present.codes}
    names = {part.id: part.name for part in (*present.clusters, *fitted.clusters)}
    names |= {group.id: group.name for group in (*present.categories, *fitted.categories)}
    changed = []
    for code in fitted.codes:
        before = known.get(code.id)
        if before is not None:
            changes = field_changes(_content(before), _content(code), names)
            if changes:
                changed.append(ChangedCode(code.id, before.name, changes))
    new = tuple(code for code in fitted.codes if code.id not in known)
    held = {code.id for code in fitted.codes}
    groups = {part.id for part in present.clusters} | {part.id for part in present.categories}
    clusters = [part.name for part in fitted.clusters if part.id not in groups]
    categories = [part.name for part in fitted.categories if part.id not in groups]
    scales = {(scale.id, scale) for scale in present.ratings}
    return Plan(
        new=new,
        changed=tuple(changed),
        missing=tuple(c for c in present.codes if c.id not in held and not c.retired),
        same=len(fitted.codes) - len(new) - len(changed),
        groups=(*clusters, *categories),
        ratings=sum((scale.id, scale) not in scales for scale in fitted.ratings),
    )


def _content(code: Code) -> dict[str, object]:
    values = {field: getattr(code, field) for field in FIELDS}
    return {k: list(v) if isinstance(v, tuple) else v for k, v in values.items()}


def _fitted(present: Codebook, codebook: Codebook) -> Codebook:
    """Return the file's codebook with the ids that its parts have in the project."""
    clusters = _matched(
        {part.id: (part.key, part.name) for part in present.clusters},
        {part.id: (part.key, part.name) for part in codebook.clusters},
    )
    categories = _matched(
        {part.id: (part.key, part.name) for part in present.categories},
        {part.id: (part.key, part.name) for part in codebook.categories},
    )
    codes = _matched(
        {code.id: (code.key, code.name) for code in present.codes},
        {code.id: (code.key, code.name) for code in codebook.codes},
    )
    held = {code.hot_key: code.id for code in present.codes if code.hot_key and not code.retired}
    return replace(
        codebook,
        clusters=tuple(replace(part, id=clusters[part.id]) for part in codebook.clusters),
        categories=tuple(
            replace(part, id=categories[part.id], cluster_id=clusters[part.cluster_id])
            for part in codebook.categories
        ),
        codes=tuple(
            replace(
                code,
                id=codes[code.id],
                category_id=categories[code.category_id],
                cluster_id=clusters[code.cluster_id],
                further_cluster_ids=tuple(clusters[one] for one in code.further_cluster_ids),
                # A key that another code of the project has stays with that one.
                hot_key=code.hot_key
                if held.get(code.hot_key, codes[code.id]) in codes.values()
                else "",
                merged_into=codes.get(code.merged_into, ""),
                split_from=codes.get(code.split_from, ""),
            )
            for code in codebook.codes
        ),
    )


def _matched(
    present: Mapping[str, tuple[str, str]], parts: Mapping[str, tuple[str, str]]
) -> dict[str, str]:
    """Return the project's id of each part of the file: the same one, of that key, or name."""
    found = {part_id: part_id for part_id in parts if part_id in present}
    for place in (0, 1):
        free = {
            names[place].casefold(): known
            for known, names in present.items()
            if known not in found.values()
        }
        for part_id, names in parts.items():
            known = free.get(names[place].casefold()) if part_id not in found else None
            if known is not None and known not in found.values():
                found[part_id] = known
    return {part_id: found.get(part_id, part_id) for part_id in parts}


def _put_groups(session: Session, present: Codebook, fitted: Codebook) -> None:
    """Add clusters and categories that are new; rename and move those that are known."""
    clusters = {part.id for part in present.clusters}
    for number, cluster in enumerate(fitted.clusters, start=len(clusters)):
        row = session.get(rows.Cluster, cluster.id)
        if row is None:
            session.add(
                rows.Cluster(
                    id=cluster.id,
                    key=cluster.key,
                    name=cluster.name,
                    number=cluster.number,
                    is_context=cluster.is_context,
                    position=number,
                )
            )
        else:
            row.name, row.number, row.is_context = cluster.name, cluster.number, cluster.is_context
    known = {part.id for part in present.categories}
    for number, category in enumerate(fitted.categories, start=len(known)):
        group = session.get(rows.Category, category.id)
        if group is None:
            session.add(
                rows.Category(
                    id=category.id,
                    key=category.key,
                    name=category.name,
                    cluster_id=category.cluster_id,
                    description=category.description,
                    position=number,
                )
            )
        else:
            group.name, group.description = category.name, category.description
            group.cluster_id = category.cluster_id
