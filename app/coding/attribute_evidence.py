"""The passage that shows an attribute's value: anchored as a coding is, and found again so."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.coding.attribute_values import NO_ANCHOR, put_value
from app.coding.attributes import info_of, parse_value, show_values
from app.coding.documents import text_of
from app.coding.passages import anchor_of, trimmed
from app.coding.people import acting_coder
from app.errors import UserError
from app.models import Project, ids
from app.models.attributes import Attribute, AttributeValue
from app.models.evidence import Document, Report


def study_of(session: Session, document_id: str) -> str:
    """Return the id of the study that a document belongs to.

    Raises:
        UserError: the document is gone.
    """
    study_id = session.scalar(
        select(Report.study_id)
        .join(Document, Document.report_id == Report.id)
        .where(Document.id == document_id)
    )
    if study_id is None:
        raise UserError("This document is no longer in the project.", "Undo its removal.")
    return study_id


def show_evidence(
    project: Project,
    attribute_id: str,
    document_id: str,
    start: int,
    end: int,
    values: Sequence[str] | None = None,
    *,
    coder_id: str | None = None,
) -> str:
    """Say that a passage shows an attribute of its study, and return the value's id.

    Without ``values`` the passage is added to the value you gave before.

    Raises:
        UserError: there is no value yet, it does not fit, or the passage holds no words.
    """
    coder = acting_coder(project, coder_id)
    with project.change("Show where an attribute stands") as session:
        study_id = study_of(session, document_id)
        attribute = info_of(session.get_one(Attribute, attribute_id))
        value_id = ids.agreed_id("attribute value", study_id, attribute_id, coder)
        present = session.get(AttributeValue, value_id)
        given = parse_value(attribute, show_values(values)) if values is not None else ()
        if not given and present is not None:
            given = tuple(present.values)
        if not given:
            raise UserError(f"{attribute.name} has no value yet.", "Choose or type the value.")
        text = text_of(session, document_id)
        place = anchor_of(text, *trimmed(text.text, start, end))
        anchor = {**NO_ANCHOR, "document_id": document_id, **place}
        put_value(session, study_id, attribute_id, coder, given, anchor=anchor)
    return value_id


def forget_evidence(project: Project, value_id: str) -> None:
    """Take the passage away from your own value; the value stays.

    Raises:
        UserError: the value is another coder's.
    """
    with project.change("Remove passage of attribute") as session:
        row = session.get_one(AttributeValue, value_id)
        if row.coder_id != project.actor_id:
            raise UserError(
                "This is another coder's value; only they can change it.", "Give your own value."
            )
        for name, nothing in NO_ANCHOR.items():
            setattr(row, name, list(nothing) if isinstance(nothing, list) else nothing)
