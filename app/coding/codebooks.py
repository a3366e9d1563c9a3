"""The project's codebook: put in, read, counted."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from sqlalchemy import String, func, select, type_coerce
from sqlalchemy.orm import Session

from app.coding.code_aliases import (
    MERGE,
    RENAME,
    SPLIT,
    LivingCodes,
    followed,
    former_names,
    living_codes,
)
from app.coding.codebook import Category, Cluster, Code, Codebook, Facet, FacetValue, RatingScale
from app.errors import UserError
from app.models import Project
from app.models import codebook as rows
from app.models.coding import Coding
from app.models.ids import agreed_id
from app.models.people import Layer

PlacedRow = TypeVar("PlacedRow", rows.Cluster, rows.Category, rows.Code)


@dataclass(frozen=True, slots=True)
class CodeUse:
    """How often a code is used: codings and the studies' documents they stand in."""

    codings: int
    documents: int


def install_codebook(project: Project, codebook: Codebook) -> None:
    """Put a codebook into the project; a fuller one of the same family extends what is there.

    Codes that the new codebook lacks stay when they were coded with, and are removed otherwise.

    Raises:
        UserError: the project codes with a codebook of another family already.
    """
    with project.read() as session:
        is_first = session.scalars(select(rows.CodebookFacts)).first() is None
    # The first codebook is part of making the project, not an act to take back.
    with project.change("Choose codebook", kind="setup" if is_first else "act") as session:
        present = session.scalars(select(rows.CodebookFacts)).first()
        if present is not None and present.family != codebook.family:
            raise UserError(
                f"This project codes with “{present.title}” already.",
                "Start another project for another codebook.",
            )
        if present is not None and present.id != codebook.id:
            session.delete(present)
        session.merge(
            rows.CodebookFacts(
                id=codebook.id,
                key=codebook.key,
                family=codebook.family,
                title=codebook.title,
                version=codebook.version,
                language=codebook.language,
                description=codebook.description,
            )
        )
        _put_parts(session, codebook)


def _put_parts(session: Session, codebook: Codebook) -> None:
    for position, cluster in enumerate(codebook.clusters):
        session.merge(
            rows.Cluster(
                id=cluster.id,
                key=cluster.key,
                name=cluster.name,
                number=cluster.number,
                is_context=cluster.is_context,
                position=position,
            )
        )
    for position, category in enumerate(codebook.categories):
        session.merge(
            rows.Category(
                id=category.id,
                key=category.key,
                name=category.name,
                cluster_id=category.cluster_id,
                description=category.description,
                position=position,
            )
        )
    for position, code in enumerate(codebook.codes):
        session.merge(new_code_row(code, position))
    for position, facet in enumerate(codebook.facets):
        session.merge(
            rows.Facet(
                id=facet.id,
                key=facet.key,
                label=facet.label,
                multiple=facet.multiple,
                position=position,
            )
        )
        for place, value in enumerate(facet.values):
            session.merge(
                rows.FacetValue(
                    id=value.id,
                    facet_id=facet.id,
                    key=value.key,
                    label=value.label,
                    symbol=value.symbol,
                    needs_condition=value.needs_condition,
                    position=place,
                )
            )
    put_ratings(session, codebook.ratings)
    put_code_aliases(session, codebook)
    used = set(session.scalars(select(Coding.code_id).distinct()))
    used |= set(session.scalars(select(rows.CodeAlias.code_id)))
    used |= set(session.scalars(select(rows.CodeAlias.origin_code_id)))
    used |= set(session.scalars(select(rows.Recheck.code_id)))
    keep = {code.id for code in codebook.codes} | used
    for row in session.scalars(select(rows.Code)).all():
        if row.id not in keep:
            session.delete(row)


def put_ratings(session: Session, scales: Iterable[RatingScale]) -> None:
    """Write rating scales inside a change."""
    for scale in scales:
        session.merge(
            rows.RatingScale(
                id=scale.id,
                key=scale.key,
                label=scale.label,
                description=scale.description,
                lowest=scale.lowest,
                highest=scale.highest,
                allows_mixed=scale.allows_mixed,
                labels={str(number): words for number, words in scale.labels},
                reversed_codes=list(scale.reversed_codes),
            )
        )


