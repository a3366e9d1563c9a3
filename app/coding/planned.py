"""A coding as it will be once it is written, so that it can be shown at once."""

from collections.abc import Mapping, Sequence

from app.coding.documents import DocumentText
from app.coding.listing import Coding
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
