"""Codings as they will be once that is written, so that they can be shown at once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.coding.areas import on_page
from app.coding.documents import DocumentText
from app.coding.listing import Coding
from app.coding.passages import trimmed
from app.documents.anchors import page_span
from app.models import Project, ids
from app.models.project import now


def planned_coding(
    project: Project,
    text: DocumentText,
    start: int,
    end: int,
    code_id: str,
    *,
    facets: Mapping[str, Sequence[str]] | None = None,
    condition: str = "",
) -> Coding:
    """Return your coding of a passage with the id it will have; nothing is read or written.

    Layer and round are known when it is written.
    """
    first, last = page_span(text.page_starts, start, end)
    return Coding(
        id=ids.new_id(),
        document_id=text.document_id,
        layer_id="",
        coder_id=project.actor_id or "",
        round_id="",
        code_id=code_id,
        start=start,
        end=end,
        quote=text.text[start:end],
        page_first=first,
        page_last=last,
        facets={key: tuple(values) for key, values in (facets or {}).items() if values},
        condition=condition,
        memo="",
        anchor_state="exact",
        made_at=now(),
    )


def planned_area(
    project: Project,
    text: DocumentText,
    page: int,
    area: Sequence[float],
    code_id: str,
    *,
    facets: Mapping[str, Sequence[str]] | None = None,
    condition: str = "",
) -> Coding:
    """Return your coding of an area in the same way.

    Raises:
        UserError: see ``areas.on_page``.
    """
    box, start = on_page(text, page, area), text.page_starts[page - 1]
    says = {"facets": facets, "condition": condition}
    planned = planned_coding(project, text, start, start, code_id, **says)  # type: ignore[arg-type]
    return replace(planned, page_first=page, page_last=page, quote="", area=box)


def resized(text: DocumentText, coding: Coding, start: int, end: int) -> Coding:
    """Return a coding with other ends.

    Raises:
        UserError: nothing would be left of it.
    """
    start, end = trimmed(text.text, start, end)
    first, last = page_span(text.page_starts, start, end)
    return replace(
        coding,
        start=start,
        end=end,
        quote=text.text[start:end],
        page_first=first,
        page_last=last,
        anchor_state="exact",
    )


def resized_area(text: DocumentText, coding: Coding, area: Sequence[float]) -> Coding:
    """Return a coding of an area with other edges.

    Raises:
        UserError: see ``areas.on_page``.
    """
    return replace(coding, area=on_page(text, coding.page_first, area), anchor_state="exact")


def with_facet(
    coding: Coding, facet_key: str, values: Sequence[str], condition: str | None = None
) -> Coding:
    """Return a coding with other values of a facet; without ``condition`` that stays."""
    others = {key: kept for key, kept in coding.facets.items() if key != facet_key}
    facets = {**others, facet_key: tuple(values)} if values else others
    return replace(
        coding, facets=facets, condition=coding.condition if condition is None else condition
    )