def put_code_aliases(session: Session, codebook: Codebook, present: Codebook | None = None) -> None:
    """Write the former names that a codebook carries, and which codes went into others.

    ``present`` is the project's codebook: a code that gets another name there keeps its old one.
    """
    names = {code.id: code.name for code in present.codes} if present is not None else {}
    known = {code.id for code in codebook.codes} | names.keys()
    for code in codebook.codes:
        merged = {c.name for c in codebook.codes if c.merged_into == code.id}
        old = names.get(code.id, code.name)
        former = (*code.former_names, *((old,) if old.casefold() != code.name.casefold() else ()))
        for name in former:
            if name not in merged:
                put_alias(session, code.id, name)
        if code.merged_into in known:
            put_alias(session, code.merged_into, code.name, MERGE, code.id)
        if code.split_from in known and code.split_from:
            source = next(c.name for c in codebook.codes if c.id == code.split_from)
            put_alias(session, code.id, source, SPLIT, code.split_from)


def put_alias(
    session: Session, code_id: str, name: str, origin: str = RENAME, origin_code_id: str = ""
) -> None:
    """Note a name that leads to a code; two computers that note the same reach the same row."""
    # A code goes into one other only: two teams that disagree about which see a conflict.
    parts = (origin_code_id,) if origin == MERGE else (code_id, origin_code_id or name.casefold())
    row_id = agreed_id("code alias", origin, *parts)
    session.merge(
        rows.CodeAlias(
            id=row_id, code_id=code_id, name=name, origin=origin, origin_code_id=origin_code_id
        )
    )


def new_code_row(code: Code, position: int) -> rows.Code:
    """Return a code as a row at a position."""
    return rows.Code(
        id=code.id,
        key=code.key,
        name=code.name,
        category_id=code.category_id,
        cluster_id=code.cluster_id,
        further_cluster_ids=list(code.further_cluster_ids),
        definition=code.definition,
        include=code.include,
        exclude=code.exclude,
        example=code.example,
        see_instead=list(code.see_instead),
        colour=code.colour,
        hot_key=code.hot_key,
        starter=code.starter,
        retired=code.retired,
        basis=code.basis,
        position=position,
    )


def load_codebook(project: Project) -> Codebook:
    """Return the project's codebook; an empty one when none was chosen yet.

    Clusters, categories inside them and codes inside these come in the order shown.
    """
    with project.read() as session:
        facts = session.scalars(select(rows.CodebookFacts)).first()
        clusters = _in_order(session.scalars(select(rows.Cluster)))
        place = {row.id: number for number, row in enumerate(clusters)}
        categories = _in_order(session.scalars(select(rows.Category)))
        categories.sort(key=lambda row: place.get(row.cluster_id, len(place)))
        return Codebook(
            id=facts.id if facts else "",
            key=facts.key if facts else "",
            title=facts.title if facts else "",
            version=facts.version if facts else "",
            language=facts.language if facts else "",
            family=facts.family if facts else "",
            description=facts.description if facts else "",
            clusters=tuple(
                Cluster(row.id, row.key, row.name, row.number, row.is_context) for row in clusters
            ),
            categories=tuple(
                Category(row.id, row.key, row.name, row.cluster_id, row.description)
                for row in categories
            ),
            codes=_codes(session, [row.id for row in categories]),
            facets=_facets(session),
            ratings=_ratings(session),
        )


def _in_order(found: Iterable[PlacedRow]) -> list[PlacedRow]:
    return sorted(found, key=lambda row: (row.position, row.id))


def _codes(session: Session, categories: list[str]) -> tuple[Code, ...]:
    aliases = session.scalars(select(rows.CodeAlias)).all()
    names = former_names(aliases)
    into = followed({a.origin_code_id: a.code_id for a in aliases if a.origin == MERGE})
    split = {a.code_id: a.origin_code_id for a in aliases if a.origin == SPLIT}
    place = {category_id: number for number, category_id in enumerate(categories)}
    found = _in_order(session.scalars(select(rows.Code)))
    found.sort(key=lambda row: place.get(row.category_id, len(place)))
    return tuple(
        replace(
            _code(row),
            former_names=names.get(row.id, ()),
            merged_into=into.get(row.id, ""),
            split_from=split.get(row.id, ""),
        )
        for row in found
    )


