"""The project's codebook: put in, read, counted."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.coding.codebook import Category, Cluster, Code, Codebook, Facet, FacetValue
from app.errors import UserError
from app.models import Project
from app.models import codebook as rows
from app.models.coding import Coding
from app.models.people import Layer


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
        session.merge(_code_row(code, position))
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
    used = set(session.scalars(select(Coding.code_id).distinct()))
    keep = {code.id for code in codebook.codes} | used
    for row in session.scalars(select(rows.Code)).all():
        if row.id not in keep:
            session.delete(row)


def _code_row(code: Code, position: int) -> rows.Code:
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
    """Return the project's codebook; an empty one when none was chosen yet."""
    with project.read() as session:
        facts = session.scalars(select(rows.CodebookFacts)).first()
        values: dict[str, list[FacetValue]] = {}
        for value in session.scalars(select(rows.FacetValue).order_by(rows.FacetValue.position)):
            values.setdefault(value.facet_id, []).append(
                FacetValue(value.id, value.key, value.label, value.symbol, value.needs_condition)
            )
        return Codebook(
            id=facts.id if facts else "",
            key=facts.key if facts else "",
            title=facts.title if facts else "",
            version=facts.version if facts else "",
            language=facts.language if facts else "",
            family=facts.family if facts else "",
            description=facts.description if facts else "",
            clusters=tuple(
                Cluster(row.id, row.key, row.name, row.number, row.is_context)
                for row in session.scalars(select(rows.Cluster).order_by(rows.Cluster.position))
            ),
            categories=tuple(
                Category(row.id, row.key, row.name, row.cluster_id, row.description)
                for row in session.scalars(select(rows.Category).order_by(rows.Category.position))
            ),
            codes=tuple(
                _code(row)
                for row in session.scalars(select(rows.Code).order_by(rows.Code.position))
            ),
            facets=tuple(
                Facet(row.id, row.key, row.label, row.multiple, tuple(values.get(row.id, ())))
                for row in session.scalars(select(rows.Facet).order_by(rows.Facet.position))
            ),
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
    """Return the code with this id, key or name (case does not matter).

    Raises:
        UserError: there is none, or several have that name.
    """
    wanted = id_key_or_name.strip().casefold()
    found = [c for c in codebook.codes if wanted in (c.id, c.key.casefold(), c.name.casefold())]
    if len(found) == 1:
        return found[0]
    if found:
        raise UserError(f"Several codes are called {id_key_or_name}.", "Use the code's id.")
    raise UserError(
        f"There is no code {id_key_or_name} in the codebook.",
        "Use a code's id, such as maw.mandate, or its full name.",
    )


def count_use(project: Project, *, document_id: str | None = None) -> dict[str, CodeUse]:
    """Return, by code id, how often each used code is used (in one document or in all)."""
    question = (
        select(Coding.code_id, func.count(Coding.id), func.count(Layer.document_id.distinct()))
        .join(Layer, Layer.id == Coding.layer_id)
        .group_by(Coding.code_id)
    )
    if document_id is not None:
        question = question.where(Layer.document_id == document_id)
    with project.read() as session:
        return {
            code: CodeUse(codings, documents)
            for code, codings, documents in session.execute(question)
        }


def count_retired(codebook: Codebook) -> Counter[bool]:
    """Return how many codes are retired and how many are in use."""
    return Counter(code.retired for code in codebook.codes)