def _facets(session: Session) -> tuple[Facet, ...]:
    values: dict[str, list[FacetValue]] = {}
    for value in session.scalars(select(rows.FacetValue).order_by(rows.FacetValue.position)):
        values.setdefault(value.facet_id, []).append(
            FacetValue(value.id, value.key, value.label, value.symbol, value.needs_condition)
        )
    return tuple(
        Facet(row.id, row.key, row.label, row.multiple, tuple(values.get(row.id, ())))
        for row in session.scalars(select(rows.Facet).order_by(rows.Facet.position))
    )


def _ratings(session: Session) -> tuple[RatingScale, ...]:
    return tuple(
        RatingScale(
            id=row.id,
            key=row.key,
            label=row.label,
            lowest=row.lowest,
            highest=row.highest,
            allows_mixed=row.allows_mixed,
            labels=tuple(sorted((int(number), words) for number, words in row.labels.items())),
            reversed_codes=tuple(row.reversed_codes),
            description=row.description,
        )
        for row in session.scalars(select(rows.RatingScale).order_by(rows.RatingScale.key))
    )


def _code(row: rows.Code) -> Code:
    return Code(
        id=row.id,
        key=row.key,
        name=row.name,
        category_id=row.category_id,
        cluster_id=row.cluster_id,
        further_cluster_ids=tuple(row.further_cluster_ids),
        definition=row.definition,
        include=row.include,
        exclude=row.exclude,
        example=row.example,
        see_instead=tuple(row.see_instead),
        colour=row.colour,
        hot_key=row.hot_key,
        starter=row.starter,
        retired=row.retired,
        basis=row.basis,
    )


def find_code(codebook: Codebook, id_key_or_name: str) -> Code:
    """Return the code with this id, key, name or former name (case does not matter).

    A code that went into another leads to that one.

    Raises:
        UserError: there is none, or several have that name.
    """
    wanted = id_key_or_name.strip().casefold()
    found = [c for c in codebook.codes if wanted in (c.id, c.key.casefold(), c.name.casefold())]
    found = [c for c in found if not c.retired] or found
    if not found:
        found = [c for c in codebook.codes if wanted in map(str.casefold, c.former_names)]
    found = list(dict.fromkeys(codebook.code(codebook.living(c.id)) for c in found))
    if len(found) == 1:
        return found[0]
    if found:
        raise UserError(f"Several codes are called {id_key_or_name}.", "Use the code's id.")
    raise UserError(
        f"There is no code {id_key_or_name} in the codebook.",
        "Use a code's id, such as maw.mandate, or its full name.",
    )


def count_use(project: Project, *, document_id: str | None = None) -> dict[str, CodeUse]:
    """Return, by code id, how often each used code is used (in one document or in all).

    Codings count under the code that theirs went into, and once where someone coded the same words
    in the same way with both; retired codes keep their numbers.
    """
    question = (
        select(Coding.code_id, Layer.document_id, func.count(Coding.id))
        .join(Layer, Layer.id == Coding.layer_id)
        .group_by(Coding.code_id, Layer.document_id)
    )
    if document_id is not None:
        question = question.where(Layer.document_id == document_id)
    codings: Counter[str] = Counter()
    documents: dict[str, set[str]] = {}
    with project.read() as session:
        living = living_codes(session)
        for code, document, number in session.execute(question):
            codings[living.of(code)] += number
            documents.setdefault(living.of(code), set()).add(document)
        for code, number in _doubled(session, living, document_id).items():
            codings[code] -= number
    return {code: CodeUse(codings[code], len(found)) for code, found in documents.items()}


def _doubled(session: Session, living: LivingCodes, document_id: str | None) -> Counter[str]:
    """Return, by code, how many codings say again what one with a merged code says."""
    merged = {*living.into, *living.into.values()}
    if not merged:
        return Counter()
    question = select(
        Coding.code_id, Coding.layer_id, Coding.text_layer_id, Coding.start, Coding.end,
        Coding.page_first, type_coerce(Coding.area, String), type_coerce(Coding.facets, String),
    ).where(Coding.code_id.in_(merged))  # fmt: skip
    if document_id is not None:
        question = question.join(Layer, Layer.id == Coding.layer_id)
        question = question.where(Layer.document_id == document_id)
    said = Counter((living.of(row[0]), *row[1:]) for row in session.execute(question))
    doubled: Counter[str] = Counter()
    for (code, *_), number in said.items():
        doubled[code] += number - 1
    return doubled


def count_retired(codebook: Codebook) -> Counter[bool]:
    """Return how many codes are retired and how many are in use."""
    return Counter(code.retired for code in codebook.codes)
